"""What exports are narrowed to: a leader, a year, a half-term; the page, its preview and the command line alike."""

import pytest
from click.testing import CliRunner

from tests.evaluations.examples import an_evaluation, term_today, to_send
from tests.formats.test_formats import read_csv
from tests.hub.conftest import at
from tests.hub.hubs import a_group, some_schools
from tests.world import days, do
from workgroup import clock, store
from workgroup.cli import main
from workgroup.groups import queries as groups
from workgroup.hub import exports

KINDS = ("attendance", "engagement", "evaluation")


@pytest.fixture
def told(db, year):
    """The small year with a sent evaluation, and a group of the year before last that the far leader led."""
    evaluation = an_evaluation(db, year, held=False)
    do(db, "evaluations.write", year.leader, evaluation=evaluation, heading="next", words="More bars.")
    do(db, "evaluations.send", year.leader, **to_send(db, evaluation))
    year.older = a_group(db, "Older", some_schools(900700, ["completed"]), year="2019/20", leader=year.far_leader)
    year.term = term_today(db, year)
    return year


def titles(db, viewer, kind, as_at=None, group=None, **asked):
    """Return the titles of the Work Groups in an export."""
    narrowed = exports.narrowed(db, kind, **asked)
    place = exports.header(db, kind).index("work_group")
    return {row[place] for row in exports.rows(db, viewer, kind, as_at or days(0), group, **narrowed)}


def this_year():
    """Return this academic year."""
    return clock.academic_year(days(0))


@pytest.mark.parametrize("kind", KINDS)
def test_a_leader_s_groups_are_those_they_lead_or_have_led(db, told, kind):
    with store.writing(db):
        store.alter(db, "membership", told.leader_membership, to_on=days(-1))
    assert titles(db, told.hub_lead, kind, leader=told.leader) == {"Primary South"}
    assert "Primary South" not in titles(db, told.hub_lead, kind, leader=told.far_leader)
    assert titles(db, told.hub_lead, kind, leader=told.participant) == set()
    assert titles(db, told.far_leader, kind, leader=told.leader) == set()  # nothing more is seen by asking so


@pytest.mark.parametrize("kind", KINDS)
def test_a_year_is_that_of_the_work_groups(db, told, kind):
    assert "Primary South" in titles(db, told.hub_lead, kind, year=this_year())
    assert titles(db, told.hub_lead, kind, year="2019/20") == ({"Older"} if kind == "engagement" else set())


def test_attendance_of_a_half_term_is_of_the_sessions_in_it(db, told):
    half_term = groups.half_term_of(db, days(-10))
    for term in clock.HALF_TERMS:
        found = titles(db, told.hub_lead, "attendance", year=this_year(), half_term=term)
        assert found == ({"Primary South"} if term == half_term else set()), term


def test_the_evening_of_a_half_term_s_last_day_is_still_in_it(db, told):
    def found():
        return titles(db, told.hub_lead, "attendance", year=this_year(), half_term=told.term["name"])

    with store.writing(db):
        store.alter(db, "session", told.session, starts_at=at(0, "22:30"), ends_at=at(0, "23:30"))
        db.conn.execute("delete from half_term")
        store.put(db, "half_term", id=told.group, academic_year=this_year(), name=told.term["name"],
                  from_on=days(-4), to_on=days(0))  # fmt: skip
    assert found() == {"Primary South"}
    with store.writing(db):
        db.conn.execute("update half_term set to_on = ?", (days(-1),))
    assert found() == set()


def test_engagement_of_a_half_term_is_as_it_stood_on_its_last_day(db, told):
    with store.writing(db):
        db.conn.execute("delete from half_term")
        store.put(db, "half_term", id=told.group, academic_year=this_year(), name="Spring 1", from_on=days(-30),
                  to_on=days(-11))  # fmt: skip
        store.put(db, "half_term", id=told.far_group, academic_year=this_year(), name="Spring 2", from_on=days(-10),
                  to_on=days(30))  # fmt: skip

    def held(term, as_at=None):
        asked = exports.narrowed(db, "engagement", year=this_year(), half_term=term)
        rows = exports.rows(db, told.hub_lead, "engagement", as_at or days(0), told.group, **asked)
        return {(row[0], row[exports.header(db, "engagement").index("sessions_held")]) for row in rows}

    assert held("Spring 1") == {(days(-11), 0)}
    assert held("Spring 2") == {(days(0), 1)}
    assert held("Spring 2", as_at=days(-11)) == set()  # it had not begun


def test_evaluations_of_a_half_term_are_those_of_its_name(db, told):
    for term in clock.HALF_TERMS:
        found = titles(db, told.hub_lead, "evaluation", year=this_year(), half_term=term)
        assert bool(found) == (term == told.term["name"])


@pytest.mark.parametrize("kind", KINDS)
def test_page_preview_download_and_command_line_narrow_alike(told, sign_in, settings, kind):
    client = sign_in(told.hub_lead)
    asked = {"leader": told.leader, "year": this_year(), "half_term": told.term["name"]}
    page = client.get("/hub/exports", query_string={"kind": kind, **asked}).get_data(as_text=True)
    assert f'value="{told.leader}"' in page and "<option selected value=" in page
    link = f"/hub/exports/{kind}?format=csv&amp;group=&amp;as_at={days(0)}&amp;leader={told.leader}&amp;year="
    assert link in page and "&amp;half_term=" in page
    made = client.get(f"/hub/exports/{kind}", query_string={"as_at": days(0), **asked}).data
    words = ["--leader", "leader@example.org", "--year", this_year(), "--half-term", told.term["name"]]
    run = CliRunner().invoke(main, ["--database", str(settings.database), "export", kind, *words])
    assert run.stdout_bytes == made and len(read_csv([made])) > 1
    assert len(read_csv([client.get(f"/hub/exports/{kind}?leader={told.far_leader}&year={this_year()}").data])) <= 2


def test_only_whoever_runs_the_hub_narrows_to_a_leader(told, sign_in):
    client = sign_in(told.leader)
    assert 'name="leader"' not in client.get("/hub/exports").get_data(as_text=True)
    assert 'name="leader"' not in sign_in(told.hub_lead).get("/hub/exports?kind=days").get_data(as_text=True)
    assert client.get(f"/hub/exports?leader={told.co_leader}").status_code == 404
    assert sign_in(told.hub_lead).get(f"/hub/exports?leader={told.participant}").status_code == 404


def test_a_time_without_a_row_is_said_and_still_gives_a_file(told, sign_in):
    client = sign_in(told.hub_lead)
    for kind, words in (("attendance", "Nobody was on a register by this day in this time."),
                        ("evaluation", "No evaluation was sent by this day of this time.")):  # fmt: skip
        page = client.get(f"/hub/exports?kind={kind}&year=2019/20").get_data(as_text=True)
        assert words in page and "A file would hold its headings and no rows." in page and "Download CSV" in page


@pytest.mark.parametrize("kind", [*KINDS, "days"])
def test_as_many_rows_are_counted_as_the_file_has(db, told, kind):
    for asked in ({}, {"half_term": told.term["name"], "year": this_year()}):
        narrowed = exports.narrowed(db, kind, **asked)
        rows = list(exports.rows(db, told.hub_lead, kind, days(0), None, **narrowed))
        assert exports.count(db, told.hub_lead, kind, days(0), None, **narrowed) == len(rows), asked
    assert kind == "days" or exports.count(db, told.hub_lead, kind, days(0)) > 0
