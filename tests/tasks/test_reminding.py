"""Reminders of gap tasks, and the form behind their link."""

import re
from datetime import date, timedelta

import pytest

from tests.filling import press
from tests.tasks.examples import a_task
from tests.world import days, do
from workgroup import clock, due, store
from workgroup.people import post
from workgroup.tasks import queries


@pytest.fixture
def at(monkeypatch):
    """Move the clock: `at(days)`."""
    real = clock.now

    def move(by):
        monkeypatch.setattr(clock, "now", lambda: clock.after(by * 86_400, real()))

    return move


def _reminders(db):
    return store.rows(db, "select * from mail where subject like 'Gap task%' order by address, made_at")


def _link(mail):
    return mail["link"]


def test_a_school_is_reminded_two_weeks_and_two_days_before_once_each(db, world_of, settings, at):
    w = world_of
    task = a_task(db, w, due_on=days(20))
    do(db, "tasks.edit", w.leader, gap_task=task, words="Open with a non-example.", due_on=days(20))
    due.tick(db, settings)
    assert _reminders(db) == []
    at(7)
    due.tick(db, settings)
    due.tick(db, settings)
    assert [m["address"] for m in _reminders(db)] == ["colleague@example.org", "participant@example.org"]
    at(19)
    due.tick(db, settings)
    assert len(_reminders(db)) == 4


def test_reminders_fall_at_eight_on_exactly_two_days_across_a_clock_change_and_never_twice(
    db, world_of, settings, monkeypatch
):
    w, year = world_of, int(clock.today()[:4]) + 1
    changes = max(date(year, 3, d) for d in range(25, 32) if date(year, 3, d).weekday() == 6)

    def mails_at(days_before, time):
        moment = clock.at_london((due_on - timedelta(days=days_before)).isoformat(), time)
        monkeypatch.setattr(clock, "now", lambda: moment)
        due.tick(db, settings)
        return len(_reminders(db))

    due_on = changes + timedelta(days=8)  # two weeks before is winter time still
    a_task(db, w, due_on=due_on.isoformat(), owner=w.participant)
    told = [mails_at(15, "23:59"), mails_at(14, "07:59"), mails_at(14, "08:00"), mails_at(13, "08:00"),
            mails_at(3, "23:59"), mails_at(2, "07:59"), mails_at(2, "08:00"), mails_at(1, "08:00"),
            mails_at(0, "08:00"), mails_at(-1, "08:00")]  # fmt: skip
    assert told == [0, 0, 1, 1, 1, 1, 2, 2, 2, 2]


def test_what_stopped_after_the_mail_was_written_writes_it_to_nobody_again(db, world_of, settings, at):
    w = world_of
    a_task(db, w, due_on=days(20))
    at(7)
    due.tick(db, settings)
    with store.writing(db):  # killed before it was written down that it is done
        db.conn.execute("update due set done_at = null where kind = 'remind_tasks'")
    due.tick(db, settings)
    assert len(_reminders(db)) == 2


def test_whoever_sees_to_it_is_written_to_alone_and_several_tasks_are_one_mail(db, world_of, settings, at):
    w = world_of
    for words in ("First", "Second"):
        a_task(db, w, due_on=days(20), owner=w.colleague, words=words)
    at(7)
    due.tick(db, settings)
    [mail] = _reminders(db)
    assert mail["address"] == "colleague@example.org" and "First" in mail["body"] and "Second" in mail["body"]
    assert "2 gap tasks" in mail["body"]


def test_whoever_belongs_by_the_day_is_reminded_before_and_may_answer_and_a_school_that_has_withdrawn_is_not(
    db, world_of, settings, at, sign_in
):
    w = world_of
    nova = do(db, "groups.add_person", w.hub_lead, work_group=w.group, name="Nova New", email="nova@example.org",
              role="participant", school=w.school, from_on=days(15)).about  # fmt: skip
    nova = store.value(db, "select person from membership where id = ?", (nova,))
    task, gone = a_task(db, w, due_on=days(20), owner=nova), a_task(db, w, due_on=days(20), school_in_group=w.in_group2)
    do(db, "groups.set_engagement", w.leader, school_in_group=w.in_group2, state="withdrawn", since_on=days(0),
       reason="A new head")  # fmt: skip
    at(7)
    due.tick(db, settings)
    [mail] = _reminders(db)
    assert mail["address"] == "nova@example.org", gone
    page = sign_in(w.leader).get(f"/gap-tasks/{task}").get_data(as_text=True)
    assert f'selected value="{nova}"' in page or f'value="{nova}" selected' in page, "whoever sees to it stays chosen"
    answer = sign_in(None).post(mail["link"], data={"gap_task": task, "went": "did it", "words": "Already"})
    assert answer.status_code == 303 and queries.returns(db, task)[0]["by"] == nova


def test_after_a_closed_laptop_there_is_one_reminder_and_none_once_the_day_has_passed(db, world_of, settings, at):
    w = world_of
    a_task(db, w, due_on=days(20), owner=w.participant)
    a_task(db, w, due_on=days(15), owner=w.colleague)
    at(19)
    due.tick(db, settings)
    assert [m["address"] for m in _reminders(db)] == ["participant@example.org"]


