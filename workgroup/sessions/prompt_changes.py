"""Changes to the questions that a session is reflected on by: asked otherwise, moved, taken away, brought back.

A list without questions of its own has those from above: a session its Work Group's, a Work Group the hub's. The first
change to such a list copies them, so that what is said of one session is said of no other.
"""

from workgroup import store
from workgroup.door import Refused, Stale, change
from workgroup.ordering import moved
from workgroup.people.post import new_id
from workgroup.sessions import prompt_forms, prompt_queries, queries, rights
from workgroup.withdrawing import bring_back, take_away

MOST = 8  # in a list: who reflects has four minutes
NOT_HERE = "This question is not in the list any more. Load the page again."


@change("sessions.set_question", prompt_forms.QuestionForm, rights.runs)
def set_question(db, entry, said):
    """Set the question that is asked first; without words it is the usual one."""
    session = queries.session(db, said["session"])
    usual = prompt_queries.usual(db, session["work_group"])[0]
    if not said["words"] and not prompt_queries.own(db, session=session["id"]):
        return session["id"]
    first = _own_list(db, entry, {"session": session["id"]})[0]
    entry.was = {"words": first["words"]}
    _say(db, entry, first, said["words"] or usual["words"])
    return session["id"]


@change("sessions.add_prompt", prompt_forms.PromptForm, rights.keeps_prompts)
def add_prompt(db, entry, said):
    """Put a question at the end of a list."""
    of = _list(said)
    order = _own_list(db, entry, of)
    if len(order) >= MOST:
        raise Refused(f"{MOST} questions are enough. Take one away first.", "words")
    _put(db, entry, entry.id, of, _next_place(db, of), said["words"])
    return _about(of, entry.id)


@change("sessions.edit_prompt", prompt_forms.PromptWordsForm, rights.keeps_prompts, meets="stale")
def edit_prompt(db, entry, said):
    """Ask a question in other words; what was answered keeps the words it answered."""
    seen = prompt_queries.wording(db, said["seen"])
    found = _pick(db, entry, said)
    if seen is None or seen["words"] != found["words"]:
        raise Stale(found)
    entry.was = {"words": found["words"]}
    _say(db, entry, found, said["words"])
    return _about(_list(said), found["id"])


@change("sessions.move_prompt", prompt_forms.MovePromptForm, rights.keeps_prompts)
def move_prompt(db, entry, said):
    """Move a question one place earlier or later; the first is the one that is asked."""
    found = _pick(db, entry, said)
    order = [p["id"] for p in _own_list(db, entry, _list(said))]
    if found["id"] not in order:
        raise Refused(NOT_HERE)
    for position, id in enumerate(moved(order, found["id"], is_earlier=said["direction"] == "up")):
        store.alter(db, "prompt", id, position=position)
    return _about(_list(said), found["id"])


@change("sessions.withdraw_prompt", prompt_forms.PromptPickForm, rights.keeps_prompts)
def withdraw_prompt(db, entry, said):
    """Take a question away; a list that has none left has those from above again. The hub keeps one."""
    of, found = _list(said), _pick(db, entry, said)
    if not any(of.values()) and not found["withdrawn_at"] and len(prompt_queries.own(db)) == 1:
        raise Refused("One question stays, for whoever has none of their own. Change its words instead.")
    take_away(db, entry, "prompt", found)
    return _about(of, found["id"])


@change("sessions.restore_prompt", prompt_forms.PromptPickForm, rights.keeps_prompts)
def restore_prompt(db, entry, said):
    """Bring a question back, to the end of its list."""
    of, found = _list(said), _pick(db, entry, said)
    if len(prompt_queries.own(db, **of)) >= MOST:
        raise Refused(f"{MOST} questions are enough. Take one away first.")
    bring_back(db, entry, "prompt", found, position=_next_place(db, of))
    return _about(of, found["id"])


def copy_prompts(db, entry, group, to):
    """Give a new Work Group the questions of another, where it has its own; inside a change."""
    for position, p in enumerate(prompt_queries.own(db, work_group=group)):
        _put(db, entry, new_id(), {"work_group": to}, position, p["words"], p["id"])


def _list(said):
    """Return which list is meant, as columns of a question: a session's, a Work Group's, else the hub's."""
    if said["session"]:
        return {"session": said["session"], "work_group": None}
    return {"session": None, "work_group": said["work_group"]}


def _about(of, prompt):
    return of["session"] or of["work_group"] or prompt


def _own_list(db, entry, of):
    """Return a list's own questions, those from above copied into it where it has none."""
    own = prompt_queries.own(db, **of)
    if own:
        return own
    for position, p in enumerate(prompt_queries.standing(db, **of)):
        _put(db, entry, new_id(), of, position, p["words"], p["id"])
    return prompt_queries.own(db, **of)


def _pick(db, entry, said):
    """Return the question that is meant out of a list: one of its own, or its copy of one that it had from above."""
    of, found = _list(said), prompt_queries.prompt(db, said["prompt"])
    if found is None:
        raise Refused(NOT_HERE)
    if {name: found[name] for name in of} == of:
        return found
    copies = [p for p in _own_list(db, entry, of) if p["copied_from"] == found["id"]]
    if not copies:
        raise Refused(NOT_HERE)
    return copies[0]


def _next_place(db, of):
    return max((p["position"] for p in prompt_queries.own(db, **of)), default=-1) + 1


def _put(db, entry, id, of, position, words, copied_from=None):
    store.put(db, "prompt", id=id, position=position, copied_from=copied_from, by=entry.by, at=entry.at, **of)
    # the first wording shares the id of its question
    store.put(db, "prompt_words", id=id, prompt=id, version=1, words=words, by=entry.by, at=entry.at)


def _say(db, entry, prompt, words):
    """Give a question another wording, unless these are its words already."""
    if words != prompt["words"]:
        version = store.value(db, "select max(version) + 1 from prompt_words where prompt = ?", (prompt["id"],))
        store.put(
            db, "prompt_words", id=new_id(), prompt=prompt["id"], version=version, words=words, by=entry.by, at=entry.at
        )
