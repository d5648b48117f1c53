"""Who has written about a session: never what, and never for whom."""

from workgroup import store

# of a session itself or of one of its lessons; each half is found by its index
_ABOUT = "(r.session = :session or r.lesson in (select id from lesson where session = :session))"


def who_has(db, session):
    """Return the names of who has written about a session or its lessons, drafts left out: not what, not for whom."""
    return [
        row["name"] for row in store.rows(
            db,
            f"select distinct p.name from reflection r join person p on p.id = r.by where {_ABOUT}"
            " and r.state = 'final' and r.withdrawn_at is null order by p.name",
            {"session": session},
        )
    ]  # fmt: skip


def who_wrote(db, session):
    """Return the ids of who has written about a session or its lessons, drafts left out: to be counted."""
    found = store.rows(
        db,
        f"select distinct r.by from reflection r where {_ABOUT} and r.state = 'final' and r.withdrawn_at is null",
        {"session": session},
    )
    return {row["by"] for row in found}


def has_written(db, person, session):
    """Tell whether somebody has written about a session or its lessons, a draft too."""
    sql = f"select 1 from reflection r where r.by = :person and {_ABOUT}"
    return store.value(db, sql, {"person": person, "session": session}) is not None
