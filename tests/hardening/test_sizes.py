"""Nothing is read without a bound: bodies, fields, files, headers, what a file unpacks to, what nests."""

import io
import re
import socket
import threading
import zipfile

import pytest
import waitress
from openpyxl import Workbook
from waitress import wasyncore

from workgroup import door, serving, sketching, store
from workgroup.fields import LINE, WORDS
from workgroup.groups import sheet
from workgroup.people import post
from workgroup.photos.forms import PIECE
from workgroup.sessions import documents

POST = b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\n"
SAME = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def ask(app, world_of):
    """Send bytes to the app as it is served, with the bounds it is served with, and return the answer's first line."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = waitress.create_server(app, sockets=[listening], threads=2, **serving.BOUNDS)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()

    def send(head, *body):
        with socket.create_connection(listening.getsockname(), timeout=20) as line:
            line.sendall(head)
            for piece in body:
                line.sendall(piece)
            return line.recv(4000).decode("latin-1")

    yield send
    server.task_dispatcher.shutdown()  # whoever still answers tells the loop
    # in the loop's own thread: with nothing left to listen to it ends
    server.trigger.pull_trigger(lambda: wasyncore.close_all(server._map, ignore_all=True))
    thread.join(10)


def _first(answer):
    return answer.split("\r\n")[0]


def test_a_body_that_says_it_is_huge_is_refused_before_it_is_sent(ask):
    for length in (serving.MOST_BODY + 1, 10**12):
        assert " 413 " in _first(ask(POST + f"Content-Length: {length}\r\n\r\n".encode())), length


def test_an_address_or_header_without_an_end_is_refused(ask):
    for head in (b"GET /search?q=" + b"a" * 40_000, b"GET / HTTP/1.1\r\nHost: localhost\r\nCookie: a=" + b"b" * 40_000):
        assert re.search(" (400|431|414) ", _first(ask(head)))
    assert " 200 " in _first(ask(b"GET /sign-in?then=/" + b"a" * 4_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n"))


def test_lengths_that_contradict_one_another_are_refused(ask):
    for said in (b"Content-Length: -1", b"Content-Length: 1, 2",
                 b"Content-Length: 0x10", b"Transfer-Encoding: chunked, gzip",
                 b"Content-Length: 5\r\nContent-Length: 6"):
        assert re.search(" (400|501) ", _first(ask(POST + said + b"\r\n\r\n0\r\n\r\n"))), said


def test_a_body_in_chunks_ends_at_the_same_bound(ask):
    head = POST + b"Transfer-Encoding: chunked\r\n\r\n"
    piece = b"email=" + b"a" * 2_500_000
    assert " 413 " in _first(ask(head, b"%x\r\n" % len(piece), piece, b"\r\n0\r\n\r\n"))


def test_what_the_server_itself_answers_is_text_and_says_nothing_of_the_inside(ask):
    for said in (b"\x00\x01\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"G<script> / HTTP/1.1\r\n\r\n",
    b"GET /\xff HTTP/1.1\r\n\r\n"):
        answer = ask(said)
        assert not re.search(r"Traceback|\.py|waitress/", answer), answer
        assert "text/html" not in answer.split("\r\n\r\n")[0] or "Content-Security-Policy" in answer


@pytest.mark.parametrize(("address", "most"), [("/account", 2), ("/sign-in", 2), ("/sync", 1), ("/sync/check", 2)])
def test_a_body_larger_than_the_page_takes_is_refused(world_of, sign_in, address, most):
    answer = sign_in(world_of.leader).post(address, data=b"a=" + b"b" * (most * 1024 * 1024), headers=SAME)
    assert answer.status_code in (413, 422), address


def test_a_piece_of_a_photo_has_its_bound(world_of, sign_in):
    address = f"/sync/photos/{post.new_id()}/0"
    assert sign_in(world_of.leader).put(address, data=b"x" * (PIECE + 1), headers=SAME).status_code == 413


def test_every_field_of_every_form_is_bounded(db, world_of):
    """A text too long is refused in words; where a field holds no text it takes none of it."""
    door.open_up()
    unbounded, long = [], "a" * 50_000
    for kind, known in sorted(door.KINDS.items()):
        for name, field in known.form()._fields.items():
            if field.type in ("BooleanField", "Rows", "FileField"):
                continue
            form = known.form(formdata=door._as_formdata({name: long}))
            form.validate()
            if not form.errors.get(name) and form[name].data not in (None, [], ""):
                unbounded.append(f"{kind} {name} {form[name].type}")
    # a whole sheet, 500 kB of a form at the most, a hub's own list of schools, and a whole year from a file, 1 MB
    assert unbounded == [
        "groups.import_participants rows StringField", "schools.import_list rows StringField",
        "years.import_year year _Words",
    ]  # fmt: skip
    assert LINE <= 500 and WORDS <= 20_000


def test_more_entries_than_a_batch_may_hold_are_refused_whole(db, world_of, sign_in):
    before = store.value(db, "select count(*) from ledger")
    entries = [{"id": post.new_id(), "kind": "tablet.try"} for _ in range(1001)]
    answer = sign_in(world_of.leader).post("/sync", json={"tablet": post.new_id(), "entries": entries}, headers=SAME)
    assert answer.status_code == 422 and store.value(db, "select count(*) from ledger") == before


def test_what_nests_a_hundred_thousand_deep_is_refused_in_words(world_of, sign_in):
    deep = "[" * 100_000
    for address in ("/sync", "/sync/check"):
        assert sign_in(world_of.leader).post(address, data=deep, headers=SAME).status_code == 422
    with pytest.raises(sketching.NotASketch):
        sketching.read('{"things": ' + "[" * 30_000)
    outcome_of = door.KINDS["groups.import_participants"].form(formdata=door._as_formdata({"rows": deep}))
    assert outcome_of.validate() in (True, False)


def _book():
    made = io.BytesIO()
    book = Workbook()
    for row in (["School", "Name", "Email"], ["Staithe Lane", "Nadine Member", "n@example.org"]):
        book.active.append(row)
    book.save(made)
    return made.getvalue()


def _with(part, data):
    """Return the workbook with one of its parts made otherwise."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_book())) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename != part:
                new.writestr(info, old.read(info))
        new.writestr(part, data)
    return made.getvalue()


def test_a_workbook_is_read():
    assert [r["name"] for r in sheet.read(_book())] == ["Nadine Member"]


def test_a_workbook_that_unpacks_to_far_more_is_not_unpacked():
    bomb = _with("xl/sharedStrings.xml", b"<sst>" + b" " * (20 * 1024 * 1024))
    assert len(bomb) < 300_000
    with pytest.raises(sheet.NotASheet, match="far more"):
        sheet.read(bomb)


def test_words_that_are_made_of_words_of_words_are_not_read_from_a_workbook():
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    head = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">{laughs}]>'
    for part in ("xl/worksheets/sheet1.xml", "[Content_Types].xml"):
        with pytest.raises(sheet.NotASheet):
            sheet.read(_with(part, f"{head}<x>&a11;</x>"))
    outside = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
    with pytest.raises(sheet.NotASheet):
        sheet.read(_with("xl/workbook.xml", outside))


def test_a_document_is_known_by_its_contents_without_being_unpacked():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("word/document.xml", b" " * (50 * 1024 * 1024))
    assert documents.kind_of(made.getvalue()) == "docx"
