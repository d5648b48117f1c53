"""The demo year goes in whole on any day of the year."""

import json
from collections import Counter
from datetime import date, timedelta

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st

from workgroup import clock, ledger, store
from workgroup.cli import main
from workgroup.groups import queries as groups
from workgroup.years import demo
from workgroup.years.telling import Calendar

YEAR = demo.words()


@pytest.fixture
def on(monkeypatch):
    """Return a function that makes it late morning of a day."""

    def move(day):
        monkeypatch.setattr(clock, "now", lambda: clock.at_london(day, "11:00"))

    return move


# a Saturday in term, the day after New Year, the summer holidays, a bank holiday, the day the demo was written for
@pytest.mark.parametrize("today", ["2026-11-21", "2027-01-02", "2026-08-15", "2027-05-31", "2027-03-09"])
def test_the_demo_year_goes_in_whole(db, on, today):
    on(today)
    demo.fill(db)
    count = lambda sql: store.value(db, f"select count(*) from {sql}")  # noqa: E731
    assert count("person where erased_at is null") == len(YEAR["people"])
    assert count("person where claimed_at is null") == 0 and count("tablet where ended_at is null") == 0
    assert count("school") == 12 and count("school_contact") == 12 and count("host_facts") == 12
    assert count("session") == 12
    assert count("agenda_block") == sum(len(s["agenda"]) for s in YEAR["sessions"])
    assert count("register") == sum(len(s.get("register", [])) for s in YEAR["sessions"])
    assert count("noticing") == sum(len(x.get("noticings", [])) for x in YEAR["lessons"]) == 200
    assert count("noticing where hidden_at is not null") == 2
    assert count("reflection") == 65 and count("reflection_words") == 66
    assert count("gap_task where carried_from is null") == 37 and count("gap_task where state = 'carried'") == 2
    assert count("in_school_work") == 12
    assert count("visit where state = 'made'") == 18
    assert count("day_entry") == 48 and count("day_claim") == 3 and count("claimed_day where rate_pence = 20000") == 39
    assert count("day_entry where session is not null or visit is not null") == 21
    assert count("action_plan") == 16 and count("action_plan where state = 'in force'") == 8
    assert count("action_plan where agreed_how = 'by link'") == 7 and count("plan_answer") == 7
    assert count("action where carried_from is null and id = thread") == sum(
        len(aim["actions"]) for plan in YEAR["action_plans"] for aim in plan["aims"])
    assert count("review") == 118 and count("review where agreed_on is not null") == 80
    assert store.value(db, "select demo from record") == 1
    assert store.check(db) == [] and ledger.check(db) == []
    shared = Counter(r["shared_with"] for r in store.rows(db, "select shared_with from lesson"))
    assert shared == {"hub": 1, "group": 1, "room": 1, None: 2}
    days = [clock.day_of(r["starts_at"]) for r in store.rows(db, "select starts_at from session")]
    assert today in days
    assert all(date.fromisoformat(day).weekday() < 5 for day in days if day != today)


def test_each_session_lies_in_the_half_term_of_its_number(db, on):
    on("2026-11-21")
    demo.fill(db)
    terms = [t["name"] for t in groups.half_terms(db, "2026/27")]
    for row in store.rows(db, "select number, starts_at from session"):
        assert groups.half_term_of(db, clock.day_of(row["starts_at"])) == terms[row["number"] - 1]


def test_register_and_returns_say_what_the_year_says(db):
    demo.fill(db)
    said = Counter(m["status"] for s in YEAR["sessions"] for m in s.get("register", []))
    kept = Counter(r["status"] for r in store.rows(db, "select status from register"))
    assert kept == {
        "present": said["present"], "apologies": said["apologies"], "absent": said["absent without notice"],
        "not expected": said["not expected"],
    }  # fmt: skip
    words = {g["return"]["words"] for g in YEAR["gap_tasks"] if g.get("return") and g["return"]["words"]}
    assert {r["words"] for r in store.rows(db, "select words from gap_task_return")} == words


def test_nothing_of_the_demo_lies_in_the_future_of_its_telling(db):
    demo.fill(db)
    now = clock.now()
    assert store.value(db, "select max(at) from ledger") <= now
    assert store.value(db, "select max(on_day) from review") <= clock.today()


def test_mail_of_the_demo_goes_nowhere(db):
    demo.fill(db)
    assert store.value(db, "select count(*) from mail where state = 'waiting'") == 0


def test_the_command_fills_a_new_database_and_names_its_people(tmp_path):
    path = tmp_path / "demo.sqlite"
    done = CliRunner().invoke(main, ["--database", str(path), "demo", "--json"])
    assert done.exit_code == 0, done.output
    people = json.loads(done.output)["people"]
    assert {p["role"] for p in people} == {"hub lead", "hub administrator", "leader", "participant"}
    assert {"name": "Helen Garrowby", "role": "hub lead", "email": "helen.garrowby@example.org"} in people
    again = CliRunner().invoke(main, ["--database", str(path), "demo"])
    assert again.exit_code == 1
    assert "in use already" in again.output


def test_an_interrupted_demo_leaves_the_database_new(db):
    def stop(done, all):
        if done > 300:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        demo.fill(db, say=stop)
    assert store.is_new(db)
    demo.fill(db)
    assert not store.is_new(db)


@given(st.dates(date(2024, 1, 1), date(2040, 12, 31)), st.lists(st.integers(-540, 200), min_size=2, max_size=30))
@tries(max_examples=100, deadline=None)
def test_days_keep_their_order_and_keep_off_weekends_and_today(today, numbers):
    calendar = Calendar(today.isoformat())
    assert calendar.day(0) == today.isoformat()
    days = [calendar.day(n) for n in sorted(numbers)]
    assert days == sorted(days)
    for n in numbers:
        day = date.fromisoformat(calendar.day(n))
        assert n == 0 or day.weekday() < 5
        assert (day < today) == (n < 0) and (day > today) == (n > 0)
        assert abs(day - (today + timedelta(days=n))) <= timedelta(days=3)
