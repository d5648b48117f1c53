"""Claims: what is ready, a batch with its total, nothing claimed twice, and how it is undone with its history."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.days.examples import a_claim, an_allowance, an_entry, claim_fields, fields_of, moved, ticked
from tests.world import days, do
from workgroup import door, store
from workgroup.days import claim_queries, queries
from workgroup.people.post import new_id

PAGES = ("/hub/claims", "/hub/claims/new")


@pytest.fixture
def ready(db, world_of):
    """Two leaders with an entry or two each that nobody has claimed."""
    w = world_of
    an_allowance(db, w)
    w.first = an_entry(db, w, travel="3.10")
    w.second = an_entry(db, w, days="1", on_day=days(-20))
    w.third = an_entry(db, w, by="far_leader")
    return w


def text(answer):
    """Return a page's text, its white space as one."""
    return " ".join(answer.get_data(as_text=True).split())


def standing(db):
    """Return which entries are in a claim that stands, how often each."""
    return store.rows(db, "select day_entry, count(*) as times from claimed_day where undone_at is null group by 1")


def test_a_hub_without_days_says_so(world_of, sign_in):
    client = sign_in(world_of.administrator)
    page = text(client.get("/hub/claims"))
    assert "Nothing has been claimed yet." in page and "has been claimed." not in page
    assert "No day waits to be claimed." in text(client.get("/hub/claims/new"))


def test_what_is_not_claimed_is_listed_by_person_and_time(ready, sign_in):
    client = sign_in(ready.administrator)
    page = text(client.get("/hub/claims/new"))
    assert "2 days: £300.00, and travel £3.10: £303.10 together." in page
    assert "1 entry has no amount, because no rate is known" in page
    assert "Bethan Leader: 1.5 days, £303.10" in page and "Marcus Farleader: 0.5 days, £0.00" in page
    page = text(client.get("/hub/claims/new", query_string={"person": ready.leader, "from_on": days(-12)}))
    assert "0.5 days: £100.00" in page and page.count('type="checkbox"') == 1
    wrong = client.get("/hub/claims/new?from_on=soon")
    assert wrong.status_code == 422 and "Enter a day like" in text(wrong)


def test_a_batch_is_claimed_with_its_reference_and_has_its_own_page(db, ready, sign_in):
    w, client = ready, sign_in(ready.administrator)
    data = {"entries": ticked(db, w, person=w.leader), "person": w.leader, "change_id": new_id()}
    data.update(reference="<MC-1>", claimed_on=days(-1))
    answers = [client.post("/hub/claims/new", data=data) for _ in range(2)]
    assert [a.status_code for a in answers] == [303, 303] and answers[0].location == answers[1].location
    page = text(client.get(answers[0].location))
    assert "£303.10 in all:</strong> 1.5 days, £300.00, and travel £3.10." in page and "&lt;MC-1&gt;" in page
    assert "£200.00" in page and page.index("£3.10</td>") > page.index("£200.00")
    assert "1 entry is not claimed yet." in text(client.get("/hub/claims"))
    assert [queries.entry(db, one)["reference"] for one in (w.first, w.second, w.third)] == ["<MC-1>", "<MC-1>", None]


def test_a_form_with_something_wrong_keeps_its_ticks_and_words(db, ready, sign_in):
    seen = ticked(db, ready)
    data = {"entries": seen[:1], "reference": "", "claimed_on": days(1)}
    answer = sign_in(ready.administrator).post("/hub/claims/new", data=data)
    page = text(answer)
    assert answer.status_code == 422 and "Enter the reference of the claim." in page
    assert f'value="{seen[0]}" checked' in page and f'value="{seen[1]}" >' in page
    none = sign_in(ready.administrator).post("/hub/claims/new", data={"reference": "A", "claimed_on": days(0)})
    assert none.status_code == 422 and "Tick at least one entry." in text(none)
    ahead = door.submit(db, "days.claim", {**data, "reference": "B"}, new_id(), ready.administrator)
    assert ahead.errors == {"claimed_on": ["This day has not come yet."]}


