"""What happens by itself stands on a page: what waits, what is wrong, what was done."""

from tests.hub.examples import stuck
from tests.tasks.examples import a_task
from tests.world import days
from workgroup import due, store


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


def test_what_is_done_for_many_in_one_minute_is_told_once_with_how_many(db, world_of, sign_in):
    with store.writing(db):
        for n, at in enumerate(("09:00:01", "09:00:59", "09:01:00")):
            due.plan(db, f"remind_tasks:{n}", "remind_tasks", None, f"2099-03-01T{at}.000Z")
    page = sign_in(world_of.administrator).get("/later").get_data(as_text=True)
    assert page.count("Reminder of gap tasks") == 2 and "Reminder of gap tasks, 2 of them" in page
