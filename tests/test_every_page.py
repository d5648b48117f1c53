"""Every page that a link leads to, for every kind of person: it opens, and no link or form on it leads nowhere."""

import re

import pytest
from bs4 import BeautifulSoup

from tests.days.examples import a_claimed_entry, a_suggestion, an_entry
from tests.groups.examples import a_grant
from tests.journeys.examples import a_statement
from tests.lessons.examples import a_live_lesson, a_noticing, a_whole_photo, in_discussion, with_teacher
from tests.plans.examples import a_draft, a_plan, a_word, asked
from tests.schools.examples import a_contact
from tests.sessions.examples import a_session
from tests.tasks.examples import a_return, a_task, some_work
from tests.visits.examples import a_visit
from tests.world import days, do
from workgroup import clock, guests
from workgroup.lessons import queries as lessons

PEOPLE = ("leader", "co_leader", "participant", "neighbour", "outsider", "hub_lead", "administrator")
MARK = "<script>alert('page')</script>"
NOBODYS = ("alert(", "Bethan", "Helen", "Nadine", "Toby", "example.org", "Staithe", "90000")  # names, words, addresses
# links of a sign-in or download kind are pressed in tests of their own
LEFT_OUT = re.compile(r"^/(static|sign-in|hub/exports/(attendance|engagement|days)\?)")


@pytest.fixture
def lived_in(db, world_of):
    """A world in which something of everything has happened, with script text in it."""
    w = world_of
    a_session(db, w, -40, title=f"Past {MARK}")
    a_session(db, w, 40)
    lesson = in_discussion(db, w)
    session = lessons.lesson(db, lesson)["session"]
    a_noticing(db, w, lesson=lesson, words=f"Words {MARK}", tags=[w.tag])
    a_whole_photo(db, w, by="participant", lesson=lesson, described=f"A bar {MARK}")
    do(db, "lessons.discuss", w.colleague, lesson=lesson, step="evidence", words=MARK)
    do(db, "lessons.imply", w.leader, lesson=lesson, school_in_group=w.in_group, words=MARK, make_task="y")
    a_live_lesson(db, w)
    with_teacher(db, w)
    a_task(db, w, session=session, words=MARK)
    a_return(db, w)
    some_work(db, w)
    a_contact(db, w)
    a_claimed_entry(db, w, words=MARK)
    an_entry(db, w, words=MARK)
    a_suggestion(db, w, purpose=MARK)
    a_grant(db, w, purpose=MARK)
    plan, action = a_plan(db, w, words=MARK, owner=MARK)
    a_word(db, w, action=action, visit=(visit := a_visit(db, w, purpose=MARK)), words=MARK)
    asked(db, w, a_draft(db, w))
    do(db, "sessions.note", w.leader, session=session, words=MARK)
    do(db, "sessions.decide", w.leader, session=session, words=MARK)
    do(db, "sessions.summarise", w.leader, session=session, words=MARK)
    do(db, "schools.set_host_facts", w.leader, school=w.school, photos="work", entrance=MARK, seen="1")
    a_statement(db, w, words=MARK, name=MARK)
    w.starts = ["/", "/groups", "/schools", "/account", "/days", "/hub", "/hub/claims/new",
                "/hub/overview",
                f"/groups/{w.group}", f"/sessions/{session}",
                f"/lessons/{lesson}", f"/lessons/{lesson}/sharing", f"/sessions/{session}/gap-tasks",
                f"/sessions/{session}/run", f"/schools/{w.school}", f"/schools/{w.school}/host",
                f"/action-plans/{plan}", f"/visits/{visit}"]  # fmt: skip
    w.till, w.db = days(60), db
    return w


def _offered_in_vain(app, w, who, page, address):
    """Yield the forms of a page whose address would tell whoever sees the page that there is nothing for them."""
    with app.test_request_context():
        # what a script fills in and sends is in a template, hidden or without its address; the look presses nothing
        for form in () if address == "/style" else page.select('form[method="post"]:not([hidden], [action=""])'):
            if form.find_parent("template"):
                continue
            to = form.get("action", address).partition("?")[0]
            endpoint, given = app.url_map.bind("").match(to, "POST")
            view = app.view_functions[endpoint]
            said = {name: given[argument] for name, argument in view.names.items()}
            if guests.allowed(w.db, view.open_to, getattr(w, who), said, clock.today()) is not True:
                yield f"{to} is offered on {address}"


@pytest.mark.parametrize("who", PEOPLE)
def test_every_link_a_person_is_shown_leads_somewhere_and_the_log_says_nothing_of_anybody(lived_in, sign_in, told, who):
    client, seen, broken = sign_in(getattr(lived_in, who)), set(), []
    todo = [(address, "start") for address in lived_in.starts]
    while todo and len(seen) < 400:
        address, source = todo.pop()
        plain = address.split("#")[0]
        if plain in seen or LEFT_OUT.match(plain):
            continue
        seen.add(plain)
        answer = client.get(plain)
        if answer.status_code == 404 and source == "start":
            continue  # not everybody may open every start
        if answer.status_code not in (200, 303):
            broken.append(f"{plain} from {source}: {answer.status_code}")
        if answer.mimetype == "text/html" and answer.status_code == 200:
            page = BeautifulSoup(answer.get_data(as_text=True), "html.parser")
            todo += [(a["href"], plain) for a in page.find_all("a", href=True) if a["href"].startswith("/")]
            broken += _offered_in_vain(client.application, lived_in, who, page, plain)
            assert MARK not in answer.get_data(as_text=True), f"script text runs on {plain}"
    assert broken == [], "\n".join(broken)
    assert len(seen) > 4
    log, ids = told.text(), [v for v in vars(lived_in).values() if isinstance(v, str) and len(v) == 36]
    assert len(told()) == len(seen) and ids
    assert not [one for one in (*ids, *NOBODYS) if one in log]
