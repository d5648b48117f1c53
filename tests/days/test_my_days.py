"""My days: entries by hand, what they come to against the allowance, and who sees them."""

import pytest

from tests.days.examples import a_claim, a_claimed_entry, activity, an_allowance, an_entry, fields_of, taken
from tests.world import days, do
from workgroup import clock, door, holding, personal, store
from workgroup.days import queries, reckoning
from workgroup.people.post import new_id


def address(day=-10):
    """Return the address of the year that a day so many days from today lies in."""
    return "/days/" + clock.academic_year(days(day)).replace("/", "-")


def text(answer):
    """Return a page's text."""
    return answer.get_data(as_text=True)


def row_of(db, w, person=None):
    """Return how somebody's days stand against their first allowance."""
    person, year = person or w.leader, clock.academic_year(days(-10))
    return reckoning.totals(queries.allowances_of(db, person, year), queries.entries_of(db, person, person, year))[0]


def test_a_year_without_anything_says_what_to_do_first(world_of, sign_in):
    page = text(sign_in(world_of.leader).get(address()))
    assert "No allowance is noted" in page and "the rest is entered by hand" in page


def test_days_without_a_year_lead_to_this_year(world_of, sign_in):
    answer = sign_in(world_of.leader).get("/days")
    assert answer.status_code == 303 and answer.location == address(0)
    assert sign_in(world_of.leader).get("/days/2026-29").status_code == 404


def test_an_entry_by_hand_stands_against_the_allowance(db, world_of, sign_in):
    w = world_of
    an_allowance(db, w)
    client = sign_in(w.leader)
    fields = fields_of(db, days="0.75", work_group=w.group, school=w.school, travel="£12.40", words="=Cards <b>")
    answer = client.post(f"{address()}/new", data=fields)
    assert answer.status_code == 303 and answer.location.startswith(address())
    page = " ".join(text(client.get(address())).split())
    assert "0.75 days of 12 days used: 0 days claimed, 0.75 days not claimed yet. 11.25 days left." in page
    assert "£150.00 at £200.00 a day" in page and "Travel: £12.40." in page and "=Cards &lt;b&gt;" in page
    assert "<rect" in page and "Planning, Staithe Lane Primary School" in page


def test_what_was_typed_is_kept_when_something_is_wrong(db, world_of, sign_in):
    fields = fields_of(db, days="0.3", travel="lots", words="Typed long", on_day="soon")
    answer = sign_in(world_of.leader).post(f"{address()}/new", data=fields)
    page = text(answer)
    assert answer.status_code == 422 and "Count days in quarters" in page and "Enter an amount in pounds" in page
    assert all(said in page for said in ('value="0.3"', 'value="lots"', "Typed long", 'value="soon"'))
    assert 'selected value="' + fields["activity"] in page


def test_days_over_the_allowance_and_days_without_one_are_said_in_words(db, world_of, sign_in):
    w = world_of
    an_entry(db, w, days="1")
    page = text(sign_in(w.leader).get(address()))
    assert "No allowance" in page and "1 day used" in page and "no rate is known" in page and "£" not in page
    an_allowance(db, w, days="0.25", rate="")
    page = " ".join(text(sign_in(w.leader).get(address())).split())
    assert "0.75 days more than the allowance." in page and "£" not in page


def test_money_adds_up_to_the_penny(db, world_of):
    w = world_of
    an_allowance(db, w, rate="201.02")
    for n in range(10):
        an_entry(db, w, days="0.25", travel="0.10", on_day=days(-10 - n % 2))
    entries = queries.entries_of_all(db, w.hub_lead, clock.academic_year(days(-10)))
    assert sum(e["amount_pence"] for e in entries) == 10 * 5026 and sum(e["travel_pence"] for e in entries) == 100


def test_two_stages_in_a_year_are_counted_apart(db, world_of, sign_in):
    w = world_of
    an_allowance(db, w)
    other = an_allowance(db, w, stage="PD Lead", days="3", rate="150")
    an_entry(db, w)
    an_entry(db, w, days="1", allowance=other)
    rows = reckoning.totals(
        queries.allowances_of(db, w.leader, clock.academic_year(days(-10))),
        queries.entries_of(db, w.leader, w.leader, clock.academic_year(days(-10))),
    )
    assert [(r["allowance"]["stage"], r["used"], r["pence"]) for r in rows] == [("Leading", 2, 10_000),
                                                                               ("PD Lead", 4, 15_000)]  # fmt: skip
    do(db, "days.withdraw_allowance", w.administrator, allowance=other)
    assert row_of(db, w)["used"] == 6, "what counted against it counts against the other of that year"
    assert "Counts against" not in text(sign_in(w.leader).get(f"{address()}/new"))


