"""Changes to agenda templates: the running orders that new sessions begin with."""

from workgroup import store
from workgroup.door import Refused, Stale, change
from workgroup.groups import queries as groups
from workgroup.people.post import new_id
from workgroup.sessions import forms, queries, rights, template_queries
from workgroup.withdrawing import bring_back, take_away


@change("sessions.save_template", forms.TemplateForm, rights.keeps_template, meets="stale")
def save_template(db, entry, said):
    """Write the running order of a kind of meeting down, the hub's or a Work Group's; rows without a title are none."""
    if said["work_group"] and groups.group(db, said["work_group"]) is None:
        raise Refused("There is no such Work Group.")
    kind, blocks = said["kind"] or "", [b for b in said["blocks"] if b["title"]]
    for number, b in enumerate(blocks, 1):
        if b["kind"] is None or b["minutes"] is None:
            raise Refused(f"Block {number}, {b['title']}: choose a kind and enter the minutes.", "blocks")
    if not blocks:
        raise Refused("Give at least one block a title.", "blocks")
    was = template_queries.template_of(db, said["work_group"], kind)
    if str(was["version"] if was else "") != (said["seen"] or ""):
        raise Stale(was or {"version": "", "kind": kind, "blocks": [], "minutes": 0})
    entry.was = was
    return _put(db, entry, said["work_group"], kind, blocks, was)


@change("sessions.keep_as_template", forms.SessionPickForm, rights.leads)
def keep_as_template(db, entry, said):
    """Make a session's agenda its Work Group's usual running order for that kind of meeting."""
    session = queries.session(db, said["session"])
    blocks = queries.agenda(db, session["id"])
    if not blocks:
        raise Refused("The agenda is empty.")
    if len(blocks) > forms.MOST_BLOCKS:
        raise Refused(f"A running order has {forms.MOST_BLOCKS} blocks at most.")
    entry.was = was = template_queries.template_of(db, session["work_group"], session["kind"])
    return _put(db, entry, session["work_group"], session["kind"], blocks, was)


@change("sessions.drop_template", forms.TemplatePickForm, rights.keeps_template)
def drop_template(db, entry, said):
    """Take a running order away: a Work Group has the hub's again. The hub's for every other kind stays."""
    was = template_queries.template(db, said["template"])
    if was["work_group"] is None and not was["kind"]:
        raise Refused("This one stays: a kind that has none of its own begins with it.")
    take_away(db, entry, "agenda_template", was)
    return was["id"]


@change("sessions.restore_template", forms.TemplatePickForm, rights.keeps_template)
def restore_template(db, entry, said):
    """Put a running order back; the one that has come in its place goes, and can be put back as well."""
    was = template_queries.template(db, said["template"])
    now = template_queries.template_of(db, was["work_group"], was["kind"])
    if now and was["withdrawn_at"]:
        store.alter(db, "agenda_template", now["id"], withdrawn_at=entry.at)
    # a form that was opened on either of them is stale
    bring_back(db, entry, "agenda_template", was, version=max(was["version"], now["version"] if now else 0) + 1)
    return was["id"]


def copy_templates(db, group, to):
    """Give a new group the running orders of another; inside a change."""
    for found in template_queries.templates_of(db, group):
        _put_new(db, new_id(), to, found["kind"], found["blocks"])


def usual_blocks(db, group, kind):
    """Return the blocks that a new session begins with.

    The first session of a kind gives its group a copy of the hub's running order: what the hub changes later does not
    change this group's sessions.
    """
    found = template_queries.usual(db, group, kind)
    if found and found["work_group"] is None and not template_queries.template_of(db, group["id"], found["kind"]):
        _put_new(db, new_id(), group["id"], found["kind"], found["blocks"])
    return found["blocks"] if found else []


def _put(db, entry, group, kind, blocks, was):
    """Write a running order down; what stood there before is kept beside it, to be put back."""
    if was is None:
        return _put_new(db, entry.id, group, kind, blocks)
    if _said(blocks) != _said(was["blocks"]):
        for old in template_queries.templates_of(db, group, gone=True):  # the same is kept once
            if old["kind"].casefold() == was["kind"].casefold() and _said(old["blocks"]) == _said(was["blocks"]):
                db.conn.execute("delete from template_block where template = ?", (old["id"],))
                db.conn.execute("delete from agenda_template where id = ?", (old["id"],))
        before = _put_new(db, new_id(), group, was["kind"], was["blocks"], withdrawn_at=entry.at)
        store.alter(db, "agenda_template", before, version=was["version"])
    db.conn.execute("delete from template_block where template = ?", (was["id"],))
    store.alter(db, "agenda_template", was["id"], version=was["version"] + 1)
    return _put_blocks(db, was["id"], blocks)


def _said(blocks):
    return [(b["kind"], b["minutes"], b["title"]) for b in blocks]


def _put_new(db, id, group, kind, blocks, **columns):
    store.put(db, "agenda_template", id=id, work_group=group, kind=kind, **columns)
    return _put_blocks(db, id, blocks)


def _put_blocks(db, id, blocks):
    for position, b in enumerate(blocks):
        store.put(
            db, "template_block", id=new_id(), template=id, position=position, kind=b["kind"], minutes=b["minutes"],
            title=b["title"],
        )  # fmt: skip
    return id
