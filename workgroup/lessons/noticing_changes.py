"""Changes that observers make while pupils work and after: moments, words, tags, phases. All can come from a tablet."""

from workgroup import store
from workgroup.door import Refused, change
from workgroup.groups import queries as groups
from workgroup.lessons import forms, queries, rights


@change("lessons.mark_phase", forms.PhaseForm, rights.observes, meets="fold", capture=True)
def mark_phase(db, entry, said):
    """Say that the lesson came into a phase at a second of its clock; the newest mark of a second counts."""
    found = queries.outline(db, said["lesson"])
    second = said["second"] if said["second"] is not None else queries.second_at(found, entry.at)
    store.put(
        db, "phase_mark", id=entry.id, lesson=found["id"], second=second, phase=said["phase"], title=said["title"],
        by=entry.by, at=entry.at,
    )  # fmt: skip
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
    second = said["second"] if said["second"] is not None else queries.second_at(found, entry.at)
    store.put(
        db, "noticing", id=entry.id, lesson=found["id"], by=entry.by, at=entry.at, received=entry.received,
        second=second, rough=int(said["rough"]), code=said["code"], predicted_response=said["predicted"],
        phase=said["phase"] or queries.phase_at(db, found["id"], second), words=said["words"] or None,
        number=queries.next_number(db),
    )  # fmt: skip
    _put_tags(db, entry.id, said["tags"], found)
    return entry.id


@change("lessons.add_words", forms.AddWordsForm, rights.own_noticing, meets="versions", capture=True,
        versions=queries.standing_words)  # fmt: skip
def add_words(db, entry, said):
    """Add words to one's own moment. Two texts written from the same one both stand until their author joins them."""
    store.put(
        db, "noticing_words", id=entry.id, noticing=said["noticing"], words=said["words"], after=said["after"],
        by=entry.by, at=entry.at, number=queries.next_number(db),
    )  # fmt: skip
    return said["noticing"]


@change("lessons.tag", forms.TagForm, rights.own_noticing, meets="fold", capture=True)
def tag(db, entry, said):
    """Set the tags of one's own moment."""
    found = queries.outline(db, queries.noticing(db, said["noticing"])["lesson"])
    db.conn.execute("delete from noticing_tag where noticing = ?", (said["noticing"],))
    _put_tags(db, said["noticing"], said["tags"], found)
    return said["noticing"]


@change("lessons.withdraw_noticing", forms.NoticingPickForm, rights.own_noticing, capture=True)
def withdraw_noticing(db, entry, said):
    """Take one's own moment away; nobody else sees it any more, and it can be brought back."""
    return _set(db, entry, said, "withdrawn_at", entry.at, "This has been taken away already.")


@change("lessons.restore_noticing", forms.NoticingPickForm, rights.own_noticing, capture=True)
def restore_noticing(db, entry, said):
    """Bring one's own moment back."""
    return _set(db, entry, said, "withdrawn_at", None, "This stands already.")


@change("lessons.hide", forms.NoticingPickForm, rights.teaches)
def hide(db, entry, said):
    """The teacher hides a moment from everybody but whoever wrote it."""
    return _set(db, entry, said, "hidden_at", entry.at, "This is hidden already.")


@change("lessons.show_again", forms.NoticingPickForm, rights.teaches)
def show_again(db, entry, said):
    """The teacher shows a hidden moment again."""
    return _set(db, entry, said, "hidden_at", None, "This is not hidden.")


def _set(db, entry, said, column, at, already):
    row = queries.noticing(db, said["noticing"])
    if bool(row[column]) == bool(at):
        raise Refused(already)
    entry.was = {column: row[column]}
    store.alter(db, "noticing", row["id"], **{column: at})
    return row["id"]


def _put_tags(db, noticing, tags, found):
    if not tags:
        return
    known = {t["id"] for t in groups.tags(db, found["work_group"], also_ended=True)}
    for one in dict.fromkeys(tags):
        if one not in known:
            raise Refused("Choose tags of this Work Group.", "tags")
        store.put(db, "noticing_tag", noticing=noticing, tag=one)
