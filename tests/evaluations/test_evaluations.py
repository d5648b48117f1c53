"""The evaluation writes itself from records: what is said, what it rests on, who reads it, and what cannot be said."""

import re

import pytest

from tests.evaluations.examples import (
    a_quote,
    a_review,
    a_sentence,
    a_session_held,
    a_task_due,
    an_evaluation,
    came_back,
    term_today,
    to_send,
    work_today,
)
from tests.lessons.examples import a_noticing, in_discussion
from tests.tasks.examples import a_task
from tests.world import days, do
from workgroup import clock, door, store
from workgroup.evaluations import exports, gathering, queries
from workgroup.groups import queries as groups
from workgroup.hub import queries as hub
from workgroup.people import post
from workgroup.reflections import queries as reflections


def _said(db, evaluation, heading=None):
    found = queries.sentences(db, evaluation)
    return [s["words"] for s in found if heading in (None, s["heading"])]


def _submit(db, kind, by, **fields):
    return door.submit(db, kind, fields, post.new_id(), by)


def _send(db, w, evaluation):
    return do(db, "evaluations.send", w.leader, **to_send(db, evaluation))


def _not_sent(db, w, evaluation, because):
    outcome = _submit(db, "evaluations.send", w.leader, **to_send(db, evaluation))
    assert outcome.standing == "refused" and because in str(outcome.errors), outcome


def _edit(db, w, found, words):
    evidence = [f"{e['kind']}:{e['about']}" for e in found["evidence"]]
    seen = str(queries.sentence(db, found["id"])["version"])
    do(db, "evaluations.edit", w.leader, sentence=found["id"], words=words, seen=seen, evidence=evidence)


def _begin_another(db, w, term):
    """Begin the evaluation of another half-term, one that begins today; return its id."""
    year = groups.group(db, w.group)["academic_year"]
    later = next(t["name"] for t in reversed(groups.half_terms(db, year)) if t["name"] != term["name"])
    with store.writing(db):
        db.conn.execute("delete from half_term where name = ? and academic_year = ?", (later, year))
        store.put(db, "half_term", id=post.new_id(), academic_year=year, name=later, from_on=days(0), to_on=days(9))
    return do(db, "evaluations.begin", w.leader, work_group=w.group, half_term=later).about


def _withdraw_school(db, w, in_group):
    with store.writing(db):
        store.put(db, "engagement", id=post.new_id(), school_in_group=in_group, state="withdrawn", since_on=days(0),
                  reason="No cover.")  # fmt: skip


def _agreed_long_ago(db, review):
    with store.writing(db):
        db.conn.execute("update review set agreed_on = ?1, on_day = ?1 where id = ?2", (days(-120), review))


def _made_visit(db, w, school, **over):
    visit = do(db, "visits.plan", w.leader, school_in_group=school, on_day=clock.today(), purpose="See Year 3").about
    do(db, "visits.make", w.leader, visit=visit, people_met="The head", seen="1", **over)
    return visit


# what the rules say


def test_sessions_and_teachers_are_counted_with_what_they_are_out_of(db, world_of):
    evaluation = an_evaluation(db, world_of)
    (words,) = [s for s in _said(db, evaluation, "teachers") if "held" in s]
    assert words == (
        f"1 session was held ({clock.say_day(clock.today())}). 3 teachers took part, from 2 of the 2 schools;"
        " 1 of 2 was there with two teachers or more."
    )
    found = next(s for s in queries.sentences(db, evaluation) if s["words"] == words)
    assert [(e["kind"], e["kept_on"]) for e in found["evidence"]] == [("session", clock.today())]


def test_gap_tasks_work_and_visits_are_told_with_their_schools(db, world_of):
    w = world_of
    back = a_task_due(db, w)
    a_task_due(db, w, school_in_group=w.in_group2)
    came_back(db, w, back)
    work_today(db, w)
    _made_visit(db, w, w.in_group, head_met="y")
    evaluation = an_evaluation(db, w)
    said = " ".join(_said(db, evaluation))
    assert "1 of the 2 gap tasks that were due came back with something tried, from 1 of the 2 schools." in said
    assert "1 of the 2 gap tasks did not come back, of Ottersby Church of England Primary School." in said
    assert "1 of the 2 schools took it further themselves: 1 meeting in school, with 6 colleagues in all." in said
    assert "1 support visit was made, to 1 of the 2 schools; the headteacher was met at 1 of 1." in said
    assert "1 of the 2 schools had no support visit: Ottersby Church of England Primary School." in said


