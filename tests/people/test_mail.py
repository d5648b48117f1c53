"""Mail: sent by the due thread to a real SMTP server, kept when there is none, tried again when it fails."""

from dataclasses import replace

from tests.lessons.examples import in_discussion
from tests.plans.examples import asked
from tests.world import do
from workgroup import clock, due, store


def _tick_past_everything(db, settings):
    with store.writing(db):
        db.conn.execute("update due set at = '2020-01-01T00:00:00.000Z' where done_at is null")
    return due.tick(db, settings)


def test_a_mail_goes_out_once_with_the_public_address_and_then_forgets_its_link(db, world_of, mail_server):
    inbox, settings = mail_server
    due.tick(db, settings)
    inbox.letters.clear()
    do(db, "people.ask_for_link", email="leader@example.org")
    due.tick(db, settings)
    assert due.tick(db, settings) == []
    ((to, letter),) = inbox.letters
    assert to == ["leader@example.org"]
    assert "https://hub.example.org/sign-in/" in letter.replace("=\n", "") and "Hello Bethan Leader" in letter
    mail = store.row(db, "select * from mail where subject like 'Your sign-in%'")
    assert (mail["state"], mail["link"], mail["code"]) == ("sent", None, None)


def test_a_mail_that_does_not_go_says_why_and_is_tried_again(db, world_of, mail_server):
    inbox, settings = mail_server
    inbox.full = True
    due.tick(db, settings)
    failed = store.rows(db, "select state, trouble from mail")
    assert {m["state"] for m in failed} == {"failed"} and "full" in failed[0]["trouble"]
    assert due.tick(db, settings) == [], "it waits before it tries again"
    inbox.full = False
    assert len(_tick_past_everything(db, settings)) == len(failed)
    assert {m["state"] for m in store.rows(db, "select state from mail")} == {"sent"}


def test_a_day_without_a_line_gives_no_mail_up_and_what_is_of_no_use_any_more_does_not_go(
    db, world_of, mail_server, monkeypatch
):
    inbox, settings = mail_server
    due.tick(db, settings)
    inbox.letters.clear()
    do(db, "people.ask_for_link", email="leader@example.org")
    do(db, "people.ask_for_link", email="colleague@example.org")
    away = replace(settings, smtp_port=1)
    for _ in range(due.MOST_TRIES + 2):
        assert _tick_past_everything(db, away) == []
    soon = store.row(db, "select tried, at from due where done_at is null")
    assert soon["tried"] < due.MOST_TRIES and soon["at"] <= clock.after(3600)
    with store.writing(db):
        db.conn.execute("update due set tried = tried + 1 where done_at is null")  # the process stopped during a try
        db.conn.execute("update mail set expires_at = ? where address like 'colleague%' and state = 'failed'",
                        (clock.after(-1),))  # fmt: skip
    assert len(_tick_past_everything(db, settings)) == 2
    assert [to for to, _ in inbox.letters] == [["leader@example.org"]]
    late = store.row(db, "select * from mail where address like 'colleague%' order by made_at desc")
    assert (late["state"], late["link"], late["code"]) == ("kept", None, None) and "time was over" in late["trouble"]


def test_without_a_mail_server_it_is_kept_for_the_outbox_page(db, world_of, settings):
    due.tick(db, settings)
    assert {m["state"] for m in store.rows(db, "select state from mail")} == {"kept"}
    assert store.value(db, "select count(*) from mail where link is null") == 0


def test_what_was_asked_for_twice_under_one_key_happens_once(db, world_of):
    for _ in range(2):
        with store.writing(db):
            due.plan(db, "mail:one", "mail", "no such mail", "2020-01-01T00:00:00.000Z")
    assert store.value(db, "select count(*) from due where key = 'mail:one'") == 1


def test_the_thread_sends_what_is_due_and_stops_when_told(db, world_of, mail_server):
    inbox, settings = mail_server
    thread = due.Thread(settings, seconds=0.01)
    thread.start()
    wanted = store.value(db, "select count(*) from mail")
    for _ in range(500):
        if len(inbox.letters) >= wanted:
            break
        thread.stopped.wait(0.02)
    thread.stop()
    assert not thread.is_alive()
    assert len(inbox.letters) == wanted


def test_the_outbox_opens_no_lesson_and_no_draft_to_the_hub_where_mail_goes_by_itself(app, db, world_of, sign_in):
    w = world_of
    lesson = in_discussion(db, w)
    with store.writing(db):
        db.conn.execute("update lesson set teacher = null, teacher_name = 'Vera Visiting' where id = ?", (lesson,))
    do(db, "lessons.ask_teacher", w.leader, lesson=lesson, email="vera@example.org")
    asked(db, w)
    plain = app.config["WORKGROUP"]
    for settings, shown in ((plain, True), (replace(plain, smtp_host="mail.example.org"), False)):
        app.config["WORKGROUP"] = settings
        page = sign_in(w.administrator).get("/mail").get_data(as_text=True)
        assert ("/taught/" in page) is shown and "/agree/" not in page, "a draft is its leaders' to pass on"
        assert "/sign-in/" in page, "a new person is let in by hand where a mail does not go"
    app.config["WORKGROUP"] = plain
