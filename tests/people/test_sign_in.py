"""Setting up, signing in by link, code and password, and signing out."""

import pytest

from tests.world import do, submit
from workgroup import clock, door, store
from workgroup.people import post


def _mail(db, address):
    return store.row(db, "select * from mail where address = ? order by made_at desc, rowid desc", (address,))


def test_a_new_hub_is_set_up_once_and_its_lead_is_signed_in(app, db):
    client = app.test_client()
    assert client.get("/sign-in").location == "/set-up"
    client.get("/set-up")
    answer = client.post("/set-up", data={"hub": "Marram Hub", "name": "Helen", "email": "h@example.org"})
    assert answer.status_code == 303
    assert client.get("/").status_code == 200
    again = app.test_client().post("/set-up", data={"hub": "Other", "name": "Eve", "email": "e@example.org"})
    assert again.status_code == 422
    assert "set up already" in again.get_data(as_text=True)


def test_an_empty_set_up_says_what_is_missing_beside_each_field(app):
    answer = app.test_client().post("/set-up", data={"name": "Typed Name"})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Enter the name of the hub." in text and "Enter your e-mail." in text and "Typed Name" in text


def test_a_link_signs_in_after_a_click_and_only_once(app, db, world_of):
    client = app.test_client()
    client.post("/sign-in", data={"email": "LEADER@example.org"})
    link = _mail(db, "leader@example.org")["link"]
    for _ in range(3):  # a mail scanner opens it
        assert client.get(link).status_code == 200
    assert client.get("/").status_code == 303
    assert client.post(link).status_code == 303
    assert client.get("/").status_code == 200
    assert app.test_client().post(link).status_code == 422
    assert app.test_client().get(link).status_code == 410


def test_the_typed_code_signs_in_whatever_its_case(app, db, world_of):
    client = app.test_client()
    client.post("/sign-in", data={"email": "leader@example.org"})
    code = _mail(db, "leader@example.org")["code"]
    assert client.post("/sign-in/code", data={"proof": "AAAA-AAAA"}).status_code == 422
    assert client.post("/sign-in/code", data={"proof": code.lower()}).status_code == 303
    assert client.get("/").status_code == 200


def test_the_answer_is_the_same_for_an_unknown_address(app, db, world_of):
    known = app.test_client().post("/sign-in", data={"email": "leader@example.org"})
    unknown = app.test_client().post("/sign-in", data={"email": "nobody@example.org"})
    assert (known.status_code, known.location) == (unknown.status_code, unknown.location)
    assert _mail(db, "nobody@example.org") is None
    assert "@example.org" not in str(store.rows(
        db, "select w.said from ledger_words w join ledger l on l.number = w.number"
        " where l.kind = 'people.ask_for_link'")), "what was typed is kept nowhere"  # fmt: skip
    asked = store.rows(db, "select about from ledger where kind = 'people.ask_for_link' order by number")
    assert [row["about"] for row in asked] == [world_of.leader, None]


def test_a_link_that_has_run_out_does_not_sign_in(app, db, world_of):
    client = app.test_client()
    client.post("/sign-in", data={"email": "leader@example.org"})
    link = _mail(db, "leader@example.org")["link"]
    with store.writing(db):
        db.conn.execute("update link set expires_at = '2020-01-01T00:00:00.000Z'")
    assert client.post(link).status_code == 422


def test_a_password_signs_in_and_setting_one_signs_other_devices_out(app, db, world_of, sign_in):
    here, there = sign_in(world_of.leader), sign_in(world_of.leader)
    words = "three words remembered"
    assert here.post("/account/password", data={"password": "short", "again": "short"}).status_code == 422
    assert here.post("/account/password", data={"password": words, "again": "otherwise"}).status_code == 422
    assert here.post("/account/password", data={"password": words, "again": words}).status_code == 303
    assert here.get("/account").status_code == 200
    assert there.get("/account").status_code == 303
    fresh = app.test_client()
    assert fresh.post("/sign-in/password", data={"email": "leader@example.org", "password": "wrong"}).status_code == 422
    assert fresh.post("/sign-in/password", data={"email": "leader@example.org", "password": words}).status_code == 303
    assert fresh.get("/").status_code == 200
    assert words not in str(store.rows(db, "select said, was from ledger_words"))


