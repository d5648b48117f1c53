"""The plan sent ahead, the record for whoever may see it, one's own, and what left before a yes was withdrawn."""

import io

import pypdf

from tests.lessons.examples import a_lesson, in_discussion, with_teacher
from tests.papers import words_of_paper
from tests.world import do
from workgroup import store

HERS = "Nadine said a fair half"


def _text(answer):
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf"), answer.get_data(as_text=True)[:500]
    return words_of_paper(pypdf.PdfReader(io.BytesIO(answer.data)))


def _noticing(db, w, lesson, by, words):
    return do(db, "lessons.notice", by, lesson=lesson, second="200", code="B", words=words).about


def test_the_plan_says_what_is_predicted_and_who_watches_whom_and_leaves_room_for_paper(db, world_of, sign_in):
    lesson = in_discussion(db, world_of)
    do(db, "lessons.watch", world_of.leader, lesson=lesson, observer=world_of.colleague, words="Table 1 (Pupils A, B)")
    text = _text(sign_in(world_of.neighbour).get(f"/lessons/{lesson}/plan.pdf"))
    for words in ("Nadine Member teaches", "Parts that look different", "Table 1 (Pupils A, B)", "I noticed"):
        assert words in text


def test_the_plan_is_sent_once_for_each_version_to_everybody_but_its_teacher_and_sender(db, world_of, sign_in):
    w, lesson = world_of, a_lesson(db, world_of)
    client = sign_in(w.leader)
    assert client.post(f"/lessons/{lesson}/plan").status_code == 303
    sent = {r["address"] for r in store.rows(db, "select address from mail where subject like 'The plan:%'")}
    assert sent == {f"{who}@example.org" for who in ("co_leader", "colleague", "neighbour")}
    assert "sent to 3 people" in client.get(f"/lessons/{lesson}").get_data(as_text=True)
    assert client.post(f"/lessons/{lesson}/plan").status_code == 422
    fields = {"teacher": w.participant, "class_name": "Year 3", "topic": "Quarters", "seen": "1"}
    do(db, "lessons.edit", w.leader, lesson=lesson, key_point="Equal parts need not look alike", **fields)
    page = client.get(f"/lessons/{lesson}").get_data(as_text=True)
    assert "it has changed since" in page and "Send the changed plan" in page
    assert client.post(f"/lessons/{lesson}/plan").status_code == 303
    assert store.value(db, "select count(*) from mail where subject like 'The plan has changed:%'") == 3


def test_the_record_holds_what_its_reader_may_see_and_nothing_else(db, world_of, sign_in):
    w = world_of
    lesson = in_discussion(db, w)
    hidden = _noticing(db, w, lesson, w.leader, "Hidden words")
    do(db, "lessons.hide", w.participant, noticing=hidden)
    do(db, "lessons.discuss", w.colleague, lesson=lesson, step="evidence", words="Three tables cut again")
    leader = sign_in(w.leader)
    own = _text(leader.get(f"/lessons/{lesson}/mine.pdf"))
    assert "Hidden words" in own and "Half is fair" not in own, "one's own, always"
    colleague = sign_in(w.colleague)
    for told in (colleague.get(f"/lessons/{lesson}/record").get_data(as_text=True),
                 _text(colleague.post(f"/lessons/{lesson}/record.pdf"))):  # fmt: skip
        assert "Half is fair" in told and "Three tables cut again" in told and "Hidden words" not in told


def test_nobody_reads_or_saves_the_record_before_the_teacher_has_answered(db, world_of, sign_in):
    lesson = with_teacher(db, world_of)
    leader = sign_in(world_of.leader)
    page = leader.get(f"/lessons/{lesson}/record").get_data(as_text=True)
    assert "Half is fair" not in page and "Save as PDF" not in page
    assert leader.post(f"/lessons/{lesson}/record.pdf").status_code == 404
    assert store.value(db, "select count(*) from taken_out") == 0


def test_the_hub_reads_a_shared_record_without_names(db, world_of, sign_in):
    lesson = with_teacher(db, world_of)
    do(db, "lessons.share", world_of.participant, lesson=lesson, shared_with="hub")
    text = _text(sign_in(world_of.hub_lead).post(f"/lessons/{lesson}/record.pdf"))
    assert "Half is fair" in text and "An observer" in text and "Toby Colleague" not in text


def test_who_withdraws_a_yes_is_told_who_had_saved_the_record_by_then(db, world_of, sign_in):
    w, lesson = world_of, with_teacher(db, world_of)
    do(db, "lessons.share", w.participant, lesson=lesson, shared_with="group")
    assert sign_in(w.neighbour).post(f"/lessons/{lesson}/record.pdf").status_code == 200
    teacher = sign_in(w.participant)
    _text(teacher.post(f"/lessons/{lesson}/record.pdf"))
    do(db, "lessons.share", w.participant, lesson=lesson, shared_with="nobody")
    page = teacher.get(f"/lessons/{lesson}/sharing").get_data(as_text=True)
    assert "1 person saved the record as a file: Sunita Neighbour" in page and "cannot be called back" in page
    assert sign_in(w.neighbour).post(f"/lessons/{lesson}/record.pdf").status_code == 404
