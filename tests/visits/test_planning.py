"""Visits against what the group plans; a visit moved, cancelled with its reason, planned again, made and not made."""

import pytest
from bs4 import BeautifulSoup

from tests.visits.examples import a_visit
from tests.world import days, do
from workgroup import clock, door, store
from workgroup.people import post
from workgroup.visits import entitled, queries


def _has(**over):
    return {"visits": 3, "days": None, "made": 0, "used": 0, "planned": [], **over}


@pytest.mark.parametrize(
    ("has", "words"),
    [
        (_has(), "0 of 3 visits made."),
        (_has(made=1, planned=["2999-03-09"]), "1 of 3 visits made; 1 planned, for Sat 9 Mar."),
        (_has(made=4), "4 visits made, 3 were meant."),
        (_has(visits=None, made=1), "1 visit made."),
        (_has(visits=None, days=3), "0 of 3 days used."),
        (_has(visits=None, days=1, made=2, used=1, planned=["2999-03-09"]),
         "1 of 1 day used, in 2 visits; 1 planned, for Sat 9 Mar."),
        (_has(visits=0), "No visits are meant."),
        (_has(visits=0, made=1), "1 visit made, none were meant."),
        (_has(visits=1, days=1.5, made=1, used=0.75), "1 of 1 visit made. 0.75 of 1.5 days used."),
        (_has(planned=["2001-01-01"]), "0 of 3 visits made; 1 planned for a day that is past."),
        (_has(planned=["2999-03-09", "2999-03-10"]), "0 of 3 visits made; 2 planned, the next for Sat 9 Mar."),
    ],
)
def test_visits_are_said_in_words_against_what_was_meant(has, words):
    assert entitled.say(has) == words


def test_the_groups_and_the_schools_page_say_what_is_planned_and_made(db, world_of, sign_in):
    w = world_of
    a_visit(db, w, made=True)
    a_visit(db, w, on_day=days(3))
    a_visit(db, w, on_day=days(4), school_in_group=w.in_group2)
    said = f"1 of 3 visits made; 1 planned, for {clock.say_day(days(3))}."
    of_school = " of Staithe Lane Primary School"  # read aloud: each number is a link of its own
    told = lambda who, at: BeautifulSoup(sign_in(who).get(at).data, "html.parser").get_text().replace(of_school, "")  # noqa: E731
    for who in (w.leader, w.participant):
        assert said in told(who, f"/groups/{w.group}")
        assert said in told(who, f"/schools/{w.school}")
    assert said not in told(w.neighbour, f"/groups/{w.group}")


def test_a_visit_is_moved_and_its_history_says_from_where(db, world_of, sign_in):
    w, client = world_of, sign_in(world_of.leader)
    visit = a_visit(db, w, on_day=days(3), starts="09:00", ends="11:00")
    fields = {"on_day": days(4), "starts": "13:00", "ends": "15:00", "days": "0.5", "purpose": "Books", "seen": "1"}
    assert client.post(f"/visits/{visit}/edit", data=fields).status_code == 303
    assert (found := queries.visit(db, visit))["on_day"] == days(4) and found["purpose"] == "Books"
    stale = client.post(f"/visits/{visit}/edit", data={**fields, "purpose": "Typed meanwhile"})
    assert stale.status_code == 409 and "Typed meanwhile" in stale.get_data(as_text=True)
    wrong = client.post(f"/visits/{visit}/edit", data={**fields, "seen": "2", "ends": "12:00"})
    assert wrong.status_code == 422 and "It ends before it starts." in wrong.get_data(as_text=True)
    assert [h["on_day"] for h in queries.history(db, w.leader, visit)] == [days(3), days(4)]
    assert queries.history(db, w.participant, visit) == []


def test_a_visit_before_the_group_began_is_refused_in_words_and_nothing_typed_is_lost(db, world_of, sign_in):
    w, client = world_of, sign_in(world_of.leader)
    began = min(days(-200), clock.first_day_of(clock.academic_year(clock.today())))
    before = clock.day_of(clock.after(-86_400, f"{began}T12:00:00.000Z"))
    fields = {"on_day": before, "starts": "13:00", "ends": "15:00", "days": "0.5", "purpose": "Books & sentences"}
    answer = client.post(f"/schools-in-group/{w.in_group}/visits/new", data=fields)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422 and "The Work Group began on" in page and "Books &amp; sentences" in page
    visit = a_visit(db, w, on_day=began)
    moved = client.post(f"/visits/{visit}/edit", data={**fields, "seen": "1"})
    assert moved.status_code == 422 and "The Work Group began on" in moved.get_data(as_text=True)
    assert [v["on_day"] for v in queries.visits_of_group(db, w.group)] == [began]
    said = {"state": "withdrawn", "since_on": days(-1), "reason": "Staffing"}
    do(db, "groups.set_engagement", w.leader, school_in_group=w.in_group, **said)
    late = client.post(f"/schools-in-group/{w.in_group}/visits/new", data={**fields, "on_day": days(3)})
    assert late.status_code == 422 and "has withdrawn" in late.get_data(as_text=True)
    assert "Plan a visit" not in client.get(f"/schools/{w.school}").get_data(as_text=True)


