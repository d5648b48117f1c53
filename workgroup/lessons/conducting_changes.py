"""Changes in the discussion: its step, whose pen it is, what was said, and what it means for each school."""

from workgroup import clock, door, store
from workgroup.door import Refused, change
from workgroup.groups import queries as groups
from workgroup.lessons import discussion_queries, forms, queries, rights
from workgroup.tasks import queries as tasks
from workgroup.withdrawing import bring_back, take_away

# why the gap task of an implication is dropped and taken up again with it, in its history
AWAY = "What the lesson means for the school was taken away."
BACK = "What the lesson means for the school was brought back."


@change("lessons.step", forms.StepForm, rights.conducts, meets="fold", capture=True)
def step(db, entry, said):
    """Go on to a step of the discussion, or back to one. Of two says the later counts, whichever arrives first."""
    store.put(
        db, "discussion_step", id=entry.id, lesson=said["lesson"], step=said["step"], by=entry.by, at=entry.at,
    )  # fmt: skip
    _tell(db, said["lesson"])
    return said["lesson"]


@change("lessons.pen", forms.PenForm, rights.conducts, meets="fold")
def pen(db, entry, said):
    """Hand somebody the pen, or take it back. What they wrote stays, and what their tablet still keeps is taken."""
    found = queries.outline(db, said["lesson"])
    gives = said["holds"] == "yes"  # it is taken back from whoever has left, too
    if gives and not rights.is_in_room(db, said["person"], found, clock.day_of(entry.at)):
        raise Refused("Choose somebody who is in the room.", "person")
    store.put(
        db, "pen", id=entry.id, lesson=found["id"], person=said["person"], holds=int(gives), by=entry.by, at=entry.at,
    )  # fmt: skip
    _tell(db, found["id"])
    return found["id"]


@change("lessons.discuss", forms.DiscussForm, rights.observes, capture=True)
def discuss(db, entry, said):
    """Write down what was said in the discussion.

    The pages offer the box to those who have the pen; a note that somebody's tablet kept before they gave it back, or
    before this was so, is taken all the same.
    """
    number = queries.next_number(db)
    store.put(
        db, "discussion_note", id=entry.id, lesson=said["lesson"], step=said["step"], by=entry.by, at=entry.at,
        words=said["words"], number=number,
    )  # fmt: skip
    store.alter(db, "lesson", said["lesson"], changed=number)
    return said["lesson"]


@change("lessons.withdraw_discussion", forms.DiscussionPickForm, rights.own_or_conducts)
def withdraw_discussion(db, entry, said):
    """Take a note of the discussion away."""
    note = discussion_queries.discussion_note(db, said["discussion_note"])
    take_away(db, entry, "discussion_note", note)
    _tell(db, note["lesson"])
    return note["lesson"]


@change("lessons.restore_discussion", forms.DiscussionPickForm, rights.own_or_conducts)
def restore_discussion(db, entry, said):
    """Bring a note of the discussion back.

    It takes a new number: a yes that the teacher gave while it was away did not mean it.
    """
    note = discussion_queries.discussion_note(db, said["discussion_note"])
    bring_back(db, entry, "discussion_note", note, number=queries.next_number(db))
    _tell(db, note["lesson"])
    return note["lesson"]


@change("lessons.imply", forms.ImplyForm, rights.conducts)
def imply(db, entry, said):
    """Say what the lesson means for a school, and make it a gap task when asked."""
    found = queries.lesson(db, said["lesson"])
    if groups.group_of_school(db, said["school_in_group"]) != found["work_group"]:
        raise Refused("This school is not in the Work Group.", "school_in_group")
    task = None
    if said["make_task"]:
        fields = {"work_group": found["work_group"], "session": found["session"], "words": said["words"],
                  "school_in_group": said["school_in_group"], "due_on": said["due_on"]}  # fmt: skip
        task = door.within(db, entry, "tasks.set", fields)
    store.put(
        db, "implication", id=entry.id, lesson=found["id"], school_in_group=said["school_in_group"],
        words=said["words"], gap_task=task, by=entry.by, at=entry.at,
    )  # fmt: skip
    _tell(db, found["id"])
    return entry.id


@change("lessons.withdraw_implication", forms.ImplicationPickForm, rights.conducts)
def withdraw_implication(db, entry, said):
    """Take an implication away, and with it the gap task that it became, unless that has been taken up."""
    implication = discussion_queries.implication(db, said["implication"])
    take_away(db, entry, "implication", implication)
    task = implication["gap_task"] and tasks.task(db, implication["gap_task"])
    if task and task["state"] == "returned":
        raise Refused("The school has answered the gap task that this became. It stays.")
    if task and task["state"] == "set":
        door.within(db, entry, "tasks.drop", {"gap_task": task["id"], "why": AWAY})
    _tell(db, implication["lesson"])
    return implication["lesson"]


@change("lessons.restore_implication", forms.ImplicationPickForm, rights.conducts)
def restore_implication(db, entry, said):
    """Bring an implication back, and take up the gap task again that was dropped with it."""
    implication = discussion_queries.implication(db, said["implication"])
    bring_back(db, entry, "implication", implication)
    task = implication["gap_task"] and tasks.task(db, implication["gap_task"])
    if task and task["state"] == "dropped":
        door.within(db, entry, "tasks.reopen", {"gap_task": task["id"], "why": BACK})
    _tell(db, implication["lesson"])
    return implication["lesson"]


@change("lessons.agree_screen", forms.ScreenForm, rights.teaches)
def agree_screen(db, entry, said):
    """Let the lesson be shown on the room's screen while it is discussed, without names; or no longer."""
    was = queries.lesson(db, said["lesson"])
    entry.was = {"on_screen": was["on_screen"]}
    store.alter(db, "lesson", was["id"], on_screen=int(said["on_screen"] == "yes"))
    return was["id"]


@change("lessons.link_task", forms.LinkTaskForm, rights.leads)
def link_task(db, entry, said):
    """Tie an implication to the gap task that it became."""
    implication = discussion_queries.implication(db, said["implication"])
    task = store.value(db, "select school_in_group from gap_task where id = ?", (said["gap_task"],))
    if task != implication["school_in_group"]:
        raise Refused("Choose a gap task of the same school.", "gap_task")
    store.alter(db, "implication", implication["id"], gap_task=said["gap_task"])
    return implication["id"]


def _tell(db, lesson):
    """Let pages that ask for what changed know of it."""
    store.alter(db, "lesson", lesson, changed=queries.next_number(db))
