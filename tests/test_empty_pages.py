"""Every page of a hub in which nothing has happened yet: no bare list, and in words what will be here and what to do.

The pages are found from the addresses of the app, so that a new list is looked at without a line here.
"""

import re
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient

from tests import world
from tests.reviews.examples import a_review
from tests.world import days, do, person_id
from workgroup import clock

# drawn by the browser from what is on the tablet; shown to whoever draws the app
LEFT_OUT = ("/offline", "/standing", "/style", "/sync/hello")
# of these at least it must be said that there is nothing yet
LISTS = {
    "lead": ("/calendar", "/evaluations", "/groups", "/hub/claims", "/hub/claims/new", "/hub/exports",
             "/hub/grants/<year>", "/hub/overview", "/hub/retention", "/later", "/people/<id>/days/<year>", "/schools"),
    "leader": ("/days/<year>", "/groups/<id>", "/groups/<id>/agendas", "/groups/<id>/calendar",
               "/groups/<id>/evaluations", "/groups/<id>/next-year", "/groups/<id>/people", "/groups/<id>/schools",
               "/groups/<id>/year", "/hub/exports", "/reflections", "/reflections/new", "/schools"),
    "member": ("/", "/calendar", "/groups/<id>", "/groups/<id>/calendar", "/reflections", "/reflections/new",
               "/schools-in-group/<id>/plan", "/schools/<id>", "/schools/<id>/host"),
    "planner": ("/groups/<id>", "/sessions/<id>/gap-tasks", "/sessions/<id>/materials", "/sessions/<id>/notes",
                "/sessions/<id>/reflections", "/lessons/<id>/record", "/visits/<id>", "/gap-tasks/<id>"),
    "runner": ("/sessions/<id>", "/sessions/<id>/notes", "/lessons/<id>/timeline"),
    "sitter": ("/sessions/<id>", "/sessions/<id>/notes"),
}  # fmt: skip


def _person(db, w, name, group, role="leader", **more):
    email = f"{name}@example.org"
    do(db, "groups.add_person", w.lead, work_group=group, name=name.title(), email=email, role=role, **more)
    setattr(w, name, person_id(db, email))


@pytest.fixture
def new_hub(db):
    """A hub with its lead alone; what the others need is made when it is their turn."""
    w = SimpleNamespace()
    w.lead = do(db, "people.set_up", hub="New Hub", name="Helen Lead", email="helen@example.org").about
    return w


def _a_group(db, w, title):
    words = {"leader_word": "Specialist", "participant_word": "Lead Participant", "meeting_word": "TRG"}
    year = clock.academic_year(clock.today())
    return do(db, "groups.create", w.lead, title=title, academic_year=year, **words).about


def _things(db, w, who):
    """Make what somebody needs to look round, and return the ids that addresses are filled in with."""
    if who == "lead":
        return {"people": w.lead}
    if who == "leader":
        w.group = _a_group(db, w, "Empty")
        _person(db, w, "leader", w.group)
        return {"groups": w.group}
    if who == "member":
        w.begun = _a_group(db, w, "Begun")
        w.school = world.school(db, "900001", "Staithe Lane Primary School")
        w.in_group = do(db, "groups.add_school", w.lead, work_group=w.begun, school=w.school).about
        _person(db, w, "member", w.begun, "participant", school=w.school)
        return {"groups": w.begun, "schools": w.school, "schools-in-group": w.in_group}
    if who in ("runner", "sitter"):
        return _running(db, w) if who == "runner" else w.ids
    _person(db, w, "planner", w.begun)
    session = do(db, "sessions.plan", w.planner, work_group=w.begun, kind="TRG", title="First", day=days(9),
                 starts="13:00", ends="16:00", mode="room", anyway="y").about  # fmt: skip
    lesson = do(db, "lessons.plan", w.planner, session=session, topic="Fractions", class_name="Year 3", starts="14:00",
                minutes="45", teacher=w.member).about
    visit = do(db, "visits.plan", w.planner, school_in_group=w.in_group, on_day=days(12), purpose="A first look",
               days="0.5").about  # fmt: skip
    task = do(db, "tasks.set", w.planner, work_group=w.begun, school_in_group=w.in_group, words="Try a bar.").about
    w.ids = {"groups": w.begun, "schools": w.school, "schools-in-group": w.in_group, "sessions": session,
             "lessons": lesson, "visits": visit, "gap-tasks": task}  # fmt: skip
    return w.ids


