"""Schools side by side: numbers that agree with the export and with the records they open, for each viewer alone."""

import csv
import functools
import io
import re

import pytest
from bs4 import BeautifulSoup

from tests.days.examples import an_entry
from tests.plans.examples import a_plan
from tests.reviews.examples import a_review, fields
from tests.sessions.examples import a_session
from tests.tasks.examples import a_return, a_task, some_work
from tests.visits.examples import a_visit
from tests.world import days, do, school
from workgroup import clock, store
from workgroup.home import behind
from workgroup.hub import queries as exports
from workgroup.people import post

KINDS = tuple(behind.KINDS)


def _text(answer):
    return answer.get_data(as_text=True)


def _held(db, w, day, *present):
    session = a_session(db, w, day)
    for person in present:
        do(db, "sessions.mark", w.leader, session=session, person=person, status="present")
    do(db, "sessions.set_state", w.leader, session=session, state="open")
    do(db, "sessions.set_state", w.leader, session=session, state="closed")
    return session


@pytest.fixture
def lived(db, world_of):
    """A year with something of everything at the member's school, and little at the neighbour's."""
    w = world_of
    _held(db, w, -30, w.participant, w.colleague, w.neighbour)
    _held(db, w, -10, w.participant)
    a_session(db, w, 20)
    a_visit(db, w, made=True)
    a_return(db, w)
    carried = a_task(db, w)
    do(db, "tasks.carry", w.leader, gap_task=carried)
    some_work(db, w)
    a_review(db, w, step=2, on_day=days(-150), agreed=True)
    with store.writing(db):
        db.conn.execute("update review set agreed_on = ?", (days(-149),))
    a_review(db, w, step=3, on_day=days(-1), agreed=True)
    do(db, "groups.set_engagement", w.leader, school_in_group=w.in_group, state="active", since_on=days(-150))
    a_plan(db, w)
    return w


def _panel(text, name):
    page = BeautifulSoup(text, "html.parser")
    return next(a for a in page.find_all("article", class_="panel") if a.find(["h2", "h3"]).get_text() == name)


def test_the_numbers_are_those_of_the_engagement_export(db, lived, sign_in):
    w, client = lived, sign_in(lived.hub_lead)
    rows = list(csv.DictReader(io.StringIO(client.get("/hub/exports/engagement").data.decode("utf-8-sig"))))
    told = {r["school"]: r for r in rows}
    for s in behind.schools(db, w.hub_lead, [w.group, w.far_group]):
        row = told[s["name"]]
        made = sum(v["state"] == "made" for v in s["visits"])
        ours = (len(s["sessions"]), s["came"], s["both"], made, len(s["gap-tasks"]), s["back"], s["state"]["state"])
        names = ("sessions_held", "sessions_attended", "both_teachers_sessions", "visits_made", "gap_tasks_set",
                 "gap_tasks_returned")  # fmt: skip
        assert ours == (*(int(row[n]) for n in names), row["state"]), s["name"]
    assert told["Staithe Lane Primary School"]["both_teachers_sessions"] == "1"


def _said(node):
    """Return what a reader sees of a part of a page: not what is read aloud only, nor a figure that says the same."""
    copy = BeautifulSoup(str(node), "html.parser")
    for more in copy.find_all(["svg", "form"]) + copy.select(".hidden, .squares"):
        more.decompose()
    return " ".join(copy.get_text().split())


def _without_days(text):
    """Leave out the days that are said: Sat 28 Nov 2026."""
    return re.sub(r"\b[A-Z][a-z]{2} \d{1,2} [A-Z][a-z]{2,3}( \d{4})?\b", "", text)


