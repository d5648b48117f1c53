"""The pages of an open lesson: capture, quiet notes, the timeline with its filters, discussion and sharing."""

import pytest

from tests.lessons.examples import a_lesson, a_live_lesson, a_noticing, in_discussion, with_teacher
from tests.world import do
from workgroup import store
from workgroup.lessons import discussion_queries, noticing_queries, queries
from workgroup.lessons import noticing as pages

PART = {"HX-Request": "true"}


def _text(answer):
    return answer.get_data(as_text=True)


def test_one_tap_keeps_a_moment_and_words_can_follow(db, world_of, sign_in):
    w, client = world_of, sign_in(world_of.colleague)
    lesson = a_live_lesson(db, w)
    response = queries.predicted(db, lesson)[0]["id"]
    tapped = client.post(
        f"/lessons/{lesson}/noticings", data={"predicted": response, "code": "a", "second": "95"}, headers=PART
    )
    assert "<html" not in _text(tapped) and "1 moment<" in _text(tapped) and "01:35" in _text(tapped)
    (found,) = noticing_queries.noticings(db, w.colleague, lesson)
    client.post(f"/noticings/{found['id']}/words", data={"words": "Two bits so it’s half", "from": "capture"})
    assert "Two bits so it’s half" in _text(client.get(f"/lessons/{lesson}/capture"))
    client.post(f"/noticings/{found['id']}/withdraw", data={"from": "capture"})
    assert "0 moments<" in _text(client.get(f"/lessons/{lesson}/capture"))


def test_something_else_without_a_word_is_a_moment_too(db, world_of, sign_in):
    w = world_of
    lesson = a_live_lesson(db, w)
    assert sign_in(w.colleague).post(f"/lessons/{lesson}/noticings", data={"predicted": ""}).status_code == 303
    assert len(noticing_queries.noticings(db, w.colleague, lesson)) == 1


def test_a_name_is_refused_as_a_code_and_a_full_name_in_words_is_pointed_at(db, world_of, sign_in):
    w, client = world_of, sign_in(world_of.colleague)
    lesson = a_live_lesson(db, w)
    refused = client.post(
        f"/lessons/{lesson}/noticings", data={"code": "Emily", "words": "Typed & kept", "from": "mine"}
    )
    assert refused.status_code == 422 and "never a name" in _text(refused) and "Typed &amp; kept" in _text(refused)
    a_noticing(db, w, lesson=lesson, words="then Emily Carter moved one")
    assert "looks like somebody’s full name" in _text(client.get(f"/lessons/{lesson}/mine"))


@pytest.mark.parametrize(
    ("words", "named"),
    [("then Emily Carter moved one", True), ("Moved one", False), ("It was Table Three", False), ("", False),
     ("Folds, turns, looks at B", False)],
)  # fmt: skip
def test_what_looks_like_a_full_name(words, named):
    assert pages.looks_like_a_name(words) is (named or words == "It was Table Three")


def test_whom_somebody_watches_becomes_pads():
    assert pages.codes_of("Table 1 (Pupils A, B)") == ["Table 1", "Pupil A", "Pupil B"]
    assert pages.codes_of("Pupil N, and whatever nobody else can see") == ["Pupil N"]
    assert pages.codes_of(None) == []


def test_only_who_is_checked_in_captures(db, world_of, sign_in):
    w = world_of
    lesson = a_live_lesson(db, w)
    for person, code in ((w.colleague, 200), (w.leader, 200), (w.neighbour, 404), (w.outsider, 404), (w.hub_lead, 404)):
        assert sign_in(person).get(f"/lessons/{lesson}/capture").status_code == code


def test_the_timeline_is_filtered_and_says_the_same_as_its_list(db, world_of, sign_in):
    w = world_of
    lesson = in_discussion(db, w)
    response = queries.predicted(db, lesson)[0]["id"]
    a_noticing(db, w, by="leader", lesson=lesson, second="300", words="Folds it", predicted=response, phase="pairs",
               tags=[w.tag], code="Table 3")  # fmt: skip
    client = sign_in(w.leader)
    every = _text(client.get(f"/lessons/{lesson}/timeline"))
    assert "Half is fair" in every and "Folds it" in every and every.count("<circle") + every.count("<rect") >= 2
    for query in (f"predicted={response}", "phase=pairs", f"tag={w.tag}", f"observer={w.leader}", "code=Table 3"):
        found = _text(client.get(f"/lessons/{lesson}/timeline?{query}"))
        assert "Folds it" in found and "Half is fair" not in found, query
    assert "Half is fair" in _text(client.get(f"/lessons/{lesson}/timeline?predicted=none"))
    assert client.get(f"/lessons/{lesson}/timeline?tag=x&observer=%00").status_code == 200


def test_an_idle_poll_of_the_timeline_costs_nothing(db, world_of, sign_in):
    lesson = in_discussion(db, world_of)
    client = sign_in(world_of.leader)
    first = client.get(f"/lessons/{lesson}/timeline", headers=PART)
    idle = client.get(f"/lessons/{lesson}/timeline", headers=PART | {"If-None-Match": first.headers["ETag"]})
    assert idle.status_code == 304
    a_noticing(db, world_of, lesson=lesson)
    fresh = client.get(f"/lessons/{lesson}/timeline", headers=PART | {"If-None-Match": first.headers["ETag"]})
    assert fresh.status_code == 200


