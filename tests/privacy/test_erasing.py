"""Erasing from the settings: asked first, told what goes and stays, one change, harmless when repeated."""

import json
import re
from functools import partial

import pytest

from tests.commands import run
from tests.journeys.examples import a_statement, sent
from tests.lessons.examples import a_lesson
from tests.reviews.examples import a_review
from tests.sessions.examples import a_session
from tests.visits.examples import a_visit
from tests.world import days, do
from workgroup import due, forgetting, ledger, personal, store
from workgroup.people import queries as people
from workgroup.people.post import new_id
from workgroup.privacy import erasing

SECRET = "Candid words of Nadine"


@pytest.fixture
def written(db, world_of):
    """A participant with a noticing that is found by search."""
    world_of.lesson = a_lesson(db, world_of)
    do(db, "lessons.notice", world_of.participant, lesson=world_of.lesson, second="1:00", words=SECRET)
    return world_of


def test_a_hub_lead_sees_what_goes_and_stays_types_the_name_and_it_is_done_once(db, written, sign_in, settings):
    w, client = written, sign_in(written.hub_lead)
    page = client.get(f"/people/{w.participant}/erase").get_data(as_text=True)
    assert "Noticings" in page and "1 entry" in page and "mark on registers" in page
    wrong = client.post(f"/people/{w.participant}/erase", data={"name": "Somebody"})
    assert wrong.status_code == 422 and "not the name" in wrong.get_data(as_text=True)
    sent = {"name": "Nadine Member", "change_id": new_id()}
    before = store.value(db, "select count(*) from ledger")
    for _ in range(2):
        assert client.post(f"/people/{w.participant}/erase", data=sent).status_code == 303
    assert store.value(db, "select count(*) from ledger") == before + 1 and ledger.check(db) == []
    done = client.get(f"/people/{w.participant}/erase").get_data(as_text=True)
    assert "This person was erased" in done and "Nadine" not in done
    while due.tick(db, settings):
        pass
    files = b"".join(path.read_bytes() for path in settings.database.parent.glob("hub.sqlite*"))
    assert SECRET.encode() not in files and b"Nadine" not in files
    assert forgetting.noted(settings.database).keys() == {w.participant}


def test_where_a_first_name_stands_alone_is_counted_on_asking_and_no_word_of_it_is_shown(db, written, sign_in):
    w, client = written, sign_in(written.hub_lead)
    for words in ("Nadine asked why", "nadine member asked why", "She asked Nadine’s table"):
        do(db, "lessons.notice", w.colleague, lesson=w.lesson, second="2:00", words=words)
    a_visit(db, w, purpose="See Nadine Member, then Member alone")
    page = client.get(f"/people/{w.participant}/erase").get_data(as_text=True)
    assert "look=y" in page and 'id="alone"' not in page
    told = client.get(f"/people/{w.participant}/erase?look=y").get_data(as_text=True).split('id="alone"')[1]
    told = " ".join(re.sub("<[^>]+>", " ", told.split("</ul>")[0]).split())
    assert "Noticings 2 entries" in told and "Visits planned and made 1 entry" in told and "asked" not in told


def test_a_name_goes_from_what_others_were_written_and_from_words_without_an_address(db, world_of):
    w = world_of
    do(db, "groups.add_person", w.leader, work_group=w.group, name="Nora Withoutmail", role="participant",
       school=w.school, from_on=days(-1))  # fmt: skip
    nora = store.value(db, "select id from person where name = 'Nora Withoutmail'")
    with store.writing(db):
        for state in ("sent", "waiting"):
            store.put(db, "mail", id=new_id(), person=w.leader, address="leader@example.org", subject="Answer",
                      body="Nora Withoutmail comes.", state=state, made_at="2026-10-01T10:00:00.000Z")  # fmt: skip
    do(db, "people.erase", w.hub_lead, person=nora)
    assert store.value(db, "select count(*) from ledger_words where said like '%Withoutmail%'") == 0
    mails = store.rows(db, "select state, body from mail where body like '%comes.'")
    said = {r["state"]: r["body"] for r in mails}
    assert said == {"waiting": "Somebody who was erased comes."}, "what has not gone yet still goes, without the name"


def test_nobody_but_a_hub_lead_erases_and_nobody_erases_themselves(db, written, sign_in):
    w = written
    for who in (w.administrator, w.leader, w.participant):
        client = sign_in(who)
        assert client.get(f"/people/{w.participant}/erase").status_code == 404
        assert client.post(f"/people/{w.participant}/erase", data={"name": "Nadine Member"}).status_code == 404
    client = sign_in(w.hub_lead)
    assert "Ask another hub lead" in client.get(f"/people/{w.hub_lead}/erase").get_data(as_text=True)
    assert client.post(f"/people/{w.hub_lead}/erase", data={"name": "Helen Lead"}).status_code == 422