def test_schools_stand_by_name_and_each_panel_says_the_same(lived, sign_in):
    text = _text(sign_in(lived.hub_lead).get("/hub/overview"))
    names = [a.find("h3").get_text() for a in BeautifulSoup(text, "html.parser").find_all("article")]
    assert names == sorted(names) and len(names) == 3
    said = _said(_panel(text, "Staithe Lane Primary School"))
    for words in ("To 2 of 2 sessions", "both teachers to 1", "3 of 3 visits made", "1 back of 2", "1 piece of work",
                  "Active since", "Registered", "developing", "starting before this half-term", "1 moved"):  # fmt: skip
        assert words in said, words


COUNTED = {"nobody": 0, "one": 1, "both": 2}  # numbers that are said as words
ANY_NUMBER = re.compile(r"\d+(\.\d+)?|\bnobody\b|\bone\b|\bboth\b(?! teachers)")


@pytest.mark.parametrize("who", ["leader", "hub_lead", "participant"])
def test_every_number_opens_as_many_records_as_it_counts_and_the_viewer_may_open_each(db, lived, sign_in, who):
    """Complete by construction: no number of the grid, the panels and the hub stands outside a link."""
    w, client = lived, sign_in(getattr(lived, who))
    with store.writing(db):
        db.conn.execute("update work_group set visit_days_per_school = 1.5 where id = ?", (w.group,))
    a_visit(db, w, on_day=days(3))
    a_visit(db, w, on_day=days(-3))
    do(db, "tasks.carry", w.leader, gap_task=a_task(db, w, session=a_session(db, w, 5)))
    pages, followed = [f"/groups/{w.group}"], 0

    @functools.cache
    def opened(address):
        answer = client.get(address)
        assert answer.status_code == 200, address
        return BeautifulSoup(_text(answer), "html.parser")

    pages += ["/hub/overview", "/hub"] if who == "hub_lead" else []
    for page in pages:
        parts = opened(page).select("article.panel, table.grid tbody td, table.numbers tbody td")
        assert len(parts) >= 2, page
        for part in parts:
            for link in part.find_all("a", href=True):
                followed += _opens_what_it_counts(opened, link)
                link.extract()
            rest = _without_days(_said(part))
            assert not ANY_NUMBER.search(rest), (page, rest)
    assert followed >= (14 if who == "participant" else 20)


def _opens_what_it_counts(opened, link):
    said, page = _without_days(_said(link)), opened(link["href"])
    number = ANY_NUMBER.search(said)
    if not number or not re.search("/records/|/sessions$|only=held|state=", link["href"]):
        return False
    if "state=" in link["href"]:
        assert len(page.select("article.panel")) == int(number[0]), said
        return True
    rows = page.select("ul.list > li:not(.empty)")
    assert rows or "None yet" in page.get_text() or "Nothing yet" in page.get_text()
    for one in [a for row in rows for a in row.find_all("a", href=True)]:
        opened(one["href"])
    if said.endswith("used"):
        took = [float(re.search(r"([\d.]+) days?\b", row.get_text())[1]) for row in rows]
        assert f"{sum(took):g}" == number[0], said
    elif "meant" in said:
        assert f"Meant for each school: {number[0]} " in page.get_text()
    else:
        assert len(rows) == int(COUNTED.get(number[0], number[0])), (said, link["href"], [r.get_text() for r in rows])
    return True


def test_what_a_number_never_counts_is_not_there(lived, sign_in):
    client = sign_in(lived.leader)
    for wrong in ("sessions?only=best", "engagement?only=came", "gossip"):
        assert client.get(f"/schools-in-group/{lived.in_group}/records/{wrong}").status_code == 404


@pytest.mark.parametrize(
    ("who", "opens"),
    [("leader", True), ("participant", True), ("hub_lead", True), ("administrator", True), ("neighbour", False),
     ("outsider", False), ("far_leader", False), (None, False)],
)  # fmt: skip
def test_records_are_for_leaders_the_school_and_the_hub_each_with_what_is_theirs(lived, sign_in, who, opens):
    w, client = lived, sign_in(getattr(lived, who) if who else None)
    answers = {kind: client.get(f"/schools-in-group/{w.in_group}/records/{kind}") for kind in KINDS}
    assert {a.status_code == 200 for a in answers.values()} == {opens}
    assert client.get(f"/schools-in-group/{w.in_group}/records/gossip").status_code == (404 if who else 303)
    if opens:
        words = {kind: _text(answer) for kind, answer in answers.items()}
        reads = who in ("leader", "participant")
        assert ("Sorted cards" in words["work"]) == reads
        assert ("/visits/" in words["visits"]) == (who == "leader")
        assert ("developing" in words["steps"]) == (who != "administrator")


