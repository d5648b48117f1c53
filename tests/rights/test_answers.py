"""Every address, asked as every kind of person: how it answers, and that nobody reads what is not for them.

How each answers stands in tests/data/who_gets_what.txt; who may read which private words in readers.py. A route without
a line fails, and so does a personal column without a rule. A number is the status, a dot a 404 (there is no such thing,
for them), `in` the way to the sign-in page.
"""

import json
from collections import defaultdict
from types import SimpleNamespace

import pytest

from tests.rights import addresses, audiences, house, markers, people, readers, tables
from tests.rights.crawl import Crawl, how
from workgroup import clock, config, create_app, door, store, web
from workgroup.people import post

FORMATS = ("xlsx", "pdf", "parquet")
# what a line does not ask, of everybody: forms with something in them, other ways to look
ASIDE = (
    "/hub/exports?kind=days", "/hub/exports?kind=evaluation", "/hub/exports?kind=engagement", "/search?q=zz",
    "/no-such-page", "/sign-in?then=/account", "/hub/overview?state=registered", "/join?again=yes",
)  # fmt: skip



@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """Ask for all of it, once."""
    settings = config.Config(database=tmp_path_factory.mktemp("rights") / "hub.sqlite")
    app = create_app(settings)
    db = store.connect(settings.database)
    w = house.lived_in(db)
    cookies = people.come_in(db, w)
    addresses.links(db, w)
    addresses.of_visiting(db, w)
    marks = markers.put(db, audiences.Audiences(db, w))
    pristine = store.connect(":memory:")
    db.conn.backup(pristine.conn)
    crawl = Crawl(app, db, cookies, pristine)
    every = addresses.every(app, w)
    for address in every:
        crawl.line(address, _reads_as(address))
    _look_aside(crawl, w)
    links = _links(crawl, db, w, every)
    yield SimpleNamespace(app=app, db=db, w=w, crawl=crawl, marks=marks, links=links)
    db.conn.close()
    web.forget_connections()


def _reads_as(address):
    """Return the holder of a link for its own pages: whoever else is signed in there."""
    return f"link:{address.path.split('/')[1]}" if "<token>" in address.line else None


def _look_aside(crawl, w):
    for who in people.EVERYBODY:
        for path in ASIDE:
            crawl.ask(who, "GET", path)
        for lesson in w.lessons.values():
            crawl.ask(who, "GET", f"/lessons/{lesson}/timeline?after=0", {"HX-Request": "true"})
        if crawl.answers["/search GET"][who] == "200":
            for table in store.rows(crawl.db, "select distinct kind from found_row"):
                crawl.ask(who, "GET", f"/search?q=zz{table['kind'].replace('_', '')}")
    for who in ("hub_lead", "leader"):
        for kind in addresses.EXPORTS:
            for format in FORMATS:
                crawl.ask(who, "GET", f"/hub/exports/{kind}?format={format}")


def _links(crawl, db, w, every):
    """Open every page of a link with every kind of link, and with its own once it has run out; as nobody."""
    answers = defaultdict(dict)
    pages = [a for a in every if "<token>" in a.line]
    for page in pages:
        own = page.path.split("/")[1]
        for word, token in w.tokens.items():
            path = page.path.replace(w.tokens[own], token)
            answers[page.line][word] = how(crawl.ask("nobody", page.method, path, {}, f"link:{word}"))
    with store.writing(db):
        db.conn.execute("update link set expires_at = ?", (clock.after(-1),))
    crawl.pristine, before = store.connect(":memory:"), crawl.pristine
    db.conn.backup(crawl.pristine.conn)
    for page in pages:
        answers[page.line]["over"] = how(crawl.ask("nobody", page.method, page.path))
    crawl.pristine = before
    crawl.pristine.conn.backup(db.conn)
    return answers