def test_nothing_is_claimed_twice(db, ready):
    w = ready
    fields = claim_fields(db, w)
    do(db, "days.claim", w.administrator, **fields)
    again = door.submit(db, "days.claim", {**fields, "reference": "TH-2"}, new_id(), w.hub_lead)
    assert again.standing == "refused" and "claimed since you looked" in str(again.errors)
    assert len(standing(db)) == 3 and store.value(db, "select count(*) from day_claim") == 1


def test_two_who_claim_the_same_at_the_same_moment_make_one_claim(db, ready, settings):
    fields = claim_fields(db, ready)

    def claim(n):
        own = store.connect(settings.database)
        try:
            said = {**fields, "reference": f"TH-{n}"}
            return door.submit(own, "days.claim", said, new_id(), ready.administrator).standing
        finally:
            own.conn.close()

    with ThreadPoolExecutor(4) as many:
        assert sorted(many.map(claim, range(4))) == ["entered", "refused", "refused", "refused"]
    assert all(one["times"] == 1 for one in standing(db))


def test_what_was_seen_is_claimed_or_nothing(db, ready):
    w = ready
    fields = claim_fields(db, w)
    do(db, "days.edit", w.leader, day_entry=w.first, seen="1", **fields_of(db, days="1"))
    refused = door.submit(db, "days.claim", fields, new_id(), w.administrator)
    assert "changed or was claimed since you looked" in str(refused.errors)
    fields = claim_fields(db, w)
    allowance = store.value(db, "select id from allowance")
    said = {"allowance": allowance, "stage": "Leading", "days": "12", "rate": "210", "seen": "1"}
    do(db, "days.edit_allowance", w.administrator, **said)
    assert door.submit(db, "days.claim", fields, new_id(), w.administrator).standing == "refused"
    do(db, "days.withdraw", w.leader, day_entry=w.second)
    a_claim(db, w)
    assert {one["day_entry"] for one in standing(db)} == {w.first, w.third}


def test_a_claim_keeps_what_was_claimed_when_rate_and_word_change(db, ready):
    w = ready
    claim = a_claim(db, w)
    allowance = store.value(db, "select id from allowance")
    do(db, "days.edit_allowance", w.administrator, allowance=allowance, stage="Other", days="1", rate="999", seen="1")
    do(db, "days.withdraw_allowance", w.administrator, allowance=allowance)
    assert claim_queries.claim(db, w.hub_lead, claim)["pence"] == 30_310
    entry = queries.entry(db, w.first)
    assert (entry["stage"], entry["rate_pence"], entry["amount_pence"]) == ("Leading", 20_000, 10_000)
    correction = do(db, "days.correct", w.leader, day_entry=w.first, days="0", words="Not at all").about
    assert queries.entry(db, correction)["amount_pence"] == -10_000, "what was paid is taken back, not more"


def test_a_claim_is_undone_whole_with_who_and_why(db, ready, sign_in):
    w = ready
    claim, client = a_claim(db, w), sign_in(ready.administrator)
    nothing = client.post(f"/claims/{claim}/undo", data={"why": " "})
    assert nothing.status_code == 422 and "Say in a few words why." in text(nothing)
    assert client.post(f"/claims/{claim}/undo", data={"why": "Wrong reference"}).status_code == 303
    page = text(client.get(f"/claims/{claim}"))
    assert "This claim was undone" in page and "Wrong reference" in page and "Undo the whole claim" not in page
    assert client.post(f"/claims/{claim}/undo", data={"why": "Again"}).status_code == 422
    assert standing(db) == [] and len(ticked(db, w)) == 3
    assert "Wrong reference" in text(sign_in(w.leader).get(f"/day-entries/{w.first}"))
    do(db, "days.edit", w.leader, day_entry=w.first, seen="1", **fields_of(db, days="0.25"))
    assert a_claim(db, w, reference="TH-2") and len(standing(db)) == 3
    assert store.value(db, "select quarters from claimed_day where claim = ? and day_entry = ?", (claim, w.first)) == 2


