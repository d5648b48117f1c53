"""A hub lead of some strands: their Work Groups and no others, the rest of the hub, and no more by asking.

Every route is asked as one in tests/rights; here is what is in lists and files, and what they may do.
"""

import json

import pytest

from tests.hub.examples import second_lead
from tests.reviews.examples import a_review
from tests.world import do, submit
from workgroup import clock, store
from workgroup.hub import exports, queries
from workgroup.people import queries as people
from workgroup.reviews import queries as reviews


@pytest.fixture
def limited(db, world_of):
    """Return a lead of the strand of the world's Work Group; the other Work Group has none."""
    lead = do(db, "hub.set_strands", world_of.hub_lead, **second_lead(db, world_of)).about
    with store.writing(db):
        store.alter(db, "work_group", world_of.group, strand="Primary Sustaining ")
    return lead


def _role(db, person):
    return store.value(db, "select id from hub_role where person = ? and role = 'lead'", (person,))


def _engaged(db, viewer):
    place = exports.header(db, "engagement").index("work_group")
    return {row[place] for row in exports.rows(db, viewer, "engagement", clock.today())}


def test_lists_files_and_steps_hold_the_work_groups_of_their_strands_alone(db, world_of, sign_in, limited):
    w, client, both = world_of, sign_in(limited), [world_of.group, world_of.far_group]
    a_review(db, w, agreed=True)
    assert _engaged(db, limited) == {"Primary South"}
    assert _engaged(db, w.hub_lead) == {"Primary South", "Secondary Estuary"}
    assert [group["id"] for group in queries.this_year(db, limited)] == [w.group]
    assert reviews.agreed_in(db, limited, both) and reviews.read_in(db, limited, both) == {w.group}
    for address in ("/", "/groups", "/hub", "/hub/overview", f"/schools/{w.school}", "/hub/exports"):
        page = client.get(address).get_data(as_text=True)
        assert "Secondary Estuary" not in page and "Primary South" in page, address
    assert client.get(f"/groups/{w.far_group}").status_code == 404
    assert "strands: Primary Sustaining" in client.get("/account/record").get_data(as_text=True)
    do(db, "hub.set_strands", w.hub_lead, role=_role(db, limited), strands=["Primary Embedding"])
    assert _engaged(db, limited) == set() and reviews.agreed_in(db, limited, both) == {}
    assert "There is no Work Group of Primary Embedding yet" in client.get("/groups").get_data(as_text=True)


def _activity(sign_in, who):
    return sign_in(who).get("/activity").get_data(as_text=True)


def test_they_make_groups_and_invite_leads_of_their_strands_and_cannot_widen_them(
    db, world_of, sign_in, limited
):
    w, role = world_of, _role(db, limited)
    assert {group for group in (w.group, w.far_group) if f"/groups/{group}" in _activity(sign_in, w.hub_lead)}
    assert "/groups/" not in _activity(sign_in, limited).split("<main", 1)[1]
    fields = {"title": "New", "academic_year": clock.academic_year(clock.today()), "leader_word": "Lead",
              "participant_word": "Teacher", "meeting_word": "TRG"}  # fmt: skip
    refused = submit(db, "groups.create", limited, strand="Primary Readiness", **fields)
    assert refused.why_not == "Choose one of your strands: Primary Sustaining."
    do(db, "groups.create", limited, strand="primary sustaining", **fields)
    do(db, "people.invite", limited, name="Third", email="third@example.org", role="lead")
    assert json.loads(store.value(db, "select strands from hub_role order by rowid desc")) == ["Primary Sustaining"]
    for kind, said in (("hub.set_strands", {"role": role, "strands": []}), ("people.end_role", {"role": role})):
        assert "a hub lead of every strand" in submit(db, kind, limited, **said).why_not
    stella = {"name": "Stella", "email": "stella@example.org", "role": "administrator"}
    assert "looks after every strand" in submit(db, "people.invite", limited, **stella).why_not
    do(db, "people.invite", w.hub_lead, **stella)
    assert people.strands_led(db, limited, clock.today()) == [], "who administers the hub looks after all of it"
    assert reviews.read_in(db, limited, [w.group, w.far_group]) == {w.group}, "and reads steps where they lead"


def test_the_hub_is_never_without_a_lead_of_every_strand(db, world_of, limited):
    whole = _role(db, world_of.hub_lead)
    limit = {"role": whole, "strands": ["Primary Sustaining"]}
    for kind, said in (("hub.set_strands", limit), ("people.end_role", {"role": whole}),
                       ("people.erase", {"person": world_of.hub_lead})):  # fmt: skip
        assert "needs a lead of every strand" in submit(db, kind, world_of.hub_lead, **said).why_not
