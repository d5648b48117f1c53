"""Changes to a session's agenda: blocks are added, changed, moved, taken out, put back, begun and taken back again."""

from workgroup import clock, store
from workgroup.door import Refused, Stale, change
from workgroup.groups import queries as groups
from workgroup.ordering import moved
from workgroup.people.post import new_id
from workgroup.sessions import block_note_changes, forms, material_queries, pace, queries, rights
from workgroup.withdrawing import bring_back, take_away


@change("sessions.add_block", forms.BlockForm, rights.leads)
def add_block(db, entry, said):
    """Add a block at the end."""
    _check_lead(db, said, said["session"])
    last = max((b["position"] for b in queries.agenda(db, said["session"])), default=None)
    store.put(
        db, "agenda_block", id=entry.id, session=said["session"], position=0 if last is None else last + 1,
        put_with=entry.id, **{n: said[n] for n in queries.BLOCK},
    )  # fmt: skip
    return entry.id


@change("sessions.edit_block", forms.EditBlockForm, rights.leads, meets="stale")
def edit_block(db, entry, said):
    """Change a block."""
    was = _standing(db, said)
    if said["seen"] and said["seen"] != queries.seen_of(was):
        raise Stale(was)
    _check_lead(db, said, was["session"])
    entry.was = {n: was[n] for n in queries.BLOCK}
    store.alter(db, "agenda_block", was["id"], **{n: said[n] for n in queries.BLOCK})
    return was["session"]


@change("sessions.move_block", forms.MoveBlockForm, rights.leads)
def move_block(db, entry, said):
    """Move a block one place earlier or later, or to a place of the agenda."""
    block = _standing(db, said)
    order = [b["id"] for b in queries.agenda(db, block["session"])]
    if said["place"]:
        order.remove(block["id"])
        order.insert(said["place"] - 1, block["id"])
    elif said["direction"]:
        order = moved(order, block["id"], is_earlier=said["direction"] == "up")
    else:
        raise Refused("Say where it goes.", "direction")
    _number(db, order)
    return block["session"]


@change("sessions.remove_block", forms.BlockPickForm, rights.leads)
def remove_block(db, entry, said):
    """Take a block out of the agenda; it can be put back, with its notes and materials."""
    was = queries.block(db, said["block"])
    take_away(db, entry, "agenda_block", was, block_note_changes.NOT_HERE)
    _number(db, [b["id"] for b in queries.agenda(db, was["session"])])
    return was["session"]


@change("sessions.restore_block", forms.BlockPickForm, rights.leads)
def restore_block(db, entry, said):
    """Put a block back into the agenda, at the place it had."""
    was = queries.block(db, said["block"])
    order = [b["id"] for b in queries.agenda(db, was["session"])]
    bring_back(db, entry, "agenda_block", was, went_with=None)
    order.insert(was["position"], was["id"])
    _number(db, order)
    return was["session"]


@change("sessions.copy_agenda", forms.CopyAgendaForm, rights.leads)
def copy_agenda(db, entry, said):
    """Put the agenda of another session in the place of this one's, which can be put back.

    It is one of the group or of another that the same person leads, such as last year's.
    """
    session, source = (queries.session(db, said[name]) for name in ("session", "source"))
    today = clock.day_of(entry.at)
    if source is None or source["id"] == session["id"] or not groups.leads(db, entry.by, source["work_group"], today):
        raise Refused("Choose another session that you lead.", "source")
    blocks = queries.agenda(db, source["id"])
    if not blocks:
        raise Refused("The agenda of that session is empty.", "source")
    entry.was = clear(db, entry, session["id"])
    if not _led_by_the_same(db, session["work_group"], source["work_group"], today):
        blocks = [{**b, "private_words": None} for b in blocks]
    ids = put_blocks(db, session["id"], blocks, entry.id, on=session["day"])
    made_from = dict(zip((b["id"] for b in blocks), ids, strict=True))
    _bring_materials(db, entry, session["id"], source["id"], made_from)
    block_note_changes.bring_along(db, entry, made_from)
    return session["id"]


def _led_by_the_same(db, group, source, on):
    """Tell whether whoever leads a group leads the other too, and so may read its notes to oneself."""
    led = groups.people(db, group, on=on, role="leader") if group != source else []
    return all(groups.leads(db, p["id"], source, on) for p in led)


def _bring_materials(db, entry, session, source, blocks):
    """Give each new block the links and files of the one it was made from; what the session has already only moves."""
    had = {_same(m): m["id"] for m in material_queries.materials(db, session) if m["block"] is None}
    for one in material_queries.materials(db, source):
        to = blocks.get(one["block"])
        if to and _same(one) in had:
            store.alter(db, "material", had.pop(_same(one)), block=to)
        elif to:
            db.conn.execute(
                "insert into material (id, session, block, title, url, kind, bytes, size, by, at)"
                " select ?, ?, ?, title, url, kind, bytes, size, ?, ? from material where id = ?",
                (new_id(), session, to, entry.by, entry.at, one["id"]),
            )


