"""Where a school is: who sees it, what it rests on, and the wording it keeps."""

import re

import pytest
from bs4 import BeautifulSoup

from tests.plans.examples import agree as agree_plan
from tests.plans.examples import an_aim
from tests.reflections.examples import a_reflection
from tests.reviews.examples import a_review, fields
from tests.tasks.examples import a_return, some_work
from tests.visits.examples import a_note, a_visit
from tests.world import days, do
from workgroup import clock, door, store
from workgroup.people import post
from workgroup.plans import queries as plans
from workgroup.reviews import queries

WHO = ("leader", "co_leader", "participant", "colleague", "neighbour", "outsider", "far_leader", "hub_lead",
       "administrator")  # fmt: skip
LEADERS = {"leader", "co_leader"}


@pytest.mark.parametrize(
    ("agreed", "seen"), [(False, LEADERS), (True, {*LEADERS, "participant", "colleague", "hub_lead"})]
)
def test_a_review_is_seen_by_exactly_those_it_is_for(db, world_of, sign_in, agreed, seen):
    w = world_of
    review = a_review(db, w, agreed=agreed, words="Marker sentence")
    by_page = {who for who in WHO if sign_in(getattr(w, who)).get(f"/reviews/{review}").status_code == 200}
    by_school = {
        who for who in WHO
        if "Marker sentence" in sign_in(getattr(w, who)).get(f"/schools/{w.school}").get_data(as_text=True)
    }  # fmt: skip
    assert (by_page, by_school) == (seen, seen)


def test_raw_notes_of_a_visit_are_the_leaders_alone(db, world_of, sign_in):
    w = world_of
    note = a_note(db, w)
    visit = store.value(db, "select visit from visit_note where id = ?", (note,))
    opens = {who for who in WHO if sign_in(getattr(w, who)).get(f"/visits/{visit}").status_code == 200}
    assert opens == LEADERS
    page = sign_in(w.participant).get(f"/schools/{w.school}").get_data(as_text=True)
    assert "planned" in page and "Are the sentences used" not in page


def test_what_was_gathered_is_offered_and_only_what_the_leader_may_see(db, world_of, sign_in):
    w = world_of
    a_return(db, w)
    some_work(db, w)
    a_visit(db, w, made=True)
    a_reflection(db, w, visibility="me", words="Secret to myself")
    a_reflection(db, w, visibility="specialist", words="Shared with my specialist")
    task = store.value(db, "select id from gap_task")
    do(db, "tasks.return", w.colleague, gap_task=task, went="did it", words="Here too")
    [back] = [g for g in queries.gathered(db, w.leader, w.in_group) if g["kind"] == "gap task"]
    assert back["words"].endswith(" / Here too") and back["on_day"] == days(0), "two told of it: one piece of evidence"
    found = {g["kind"] for g in queries.gathered(db, w.leader, w.in_group)}
    assert found == {"gap task", "in-school work", "visit", "reflection"}
    page = sign_in(w.leader).get(f"/schools-in-group/{w.in_group}/reviews/new").get_data(as_text=True)
    assert "Shared with my specialist" in page and "Secret to myself" not in page


def test_evidence_of_another_school_or_that_one_may_not_see_is_refused(db, world_of):
    w = world_of
    secret = a_reflection(db, w, visibility="me")
    other = do(db, "visits.plan", w.leader, school_in_group=w.in_group2, on_day=days(-3)).about
    do(db, "visits.make", w.leader, visit=other, seen="1")
    for key in (f"reflection:{secret}", f"visit:{other}"):
        outcome = door.submit(db, "reviews.review", fields(db, w, evidence=[key]), post.new_id(), w.leader)
        assert outcome.standing == "refused" and "from the list" in outcome.errors["evidence"][0]


def test_an_honest_no_evidence_yet_is_enough(db, world_of, sign_in):
    w = world_of
    review = a_review(db, w, evidence=[], no_evidence="y")
    assert "No evidence yet" in sign_in(w.leader).get(f"/reviews/{review}").get_data(as_text=True)


def test_old_reviews_keep_the_wording_they_were_made_with(db, world_of):
    w = world_of
    review = a_review(db, w, agreed=True)
    with store.writing(db):
        new = post.new_id()
        db.conn.execute("update framework set ended_at = '2026-01-01'")
        store.put(db, "framework", id=new, name="Where we are", version=2, made_at="2026-01-02")
        store.put(db, "aspect", id=post.new_id(), framework=new, position=1, name="Culture of talk")
        store.put(db, "step", id=post.new_id(), framework=new, position=1, name="seed")
    assert queries.framework(db)["version"] == 2
    kept = queries.review(db, w.participant, review)
    assert (kept["aspect_name"], kept["step_name"]) == ("Systems and culture", "Starting")


def test_what_is_wrong_keeps_everything_that_was_typed(db, world_of, sign_in):
    w = world_of
    sent = fields(db, w, words="Typed reasons", on_day=days(5))
    answer = sign_in(w.leader).post(f"/schools-in-group/{w.in_group}/reviews/new", data=sent)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422 and "This day has not come yet." in text and "Typed reasons" in text