def test_a_password_is_changed_by_whoever_knows_it_or_has_just_signed_in(db, world_of, sign_in):
    here, words = sign_in(world_of.leader), "three words remembered"
    change = {"password": f"{words} anew", "again": f"{words} anew"}
    with store.writing(db):
        db.conn.execute("update tablet set signed_in_at = ?", (clock.now(),))
    assert here.post("/account/password", data={"password": words, "again": words}).status_code == 303
    assert "The password you have now" not in here.get("/account").get_data(as_text=True)
    with store.writing(db):  # a tablet that was left open in the hall
        db.conn.execute("update tablet set signed_in_at = ?", (clock.after(-3600),))
    assert "The password you have now" in here.get("/account").get_data(as_text=True)
    for current in ("", "a guess"):
        answer = here.post("/account/password", data={**change, "current": current})
        assert answer.status_code == 422 and "Enter the password you have now" in answer.get_data(as_text=True)
    assert store.value(db, "select count(*) from attempt where key like 'guessed:%'") == 1
    assert here.post("/account/password", data={**change, "current": words}).status_code == 303
    assert store.value(db, "select count(*) from attempt where key like 'guessed:%'") == 0


def test_signing_out_ends_this_device_only(db, world_of, sign_in):
    here, there = sign_in(world_of.leader), sign_in(world_of.leader)
    assert here.post("/sign-out").status_code == 303
    assert here.get("/account").status_code == 303
    assert there.get("/account").status_code == 200


@pytest.mark.parametrize("password", [
    "password123", "Qwertyuiop1!", "mathshub2026", "Bethan.Leader1", "leader@example.org", "Test Hub 2026",
])  # fmt: skip
def test_a_password_that_is_tried_first_is_refused(db, world_of, password):
    refused = submit(db, "people.set_password", world_of.leader, password=password, again=password)
    assert "first that anybody would try" in refused.errors["password"][0]


def test_whoever_runs_the_hub_signs_somebody_out_everywhere(world_of, sign_in):
    w, hub = world_of, sign_in(world_of.administrator)
    phone, tablet, colleague = sign_in(w.leader), sign_in(w.leader), sign_in(w.colleague)
    page = f"/people/{w.leader}/record"
    assert "signed in on 2 devices" in hub.get(page).get_data(as_text=True)
    assert hub.post(f"/people/{w.leader}/sign-out").location == page
    assert [client.get("/account").status_code for client in (phone, tablet, colleague, hub)] == [303, 303, 200, 200]
    assert "Sign them out" not in hub.get(page).get_data(as_text=True)
    again = hub.post(f"/people/{w.leader}/sign-out")
    assert again.status_code == 422 and "signed in nowhere" in again.get_data(as_text=True)


def test_a_change_from_another_site_is_refused(db, world_of, sign_in):
    client = sign_in(world_of.leader)
    evil = {"Sec-Fetch-Site": "cross-site"}
    assert client.post("/account", data={"name": "Eve"}, headers=evil).status_code == 403
    assert store.value(db, "select name from person where id = ?", (world_of.leader,)) == "Bethan Leader"


def test_the_way_back_after_signing_in_never_leaves_the_app(app, db, world_of):
    client = app.test_client()
    client.post("/sign-in", data={"email": "leader@example.org"})
    link = _mail(db, "leader@example.org")["link"]
    assert client.post(link, data={"then": "https://evil.example.org/"}).location == "/"