def test_the_overview_is_the_hubs_and_can_be_narrowed(lived, sign_in):
    w, client = lived, sign_in(lived.administrator)
    for who in ("leader", "participant", "outsider"):
        assert sign_in(getattr(w, who)).get("/hub/overview").status_code == 404
    everything = _text(client.get("/hub/overview"))
    assert "Where it is" not in everything and "greed" not in _panel(everything, "Far Away School").get_text()
    assert "Where it is" in _text(sign_in(w.hub_lead).get("/hub/overview"))
    found = _text(client.get(f"/hub/overview?group={w.group}&state=registered"))
    assert "Ottersby" in found and "Staithe" not in found and "Far Away" not in found
    assert "No school is withdrawn here." in _text(client.get("/hub/overview?state=withdrawn"))
    assert "There is no Work Group in 2001/02 yet." in _text(client.get("/hub/overview?year=2001-02"))
    for wrong in ("group=x", f"group={post.new_id()}", "state=best", "year=soon"):
        assert client.get(f"/hub/overview?{wrong}").status_code == 404, wrong


def test_days_stand_by_stage_and_person_against_the_allowance(db, lived, sign_in):
    w, client = lived, sign_in(lived.hub_lead)
    year = clock.academic_year(clock.today())
    do(db, "days.set_allowance", w.administrator, person=w.leader, academic_year=year, stage="Leading", days="12",
       rate="200")  # fmt: skip
    an_entry(db, w)
    page = BeautifulSoup(_text(client.get("/hub/overview")), "html.parser")
    used = next(li for li in page.find_all("li") if "Bethan Leader" in li.get_text() and "used" in li.get_text())
    assert "of 12 days used" in used.get_text() and used.find_previous("h3").get_text() == "Leading"
    opened = BeautifulSoup(_text(client.get(used.a["href"])), "html.parser")
    by_term = " ".join(p.get_text(" ") for p in opened.select(".rest .aside"))
    took = [float(x) for x in re.findall(r"([\d.]+) days?", by_term)]
    assert f"{sum(took):g}" == used.a.get_text().split()[0]


def test_forty_schools_are_asked_for_in_a_few_questions_and_stand_on_one_page(db, lived, sign_in):
    w, client = lived, sign_in(lived.hub_lead)
    few = _questions(db, w)
    for n in range(40):
        joined = school(db, f"9100{n:02d}", f"School {n:02d}")
        do(db, "groups.add_school", w.hub_lead, work_group=w.group, school=joined, since_on=days(-100))
    assert _questions(db, w) == few <= 20
    first = _text(client.get("/hub/overview"))
    assert first.count("<article") == 40 and "43 schools" in first and "The next 3" in first
    last = _text(client.get("/hub/overview?from=40"))
    assert last.count("<article") == 3 and "Staithe Lane" in last and "The 40 before" in last


def _questions(db, w):
    asked = []
    db.conn.set_trace_callback(asked.append)
    behind.schools(db, w.hub_lead, [w.group, w.far_group])
    db.conn.set_trace_callback(None)
    return len(asked)


