"""With which headers every kind of answer goes out, pages, files, errors and what broke."""

import dataclasses
import re

import pytest
from click.testing import CliRunner

from tests.lessons.examples import a_whole_photo
from tests.sessions.examples import a_session
from tests.world import do
from workgroup import config, create_app, store, web
from workgroup.cli import main
from workgroup.people import post
from workgroup.places import PACKAGE


@pytest.fixture
def answers(app, db, world_of, sign_in, monkeypatch):
    """One of every kind of answer, by what it is."""
    w = world_of
    lead, leader, nobody = sign_in(w.hub_lead), sign_in(w.leader), sign_in(None)
    photo, observer = a_whole_photo(db, w), sign_in(w.colleague)
    session = a_session(db, w)
    feed = post.new_token()
    do(db, "sessions.make_feed", w.leader, proof=feed)
    page = nobody.get("/sign-in")
    icon, style = (re.search(p, page.text)[1] for p in (r'href="(/static/[^"]+\.(?:png|svg))"',
                   r'"(/static/[^"]+\.css)"'))
    found = {
        "a page": leader.get("/"), "a page of a stranger": page, "a redirect": nobody.get("/account"),
        "a part": leader.get("/search?q=a", headers={"HX-Request": "true"}), "a file to keep": lead.get(
            "/hub/exports/attendance?format=csv"), "one's record": leader.get("/account/record.json"),
        "one's record as a page": leader.get("/account/record.html"),
        "a PDF": leader.get(f"/sessions/{session}/pack.pdf"), "a picture": observer.get(f"/photos/{photo}"),
        "a feed": nobody.get(f"/calendar/{feed}.ics"), "a style sheet": nobody.get(style), "an icon": nobody.get(icon),
        "the manifest": nobody.get("/manifest.webmanifest"), "the worker": nobody.get("/service-worker.js"),
        "a refused form": leader.post("/account", data={"name": ""}), "what is not there": leader.get("/no-such-page"),
        "no static file": nobody.get(style.replace(".css", ".exe")), "a wrong method": leader.get("/sync"),
        "another site": leader.post("/account", headers={"Sec-Fetch-Site": "cross-site"}), "a refused batch":
            leader.post("/sync", data=b"{"), "signed out at the wire": nobody.get("/sync/hello"),
        "too large": leader.post("/account", data={"name": "x" * 3_000_000}), "a link that is over":
            nobody.get("/sign-in/no-such-link"), "another name": nobody.get("/", headers={"Host": "evil.example"}),
    }  # fmt: skip
    app.testing = False
    monkeypatch.setattr(store, "rows", lambda *a: 1 / 0)
    found["what broke"] = leader.get("/groups")
    monkeypatch.undo()
    return found


def test_every_answer_says_what_it_may_do_and_is_what_it_says(answers):
    assert answers["what broke"].status_code == 500 and answers["a picture"].mimetype == "image/jpeg"
    assert answers["another name"].status_code == 421 and answers["too large"].status_code == 413
    for what, answer in answers.items():
        h = answer.headers
        assert h["X-Content-Type-Options"] == "nosniff", what
        assert "Server" not in h and "X-Powered-By" not in h, what
        assert "Access-Control-Allow-Origin" not in h, what
        if what == "a style sheet":  # never a document, so it says no more (guard.NEVER_A_PAGE)
            continue
        policy = dict(one.strip().partition(" ")[::2] for one in h["Content-Security-Policy"].split(";"))
        assert policy["default-src"] == "'none'", what
        assert not re.search(r"unsafe|\*|https?:", h["Content-Security-Policy"]), what
        assert policy.get("script-src", "'self'") == "'self'" and "object-src" not in policy, what
        assert h["Cross-Origin-Resource-Policy"] == h["Cross-Origin-Opener-Policy"] == "same-origin", what
        assert h["Referrer-Policy"] == "same-origin", what
        assert "geolocation=()" in h["Permissions-Policy"], what


def test_what_is_somebodys_is_kept_by_no_cache(answers):
    for what in ("a page", "a part", "a file to keep", "one's record", "a PDF", "a picture", "a refused form",
    "what broke",
                 "what is not there", "a refused batch"):  # fmt: skip
        assert "no-store" in answers[what].headers["Cache-Control"], what


