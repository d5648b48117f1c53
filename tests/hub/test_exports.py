"""The hub's exports: exact columns, every cell, as at a day, rights, and the command line."""

from tests.formats.test_formats import read_csv, read_xlsx
from tests.hub.conftest import at
from tests.world import days, do
from workgroup import clock, store
from workgroup.groups import queries as groups
from workgroup.hub import choice_queries, columns, exports
from workgroup.people.post import new_id

ATTENDANCE = (
    "hub,academic_year,project_code,work_group,strand,session_number,session_title,session_kind,date,half_term,mode,"
    "length,host_school,host_urn,school,urn,la,phase,participant,email,role,attending_as,status,told_on,arrived_at,"
    "left_at,substitute_for,session_summary"
)
ENGAGEMENT = (
    "as_at,hub,academic_year,project_code,work_group,strand,school,urn,la,phase,establishment_type,trust,state,"
    "state_since,withdrawn_reason,grant_amount,grant_paid_on,sessions_held,sessions_attended,both_teachers_sessions,"
    "visits_planned,visits_made,visit_days_planned,visit_days_used,action_plan_on,gap_tasks_set,gap_tasks_returned,"
    "head_met_on,vision_step,vision_on,subject_knowledge_step,subject_knowledge_on,systems_and_culture_step,"
    "systems_and_culture_on"
)


def rows_of(db, viewer, kind, as_at=None, group=None):
    """Return the rows of an export as dicts."""
    names = exports.header(db, kind)
    return [dict(zip(names, row, strict=True)) for row in exports.rows(db, viewer, kind, as_at or days(0), group)]


def test_the_columns_are_those_the_hub_was_promised(db, framework):
    assert exports.header(db, "attendance") == ATTENDANCE.split(",")
    assert exports.header(db, "engagement") == ENGAGEMENT.split(",")


def test_every_cell_of_attendance(db, year):
    made = cells_of_file(db, year, "attendance")
    group = ["Test Hub", clock.academic_year(days(0)), "NCP26-10", "Primary South", "Primary Embedding"]
    session = ["1", "Bars that start together", "TRG", days(-10), groups.half_term_of(db, days(-10)) or "", "room",
               "180", "Staithe Lane Primary School", "900001"]  # fmt: skip
    ours = ["Staithe Lane Primary School", "900001", "Havershire", "Primary"]
    theirs = ["Ottersby Church of England Primary School", "900002", "", "Primary"]
    assert made == [
        ATTENDANCE.split(","),
        [*group, *session, *theirs, "'+Val Visitor", "", "", "substitute", "present", "", "13:07", "",
         "Sunita Neighbour", "We watched."],
        [*group, *session, *theirs, "Sunita Neighbour", "neighbour@example.org", "", "participant", "apologies",
         days(-12), "", "", "", "We watched."],
        [*group, *session, *ours, "Nadine Member", "participant@example.org", "maths lead", "participant", "present",
         "", "12:55", "16:10", "", "We watched."],
        [*group, *session, *ours, "Toby Colleague", "colleague@example.org", "Year 3 teacher", "participant",
         "present", "", "13:05", "", "", "We watched."],
    ]  # fmt: skip


def cells_of_file(db, w, kind):
    """Return the cells of the CSV, after making sure the XLSX says the same in its own types."""
    path = db.conn.execute("pragma database_list").fetchone()[2]
    asked = {"viewer": w.hub_lead, "kind": kind, "as_at": days(0), "group": w.group}
    made = read_csv(exports.chunks(path, format="csv", **asked))
    book = read_xlsx(exports.chunks(path, format="xlsx", **asked))
    said = [["" if cell is None else str(cell) for cell in row] for row in book]
    assert said == [[cell.removeprefix("'") for cell in row] for row in made]
    numbers = {n for row in book[1:] for n, cell in zip(book[0], row, strict=True) if isinstance(cell, int | float)}
    assert "urn" not in numbers and numbers & {"session_number", "sessions_held"}
    return made


