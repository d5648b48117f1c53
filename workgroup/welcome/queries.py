"""Reading how far a hub or a Work Group has begun, step by step from the record itself, and who is new here.

A step is `words`, `more` (a few words beside it), `address` (None while an earlier one is wanted first) and `done`.
"""

from workgroup import clock, store
from workgroup.people import queries as people

HUB, VISIT = "hub", "visit"
KINDS = (HUB, VISIT)
# what somebody does to get in is no use of the place yet
_HAS_DONE = (
    "select 1 from ledger where by = ? and kind not like 'people.%' and kind not like 'welcome.%' limit 1"
)


def is_away(db, person, about):
    """Tell whether somebody has put something away."""
    return store.value(db, "select 1 from put_away where person = ? and about = ?", (person, about)) is not None


def away(db, viewer):
    """Return what the viewer has put away: `about`, and the `title` of a Work Group."""
    return store.rows(
        db,
        "select a.about, g.title from put_away a left join work_group g on g.id = a.about where a.person = ?"
        " order by a.at",
        (viewer,),
    )


def first_steps(db, viewer, mine, runs_hub, sends_mail):
    """Return `about`, `title` and `steps` of what the viewer begins with, or None: of the hub, else of a group led."""
    if runs_hub and (steps := _of_hub(db, sends_mail)) and not is_away(db, viewer, HUB):
        return {"about": HUB, "title": "First steps", "steps": steps}
    year = clock.academic_year(clock.today())
    for group in mine:
        if group["role"] != "leader" or group["academic_year"] < year:
            continue
        if (steps := _of_group(db, group)) and not is_away(db, viewer, group["id"]):
            return {"about": group["id"], "title": f"First steps of {group['title']}", "steps": steps}
    return None


def first_visit(db, viewer, mine, runs_hub):
    """Return as what somebody is here who has done nothing here yet, or None once they have or put it away."""
    roles = {g["role"] for g in mine} - {None}
    role = "leader" if "leader" in roles else "participant" if roles else None
    if runs_hub:
        role = role or ("lead" if people.has_hub_role(db, viewer, clock.today(), ("lead",)) else "administrator")
    if not role or store.value(db, _HAS_DONE, (viewer,)) or is_away(db, viewer, VISIT):
        return None
    return role


def _of_hub(db, sends_mail):
    """Return the steps of a hub in which no session has been planned yet, else nothing."""
    if store.value(db, "select 1 from session limit 1"):
        return None
    group = store.row(db, "select id, title from work_group order by academic_year desc, rowid limit 1")
    at = group and f"/groups/{group['id']}"
    leader = group and _leader(db, group["id"])
    signed_in = bool(leader and leader["claimed_at"])
    if signed_in or sends_mail or not leader:
        goes = f"{leader['name'] if leader else 'The leader'} signs in", "by the link in their e-mail, for 14 days"
    else:
        goes = f"Pass the link on to {leader['name']}", "no mail server is set up here, so it is kept under Mail"
    return [
        _step("Bring the schools in", "your own list, the national register, or one by hand", "/schools/import",
              store.value(db, "select 1 from school limit 1")),
        _step("Make a Work Group", "a title and a year; everything else can wait", "/groups/new", group),
        _step("Add its schools", "those that meet", at and f"{at}/schools", group and _has_school(db, group["id"])),
        _step("Add its leader", "the Mastery Specialist, who plans the meetings", at and f"{at}/people?role=leader#add",
              leader),
        _step("Add its teachers", "two from each school, one by one or from a sheet", at and f"{at}/people#add",
              group and _has_teacher(db, group["id"])),
        _step(*goes, leader and ("/mail" if not sends_mail else f"{at}/people"), signed_in),
        _step("The first session is planned", "by the leader: a whole year at once, or one", at if signed_in else None,
              False),
    ]  # fmt: skip


def _of_group(db, group):
    """Return the steps of a Work Group that has not begun, else nothing: all done, or its first day is over."""
    begun = "select 1 from session where work_group = ? and (state in ('open', 'closed') or starts_at < ?) limit 1"
    if store.value(db, begun, (group["id"], clock.now())):
        return None
    planned = store.value(
        db, "select id from session where work_group = ? and state = 'planned' order by starts_at", (group["id"],)
    )
    invited = planned and store.value(
        db, "select 1 from invitation i join session n on n.id = i.session where n.work_group = ? limit 1",
        (group["id"],),
    )  # fmt: skip
    at, has_school = f"/groups/{group['id']}", _has_school(db, group["id"])
    steps = [
        _step("Add the schools", "those that meet", f"{at}/schools", has_school),
        _step("Add the teachers", "two from each school, one by one or from a sheet",
              f"{at}/people#add" if has_school else f"{at}/participants", _has_teacher(db, group["id"])),
        _step("Plan the year", "dates and hosts are proposed; or plan one session", f"{at}/year", planned),
        _step("Invite everybody to the first session", "with the day for their calendar",
              planned and f"/sessions/{planned}/invitations", invited),
    ]  # fmt: skip
    return None if all(s["done"] for s in steps) else steps


def _step(words, more, address, done):
    return {"words": words, "more": more, "address": address or None, "done": bool(done)}


def _leader(db, group):
    return store.row(
        db,
        "select p.name, p.claimed_at from membership m join person p on p.id = m.person"
        " where m.work_group = ? and m.role = 'leader' and (m.to_on is null or m.to_on >= ?)"
        " order by p.claimed_at is null, m.rowid limit 1",
        (group, clock.today()),
    )


def _has_school(db, group):
    return store.value(db, "select 1 from school_in_group where work_group = ? limit 1", (group,))


def _has_teacher(db, group):
    sql = "select 1 from membership where work_group = ? and role = 'participant' limit 1"
    return store.value(db, sql, (group,))
