"""Sent, an evaluation is frozen; what may not be said any more, or is not so, is not sent; and what comes after."""

import re

import pytest

from tests.evaluations.examples import (
    a_quote,
    a_sentence,
    a_session_held,
    an_evaluation,
    term_today,
    to_send,
    work_today,
)
from tests.evaluations.steps import (
    begin_another,
    edit_words,
    is_not_sent,
    send_it,
    withdraw_school,
    words_of,
)
from tests.lessons.examples import a_noticing, in_discussion
from tests.planning.examples import next_year
from tests.world import days, do, submit
from workgroup import store
from workgroup.evaluations import exports, queries
from workgroup.hub import queries as hub
from workgroup.people import post


def test_once_sent_it_is_frozen_and_a_correction_is_another_version(db, world_of):
    w = world_of
    evaluation = an_evaluation(db, w)
    own = a_sentence(db, w, evaluation)
    send_it(db, w, evaluation)
    for kind, fields in (
        ("edit", {"sentence": own, "words": "x", "seen": "1"}), ("withdraw", {"sentence": own}),
        ("move", {"sentence": own, "way": "up"}), ("draft_again", {"evaluation": evaluation}),
        ("write", {"evaluation": evaluation, "heading": "next", "words": "x"}), ("send", {"evaluation": evaluation}),
    ):  # fmt: skip
        outcome = submit(db, f"evaluations.{kind}", w.leader, **fields)
        assert outcome.standing == "refused" and "sent" in str(outcome.errors), kind
    term = queries.bare(db, evaluation)["half_term"]
    second = do(db, "evaluations.begin", w.leader, work_group=w.group, half_term=term).about
    assert queries.bare(db, second)["version"] == 2
    assert words_of(db, second) == words_of(db, evaluation)
    assert do(db, "evaluations.begin", w.leader, work_group=w.group, half_term=term).about == second, "one draft"


def test_a_sentence_drafted_from_very_many_records_is_edited_in_place_and_keeps_them(db, world_of, sign_in):
    w = world_of
    own = a_sentence(db, w)
    evidence = [f"noticing:{post.new_id()}" for _ in range(75)]
    with store.writing(db):
        for one in evidence:
            store.put(db, "sentence_evidence", sentence=own, kind="noticing", about=one[9:], kept_on=days(0))
    said = {"words": "In my words", "seen": "1", "evidence": evidence}
    answer = sign_in(w.leader).post(f"/evaluation-sentences/{own}", data=said)
    found = queries.sentence(db, own)
    assert answer.status_code == 303 and found["words"] == "In my words" and len(found["evidence"]) == 75
    more = {**said, "seen": str(found["version"]), "evidence": [*evidence, f"noticing:{post.new_id()}"]}
    assert submit(db, "evaluations.edit", w.leader, sentence=own, **more).errors == {
        "evidence": ["Choose 75 pieces of evidence or fewer."]}
    fewer = {"evaluation": found["evaluation"], "heading": "next", "words": "Own", "evidence": evidence[:61]}
    assert "Choose 60 pieces" in str(submit(db, "evaluations.write", w.leader, **fewer).errors)


def test_what_was_taken_out_stays_out_of_the_next_version(db, world_of):
    w = world_of
    work_today(db, w)
    evaluation = an_evaluation(db, w)
    taken = next(s for s in queries.sentences(db, evaluation) if s["key"] == "work")
    do(db, "evaluations.withdraw", w.leader, sentence=taken["id"])
    send_it(db, w, evaluation)
    term = queries.bare(db, evaluation)["half_term"]
    second = do(db, "evaluations.begin", w.leader, work_group=w.group, half_term=term).about
    do(db, "evaluations.draft_again", w.leader, evaluation=second)
    assert words_of(db, second) == words_of(db, evaluation)
    assert "work" in {s["key"] for s in queries.sentences(db, second, also_withdrawn=True)}