def test_every_cell_of_engagement(db, journey):
    group = [days(0), "Test Hub", clock.academic_year(days(0)), "NCP26-10", "Primary South", "Primary Embedding"]
    assert cells_of_file(db, journey, "engagement") == [
        ENGAGEMENT.split(","),
        [*group, "Ottersby Church of England Primary School", "900002", "", "Primary", "", "", "withdrawn", days(-1),
         "'-New head", "", "", "1", "1", "0", "3", "0", "1.5", "0", "", "0", "0", "", "", "", "", "", "", ""],
        [*group, "Staithe Lane Primary School", "900001", "Havershire", "Primary", "Academy converter",
         "Staithe Trust", "active", days(-11), "", "1250.5", days(-3), "1", "1", "1", "3", "2", "1.5", "0.75", "",
         "2", "1", days(-20), "Developing", days(-6), "", "", "Beginning", days(-8)],
    ]  # fmt: skip


def test_engagement_as_at_an_earlier_day_knows_only_what_was_so_then(db, journey):
    grant = {"school_in_group": journey.in_group, "amount": "300", "purpose": "Cover"}
    do(db, "groups.give_grant", journey.leader, at=at(-4), **grant)

    def then(day):
        row = rows_of(db, journey.hub_lead, "engagement", days(day), journey.group)[1]
        return {k: row[k] for k in ("state", "grant_amount", "sessions_held", "visits_made", "visit_days_used",
                                    "gap_tasks_set", "gap_tasks_returned", "vision_step", "vision_on")}  # fmt: skip

    assert then(-12) == {"state": "registered", "grant_amount": 1000, "sessions_held": 0, "visits_made": 1,
                         "visit_days_used": 0.5, "gap_tasks_set": 0, "gap_tasks_returned": 0,
                         "vision_step": "Beginning", "vision_on": days(-25)}  # fmt: skip
    assert then(-5) == {"state": "active", "grant_amount": 1000, "sessions_held": 1, "visits_made": 2,
                        "visit_days_used": 0.75, "gap_tasks_set": 2, "gap_tasks_returned": 0,
                        "vision_step": "Beginning", "vision_on": days(-25)}  # fmt: skip
    assert then(-2)["vision_step"] == "Developing" and then(-2)["gap_tasks_returned"] == 1
    assert then(-4)["grant_amount"] == 1300, "from the day it was noted"


def test_a_visit_counts_from_when_it_was_said_to_be_made_on_the_day_it_had_then(db, year):
    def then(day):
        row = rows_of(db, year.hub_lead, "engagement", days(day), year.group)[1]
        return row["visits_made"], row["visit_days_used"], row["head_met_on"]

    fields = {"school_in_group": year.in_group, "on_day": days(-20), "days": "0.75"}
    visit = do(db, "visits.plan", year.leader, at=at(-30), **fields).about
    made = {"visit": visit, "head_met": "y", "people_met": "Both", "seen": "1"}
    do(db, "visits.make", year.leader, at=at(-10), **made)
    do(db, "visits.edit", year.leader, at=at(-5), visit=visit, on_day=days(-18), days="0.75", seen="2")
    corrected = {"visit": visit, "people_met": "One of them", "days": "0.25", "seen": "3"}
    do(db, "visits.make", year.leader, at=at(-3), **corrected)
    do(db, "visits.unmake", year.leader, at=at(-2), visit=visit)
    assert [then(day) for day in (-25, -15, -11)] == [(0, 0, None)] * 3, "planned, and nobody had said more"
    assert [then(day) for day in (-10, -6)] == [(1, 0.75, days(-20))] * 2
    assert [then(day) for day in (-5, -4)] == [(1, 0.75, days(-18))] * 2
    assert then(-3) == (1, 0.25, None), "what was corrected since was not known before"
    assert [then(day) for day in (-2, 0)] == [(0, 0, None)] * 2


def test_a_school_stands_in_engagement_from_the_day_it_registered(db, year):
    assert rows_of(db, year.hub_lead, "engagement", days(-201)) == []
    assert len(rows_of(db, year.hub_lead, "engagement", days(-200), year.group)) == 2


def test_a_session_is_held_when_somebody_was_present_though_nobody_closed_it(db, year):
    def held():
        return rows_of(db, year.hub_lead, "engagement", None, year.group)[1]["sessions_held"]

    assert held() == 1
    do(db, "sessions.mark", year.leader, session=year.later, person=year.participant, status="present")
    assert held() == 2
    with store.writing(db):
        store.alter(db, "session", year.later, state="cancelled")
    assert held() == 1
    assert {r["session_title"] for r in rows_of(db, year.hub_lead, "attendance")} == {"Bars that start together"}


