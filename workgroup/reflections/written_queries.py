"""Who has written about a session: never what, and never for whom."""

from workgroup import store


def who_has(db, session):
    """Return the names of who has written about a session or its lessons, drafts left out: not what, not for whom."""
    return [
        row["name"] for row in store.rows(
            db,
            "select distinct p.name from reflection r join person p on p.id = r.by"
            " left join lesson l on l.id = r.lesson where coalesce(r.session, l.session) = ? and r.state = 'final'"
            " and r.withdrawn_at is null order by p.name",
            (session,),
        )
    ]  # fmt: skip


def who_wrote(db, session):
    """Return the ids of who has written about a session or its lessons, drafts left out: to be counted."""
    found = store.rows(
        db,
        "select distinct r.by from reflection r left join lesson l on l.id = r.lesson"
        " where coalesce(r.session, l.session) = ? and r.state = 'final' and r.withdrawn_at is null",
        (session,),
    )
    return {row["by"] for row in found}


def has_written(db, person, session):
    """Tell whether somebody has written about a session or its lessons, a draft too."""
    sql = ("select 1 from reflection r left join lesson l on l.id = r.lesson"
           " where r.by = ? and coalesce(r.session, l.session) = ?")  # fmt: skip
    return store.value(db, sql, (person, session)) is not None
