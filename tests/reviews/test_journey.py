"""Where a school is: who sees it, what it rests on, and the wording it keeps."""

import pytest

from tests.reflections.examples import a_reflection
from tests.reviews.examples import a_review, fields
from tests.tasks.examples import a_return, some_work
from tests.visits.examples import a_note, a_visit
from tests.world import days, do
from workgroup import door, store
from workgroup.people import post
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
