"""A change comes from a page of ours or not at all, by a name of ours, and leads nowhere else."""

import dataclasses

import pytest
from flask.testing import FlaskClient

from tests.sessions.examples import a_session
from tests.world import do
from workgroup import store, web

NOWHERE = [
    {}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": ""}, {"Origin": "null"}, {"Origin": "https://evil.example"}, {"Origin": "http://localhost:99"},
    {"Origin": "https://localhost"}, {"Origin": "http://["}, {"Origin": ""}, {"Referer": "http://localhost/"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
]  # fmt: skip


def _changing(app):
    for rule in app.url_map.iter_rules():
        for method in rule.methods - {"GET", "HEAD", "OPTIONS"}:
            address = rule.rule
            for name in rule.arguments:
                address = address.replace(f"<{name}>", web.fresh_id())
            yield method, address


@pytest.fixture
def as_said(app, monkeypatch):
    """Let clients send what a test says and nothing else."""
    monkeypatch.setattr(app, "test_client_class", FlaskClient)


def test_no_route_takes_a_change_that_does_not_come_from_a_page_of_ours(app, world_of, sign_in, as_said):
    client = sign_in(world_of.hub_lead)
    many = list(_changing(app))
    assert len(many) > 200
    for number, (method, address) in enumerate(many):
        for headers in (NOWHERE[0], NOWHERE[1], NOWHERE[number % len(NOWHERE)]):
            assert client.open(address, method=method, headers=headers).status_code == 403, (address, headers)


@pytest.mark.parametrize("headers", NOWHERE)
def test_where_a_browser_does_not_say_where_from_its_origin_must_be_ours(app, db, world_of, sign_in, as_said, headers):
    client = sign_in(world_of.leader)
    assert client.post("/account", data={"name": "Taken"}, headers=headers).status_code == 403
    assert store.value(db, "select name from person where id = ?", (world_of.leader,)) == "Bethan Leader"
    for ours in ({"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://localhost"},
    {"Origin": "http://127.0.0.1:8000"}):
        assert client.post("/account", data={"name": "Bethan Leader"}, headers=ours).status_code == 303, ours


def test_by_https_only_the_public_address_is_ours_whatever_host_is_named(app, settings, world_of, sign_in, as_said):
    app.config["WORKGROUP"] = dataclasses.replace(settings, public_address="https://hub.example.org")
    client = sign_in(world_of.leader)
    for host in ("hub.example.org", "evil.example", "127.0.0.1:8000"):
        sent = {"Host": host, "Origin": f"https://{host}"}
        answer = client.post("/account", data={"name": "B"}, headers=sent, base_url=f"https://{host}")
        # the cookie belongs to another host here, so that whoever gets past the guard is asked to sign in
        assert answer.status_code == (401 if host == "hub.example.org" else 403), host


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example",
"localhost.evil.example",
                                  "10.0.0.7", "[2001:db8::1]", "", "[", "a@127.0.0.1.x"])  # fmt: skip
def test_in_clear_text_no_other_name_leads_here(app, host):
    answer = app.test_client().get("/set-up", headers={"Host": host})
    assert answer.status_code in (400, 421), host
    assert "name" not in answer.text.split("</head>")[-1].split("<form")[0] or "not the address" in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "LOCALHOST:8000", "[::1]:8000", "127.0.0.1"])
def test_in_clear_text_this_machine_goes_by_its_own_names(app, host):
    assert app.test_client().get("/set-up", headers={"Host": host}).status_code == 200


def test_in_clear_text_the_public_address_leads_here_too(app, settings):
    app.config["WORKGROUP"] = dataclasses.replace(settings, public_address="http://hub.school.lan:8080")
    assert app.test_client().get("/set-up", headers={"Host": "hub.school.lan:8080"}).status_code == 200
    assert app.test_client().get("/set-up", headers={"Host": "evil.example"}).status_code == 421


ELSEWHERE = [
    "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "https:evil.example",
    "https://evil.example",
    "javascript:alert(1)", "/\t/evil.example", "/\r\nX: 1", "/\n//evil.example", " //evil.example", "evil.example",
    "/%0d%0aX:1\r\n", "\x00/", "/\x7f", "data:text/html,x", "?then=//evil", "/\u0085\r", "",
]  # fmt: skip


@pytest.mark.parametrize("then", ELSEWHERE)
def test_the_way_back_never_leads_to_another_site(db, world_of, sign_in, as_said, then):
    w, same = world_of, {"Sec-Fetch-Site": "same-origin"}
    do(db, "people.set_password", w.leader, password="a long password", again="a long password")
    word = {"email": "leader@example.org", "password": "a long password", "then": then}
    said = [
        sign_in(None).post("/sign-in/password", data=word, headers=same),
        sign_in(None).post("/sign-in", data={"email": "leader@example.org", "then": then}, headers=same),
        sign_in(w.leader).get("/sign-in", query_string={"then": then}),
        sign_in(w.leader).get("/unlock", query_string={"then": then}),
        sign_in(w.leader).post("/unlock", data={"then": then}, headers=same),
        sign_in(w.leader).post("/account/pin", data={"pin": "270418", "again": "270418", "then": then}, headers=same),
    ]
    for answer in said:
        if answer.status_code == 422:  # a form that holds what no keyboard makes
            continue
        assert answer.status_code == 303, answer.request.path
        assert answer.location.startswith("/") and not answer.location.startswith(("//", "/\\")), answer.location
        assert "evil" not in answer.location and "\\" not in answer.location, answer.location
    for address in ("/sign-in", "/sign-in/sent"):
        page = sign_in(None).get(address, query_string={"then": then}).get_data(as_text=True)
        assert "evil" not in page


def test_every_address_that_somebody_types_must_be_of_the_web(db, world_of, sign_in):
    """What becomes a link on a page of ours: a joining link, a material."""
    session = a_session(db, world_of)
    for url in ("javascript:alert(1)", "JaVaScRiPt://x", "data:text/html,x", "//evil.example", "vbscript:x", "https:x"):
        sent = {"title": "Plan", "url": url}
        answer = sign_in(world_of.leader).post(f"/sessions/{session}/materials", data=sent)
        assert answer.status_code == 422, url
    assert store.value(db, "select count(*) from material") == 0
