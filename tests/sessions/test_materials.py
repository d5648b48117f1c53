"""Materials: links and files of a session, what they are by their bytes, and who may have them."""

import io
import zipfile

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from tests.sessions.examples import a_material, a_session
from tests.world import do
from workgroup.sessions import documents, material_queries, queries


def _zip(*names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name in names:
            packed.writestr(name, "x")
    return out.getvalue()


PDF = b"%PDF-1.7\n1 0 obj\n"


@pytest.mark.parametrize(("data", "kind"), [
    (PDF, "pdf"), (_zip("word/document.xml"), "docx"), (_zip("ppt/presentation.xml"), "pptx"),
    (_zip("xl/workbook.xml"), "xlsx"), (_zip("word/document.xml", "word/vbaProject.bin"), None), (_zip("a.exe"), None),
    (b"PK\x03\x04 broken", None), (b"<html>", None), (b"\xff\xd8\xff\xe1", None), (b"", None),
])  # fmt: skip
def test_a_file_is_what_its_bytes_say(data, kind):
    assert documents.kind_of(data) == kind


def _put(client, session, data, name="Task.pdf", **more):
    file = FileStorage(io.BytesIO(data), name)
    boundary, body = encode_multipart({"file": file, **more})  # the client's own way leaves a file open behind it
    kind = f"multipart/form-data; boundary={boundary}"
    return client.post(f"/sessions/{session}/materials", data=body, content_type=kind)


def test_a_file_is_given_back_as_it_came_to_keep_and_never_as_a_page(db, world_of, sign_in):
    w, session = world_of, a_session(db, world_of)
    leader = sign_in(w.leader)
    assert _put(leader, session, PDF, "../../Bars & <b>.pdf").status_code == 303
    [one] = material_queries.materials(db, session)
    page = sign_in(w.participant).get(f"/sessions/{session}").get_data(as_text=True)
    assert f"/materials/{one['id']}" in page and "&lt;b&gt;" in page
    answer = sign_in(w.participant).get(f"/materials/{one['id']}")
    assert answer.data == PDF and answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    for outsider in (w.outsider, w.hub_lead, w.administrator):
        assert sign_in(outsider).get(f"/materials/{one['id']}").status_code == 404
    assert sign_in(None).get(f"/materials/{one['id']}").status_code == 303


def test_what_is_no_document_or_too_large_is_refused_in_words(db, world_of, sign_in):
    w, session = world_of, a_session(db, world_of)
    leader = sign_in(w.leader)
    for data, words in ((b"<html>", "Choose a PDF"), (PDF + b"x" * documents.MOST, "larger than 10 MB"),
                        (b"", "Choose a PDF")):  # fmt: skip
        answer = _put(leader, session, data)
        assert answer.status_code == 422 and words in answer.get_data(as_text=True)
    both = _put(leader, session, PDF, url="https://example.org")
    assert both.status_code == 422 and "one of the two" in both.get_data(as_text=True)
    assert _put(leader, session, b"x" * (12 * 1024 * 1024)).status_code == 413
    assert material_queries.materials(db, session) == []
    assert _put(sign_in(w.participant), session, PDF).status_code == 404


def test_what_was_taken_away_only_a_leader_sees_and_can_bring_back(db, world_of, sign_in):
    w = world_of
    id = a_material(db, w)
    session = material_queries.material(db, id)["session"]
    leader, member = sign_in(w.leader), sign_in(w.participant)
    assert "https://example.org/bars" in member.get(f"/sessions/{session}").get_data(as_text=True)
    assert leader.post(f"/materials/{id}/withdraw").status_code == 303
    assert "https://example.org/bars" not in member.get(f"/sessions/{session}").get_data(as_text=True)
    assert "taken away" in leader.get(f"/sessions/{session}/materials").get_data(as_text=True)
    assert leader.post(f"/materials/{id}/restore").status_code == 303
    assert material_queries.materials(db, session)


def test_what_belongs_to_a_block_stands_there_and_stays_when_the_block_goes(db, world_of, sign_in):
    w, session = world_of, a_session(db, world_of)
    block = queries.agenda(db, session)[2]
    do(db, "sessions.add_material", w.leader, session=session, block=block["id"], url="https://example.org/slides")
    do(db, "sessions.set_state", w.leader, session=session, state="open")
    do(db, "sessions.begin_block", w.leader, block=block["id"])
    assert "https://example.org/slides" in sign_in(w.leader).get(f"/sessions/{session}/run").get_data(as_text=True)
    do(db, "sessions.remove_block", w.leader, block=block["id"])
    [one] = material_queries.materials(db, session)
    assert one["block"] is None
    assert "https://example.org/slides" in sign_in(w.participant).get(f"/sessions/{session}").get_data(as_text=True)


def test_a_title_of_several_lines_is_one_line(db, world_of, sign_in):
    w, session = world_of, a_session(db, world_of)
    leader = sign_in(w.leader)
    assert _put(leader, session, PDF, title="Bars\r\nand more").status_code == 303
    [one] = material_queries.materials(db, session)
    assert one["title"] == "Bars and more" and leader.get(f"/materials/{one['id']}").status_code == 200
