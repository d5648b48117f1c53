"""`workgroup import-year`: a prepared year goes in whole, or its problems are told and nothing is written."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given
from hypothesis import settings as tries
from hypothesis import strategies as st

from tests.world import do
from tests.years.examples import a_year
from workgroup import ledger, store
from workgroup.cli import main
from workgroup.groups import queries as groups
from workgroup.people import queries as people
from workgroup.schools import importing as register
from workgroup.years import forms, importing, reading

DATA = Path(__file__).parent.parent / "data"


@pytest.fixture
def run(settings, db):
    """Return a runner of the command on this test's database."""

    def command(*arguments):
        return CliRunner().invoke(main, ["--database", str(settings.database), "import-year", *map(str, arguments)])

    return command


@pytest.fixture
def hub(db):
    """Return the lead of a new hub with the register's extract in it."""
    lead = do(db, "people.set_up", hub="Camden Hub", name="Helen", email="helen@example.org").about
    with (DATA / "gias_sample_2021.csv").open("rb") as file:
        register.import_register(db, file, lead)
    return lead


def _counts(db):
    return {t: store.value(db, f"select count(*) from {t}") for t in ("work_group", "session", "person", "ledger")}


def test_a_primary_year_goes_in_whole(db, hub, run):
    done = run(DATA / "primary_year.json")
    assert done.exit_code == 0, done.output
    group = done.output.split()[-1]
    made = groups.group(db, group)
    assert made["title"] == "Primary Teaching for Mastery: Development, Camden South"
    assert (made["academic_year"], made["visits_per_school"]) == ("2026/27", 3)
    assert {s["urn"] for s in groups.schools(db, group)} == {
        "100008", "100010", "100013", "100028", "100026", "100034", "100022",
    }  # fmt: skip
    dana = people.by_email(db, "dana.whitlock@netley.example.org")
    assert groups.leads(db, dana["id"], group, "2026-10-06")
    rows = store.rows(db, "select * from session where work_group = ? order by number", (group,))
    assert [r["number"] for r in rows] == [1, 2, 3, 4, 5, 6]
    assert rows[0]["starts_at"] == "2026-10-06T12:00:00.000Z"  # 13:00 in summer time
    assert rows[4]["mode"] == "online"
    lesson = store.row(db, "select * from lesson where session = ?", (rows[0]["id"],))
    assert (lesson["teacher"], lesson["class"], lesson["pupils"]) == (dana["id"], "Year 3", 29)
    assert store.value(db, "select count(*) from predicted_response where lesson = ?", (lesson["id"],)) == 3
    assert "day_rate, specialist_days_allowance" in done.output
    assert f"workgroup import-participants participants.csv --group {group}" in done.output
    assert store.check(db) == [] and ledger.check(db) == []


def test_a_secondary_year_makes_its_schools_and_a_session_each_half_term(db, hub, run):
    done = run("--json", DATA / "secondary_year.json")
    assert done.exit_code == 0, done.output
    group = json.loads(done.output)["group"]
    assert groups.group(db, group)["visit_days_per_school"] == 3
    assert {s["name"] for s in groups.schools(db, group)} >= {"Harbour Academy", "The Larches Special School"}
    assert len(groups.people(db, group, role="participant")) == 7
    rows = store.rows(db, "select * from session where work_group = ? order by number", (group,))
    days = [r["starts_at"][:10] for r in rows]
    assert days[0] == "2026-09-29" and len(days) == 6
    assert [groups.half_term_of(db, day) for day in days] == [t["name"] for t in groups.half_terms(db, "2026/27")]
    assert all(store.value(db, "select strftime('%w', ?)", (day,)) == "2" for day in days)


def test_the_same_file_twice_is_refused_and_nothing_is_written(db, hub, run):
    assert run(DATA / "primary_year.json").exit_code == 0
    before = _counts(db)
    again = run(DATA / "primary_year.json")
    assert again.exit_code == 1
    assert "already" in again.output
    assert _counts(db) == before


def test_unknown_schools_are_listed_by_number_and_by_whose_they_are(db, run):
    do(db, "people.set_up", hub="Hub", name="Helen", email="helen@example.org")
    before = _counts(db)
    refused = run(DATA / "primary_year.json")
    assert refused.exit_code == 1
    for urn in ("100008", "100022"):
        assert f"School {urn} (a school of the group) is not in the register" in refused.output
    assert "School 100018 (the school of Dana Whitlock)" in refused.output
    assert _counts(db) == before


