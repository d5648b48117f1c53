"""Whoever guesses at accounts learns nothing and gets nowhere; and shuts out nobody, not even beside them."""

import re
import threading
from dataclasses import replace
from types import SimpleNamespace

import pytest
from argon2 import PasswordHasher
from waitress.proxy_headers import proxy_headers_middleware

from tests.world import do
from workgroup import clock, create_app, serving, store, web
from workgroup.people import post, trying

WORDS = "three words remembered"
# with a password, claimed without one, never claimed, erased, none at all
NEW = ("Date", "Content-Length", "ETag", "X-Request-Id")  # in every answer
KNOWN = tuple(f"{who}@example.org" for who in ("leader", "claimed", "never-claimed", "erased", "no"))


@pytest.fixture
def accounts(db, world_of, monkeypatch):
    """Accounts of each kind; passwords are hashed quickly here, and that they are slow elsewhere is a promise."""
    w, quick = world_of, PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(post, "_hasher", quick)
    monkeypatch.setattr(post, "_NOBODY", quick.hash("nobody’s"))
    do(db, "people.set_password", w.leader, password=WORDS, again=WORDS)
    for email in ("claimed", "never-claimed", "erased"):
        do(db, "groups.add_person", w.leader, work_group=w.group, name=f"The {email}", email=f"{email}@example.org",
           role="participant", school=w.school)  # fmt: skip
    with store.writing(db):
        db.conn.execute("update person set claimed_at = ? where email = 'claimed@example.org'", (clock.now(),))
    erased = store.value(db, "select id from person where email = 'erased@example.org'")
    do(db, "people.erase", w.hub_lead, person=erased)
    return w


def _plain(answer, email):
    """Return an answer byte for byte, without what is new in every answer and the address that was typed."""
    text = answer.get_data(as_text=True).replace(email, "EMAIL").replace(answer.headers["X-Request-Id"], "REFERENCE")
    text = re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\dT[0-9:.]+Z", "ID", text)
    headers = [(name, said) for name, said in answer.headers if name not in NEW]
    return answer.status_code, headers, text


def _asks(app, path, **fields):
    found = {}
    for email in KNOWN:
        typed = {name: email if said is None else said for name, said in fields.items()}
        found[email] = _plain(app.test_client().post(path, data={**typed, "then": "/account"}), email)
    return found


@pytest.mark.parametrize(
    ("path", "fields"),
    [("/sign-in", {"email": None}), ("/sign-in/password", {"email": None, "password": "a wrong password"}),
     ("/sign-in/code", {"proof": "ABCD-2345"}), ("/sign-in/no-such-token", {}), ("/set-up", {"email": None})],
)  # fmt: skip
def test_no_answer_tells_who_has_an_account(app, accounts, path, fields):
    answers = _asks(app, path, **fields)
    assert len({str(answer) for answer in answers.values()}) == 1, answers


def test_too_many_tries_are_too_many_for_an_account_that_is_none(app, accounts):
    found = {}
    for email in KNOWN:
        client = app.test_client()
        answers = [client.post("/sign-in/password", data={"email": email, "password": "wrong"}) for _ in range(12)]
        links = [client.post("/sign-in", data={"email": email}) for _ in range(7)]
        found[email] = [_plain(answer, email) for answer in answers + links]
    assert all(found[email] == found[KNOWN[0]] for email in KNOWN)
    assert [answer[0] for answer in found[KNOWN[0]]] == [422] * 10 + [429] * 2 + [303] * 5 + [429] * 2


