"""What is suggested: sessions led and held, visits made; taken or declined once, and never changed silently."""

import pytest

from tests.days.examples import a_claimed_entry, a_suggestion, activity, an_entry, declined, fields_of, moved, taken
from tests.sessions.examples import a_session
from tests.visits.examples import a_visit
from tests.world import days, do
from workgroup import clock, door, store
from workgroup.days import queries, suggesting
from workgroup.days import suggestion_queries as suggested
from workgroup.people.post import new_id


def held(db, w, day=-10, starts="13:00", ends="16:00", **over):
    """Plan a session, let it have been on an earlier day, and close it; return its id."""
    session = a_session(db, w, 0, **over)
    with store.writing(db):
        store.alter(db, "session", session, starts_at=clock.at_london(days(day), starts),
                    ends_at=clock.at_london(days(day), ends), state="closed")  # fmt: skip
    return session


def waiting(db, person):
    """Return what is suggested to a person as (kind, day, quarters)."""
    return [(one["kind"], one["on_day"], one["quarters"]) for one in suggested.suggestions(db, person)]


def page_of(client, day, more=""):
    """Return the page of one's days of the year that a day so many days from today lies in."""
    return client.get(f"/days/{clock.academic_year(days(day)).replace('/', '-')}{more}").get_data(as_text=True)


@pytest.mark.parametrize(("minutes", "quarters"), [(15, 1), (90, 1), (134, 1), (135, 2), (180, 2), (270, 3), (360, 4),
                                                   (700, 4)])  # fmt: skip
def test_six_hours_are_suggested_as_a_day_in_quarters(minutes, quarters):
    assert suggesting.quarters_of(minutes) == quarters


def test_sessions_led_and_visits_made_are_suggested_and_nothing_else(db, world_of):
    w = world_of
    held(db, w)
    a_session(db, w, 20)
    a_visit(db, w, made=True, days="0.75")
    a_visit(db, w)
    assert waiting(db, w.leader) == [("session", days(-10), 2), ("visit", days(-5), 3)]
    assert waiting(db, w.co_leader) == [("session", days(-10), 2)], "who leads together has led it too"
    planned = a_visit(db, w, on_day=days(-4))
    do(db, "visits.make", w.co_leader, visit=planned, seen="1")
    assert waiting(db, w.co_leader)[-1] == ("visit", days(-4), 2), "whoever went, though another planned it"
    assert ("visit", days(-4), 2) not in waiting(db, w.leader)
    assert waiting(db, w.participant) == waiting(db, w.far_leader) == []


def test_a_session_nobody_closed_is_suggested_once_it_is_over_and_somebody_was_there(db, world_of):
    w = world_of
    session = held(db, w)
    with store.writing(db):
        store.alter(db, "session", session, state="planned")
    assert waiting(db, w.leader) == []
    do(db, "sessions.mark", w.leader, session=session, person=w.participant, status="present")
    assert waiting(db, w.leader) == [("session", days(-10), 2)]
    with store.writing(db):
        store.alter(db, "session", session, state="cancelled")
    assert waiting(db, w.leader) == []


def test_a_leader_whom_the_register_has_as_away_did_not_lead_it(db, world_of):
    w = world_of
    session = held(db, w)
    do(db, "sessions.mark", w.co_leader, session=session, person=w.leader, status="apologies", told_on=days(-11))
    assert waiting(db, w.leader) == [] and len(waiting(db, w.co_leader)) == 1


def test_who_led_the_group_on_another_day_only_led_nothing_of_it(db, world_of):
    w = world_of
    held(db, w)
    with store.writing(db):
        store.alter(db, "membership", w.leader_membership, to_on=days(-11))
    assert waiting(db, w.leader) == []
    with store.writing(db):
        store.alter(db, "membership", w.leader_membership, to_on=days(-10))
    assert len(waiting(db, w.leader)) == 1


def test_one_tap_takes_one_in_and_one_takes_all(db, world_of, sign_in):
    w = world_of
    first, second, third = (a_suggestion(db, w, on_day=days(-d)) for d in (3, 4, 5))
    client, id = sign_in(w.leader), new_id()
    for _ in range(2):  # a double tap
        assert client.post("/days/2026-27/take", data={"sources": first, "change_id": id}).status_code == 303
    assert len(waiting(db, w.leader)) == 2
    assert client.post("/days/2026-27/take", data={"sources": [first, second, third]}).status_code == 303
    assert waiting(db, w.leader) == [] and store.value(db, "select count(*) from day_entry") == 3
    again = client.post("/days/2026-27/take", data={"sources": [second, third]})
    assert again.status_code == 422 and "taken in or declined already" in again.get_data(as_text=True)
    entry = store.row(db, "select * from day_entry order by on_day")
    assert (entry["on_day"], entry["quarters"], entry["word"]) == (days(-5), 2, "visit")
    assert (entry["work_group"], entry["school"], entry["travel_pence"]) == (w.group, w.school, 0)


def test_a_suggestion_can_be_corrected_before_it_is_taken_in(db, world_of, sign_in):
    w = world_of
    source = a_suggestion(db, w)
    client = sign_in(w.leader)
    form = page_of(client, -5, f"/new?source={source}")
    assert f'value="{days(-5)}"' in form and 'value="0.5"' in form and source in form
    fields = fields_of(db, activity=activity(db, "visit"), on_day=days(-5), days="0.75", travel="3.10", source=source)
    assert client.post("/days/2026-27/new", data=fields).status_code == 303
    assert waiting(db, w.leader) == []
    entry = queries.entry(db, store.value(db, "select id from day_entry"))
    assert (entry["quarters"], entry["source_quarters"], entry["travel_pence"]) == (3, 2, 310)
    assert not suggested.changed_since(entry, suggested.sources(db, w.leader)), "one’s own correction is no change"
    twice = door.submit(db, "days.enter", fields, new_id(), w.leader)
    assert twice.standing == "refused" and store.value(db, "select count(*) from day_entry") == 1