def test_an_entry_is_changed_taken_away_and_brought_back_with_its_history(db, world_of, sign_in):
    w = world_of
    an_allowance(db, w)
    entry, client = an_entry(db, w), sign_in(w.leader)
    fields = fields_of(db, days="1", seen="1")
    assert client.post(f"/day-entries/{entry}/edit", data=fields).status_code == 303
    stale = client.post(f"/day-entries/{entry}/edit", data={**fields, "words": "Mine"})
    assert stale.status_code == 409 and "Mine" in text(stale) and "Somebody else changed this" in text(stale)
    assert row_of(db, w)["used"] == 4
    assert client.post(f"/day-entries/{entry}/withdraw").status_code == 303
    assert client.post(f"/day-entries/{entry}/withdraw").status_code == 422
    assert row_of(db, w)["used"] == 0 and "1 entry taken away" in text(client.get(address()))
    assert client.post(f"/day-entries/{entry}/edit", data={**fields, "seen": "3"}).status_code == 422
    assert client.post(f"/day-entries/{entry}/restore").status_code == 303
    assert row_of(db, w)["used"] == 4
    assert [h["quarters"] for h in queries.history(db, entry)] == [2, 4, 4, 4]


def test_only_groups_one_led_can_be_named(db, world_of):
    w = world_of
    refused = door.submit(db, "days.enter", fields_of(db, work_group=w.far_group), new_id(), w.leader)
    assert refused.errors == {"work_group": ["Choose a Work Group that you lead or led."]}
    other = an_allowance(db, w, who="co_leader")
    refused = door.submit(db, "days.enter", fields_of(db, allowance=other), new_id(), w.leader)
    assert "allowance" in refused.errors


@pytest.mark.parametrize("who", ["participant", "outsider", "administrator", "hub_lead"])
def test_who_leads_nothing_and_has_no_allowance_keeps_no_days(db, world_of, sign_in, who):
    client = sign_in(getattr(world_of, who))
    for path in (address(), f"{address()}/new", "/days"):
        assert client.get(path).status_code == 404, path
    assert client.post(f"{address()}/new", data=fields_of(db)).status_code == 404


def test_others_see_nothing_of_a_leader_s_days_and_the_hub_reads_them(db, world_of, sign_in):
    w = world_of
    entry = an_entry(db, w, words="Marker words")
    for who in ("co_leader", "far_leader", "participant"):
        client = sign_in(getattr(w, who))
        assert client.get(f"/day-entries/{entry}").status_code == 404
        assert client.get(f"/people/{w.leader}{address()}").status_code == 404
        assert client.post(f"/day-entries/{entry}/withdraw").status_code == 404
        assert client.post(f"/day-entries/{entry}/edit", data=fields_of(db, seen="1")).status_code == 404
    assert "Marker words" not in text(sign_in(w.co_leader).get(address()))
    for who in ("hub_lead", "administrator"):
        client = sign_in(getattr(w, who))
        page = text(client.get(f"/day-entries/{entry}"))
        assert "Marker words" in page and "Change it" not in page and "Take it away" not in page
        assert "Marker words" in text(client.get(f"/people/{w.leader}{address()}"))
        assert client.post(f"/day-entries/{entry}/withdraw").status_code == 404


def test_somebody_in_training_keeps_days_once_they_have_an_allowance(db, world_of, sign_in):
    w = world_of
    an_allowance(db, w, who="participant", stage="Training year")
    client = sign_in(w.participant)
    residential = fields_of(db, activity=activity(db, "residential"), days="2")
    assert client.post(f"{address()}/new", data=residential).status_code == 303
    assert "2 days of 12 days used" in " ".join(text(client.get(address())).split())


def test_who_has_left_still_has_their_days(db, world_of, sign_in):
    w = world_of
    do(db, "groups.end_membership", w.hub_lead, membership=w.leader_membership, to_on=days(-1))
    assert sign_in(w.leader).get(address()).status_code == 200
    assert an_entry(db, w, work_group=w.group)