def test_the_work_of_a_link_is_the_same_for_nobody(app, db, accounts):
    done = {}
    with app.app_context():
        conn = web.database().conn
    for email in KNOWN:
        said = []
        conn.set_trace_callback(said.append)
        app.test_client().post("/sign-in", data={"email": email})
        conn.set_trace_callback(None)
        # what an address or an id is does not matter; the three words by which it is undone take no time
        done[email] = [" ".join(line.split()[:4]) for line in said if "for_nothing" not in line]
    assert all(lines == done[KNOWN[0]] for lines in done.values()), done
    assert sum(line.startswith("insert into") for line in done[KNOWN[0]]) > 5
    left = store.value(db, "select count(*) from mail where address in ('no@example.org', 'erased@example.org')")
    assert left == 0 and store.value(db, "select count(*) from link where person is null") == 0


def test_a_password_is_worked_at_whether_or_not_there_is_one(app, accounts, monkeypatch):
    worked = []

    class Counting:
        def verify(self, hashed, password):
            worked.append(hashed.rsplit("$", 2)[0])  # how it is worked, and not for whom
            return hasher.verify(hashed, password)

    hasher = post._hasher
    monkeypatch.setattr(post, "_hasher", Counting())
    _asks(app, "/sign-in/password", email=None, password="a wrong password")
    assert len(worked) == len(KNOWN) and len(set(worked)) == 1


def _from(app, address):
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = address
    return client


def test_forty_people_sign_in_from_one_school_while_somebody_there_guesses(app, db, accounts):
    w, school = accounts, "203.0.113.7"
    people = []
    for n in range(40):
        email = f"teacher{n}@example.org"
        do(db, "groups.add_person", w.hub_lead, work_group=w.group, name=f"Teacher {n}", email=email,
           role="participant", school=w.school)  # fmt: skip
        people.append(email)
    guesser = _from(app, school)
    for n, email in enumerate(people):
        tries = [guesser.post("/sign-in/password", data={"email": "leader@example.org", "password": f"guess {i}"})
                 for i in range(3)]  # fmt: skip
        assert {t.status_code for t in tries} <= {422, 429}
        guesser.post("/sign-in/code", data={"proof": f"GUES-{n:04d}"})
        client = _from(app, school)
        assert client.post("/sign-in", data={"email": email}).status_code == 303
        mail = store.row(db, "select link, code from mail where address = ? order by rowid desc", (email,))
        wrong = client.post("/sign-in/code", data={"proof": "WRNG-2345"}).status_code
        way = ("/sign-in/code", {"proof": mail["code"]}) if n % 2 else (mail["link"], {})
        assert (wrong, client.post(way[0], data=way[1]).status_code) == (422, 303), n
    assert tries[-1].status_code == 429, "the guesser is stopped"
    elsewhere = _from(app, "198.51.100.2").post(
        "/sign-in/password", data={"email": "leader@example.org", "password": WORDS})  # fmt: skip
    assert elsewhere.status_code == 303, "and the owner is not, elsewhere"


def test_guessing_at_one_account_from_everywhere_ends_and_a_link_still_signs_in(app, db, accounts, monkeypatch):
    monkeypatch.setattr(trying, "GUESSES_A_DAY", 12)
    fields = {"email": "leader@example.org", "password": "a guess"}
    answers = [_from(app, f"198.51.100.{n}").post("/sign-in/password", data=fields).status_code for n in range(14)]
    assert answers == [422] * 12 + [429] * 2
    owner = _from(app, "203.0.113.9")
    assert owner.post("/sign-in/password", data={**fields, "password": WORDS}).status_code == 429
    owner.post("/sign-in", data={"email": "leader@example.org"})
    link = store.value(db, "select link from mail where address = 'leader@example.org' order by rowid desc")
    assert owner.post(link).status_code == 303


def test_nobody_is_buried_in_mails_that_others_ask_for(app, db, accounts):
    for n in range(24):
        written = ("leader@example.org", " LEADER@example.org", "leader@ｅxample.org")[n % 3]
        asked = _from(app, f"198.51.100.{n}").post("/sign-in", data={"email": written})
        assert asked.status_code == 303, "whoever asks is told the same"
    sql = "select count(*) from mail where address = 'leader@example.org' and subject like 'Your sign-in%'"
    assert store.value(db, sql) == trying.MAILS