def test_an_agreed_review_is_told_under_its_outcome_with_the_step_before(db, world_of):
    w = world_of
    _agreed_long_ago(db, a_review(db, w, step="Starting", words="Two teachers try it."))
    newest = a_review(db, w)
    evaluation = an_evaluation(db, w)
    said = _said(db, evaluation, "practice")
    assert (
        "Staithe Lane Primary School, lesson design: developing (starting before). Year 3 plan in small steps." in said
    )
    assert "In lesson design, the one school looked at again has moved on by a step or more." in said
    assert "Staithe Lane Primary School: Try it in Year 5." in _said(db, evaluation, "next")
    found = next(s for s in queries.sentences(db, evaluation) if s["words"].startswith("Staithe Lane Primary School, "
                 "lesson design: developing"))  # fmt: skip
    assert [(e["kind"], e["about"]) for e in found["evidence"]] == [("review", newest)]


def test_a_school_that_goes_on_and_back_within_a_half_term_has_not_moved(db, world_of):
    w = world_of
    _agreed_long_ago(db, a_review(db, w, step="Starting"))
    a_review(db, w, on_day=days(-5))
    a_review(db, w, step="Starting")
    assert "moved on" not in " ".join(_said(db, an_evaluation(db, w)))


def test_steps_of_another_version_of_the_framework_are_not_compared(db, world_of):
    w = world_of
    old = a_review(db, w, step="Starting")
    _agreed_long_ago(db, old)
    with store.writing(db):
        db.conn.execute("insert into framework select 'old', name, strand, 9, made_at, made_at from framework")
        db.conn.execute("insert into step select 'old step', 'old', position, name, about from step limit 1")
        db.conn.execute("update review set step = 'old step' where id = ?", (old,))
    a_review(db, w)
    assert "moved on" not in " ".join(_said(db, an_evaluation(db, w)))


def test_a_review_that_is_not_agreed_is_not_told(db, world_of):
    w = world_of
    a_review(db, w)
    with store.writing(db):
        db.conn.execute("update review set agreed_on = null")
    assert "small steps" not in " ".join(_said(db, an_evaluation(db, w)))


def test_only_what_may_be_quoted_is_quoted_and_never_by_name(db, world_of):
    w = world_of
    session = a_session_held(db, w)
    a_quote(db, w, session=session)
    a_quote(db, w, by="colleague", session=session, words="Not to be quoted.", may_quote="")
    a_quote(db, w, by="neighbour", session=session, words="Only for me.", visibility="me")
    evaluation = an_evaluation(db, w, held=False)
    said = " ".join(_said(db, evaluation))
    assert "A participant: “I ask more now.”" in said
    assert "Not to be quoted" not in said and "Only for me" not in said and "Nadine" not in said
    assert "3 of the 3 teachers who came wrote a reflection." in said


def test_what_was_noticed_is_told_only_where_the_teacher_shared_it_with_the_hub(db, world_of):
    w = world_of
    lesson = in_discussion(db, w)
    a_noticing(db, w, lesson=lesson, second="200", words="A third response")
    about = a_quote(db, w, lesson=lesson, words="The bar model helped me.")
    do(db, "lessons.close", w.leader, lesson=lesson)
    evaluation = an_evaluation(db, w, held=False)
    said = " ".join(_said(db, evaluation))
    assert "1 open lesson was watched and discussed: Quarters (Year 3)." in said
    assert "observers wrote down" not in said and "bar model" not in said
    do(db, "lessons.share", w.participant, lesson=lesson, shared_with="hub")
    do(db, "evaluations.draft_again", w.leader, evaluation=evaluation)
    said = " ".join(_said(db, evaluation))
    assert "In Quarters, observers wrote down 2 things that pupils said or did" in said
    assert "2 of 2 were predicted by nobody." in said
    assert "The bar model helped me." in said and about
    assert "Half is fair" not in said, "counts, not words"