def test_leaders_and_visitors_do_not_make_a_school_attend(db, year):
    row = rows_of(db, year.hub_lead, "engagement", None, year.group)[1]
    do(db, "sessions.mark", year.leader, session=year.later, person=year.leader, status="present", school=year.school)
    do(db, "sessions.mark", year.leader, session=year.later, visitor="A Governor", status="present",
       school=year.school)  # fmt: skip
    now = rows_of(db, year.hub_lead, "engagement", None, year.group)[1]
    assert (now["sessions_held"], now["sessions_attended"]) == (row["sessions_held"] + 1, row["sessions_attended"])


def statuses(db, w, day):
    """Return what the attendance says of each person as at a day."""
    return {r["participant"]: r["status"] for r in rows_of(db, w.leader, "attendance", days(day))}


def test_attendance_as_at_a_day_folds_only_the_marks_made_by_then(db, year):
    assert statuses(db, year, -13) == {}
    assert statuses(db, year, -12) == {"Sunita Neighbour": "apologies"}
    do(db, "sessions.mark", year.leader, at=at(-3), session=year.session, person=year.participant, status="absent")
    assert statuses(db, year, -4)["Nadine Member"] == "present"
    assert statuses(db, year, -3)["Nadine Member"] == "absent"


def test_a_leader_s_mark_counts_before_a_newer_one_of_their_own_also_then(db, year):
    mark = {"session": year.session, "person": year.neighbour, "school": year.school2, "attending_as": "participant"}
    own, led = {"by": year.neighbour, "by_leader": 0}, {"by": year.leader, "by_leader": 1}
    with store.writing(db):
        store.put(db, "register_mark", id=new_id(), status="present", at=at(-11), **own, **mark)
        store.put(db, "register_mark", id=new_id(), status="absent", at=at(-1), **led, **mark)
    assert statuses(db, year, -11)["Sunita Neighbour"] == "apologies"
    assert statuses(db, year, 0)["Sunita Neighbour"] == "absent"


def test_the_end_of_the_day_is_the_end_in_london(db, year):
    """In summer, 23:30 in London is 22:30 UTC and 00:30 is still the day before in UTC."""
    with store.writing(db):
        db.conn.execute("update register_mark set at = '2026-07-01T23:30:00.000Z' where session = ?", (year.session,))
    asked = (db, year.leader, "attendance")
    assert rows_of(*asked, "2026-07-01") == [] and len(rows_of(*asked, "2026-07-02")) == 4


def test_the_summary_is_what_stood_on_that_day(db, year):
    first = store.value(db, "select id from session_summary where session = ?", (year.session,))
    fields = {"session": year.session, "after": first}
    do(db, "sessions.summarise", year.leader, at=at(-2), words="We watched and talked.", **fields)
    assert {r["session_summary"] for r in rows_of(db, year.leader, "attendance", days(-3))} == {"We watched."}
    assert {r["session_summary"] for r in rows_of(db, year.leader, "attendance")} == {"We watched and talked."}


def test_two_summaries_that_stand_side_by_side_are_both_in_the_file(db, year):
    do(db, "sessions.summarise", year.leader, at=at(-2), session=year.session, words="From the other tablet.")
    both = "We watched.\nFrom the other tablet."
    assert {r["session_summary"] for r in rows_of(db, year.leader, "attendance")} == {both}


def test_a_time_of_another_day_says_its_day(db, year):
    with store.writing(db):
        db.conn.execute("update register_mark set in_at = ? where person = ?", (at(-9, "08:10"), year.colleague))
    came = {r["participant"]: r["arrived_at"] for r in rows_of(db, year.leader, "attendance")}
    assert (came["Toby Colleague"], came["Nadine Member"]) == (f"{days(-9)} 08:10", "12:55")


def test_columns_are_explained_each(db, framework):
    found = [c for kind in columns.KINDS for c in columns.columns(kind, choice_queries.aspects(db))]
    assert all(len(c.meaning) > 5 for c in found)