def test_right_ones_are_no_guesses_and_the_wrong_ones_before_are_forgotten(app, db, accounts):
    client = _from(app, "203.0.113.9")
    for _ in range(3):
        for word in (*["wrong"] * 9, WORDS):
            client.post("/sign-in/password", data={"email": " LEADER@example.org", "password": word})
    assert client.get("/account").status_code == 200
    assert store.value(db, "select count(*) from attempt where key like 'password:%' or key like 'guessed:%'") == 0


def test_what_was_counted_is_counted_after_a_restart(app, db, accounts, settings):
    fields = {"email": "leader@example.org", "password": "wrong"}
    for _ in range(10):
        app.test_client().post("/sign-in/password", data=fields)
    again = create_app(settings)
    headers = {"Sec-Fetch-Site": "same-origin"}
    assert again.test_client().post("/sign-in/password", data=fields, headers=headers).status_code == 429


def test_a_typed_code_is_no_address_and_a_wrong_one_is_counted(app, db, accounts, monkeypatch):
    do(db, "people.ask_for_link", email="leader@example.org")
    code = store.value(db, "select code from mail where code is not null order by rowid desc")
    guesser = app.test_client()
    for said in (code, code.replace("-", ""), code.lower()):
        assert guesser.get(f"/sign-in/{said}").status_code == 410, "opening addresses is not counted"
    monkeypatch.setitem(trying.OF_ADDRESS, "code", 6)
    answers = [guesser.post("/sign-in/code", data={"proof": f"WRNG{n:04d}"}).status_code for n in range(7)]
    assert answers == [422] * 6 + [429]
    assert guesser.post("/sign-in/code", data={"proof": code}).status_code == 429, "not even the right one"
    assert _from(app, "203.0.113.9").post("/sign-in/code", data={"proof": code}).status_code == 303


def test_links_of_a_school_are_opened_as_often_as_there_are_people(app, db, accounts, monkeypatch):
    """Wrong links are counted, right ones are not: after a session forty people reflect from behind one address."""
    monkeypatch.setitem(trying.OF_ADDRESS, "link", 3)
    token = post.new_token()
    with store.writing(db):
        post.keep_link(db, accounts.participant, "reminder", 900, token, about=f"{accounts.in_group} 2099-01-01")
    client = app.test_client()
    assert {client.post(f"/back/{token}").status_code for _ in range(8)} == {404}
    assert [client.post("/back/nonsense").status_code for _ in range(4)] == [410, 410, 410, 429]
    assert client.post(f"/back/{token}").status_code == 404


def test_only_the_proxy_that_we_know_says_where_somebody_comes_from(settings, monkeypatch):
    """Behind a proxy all addresses are the proxy's; what a browser says of its own is nothing to count by."""
    made, seen = {}, []

    class Server:
        def close(self):
            """Close nothing."""

    monkeypatch.setattr(serving, "create_app", lambda _: SimpleNamespace(config={}))
    monkeypatch.setattr(serving.waitress, "create_server", lambda app, **how: made.update(how) or Server())
    asked = threading.Event()
    asked.set()
    serving._run(settings, None, asked)
    assert "trusted_proxy" not in made
    serving._run(replace(settings, proxy="127.0.0.1"), None, asked)
    behind = proxy_headers_middleware(
        lambda environ, _: seen.append(environ["REMOTE_ADDR"]), made["trusted_proxy"], 1, made["trusted_proxy_headers"])
    for here in ("127.0.0.1", "198.51.100.66"):
        behind({"REMOTE_ADDR": here, "HTTP_X_FORWARDED_FOR": "192.0.2.6, 203.0.113.7", "SERVER_PORT": "80",
                "SERVER_NAME": "x", "wsgi.url_scheme": "http"}, None)  # fmt: skip
    assert seen == ["203.0.113.7", "198.51.100.66"]