def test_a_half_term_without_records_says_so_and_cannot_be_sent(db, world_of, sign_in):
    w = world_of
    evaluation = an_evaluation(db, w, held=False)
    assert _said(db, evaluation) == []
    page = sign_in(w.leader).get(f"/evaluations/{evaluation}").get_data(as_text=True)
    assert "The records say nothing of this half-term yet" in page
    outcome = _submit(db, "evaluations.send", w.leader, **to_send(db, evaluation))
    assert outcome.standing == "refused" and "no sentence" in str(outcome.errors)


def test_a_half_term_that_has_not_begun_is_not_drafted(db, world_of):
    w = world_of
    year = groups.group(db, w.group)["academic_year"]
    with store.writing(db):
        store.put(db, "half_term", id=post.new_id(), academic_year=year, name="Summer 2", from_on=days(1),
                  to_on=days(30))  # fmt: skip
    outcome = _submit(db, "evaluations.begin", w.leader, work_group=w.group, half_term="Summer 2")
    assert outcome.standing == "refused" and "has not begun" in str(outcome.errors)


# drafted again, edited, moved


def test_drafting_again_says_anew_what_nobody_touched_and_leaves_the_rest(db, world_of):
    w = world_of
    a_task_due(db, w)
    work_today(db, w)
    evaluation = an_evaluation(db, w)
    found = {s["key"]: s for s in queries.sentences(db, evaluation)}
    changed = found["sessions"]
    do(db, "evaluations.edit", w.leader, sentence=changed["id"], words="We met once.", seen="1",
       evidence=[f"session:{changed['evidence'][0]['about']}"])  # fmt: skip
    do(db, "evaluations.withdraw", w.leader, sentence=found["work"]["id"])
    own = a_sentence(db, w, evaluation, heading="practice", words="Mine")
    came_back(db, w, store.value(db, "select id from gap_task"))
    a_session_held(db, w, title="Another")
    do(db, "evaluations.draft_again", w.leader, evaluation=evaluation)
    again = {s["key"]: s for s in queries.sentences(db, evaluation)}
    assert again["sessions"]["words"] == "We met once." and not again["sessions"]["drafted"]
    assert "work" not in again, "what was taken out stays out"
    assert again["tasks"]["words"].startswith("1 of the 1 gap task") and "not back" not in again
    assert own in {s["id"] for s in queries.sentences(db, evaluation)}


def test_a_half_term_can_be_begun_although_a_rules_sentence_was_edited_in_the_one_before(db, world_of):
    w = world_of
    term = term_today(db, w)
    a_task_due(db, w)
    first = an_evaluation(db, w)
    _edit(db, w, next(s for s in queries.sentences(db, first) if s["key"] == "not back"), "One has not come back.")
    _send(db, w, first)
    second = _begin_another(db, w, term)
    assert "One has not come back." in _said(db, second, "challenges")
    assert [s["key"] for s in queries.sentences(db, second) if s["words"] == "One has not come back."] == [None]


def test_two_who_edit_one_sentence_are_shown_both(db, world_of, sign_in):
    w = world_of
    id = a_sentence(db, w)
    page = sign_in(w.co_leader)
    sign_in(w.leader).post(f"/evaluation-sentences/{id}", data={"words": "First in", "seen": "1"})
    answer = page.post(f"/evaluation-sentences/{id}", data={"words": "Second in", "seen": "1"})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 409 and "First in" in text and "Second in" in text


def test_a_sentence_is_edited_where_it_stands_and_keeps_what_it_rests_on(db, world_of, sign_in):
    w = world_of
    evaluation, leader = an_evaluation(db, w), sign_in(w.leader)
    page = leader.get(f"/evaluations/{evaluation}").get_data(as_text=True)
    found = next(s for s in queries.sentences(db, evaluation) if s["key"] == "sessions")
    form = page[page.index(f'action="/evaluation-sentences/{found["id"]}"') :]
    evidence = re.findall(r'name="evidence" value="([^"]+)"', form[: form.index("</form>")])
    fields = {"words": "We met.", "seen": "1", "evidence": evidence}
    assert leader.post(f"/evaluation-sentences/{found['id']}", data=fields).status_code == 303
    after = queries.sentence(db, found["id"])
    assert after["words"] == "We met." and len(after["evidence"]) == 1
    assert "We met." in leader.get(f"/evaluations/{evaluation}").get_data(as_text=True)


