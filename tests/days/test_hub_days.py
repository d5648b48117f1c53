"""The hub's side of days: everybody against their allowance, allowances as data, the words for activities."""

import re

import pytest

from tests.days.examples import a_claim, activity, an_allowance, an_entry
from tests.world import days, do
from workgroup import clock, door, store
from workgroup.days import queries
from workgroup.people.post import new_id

YEAR = clock.academic_year


def address(what="/hub/days", day=-10):
    """Return the hub's page of the year that a day so many days from today lies in."""
    return f"{what}/{YEAR(days(day)).replace('/', '-')}"


def text(answer):
    """Return a page's text, its white space as one."""
    return " ".join(answer.get_data(as_text=True).split())


def test_an_empty_year_says_what_to_do(world_of, sign_in):
    page = text(sign_in(world_of.administrator).get("/hub/days/2031-32"))
    assert "Nobody leads a Work Group or has an allowance in 2031/32." in page and "note an allowance" in page


def test_each_number_leads_to_the_entries_behind_it(db, world_of, sign_in):
    w, client = world_of, sign_in(world_of.administrator)
    an_allowance(db, w)
    an_entry(db, w, on_day=days(-11), words="The claimed one")
    a_claim(db, w)
    an_entry(db, w, days="0.25", words="The open one")
    page = text(client.get(address()))
    row = page[page.index("Bethan Leader") : page.index("Cora Coleader")]
    numbers = re.findall(r'<a href="([^"]+)">([\d.]+)</a>', row)
    assert [number for _, number in numbers] == ["0.75", "0.5", "0.25"] and "£150.00" in row and ">11.25<" in row
    shown = [text(client.get(link.replace("&amp;", "&"))) for link, _ in numbers]
    assert [("The claimed one" in p, "The open one" in p) for p in shown] == [(True, True), (True, False),
                                                                             (False, True)]  # fmt: skip
    assert all("Show all of" in p for p in shown)
    assert "Together" in page and page.count("no allowance") >= 1


def test_an_allowance_is_noted_changed_taken_away_and_brought_back(db, world_of, sign_in):
    w, client = world_of, sign_in(world_of.administrator)
    of_leader = f"/people/{w.leader}{address('/days')}"
    fields = {"stage": "Leading", "days": "12.5", "rate": "£200"}
    assert client.post(f"{of_leader}/allowances", data=fields).status_code == 303
    twice = client.post(f"{of_leader}/allowances", data={**fields, "stage": "LEADING"})
    assert twice.status_code == 422 and "already" in text(twice) and 'value="12.5"' in text(twice)
    (made,) = queries.allowances_of(db, w.leader, YEAR(days(-10)))
    assert (made["quarters"], made["rate_pence"]) == (50, 20_000)
    assert client.get(f"/allowances/{made['id']}").status_code == 200
    edit = {**fields, "days": "15", "rate": "", "seen": "1"}
    assert client.post(f"/allowances/{made['id']}/edit", data=edit).status_code == 303
    stale = client.post(f"/allowances/{made['id']}/edit", data={**edit, "days": "16"})
    assert stale.status_code == 409 and "15 days" in text(stale) and 'value="16"' in text(stale)
    assert "no rate noted" in text(client.get(of_leader))
    assert client.post(f"/allowances/{made['id']}/withdraw").status_code == 303
    assert queries.allowances_of(db, w.leader, YEAR(days(-10))) == []
    assert client.post(f"/allowances/{made['id']}/restore").status_code == 303
    assert queries.allowance(db, made["id"])["rate_pence"] is None


def test_somebody_who_leads_nothing_is_chosen_to_note_an_allowance(world_of, sign_in):
    client = sign_in(world_of.hub_lead)
    answer = client.get("/hub/days", query_string={"person": world_of.participant, "year": "2026-27"})
    assert answer.status_code == 303 and answer.location == f"/people/{world_of.participant}/days/2026-27"
    page = text(client.get(answer.location))
    assert "Nadine Member’s days" in page and "Note an allowance" in page and "Nothing has been entered yet." in page
    assert client.get(f"/people/{new_id()}/days/2026-27").status_code == 404
    assert client.get("/people/x/days/2026-27").status_code == 404
    assert client.get("/hub/days?person=x&year=../").status_code in (303, 404)


def test_activities_are_added_renamed_and_taken_out_of_use(db, world_of, sign_in):
    client = sign_in(world_of.administrator)
    assert client.post("/hub/activities", data={"name": "Book <i>study</i>"}).status_code == 303
    page = text(client.get("/hub/activities"))
    assert "Book &lt;i&gt;study" in page and page.count("Take it out of use") == 10
    assert client.post("/hub/activities", data={"name": "planning"}).status_code == 422
    made = store.value(db, "select id from day_activity where name like 'Book%'")
    assert client.post(f"/hub/activities/{made}", data={"name": "Reading", "ended": "1"}).status_code == 303
    assert "Use it again" in text(client.get("/hub/activities"))
    assert made not in {one["id"] for one in queries.activities(db)}
    assert client.post(f"/hub/activities/{made}", data={"name": "Reading", "ended": "0"}).status_code == 303
    assert [one["name"] for one in queries.activities(db)][-1] == "Reading"
    visits = client.post(f"/hub/activities/{activity(db, 'visit')}", data={"name": "visit", "ended": "1"})
    assert visits.status_code == 422 and "suggested under this word" in text(visits)


def test_the_usual_eleven_activities_are_there_from_the_start(db, world_of):
    assert [one["name"] for one in queries.activities(db)] == [
        "session", "visit", "planning", "own school", "department", "residential", "PD Lead", "hub meeting",
        "online group", "travel", "other",
    ]  # fmt: skip


@pytest.mark.parametrize("who", ["leader", "participant", "outsider"])
def test_nobody_else_sees_or_sets_allowances(db, world_of, sign_in, who):
    w, client = world_of, sign_in(getattr(world_of, who))
    made = an_allowance(db, w)
    for path in ("/hub/days", address(), "/hub/activities", f"/allowances/{made}"):
        assert client.get(path).status_code == 404, path
    for path in ("/hub/activities", f"/allowances/{made}/edit", f"/allowances/{made}/withdraw",
                 f"/people/{w.leader}{address('/days')}/allowances"):  # fmt: skip
        assert client.post(path, data={"name": "x", "stage": "x", "days": "99"}).status_code == 404, path


def test_a_role_in_the_hub_that_has_ended_sees_no_days_any_more(db, world_of):
    w = world_of
    an_entry(db, w)
    with store.writing(db):
        db.conn.execute("update hub_role set to_on = ? where person = ?", (days(-1), w.administrator))
    assert queries.entries_of_all(db, w.administrator, YEAR(days(-10))) == []
    fields = {"person": w.leader, "academic_year": "2026/27", "stage": "x", "days": "1"}
    assert door.submit(db, "days.set_allowance", fields, new_id(), w.administrator).standing == "refused"


def test_what_the_hub_did_with_days_is_told_without_anybody_s_words(db, world_of, sign_in):
    w = world_of
    an_allowance(db, w)
    an_entry(db, w, words="Candid note")
    claim = a_claim(db, w)
    do(db, "days.undo_claim", w.administrator, claim=claim, why="Candid reason")
    page = text(sign_in(w.hub_lead).get("/activity"))
    assert "noted an allowance for" in page and "claimed days with" in page and "undid the claim" in page
    assert "Candid" not in page
