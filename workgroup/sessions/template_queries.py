"""Reading agenda templates: the hub's running orders by kind of meeting, and a Work Group's own copies."""

from workgroup import store


def template(db, id):
    """Return a template with its blocks, also one that was taken away, or None."""
    found = store.row(db, "select * from agenda_template where id = ?", (id,))
    return found and _with_blocks(db, found)


def templates_of(db, group=None, gone=False):
    """Return the templates of a Work Group, or of the hub, by kind; the one for every other kind last.

    `gone`: those that were taken away, the newest of them first within a kind.
    """
    found = store.rows(
        db,
        "select * from agenda_template where work_group is ? and (withdrawn_at is not null) = ?"
        " order by kind = '', kind collate nocase, withdrawn_at desc",
        (group, gone),
    )
    return [_with_blocks(db, t) for t in found]


def template_of(db, group, kind):
    """Return the template of a group (None: the hub) for exactly this kind, or None."""
    found = store.row(
        db, "select * from agenda_template where work_group is ? and kind = ? collate nocase and withdrawn_at is null",
        (group, kind),
    )  # fmt: skip
    return found and _with_blocks(db, found)


def usual(db, group, kind):
    """Return the template that a session of this kind begins with: the group's own, else the hub's.

    What a group calls its meetings counts as a TRG; a kind without a template has the one for every other kind.
    """
    kinds = [kind, "TRG"] if kind.casefold() == group["meeting_word"].casefold() else [kind]
    for name in [*kinds, ""]:
        for owner in (group["id"], None):
            if found := template_of(db, owner, name):
                return found
    return None


def _with_blocks(db, found):
    blocks = store.rows(db, "select * from template_block where template = ? order by position", (found["id"],))
    return {**found, "blocks": blocks, "minutes": sum(b["minutes"] for b in blocks)}
