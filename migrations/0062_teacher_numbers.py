"""Whether the hub keeps teacher reference numbers (TRN): off until somebody switches it on (product.md, attendance)."""


def change(db):
    """Add it to the hub's one row, and find who has one; the number itself has had its place from the beginning."""
    db.execute("alter table hub add column keeps_trn integer not null default 0 check (keeps_trn in (0, 1))")
    db.execute("create index person_trn on person (trn) where trn is not null")