def test_a_school_that_went_back_is_said_as_plainly_as_one_that_went_on(db, world_of, sign_in):
    w = world_of
    for step, day in ((4, -150), (2, -1)):
        do(db, "reviews.agree", w.leader, agreed_on=days(day), agreed_with="Mrs Breck",
           review=do(db, "reviews.review", w.leader, **fields(db, w, step=step, on_day=days(day))).about)  # fmt: skip
    panel = _panel(_text(sign_in(w.leader).get(f"/groups/{w.group}")), "Staithe Lane Primary School")
    assert "becoming consistent before this half-term" in panel.get_text().lower()
    own = BeautifulSoup(_text(sign_in(w.neighbour).get(f"/groups/{w.group}")), "html.parser").find_all("article")
    assert [a.find("h3").get_text() for a in own] == ["Ottersby Church of England Primary School"]
    assert "No session was held yet" in own[0].get_text() and "Nothing agreed yet" in own[0].get_text()


def test_a_session_whose_register_is_open_before_its_hour_counts_as_in_the_export(db, world_of):
    w, session = world_of, a_session(db, world_of, 0)
    with store.writing(db):
        store.alter(db, "session", session, starts_at=f"{days(0)}T23:58:00.000Z", ends_at=f"{days(0)}T23:59:00.000Z")
    do(db, "sessions.mark", w.leader, session=session, person=w.participant, status="present")
    [panel] = behind.schools(db, w.hub_lead, [w.group], own=w.in_group)
    [row] = [r for r in exports.export(db, w.hub_lead, "engagement", days(0), w.group) if r["school"] == panel["name"]]
    assert (panel["came"], len(panel["sessions"])) == (row["sessions_attended"], row["sessions_held"]) == (1, 1)


def test_a_first_review_and_steps_that_do_not_compare_have_not_moved(db, world_of, sign_in):
    w = world_of
    a_review(db, w, step=2, agreed=True)
    with store.writing(db):
        db.conn.execute("update review set agreed_on = ?", (days(-150),))
        aspects = store.rows(db, "select * from aspect order by position")
        framework = post.new_id()
        db.conn.execute("update framework set ended_at = '2026-01-01'")
        store.put(db, "framework", id=framework, name="Where we are", version=2, made_at="2026-01-02")
        for a in aspects[:2]:
            store.put(db, "aspect", id=post.new_id(), framework=framework, position=a["position"], name=a["name"],
                      thread=a["thread"] or a["id"])  # fmt: skip
        store.put(db, "step", id=post.new_id(), framework=framework, position=1, name="seed")
    for aspect in (0, 1):
        a_review(db, w, step=1, aspect=aspect, agreed=True)
    [found] = behind.schools(db, w.leader, [w.group], own=w.in_group)
    assert [r["moved"] for r in found["moves"]] == [None, "new"] and (found["moved"], found["first"]) == (0, 1)
    client = sign_in(w.leader)
    panel = _panel(_text(client.get(f"/groups/{w.group}")), "Staithe Lane Primary School")
    assert "2 aspects agreed; 0 moved; 1 for the first time" in _said(panel)
    records = f"/schools-in-group/{w.in_group}/records/steps?only="
    told = {only: _text(client.get(records + only)).count('href="/reviews/') for only in ("moved", "first")}
    assert told == {"moved": 0, "first": 1}


@pytest.mark.parametrize("who", ["leader", "hub_lead", "participant"])
def test_what_became_of_the_gap_tasks_of_a_session_opens_them(db, lived, sign_in, who):
    w, client = lived, sign_in(getattr(lived, who))
    session = store.value(db, "select id from session where state = 'closed' order by starts_at limit 1")
    ours, other = (a_task(db, w, session=on) for on in (session, None))
    do(db, "tasks.carry", w.leader, gap_task=ours)
    grid = BeautifulSoup(_text(client.get(f"/groups/{w.group}")), "html.parser").find("table", class_="grid")
    link = next(a for a in grid.select("td a.who") if session in a["href"])
    page = _text(client.get(link["href"]))
    assert f'href="/gap-tasks/{ours}"' in page and f'href="/gap-tasks/{other}"' not in page
    nothing = _text(client.get(f"/schools-in-group/{w.in_group}/records/gap-tasks?session={post.new_id()}"))
    assert "Nothing yet" in nothing