def test_the_only_leader_of_a_group_that_runs_stays_until_there_is_another(db, world_of, sign_in, settings):
    w, client = world_of, sign_in(world_of.hub_lead)
    page = client.get(f"/people/{w.far_leader}/erase").get_data(as_text=True)
    assert "Secondary Estuary has no other leader" in page and "Erase for good" not in page
    no = client.post(f"/people/{w.far_leader}/erase", data={"name": "Marcus Farleader"})
    assert no.status_code == 422 and "no other leader" in no.get_data(as_text=True)
    assert forgetting.noted(settings.database) == {}, "who was not erased is not erased in a copy either"
    do(db, "groups.add_person", w.hub_lead, work_group=w.far_group, name="New", email="new@example.org", role="leader",
       from_on=days(0))  # fmt: skip
    assert client.post(f"/people/{w.far_leader}/erase", data={"name": "marcus farleader"}).status_code == 303
    assert store.value(db, "select name from person where id = ?", (w.far_leader,)) == personal.SOMEBODY


def test_the_device_of_somebody_erased_is_answered_clearly(db, written, sign_in):
    w = written
    hers, his = sign_in(w.participant), sign_in(w.colleague)
    at = "2026-11-01T10:00:00.000Z"
    entry = {"id": new_id(), "kind": "sessions.note", "by": w.participant, "at": at, "fields": {}}
    batch = {"tablet": new_id(), "entries": [entry]}
    do(db, "people.erase", w.hub_lead, person=w.participant)
    answer = hers.post("/sync", json=batch)
    assert (answer.status_code, answer.headers["Workgroup-Erased"]) == (401, "1")
    assert "erased" in answer.json["error"]
    assert answer.headers["Workgroup-Receipt"] == "1"
    for address in ("/standing", "/sign-in"):
        assert "has been erased from the record" in hers.get(address).get_data(as_text=True)
        assert "has been erased" not in his.get(address, follow_redirects=True).get_data(as_text=True)
    (standing,) = his.post("/sync", json=batch).json["standings"]
    assert standing["standing"] == "refused" and "has been erased here" in standing["errors"][""][0]


def test_a_head_who_agreed_a_plan_by_link_is_erased_there_too(db, world_of):
    w = world_of
    with store.writing(db):
        store.put(db, "action_plan", id=(plan := new_id()), school_in_group=w.in_group, state="in force", version=1,
                  by=w.leader, at="2026-10-01T10:00:00.000Z", agreed_on="2026-10-02",
                  agreed_with="Nadine Member")  # fmt: skip
        store.put(db, "plan_asking", id=(asking := new_id()), action_plan=plan, name="Nadine", by=w.leader,
                  email="participant@example.org", at="2026-10-01T10:00:00.000Z",
                  expires_at="2026-10-15T10:00:00.000Z")  # fmt: skip
        store.put(db, "plan_answer", id=new_id(), action_plan=plan, asking=asking, answer="agree", name="Nadine",
                  words="Gladly", edits=0, at="2026-10-02T10:00:00.000Z")  # fmt: skip
    do(db, "people.erase", w.hub_lead, person=w.participant)
    assert store.value(db, "select agreed_with from action_plan") == personal.SOMEBODY
    assert store.row(db, "select name, words from plan_answer") == {"name": personal.SOMEBODY, "words": None}
    assert store.value(db, "select email from plan_asking") == personal.ERASED


def test_a_link_that_was_sent_to_an_erased_address_opens_nothing_and_no_mail_is_tried_there(
    db, world_of, sign_in, mail_server
):
    w, (_, sending) = world_of, mail_server
    asking, token = sent(db, w, name="Nadine Member", email="participant@example.org")
    _, kept = sent(db, w)
    do(db, "people.erase", w.hub_lead, person=w.participant)
    client = sign_in(None)
    assert client.get(f"/journey/{token}").status_code == 410 and client.get(f"/journey/{kept}").status_code == 200
    said = {"words": "Still here", "name": "Nadine Member"}
    assert client.post(f"/journey/{token}", data=said).status_code == 410
    assert store.value(db, "select ended_at from journey_asking where id = ?", (asking,))
    while due.tick(db, sending):
        pass
    assert {r["state"] for r in store.rows(db, "select state from mail where address = '(erased)'")} == {"kept"}
    assert store.value(db, "select count(*) from due where trouble is not null") == 0