def test_a_cancelled_visit_says_why_and_can_be_planned_again(db, world_of, sign_in):
    w, client = world_of, sign_in(world_of.leader)
    visit = a_visit(db, w, on_day=days(3))
    client.post(f"/visits/{visit}/cancel", data={"why": "Snow <b>on the hill"})
    page = client.get(f"/visits/{visit}").get_data(as_text=True)
    assert "Snow &lt;b&gt;on the hill" in page and "Plan it again" in page
    assert client.post(f"/visits/{visit}/edit", data={"on_day": days(5), "seen": "2"}).status_code == 422
    client.post(f"/visits/{visit}/plan-again")
    assert queries.visit(db, visit)["state"] == "planned"
    assert [h["state"] for h in queries.history(db, w.leader, visit)] == ["planned", "cancelled", "planned"]


def test_a_visit_is_made_only_once_its_day_has_come_and_may_turn_out_not_made(db, world_of, sign_in):
    w, client = world_of, sign_in(world_of.leader)
    ahead = a_visit(db, w, on_day=days(1))
    refused = client.post(f"/visits/{ahead}/made", data={"seen": "1"})
    assert refused.status_code == 422 and "has not come yet" in refused.get_data(as_text=True)
    made = a_visit(db, w, made=True)
    assert client.post(f"/visits/{made}/not-made").status_code == 303
    assert queries.visit(db, made)["state"] == "planned"


def test_several_visits_of_a_day_stand_on_today_in_order_of_time(db, world_of, sign_in):
    w, today = world_of, clock.today()
    a_visit(db, w, on_day=today, starts="13:00", ends="14:00")
    a_visit(db, w, on_day=today, starts="09:00", ends="11:00", school_in_group=w.in_group2)
    a_visit(db, w, on_day=today, starts="15:00")
    cancelled = a_visit(db, w, on_day=today, starts="16:30")
    do(db, "visits.cancel", w.leader, visit=cancelled)
    page = sign_in(w.leader).get("/").get_data(as_text=True)
    places = [page.index(words) for words in ("Visits today", "09:00 to 11:00", "13:00 to 14:00", "15:00")]
    assert places == sorted(places) and "16:30" not in page
    for other in (w.participant, w.outsider, w.far_leader, w.hub_lead):
        assert "Visits today" not in sign_in(other).get("/").get_data(as_text=True)


def test_several_visits_are_planned_on_one_day_and_each_names_the_others(db, world_of, sign_in):
    w, client, day = world_of, sign_in(world_of.leader), days(6)
    for school, starts, ends in ((w.in_group, "09:00", "11:00"), (w.in_group2, "13:00", "15:00")):
        said = {"on_day": day, "starts": starts, "ends": ends, "days": "0.5", "purpose": "", "change_id": post.new_id()}
        at = f"/schools-in-group/{school}/visits/new"
        first, again = (client.post(at, data=said) for _ in range(2))
        assert first.status_code == 303 and first.headers["Location"] == again.headers["Location"], "tapped twice: one"
    found = [(v["on_day"], v["starts"]) for v in queries.visits_of_group(db, w.group)]
    assert found == [(day, "09:00"), (day, "13:00")]
    page = client.get(first.headers["Location"]).get_data(as_text=True)
    assert "That day too:" in page and "Staithe Lane Primary School, 09:00" in page and "at the same time" not in page
    a_visit(db, w, on_day=day, starts="14:00")
    page = client.get(first.headers["Location"]).get_data(as_text=True)
    assert "14:00</a>, <b>at the same time</b>" in page and "09:00</a>, <b>" not in page
    ahead = client.get(f"/schools-in-group/{w.in_group}/visits/new").get_data(as_text=True)
    assert "Visits already planned" in ahead and "13:00 to 15:00" in ahead and "0 of 3 visits made; 2 planned" in ahead