def test_the_journey_is_one_page_with_its_history(db, world_of, sign_in):
    w = world_of
    a_review(db, w, step=2, on_day=days(-60), agreed=False)
    a_review(db, w, step=3, on_day=days(-2), agreed=True, next_step="Plan one unit together.")
    page = sign_in(w.participant).get(f"/schools/{w.school}").get_data(as_text=True)
    assert "Plan one unit together." in page and "Developing" in page and "Starting" not in page
    page = sign_in(w.leader).get(f"/schools/{w.school}").get_data(as_text=True)
    assert "Starting" in page and "Developing" in page and "not yet agreed" in page


def test_a_review_taken_away_is_its_authors_alone_until_it_is_brought_back(db, world_of, sign_in):
    w = world_of
    review = a_review(db, w, words="Marker sentence")
    author, other, school = sign_in(w.leader), sign_in(w.co_leader), f"/schools/{w.school}"
    assert author.post(f"/reviews/{review}/withdraw").location == f"/reviews/{review}"
    assert other.get(f"/reviews/{review}").status_code == 404
    assert "Taken away" not in other.get(school).get_data(as_text=True)
    assert f'Taken away; only you see it: <a href="/reviews/{review}">' in author.get(school).get_data(as_text=True)
    page = author.get(f"/reviews/{review}").get_data(as_text=True)
    assert "Bring it back" in page and "Agreed with the school" not in page
    assert [author.post(f"/reviews/{review}/restore").status_code for _ in range(2)] == [303, 422]
    assert other.get(f"/reviews/{review}").status_code == 200
    assert "Marker sentence" in other.get(school).get_data(as_text=True)


def test_a_note_of_a_visit_that_was_taken_away_is_no_evidence(db, world_of):
    w = world_of
    note = a_note(db, w)
    visit = store.value(db, "select visit from visit_note where id = ?", (note,))
    do(db, "visits.make", w.leader, visit=visit, seen="1")

    def offered():
        return note in {g["id"] for g in queries.gathered(db, w.leader, w.in_group)}

    assert offered()
    do(db, "visits.withdraw_note", w.leader, visit_note=note)
    assert not offered()
    do(db, "visits.restore_note", w.leader, visit_note=note)
    assert offered()


def test_reviewing_shows_the_last_time_and_what_was_gathered_since(db, world_of, sign_in):
    w = world_of
    aspect = fields(db, w)["aspect"]
    a_review(db, w, on_day=days(-3), agreed=False, words="Marker reasons", next_step="Marker step")
    client, address = sign_in(w.leader), f"/schools-in-group/{w.in_group}/reviews/new"
    assert "Marker reasons" not in (page := client.get(address).get_data(as_text=True)) and "not yet agreed" in page
    page = client.get(f"{address}?aspect={aspect}").get_data(as_text=True)
    for words in ("Marker reasons", "Marker step", "Starting", "Gathered since", "agree it with the school"):
        assert words in page, words
    some_work(db, w)
    newer = client.get(f"{address}?aspect={aspect}").get_data(as_text=True).split("From before")[0]
    assert "in-school work" in newer and "Nothing has been gathered" not in newer
    looked = client.post(address, data={"aspect": aspect, "words": "Typed so far", "look": "aspect"})
    page = looked.get_data(as_text=True)
    assert looked.status_code == 200 and "Typed so far" in page and "Marker reasons" in page
    assert store.value(db, "select count(*) from review") == 1


def test_when_there_is_more_evidence_than_is_shown_the_page_says_so(db, world_of, sign_in):
    w = world_of
    with store.writing(db):
        for n in range(70):
            store.put(db, "in_school_work", id=post.new_id(), school_in_group=w.in_group, by=w.participant, at="2026",
                      on_day=days(-n), kind="other", words=f"Work number {n}.")  # fmt: skip
    client, address = sign_in(w.leader), f"/schools-in-group/{w.in_group}/reviews/new"
    page = client.get(address).get_data(as_text=True)
    assert "30 older pieces more" in page and "Work number 39." in page and "Work number 69." not in page
    page = client.post(address, data={"look": "all", "words": "Typed"}).get_data(as_text=True)
    assert "Work number 69." in page and "Typed" in page and "older piece" not in page


