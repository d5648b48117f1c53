"""Changes to reflections."""

from workgroup import store
from workgroup.door import Refused, change
from workgroup.people.post import new_id
from workgroup.reflections import forms, queries, rights
from workgroup.sessions import prompt_queries as prompts
from workgroup.withdrawing import bring_back, take_away


@change("reflections.write", forms.WriteForm, rights.writes, meets="versions", capture=True,
        versions=queries.count_standing)  # fmt: skip
def write(db, entry, said):
    """Write a reflection, or another version of one's own: no version is ever written over."""
    id = said["reflection"] or entry.id
    facts = {"visibility": said["visibility"], "may_quote": int(said["may_quote"]), "state": said["state"]}
    if said["reflection"]:
        was = queries.row(db, id)
        entry.was = {k: was[k] for k in (*facts, "changed_at")}
        # an older device that sends late does not open what has been narrowed since
        if entry.at >= was["changed_at"]:
            store.alter(db, "reflection", id, **facts, changed_at=entry.at)
    else:
        about = {name: said[name] for name in ("session", "lesson", "gap_task")}
        store.put(db, "reflection", id=id, by=entry.by, **about, **facts, at=entry.at, changed_at=entry.at)
    # the first version shares the id of its entry, so that whoever wrote it can name it before the server answers
    asked = _askable(db, id, said)
    store.put(
        db, "reflection_words", id=entry.id, reflection=id, words=said["words"], after=said["after"], by=entry.by,
        at=entry.at, prompt_words=asked.get(said["prompt"]),
    )  # fmt: skip
    answers = [(asked.get(a["prompt"]), a["words"]) for a in said["answers"] if a["words"]]
    _put_answers(db, entry.id, answers)
    return id


def _askable(db, id, said):
    """Return the wordings that may stand beside this reflection, by what was said of them.

    Words to a question that is not known here, of a record that was put back say, are kept without it: nobody's words
    are refused for the want of a question.
    """
    place = queries.place(db, id)
    wanted = [said["prompt"], *(a["prompt"] for a in said["answers"])]
    found = prompts.askable(db, [w for w in wanted if w], place["of_session"], place["work_group"])
    return {id: id for id in found}


def _put_answers(db, version, answers):
    for position, (wording, words) in enumerate(answers):
        store.put(
            db, "reflection_answer", id=new_id(), version=version, position=position, prompt_words=wording, words=words
        )


@change("reflections.choose", forms.ChooseForm, rights.owns)
def choose(db, entry, said):
    """Choose the version that stands; the others stay readable to their author."""
    chosen = queries.version(db, said["version"])
    if chosen is None or chosen["reflection"] != said["reflection"]:
        raise Refused("Choose a version of this reflection.", "version")
    stand = queries.standing_versions(db, said["reflection"])
    if len(stand) < 2:
        raise Refused("One version stands already.", "version")
    again = new_id()
    store.put(
        db, "reflection_words", id=again, reflection=said["reflection"], words=chosen["words"],
        after=",".join(stand), by=entry.by, at=entry.at, prompt_words=chosen["prompt_words"],
    )  # fmt: skip
    _put_answers(db, again, [(a["prompt_words"], a["words"]) for a in queries.answers(db, chosen["id"])])
    return said["reflection"]


@change("reflections.withdraw", forms.ReflectionPickForm, rights.owns)
def withdraw(db, entry, said):
    """Take a reflection away from everybody else at once."""
    take_away(db, entry, "reflection", queries.row(db, said["reflection"]))
    return said["reflection"]


@change("reflections.restore", forms.ReflectionPickForm, rights.owns)
def restore(db, entry, said):
    """Bring a reflection back, to whom it was shared with."""
    bring_back(db, entry, "reflection", queries.row(db, said["reflection"]))
    return said["reflection"]


@change("reflections.mark_read", forms.ReflectionPickForm, rights.reads_as_leader)
def mark_read(db, entry, said):
    """Take a reflection off the leader's own reading list."""
    _read(db, entry, said["reflection"])
    return said["reflection"]


@change("reflections.reply", forms.ReplyForm, rights.reads_as_leader)
def reply(db, entry, said):
    """Reply to a reflection; only its author sees it. It is off the reading list then."""
    found = queries.row(db, said["reflection"])
    if found["by"] == entry.by:
        raise Refused("This is your own. Write on instead.")
    store.put(
        db, "reflection_reply", id=entry.id, reflection=found["id"], by=entry.by, at=entry.at, words=said["words"]
    )
    _read(db, entry, found["id"])
    return found["id"]


@change("reflections.withdraw_reply", forms.ReplyPickForm, rights.owns_reply)
def withdraw_reply(db, entry, said):
    """Take one's own reply away."""
    found = queries.reply(db, said["reply"])
    take_away(db, entry, "reflection_reply", found)
    return found["reflection"]


@change("reflections.restore_reply", forms.ReplyPickForm, rights.restores_reply)
def restore_reply(db, entry, said):
    """Bring one's own reply back; whoever it is for is told of it again, unless they had seen it."""
    found = queries.reply(db, said["reply"])
    bring_back(db, entry, "reflection_reply", found)
    return found["reflection"]


@change("reflections.see_replies", forms.ReflectionPickForm, rights.owns)
def see_replies(db, entry, said):
    """The author has seen the replies: they no longer wait on the first page."""
    db.conn.execute(
        "update reflection_reply set seen_at = ? where reflection = ? and seen_at is null",
        (entry.at, said["reflection"]),
    )
    return said["reflection"]


def _read(db, entry, reflection):
    db.conn.execute(
        "insert into reflection_read (reflection, person, at) values (?, ?, ?) on conflict do nothing",
        (reflection, entry.by, entry.at),
    )
