"""Nothing of the app goes out into the world but mail, and that to one server, with links to one address."""

import ast
import dataclasses
import functools
import re
import smtplib
import socket
import ssl

import pytest

from tests.world import do
from workgroup import door, due, store
from workgroup.people import post
from workgroup.places import PACKAGE, TEMPLATES

# who may open a line, and why
OPENS = {
    "people/post.py": {"smtplib", "ssl"},  # mail to the configured server
    "serving.py": {"socket", "waitress"},  # listens
}
LINES = {
    "socket", "ssl", "smtplib", "ftplib", "poplib", "imaplib", "telnetlib", "http", "urllib.request",
    "urllib.robotparser",
    "urllib3", "requests", "httpx", "aiohttp", "asyncio", "xmlrpc", "socketserver", "waitress", "selectors",
    "webbrowser",
    "subprocess", "multiprocessing", "ctypes", "pickle", "marshal", "shelve", "paramiko", "websocket", "dns",
}  # fmt: skip
RUNS = {"eval", "exec", "compile", "__import__"}


@functools.cache
def _tree(path):
    return ast.parse(path.read_text())


def _imported(path):
    for node in ast.walk(_tree(path)):
        names = [n.name for n in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{n.name}" for n in node.names)]
        yield from names


def test_no_module_opens_a_line_or_a_process_but_the_post_and_the_server():
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        opened = {line for name in _imported(path) for line in LINES if name == line or name.startswith(f"{line}.")}
        if opened:
            found[str(path.relative_to(PACKAGE))] = opened
    assert found == OPENS


def test_no_module_runs_text_as_code_or_asks_the_shell():
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(_tree(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in RUNS, path
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "os":
                assert node.attr not in ("system", "popen") and not node.attr.startswith(("exec", "spawn")), path


def test_nothing_is_made_from_the_name_that_a_request_came_by():
    used = {}
    for path in [*PACKAGE.rglob("*.py"), *TEMPLATES.rglob("*.html"), *TEMPLATES.rglob("*.txt")]:
        words = path.read_text()
        names = r"host_url|url_root|base_url|request\.host\b|request\.url\b|_external|HTTP_HOST|X-Forwarded"
        named = set(re.findall(names, words))
        if named:
            used[path.name] = named
    assert used == {"guard.py": {"host_url", "request.host"}}  # where it is held against our own


@pytest.fixture
def lines(monkeypatch):
    """What is connected to, by address."""
    opened, create = [], socket.create_connection

    def connect(address, *more, **named):
        opened.append(address)
        return create(address, *more, **named)

    monkeypatch.setattr(socket, "create_connection", connect)
    return opened


def test_mail_goes_to_the_configured_server_alone_whatever_an_address_names(app, db, world_of, mail_server, lines):
    inbox, sending = mail_server
    for email in ("a@127.0.0.9.example.org", "b@mail.evil.example", "c@localhost.example.org"):
        do(db, "people.invite", world_of.hub_lead, name="N", email=email, role="administrator")
    app.config["WORKGROUP"] = sending
    due.tick(db, sending)
    assert len(inbox.letters) >= 3
    assert {tuple(one) for one in lines} == {(sending.smtp_host, sending.smtp_port)}


def test_links_in_mail_lead_to_the_public_address_whatever_host_asked_for_them(app, db, world_of, mail_server):
    inbox, sending = mail_server
    app.config["WORKGROUP"] = sending
    for host in ("evil.example", "hub.example.org"):
        answer = app.test_client().post(
            "/sign-in", data={"email": "leader@example.org"},
            headers={"Host": host, "X-Forwarded-Host": "evil.example", "Sec-Fetch-Site": "same-origin"},
        )  # fmt: skip
        assert answer.status_code == 303 and "evil" not in answer.location
    due.tick(db, sending)
    letters = "".join(letter for _, letter in inbox.letters)
    assert "https://hub.example.org/sign-in/" in letters.replace("=\r\n", "") and "evil" not in letters


WITH_LINES = "Plan\r\nBcc: all@evil.example\r\n\r\nMore"


def test_no_word_of_anybody_becomes_a_header_of_a_mail(db, world_of, mail_server):
    inbox, sending = mail_server
    title = "Plan Bcc: all@evil.example"
    with store.writing(db):
        post.write(db, world_of.leader, "sign_in", 600, WITH_LINES, f"Dear {{name}}, {WITH_LINES} {{link}}")
        store.alter(db, "person", world_of.leader, name="B\r\nBcc: all@evil.example")
        post.write(db, world_of.leader, "sign_in", 600, title, "Dear {name}")
    due.tick(db, sending)
    letters = [(to, letter) for to, letter in inbox.letters if "evil" in letter]
    assert len(letters) == 2
    for to, letter in letters:
        head = letter.replace("\r\n", "\n").split("\n\n")[0]
        assert to == ["leader@example.org"]
        assert not [line for line in head.split("\n") if line.lower().startswith(("bcc:", "cc:"))]


@pytest.mark.parametrize("email", ["a@example.org\r\nBcc: b@evil.example", "a@example.org,b@evil.example",
"a b@example.org",
                                   "a@example.org\n", "<a@example.org>", "a@[127.0.0.1]",
                                   '"a\\nb"@example.org'])  # fmt: skip
def test_no_address_that_is_two_is_one(db, world_of, email):
    outcome = door.submit(db, "people.invite", {"name": "N", "email": email, "role": "administrator"}, post.new_id(),
                          world_of.hub_lead)  # fmt: skip
    kept = [r["email"] for r in store.rows(db, "select email from person")]
    assert outcome.standing == "refused" or "a@example.org" in kept
    assert not [k for k in kept if k and ("\n" in k or "," in k or "evil" in k or " " in k or "[" in k)]


def test_the_password_of_the_mail_server_goes_only_over_a_line_that_was_proven(db, world_of, mail_server, monkeypatch):
    inbox, sending = mail_server
    said = {}

    def starttls(self, *, context=None):
        said.update(name=context.check_hostname, proof=context.verify_mode)
        raise ssl.SSLCertVerificationError("not who they say")

    monkeypatch.setattr(smtplib.SMTP, "starttls", starttls)
    monkeypatch.setattr(smtplib.SMTP, "login", lambda *a: said.update(logged_in=True))
    do(db, "people.ask_for_link", None, email="leader@example.org")
    due.tick(db, dataclasses.replace(sending, smtp_user="hub", smtp_password="secret"))
    assert said == {"name": True, "proof": ssl.CERT_REQUIRED} and inbox.letters == []
    assert store.value(db, "select state from mail where address = 'leader@example.org'") == "failed"


SQL = ("select ", "insert ", "update ", "delete ", " where ", " order by ")
SAID = ("said", "form", "fields", "request", "entry", "asked", "args", "words", "text", "q")


def test_no_word_that_anybody_sent_is_part_of_an_sql_statement():
    """The names of tables and columns are ours; what was sent is bound, never written into the statement."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(_tree(path)):
            if not isinstance(node, ast.JoinedStr) or not any(w in ast.unparse(node).lower() for w in SQL):
                continue
            inside = [v.value for v in node.values if isinstance(v, ast.FormattedValue)]
            named = {n.id for one in inside for n in ast.walk(one) if isinstance(n, ast.Name)}
            # the words of a demo year of our own are told to a database that lies in memory
            if path.name != "filling.py":
                assert not named & set(SAID), (path.name, node.lineno, named & set(SAID))
