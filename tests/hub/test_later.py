"""What happens by itself stands on a page: what waits, what is wrong, what was done."""

import pytest
from click.testing import CliRunner

from tests.hub.examples import stuck
from tests.tasks.examples import a_task
from tests.world import days
from workgroup import clock, due, store
from workgroup.cli import main


@pytest.fixture
def done(monkeypatch):
    """What the kind `noted` was asked to do, in order; what is about trouble does not work."""
    told = []

    def noted(db, settings, about):
        told.append(about)
        if about == "trouble":
            raise OSError("the cable is out")

    monkeypatch.setitem(due.KINDS, "noted", noted)
    monkeypatch.setitem(due.WORDS, "noted", "A thing to note")
    return told


def _plan(db, key, about, at):
    with store.writing(db):
        due.plan(db, key, "noted", about, at)


def test_what_waits_what_is_wrong_and_what_was_done_stand_there_in_words(db, world_of, settings, sign_in):
    w, client = world_of, sign_in(world_of.administrator)
    due.tick(db, settings)  # the invitations of the world
    a_task(db, w, due_on=days(30))
    stuck(db, w)
    page = client.get("/later").get_data(as_text=True)
    assert page.count("Reminder of gap tasks") == 2 and "A mail" in page
    assert "did not work 8 times and is left alone" in page and "no route" in page
    assert due.tick(db, settings) == [], "what was left alone is not tried by itself"
    assert client.post("/later", data={"key": "mail:none"}).status_code == 303
    assert due.tick(db, settings) == ["mail:none"]
    again = client.post("/later", data={"key": "mail:none"})
    assert again.status_code == 422 and "has done this already" in again.get_data(as_text=True)
    assert sign_in(w.leader).get("/later").status_code == 404


def test_what_fell_due_while_nothing_ran_is_found_by_the_command_once_and_in_order(db, world_of, settings, done):
    _plan(db, "noted:2", "second", clock.after(-3600))
    _plan(db, "noted:1", "first", clock.after(-7 * 86_400))
    _plan(db, "noted:1", "first", clock.after(-1))
    _plan(db, "noted:3", "ahead", clock.after(3600))
    said = CliRunner().invoke(main, ["--database", str(settings.database), "tick"])
    assert said.exit_code == 0 and "Done: noted:1\nDone: noted:2" in said.output
    assert done == ["first", "second"]
    again = CliRunner().invoke(main, ["--database", str(settings.database), "tick"])
    assert again.exit_code == 0 and "noted" not in again.output and done == ["first", "second"]


def test_what_is_done_every_day_is_done_once_after_a_fortnight_and_not_fourteen_times(
    db, world_of, settings, done, monkeypatch
):
    monkeypatch.setattr(due, "DAILY", ["noted"])
    for day in (0, 14, 14):
        now = clock.after(day * 86_400, "2026-11-02T09:00:00.000Z")
        with monkeypatch.context() as later:
            later.setattr(clock, "now", lambda now=now: now)
            due.plan_daily(db)
            due.tick(db, settings)
    assert done == ["2026-11-02", "2026-11-16"]


def test_two_that_tick_at_once_do_a_thing_once(db, world_of, settings, done, monkeypatch):
    other = store.connect(settings.database)
    due.tick(db, settings)
    monkeypatch.setitem(due.KINDS, "noted", lambda *_: done.append(due.tick(other, settings)))
    _plan(db, "noted:1", "one", clock.after(-60))
    assert due.tick(db, settings) == ["noted:1"] and done == [[]], "whoever came second found it begun"
    other.conn.close()


def test_what_did_not_work_says_so_in_words_and_is_tried_again_later_and_by_a_press(
    db, world_of, settings, sign_in, done
):
    client = sign_in(world_of.administrator)
    due.tick(db, settings)
    _plan(db, "noted:1", "trouble", clock.after(-60))
    assert due.tick(db, settings) == due.tick(db, settings) == [] and done == ["trouble"], "it waits in between"
    page = client.get("/later").get_data(as_text=True)
    assert "A thing to note" in page and "did not work 1 time, next try" in page and "the cable is out" in page
    assert client.post("/later", data={"key": "noted:1"}).status_code == 303
    due.tick(db, settings)
    assert done == ["trouble"] * 2
    with store.writing(db):
        db.conn.execute("update due set about = 'mended', at = ? where key = 'noted:1'", (clock.after(-1),))
    assert due.tick(db, settings) == ["noted:1"]
    page = client.get("/later").get_data(as_text=True)
    assert "cable" not in page and "A thing to note" in page.split("Done last")[1]


def test_what_is_done_for_many_in_one_minute_is_told_once_with_how_many(db, world_of, sign_in):
    with store.writing(db):
        for n, at in enumerate(("09:00:01", "09:00:59", "09:01:00")):
            due.plan(db, f"remind_tasks:{n}", "remind_tasks", None, f"2099-03-01T{at}.000Z")
    page = sign_in(world_of.administrator).get("/later").get_data(as_text=True)
    assert page.count("Reminder of gap tasks") == 2 and "Reminder of gap tasks, 2 of them" in page