def test_other_words_alone_gather_nothing_anew(db, world_of, monkeypatch):
    w = world_of
    evaluation = an_evaluation(db, w)
    found = next(s for s in queries.sentences(db, evaluation) if s["key"] == "sessions")
    monkeypatch.setattr(gathering, "gather", None)
    _edit(db, w, found, "We met.")
    assert queries.sentence(db, found["id"])["words"] == "We met."


def test_a_sentence_without_a_record_is_marked_on_the_page_and_in_the_file(db, world_of, sign_in):
    w = world_of
    evaluation = an_evaluation(db, w)
    a_sentence(db, w, evaluation, words="Everybody liked it")
    page = sign_in(w.leader).get(f"/evaluations/{evaluation}").get_data(as_text=True)
    assert page.count("no record behind this sentence") == 1 and "1 sentence has no record behind it" in page
    sheet = exports.sheet(db, queries.bare(db, evaluation))
    alone = [s for part in sheet["parts"] for s in part["sentences"] if not s["note"]]
    assert [s["words"] for s in alone] == ["Everybody liked it"]
    assert [n["number"] for n in sheet["notes"]] == list(range(1, len(sheet["notes"]) + 1))


# sent, and what comes after


def test_once_sent_it_is_frozen_and_a_correction_is_another_version(db, world_of):
    w = world_of
    evaluation = an_evaluation(db, w)
    own = a_sentence(db, w, evaluation)
    _send(db, w, evaluation)
    for kind, fields in (
        ("edit", {"sentence": own, "words": "x", "seen": "1"}), ("withdraw", {"sentence": own}),
        ("move", {"sentence": own, "way": "up"}), ("draft_again", {"evaluation": evaluation}),
        ("write", {"evaluation": evaluation, "heading": "next", "words": "x"}), ("send", {"evaluation": evaluation}),
    ):  # fmt: skip
        outcome = _submit(db, f"evaluations.{kind}", w.leader, **fields)
        assert outcome.standing == "refused" and "sent" in str(outcome.errors), kind
    term = queries.bare(db, evaluation)["half_term"]
    second = do(db, "evaluations.begin", w.leader, work_group=w.group, half_term=term).about
    assert queries.bare(db, second)["version"] == 2
    assert _said(db, second) == _said(db, evaluation)
    assert do(db, "evaluations.begin", w.leader, work_group=w.group, half_term=term).about == second, "one draft"


def test_what_was_taken_out_stays_out_of_the_next_version(db, world_of):
    w = world_of
    work_today(db, w)
    evaluation = an_evaluation(db, w)
    taken = next(s for s in queries.sentences(db, evaluation) if s["key"] == "work")
    do(db, "evaluations.withdraw", w.leader, sentence=taken["id"])
    _send(db, w, evaluation)
    term = queries.bare(db, evaluation)["half_term"]
    second = do(db, "evaluations.begin", w.leader, work_group=w.group, half_term=term).about
    do(db, "evaluations.draft_again", w.leader, evaluation=second)
    assert _said(db, second) == _said(db, evaluation)
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
    _send(db, w, evaluation)
    _withdraw_school(db, w, w.in_group2)
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
    _send(db, w, first)
    second = _begin_another(db, w, term)
    assert "We look at fractions" in _said(db, second, "next")
    assert "Only of this half-term" not in _said(db, second)


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
    outcome = _submit(db, "evaluations.send", w.leader, **to_send(db, evaluation))
    assert outcome.standing == "refused" and "any more" in str(outcome.errors)
    do(db, "evaluations.draft_again", w.leader, evaluation=evaluation)
    if back.startswith("edited"):
        do(db, "evaluations.withdraw", w.leader, sentence=found["id"])
    _send(db, w, evaluation)


