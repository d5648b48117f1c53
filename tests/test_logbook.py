"""The log: a line a request, trouble under its reference, and nothing in it that is anybody's.

What it says while every page is read by everybody stands in test_every_page.py.
"""

import logging
import re
import sqlite3

import pytest
from bs4 import BeautifulSoup

from tests.lessons.examples import in_discussion
from tests.tasks.examples import a_task
from workgroup import clock, due, ledger, logbook, store, telling, web
from workgroup.people import post
from workgroup.tasks import queries as tasks

SECRET = "Marmalade.Quince"  # stands for whatever is somebody's: a name, words, an address, a token
NOBODYS = (SECRET, "quince", "alert(", "Bethan", "Helen", "Nadine", "example.org", "Staithe", "900001")


def _nothing_of_anybody(text):
    assert not [one for one in NOBODYS if one.lower() in text.lower()]


def test_a_request_is_one_line_with_its_pattern_and_its_reference(world_of, sign_in, told):
    answer = sign_in(world_of.leader).get(f"/groups/{world_of.group}?note={SECRET}")
    (line,) = told()
    assert line["request"] == answer.headers["X-Request-Id"] and len(line["request"]) == 8
    assert clock.read_moment(line["at"]) and line["ms"] > 0 and line["bytes"] == len(answer.data)
    shown = {name: line[name] for name in ("level", "said", "method", "route", "status")}
    assert shown == {"level": "info", "said": "request", "method": "GET", "route": "/groups/<id>", "status": 200}
    assert world_of.group not in told.text() and SECRET not in told.text()


@pytest.mark.parametrize(("given", "is_taken"), [
    ("4bf92f3577b34da6a3ce929d0e0e4736", True), ("1D7A0C9E-4B0C-4C9B-8D0F-2F1F1A1B1C1D", True),
    (SECRET, False), ("jane.smith", False), ("abc", False), ("a" * 65, False), ("-" * 32, False), ("", False),
    ("4bf92f3577b34da6\tevil", False),
])  # fmt: skip
def test_a_proxys_reference_is_taken_only_when_it_is_well_formed(app, given, is_taken):
    answer = app.test_client().get("/sign-in", headers={"X-Request-Id": given})
    assert (answer.headers["X-Request-Id"] == given) == is_taken


def test_whatever_is_sent_or_asked_and_refused_leaves_nothing_of_it_in_the_log(app, db, world_of, sign_in, told):
    w, client = world_of, sign_in(world_of.leader)
    app.testing = False
    for address in ("/", "/groups/", "/sign-in/", "/calendar/", "/search?q=", '/search?q="', "/taught/", "/invited/"):
        client.get(f"{address}{SECRET}", headers={"Referer": f"http://localhost/{SECRET}", "User-Agent": SECRET})
    client.open("/account", method=SECRET.upper().replace(".", ""))
    for address in ("/account", f"/groups/{w.group}/people", "/sign-in", "/sign-in/code", "/sign-in/password", "/later",
                    f"/sign-in/{SECRET}", f"/groups/{w.group}/edit", "/days", "/schools", "/sync"):  # fmt: skip
        said = {"name": SECRET, "email": f"{SECRET}@example.org", "words": SECRET, "password": SECRET, "key": SECRET}
        client.post(address, data=said)
        client.post(address, data=said, headers={"Sec-Fetch-Site": "cross-site"})
    entry = {"id": post.new_id(), "kind": SECRET, "by": SECRET, "at": SECRET, "fields": {SECRET: SECRET}}
    fields = {"lesson": in_discussion(db, w), "second": "5", "code": "A", "words": SECRET}
    other = {"id": post.new_id(), "kind": "lessons.notice", "by": w.outsider, "at": clock.now(), "fields": fields}
    client.post("/sync", json={"tablet": post.new_id(), "entries": [entry]})
    sign_in(w.outsider).post("/sync", json={"tablet": post.new_id(), "entries": [other]})
    assert {line["status"] for line in told()} >= {200, 403, 404, 422}
    refused = {line.get("refused") for line in told()}
    assert refused == {None, "people.runs_hub", "wrong code", "wrong link", "wrong password", "lessons.notice"}
    _nothing_of_anybody(told.text())


