"""The guide for participants: one tagged page, whatever things are called; its code only for whoever may show it."""

import io

import pypdf
import pytest

from tests.sessions.examples import a_session, open_session
from tests.world import do
from workgroup.sessions import joining_queries
from workgroup.welcome import exports

ODD = 'St Æthelthryth’s #read("x") & <b>Holy Trinity</b> CofE (VA) Primary School, Ynys-y-Môr'
SESSION = {
    "title": "Quarters", "group_title": "Primary South", "day": "2026-11-28", "mode": "room", "host_name": ODD,
    "starts_at": "2026-11-28T13:00:00.000Z", "ends_at": "2026-11-28T16:00:00.000Z", "joining_link": None,
}  # fmt: skip
LONG = {name: "many words " * 90 for name in ("entrance", "room", "wifi", "device_rule", "late_contact")}


def _read(made):
    return pypdf.PdfReader(io.BytesIO(made))


@pytest.mark.parametrize("session, facts", [
    (None, None), (SESSION, {"wifi": "Guest, table7"}),
    ({**SESSION, "title": "Long title " * 18, "host_name": f"{ODD} " * 3, "group_title": "Group " * 33}, LONG),
    ({**SESSION, "title": "W" * 200, "mode": "mixed", "joining_link": "https://meet.example.org/" + "x" * 900}, LONG),
])  # fmt: skip
def test_it_is_one_tagged_page_in_english_whatever_things_are_called(session, facts):
    guide = exports.guide("Hub", "https://workgroup.example.org", session, facts, "ABCDEF" if session else None)
    made = _read(exports.pdf(guide))
    catalog = made.trailer["/Root"]
    assert len(made.pages) == 1 and made.metadata.title == guide["title"]
    assert catalog["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in catalog and catalog["/Lang"] == "en-GB"
    assert b"pdfuaid" in made.xmp_metadata.stream.get_data()
    text = " ".join(made.pages[0].extract_text().split())
    assert "Nobody is graded here" in text and "Your head never sees what you reflect" in text, "all of it is there"
    assert "ABC DEF" in text if session else "Type the six letters" in text


def test_the_code_is_on_it_only_while_the_session_is_open_and_for_whoever_runs_it(db, world_of, sign_in):
    w = world_of
    do(db, "schools.set_host_facts", w.leader, school=w.school, wifi="Guests, table7", seen="0")
    session = a_session(db, w, title="Waiting")
    address = f"/sessions/{session}/guide"
    code = joining_queries.code_of(db, session)
    shown = f"{code[:3]} {code[3:]}"
    assert shown not in sign_in(w.leader).get(address).get_data(as_text=True)
    do(db, "sessions.set_state", w.leader, session=session, state="open")
    leader, member = (sign_in(p).get(address).get_data(as_text=True) for p in (w.leader, w.participant))
    assert shown in leader and shown not in member and "Guests, table7" in member
    assert sign_in(w.outsider).get(address).status_code == 404
    assert sign_in(w.outsider).get(f"{address}.pdf").status_code == 404


def test_it_is_on_paper_from_the_session_and_from_help(db, world_of, sign_in):
    session, client = open_session(db, world_of), sign_in(world_of.participant)
    assert f"/sessions/{session}/guide" in client.get(f"/sessions/{session}").get_data(as_text=True)
    assert "/guide" in client.get("/help").get_data(as_text=True)
    for address in (f"/sessions/{session}/guide", "/guide"):
        assert f"{address}.pdf" in client.get(address).get_data(as_text=True)
        answer = client.get(f"{address}.pdf")
        assert answer.mimetype == "application/pdf" and len(_read(answer.data).pages) == 1
    assert sign_in(None).get("/guide").status_code == 303
