"""Reading the photos of returns: what a school lets be photographed, and which photo stands beside which return.

A photo is seen by whoever reads the words it came with, and by nobody else; nobody sees one that was taken away.
"""

from workgroup import store
from workgroup.photos.queries import against
from workgroup.schools import queries as schools

MOST = 6  # photos of one return: a page of work or two, the board, what was built


def rule(db, task):
    """Return what may be photographed at the school a gap task is for: none, board, work; None until it has said."""
    return (schools.host_facts(db, task["school"]) or {}).get("photos")


def why_none(db, gap_task, kind, by):
    """Return what speaks against a photo of this kind with a gap task, from somebody by a link, or None.

    The school's rule; and that there is an end to them: of one task as of one return for whoever is signed in.
    """
    task = store.row(db, "select t.*, i.school from gap_task t join school_in_group i on i.id = t.school_in_group"
                         " where t.id = ?", (gap_task,))  # fmt: skip
    sql = ("select count(*) from gap_task_return r join photo p on p.gap_task_return = r.id where r.gap_task = ?"
           " and p.by = ? and p.withdrawn_at is null")  # fmt: skip
    if store.value(db, sql, (gap_task, by)) >= MOST:
        return f"{MOST} pictures are enough by this link. Sign in to take one away, or to add to them."
    return against(rule(db, task), kind, "The school")


def photo(db, id):
    """Return one photo of a return with its `gap_task`, without asking who looks: for rights and changes."""
    return store.row(
        db,
        "select p.*, r.gap_task, r.by as returned_by, r.withdrawn_at as return_withdrawn_at"
        " from photo p join gap_task_return r on r.id = p.gap_task_return where p.id = ?",
        (id,),
    )


def taken(db, gap_task_return):
    """Return how many photos a return has that were not taken away."""
    sql = "select count(*) from photo where gap_task_return = ? and withdrawn_at is null"
    return store.value(db, sql, (gap_task_return,))


def beside(db, returns):
    """Give each of the returns its `photos`, in the order they were taken, and `gone`: who took away its others."""
    for one in returns:
        one["photos"], one["gone"] = [], []
    of = {one["id"]: one for one in returns}
    found = store.rows(
        db,
        "select p.*, w.name, a.name as away_by from photo p join person w on w.id = p.by"
        f" left join person a on a.id = p.withdrawn_by where p.gap_task_return in ({', '.join('?' * len(of))})"
        " order by p.at, p.id",
        list(of),
    )
    for row in found:
        row["has_come"], row["is_late"] = row["came_at"] is not None, False
        of[row["gap_task_return"]]["gone" if row["withdrawn_at"] else "photos"].append(row)
    return returns
