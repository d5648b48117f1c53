"""The house of the tests: a new database, three people who carry every suite, a client that criticises pages."""

import gzip
import io
import json
import logging
import shutil
from types import SimpleNamespace

import pytest
from flask.testing import FlaskClient

from tests import page_checks, post_office, query_plans, world
from tests.simulation.summary import pytest_terminal_summary  # noqa: F401 - a hook that pytest finds here alone
from workgroup import clock, config, create_app, guard, ledger, store, telling, web
from workgroup.people import post

query_plans.watch()


@pytest.fixture(autouse=True)
def no_scans():
    """Fail a test in which the app read a whole table that grows."""
    query_plans.found.clear()
    yield
    assert query_plans.found == [], f"read from end to end (see tests/query_plans.py): {query_plans.found}"


class CriticalClient(FlaskClient):
    """Fetches as a browser would, and checks every whole page it gets."""

    def open(self, *args, **kwargs):
        """Send Sec-Fetch-Site as a browser does, and check what comes back."""
        headers = dict(kwargs.pop("headers", None) or {})
        headers.setdefault("Sec-Fetch-Site", "same-origin")
        kwargs.setdefault("buffered", True)
        response = super().open(*args, headers=headers, **kwargs)
        no_page = 300 <= response.status_code < 400 or "Content-Disposition" in response.headers  # a file to keep
        if response.mimetype == "text/html" and not no_page and "<html" in (text := _text(response)):
            page_checks.check(text, f"{response.request.method} {response.request.path} {response.status_code}")
        return response


def _text(response):
    packed = response.headers.get("Content-Encoding") == "gzip"
    return (gzip.decompress(response.data) if packed else response.data).decode()


@pytest.fixture
def settings(tmp_path):
    """Settings on a new file."""
    return config.Config(database=tmp_path / "hub.sqlite")


@pytest.fixture(scope="session")
def made_once(tmp_path_factory):
    """The app, made once, with the file of a new database: to migrate one takes longer than most tests."""
    settings = config.Config(database=tmp_path_factory.mktemp("house") / "new.sqlite")
    made = create_app(settings)
    made.testing = True
    made.test_client_class = CriticalClient
    return SimpleNamespace(app=made, new=settings.database, worlds={})


@pytest.fixture
def app(settings, made_once):
    """The app on a new database."""
    shutil.copyfile(made_once.new, settings.database)
    made_once.app.config["WORKGROUP"] = settings
    made_once.app.config.pop("IS_DEMO", None)
    yield made_once.app
    made_once.app.testing = True
    web.forget_connections()


@pytest.fixture
def db(app, settings):
    """A connection of the test's own."""
    opened = store.connect(settings.database)
    yield opened
    opened.conn.close()


@pytest.fixture
def world_of(db, made_once):
    """A hub with a Work Group: see tests/world.py. Built once on each day of the clock, and copied."""
    today = clock.today()
    if today not in made_once.worlds:
        built = made_once.new.with_name(f"world of {today}.sqlite")
        shutil.copyfile(made_once.new, built)
        one = store.connect(built)
        made_once.worlds[today] = one, world.build(one)
    one, w = made_once.worlds[today]
    is_new = ledger.head(db)["number"] == 0 and _tables(db) == _tables(one)
    assert is_new, "the world is copied over what there was: ask for it before anything is written"
    one.conn.backup(db.conn)
    return SimpleNamespace(**vars(w))


def _tables(db):
    return {row["name"] for row in store.rows(db, "select name from sqlite_master")}


@pytest.fixture
def mail_server(settings):
    """A mail server: what it heard, and settings that send there."""
    with post_office.opened(settings) as (inbox, sending):
        yield inbox, sending


@pytest.fixture
def sign_in(app, db):
    """Return a client signed in as a person: `sign_in(person_id)`; None is signed out."""

    def signed_in_as(person):
        client = app.test_client()
        if person:
            token = post.new_token()
            with store.writing(db):
                store.put(
                    db, "tablet", id=post.new_id(), person=person, token_hash=guard.hash_of(token), shared=0,
                    signed_in_at="2026-01-01T00:00:00.000Z", seen_at="2099-01-01T00:00:00.000Z",
                )  # fmt: skip
                store.alter(db, "person", person, claimed_at="2026-01-01T00:00:00.000Z")
            client.set_cookie(guard.COOKIE, token)
        return client

    return signed_in_as


@pytest.fixture
def told():
    """Return what was told so far as JSON lines: `told()`, read; `told.text()`, as it stands in the log."""
    into, root, ours = io.BytesIO(), logging.getLogger(), logging.getLogger("workgroup")
    before = root.handlers, root.level, ours.level
    telling.begin("json", put=into.write)

    def lines():
        return [json.loads(line) for line in into.getvalue().decode().splitlines()]

    lines.text = lambda: into.getvalue().decode()
    yield lines
    root.handlers = before[0]
    root.setLevel(before[1])
    ours.setLevel(before[2])
