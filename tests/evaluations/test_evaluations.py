"""An evaluation is begun, drafted again, edited where it stands, and read by those who may."""

import re

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
from tests.evaluations.steps import (
    begin_another,
    edit_words,
    made_visit,
    send_it,
    withdraw_school,
    words_of,
)
from tests.world import days, do, submit
from workgroup import clock, store
from workgroup.evaluations import exports, gathering, queries
from workgroup.groups import queries as groups
from workgroup.hub import exports as exporting
from workgroup.people import post

# begun, drafted again, edited, moved


def test_a_half_term_without_records_says_so_and_cannot_be_sent(db, world_of, sign_in):
    w = world_of
    evaluation = an_evaluation(db, w, held=False)
    assert words_of(db, evaluation) == []
    page = sign_in(w.leader).get(f"/evaluations/{evaluation}").get_data(as_text=True)
    assert "The records say nothing of this half-term yet" in page
    outcome = submit(db, "evaluations.send", w.leader, **to_send(db, evaluation))
    assert outcome.standing == "refused" and "no sentence" in str(outcome.errors)


def test_where_every_sentence_was_taken_out_it_is_not_said_that_nothing_happened(db, world_of, sign_in):
    w = world_of
    a_task_due(db, w)
    evaluation = an_evaluation(db, w)
    for s in queries.sentences(db, evaluation):
        do(db, "evaluations.withdraw", w.leader, sentence=s["id"])
    page = sign_in(w.leader).get(f"/evaluations/{evaluation}").get_data(as_text=True)
    assert "Every sentence was taken out. Bring one back below" in page and "no session was held" not in page


def test_a_school_that_left_is_called_so_in_a_footnote():
    left = {"kind": "engagement", "kept_on": "2026-11-02", "kept_school": None}
    assert exports.in_words([left]) == "a school that left, Mon 2 Nov 2026"
    assert exports.in_words([left, {**left, "kept_on": "2026-11-05"}]).startswith("2 schools that left, Mon 2 Nov")


def test_a_half_term_that_has_not_begun_is_not_drafted(db, world_of):
    w = world_of
    year = groups.group(db, w.group)["academic_year"]
    with store.writing(db):
        store.put(db, "half_term", id=post.new_id(), academic_year=year, name="Summer 2", from_on=days(1),
                  to_on=days(30))  # fmt: skip
    outcome = submit(db, "evaluations.begin", w.leader, work_group=w.group, half_term="Summer 2")
    assert outcome.standing == "refused" and "has not begun" in str(outcome.errors)


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
    assert again["tasks"]["words"].startswith("The one gap task") and "not back" not in again
    assert own in {s["id"] for s in queries.sentences(db, evaluation)}


def test_a_half_term_can_be_begun_although_a_rules_sentence_was_edited_in_the_one_before(db, world_of):
    w = world_of
    term = term_today(db, w)
    a_task_due(db, w)
    first = an_evaluation(db, w)
    edit_words(db, w, next(s for s in queries.sentences(db, first) if s["key"] == "not back"), "One has not come back.")
    send_it(db, w, first)
    second = begin_another(db, w, term)
    assert "One has not come back." in words_of(db, second, "challenges")
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
    edit_words(db, w, found, "We met.")
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
    send_it(db, w, evaluation)
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
    quote, visit = a_quote(db, w, session=session), made_visit(db, w, w.in_group)
    review, note = a_review(db, w), do(db, "visits.note", w.leader, visit=visit, kind="walk", words="Four times").about
    work_today(db, w)
    withdraw_school(db, w, w.in_group2)
    evaluation = an_evaluation(db, w, held=False)
    a_sentence(db, w, evaluation, heading="practice", words="It spreads", evidence=[f"visit note:{note}"])
    leader = sign_in(w.leader)
    page = leader.get(f"/evaluations/{evaluation}").get_data(as_text=True)
    records = (f"/schools-in-group/{w.in_group}/records/work", f"/schools-in-group/{w.in_group2}/records/engagement")
    for address in (f"/sessions/{session}", f"/reflections/{quote}", f"/visits/{visit}", f"/reviews/{review}",
                    f"/visits/{visit}#n-{note}", *records):  # fmt: skip
        assert f'href="{address}"' in page and leader.get(address).status_code == 200
    send_it(db, w, evaluation)
    hub = sign_in(w.hub_lead)
    page = hub.get(f"/evaluations/{evaluation}").get_data(as_text=True)
    for address in (f"/reflections/{quote}", f"/visits/{visit}"):
        assert f'href="{address}"' not in page and hub.get(address).status_code == 404
    assert f'href="/reviews/{review}"' in page and f"#n-{note}" not in page
    for address in records:
        assert f'href="{address}"' in page and "Sorted cards" not in hub.get(address).get_data(as_text=True)
    links = {r[4] for r in exporting.rows(db, w.hub_lead, "evaluation", days(0))}
    assert {*records, f"/visits/{visit}#n-{note}"} <= links
    today = clock.say_day(clock.today(), year=True)
    assert f"Reflection, {today}" in page and f"Visit, {today} (Staithe Lane Primary School)" in page
