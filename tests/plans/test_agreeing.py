"""Agreeing a plan: by an expiring link without an account, or in person; what was read is what is agreed."""

from tests.plans.examples import a_draft, a_plan, a_written_draft, agree, an_aim, asked
from tests.world import days, do, submit
from workgroup import clock, store
from workgroup.people import post
from workgroup.plans import agreeing_queries, queries


def _address(fields):
    return f"/agree/{fields['proof']}"


def test_a_head_reads_and_agrees_without_an_account_and_name_and_day_are_kept(db, world_of, sign_in):
    w, client = world_of, sign_in(None)
    plan = a_written_draft(db, w)
    fields = asked(db, w, plan)
    page = client.get(_address(fields))
    assert page.headers["Cache-Control"] == "no-store" and "Two sentences a unit" in page.get_data(as_text=True)
    assert queries.bare(db, plan)["state"] == "draft", "opening a link does nothing"
    nameless = client.post(_address(fields), data={**fields, "name": ""})
    assert nameless.status_code == 422 and "Enter your name" in nameless.get_data(as_text=True)
    sent = {**fields, "name": "Mrs <b>Hale", "change_id": post.new_id()}
    assert [client.post(_address(fields), data=sent).status_code for _ in range(2)] == [303, 303]
    found = queries.bare(db, plan)
    assert (found["state"], found["version"], found["agreed_with"], found["agreed_on"], found["agreed_how"]) == (
        "in force", 1, "Mrs <b>Hale", days(0), "by link")  # fmt: skip
    thanks = client.get(f"{_address(fields)}?kept=yes").get_data(as_text=True)
    assert "You agreed it as Mrs &lt;b&gt;Hale" in thanks and "Tell them" not in thanks
    assert client.post(_address(fields), data={**fields, "change_id": post.new_id()}).status_code == 422
    assert len(agreeing_queries.answers(db, plan)) == 1
    [told] = store.rows(db, "select person, body, link from mail where subject like '%an answer'")
    assert told["person"] == w.leader and "agrees it" in told["body"] and told["link"] == f"/action-plans/{plan}"
    assert client.get(f"{_address(fields)}/plan.pdf").data.startswith(b"%PDF")
    assert client.get("/").status_code == 303 and client.get(f"/action-plans/{plan}").status_code == 303


def test_a_head_says_what_they_would_change_and_its_leaders_read_it(db, world_of, sign_in):
    w, client = world_of, sign_in(None)
    plan = a_written_draft(db, w)
    fields = asked(db, w, plan)
    silent = client.post(_address(fields), data={**fields, "answer": "change"})
    assert silent.status_code == 422 and "in a sentence" in silent.get_data(as_text=True)
    client.post(_address(fields), data={**fields, "answer": "change", "words": "Fewer, and after the summer"})
    assert queries.bare(db, plan)["state"] == "draft"
    draft = sign_in(w.leader).get(f"/action-plans/{plan}").get_data(as_text=True)
    assert "would change something" in draft and "Fewer, and after the summer" in draft
    assert "that Mrs Hale would change" in sign_in(w.co_leader).get("/").get_data(as_text=True)
    assert "would change" not in sign_in(w.participant).get("/").get_data(as_text=True)
    an_aim(db, w, plan, words="One fewer")
    assert "would change" not in sign_in(w.leader).get("/").get_data(as_text=True)
    assert "before the draft was changed" in sign_in(w.leader).get(f"/action-plans/{plan}/agreeing").get_data(
        as_text=True)  # fmt: skip
    again = client.get(_address(fields)).get_data(as_text=True)
    assert "It was changed since" in again and "One fewer" in again


def test_a_head_agrees_to_what_they_read(db, world_of, sign_in):
    w, client = world_of, sign_in(None)
    plan = a_written_draft(db, w)
    fields = asked(db, w, plan)
    an_aim(db, w, plan, words="Slipped in afterwards")
    answer = client.post(_address(fields), data={**fields, "name": "Mrs Typed"})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 409 and "changed while you were reading" in text
    assert "Slipped in afterwards" in text and "Mrs Typed" in text
    now = str(queries.bare(db, plan)["edits"])
    assert client.post(_address(fields), data={**fields, "seen": now}).status_code == 303
    assert queries.bare(db, plan)["state"] == "in force"


def test_a_link_is_over_when_it_ends_is_ended_or_its_version_is_no_longer_the_newest(db, world_of, sign_in):
    w, client = world_of, sign_in(None)
    plan = a_written_draft(db, w)
    first, second = asked(db, w, plan), asked(db, w, plan)
    sent = store.rows(db, "select id from plan_asking order by at, rowid")
    assert sign_in(w.participant).post(f"/plan-links/{sent[0]['id']}/end").status_code == 404
    assert sign_in(w.leader).post(f"/plan-links/{sent[0]['id']}/end").status_code == 303
    assert client.get(_address(first)).status_code == 410 and client.get(_address(second)).status_code == 200
    assert client.post(_address(first), data=first).status_code == 410
    page = f"/action-plans/{plan}/agreeing"
    passed_on = sign_in(w.leader).get(page).get_data(as_text=True)
    assert _address(second) in passed_on and _address(first) not in passed_on, "where no mail leaves, its leaders do"
    kept = [m["link"] for m in store.rows(db, "select link from mail where subject like 'Action plan%' order by rowid")]
    assert kept == [None, _address(second)], "what is kept to be passed on holds an ended link no longer"
    assert submit(db, "plans.end_asking", w.leader, plan_asking=sent[0]["id"]).errors
    do(db, "plans.withdraw", w.leader, action_plan=plan)
    assert client.get(_address(second)).status_code == 410
    do(db, "plans.restore", w.leader, action_plan=plan)
    client.post(_address(second), data=second)
    assert client.get(_address(second)).status_code == 200
    agree(db, w, a_draft(db, w), agreed_on=days(0))
    gone = client.get(_address(second))
    assert gone.status_code == 410 and "This link is over" in gone.get_data(as_text=True)
    assert client.get(f"{_address(second)}/plan.pdf").status_code == 410
    assert submit(db, "plans.answer", None, **second).errors