@pytest.mark.parametrize("problem", [
    ValueError(f"invalid literal: {SECRET!r}"), sqlite3.IntegrityError(f"near {SECRET}"), KeyError(SECRET),
    sqlite3.OperationalError(f'fts5: syntax error near "{SECRET}"'),
])  # fmt: skip
def test_what_breaks_is_told_by_kind_and_place_under_the_reference_on_the_page(
    app, db, world_of, sign_in, told, monkeypatch, problem
):
    app.testing = False

    def broken(*asked):
        words = SECRET  # a local value
        raise problem from ValueError(words)

    address = f"/gap-tasks/{a_task(db, world_of)}?q={SECRET}"
    monkeypatch.setattr(tasks, "returns", broken)
    answer = sign_in(world_of.participant).get(address)
    reference = answer.headers["X-Request-Id"]
    is_database = isinstance(problem, sqlite3.OperationalError)
    assert answer.status_code == (503 if is_database else 500)
    page = BeautifulSoup(answer.get_data(as_text=True), "html.parser").main.get_text(" ", strip=True)
    assert f"Tell whoever runs this: reference {reference}" in page
    trouble, line = told()
    assert trouble["request"] == line["request"] == reference and line["status"] == answer.status_code
    assert type(problem).__name__ in " ".join(trouble["trouble"]) and "ValueError" in trouble["trouble"][0]
    assert any("workgroup/tasks/views.py" in place for place in trouble["trouble"])
    _nothing_of_anybody(told.text())


def test_an_answer_that_breaks_off_in_the_middle_is_told_without_its_words(app, told):
    def chunks():
        yield b"x" * 10
        raise ValueError(SECRET)

    with app.test_request_context("/sign-in"):
        app.preprocess_request()
        answer = app.process_response(web.download(chunks(), "a.csv", "text/csv"))
        with pytest.raises(ValueError, match=SECRET):
            list(answer.response)
        answer.close()
    broken, line = told()
    assert broken["said"] == "an answer broke off" and line["bytes"] == 10
    _nothing_of_anybody(told.text())


def test_what_happens_later_and_goes_wrong_is_told_by_its_kind_alone(db, world_of, settings, told, monkeypatch):
    due.tick(db, settings)

    def broken(*asked):
        raise OSError(28, f"to {SECRET}@example.org")

    monkeypatch.setitem(due.KINDS, "mail", broken)
    with store.writing(db):
        due.plan(db, f"mail:{SECRET}", "mail", SECRET, clock.now())
    due.tick(db, settings)
    line = told()[-1]
    assert (line["said"], line["kind"], line["level"]) == ("what was due did not work", "mail", "warning")
    assert line["trouble"][0] == "OSError ENOSPC"
    _nothing_of_anybody(told.text())


def test_other_libraries_say_no_more_than_where_they_said_it(told):
    logging.getLogger("waitress").error("Exception while serving /taught/%s", SECRET, exc_info=ValueError(SECRET))
    (line,) = told()
    assert line["said"].startswith("waitress: ") and line["trouble"] == ["ValueError"]
    _nothing_of_anybody(told.text())


def test_an_empty_answer_keeps_its_length_for_without_one_its_connection_ends(db, world_of, sign_in, told):
    lesson = in_discussion(db, world_of)
    page = f"/lessons/{lesson}/timeline"
    client = sign_in(world_of.leader)
    text = client.get(page).get_data(as_text=True)
    opened = r'name="after" value="(\d+)"><input type="hidden" name="stand" value="(\w+)"'
    after, stand = re.search(opened, text).groups()
    idle = client.get(f"{page}?after={after}&stand={stand}", headers={"HX-Request": "true"})
    assert idle.status_code == 200 and idle.get_data() == b"" and idle.headers["Content-Length"] == "0"


def test_a_log_that_cannot_be_written_stops_nothing(world_of, sign_in, told):
    with open("/dev/full", "wb", buffering=0) as full:
        telling.begin("plain", put=full.write)
        assert sign_in(world_of.leader).get("/account").status_code == 200
        logging.getLogger("workgroup").error("said nowhere")
    assert logbook.log.isEnabledFor(logging.INFO)


def test_for_people_a_line_is_words_and_numbers(told):
    lines = []
    telling.begin("plain", put=lines.append)
    telling.reference.set("K7M2QX9P")
    try:
        logging.getLogger("workgroup.x").info("what was due is done", extra={"facts": {"kind": "backup"}})
        logging.getLogger("workgroup.x").error("a request failed", extra=telling.of(ValueError(SECRET)))
    finally:
        telling.reference.set(None)
    first, second = b"".join(lines).decode().split("\n", 1)
    assert first.split("Z ", 1)[1] == 'level=info request=K7M2QX9P said="what was due is done" kind=backup'
    assert second.endswith('said="a request failed"\n  ValueError\n')


def test_an_unreadable_record_still_has_an_error_page(app, db, world_of, sign_in, monkeypatch):
    client = sign_in(world_of.leader)
    app.testing = False

    def unreadable(*asked):
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(ledger, "head", unreadable)
    monkeypatch.setattr(store, "value", unreadable)
    monkeypatch.setattr(store, "row", unreadable)
    answer = client.get("/account")
    assert answer.status_code == 503 and "reference" in answer.get_data(as_text=True)