def test_one_entry_is_taken_out_of_its_claim_and_the_others_stay(db, ready, sign_in):
    w = ready
    claim, client = a_claim(db, w), sign_in(ready.administrator)
    taking = f"/claims/{claim}/entries/{w.first}/undo"
    assert client.post(taking, data={"why": ""}).status_code == 422
    assert client.post(taking, data={"why": "Other project"}).status_code == 303
    assert client.post(taking, data={"why": "Again"}).status_code == 422
    assert claim_queries.claim(db, w.hub_lead, claim)["pence"] == 20_000
    assert "Other project" in text(client.get(f"/claims/{claim}"))
    assert queries.entry(db, w.first)["claim"] is None and queries.entry(db, w.second)["claim"] == claim


def test_a_session_or_visit_that_has_changed_is_said_before_it_is_claimed(db, world_of, sign_in):
    moved(db, world_of)
    page = text(sign_in(world_of.administrator).get("/hub/claims/new"))
    assert "the visit behind it has changed since it was entered" in page


def test_somebody_erased_stays_in_the_claim_without_a_name(db, ready, sign_in):
    claim, client = a_claim(db, ready), sign_in(ready.hub_lead)
    left = an_entry(db, ready)
    assert client.post(f"/day-entries/{left}/withdraw").status_code == 404, "it is theirs to take away"
    with store.writing(db):
        db.conn.execute("update person set name = 'Somebody who has left', erased_at = '2026-01-01T00:00:00.000Z'"
                        " where id = ?", (ready.leader,))  # fmt: skip
    assert "Somebody who has left" in text(client.get(f"/claims/{claim}"))
    assert "Take it away" in text(client.get(f"/day-entries/{left}"))
    for deed, waiting in (("withdraw", []), ("restore", [left])):
        assert client.post(f"/day-entries/{left}/{deed}", data={"change_id": new_id()}).status_code == 303
        assert [one["id"] for one in queries.to_claim(db, ready.hub_lead)] == waiting


@pytest.mark.parametrize("who", ["leader", "participant", "outsider"])
def test_claims_are_for_whoever_runs_the_hub(db, ready, sign_in, who):
    claim, client = a_claim(db, ready), sign_in(getattr(ready, who))
    for path in (*PAGES, f"/claims/{claim}"):
        assert client.get(path).status_code == 404, path
    for path in (f"/claims/{claim}/undo", f"/claims/{claim}/entries/{ready.first}/undo", "/hub/claims/new"):
        assert client.post(path, data={"why": "Mine"}).status_code == 404, path
    assert sign_in(None).get("/hub/claims").status_code == 303
    assert sign_in(ready.hub_lead).get(f"/claims/{new_id()}").status_code == 404
    assert sign_in(ready.hub_lead).get("/claims/x").status_code == 404


def test_a_claim_of_one_person_or_time_holds_nobody_else_s_and_no_other_day(db, ready, sign_in):
    w = ready
    for narrow in ({"person": w.far_leader}, {"from_on": days(-15)}, {"to_on": days(-15)}):
        outcome = door.submit(db, "days.claim", claim_fields(db, w, **narrow), new_id(), w.administrator)
        assert "Some of this has changed" in str(outcome.errors["entries"]), narrow
    early = claim_fields(db, w, claimed_on=days(-19), reference="TH-0")
    answer = sign_in(w.administrator).post("/hub/claims/new", data={**early, "change_id": new_id()})
    assert answer.status_code == 422 and "and comes after the claim." in text(answer) and 'value="TH-0"' in text(answer)
    assert standing(db) == []
    of_one = {"entries": ticked(db, w, person=w.far_leader), "person": w.far_leader}
    do(db, "days.claim", w.administrator, **claim_fields(db, w, **of_one))
    assert [one["day_entry"] for one in standing(db)] == [w.third]