def _running(db, w):
    """Open a session with an empty agenda and a lesson in it: its leader looks round, and then somebody who came."""
    fields = {"work_group": w.begun, "kind": "TRG", "title": "Now", "day": days(0), "starts": "13:00", "ends": "16:00"}
    session = do(db, "sessions.plan", w.planner, **fields, mode="room", anyway="y", agenda="empty").about
    do(db, "sessions.set_state", w.planner, session=session, state="open")
    lesson = do(db, "lessons.plan", w.planner, session=session, topic="Fractions", class_name="Year 3", starts="14:00",
                minutes="45", teacher=w.planner).about  # fmt: skip
    w.runner, w.sitter = w.planner, w.member
    plan = do(db, "plans.begin", w.planner, school_in_group=w.in_group).about
    review = a_review(db, SimpleNamespace(leader=w.planner, in_group=w.in_group), on_day=days(0), evidence=[],
                      no_evidence="y")  # fmt: skip
    w.ids = {**w.ids, "sessions": session, "lessons": lesson, "action-plans": plan, "reviews": review,
             "looked": True}
    return w.ids


def _pages(app, client, ids):
    """Yield the rule and the main part of every page that somebody gets."""
    year = clock.academic_year(clock.today()).replace("/", "-")
    for rule in sorted({r.rule for r in app.url_map.iter_rules() if "GET" in r.methods} - set(LEFT_OUT)):
        if "looked" in ids and "<id>" not in rule:
            continue  # the pages that are nobody's in particular have been looked at
        path = rule.replace("<year>", year).replace("<id>", ids.get(rule.split("/")[1], "<id>"))
        if "<" not in path:
            answer = client.get(path)
            if answer.status_code == 200 and b"<main" in answer.data:
                yield rule, BeautifulSoup(answer.get_data(as_text=True), "html.parser").main


def _bare(main):
    """Yield the lists and tables with nothing in them, and the headings that nothing stands below."""
    for one in main.find_all(["ul", "ol", "tbody", "dl"]):
        if not one.find(True) and not one.find_parent("template") and not _is_drawn_later(one):
            yield str(one)[:80]
    headings, something = [], True
    for one in main.descendants:
        if isinstance(one, Tag) and one.name == "h2":
            if not something:
                yield f"nothing stands below {headings[-1]!r}"
            headings.append(one.get_text(strip=True))
            something = False
        elif isinstance(one, Tag):
            something = something or one.name in ("input", "svg", "textarea", "template")
        else:
            something = something or (bool(one.strip()) and not one.find_parent("h2"))
    if not something:
        yield f"nothing stands below {headings[-1]!r}"


def _is_drawn_later(one):
    return any(name.startswith("data-") for name in one.attrs)


def _says_too_little(empty):
    """Tell whether an empty state is a bare `Nothing`: it neither leads on nor says what will be here."""
    words = " ".join(empty.get_text(" ", strip=True).split())
    section = empty.find_parent(class_="entry") or empty.parent
    leads_on = empty.find("a") or section.find(["a", "button", "summary"], class_=lambda c: c != "aside")
    return not (leads_on or len(re.findall(r"[.?;:](?=\s|$)", words)) > 1)


def test_a_new_hub_says_everywhere_what_will_be_there_and_what_to_do_next(app, db, new_hub, sign_in, monkeypatch):
    monkeypatch.setattr(app, "test_client_class", FlaskClient)  # these pages are criticised here
    wrong = []
    for who, lists in LISTS.items():
        ids, said = _things(db, new_hub, who), set()
        for rule, main in _pages(app, sign_in(getattr(new_hub, who)), ids):
            empty = main.find_all(class_="empty")
            said |= {rule} if empty else set()
            wrong += [f"{who} at {rule}: {one}" for one in _bare(main)]
            little = [e.get_text(strip=True) for e in empty if _says_too_little(e)]
            wrong += [f"{who} at {rule}: says too little: {words}" for words in little]
        wrong += [f"{who} at {rule}: it is not said that there is nothing" for rule in lists if rule not in said]
    assert not wrong, "\n".join(wrong)