def test_whom_one_met_stands_with_the_visit_for_its_leaders_and_is_changed_knowingly(db, world_of, sign_in):
    w, client = world_of, sign_in(world_of.leader)
    visit = a_visit(db, w, on_day=days(-2), purpose="Year 4 books")
    said = {"people_met": "Both teachers <b>", "head_met": "y", "days": "0.75", "seen": "1"}
    assert client.post(f"/visits/{visit}/made", data=said).status_code == 303
    page = sign_in(w.co_leader).get(f"/visits/{visit}").get_data(as_text=True)
    assert "Met: Both teachers &lt;b&gt;, and the headteacher." in page and "0.75 days" in page
    changed = {"people_met": "Both teachers <b>", "days": "1", "seen": "2"}
    assert sign_in(w.co_leader).post(f"/visits/{visit}/made", data=changed).status_code == 303
    was = [(h["days"], h["head_met"]) for h in queries.history(db, w.leader, visit)]
    assert was == [(0.5, 0), (0.75, 1), (1, 0)] and queries.visit(db, visit)["by"] == w.leader
    assert client.post(f"/visits/{visit}/made", data={**said, "seen": "3"}).status_code == 303
    for who in (w.participant, w.hub_lead, w.administrator):
        assert "Both teachers" not in sign_in(who).get(f"/schools/{w.school}").get_data(as_text=True)
        assert sign_in(who).get(f"/visits/{visit}").status_code == 404
    stale = sign_in(w.co_leader).post(f"/visits/{visit}/made", data={**said, "people_met": "Only the head"})
    text = stale.get_data(as_text=True)
    assert stale.status_code == 409 and "Only the head" in text and "Both teachers &lt;b&gt;" in text
    for wrong in ({"days": "0.3"}, {"days": "lots"}):
        answer = client.post(f"/visits/{visit}/made", data={**said, "seen": "4", "people_met": "Typed", **wrong})
        assert answer.status_code == 422 and "Typed" in answer.get_data(as_text=True)
    do(db, "visits.note", w.leader, visit=visit, kind="talk", words="Longer")
    do(db, "reports.draft", w.leader, visit=visit, seen="")
    report = client.get(f"/visits/{visit}/report").get_data(as_text=True)
    assert "What the visit was for: Year 4 books" in report
    assert "We met: Both teachers &lt;b&gt; and the headteacher." in report


def test_a_visit_that_was_put_right_and_was_not_made_after_all_is_the_planners_again(db, world_of):
    w = world_of
    visit = a_visit(db, w, on_day=days(-2))
    do(db, "visits.make", w.co_leader, visit=visit, people_met="Both teachers", seen="1")
    do(db, "visits.make", w.co_leader, visit=visit, people_met="Both teachers and the head", head_met="y", seen="2")
    assert queries.visit(db, visit)["by"] == w.co_leader
    do(db, "visits.unmake", w.co_leader, visit=visit)
    found = queries.visit(db, visit)
    assert (found["state"], found["by"]) == ("planned", w.leader)


def test_a_leader_who_has_left_sees_no_visit_any_more(db, world_of, sign_in):
    w = world_of
    visit = a_visit(db, w, on_day=days(1))
    do(db, "groups.end_membership", w.hub_lead, membership=w.leader_membership, to_on=days(-1))
    client = sign_in(w.leader)
    for address in (f"/visits/{visit}", f"/visits/{visit}/capture", f"/visits/{visit}/report", f"/visits/{visit}/edit"):
        assert client.get(address).status_code == 404
    assert client.get("/day-pack/visits").json["pages"][1:-1] == []
    assert sign_in(w.co_leader).get(f"/visits/{visit}").status_code == 200


def test_the_days_pages_are_in_the_leaders_pack_and_in_nobody_elses(db, world_of, sign_in):
    w, client = world_of, sign_in(world_of.leader)
    visit = a_visit(db, w, on_day=days(1), starts="09:00")
    a_visit(db, w, on_day=days(9))
    told = client.get("/day-pack/visits").json
    assert [p["address"] for p in told["pages"]] == ["/", f"/visits/{visit}/capture", f"/visits/{visit}", "/standing"]
    for page in told["pages"]:
        answer = client.get(page["address"], headers={"Workgroup-Pack": "1"})
        assert (answer.status_code, answer.headers["Workgroup-Keep"]) == (200, page["address"])
    for other in (w.participant, w.far_leader, w.hub_lead):
        assert visit not in sign_in(other).get("/day-pack/visits").get_data(as_text=True)
        address = f"/visits/{visit}/capture"
        assert sign_in(other).get(address, headers={"Workgroup-Pack": "1"}).status_code == 404
    stamp = told["stamp"]
    do(db, "visits.edit", w.leader, visit=visit, on_day=days(1), starts="10:00", seen="1")
    assert client.get("/day-pack/visits").json["stamp"] != stamp


def test_a_cancelled_visit_said_twice_is_cancelled_once(db, world_of):
    w, id = world_of, post.new_id()
    visit = a_visit(db, w)
    for standing in ("entered", "already"):
        assert door.submit(db, "visits.cancel", {"visit": visit}, id, w.leader).standing == standing
    assert store.value(db, "select count(*) from visit_history where visit = ?", (visit,)) == 2