def test_what_somebody_changed_meanwhile_is_shown_before_it_is_sent(db, world_of, sign_in):
    w = world_of
    evaluation, leader = an_evaluation(db, w), sign_in(w.leader)
    seen = lambda page: re.search(r'name="seen" value="([0-9a-f]{64})"', page)[1]  # noqa: E731
    before = seen(leader.get(f"/evaluations/{evaluation}").get_data(as_text=True))
    do(db, "evaluations.write", w.co_leader, evaluation=evaluation, heading="heads", words="Put in meanwhile")
    answer = leader.post(f"/evaluations/{evaluation}/sent", data={"seen": before})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409 and "Somebody changed this" in page and "Put in meanwhile" in page
    assert queries.bare(db, evaluation)["state"] == "draft" and seen(page) != before
    assert leader.post(f"/evaluations/{evaluation}/sent", data={"seen": seen(page)}).status_code == 303
    assert queries.bare(db, evaluation)["state"] == "sent"


def test_what_a_sent_evaluation_is_out_of_stays_as_it_was(db, world_of, sign_in):
    w = world_of
    evaluation = an_evaluation(db, w)
    send_it(db, w, evaluation)
    withdraw_school(db, w, w.in_group2)
    with store.writing(db):
        db.conn.execute("update membership set to_on = ? where person = ?", (days(-1), w.neighbour))
    assert "2 schools, 3 teachers" in exports.sheet(db, queries.bare(db, evaluation))["lead"]
    assert "2 schools, 3 teachers" in sign_in(w.hub_lead).get(f"/evaluations/{evaluation}").get_data(as_text=True)
    (group,) = {(r["schools"], r["teachers"]) for r in hub.export(db, w.hub_lead, "evaluation", days(0))}
    assert group == (2, 3)


def test_the_next_half_term_starts_with_what_people_wrote_down_for_it(db, world_of):
    w = world_of
    term = term_today(db, w)
    first = an_evaluation(db, w)
    a_sentence(db, w, first, heading="next", words="We look at fractions")
    a_sentence(db, w, first, heading="pupils", words="Only of this half-term")
    send_it(db, w, first)
    second = begin_another(db, w, term)
    assert "We look at fractions" in words_of(db, second, "next")
    assert "Only of this half-term" not in words_of(db, second)


def test_a_new_year_starts_with_what_was_written_down_in_the_one_before_for_whoever_read_it_there(db, world_of):
    w = world_of
    first = an_evaluation(db, w)
    a_sentence(db, w, first, heading="next", words="We look at fractions")
    a_sentence(db, w, first, heading="heads", words="What the head said then")
    send_it(db, w, first)
    fields = next_year(db, w)
    group = do(db, "planning.next_year", w.leader, **fields).about
    do(db, "groups.add_person", w.leader, work_group=group, name="Marcus Farleader", role="leader",
       email="far_leader@example.org", from_on=days(0))  # fmt: skip
    with store.writing(db):
        for name in ("Autumn 1", "Autumn 2"):
            store.put(db, "half_term", id=post.new_id(), academic_year=fields["academic_year"], name=name,
                      from_on=days(0), to_on=days(9))  # fmt: skip
    said = {}
    for name, leader in (("Autumn 1", w.leader), ("Autumn 2", w.far_leader)):
        said[name] = words_of(db, do(db, "evaluations.begin", leader, work_group=group, half_term=name).about)
    assert said == {"Autumn 1": ["We look at fractions"], "Autumn 2": []}


@pytest.mark.parametrize("back", ["withdrawn", "not to be quoted", "edited and withdrawn"])
def test_what_its_author_took_back_is_not_sent(db, world_of, back):
    w = world_of
    session = a_session_held(db, w)
    quote = a_quote(db, w, session=session)
    evaluation = an_evaluation(db, w, held=False)
    found = next(s for s in queries.sentences(db, evaluation) if s["key"] == f"quote:{quote}")
    if back.startswith("edited"):
        do(db, "evaluations.edit", w.leader, sentence=found["id"], words="One said: “I ask more”.", seen="1",
           evidence=[f"reflection:{quote}"])  # fmt: skip
    if back.endswith("withdrawn"):
        do(db, "reflections.withdraw", w.participant, reflection=quote)
    else:
        stands = store.value(db, "select id from reflection_words where reflection = ?", (quote,))
        do(db, "reflections.write", w.participant, reflection=quote, session=session, words="I ask more now.",
           visibility="specialist", state="final", after=stands)  # fmt: skip
    outcome = submit(db, "evaluations.send", w.leader, **to_send(db, evaluation))
    assert outcome.standing == "refused" and "any more" in str(outcome.errors)
    do(db, "evaluations.draft_again", w.leader, evaluation=evaluation)
    if back.startswith("edited"):
        do(db, "evaluations.withdraw", w.leader, sentence=found["id"])
    send_it(db, w, evaluation)