def test_whoever_agreed_for_their_school_is_not_named_there_any_more_and_nobody_else_is_touched(db, world_of):
    w, named = world_of, []
    for name in ("Nadine Member", "Mrs Hale"):
        review = a_review(db, w)
        do(db, "reviews.agree", w.leader, review=review, agreed_on=days(0), agreed_with=name)
        named.append(review)
    do(db, "people.erase", w.hub_lead, person=w.participant)
    said = [store.value(db, "select agreed_with from review where id = ?", (review,)) for review in named]
    assert said == [personal.SOMEBODY, "Mrs Hale"]
    assert store.value(db, "select count(*) from ledger_words where said like '%Nadine Member%'") == 0


def test_of_two_who_erase_at_once_the_second_sees_that_it_is_done_and_no_name(db, world_of, sign_in, monkeypatch):
    w, client = world_of, sign_in(world_of.hub_lead)
    looked = [people.person(db, world_of.participant)]
    do(db, "people.erase", w.hub_lead, person=w.participant)
    read = people.person
    monkeypatch.setattr(erasing.people, "person", lambda of, id: looked.pop() if looked else read(of, id))
    second = client.post(f"/people/{w.participant}/erase", data={"name": "Nadine Member", "change_id": new_id()})
    page = second.get_data(as_text=True)
    assert second.status_code == 422 and "This person was erased" in page and "Nadine" not in page


def test_a_head_who_only_ever_had_links_is_exported_and_erased_by_their_address_also_in_a_copy(
    db, world_of, settings, tmp_path
):
    w = world_of
    _, token = sent(db, w, name="Margaret Hale")
    a_statement(db, w, proof=token, name="Margaret Hale", words="Candid words of a head")
    do(db, "visits.plan", w.leader, school_in_group=w.in_group, on_day=days(3), purpose="See Margaret Hale")
    person = partial(run, settings, "person")
    told = person("export", "HEAD@example.org")
    assert told.exit_code == 0 and "Candid words of a head" in told.output and "Margaret Hale" in told.output
    assert "Bethan Leader" not in told.output and json.loads(told.output)["journey_asking"]
    copy, before = tmp_path / "copy.sqlite", store.value(db, "select count(*) from head_statement")
    run(settings, "backup", copy)
    gone = person("erase", "HEAD@example.org", "--yes")
    assert gone.exit_code == 0, gone.output
    for _ in range(2):
        files = b"".join(path.read_bytes() for path in settings.database.parent.glob("hub.sqlite*"))
        assert b"Candid words of a head" not in files and b"Margaret" not in files and b"head@example" not in files
        assert person("export", "head@example.org").exit_code == 1, "there is nobody like that any more"
        again = store.connect(settings.database)
        assert store.value(again, "select count(*) from head_statement") == before and ledger.check(again) == []
        again.conn.close()
        db.conn.close()
        run(settings, "restore", copy, "--yes")


def test_a_head_without_an_account_is_found_and_erased_from_the_settings_and_their_words_are_for_them_alone(
    db, world_of, sign_in
):
    w, client = world_of, sign_in(world_of.hub_lead)
    a_statement(db, w, proof=sent(db, w)[1], words="Candid words of a head")
    listed = client.get("/people/everybody?name=hale").get_data(as_text=True)
    page = re.search(r"/people/addressed/[\w-]+", listed)[0]
    for who in (w.hub_lead, w.administrator):
        told = sign_in(who).get(page).get_data(as_text=True)
        assert "head@example.org" in told and "Statements as a head" in told and "Candid" not in told
        assert ("Erase for good" in told) == (who == w.hub_lead)
    wrong = client.post(f"{page}/erase", data={"email": "leader@example.org"})
    assert wrong.status_code == 422 and "not the e-mail that stands above" in wrong.get_data(as_text=True)
    said = {"email": "HEAD@example.org", "change_id": new_id()}
    assert [client.post(f"{page}/erase", data=said).status_code for _ in range(2)] == [303, 303]
    assert store.value(db, "select words from head_statement") == personal.ERASED and ledger.check(db) == []
    assert client.get(page).status_code == 404
    assert "hale" not in client.get("/people/everybody").get_data(as_text=True).casefold()
    assert people.by_email(db, "leader@example.org"), "nobody else is touched"