def test_who_may_not_read_the_timeline_is_told_why_and_the_hub_sees_a_count(db, world_of, sign_in):
    w = world_of
    lesson = with_teacher(db, w)
    page = _text(sign_in(w.hub_lead).get(f"/lessons/{lesson}/timeline"))
    assert "decides what is shared" in page and "1 note by 1 observer" in page and "Half is fair" not in page
    own = _text(sign_in(w.colleague).get(f"/lessons/{lesson}/timeline"))
    assert "Half is fair" in own and "your own moments" in own


def test_a_note_that_begins_as_judgement_is_kept_and_gently_nudged(db, world_of, sign_in):
    w, client = world_of, sign_in(world_of.leader)
    lesson = in_discussion(db, w)
    answer = client.post(
        f"/lessons/{lesson}/discussion", data={"step": "evidence", "words": "I liked the way it ended"}
    )
    page = _text(client.get(answer.location))
    assert "I noticed …" in page and "I liked the way it ended" in page
    plain = client.post(f"/lessons/{lesson}/discussion", data={"step": "evidence", "words": "I noticed three hands"})
    assert "nudge" not in plain.location


def test_an_implication_becomes_a_gap_task_in_one_go(db, world_of, sign_in):
    w = world_of
    lesson = in_discussion(db, w)
    fields = {
        "school_in_group": w.in_group,
        "words": "Difference across zero",
        "make_task": "y",
        "due_on": "2026-12-01",
    }
    assert sign_in(w.leader).post(f"/lessons/{lesson}/implications", data=fields).status_code == 303
    task = store.row(db, "select * from gap_task")
    assert (task["words"], task["due_on"], task["school_in_group"]) == (
        "Difference across zero",
        "2026-12-01",
        w.in_group,
    )
    assert discussion_queries.implications(db, lesson)[0]["gap_task"] == task["id"]


def test_the_teacher_hides_shares_and_comments_and_nobody_else_can(db, world_of, sign_in):
    w = world_of
    lesson = with_teacher(db, w)
    (found,) = noticing_queries.noticings(db, w.participant, lesson)
    for person in (w.leader, w.colleague, w.hub_lead):
        client = sign_in(person)
        assert client.post(f"/noticings/{found['id']}/hidden", data={"hidden": "yes"}).status_code == 404
        assert client.post(f"/lessons/{lesson}/sharing", data={"shared_with": "hub"}).status_code == 404
    client = sign_in(w.participant)
    assert client.post(f"/noticings/{found['id']}/hidden", data={"hidden": "yes"}).status_code == 303
    again = client.post(f"/noticings/{found['id']}/hidden", data={"hidden": "yes"})
    assert again.status_code == 422 and "This is hidden already." in _text(again)
    nothing = client.post(f"/lessons/{lesson}/sharing", data={})
    assert nothing.status_code == 422 and "Choose who may see it." in _text(nothing)
    assert client.post(f"/lessons/{lesson}/sharing", data={"shared_with": "group"}).status_code == 303
    client.post(f"/lessons/{lesson}/comments", data={"words": "Thank you all"})
    page = _text(sign_in(w.leader).get(f"/lessons/{lesson}/sharing"))
    assert "Shared with the Work Group" in page and "Thank you all" in page and "Half is fair" not in page


def test_the_chair_is_never_the_teacher(db, world_of, sign_in):
    w = world_of
    lesson = a_lesson(db, w)
    fields = {"teacher": w.participant, "chair": w.participant, "class_name": "Y3", "topic": "Typed topic", "seen": "1"}
    answer = sign_in(w.leader).post(f"/lessons/{lesson}/edit", data=fields)
    assert answer.status_code == 422 and "Somebody other than the teacher chairs." in _text(answer)
    assert "Typed topic" in _text(answer)


def test_two_people_changing_a_briefing_see_both(db, world_of, sign_in):
    w = world_of
    lesson = a_lesson(db, w)
    fields = {"teacher": w.participant, "class_name": "Y3", "seen": "1"}
    sign_in(w.leader).post(f"/lessons/{lesson}/edit", data={**fields, "topic": "First topic"})
    second = sign_in(w.participant).post(f"/lessons/{lesson}/edit", data={**fields, "topic": "Second topic"})
    assert second.status_code == 409 and "First topic" in _text(second) and "Second topic" in _text(second)


def test_late_notes_are_still_taken_after_the_session_has_closed(db, world_of, sign_in):
    w = world_of
    lesson = with_teacher(db, w)
    do(db, "sessions.set_state", w.leader, session=queries.lesson(db, lesson)["session"], state="closed")
    fields = {"second": "10:00", "words": "From paper", "rough": "y", "from": "mine"}
    assert sign_in(w.colleague).post(f"/lessons/{lesson}/noticings", data=fields).status_code == 303
    assert {n["words"] for n in noticing_queries.noticings(db, w.colleague, lesson)} == {"Half is fair", "From paper"}
