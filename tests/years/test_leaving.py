"""Leaving a demo for a hub of one's own: what goes, what is kept, who may, and nothing is ever lost or done twice."""

import dataclasses

import pytest
from click.testing import CliRunner

from tests.lessons.examples import a_noticing
from workgroup import keeping, ledger, store
from workgroup.cli import main
from workgroup.people import post
from workgroup.people import queries as people

OWN = {"hub": "Estuary & Hub", "name": "Nora Real", "email": "nora@example.org"}


@pytest.fixture
def demo(db, world_of):
    """The small hub of the tests, marked as a demo, with something that a real person wrote."""
    a_noticing(db, world_of, words="Written by a person who tried it")
    with store.writing(db):
        db.conn.execute("update record set demo = 1")
    return world_of


def _rows(db, table):
    return store.value(db, f"select count(*) from {table}")


def test_one_step_keeps_the_demo_as_a_copy_and_leaves_an_empty_hub_with_its_lead(db, demo, sign_in, settings):
    client, before = sign_in(demo.hub_lead), ledger.head(db)["ledger"]
    page = client.get("/own-hub").get_data(as_text=True)
    assert "2 Work Groups" in page and str(keeping.folder(settings)) in page
    assert "Start your own hub" in client.get("/").get_data(as_text=True)
    assert "Start your own hub" not in sign_in(demo.leader).get("/").get_data(as_text=True)
    assert client.post("/own-hub", data=OWN).headers["Location"] == "/own-hub"
    assert [_rows(db, t) for t in ("person", "work_group", "school", "noticing", "session")] == [1, 0, 0, 0, 0]
    assert people.hub(db)["name"] == "Estuary & Hub" and ledger.head(db)["ledger"] != before
    assert store.check(db) == ledger.check(db) == []
    page = client.get("/own-hub").get_data(as_text=True)
    copy = next(keeping.folder(settings).glob("demo-*.sqlite"))
    assert str(copy) in page and "This is a demo year" not in page, "the same browser is signed in, as the new lead"
    kept = store.connect(copy)
    assert store.value(kept, "select words from noticing") == "Written by a person who tried it"
    assert store.check(kept) == ledger.check(kept) == [] and ledger.head(kept)["ledger"] == before
    kept.conn.close()
    today = client.get("/").get_data(as_text=True)
    assert "Bring the schools in" in today and "Nora Real" in today


def test_a_second_tap_is_harmless_and_a_record_of_ones_own_is_refused(db, demo, sign_in, settings):
    client, id = sign_in(demo.hub_lead), post.new_id()
    for _ in range(2):
        assert client.post("/own-hub", data={**OWN, "change_id": id}).status_code == 303
    assert len(list(keeping.folder(settings).iterdir())) == 1
    again = client.post("/own-hub", data={**OWN, "hub": "Another"})
    assert again.status_code == 422 and "This is no demo" in again.get_data(as_text=True)
    assert people.hub(db)["name"] == "Estuary & Hub"


def test_only_a_hub_lead_may_and_bad_words_keep_the_demo(db, demo, sign_in, settings):
    for who in ("leader", "participant", "outsider"):
        assert sign_in(getattr(demo, who)).get("/own-hub").status_code == 404
        assert sign_in(getattr(demo, who)).post("/own-hub", data=OWN).status_code == 404
    administrator = sign_in(demo.administrator)
    assert "Only the hub lead may do this" in administrator.get("/own-hub").get_data(as_text=True)
    assert administrator.post("/own-hub", data=OWN).status_code == 404
    refused = sign_in(demo.hub_lead).post("/own-hub", data={**OWN, "email": "nora@"})
    text = refused.get_data(as_text=True)
    assert refused.status_code == 422 and "Nora Real" in text and "Enter an e-mail address" in text
    assert _rows(db, "work_group") == 2 and not keeping.folder(settings).exists()


def test_where_no_copy_can_be_kept_nothing_goes(app, db, demo, sign_in, settings, tmp_path):
    (tmp_path / "a file").write_text("in the way")
    app.config["WORKGROUP"] = dataclasses.replace(settings, backups=tmp_path / "a file")
    refused = sign_in(demo.hub_lead).post("/own-hub", data=OWN)
    assert refused.status_code == 422 and "Nothing was removed" in refused.get_data(as_text=True)
    assert _rows(db, "work_group") == 2


def test_what_a_tablet_sends_afterwards_is_not_taken_for_the_new_lead(db, demo, sign_in):
    lead, member = sign_in(demo.hub_lead), sign_in(demo.participant)
    lead.post("/own-hub", data=OWN)
    assert member.get("/").status_code == 303, "the others are signed out"
    hello = member.get("/sync/hello")
    assert hello.status_code == 401 and hello.headers["Workgroup-Receipt"] == "1", "so what waits stays on the tablet"


def test_the_terminal_tells_asks_and_does_the_same(db, demo, settings):
    words = ["--database", str(settings.database), "demo", "remove", "--hub", "Own", "--email", "n@example.org"]
    stayed = CliRunner().invoke(main, words, input="Nora\nn\n")
    assert stayed.exit_code == 1 and "2 Work Groups" in stayed.output and _rows(db, "work_group") == 2
    busy = CliRunner().invoke(main, [*words, "--name", "Nora", "--yes"])
    assert busy.exit_code == 1 and "in use" in busy.output
    db.conn.close()
    done = CliRunner().invoke(main, [*words, "--name", "Nora", "--yes"])
    assert done.exit_code == 0 and "The demo is kept as" in done.output, done.output
    again = CliRunner().invoke(main, [*words, "--name", "Nora", "--yes"])
    assert again.exit_code == 1 and "This is no demo" in again.output


def test_behind_tls_the_browser_that_left_the_demo_stays_signed_in(app, db, demo, settings):
    app.config["WORKGROUP"] = dataclasses.replace(settings, public_address="https://hub.example.org")
    client, token = app.test_client(), post.new_token()
    with store.writing(db):
        post.keep_link(db, demo.hub_lead, "sign_in", 1800, token)
    same = {"headers": {"Sec-Fetch-Site": "same-origin"}, "base_url": "https://hub.example.org"}
    client.post(f"/sign-in/{token}", **same)
    assert client.post("/own-hub", data=OWN, **same).headers["Location"] == "/own-hub"
    page = client.get("/own-hub", base_url="https://hub.example.org")
    assert page.status_code == 200 and "Estuary &amp; Hub" in page.get_data(as_text=True)