def test_a_visitor_who_is_known_by_a_name_alone_is_exported_and_erased_by_it_also_in_a_copy(
    db, world_of, settings, tmp_path, sign_in
):
    w, session = world_of, a_session(db, world_of)
    for name in ("Una Stand-in", "Ulf Stand-in"):
        do(db, "sessions.mark", w.leader, session=session, visitor=name, school=w.school2, attending_as="substitute",
           status="present")  # fmt: skip
    do(db, "schools.add_contact", w.leader, school=w.school, role="head", name="Una Stand-in", phone="01263 1")
    do(db, "schools.add_contact", w.leader, school=w.school2, role="head", name="Mrs Una Stand-in", phone="01263 2")
    do(db, "sessions.mark", w.leader, session=session, visitor="Miss Nadine Member", attending_as="visitor",
       status="present")  # fmt: skip
    told = json.loads(run(settings, "person", "export", "una stand-in").output)
    assert [r["visitor"] for r in told["register_mark"]] == ["Una Stand-in"] and told["school_contact"][0]["phone"]
    copy, client = tmp_path / "copy.sqlite", sign_in(w.hub_lead)
    run(settings, "backup", copy)
    page = client.post("/people/named", data={"name": "ulf stand-in", "look": "y"}).get_data(as_text=True)
    assert "<b>Ulf Stand-in</b> stands here:" in page and "Marks on registers" in page
    done = client.post("/people/named", data={"name": "ulf stand-in", "change_id": new_id()}, follow_redirects=True)
    assert "Erased. The file" in done.get_data(as_text=True)
    for name in ("Nadine Member", "Miss Nadine Member"):
        assert client.post("/people/named", data={"name": name}).status_code == 422
    assert run(settings, "person", "erase", "Una Stand-in", "--yes").exit_code == 0
    assert "Nobody here" in run(settings, "person", "export", "Una Stand-in").output
    for _ in range(2):
        files = b"".join(path.read_bytes() for path in settings.database.parent.glob("hub.sqlite*"))
        assert b"Una Stand" not in files and b"01263 1" not in files and b"01263 2" not in files
        again = store.connect(settings.database)
        assert store.value(again, "select count(distinct visitor) from register_mark where visitor <> ''") == 3
        assert ledger.check(again) == []
        again.conn.close()
        db.conn.close()
        run(settings, "restore", copy, "--yes")


def test_a_namesake_keeps_their_phone_when_somebody_with_an_e_mail_is_erased(db, world_of):
    w = world_of
    do(db, "schools.add_contact", w.leader, school=w.school2, role="head", name="Nadine Member", phone="01263 3")
    do(db, "people.erase", w.hub_lead, person=w.participant)
    kept = store.row(db, "select phone, ended_on from school_contact where school = ?", (w.school2,))
    assert kept == {"phone": "01263 3", "ended_on": None}


def test_a_head_is_not_named_any_more_where_they_agreed_for_their_school_and_one_elsewhere_is(db, world_of):
    w = world_of
    sent(db, w)
    there = a_visit(db, w, made=True, school_in_group=w.in_group2)
    mine, elsewhere = a_review(db, w), a_review(db, w, school_in_group=w.in_group2, evidence=[f"visit:{there}"])
    for review in (mine, elsewhere):
        do(db, "reviews.agree", w.leader, review=review, agreed_on=days(0), agreed_with="Mrs Hale")
    do(db, "privacy.erase_address", w.hub_lead, email="head@example.org")
    said = [store.value(db, "select agreed_with from review where id = ?", (review,)) for review in (mine, elsewhere)]
    assert said == [personal.SOMEBODY, "Mrs Hale"]
    named = "select count(*) from ledger_words where said ->> 'agreed_with' = 'Mrs Hale'"
    assert store.value(db, named) == 1 and ledger.check(db) == []


def test_somebody_without_an_e_mail_is_exported_and_erased_by_their_id(db, world_of, settings, sign_in):
    w = world_of
    do(db, "groups.add_person", w.leader, work_group=w.group, name="Nora Withoutmail", role="participant",
       school=w.school, from_on=days(-1))  # fmt: skip
    nora = store.value(db, "select id from person where name = 'Nora Withoutmail'")
    page = sign_in(w.hub_lead).get(f"/people/{nora}/record").get_data(as_text=True)
    assert f"workgroup person export {nora}" in page
    person = partial(run, settings, "person")
    assert json.loads(person("export", nora).output)["person"][0]["name"] == "Nora Withoutmail"
    assert person("erase", nora, "--yes").exit_code == 0
    assert store.value(db, "select name from person where id = ?", (nora,)) == personal.SOMEBODY
    assert "Nobody here" in person("erase", nora, "--yes").output