def test_every_route_answers_every_kind_of_person_as_it_is_written_down(found):
    tables.compare("who_gets_what.txt", tables.write(tables.as_few(found.crawl.answers), people.EVERYBODY))


def test_a_link_opens_its_own_page_and_no_other_and_nothing_once_it_is_over(found):
    heads = {word: word for word in (*found.w.tokens, "over")}
    tables.compare("what_a_link_opens.txt", tables.write(found.links, heads, wide=38))


def test_nothing_breaks_whoever_asks(found):
    # /healthz says by its 503 that in this house nobody has done what is due
    assert [one for one in found.crawl.broken if not one.startswith("GET /healthz as ")] == []


def test_nothing_is_stored_on_its_way_but_what_is_asked_for_again_and_again(found):
    kept = {path: set(how.split(", ")) for path, how in found.crawl.kept.items()}
    assert kept == {path: {"private", "no-cache"} for path in ("/calendar/<id>", "/lessons/<id>/timeline")}


def test_nobody_reads_what_is_not_for_them(found):
    leaks = []
    for word, readers_of in found.crawl.seen.items():
        mark = found.marks.get(word)
        if mark is None:
            continue  # a token in an address that happens to look like one
        leaks += [f"{mark.rule} read by {who} at {at}" for who, at in readers_of.items() if who not in mark.may]
    assert not leaks, "\n".join(sorted(leaks))


def test_whoever_may_read_something_finds_it_somewhere(found):
    read = {mark.rule for word, mark in found.marks.items() if mark.may & set(found.crawl.seen.get(word, ()))}
    assert {mark.rule for mark in found.marks.values() if mark.may} - read == set()


def test_every_personal_column_has_a_rule_and_every_rule_a_row(found):
    ruled = {place for place, _, _ in readers.RULES} | {".".join(place) for place in readers.NOT_WORDS}
    assert markers.private_columns() - ruled == set()
    with_rows = {mark.rule for mark in found.marks.values()}
    empty = {f"{place} [{where}]" for place, where, _ in readers.RULES} - with_rows
    # until a lesson is discussed nobody says anything of it
    assert all("'live'" in one for one in empty), empty


def _entries(found, by):
    """Return entries that say something of everything that others wrote, as a tablet would send them."""
    about = {"lessons.add_words": ("noticing", "noticing"), "reflections.write": ("reflection", "reflection"),
             "visits.add_words": ("visit_note", "visit_note"), "lessons.flag": ("noticing", "noticing")}  # fmt: skip
    for kind, (field, table) in about.items():
        for row in store.rows(found.db, f"select id from {table}"):
            fields = {field: row["id"], "words": "Said", "flagged": "yes", "visibility": "me", "state": "draft"}
            fields = {name: said for name, said in fields.items() if door.KINDS[kind].knows(name)}
            yield {"id": post.new_id(), "kind": kind, "by": by, "at": clock.now(), "fields": fields}
    for row in store.rows(found.db, "select id from ledger where kind like 'lessons.%' limit 60"):
        yield {"id": row["id"], "kind": "sessions.note", "by": by, "at": clock.now(), "fields": {"words": "Other"}}


def test_no_answer_to_a_tablet_holds_a_private_word_or_anothers_entries(found):
    ids = [row["id"] for row in store.rows(found.db, "select id from ledger where by is not null")]
    for who in (*people.SIGNED_IN, "guest"):
        by = getattr(found.w, who)
        batch = {"tablet": post.new_id(), "sent": clock.now(), "entries": list(_entries(found, by))}
        for path, said in (("/sync", batch), ("/sync/check", {"ids": ids[-900:]})):
            answer = found.crawl.ask(who, "POST", path, json=said)
            assert answer.status_code == 200, answer.data
            assert not markers.FOUND.search(answer.get_data(as_text=True)), who
            kept = json.loads(answer.data).get("kept", [])
            own = {r["id"] for r in store.rows(found.db, "select id from ledger where by = ?", (by,))}
            assert set(kept) <= own