def test_aims_in_force_are_evidence_by_the_rights_of_the_viewer(db, world_of, sign_in):
    w = world_of
    draft = an_aim(db, w, outcome="practice", words="Aim of a draft")
    sent, key = fields(db, w, aspect=3), f"aim:{draft}"
    outcome = door.submit(db, "reviews.review", {**sent, "evidence": [key]}, post.new_id(), w.leader)
    assert outcome.standing == "refused", "a draft is no evidence"
    agree_plan(db, w, plans.plan_of(db, {"aim": draft})["id"])
    address = f"/schools-in-group/{w.in_group}/reviews/new?aspect="
    page = sign_in(w.leader).get(address + sent["aspect"]).get_data(as_text=True)
    assert "Aim of a draft" in page and "Aims under other outcomes" not in page
    page = sign_in(w.leader).get(address + fields(db, w, aspect=1)["aspect"]).get_data(as_text=True)
    assert "Aim of a draft" in page.split("Aims under other outcomes")[1]
    review = a_review(db, w, aspect=3, evidence=[key], agreed=True)
    for who, reads in ((w.leader, True), (w.participant, True), (w.hub_lead, False)):
        page = sign_in(who).get(f"/reviews/{review}").get_data(as_text=True)
        assert "Aim of the action plan" in page and ("Aim of a draft" in page) == reads


def test_agreeing_is_one_tap_and_can_be_taken_back_the_same_day(db, world_of, sign_in):
    w = world_of
    a_review(db, w, agreed=True)
    review, client = a_review(db, w, aspect=1), sign_in(w.leader)
    assert 'value="Mrs Breck"' in client.get(f"/reviews/{review}").get_data(as_text=True)
    said = {"agreed_with": "Mrs Breck", "agreed_on": days(0), "change_id": post.new_id()}
    assert [client.post(f"/reviews/{review}/agree", data=said).status_code for _ in range(2)] == [303, 303]
    assert "not agreed after all" in client.get(f"/reviews/{review}").get_data(as_text=True)
    assert sign_in(w.participant).post(f"/reviews/{review}/not-agreed").status_code == 404
    assert [client.post(f"/reviews/{review}/not-agreed").status_code for _ in range(2)] == [303, 422]
    assert sign_in(w.participant).get(f"/reviews/{review}").status_code == 404
    do(db, "reviews.agree", w.leader, review=review, agreed_on=days(0), agreed_with="Mrs Breck")
    with store.writing(db):
        db.conn.execute("update ledger set at = '2026-01-01T10:00:00.000Z' where kind = 'reviews.agree'")
    answer = client.post(f"/reviews/{review}/not-agreed")
    assert answer.status_code == 422 and "stays" in answer.get_data(as_text=True)


def test_the_form_to_agree_is_filled_in_so_that_one_press_is_enough(db, world_of, sign_in):
    w, client = world_of, sign_in(world_of.leader)
    do(db, "schools.add_contact", w.leader, school=w.school, role="head", name="Mrs Hale", email="head@example.org")
    review = a_review(db, w, on_day=days(-9))
    form = BeautifulSoup(client.get(f"/reviews/{review}").data, "html.parser").select_one("form[action$=agree]")
    given = {field["name"]: field.get("value") for field in form.find_all("input")}
    assert (given["agreed_on"], given["agreed_with"]) == (days(0), "Mrs Hale")
    assert client.post(form["action"], data=given).status_code == 303
    assert f"Agreed with Mrs Hale on {clock.say_day(days(0), year=True)}." in client.get(
        f"/reviews/{review}").get_data(as_text=True)  # fmt: skip
    for wrong in ({"agreed_on": days(1)}, {"agreed_on": days(-20)}, {"agreed_with": ""}):
        other = a_review(db, w, aspect=1, on_day=days(-9))
        answer = client.post(f"/reviews/{other}/agree", data={"agreed_on": days(0), "agreed_with": "Mr <i>", **wrong})
        text = answer.get_data(as_text=True)
        assert answer.status_code == 422 and ("Mr &lt;i&gt;" in text or "agreed_with" in wrong)


def test_a_day_before_the_school_was_in_the_group_is_refused_with_the_day_it_joined(db, world_of):
    w = world_of
    outcome = door.submit(db, "reviews.review", fields(db, w, on_day=days(-201)), post.new_id(), w.leader)
    assert "since" in outcome.errors["on_day"][0]
    assert door.submit(db, "reviews.review", fields(db, w, on_day=days(-200)), post.new_id(), w.leader).stands


def test_what_an_aspect_reached_stays_in_its_row_when_newer_days_push_its_own_out(db, world_of, sign_in):
    w = world_of
    old = a_review(db, w, step=3, aspect=1, on_day=days(-40), agreed=True)
    for ago in (5, 4, 3):
        a_review(db, w, step=2, on_day=days(-ago), agreed=True)
    page = sign_in(w.leader).get(f"/schools/{w.school}").get_data(as_text=True)
    table, _, older = page.partition("Where we are, by aspect and day")[2].partition("</table>")
    assert f"/reviews/{old}" in table and f"/reviews/{old}" in older
    again = a_review(db, w, step=1, on_day=days(-3))
    page = sign_in(w.leader).get(f"/schools/{w.school}").get_data(as_text=True)
    table, _, older = page.partition("Where we are, by aspect and day")[2].partition("</table>")
    assert f"/reviews/{again}" in table and re.search(r'/reviews/[\w-]+">Systems and culture: starting', older)
    assert "2 earlier reviews" in older, "one noted twice on a day can still be opened"