BAD = {
    "not JSON": (b"title: x", "not JSON"),
    "not UTF-8": (b'{"title": "Si\xe2n"}', "UTF-8"),
    "a list": (b"[1, 2]", "one JSON object"),
    "nested beyond reading": (b"[" * 100_000, "not JSON"),
    "too large": (b'{"title": "' + b"x" * forms.MOST_BYTES + b'"}', "larger"),
    "no title": (a_year(title=None).encode(), "title is missing"),
    "an impossible day": (
        a_year(sessions=[{"date": "2026-02-30", "starts": "13:00", "ends": "16:00", "title": "x"}]).encode(),
        "2026-02-30 is not a day",
    ),
    "a day of another year": (
        a_year(academic_year="2020/21").encode(), "lies outside 2020/21",
    ),
    "ends before it starts": (
        a_year(sessions=[{"date": "2026-10-06", "starts": "16:00", "ends": "13:00", "title": "x"}]).encode(),
        "before it starts",
    ),
    "a number that is no URN": (a_year(schools=["12", "12"]).encode(), "URN"),
    "a school twice": (a_year(schools=["900001", "900001"]).encode(), "listed twice"),
    "nobody leads": (a_year(specialists=[]).encode(), "no specialist"),
    "no e-mail address": (a_year(specialists=[{"name": "D", "email": "d@"}]).encode(), "not an e-mail address"),
    "a participant of no school of the group": (
        a_year(participants=[["900003", "Olaf", "o@example.org", ""]]).encode(), "not in the group",
    ),
    "no sessions": (a_year(sessions=[]).encode(), "no sessions"),
    "two sessions of one number": (a_year(sessions=json.loads(a_year())["sessions"] * 2).encode(), "two sessions"),
    "half-termly without a first day": (a_year(sessions=[], half_termly=True).encode(), "first is missing"),
}  # fmt: skip


@pytest.mark.parametrize("what", sorted(BAD))
def test_a_bad_file_is_refused_in_words_and_leaves_nothing(db, world_of, run, tmp_path, what):
    data, words = BAD[what]
    path = tmp_path / "year.json"
    path.write_bytes(data)
    before = _counts(db)
    refused = run(path)
    assert refused.exit_code == 1, refused.output
    assert words in refused.output
    assert "Traceback" not in refused.output and "Nothing was written" in refused.output
    assert _counts(db) == before


def test_every_problem_has_a_line(db, world_of, run, tmp_path):
    path = tmp_path / "year.json"
    path.write_text(a_year(title="", schools=["x", 7], first=9, participants=[{}]))
    refused = run(path)
    assert len(refused.output.strip().splitlines()) >= 6


def test_a_missing_file_and_a_folder_are_refused(db, world_of, run, tmp_path):
    assert run(tmp_path / "none.json").exit_code == 1
    assert run(tmp_path).exit_code == 2


def test_what_a_lower_change_refuses_takes_everything_back(db, world_of, run, tmp_path):
    path = tmp_path / "year.json"
    path.write_text(a_year(participants=[["900001", "Bell \u0007 Ringer", "bell@example.org", ""]]))
    before = _counts(db)
    refused = run(path)
    assert refused.exit_code == 1, refused.output
    assert "Bell" in refused.output
    assert _counts(db) == before


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.just("2026-10-06"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
KEYS = sorted(reading._KNOWN)
INNER = ("number", "date", "starts", "ends", "host_urn", "title", "lesson", "teacher", "class", "focus", "name", "urn")


@given(
    st.dictionaries(
        st.sampled_from(KEYS), ANY | st.lists(st.dictionaries(st.sampled_from(INNER), ANY, max_size=6), max_size=3)
    )
)
@tries(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_wrong_types_anywhere_are_told_and_never_break_the_reading(said):
    year, wrong = reading.read(json.dumps({**json.loads(a_year()), **said}))
    assert all(isinstance(one, str) and one.endswith(".") for one in wrong)
    if not wrong:
        assert year.title and year.schools


def test_half_termly_sessions_keep_weekday_and_place():
    terms = [
        {"from_on": "2026-09-01", "to_on": "2026-10-23"}, {"from_on": "2026-11-02", "to_on": "2026-12-18"},
        {"from_on": "2027-01-04", "to_on": "2027-01-20"},
    ]  # fmt: skip
    assert importing.half_termly(terms, "2026-09-29") == ["2026-09-29", "2026-12-01", "2027-01-19"]
    assert importing.half_termly(terms, "2026-11-03") == ["2026-11-03", "2027-01-05"]
