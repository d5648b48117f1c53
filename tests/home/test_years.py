"""Pages that hold many years show this one, with ways to the others."""

from types import SimpleNamespace

import pytest

from tests.world import do
from workgroup import clock, store
from workgroup.home import finding


@pytest.fixture
def two_years(db, world_of):
    """The world, and a Work Group of the year before that the same school was in."""
    this = clock.academic_year(clock.today())
    before = clock.academic_year(f"{int(this[:4]) - 1}-10-01")
    group = do(db, "groups.create", world_of.hub_lead, title="Primary of Old", academic_year=before,
               leader_word="Specialist", participant_word="Lead Participant", meeting_word="TRG").about  # fmt: skip
    since = f"{before[:4]}-10-01"
    do(db, "groups.add_school", world_of.hub_lead, work_group=group, school=world_of.school, since_on=since)
    return SimpleNamespace(**vars(world_of), old=group, this=this.replace("/", "-"), before=before.replace("/", "-"))


def test_a_school_s_page_shows_the_newest_year_and_leads_to_the_others(two_years, sign_in):
    w, client = two_years, sign_in(two_years.hub_lead)
    page = client.get(f"/schools/{w.school}").get_data(as_text=True)
    assert f'href="/groups/{w.group}"' in page and f'href="/groups/{w.old}"' not in page
    assert f'href="/schools/{w.school}?year={w.before}"' in page and f'href="/schools/{w.school}?year=all"' in page
    page = client.get(f"/schools/{w.school}?year={w.before}").get_data(as_text=True)
    assert f'href="/groups/{w.old}"' in page and f'href="/groups/{w.group}"' not in page
    page = client.get(f"/schools/{w.school}?year=all").get_data(as_text=True)
    assert f'href="/groups/{w.old}"' in page and f'href="/groups/{w.group}"' in page
    assert ": all –" not in page
    page = client.get(f"/schools/{w.school}?year=2019-20").get_data(as_text=True)
    assert f'href="/groups/{w.group}"' in page, "a year that it was not there for is the newest"


def test_from_an_earlier_year_s_group_and_work_the_way_leads_to_that_year_of_the_school(db, two_years, sign_in):
    w = two_years
    page = sign_in(w.hub_lead).get(f"/groups/{w.old}").get_data(as_text=True)
    assert f'href="/schools/{w.school}?year={w.before}"' in page
    assert f'href="/schools/{w.school}"' in sign_in(w.hub_lead).get(f"/groups/{w.group}").get_data(as_text=True)
    since = clock.first_day_of(w.before.replace("-", "/"))
    do(db, "groups.add_person", w.hub_lead, work_group=w.old, name="Bethan Leader", email="bethan@example.org",
       role="leader")  # fmt: skip
    with store.writing(db):
        db.conn.execute("update membership set from_on = ?, person = ? where work_group = ?", (since, w.leader, w.old))
    old = store.value(db, "select id from school_in_group where work_group = ?", (w.old,))
    do(db, "tasks.did_at_school", w.leader, school_in_group=old, on_day=f"{w.before[:4]}-11-03", kind="staff meeting",
       topic="Quince", words="Sorted cards")  # fmt: skip
    [work] = finding.find(db, w.leader, "quince")["work"]
    assert work["address"] == f"/schools/{w.school}?year={w.before}"


def test_a_year_one_may_not_see_is_not_offered(two_years, sign_in):
    w = two_years
    page = sign_in(w.participant).get(f"/schools/{w.school}?year={w.before}").get_data(as_text=True)
    assert f'href="/groups/{w.old}"' not in page and "year=" not in page and f'href="/groups/{w.group}"' in page


def test_today_of_the_hub_lists_this_year_s_work_groups_and_leads_to_the_others(two_years, sign_in):
    w = two_years
    page = sign_in(w.hub_lead).get("/").get_data(as_text=True)
    assert f'href="/groups/{w.group}"' in page and f'href="/groups/{w.old}"' not in page
    assert "Work Groups of earlier years" in page


def test_next_year_s_work_group_made_early_does_not_take_the_place_of_this_year_s(db, world_of, sign_in):
    w, this = world_of, clock.academic_year(clock.today())
    after = clock.academic_year(f"{int(this[:4]) + 1}-10-01")
    coming = do(db, "groups.create", w.hub_lead, title="Primary to Come", academic_year=after,
                leader_word="Specialist", participant_word="Lead Participant", meeting_word="TRG").about  # fmt: skip
    do(db, "groups.add_school", w.hub_lead, work_group=coming, school=w.school, since_on=clock.today())
    client = sign_in(w.hub_lead)
    page = client.get(f"/schools/{w.school}").get_data(as_text=True)
    assert f'href="/groups/{w.group}"' in page and f'href="/schools/{w.school}?year={after.replace("/", "-")}"' in page
    today = client.get("/").get_data(as_text=True)
    assert f'href="/groups/{w.group}"' in today and f'href="/groups/{coming}"' in today
    assert "Work Groups of earlier years" not in today
