"""Teacher reference numbers: off to begin with, typed by their owner or the hub, in one file, and gone when they go."""

import json

from click.testing import CliRunner

from tests.formats.test_formats import read_csv, read_xlsx
from tests.hub.test_exports import ATTENDANCE
from tests.sessions.examples import a_session
from tests.world import days, do
from workgroup import door, holding, store
from workgroup.cli import main
from workgroup.hub import columns, exports
from workgroup.people.post import new_id

NUMBER = "0234567"


def keeping(db, w):
    """Switch them on, and let the participant, who was at a session, give theirs."""
    do(db, "people.keep_trns", w.administrator, keeps="yes")
    do(db, "people.set_trn", w.participant, person=w.participant, trn=NUMBER)
    session = a_session(db, w, -3)
    for person in (w.participant, w.neighbour):
        do(db, "sessions.mark", w.leader, session=session, person=person, status="present")
    return session


def number_of(db, person):
    return store.value(db, "select trn from person where id = ?", (person,))


def attendance(settings, w, viewer=None, format="csv"):
    read = {"csv": read_csv, "xlsx": read_xlsx}[format]
    return read(exports.chunks(settings.database, viewer or w.hub_lead, "attendance", format, days(0)))


def test_they_are_off_to_begin_with_and_nowhere_asked_for(db, world_of, sign_in, settings):
    w = world_of
    outcome = door.submit(db, "people.set_trn", {"person": w.participant, "trn": NUMBER}, new_id(), w.participant)
    assert outcome.errors == {"trn": ["This hub does not keep teacher reference numbers."]}
    me = sign_in(w.participant)
    assert "reference number" not in me.get("/account").get_data(as_text=True)
    assert "does not keep" in me.get("/account/teacher-number").get_data(as_text=True)
    assert "reference number" not in me.get("/privacy").get_data(as_text=True)
    hub = sign_in(w.administrator)
    assert "They are not kept" in hub.get("/hub/teacher-numbers").get_data(as_text=True)
    assert "reference number" not in hub.get(f"/people/{w.participant}/record").get_data(as_text=True)
    assert attendance(settings, w)[0] == ATTENDANCE.split(",")


def test_switched_on_a_person_types_theirs_and_reads_of_it_before(db, world_of, sign_in):
    w = world_of
    hub = sign_in(w.administrator)
    hub.post("/hub/teacher-numbers", data={"change_id": new_id(), "keeps": "yes"})
    me = sign_in(w.participant)
    assert "Give it" in me.get("/account").get_data(as_text=True)
    assert "keeps the teacher reference number of whoever gives" in me.get("/privacy").get_data(as_text=True)
    typed = {"change_id": new_id(), "trn": "RP 02/34 567"}
    for _ in range(2):  # a double tap
        assert me.post("/account/teacher-number", data=typed).status_code == 303
    assert number_of(db, w.participant) == NUMBER
    assert f'value="{NUMBER}"' in me.get("/account/teacher-number").get_data(as_text=True)
    assert NUMBER in me.get("/account/record").get_data(as_text=True)
    assert "1 person has one" in hub.get("/hub/teacher-numbers").get_data(as_text=True)
    assert me.post("/account/teacher-number", data={"change_id": new_id(), "trn": ""}).status_code == 303
    assert number_of(db, w.participant) is None


def test_what_is_no_number_is_given_back_with_words(db, world_of, sign_in):
    w = world_of
    do(db, "people.keep_trns", w.administrator, keeps="yes")
    me = sign_in(w.participant)
    for wrong in ("123456", "12345678", "123456x", "１２３４５６７", "1" * 300):
        answer = me.post("/account/teacher-number", data={"change_id": new_id(), "trn": wrong})
        page = answer.get_data(as_text=True)
        assert answer.status_code == 422 and "A TRN has seven digits." in page, wrong
        assert f'value="{wrong}"' in page
    do(db, "people.set_trn", w.colleague, person=w.colleague, trn=NUMBER)
    answer = me.post("/account/teacher-number", data={"change_id": new_id(), "trn": NUMBER})
    assert answer.status_code == 422 and "Somebody else here has this number." in answer.get_data(as_text=True)
    assert number_of(db, w.participant) is None


def test_the_hub_types_somebody_s_and_nobody_else_does(db, world_of, sign_in):
    w = world_of
    do(db, "people.keep_trns", w.administrator, keeps="yes")
    address = f"/people/{w.neighbour}/teacher-number"
    assert address in sign_in(w.administrator).get(f"/people/{w.neighbour}/record").get_data(as_text=True)
    assert sign_in(w.administrator).post(address, data={"change_id": new_id(), "trn": NUMBER}).status_code == 303
    assert number_of(db, w.neighbour) == NUMBER
    for who in (w.leader, w.participant, w.outsider):
        assert sign_in(who).get(address).status_code == 404
        assert not door.submit(db, "people.set_trn", {"person": w.neighbour, "trn": ""}, new_id(), who).stands
        assert not door.submit(db, "people.keep_trns", {"keeps": "no"}, new_id(), who).stands
    assert number_of(db, w.neighbour) == NUMBER


def test_the_file_has_the_column_after_the_role_only_while_they_are_kept(db, world_of, settings):
    w = world_of
    keeping(db, w)
    names = ATTENDANCE.replace("role,attending_as", "role,trn,attending_as").split(",")
    for format in ("csv", "xlsx"):
        header, *rows = attendance(settings, w, w.leader, format)
        assert header == names
        person, trn = names.index("participant"), names.index("trn")
        assert {row[person]: row[trn] or "" for row in rows} == {"Nadine Member": NUMBER, "Sunita Neighbour": ""}
    assert ["attendance", "trn"] in [row[:2] for row in exports.rows(db, w.hub_lead, "dictionary", days(0))]
    for kind in columns.KINDS:
        assert ("trn" in exports.header(db, kind)) == (kind == "attendance")
    do(db, "people.keep_trns", w.administrator, keeps="no")
    assert attendance(settings, w)[0] == ATTENDANCE.split(",")


def test_switched_off_they_are_gone_for_good(db, world_of):
    w = world_of
    keeping(db, w)
    do(db, "people.set_trn", w.administrator, person=w.colleague, trn="1234567")
    do(db, "people.keep_trns", w.administrator, keeps="no")
    assert store.value(db, "select count(*) from person where trn is not null") == 0
    assert store.value(db, f"select count(*) from ledger_words where said || was like '%{NUMBER}%'") == 0
    assert store.value(db, "select count(*) from due where kind = 'forget' and done_at is null") == 1
    do(db, "people.keep_trns", w.administrator, keeps="yes")
    assert number_of(db, w.participant) is None


def test_a_number_is_in_its_owner_s_record_and_goes_with_them(db, world_of, settings):
    w = world_of
    keeping(db, w)
    assert holding.export(db, w.participant)["person"][0]["trn"] == NUMBER
    assert NUMBER not in json.dumps(holding.export(db, w.neighbour), default=str)
    run = CliRunner().invoke(main, ["--database", str(settings.database), "person", "erase", "participant@example.org",
                                    "--yes"])  # fmt: skip
    assert run.exit_code == 0, run.output
    assert number_of(db, w.participant) is None
    held = "\n".join(line for line in db.conn.iterdump() if NUMBER in line)
    assert held == ""
    assert NUMBER not in str(attendance(settings, w))