def test_a_quotation_that_its_author_rewrote_is_not_sent_in_the_old_words(db, world_of):
    w = world_of
    session = a_session_held(db, w)
    drafted = a_quote(db, w, session=session)
    edited = a_quote(db, w, by="colleague", session=session, words="I listen.")
    evaluation = an_evaluation(db, w, held=False)
    found = {s["key"]: s for s in queries.sentences(db, evaluation)}
    edit_words(db, w, found[f"quote:{edited}"], "One said: “I listen”.")

    def rewrite(by, quote):
        stands = store.value(db, "select id from reflection_words where reflection = ?", (quote,))
        do(db, "reflections.write", by, reflection=quote, session=session, words="I wait longer.",
           visibility="specialist", may_quote="y", state="final", after=stands)  # fmt: skip

    rewrite(w.participant, drafted)
    is_not_sent(db, w, evaluation, "otherwise now")
    rewrite(w.colleague, edited)
    do(db, "evaluations.draft_again", w.leader, evaluation=evaluation)
    assert "A participant: “I wait longer.”" in words_of(db, evaluation, "teachers")
    is_not_sent(db, w, evaluation, "changed what is quoted since: “One said: “I listen”.”")
    edit_words(db, w, found[f"quote:{edited}"], "One said: “I wait”.")
    send_it(db, w, evaluation)


def test_a_count_that_was_corrected_since_is_not_sent_as_it_was(db, world_of):
    w = world_of
    session = a_session_held(db, w)
    evaluation = an_evaluation(db, w, held=False)
    do(db, "sessions.mark", w.leader, session=session, person=w.neighbour, status="absent")
    is_not_sent(db, w, evaluation, "Draft again from the records")
    do(db, "evaluations.draft_again", w.leader, evaluation=evaluation)
    send_it(db, w, evaluation)


def test_a_lesson_that_its_teacher_took_back_is_not_told_in_anybodys_words(db, world_of):
    w = world_of
    lesson = in_discussion(db, w)
    a_noticing(db, w, lesson=lesson, second="200", words="A third response")
    do(db, "lessons.close", w.leader, lesson=lesson)
    do(db, "lessons.share", w.participant, lesson=lesson, shared_with="hub")
    evaluation = an_evaluation(db, w, held=False)
    found = next(s for s in queries.sentences(db, evaluation) if s["key"] == f"lesson:{lesson}")
    edit_words(db, w, found, "Pupils answered in ways nobody expected.")
    do(db, "lessons.share", w.participant, lesson=lesson, shared_with="room")
    is_not_sent(db, w, evaluation, "not shared with the hub any more: “Pupils answered")


@pytest.mark.parametrize("kind", ["reflection", "noticing"])
def test_a_sentence_of_ones_own_does_not_rest_on_what_was_taken_back(db, world_of, kind):
    w = world_of
    if kind == "reflection":
        about = a_quote(db, w, session=a_session_held(db, w), may_quote="")
    else:
        lesson = in_discussion(db, w)
        about = a_noticing(db, w, lesson=lesson, by="participant", second="200", words="A third response")
        do(db, "lessons.close", w.leader, lesson=lesson)
        do(db, "lessons.share", w.participant, lesson=lesson, shared_with="group")
    evaluation = an_evaluation(db, w, held=False)
    a_sentence(db, w, evaluation, words="They wait longer.", evidence=[f"{kind}:{about}"])
    if kind == "reflection":
        do(db, "reflections.withdraw", w.participant, reflection=about)
    else:
        do(db, "lessons.share", w.participant, lesson=lesson, shared_with="room")
    is_not_sent(db, w, evaluation, f"rests on a {kind} not shared any more: “They wait longer.”")