def _same(material):
    return tuple(material[name] for name in ("title", "url", "kind", "size"))


@change("sessions.restore_agenda", forms.RestoreAgendaForm, rights.leads)
def restore_agenda(db, entry, said):
    """Put an agenda back that another took the place of; that one can be put back in its turn."""
    gone = [b for a in queries.out_of_agenda(db, said["session"])["agendas"] if a["id"] == said["agenda"]
            for b in a["blocks"]]  # fmt: skip
    if not gone:
        raise Refused("This agenda is back already. Load the page again.")
    entry.was = clear(db, entry, said["session"])
    for b in gone:
        store.alter(db, "agenda_block", b["id"], withdrawn_at=None, went_with=None)
    return said["session"]


def clear(db, entry, session):
    """Take all blocks of an agenda out together, to make room for another; not once it has begun. Return them."""
    was = queries.agenda(db, session)
    if any(b["began_at"] for b in was):
        raise Refused("This agenda has begun already.")
    for b in was:
        store.alter(db, "agenda_block", b["id"], withdrawn_at=entry.at, went_with=entry.id)
    return was


def put_blocks(db, session, blocks, change_id, on=None):
    """Put blocks, as dicts, into the empty agenda of a session; whoever has left by `on` leads none of them.

    `change_id` is the change by which they come. Returns their ids.
    """
    ids = [new_id() for _ in blocks]
    group = queries.group_of(db, session)
    for position, (id, b) in enumerate(zip(ids, blocks, strict=True)):
        lead = b.get("lead") if on and b.get("lead") and groups.takes_part(db, b["lead"], group, on) else None
        store.put(
            db, "agenda_block", id=id, session=session, position=position, kind=b["kind"], minutes=b["minutes"],
            title=b["title"], lead=lead, put_with=change_id,
            **{name: b.get(name) for name in ("prompt", "words", "private_words")},
        )  # fmt: skip
    return ids


@change("sessions.begin_block", forms.BlockPickForm, rights.runs)
def begin_block(db, entry, said):
    """Begin a block: the clock compares what was planned with what happens."""
    block = _standing(db, said)
    _check_runs(db, block)
    entry.was = {"began_at": block["began_at"]}
    store.alter(db, "agenda_block", block["id"], began_at=entry.at)
    return block["session"]


@change("sessions.unbegin_block", forms.BlockPickForm, rights.runs)
def unbegin_block(db, entry, said):
    """Take back that a block has begun: what was on before it is on again, since it began."""
    block = _standing(db, said)
    _check_runs(db, block)
    on = pace.on_now(queries.agenda(db, block["session"]))
    if on is None or on["id"] != block["id"]:
        raise Refused("Only the block that is on can be taken back. Load the page again.")
    entry.was = {"began_at": block["began_at"]}
    store.alter(db, "agenda_block", block["id"], began_at=None)
    return block["session"]


def begin_anew(db, entry, session):
    """Take back what has begun of an agenda; inside a change."""
    begun = store.rows(
        db, "select id, began_at from agenda_block where session = ? and began_at is not null", (session,)
    )
    entry.was = {**(entry.was or {}), "began_at": {b["id"]: b["began_at"] for b in begun}}
    for b in begun:
        store.alter(db, "agenda_block", b["id"], began_at=None)


@change("sessions.cut_block", forms.CutBlockForm, rights.runs)
def cut_block(db, entry, said):
    """Give a block that has not begun another time, so that the session ends when it should."""
    block = _standing(db, said)
    if block["began_at"]:
        raise Refused("This block has begun already.")
    entry.was = {"minutes": block["minutes"]}
    store.alter(db, "agenda_block", block["id"], minutes=said["minutes"])
    return block["session"]


def _standing(db, said):
    """Return the block that is meant, unless it was taken out meanwhile."""
    block = queries.block(db, said["block"])
    if block["withdrawn_at"]:
        raise Refused(block_note_changes.NOT_HERE)
    return block


def _check_runs(db, block):
    state = queries.state_of(db, block["session"])
    if state != "open":
        raise Refused(f"This session is {state}. Its agenda runs while it is open.")


def _number(db, order):
    for position, id in enumerate(order):
        store.alter(db, "agenda_block", id, position=position)


def _check_lead(db, said, session):
    """Refuse a lead who is not in the group on the session's day: a year is planned before everybody has joined."""
    found = said["lead"] and queries.session(db, session)
    if found and not groups.takes_part(db, said["lead"], found["work_group"], found["day"]):
        raise Refused("Choose somebody of this Work Group.", "lead")