def test_a_quotation_that_its_author_rewrote_is_not_sent_in_the_old_words(db, world_of):
    w = world_of
    session = a_session_held(db, w)
    drafted = a_quote(db, w, session=session)
    edited = a_quote(db, w, by="colleague", session=session, words="I listen.")
    evaluation = an_evaluation(db, w, held=False)
    found = {s["key"]: s for s in queries.sentences(db, evaluation)}
    _edit(db, w, found[f"quote:{edited}"], "One said: “I listen”.")

    def rewrite(by, quote):
        stands = store.value(db, "select id from reflection_words where reflection = ?", (quote,))
        do(db, "reflections.write", by, reflection=quote, session=session, words="I wait longer.",
           visibility="specialist", may_quote="y", state="final", after=stands)  # fmt: skip

    rewrite(w.participant, drafted)
    _not_sent(db, w, evaluation, "otherwise now")
    rewrite(w.colleague, edited)
    do(db, "evaluations.draft_again", w.leader, evaluation=evaluation)
    assert "A participant: “I wait longer.”" in _said(db, evaluation, "teachers")
    _not_sent(db, w, evaluation, "changed what is quoted since: “One said: “I listen”.”")
    _edit(db, w, found[f"quote:{edited}"], "One said: “I wait”.")
    _send(db, w, evaluation)


def test_a_count_that_was_corrected_since_is_not_sent_as_it_was(db, world_of):
    w = world_of
    session = a_session_held(db, w)
    evaluation = an_evaluation(db, w, held=False)
    do(db, "sessions.mark", w.leader, session=session, person=w.neighbour, status="absent")
    _not_sent(db, w, evaluation, "Draft again from the records")
    do(db, "evaluations.draft_again", w.leader, evaluation=evaluation)
    _send(db, w, evaluation)


def test_a_lesson_that_its_teacher_took_back_is_not_told_in_anybodys_words(db, world_of):
    w = world_of
    lesson = in_discussion(db, w)
    a_noticing(db, w, lesson=lesson, second="200", words="A third response")
    do(db, "lessons.close", w.leader, lesson=lesson)
    do(db, "lessons.share", w.participant, lesson=lesson, shared_with="hub")
    evaluation = an_evaluation(db, w, held=False)
    found = next(s for s in queries.sentences(db, evaluation) if s["key"] == f"lesson:{lesson}")
    _edit(db, w, found, "Pupils answered in ways nobody expected.")
    do(db, "lessons.share", w.participant, lesson=lesson, shared_with="room")
    _not_sent(db, w, evaluation, "not shared with the hub any more: “Pupils answered")


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
    _not_sent(db, w, evaluation, f"rests on a {kind} not shared any more: “They wait longer.”")


def test_quotations_do_not_depend_on_who_has_read_them_and_those_that_stand_stay(db, world_of):
    w = world_of
    session = a_session_held(db, w)
    kept = [a_quote(db, w, session=session, words=f"Thought {n}.") for n in range(4)]
    evaluation = an_evaluation(db, w, held=False)
    for n in range(4):
        a_quote(db, w, by="colleague", session=session, words=f"Later {n}.")
    a_quote(db, w, by="co_leader", session=session, words="A leader's own.")
    with store.writing(db):
        store.put(db, "reflection_read", reflection=kept[0], person=w.leader, at=clock.now())
    do(db, "evaluations.draft_again", w.leader, evaluation=evaluation)
    quoted = {s["key"] for s in queries.sentences(db, evaluation) if (s["key"] or "").startswith("quote:")}
    assert quoted == {f"quote:{id}" for id in kept}
    _send(db, w, evaluation)
    found = reflections.of_group(db, w.leader, w.group, days(0), days(0))
    assert len(found) == 9 and [r["by"] for r in found if not r["by_participant"]] == [w.co_leader]
    assert reflections.of_group(db, w.participant, w.group, days(0), days(0)) == []


def test_schools_that_withdrew_are_not_among_those_counted(db, world_of):
    w = world_of
    a_session_held(db, w)
    _made_visit(db, w, w.in_group)
    _made_visit(db, w, w.in_group2)
    _withdraw_school(db, w, w.in_group2)
    said = " ".join(_said(db, an_evaluation(db, w, held=False)))
    assert "2 teachers took part, from 1 of the 1 school; 1 of 1 was there" in said
    assert "1 more came from elsewhere." in said
    assert "1 support visit was made, to 1 of the 1 school; the headteacher was met at 0 of 1." in said