def test_a_claimed_entry_is_fixed_and_corrected_by_a_new_one(db, world_of, sign_in):
    w = world_of
    entry, client = a_claimed_entry(db, w, travel="3.10"), sign_in(w.leader)
    for deed, data in (("edit", fields_of(db, seen="1")), ("withdraw", {})):
        answer = client.post(f"/day-entries/{entry}/{deed}", data=data)
        assert answer.status_code == 422 and "claimed with TH-1 and is fixed" in text(answer)
    data = {"days": "0.25", "travel": "3.10", "words": "It was shorter", "change_id": new_id()}
    for _ in range(2):
        assert client.post(f"/day-entries/{entry}/correct", data=data).status_code == 303
    (correction,) = queries.corrections(db, entry)
    assert (correction["quarters"], correction["travel_pence"], correction["amount_pence"]) == (-1, 0, -5000)
    assert row_of(db, w)["used"] == 1 and row_of(db, w)["pence"] == 5000
    page = text(client.get(address()))
    assert "Planning, a correction" in page and "−0.25 days, −£50.00" in page
    again = client.post(f"/day-entries/{entry}/correct", data={**data, "change_id": new_id()})
    assert again.status_code == 422 and "That is what it says already." in text(again)
    do(db, "days.correct", w.leader, day_entry=entry, days="0", words="Not at all")
    assert row_of(db, w)["used"] == 0 and row_of(db, w)["travel"] == 0


def test_a_correction_is_taken_away_but_neither_edited_nor_corrected(db, world_of):
    w = world_of
    entry = a_claimed_entry(db, w)
    correction = do(db, "days.correct", w.leader, day_entry=entry, days="1", words="Longer").about
    submit = lambda kind, **f: door.submit(db, kind, f, new_id(), w.leader).standing  # noqa: E731
    assert submit("days.edit", day_entry=correction, seen="1", **fields_of(db)) == "refused"
    a_claim(db, w, reference="TH-2")
    assert submit("days.correct", day_entry=correction, days="0", words="No") == "refused"
    do(db, "days.unclaim", w.administrator, claim=queries.entry(db, correction)["claim"], day_entry=correction, why="x")
    do(db, "days.withdraw", w.leader, day_entry=correction)
    assert submit("days.restore", day_entry=correction) == "refused"
    assert row_of(db, w)["used"] == 2


def test_what_was_corrected_is_not_changed_underneath_its_correction(db, world_of):
    w = world_of
    entry = a_claimed_entry(db, w)
    do(db, "days.correct", w.leader, day_entry=entry, days="1", words="Longer")
    do(db, "days.unclaim", w.administrator, claim=queries.entry(db, entry)["claim"], day_entry=entry, why="Wrong")
    for kind, more in (("days.edit", {"seen": "1", **fields_of(db)}), ("days.withdraw", {})):
        outcome = door.submit(db, kind, {"day_entry": entry, **more}, new_id(), w.leader)
        assert "A correction of this stands" in str(outcome.errors), kind


def test_an_entry_keeps_its_word_when_the_activity_is_renamed_or_out_of_use(db, world_of, sign_in):
    w = world_of
    entry = an_entry(db, w)
    said = {"activity": activity(db), "name": "preparing"}
    do(db, "days.edit_activity", w.administrator, **said, ended="1")
    client = sign_in(w.leader)
    page = text(client.get(f"/day-entries/{entry}"))
    assert "Planning on" in page and ">planning</option>" in page and ">preparing</option>" not in page
    assert client.post(f"/day-entries/{entry}/edit", data={
        **fields_of(db, activity=said["activity"], days="1"), "seen": "1"}).status_code == 303  # fmt: skip
    assert queries.entry(db, entry)["word"] == "planning"
    assert ">preparing</option>" not in text(client.get(f"{address()}/new"))
    refused = door.submit(db, "days.enter", fields_of(db, activity=said["activity"]), new_id(), w.leader)
    assert "activity" in refused.errors


def test_what_a_visit_is_suggested_as_follows_the_renamed_word(db, world_of):
    w = world_of
    visit = activity(db, "visit")
    do(db, "days.edit_activity", w.administrator, activity=visit, name="support visit", ended="0")
    assert queries.entry(db, taken(db, w))["word"] == "support visit"
    ended = {"activity": visit, "name": "x", "ended": "1"}
    refused = door.submit(db, "days.edit_activity", ended, new_id(), w.hub_lead)
    assert "suggested under this word" in str(refused.errors)


def test_erasing_somebody_takes_their_notes_and_leaves_the_counts(db, world_of):
    w = world_of
    entry = a_claimed_entry(db, w, words="Candid note")

    told = holding.export(db, w.leader)
    assert told["day_entry"][0]["words"] == "Candid note" and told["claimed_day"][0]["reference"] == "TH-1"
    with store.writing(db):
        personal.erase(db, w.leader, clock.now())
    assert queries.entry(db, entry)["words"] is None and queries.history(db, entry)[0]["words"] is None
    assert row_of(db, w, w.leader)["claimed"] == 2
