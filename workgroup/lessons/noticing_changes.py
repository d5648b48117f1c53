"""Changes that observers make while pupils work and after: moments, words, tags, phases. All can come from a tablet."""

from workgroup import clock, store
from workgroup.door import Refused, change
from workgroup.groups import queries as groups
from workgroup.lessons import forms, lesson_clock, noticing_queries, queries, rights

FAR = 600  # seconds: words may be typed for so long after the tap


@change("lessons.mark_phase", forms.PhaseForm, rights.observes, meets="fold", capture=True)
def mark_phase(db, entry, said):
    """Say that the lesson came into a phase at a second of its clock; the newest mark of a second counts."""
    found, number = queries.outline(db, said["lesson"]), queries.next_number(db)
    columns = _on_the_clock(found, entry, said)
    store.put(
        db, "phase_mark", id=entry.id, lesson=found["id"], phase=said["phase"], title=said["title"], by=entry.by,
        at=entry.at, **columns,
    )  # fmt: skip
    # the phase of what was noticed after it, where nobody said one, is another now
    db.conn.execute(
        "update noticing set changed = ? where lesson = ? and second >= ? and phase is null",
        (number, found["id"], columns["second"]),
    )
    store.alter(db, "lesson", found["id"], changed=number)
    return found["id"]


@change("lessons.notice", forms.NoticeForm, rights.observes, capture=True)
def notice(db, entry, said):
    """Keep one moment: stamped by the tap, words now, later or never."""
    found = queries.outline(db, said["lesson"])
    # a tap on *something else* says enough: when; typed up from paper there must be something to read
    if said["rough"] and not (said["words"] or said["predicted"] or said["code"]):
        raise Refused("Say who, what you saw, or some words.", "words")
    if said["predicted"] and not queries.is_predicted(db, found["id"], said["predicted"]):
        raise Refused("Choose a response of this lesson.", "predicted")
    _check_tags(db, said["tags"], found)
    number = queries.next_number(db)
    store.put(
        db, "noticing", id=entry.id, lesson=found["id"], by=entry.by, at=entry.at, received=entry.received,
        rough=int(said["rough"]), code=said["code"], predicted_response=said["predicted"], phase=said["phase"],
        words=said["words"] or None, number=number, changed=number, **_on_the_clock(found, entry, said),
    )  # fmt: skip
    _put_tags(db, entry.id, said["tags"])
    return entry.id


@change("lessons.add_words", forms.AddWordsForm, rights.own_noticing, meets="versions", capture=True,
        versions=noticing_queries.standing_words)  # fmt: skip
def add_words(db, entry, said):
    """Add words to one's own moment. Two texts written from the same one both stand until their author joins them."""
    number = queries.next_number(db)
    store.put(
        db, "noticing_words", id=entry.id, noticing=said["noticing"], words=said["words"], after=said["after"],
        by=entry.by, at=entry.at, number=number,
    )  # fmt: skip
    store.alter(db, "noticing", said["noticing"], changed=number)
    return said["noticing"]


@change("lessons.tag", forms.TagForm, rights.own_noticing, meets="fold", capture=True)
def tag(db, entry, said):
    """Set the tags of one's own moment. Of two says the later counts, whichever arrives first."""
    row = noticing_queries.noticing(db, said["noticing"])
    found = queries.outline(db, row["lesson"])
    _check_tags(db, said["tags"], found)
    if lesson_clock.say(entry) > (row["last_tags"] or ""):
        db.conn.execute("delete from noticing_tag where noticing = ?", (row["id"],))
        _put_tags(db, row["id"], said["tags"])
        number = queries.next_number(db)
        store.alter(db, "noticing", row["id"], last_tags=lesson_clock.say(entry), changed=number)
    return row["id"]


@change("lessons.flag", forms.FlagForm, rights.own_noticing, meets="fold", capture=True)
def flag(db, entry, said):
    """Flag one's own moment to talk about, or not any more. Of two says the later counts, whichever arrives first."""
    row = noticing_queries.noticing(db, said["noticing"])
    if lesson_clock.say(entry) > (row["last_flag"] or ""):
        columns = {"flagged": int(said["flagged"] == "yes"), "last_flag": lesson_clock.say(entry)}
        store.alter(db, "noticing", row["id"], **columns, changed=queries.next_number(db))
    return row["id"]


@change("lessons.withdraw_noticing", forms.NoticingPickForm, rights.own_noticing, meets="fold", capture=True)
def withdraw_noticing(db, entry, said):
    """Take one's own moment away; nobody else sees it any more, and it can be brought back."""
    return _stand(db, entry, said, entry.at)


@change("lessons.restore_noticing", forms.NoticingPickForm, rights.own_noticing, meets="fold", capture=True)
def restore_noticing(db, entry, said):
    """Bring one's own moment back. It comes anew: a yes of the teacher's that was said meanwhile does not cover it."""
    return _stand(db, entry, said, None)


@change("lessons.hide", forms.NoticingPickForm, rights.teaches)
def hide(db, entry, said):
    """The teacher hides a moment from everybody but whoever wrote it."""
    return _set(db, entry, said, "hidden_at", entry.at, "This is hidden already.")


@change("lessons.show_again", forms.NoticingPickForm, rights.teaches)
def show_again(db, entry, said):
    """The teacher shows a hidden moment again."""
    return _set(db, entry, said, "hidden_at", None, "This is not hidden.")


def _on_the_clock(found, entry, said):
    """Return the columns `moment` and `second` of what happened in a lesson.

    A tablet's second counts from the start that it knew, which may not be the one that counts now. Far from when the
    entry was made, which the wire has put right, it was counted by a clock that was wrong. A second that was typed, or
    comes from a page that does not say since when, stands as it is and has no moment.
    """
    if said["second"] is not None and not said["since"]:
        return {"moment": None, "second": said["second"]}
    moment = entry.at
    if said["second"] is not None:
        told = clock.after(said["second"], said["since"])
        is_near = clock.after(-FAR, entry.at) <= told <= min(clock.after(FAR, entry.at), entry.received)
        moment = told if is_near else entry.at
    return {"moment": moment, "second": lesson_clock.second_at(found, moment)}


def _stand(db, entry, said, withdrawn_at):
    row = noticing_queries.noticing(db, said["noticing"])
    if lesson_clock.say(entry) > (row["last_stand"] or ""):  # of two says the later counts, whichever arrives first
        entry.was = {"withdrawn_at": row["withdrawn_at"]}
        number = queries.next_number(db)
        columns = {"withdrawn_at": withdrawn_at, "last_stand": lesson_clock.say(entry)}
        if row["withdrawn_at"] and not withdrawn_at and _is_agreed(db, row["lesson"]):
            columns["number"] = number
        store.alter(db, "noticing", row["id"], **columns, changed=number)
    return row["id"]


def _is_agreed(db, lesson):
    return store.value(db, "select shared_to from lesson where id = ?", (lesson,)) is not None


def _set(db, entry, said, column, at, already):
    row = noticing_queries.noticing(db, said["noticing"])
    if bool(row[column]) == bool(at):
        raise Refused(already)
    entry.was = {column: row[column]}
    store.alter(db, "noticing", row["id"], **{column: at}, changed=queries.next_number(db))
    return row["id"]


def _check_tags(db, tags, found):
    if not tags:
        return
    known = {t["id"] for t in groups.tags(db, found["work_group"], also_ended=True)}
    if not known.issuperset(tags):
        raise Refused("Choose tags of this Work Group.", "tags")


def _put_tags(db, noticing, tags):
    for one in dict.fromkeys(tags or []):
        store.put(db, "noticing_tag", noticing=noticing, tag=one)
