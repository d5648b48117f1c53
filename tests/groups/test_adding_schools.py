"""Adding the schools of a group: found while one types, one press each."""

from tests.world import do
from workgroup.groups import queries


def test_a_school_is_found_while_one_types_chosen_already_and_the_next_may_be_typed_at_once(db, world_of, sign_in):
    w, client = world_of, sign_in(world_of.leader)
    address = f"/groups/{w.group}/schools"
    part = client.get(address, query_string={"q": "far"}, headers={"HX-Request": "true"}).get_data(as_text=True)
    assert "<html" not in part and "Far Away School" in part and "checked" in part and "Register this school" in part
    nothing = client.get(address, query_string={"q": "zzz"}, headers={"HX-Request": "true"}).get_data(as_text=True)
    assert "No school by “zzz”" in nothing
    added = client.post(address, data={"school": w.far_school})
    page = client.get(added.headers["Location"]).get_data(as_text=True)
    assert "Far Away School is in the group" in page and "data-focus" in page
    assert queries.in_group(db, w.group, w.far_school) in added.headers["Location"]
    elsewhere = do(db, "groups.create", w.hub_lead, title="Other", academic_year="2026/27", leader_word="S",
                   participant_word="P", meeting_word="T").about  # fmt: skip
    assert sign_in(w.leader).get(f"/groups/{elsewhere}/schools", query_string={"q": "far"}).status_code == 404
