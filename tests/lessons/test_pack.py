"""The printed pack of a session: what whoever writes on paper needs, and nothing private."""

import io

import pypdf

from tests.lessons.examples import a_lesson
from tests.sessions.examples import a_session
from tests.tasks.examples import a_task
from tests.world import do
from workgroup import clock, store
from workgroup.lessons import queries
from workgroup.sessions import queries as sessions


def _pages(answer):
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf"), answer.get_data(as_text=True)[:500]
    read = pypdf.PdfReader(io.BytesIO(answer.data))
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"], "tagged, so that it can be read aloud"
    assert {(round(p.mediabox.width), round(p.mediabox.height)) for p in read.pages} == {(595, 842)}, "A4"
    return [" ".join(page.extract_text().split()) for page in read.pages]


def test_agenda_register_and_for_each_a_sheet_to_observe_and_one_to_reflect_on(db, world_of, sign_in):
    w = world_of
    before = a_session(db, w, -7)
    a_task(db, w, session=before, words="Open with a non-example")
    own = {"key_point": "Equal parts can look different", "question_maths": "When is a half a half?",
           "question_pedagogy": "What does the paper add?"}  # fmt: skip
    lesson = a_lesson(db, w, **own)
    session = queries.lesson(db, lesson)["session"]
    do(db, "lessons.watch", w.leader, lesson=lesson, observer=w.colleague, words="Table 1 (Pupils A, B)")
    do(db, "sessions.set_question", w.leader, session=session, words="What did Pupil A see?")
    do(db, "sessions.add_prompt", w.leader, session=session, words="What do you still not know?")
    with store.writing(db):  # it is still to come
        times = (clock.after(-60), clock.after(3600), session)
        db.conn.execute("update session set starts_at = ?, ends_at = ? where id = ?", times)
    do(db, "sessions.answer", w.neighbour, session=session, person=w.neighbour, answer="cover", cover="Sam Stand-in")
    block = sessions.agenda(db, session)[0]
    do(db, "sessions.edit_block", w.leader, block=block["id"], kind="arrivals", minutes="10", title="#strong[Arrivals]",
       private_words="To myself only", lead=w.co_leader)  # fmt: skip
    facts = {"photos": "board", "photo_rule": "Ask Year 3 first", "device_rule": "Phones in the box", "seen": "0"}
    do(db, "schools.set_host_facts", w.leader, school=w.school, **facts)
    pages = _pages(sign_in(w.leader).get(f"/sessions/{session}/pack.pdf"))
    text = " ".join(pages)
    assert "#strong[Arrivals]" in text and "Open with a non-example" in text and "What did Pupil A see?" in text
    assert "Sam Stand-in comes" in text
    assert "#strong[Arrivals] , Cora Coleader" in text or "#strong[Arrivals], Cora Coleader" in text, "who leads it"
    assert "May be photographed the board" in text and "Ask Year 3 first" in text and "Phones in the box" in text
    [register] = [p for p in pages if "Register" in p]
    assert register.startswith("Register Sign when you come") and "Name School In Out" in register
    for name, school in (("Nadine Member", "Staithe Lane Primary School"), ("Toby Colleague", "Staithe Lane Primary"),
                         ("Sunita Neighbour Sam Stand-in comes", "Ottersby Church of England")):  # fmt: skip
        assert f"{name} {school}" in register, "everybody who is expected, with their school and room to sign"
    assert "Bethan Leader" not in register
    assert "To myself only" not in text, "notes to oneself stay off paper that others hold"
    sheets = [p for p in pages if "I noticed" in p]
    assert len(sheets) == 4, "two observers, two without a name, none for the teacher"
    assert "Toby Colleague" in sheets[0] + sheets[1] and "Table 1 (Pupils A, B)" in sheets[0] + sheets[1]
    targets = [f"{p['number']} {p['words']}" for p in queries.predicted(db, lesson)]
    assert len(targets) > 1 and all(t in p for t in targets for p in sheets), "the lesson’s own, by their numbers"
    assert all(words in p for words in own.values() for p in sheets)
    reflecting = [p for p in pages if p.startswith("Reflect")]
    reflect = reflecting[0]
    assert len(reflecting) == 5, "one for everybody who is expected, and two more"
    assert reflect.startswith("Reflect What did Pupil A see?") and "your head never does" in reflect
    assert reflect.index("More to think about") < reflect.index("What do you still not know?"), "asked first, then more"
    assert not any("Nadine Member watches" in p for p in sheets)


def test_a_session_with_nothing_yet_has_a_pack_too_for_leaders_only(db, world_of, sign_in):
    w = world_of
    session = a_session(db, w, 9, agenda="empty", mode="online", host="")
    assert "The agenda is empty" in " ".join(_pages(sign_in(w.leader).get(f"/sessions/{session}/pack.pdf")))
    assert sign_in(w.participant).get(f"/sessions/{session}/pack.pdf").status_code == 404