def test_what_broke_says_nothing_of_the_inside(answers):
    page = answers["what broke"].get_data(as_text=True)
    assert "Something went wrong here" in page
    assert not re.search(r"Traceback|ZeroDivision|sqlite|/workgroup/|\.py|Werkzeug", page)


def test_files_that_people_brought_are_never_pages_of_ours(answers):
    for what in ("a picture",):
        assert "sandbox" in answers[what].headers["Content-Security-Policy"]
    assert answers["a file to keep"].headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(("address", "sent"), [("https://hub.example.org", True), ("http://127.0.0.1:8000", False)])
def test_browsers_are_told_to_stay_with_https_only_where_there_is_https(app, settings, world_of, sign_in, address,
sent):
    app.config["WORKGROUP"] = dataclasses.replace(settings, public_address=address)
    for path in ("/sign-in", "/no-such-page", "/manifest.webmanifest", "/sync/hello"):
        assert ("Strict-Transport-Security" in sign_in(None).get(path).headers) == sent, path


def test_debug_cannot_be_switched_on_from_outside(settings, monkeypatch):
    for name, value in (("FLASK_DEBUG", "1"), ("WERKZEUG_DEBUG_PIN", "off"), ("FLASK_ENV", "development")):
        monkeypatch.setenv(name, value)
    app = create_app(settings)
    assert not app.debug and not app.testing and not app.config["TRAP_BAD_REQUEST_ERRORS"]
    monkeypatch.setattr(store, "rows", lambda *a: 1 / 0)
    monkeypatch.setattr(store, "row", lambda *a: 1 / 0)
    answer = app.test_client().get("/console?__debugger__=yes&cmd=resource&f=debugger.js")
    assert "__debugger__" not in answer.get_data(as_text=True) and "Traceback" not in answer.get_data(as_text=True)
    web.forget_connections()


def test_the_command_line_knows_no_debugging_and_the_server_is_not_flasks_own():
    assert CliRunner().invoke(main, ["serve", "--debug"]).exit_code == 2
    for path in PACKAGE.rglob("*.py"):
        assert not re.search(r"\bapp\.run\(|run_simple|DebuggedApplication|use_debugger", path.read_text()), path


def test_neither_a_listing_nor_trace_is_to_be_had(world_of, sign_in):
    client = sign_in(world_of.leader)
    build = re.search("/static/([0-9a-f]{12})/", sign_in(None).get("/sign-in").text)[1]
    for place in ("", "js", "js/", "css/", "icons", "../", "js/../", "lib/.."):
        assert client.get(f"/static/{build}/{place}").status_code == 404, place
    for address in ("/", "/account", "/sync", f"/static/{build}/css/house.css"):
        for method in ("TRACE", "TRACK", "CONNECT", "DEBUG", "PROPFIND"):
            answer = client.open(address, method=method, headers={"X-Secret": "seen"})
            assert answer.status_code == 405 and "seen" not in answer.get_data(as_text=True), (address, method)


@pytest.mark.parametrize("name, said", [
    ("WORKGROUP_PUBLIC_ADDRESS", "workgroup.hub.example.org"), ("WORKGROUP_PUBLIC_ADDRESS", "https://"),
    ("WORKGROUP_PUBLIC_ADDRESS", "https://[half"), ("WORKGROUP_PROXY", "localhost"),
])  # fmt: skip
def test_an_address_by_which_nobody_would_get_in_is_refused_at_the_start(monkeypatch, tmp_path, name, said):
    monkeypatch.setenv(name, said)
    refused = CliRunner().invoke(main, ["--database", str(tmp_path / "hub.sqlite"), "demo"])
    assert refused.exit_code == 2 and f"{name} is {said!r}" in refused.output


def test_the_public_address_is_taken_however_its_scheme_is_written(monkeypatch):
    monkeypatch.setenv("WORKGROUP_PUBLIC_ADDRESS", "HTTPS://Hub.example.org/")
    monkeypatch.setenv("WORKGROUP_PROXY", "::1")
    found = config.from_environment()
    assert found.is_https and found.public_address == "https://Hub.example.org" and found.proxy == "::1"