def test_the_outbox_shows_a_link_only_until_the_account_is_claimed(app, db, world_of, sign_in):
    client = sign_in(world_of.administrator)
    link = _mail(db, "leader@example.org")["link"]
    assert link in client.get("/mail").get_data(as_text=True)
    app.test_client().post(link)
    do(db, "people.ask_for_link", email="leader@example.org")
    page = client.get("/mail").get_data(as_text=True)
    assert _mail(db, "leader@example.org")["link"] not in page


def test_the_last_lead_of_a_hub_stays(db, world_of):
    role = store.value(db, "select id from hub_role where role = 'lead'")
    outcome = door.submit(db, "people.end_role", {"role": role}, post.new_id(), world_of.hub_lead)
    assert outcome.standing == "refused" and "needs a lead" in outcome.errors["role"][0]


def test_the_hub_pages_are_for_the_hub(world_of, sign_in):
    for address in ("/people", "/hub/settings", "/mail"):
        assert sign_in(world_of.administrator).get(address).status_code == 200
        assert sign_in(world_of.leader).get(address).status_code == 404
        assert sign_in(None).get(address).status_code == 303


def test_everywhere_else_is_signed_out_at_once_and_this_device_stays(db, world_of, sign_in):
    w = world_of
    here, there, third, somebody = (sign_in(p) for p in (w.leader, w.leader, w.leader, w.co_leader))
    page = here.get("/account").get_data(as_text=True)
    assert page.count("Sign out there") == 2 and "Sign out everywhere else" in page
    for _ in range(2):  # a double tap
        assert here.post("/account/tablets/sign-out").location == "/account#devices"
    for gone in (there, third):
        assert gone.get("/account").status_code == 303
        assert gone.get("/sync/hello").status_code == 401
    assert here.get("/account").status_code == 200 and somebody.get("/account").status_code == 200
    assert "Sign out everywhere else" not in here.get("/account").get_data(as_text=True)


def test_an_invitation_ends_with_the_first_sign_in_however_that_was(app, db, world_of):
    invitation = _mail(db, "leader@example.org")["link"]
    assert app.test_client().get(invitation).status_code == 200
    do(db, "people.ask_for_link", email="leader@example.org")
    assert app.test_client().post(_mail(db, "leader@example.org")["link"]).status_code == 303
    assert app.test_client().get(invitation).status_code == 410
    assert app.test_client().post(invitation).status_code == 422


def test_links_and_codes_are_kept_as_hashes_run_out_and_are_stored_by_nobody(app, db, world_of):
    client = app.test_client()
    client.post("/sign-in", data={"email": "leader@example.org"})
    mail = _mail(db, "leader@example.org")
    token, code = mail["link"].rsplit("/", 1)[1], mail["code"]
    kept = str(store.rows(db, "select * from link")) + str(store.rows(db, "select * from ledger_words"))
    assert token not in kept and code not in kept and code.replace("-", "") not in kept
    ends = {r["expires_at"] for r in store.rows(db, "select expires_at from link where person = ?", (world_of.leader,))}
    made = [r["made_at"] for r in store.rows(db, "select made_at from mail where person = ?", (world_of.leader,))]
    for end, began, seconds in zip(sorted(ends), sorted(made, reverse=True), (1800, 14 * 86_400), strict=True):
        assert clock.after(seconds - 5, began) < end <= clock.after(seconds, began)
    for answer in (client.get(mail["link"]), client.post(mail["link"]), client.get("/sign-in/sent"),
                   client.post("/sign-in/code", data={"proof": code})):  # fmt: skip
        assert answer.headers["Cache-Control"] == "no-store", answer.request.path
    with store.writing(db):
        db.conn.execute("update link set expires_at = ?", (clock.after(-1),))
    do(db, "people.invite", world_of.hub_lead, name="New", email="new@example.org", role="administrator")
    with store.writing(db):
        db.conn.execute("update link set expires_at = ? where kind = 'invitation'", (clock.after(-1),))
    assert app.test_client().post(_mail(db, "new@example.org")["link"]).status_code == 422
