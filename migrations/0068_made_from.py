"""A Work Group knows the one of the year before that it was made from; its evaluations go on from there.

Of those made before, the ledger's words say so where they are still kept.
"""


def change(db):
    """Add the column, and fill it."""
    db.execute("alter table work_group add column made_from text references work_group")
    db.execute(
        "update work_group set made_from = (select g.id from ledger l join ledger_words w on w.number = l.number"
        " join work_group g on g.id = w.said ->> 'work_group' where l.kind = 'planning.next_year'"
        " and l.about = work_group.id)"
    )
