"""The calendar of the year: what lies on a day, and what speaks against it."""

import re

import pytest
from bs4 import BeautifulSoup

from tests.sessions.examples import a_session
from tests.visits.examples import a_visit
from tests.world import days, do
from workgroup.sessions import queries as sessions

pytestmark = pytest.mark.usefixtures("in_september")


def test_the_calendar_shows_clashes_and_visits_to_leaders_only(db, world_of, leader, sign_in):
    w = world_of
    first, second = (a_session(db, w, 5, title=t) for t in ("One", "Two"))
    a_visit(db, w, on_day=days(5))
    address = f"/groups/{w.group}/calendar"
    page = leader.get(address).get_data(as_text=True)
    assert "two sessions on one day" in page and "Bethan Leader visits Staithe Lane Primary School on this day" in page
    a_visit(db, w, on_day="2026-09-19", starts="09:00", ends="11:00")
    a_visit(db, w, on_day="2026-09-17", starts="09:00", ends="11:00")
    a_visit(db, w, on_day="2026-09-17", starts="10:30", school_in_group=w.in_group2)
    said = " ".join(leader.get(address).get_data(as_text=True).split("In words")[0].split())
    for words in ("Sat 19 Sep 2026: a Saturday", "is to be at Ottersby Church of England Primary School at that time",
                  "Bethan Leader is to be at Staithe Lane Primary School at that time too"):  # fmt: skip
        assert words in said, words
    member = sign_in(w.participant).get(address).get_data(as_text=True)
    assert f"/sessions/{first}" in member and f"/sessions/{second}" in member
    assert "visits" not in member.lower() and f"/groups/{w.group}/year" not in member
    assert sign_in(w.outsider).get(address).status_code == 404


def _day_of(page, caption, number):
    """Return the cell of a day in the calendar, by the name of its month."""
    month = next(t for t in page.find_all("table") if t.caption.get_text() == caption)
    return next(td for td in month.find_all("td") if re.match(rf"{number}\b", td.get_text(strip=True)))


def test_the_calendar_shows_weekends_bank_holidays_and_half_term_holidays_and_says_what_lies_on_them(
    db, world_of, leader
):
    w = world_of
    for day, host in (("2026-09-19", w.school), ("2026-10-28", w.school), ("2027-05-03", w.school),
                      ("2026-11-17", w.school), ("2026-11-24", w.school2)):  # fmt: skip
        do(db, "sessions.plan", w.leader, work_group=w.group, kind="TRG", title=day, day=day, starts="13:00",
           ends="15:00", mode="room", host=host, anyway="y")  # fmt: skip
    do(db, "groups.set_half_term", w.leader, academic_year="2026/27", school=w.school, name="Autumn 2",
       from_on="2026-11-18", to_on="2026-12-18")  # fmt: skip
    do(db, "sessions.plan", w.far_leader, work_group=w.far_group, kind="TRG", title="Far", day="2026-11-24",
       starts="13:00", ends="15:00", mode="room", host=w.school2, anyway="y")  # fmt: skip
    page = BeautifulSoup(leader.get(f"/groups/{w.group}/calendar").get_data(as_text=True), "html.parser")
    for caption, number, is_term in (
        ("September 2026", 19, False), ("September 2026", 18, True), ("October 2026", 28, False),
        ("December 2026", 25, False), ("May 2027", 3, False), ("May 2027", 4, True), ("August 2027", 10, False),
    ):  # fmt: skip
        assert ("term" in _day_of(page, caption, number)["class"]) == is_term, (caption, number)
    assert "May Day" in _day_of(page, "May 2027", 3).get_text() and "has" in _day_of(page, "May 2027", 3)["class"]
    said = " ".join(page.main.find(class_="notice").get_text().split())
    for words in ("2026-09-19, Sat 19 Sep 2026: a Saturday", "2026-10-28, Wed 28 Oct 2026: in no half-term",
                  "May Day, a bank holiday", "2026-11-17, Tue 17 Nov 2026: in no half-term at Staithe Lane",
                  "Ottersby Church of England Primary School hosts another Work Group on this day"):  # fmt: skip
        assert words in said, words
    bank = next(n for n in sessions.sessions_of(db, w.group) if n["day"] == "2027-05-03")
    assert "Look at this day again: May Day" in leader.get(f"/sessions/{bank['id']}").get_data(as_text=True)
    assert said.count("hosts another") == 1, "a host is looked at on its own day alone"


def test_a_year_that_begins_in_august_has_that_month_and_its_sessions(db, world_of, leader):
    w, address = world_of, f"/groups/{world_of.group}/calendar"
    assert "August 2026" not in leader.get(address).get_data(as_text=True)
    do(db, "groups.set_half_term", w.hub_lead, academic_year="2026/27", name="Autumn 1", from_on="2026-08-26",
       to_on="2026-10-16")  # fmt: skip
    do(db, "sessions.plan", w.leader, work_group=w.group, kind="TRG", title="Early bird", day="2026-08-27",
       starts="13:00", ends="15:00", mode="room", host=w.school)  # fmt: skip
    page = leader.get(address).get_data(as_text=True)
    assert "August 2026" in page and "Early bird" in page and "September 2027" not in page