def test_what_is_back_dropped_or_moved_reminds_nobody(db, world_of, settings, at):
    w = world_of
    back, dropped, moved = (a_task(db, w, due_on=days(20)) for _ in range(3))
    do(db, "tasks.return", w.participant, gap_task=back, went="did it", words="Yes")
    do(db, "tasks.drop", w.leader, gap_task=dropped)
    do(db, "tasks.edit", w.leader, gap_task=moved, words="Later", due_on=days(40))
    at(7)
    due.tick(db, settings)
    assert _reminders(db) == []


def test_the_link_opens_one_form_to_write_and_nothing_to_read(db, world_of, settings, at, sign_in):
    w = world_of
    task, other = a_task(db, w, due_on=days(20), words="Open with a non-example"), a_task(db, w, words="Another one")
    at(7)
    due.tick(db, settings)
    address = _link(next(m for m in _reminders(db) if m["address"] == "participant@example.org"))
    client = sign_in(None)
    page = client.get(address)
    text = page.get_data(as_text=True)
    assert page.headers["Cache-Control"] == "no-store" and "Open with a non-example" in text
    assert "Another one" not in text and not re.search(r'href="/(gap-tasks|groups|sessions)', text)
    assert client.post(address, data={"gap_task": other, "went": "did it"}).status_code == 404
    wrong = client.post(address, data={"gap_task": task, "went": "", "words": "Typed <b>"})
    assert wrong.status_code == 422 and "Typed &lt;b&gt;" in wrong.get_data(as_text=True)
    told = press(client, address, "Give it back", went="did it", words="Six sentences")
    assert told.status_code == 303
    [given] = queries.returns(db, task)
    assert (given["by"], given["words"]) == (w.participant, "Six sentences")
    after = client.get(address).get_data(as_text=True)
    assert "Six sentences" not in after and "it is back already" in after
    assert client.get("/").status_code == 303, "it signs nobody in"
    at(60)
    assert client.get(address).status_code == 410


def test_the_link_finds_its_task_on_the_day_that_it_has_by_now(db, world_of, settings, at, sign_in):
    w = world_of
    task, elsewhere = (a_task(db, w, due_on=days(20), words=words) for words in ("Open with one", "Another one"))
    at(7)
    due.tick(db, settings)
    address = _link(_reminders(db)[0])
    do(db, "tasks.edit", w.leader, gap_task=task, words="Open with one", due_on=days(40))
    do(db, "tasks.edit", w.leader, gap_task=elsewhere, words="Another one", due_on="")
    client = sign_in(None)
    page = client.get(address).get_data(as_text=True)
    assert "Open with one" in page and clock.say_day(days(40)) in page and "Another one" in page
    assert client.post(address, data={"gap_task": task, "went": "did it"}).status_code == 303
    assert queries.task(db, task)["state"] == "returned"


def test_a_task_carried_on_says_where_from(db, world_of, sign_in):
    w = world_of
    task = a_task(db, w, due_on=days(3))
    second = do(db, "tasks.carry", w.leader, gap_task=task, due_on=days(30)).about
    third = do(db, "tasks.carry", w.leader, gap_task=second, due_on=days(60)).about
    assert [t["id"] for t in queries.story(db, third)] == [task, second]
    page = sign_in(w.participant).get(f"/gap-tasks/{third}").get_data(as_text=True)
    assert page.count("Carried on from") == 2


def test_a_return_taken_back_is_seen_by_its_author_alone_and_can_be_brought_back(db, world_of, sign_in):
    w = world_of
    task = a_task(db, w)
    given = do(db, "tasks.return", w.participant, gap_task=task, went="did it", words="Six sentences").about
    given = store.value(db, "select id from gap_task_return where gap_task = ?", (given,))
    author, other = sign_in(w.participant), sign_in(w.leader)
    assert author.post(f"/gap-task-returns/{given}/withdraw").status_code == 303
    assert queries.task(db, task)["state"] == "set"
    assert "Taken back; only you see it" in author.get(f"/gap-tasks/{task}").get_data(as_text=True)
    assert "Six sentences" not in other.get(f"/gap-tasks/{task}").get_data(as_text=True)
    assert author.post(f"/gap-task-returns/{given}/restore").status_code == 303
    assert queries.task(db, task)["state"] == "returned"
    assert "Six sentences" in other.get(f"/gap-tasks/{task}").get_data(as_text=True)
    assert author.post(f"/gap-task-returns/{given}/else").status_code == 404


def test_a_reminder_ends_with_the_membership_and_a_double_tap_is_kept_once(db, world_of, settings, at, sign_in):
    w = world_of
    task = a_task(db, w, due_on=days(20), words="Open with a non-example")
    at(7)
    due.tick(db, settings)
    links = {m["address"]: m["link"] for m in _reminders(db)}
    sent = {"gap_task": task, "went": "did it", "words": "Six", "change_id": post.new_id()}
    client = sign_in(None)
    assert [client.post(links["participant@example.org"], data=sent).status_code for _ in range(2)] == [303, 303]
    assert len(queries.returns(db, task)) == 1
    a_task(db, w, due_on=days(20), words="Set afterwards")
    do(db, "groups.end_membership", w.leader, membership=w.colleague_membership, to_on=days(-1))
    assert "Set afterwards" not in sign_in(None).get(links["colleague@example.org"]).get_data(as_text=True)