def test_what_was_declined_stays_away_until_it_is_asked_for_again(db, world_of, sign_in):
    w = world_of
    gone = declined(db, w)
    assert waiting(db, w.leader) == []
    client = sign_in(w.leader)
    year = clock.academic_year(days(-5)).replace("/", "-")
    assert "Suggest it again" in client.get(f"/days/{year}").get_data(as_text=True)
    assert client.post(f"/days/{year}/declined/{gone}").status_code == 303
    assert len(waiting(db, w.leader)) == 1
    assert sign_in(w.co_leader).post(f"/days/{year}/declined/{gone}").status_code == 404


def test_what_was_taken_and_taken_away_does_not_come_back_as_a_suggestion(db, world_of):
    entry = taken(db, world_of)
    do(db, "days.withdraw", world_of.leader, day_entry=entry)
    assert waiting(db, world_of.leader) == []
    do(db, "days.restore", world_of.leader, day_entry=entry)
    assert queries.entry(db, entry)["withdrawn_at"] is None


def test_what_was_seen_is_taken_or_nothing(db, world_of):
    w = world_of
    source = a_suggestion(db, w)
    with store.writing(db):
        db.conn.execute("update visit set days = 1")
    for kind, fields in (("days.take", {"sources": [source]}), ("days.decline", {"source": source})):
        outcome = door.submit(db, kind, fields, new_id(), w.leader)
        assert "changed since you looked" in str(outcome.errors), kind
    assert store.value(db, "select count(*) from day_entry") == 0


def test_an_entry_by_hand_of_the_same_day_is_said_beside_the_suggestion(db, world_of, sign_in):
    w = world_of
    a_suggestion(db, w)
    an_entry(db, w, on_day=days(-5), activity=activity(db, "visit"), school=w.school)
    assert "Entered for this day already: Visit, Staithe Lane Primary School" in page_of(sign_in(w.leader), -5)


def test_a_visit_on_another_day_leaves_the_entry_and_offers_the_correction(db, world_of, sign_in):
    w = world_of
    entry = moved(db, w, by=-6, length=0.25)
    client = sign_in(w.leader)
    assert "Changed since you entered it" in page_of(client, -5)
    page = client.get(f"/day-entries/{entry}").get_data(as_text=True)
    assert "which would be 0.25 days" in page and "Nothing was changed here" in page
    assert queries.entry(db, entry)["on_day"] == days(-5)
    seen = suggested.changed_since(queries.entry(db, entry), suggested.sources(db, w.leader))["seen"]
    data = {"how": "follow", "seen": seen}
    assert client.post(f"/day-entries/{entry}/settle", data=data).status_code == 303
    now = queries.entry(db, entry)
    assert (now["on_day"], now["quarters"]) == (days(-6), 1) and len(queries.history(db, entry)) == 2
    assert "Changed since" not in page_of(client, -6)
    assert client.post(f"/day-entries/{entry}/settle", data=data).status_code == 422


def test_an_entry_can_be_kept_as_it_is_until_its_source_changes_again(db, world_of):
    w = world_of
    entry = moved(db, w)
    state = lambda: suggested.changed_since(queries.entry(db, entry), suggested.sources(db, w.leader))  # noqa: E731
    do(db, "days.settle", w.leader, day_entry=entry, how="keep", seen=state()["seen"])
    assert state() is None and queries.entry(db, entry)["on_day"] == days(-5)
    with store.writing(db):
        db.conn.execute("update visit set state = 'cancelled'")
    assert state()["now"] is None
    do(db, "days.settle", w.leader, day_entry=entry, how="follow", seen="gone")
    assert queries.entry(db, entry)["withdrawn_at"] and state() is None


def test_a_session_cancelled_after_it_was_claimed_is_said_and_not_changed(db, world_of, sign_in):
    w = world_of
    taken(db, w)
    claimed = a_claimed_entry(db, w)
    entry = store.value(db, "select id from day_entry where visit is not null")
    with store.writing(db):
        db.conn.execute("update visit set state = 'cancelled'")
    assert claimed and queries.entry(db, entry)["claim"]
    page = sign_in(w.leader).get(f"/day-entries/{entry}").get_data(as_text=True)
    assert "The visit has changed since" in page and "correct it below" in page and "Take my entry away" not in page
    refused = door.submit(db, "days.settle", {"day_entry": entry, "how": "follow", "seen": "gone"}, new_id(), w.leader)
    assert refused.standing == "refused" and queries.entry(db, entry)["withdrawn_at"] is None
    do(db, "days.correct", w.leader, day_entry=entry, days="0", words="It was cancelled")
    assert not suggested.changed_since(queries.entry(db, entry), suggested.sources(db, w.leader))


def test_today_says_what_is_suggested_to_a_leader(db, world_of, sign_in):
    a_suggestion(db, world_of)
    assert "day suggested for your days log" in sign_in(world_of.leader).get("/").get_data(as_text=True)
    assert "days log" not in sign_in(world_of.participant).get("/").get_data(as_text=True)
