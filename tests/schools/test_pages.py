"""The pages of schools."""

import io
import re
from pathlib import Path

import pytest

from tests.world import do, school
from workgroup import store, working
from workgroup.schools import queries

SAMPLE = Path(__file__).parent.parent / "data" / "gias_sample_2021.csv"


@pytest.mark.parametrize("asked", ["staithe", "STAITHE LANE", "havermouth", "QX1", "900001", "lane staithe"])
def test_a_school_is_found_by_name_town_postcode_and_urn(world_of, sign_in, asked):
    page = sign_in(world_of.participant).get("/schools", query_string={"q": asked}).get_data(as_text=True)
    assert "Staithe Lane Primary School" in page and "Far Away" not in page



def test_a_leader_changes_a_school_of_another_work_group_no_more_than_its_people(db, world_of, sign_in):
    w = world_of
    school = do(db, "schools.add_by_hand", w.leader, urn="900501", name="By Hand School", phase="Primary").about
    fields = {"urn": "900501", "name": "Renamed", "phase": "Primary", "seen": "1"}
    assert sign_in(w.far_leader).get(f"/schools/{school}/edit").status_code == 200, "it is nobody’s yet"
    do(db, "groups.add_school", w.leader, work_group=w.group, school=school)
    assert sign_in(w.far_leader).post(f"/schools/{school}/edit", data=fields).status_code == 404
    assert "Change its facts" not in sign_in(w.far_leader).get(f"/schools/{school}").get_data(as_text=True)
    assert sign_in(w.leader).post(f"/schools/{school}/edit", data=fields).status_code == 303


def test_accents_do_not_matter(db, world_of, sign_in):
    school(db, "900077", "École Zoë")
    assert [s["urn"] for s in queries.search(db, "ecole zoe")] == ["900077"]


@pytest.mark.parametrize(
    "asked", ['"', "a AND", "name:", "*", "-", "(", "NEAR(a b)", "'; drop table school", "x" * 500, "^"]
)
def test_nothing_typed_breaks_the_search(world_of, sign_in, asked):
    assert sign_in(world_of.leader).get("/schools", query_string={"q": asked}).status_code == 200


def test_htmx_gets_the_list_alone(world_of, sign_in):
    part = sign_in(world_of.leader).get("/schools?q=staithe", headers={"HX-Request": "true"})
    assert "<html" not in part.get_data(as_text=True) and part.headers["Vary"].startswith("HX-Request")


def test_the_register_is_imported_in_the_browser_by_the_hub_only(db, world_of, sign_in):
    client = sign_in(world_of.administrator)
    with SAMPLE.open("rb") as file:
        page = client.post("/schools/import", data={"file": (file, "register.csv")}).get_data(as_text=True)
    assert "Nothing has been saved yet" in page and "schools added" in page and queries.count(db) == 3
    press = re.search(r'action="(/schools/import/[^"]+)"', page)[1]
    assert sign_in(world_of.hub_lead).post(press).status_code == 410
    assert queries.count(db) == 3, "a preview is that of whoever sent the file"
    assert client.post(press).headers["Location"] == press
    working.find("bring", press.split("/")[-1], world_of.administrator).over.wait(20)
    assert "99 rows read" in client.get(press).get_data(as_text=True)
    assert client.post(press).status_code == 303 and queries.count(db) == 102
    assert not any(one.stat().st_size for one in Path(f"{store.file_of(db)}.incoming").iterdir())
    assert sign_in(world_of.leader).post("/schools/import", data={}).status_code == 404


def test_a_letter_is_no_register_and_nothing_chosen_is_said(world_of, sign_in):
    client = sign_in(world_of.administrator)
    refused = client.post("/schools/import", data={"file": (io.BytesIO(b"Dear Sir"), "letter.csv")})
    assert refused.status_code == 422 and "The first line says: Dear Sir." in refused.get_data(as_text=True)
    nothing = client.post("/schools/import", data={})
    assert nothing.status_code == 422 and "Choose the file" in nothing.get_data(as_text=True)


def test_a_school_is_added_and_changed_by_hand(db, world_of, sign_in):
    client = sign_in(world_of.leader)
    made = client.post("/schools/new", data={"urn": "900300", "name": "Hand School", "phase": "Primary"})
    assert made.status_code == 303
    id = queries.by_urn(db, "900300")["id"]
    assert client.get(f"/schools/{id}/edit").status_code == 200
    fields = {"urn": "900300", "name": "Hand School Two", "phase": "Primary", "seen": "1"}
    assert client.post(f"/schools/{id}/edit", data=fields).status_code == 303
    stale = client.post(f"/schools/{id}/edit", data={**fields, "name": "Typed Third"})
    text = stale.get_data(as_text=True)
    assert stale.status_code == 409 and "Typed Third" in text and "Hand School Two" in text
    assert client.get(f"/schools/{world_of.school}/edit").status_code == 404


def test_host_facts_written_twice_at_once_show_both(world_of, sign_in):
    client, address = sign_in(world_of.participant), f"/schools/{world_of.school}/host"
    assert client.get(address).status_code == 200
    assert client.post(address, data={"entrance": "Blue door", "seen": "0"}).status_code == 303
    second = client.post(address, data={"entrance": "Green gate", "seen": "0"})
    text = second.get_data(as_text=True)
    assert second.status_code == 409 and "Blue door" in text and "Green gate" in text


def test_contacts_come_and_go(db, world_of, sign_in):
    client = sign_in(world_of.leader)
    client.post(f"/schools/{world_of.school}/contacts", data={"role": "head", "name": "Mrs <Breck>"})
    page = client.get(f"/schools/{world_of.school}/host").get_data(as_text=True)
    assert "Mrs &lt;Breck&gt;, headteacher" in page
    contact = store.value(db, "select id from school_contact")
    assert client.post(f"/school-contacts/{contact}/end").status_code == 303
    page = client.get(f"/schools/{world_of.school}/host").get_data(as_text=True)
    assert "headteacher" not in page.split("Contacts</h2>")[1].split("<details")[0] and "Still there" in page
    back = f"/school-contacts/{contact}/restore"
    assert sign_in(world_of.outsider).post(back).status_code == 404
    assert client.post(back).status_code == 303
    assert "Mrs &lt;Breck&gt;, headteacher" in client.get(f"/schools/{world_of.school}/host").get_data(as_text=True)
    again = client.post(back)
    assert again.status_code == 422 and "stands already" in again.get_data(as_text=True)


def test_host_pages_are_for_those_who_are_near(db, world_of, sign_in):
    address = f"/schools/{world_of.school}/host"
    for person in (world_of.leader, world_of.participant, world_of.hub_lead):
        assert sign_in(person).get(address).status_code == 200
    for person in (world_of.outsider, world_of.neighbour, world_of.far_leader):
        assert sign_in(person).get(address).status_code == 404
    do(db, "sessions.plan", world_of.far_leader, work_group=world_of.far_group, kind="TRG", title="T", day="2026-11-03",
       starts="13:00", ends="15:00", mode="room", host=world_of.school, anyway="y")  # fmt: skip
    assert sign_in(world_of.far_leader).get(address).status_code == 200
