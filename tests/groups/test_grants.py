"""Grants: what a school was given, what for, and whether it is paid; changed, taken away, and summed to the penny."""

import pytest

from tests.groups.examples import a_grant
from tests.world import days, do
from workgroup import clock
from workgroup.groups import queries

YEAR = "/hub/grants/" + clock.academic_year(days(0)).replace("/", "-")


def text(answer):
    """Return a page's text, its white space as one."""
    return " ".join(answer.get_data(as_text=True).split())


def test_a_grant_is_noted_with_its_purpose_and_paid_later(db, world_of, sign_in):
    w, client = world_of, sign_in(world_of.administrator)
    noting = f"/schools-in-group/{w.in_group}/grants"
    wrong = client.post(noting, data={"amount": "1,200"})
    assert wrong.status_code == 422 and "Enter what it is for" in text(wrong) and 'value="1,200"' in text(wrong)
    assert client.post(noting, data={"amount": "1,200.10", "purpose": "Release <b>"}).status_code == 303
    (grant,) = queries.grants(db, w.in_group)
    page = text(client.get(f"/groups/{w.group}/schools/{w.in_group}"))
    assert "£1,200.10, Release &lt;b&gt;" in page and "not paid yet" in page
    data = {"amount": "1200.10", "purpose": "Release", "paid_on": days(-2), "seen": "1"}
    assert client.post(f"/grants/{grant['id']}/edit", data=data).status_code == 303
    stale = client.post(f"/grants/{grant['id']}/edit", data={**data, "purpose": "Mine"})
    assert stale.status_code == 409 and "£1,200.10" in text(stale) and 'value="Mine"' in text(stale)
    assert queries.grant(db, grant["id"])["paid_on"] == days(-2)


def test_a_grant_taken_away_counts_nowhere_until_it_is_brought_back(db, world_of, sign_in):
    w, client = world_of, sign_in(world_of.hub_lead)
    grant = a_grant(db, w, amount="0.10", paid_on=days(-1))
    for _ in range(2):
        a_grant(db, w, "in_group2", amount="0.10")
    assert "3 grants, £0.30 in all: £0.10 paid, £0.20 not paid yet." in text(client.get(YEAR))
    assert client.post(f"/grants/{grant}/withdraw").status_code == 303
    assert client.post(f"/grants/{grant}/withdraw").status_code == 422
    assert "2 grants, £0.20 in all: £0.00 paid" in text(client.get(YEAR))
    assert "taken away" in text(client.get(f"/groups/{w.group}/schools/{w.in_group}"))
    assert "counts nowhere" in text(client.get(f"/grants/{grant}"))
    assert client.post(f"/grants/{grant}/restore").status_code == 303
    assert "3 grants" in text(client.get(YEAR))


def test_all_schools_of_a_year_are_there_also_those_without_a_grant(db, world_of, sign_in):
    a_grant(db, world_of)
    page = text(sign_in(world_of.administrator).get(YEAR))
    assert page.count("none noted") == 2 and "Release time" in page and "Far Away School" in page
    empty = text(sign_in(world_of.administrator).get("/hub/grants/2031-32"))
    assert "There is no school in a Work Group of 2031/32 yet." in empty and "Open a school below" not in empty
    assert sign_in(world_of.administrator).get("/hub/grants/soon").status_code == 404


@pytest.mark.parametrize("who", ["participant", "outsider", "far_leader"])
def test_another_group_s_grant_is_nobody_else_s(db, world_of, sign_in, who):
    grant, client = a_grant(db, world_of), sign_in(getattr(world_of, who))
    assert client.get(f"/grants/{grant}").status_code == 404 and client.get(YEAR).status_code == 404
    assert client.post(f"/grants/{grant}/withdraw").status_code == 404
    assert sign_in(world_of.leader).get(f"/grants/{grant}").status_code == 200


def test_the_group_s_history_tells_of_its_grants(db, world_of, sign_in):
    grant = a_grant(db, world_of)
    do(db, "groups.withdraw_grant", world_of.administrator, grant=grant)
    page = text(sign_in(world_of.leader).get(f"/groups/{world_of.group}/activity"))
    assert "noted a grant for" in page and "took a grant away from" in page