def test_a_link_ends_after_fourteen_days_and_one_of_another_kind_opens_nothing(db, world_of, sign_in):
    w, client = world_of, sign_in(None)
    fields = asked(db, w)
    assert client.get(f"/hosting/{fields['proof']}").status_code == 410
    with store.writing(db):
        left = store.value(db, "select expires_at from link where kind = 'head'")
        assert clock.after(13 * 86_400) < left < clock.after(15 * 86_400)
        db.conn.execute("update link set expires_at = ? where kind = 'head'", (clock.after(-1),))
        db.conn.execute(
            "insert into link (hash, kind, about, expires_at) values (?, 'head', 'of something else', ?)",
            (post.hash_of("a" * 43), clock.after(99)),
        )
    assert client.get(_address(fields)).status_code == 410
    assert client.get("/agree/" + "a" * 43).status_code == 410


def test_the_contact_of_the_school_or_a_typed_address_gets_the_mail(db, world_of, sign_in):
    w, client = world_of, sign_in(world_of.leader)
    do(db, "schools.add_contact", w.leader, school=w.school, role="head", name="Mrs Breck", email="breck@example.org")
    do(db, "schools.add_contact", w.far_leader, school=w.far_school, role="head", name="Far", email="far@example.org")
    ours, far = (store.value(db, "select id from school_contact where name = ?", (n,)) for n in ("Mrs Breck", "Far"))
    plan = a_written_draft(db, w)
    assert "Mrs Breck, breck@example.org" in client.get(f"/action-plans/{plan}/agreeing").get_data(as_text=True)
    assert client.post(f"/action-plans/{plan}/ask", data={"contact": far}).status_code == 422
    wrong = client.post(f"/action-plans/{plan}/ask", data={"name": "Deputy", "email": "not an address"})
    page = wrong.get_data(as_text=True)
    assert wrong.status_code == 422 and "not an address" in page and 'type="email"' in page
    assert client.post(f"/action-plans/{plan}/ask", data={"contact": ours}).status_code == 303
    typed = {"contact": ours, "name": "Deputy", "email": "deputy@example.org"}
    assert client.post(f"/action-plans/{plan}/ask", data=typed).status_code == 303
    to = [m["address"] for m in store.rows(db, "select address from mail where link like '/agree/%' order by rowid")]
    assert to == ["breck@example.org", "deputy@example.org"]
    assert "Deputy, deputy@example.org" in client.get(f"/action-plans/{plan}/agreeing").get_data(as_text=True)
    empty = a_draft(db, w, school_in_group=w.in_group2)
    assert "Write an aim first" in client.get(f"/action-plans/{empty}/agreeing").get_data(as_text=True)
    assert submit(db, "plans.ask_head", w.leader, action_plan=empty, name="A", email="a@example.org").errors


def test_a_leader_notes_what_was_agreed_in_person_and_takes_it_back_on_the_same_day(db, world_of, sign_in):
    w, client = world_of, sign_in(world_of.leader)
    old, _ = a_plan(db, w)
    draft = a_draft(db, w)
    sent = {"agreed_with": "Mrs Hale", "agreed_on": days(-9), "seen": "0"}
    early = client.post(f"/action-plans/{draft}/agreed", data=sent)
    assert early.status_code == 422 and "cannot be older" in early.get_data(as_text=True)
    an_aim(db, w, draft)
    stale = client.post(f"/action-plans/{draft}/agreed", data={**sent, "agreed_on": days(0)})
    assert stale.status_code == 409 and "Mrs Hale" in stale.get_data(as_text=True)
    agree(db, w, draft, agreed_on=days(0))
    assert [v["state"] for v in queries.versions(db, w.leader, w.in_group)] == ["in force", "superseded"]
    assert "after all" in client.get(f"/action-plans/{draft}").get_data(as_text=True)
    assert client.post(f"/action-plans/{draft}/not-agreed").status_code == 303
    assert queries.in_force(db, w.in_group)["id"] == old and queries.draft(db, w.in_group)["id"] == draft
    assert client.post(f"/action-plans/{draft}/not-agreed").status_code == 422
    assert submit(db, "plans.not_agreed", w.leader, action_plan=old).errors, "a draft was begun since"
    agree(db, w, draft, agreed_on=days(0))
    with store.writing(db):
        store.alter(db, "action_plan", draft, agreed_at=clock.after(-2 * 86_400))
    assert "stays" in str(submit(db, "plans.not_agreed", w.leader, action_plan=draft).errors)
    assert "after all" not in client.get(f"/action-plans/{draft}").get_data(as_text=True)


def test_what_a_head_agreed_by_link_is_never_taken_back_by_a_leader(db, world_of):
    w = world_of
    plan = a_written_draft(db, w)
    do(db, "plans.answer", None, **asked(db, w, plan))
    assert submit(db, "plans.not_agreed", w.leader, action_plan=plan).errors