def test_gap_tasks_that_were_dropped_or_carried_on_or_are_due_today_are_not_told_as_missing(db, world_of):
    w = world_of
    came_back(db, w, a_task_due(db, w))
    do(db, "tasks.drop", w.leader, gap_task=a_task_due(db, w))
    do(db, "tasks.carry", w.leader, gap_task=a_task_due(db, w), due_on=days(9))
    a_task(db, w, due_on=days(0))
    said = " ".join(_said(db, an_evaluation(db, w)))
    assert "1 of the 1 gap task that was due came back" in said and "did not come back" not in said


def test_what_a_leader_noticed_is_offered_without_a_school(db, world_of, sign_in):
    w = world_of
    lesson = in_discussion(db, w)
    own = a_noticing(db, w, lesson=lesson, by="leader", second="200", words="A third response")
    evaluation = an_evaluation(db, w, held=False)
    a_sentence(db, w, evaluation, words="They wait longer.", evidence=[f"noticing:{own}"])
    (found,) = [s for s in queries.sentences(db, evaluation) if s["words"] == "They wait longer."]
    assert [e["kept_school"] for e in found["evidence"]] == [None]
    _send(db, w, evaluation)


def test_what_somebody_said_is_erased_from_evaluations_too(db, world_of):
    w = world_of
    quote = a_quote(db, w, session=a_session_held(db, w))
    evaluation = an_evaluation(db, w, held=False)
    found = next(s for s in queries.sentences(db, evaluation) if s["key"] == f"quote:{quote}")
    do(db, "evaluations.edit", w.leader, sentence=found["id"], words="One said: “I ask more now.”", seen="1",
       evidence=[f"reflection:{quote}"])  # fmt: skip
    do(db, "people.erase", w.hub_lead, person=w.participant)
    for (table,) in db.conn.execute("select name from sqlite_master where type = 'table'").fetchall():
        for row in db.conn.execute(f"select * from {table}").fetchall():
            assert "I ask more" not in " ".join(str(v) for v in tuple(row)), table
    assert queries.sentence(db, found["id"])["evidence"][0]["kind"] == "reflection", "kind and day stay"


# who reads it


def test_leaders_read_drafts_the_hub_what_was_sent_and_nobody_else_either(db, world_of, sign_in):
    w = world_of
    evaluation = an_evaluation(db, w)
    address = f"/evaluations/{evaluation}"
    assert sign_in(w.co_leader).get(address).status_code == 200
    for person in (w.hub_lead, w.administrator, w.participant, w.far_leader):
        assert sign_in(person).get(address).status_code == 404
    _send(db, w, evaluation)
    for person in (w.hub_lead, w.administrator):
        assert sign_in(person).get(address).status_code == 200
        assert address in sign_in(person).get("/evaluations").get_data(as_text=True)
        assert sign_in(person).get(f"{address}/evaluation.pdf").data.startswith(b"%PDF")
        assert sign_in(person).post(f"/groups/{w.group}/evaluations", data={"half_term": "Autumn 1"}).status_code == 404
    for person in (w.participant, w.far_leader, w.outsider):
        assert sign_in(person).get(address).status_code == 404
        assert sign_in(person).get(f"{address}/evaluation.pdf").status_code == 404
        assert sign_in(person).get("/evaluations").status_code == 404


def test_footnotes_open_the_evidence_for_those_who_may_see_it_and_say_its_kind_to_the_hub(db, world_of, sign_in):
    w = world_of
    session = a_session_held(db, w)
    quote, visit = a_quote(db, w, session=session), _made_visit(db, w, w.in_group)
    review = a_review(db, w)
    evaluation = an_evaluation(db, w, held=False)
    leader = sign_in(w.leader)
    page = leader.get(f"/evaluations/{evaluation}").get_data(as_text=True)
    for address in (f"/sessions/{session}", f"/reflections/{quote}", f"/visits/{visit}", f"/reviews/{review}"):
        assert f'href="{address}"' in page and leader.get(address).status_code == 200
    _send(db, w, evaluation)
    hub = sign_in(w.hub_lead)
    page = hub.get(f"/evaluations/{evaluation}").get_data(as_text=True)
    for address in (f"/reflections/{quote}", f"/visits/{visit}"):
        assert f'href="{address}"' not in page and hub.get(address).status_code == 404
    assert f'href="/reviews/{review}"' in page
    today = clock.say_day(clock.today(), year=True)
    assert f"Reflection, {today}" in page and f"Visit, {today} (Staithe Lane Primary School)" in page
