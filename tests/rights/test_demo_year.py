"""The leak hunt in the demo year: a mark in every private place, and everybody asks for whatever anybody is led to.

Pages, parts, kept pages, exports, feeds, files, search, refused forms: nobody may read a mark that is not for them.
`make stress` asks all of it as everybody. Else one address of each route is asked by those who stand furthest from it:
the other Work Group's leader and a participant, somebody of another school, the office, nobody at all.
"""

import html
import os
import re
from collections import Counter, deque
from types import SimpleNamespace

import pytest

from tests.browser import everybody
from tests.rights import addresses, markers, whoever
from tests.rights.crawl import Crawl, text
from tests.tablet.sending import sign_in
from tests.world import do
from workgroup import store
from workgroup.people import post

IN_FULL = bool(os.environ.get("WORKGROUP_STRESS"))
LED = None if IN_FULL else ("bethan.", "zainab.")  # whose links are followed
FURTHEST = ("callum.", "marcus.", "annette.", "toby.")
OF_A_ROUTE = 6 if IN_FULL else 1  # addresses of one route that one person is led to
MOST = {"GET": 10_000, "POST": 2} if IN_FULL else {"GET": 1, "POST": 0}  # addresses of one route that all are asked of
LINK = re.compile(r'(?:href|src|data-then|hx-get)="(/[^"#]*|\?[^"#]*)')
FORM = re.compile(r'<form[^>]*method="post"[^>]*action="(/[^"]*)"')
NOT_ASKED = re.compile(r"^/(static/|sign-out)" if IN_FULL else r"^/(static/|sign-out)|\.pdf$|format=|^/style")
BY_LINK = re.compile(r"^/(?:[a-z-]+)/[\w-]{43}(?:[/.?]|$)")


@pytest.fixture(scope="module")
def hunt(tmp_path_factory):
    """Mark the demo year, find what there is to ask, and ask it."""
    demo = everybody.Demo(tmp_path_factory.mktemp("leaks") / "demo.sqlite")
    people = {row["email"]: row["id"] for row in store.rows(demo.db, "select * from person where email is not null")}
    cookies = {id: sign_in(demo.db, id) for id in people.values()} | {"nobody": ""}
    starts = {id: ["/"] for id in cookies} | _otherwise(demo, cookies)
    feed = post.new_token()
    do(demo.db, "sessions.make_feed", people["sunita.rao@example.org"], proof=feed)
    starts["nobody"] += [f"/calendar/{feed}.ics"]
    marks = markers.put(demo.db, whoever.Whoever(demo.db))
    pristine = store.connect(":memory:")
    demo.db.conn.backup(pristine.conn)
    crawl = Crawl(demo.app, demo.db, cookies, pristine)
    crawl.known_as["taught"] = store.value(demo.db, "select teacher from lesson where state = 'with teacher'")
    names = {id: email for email, id in people.items()}
    found = {}
    for who in starts:
        if IN_FULL or who not in names or names[who].startswith(LED):
            _follow(demo, crawl, who, starts[who], found)
    others = [id for id in cookies if IN_FULL or id == "nobody" or names.get(id, "").startswith(FURTHEST)]
    kept = {rule.rule for rule in demo.rules if demo.app.view_functions[rule.endpoint].keeps}
    _ask_others(crawl, others, found, kept)
    yield SimpleNamespace(crawl=crawl, marks=marks, found=found, names=names)
    pristine.conn.close()
    demo.close()


def _otherwise(demo, cookies):
    """Let in whoever is not signed in, by the word or id that the rules know them by; return where each begins."""
    known = {"the room’s screen": "screen", "the holder of a link": "nobody", "nobody signed in": "nobody",
             "a guest": store.value(demo.db, "select guest from guest_claim where guest is not null"),
             "at the door": "at the door", "waiting at the door": "waiting",
             "the teacher by a link": "taught"}  # fmt: skip
    starts = {}
    for person in demo.people:
        if who := known.get(person.name):
            starts[who] = [*starts.get(who, ()), *person.starts]
            cookies.setdefault(who, "; ".join(f"{k}={v}" for k, v in person.cookies.items()))
    return starts


def _reads_as(who, address):
    """Return the holder of a link for its own pages: whoever they are otherwise."""
    return f"link:{address.split('/')[1]}" if BY_LINK.match(address) else None


def _follow(demo, crawl, who, starts, found):
    """Follow links as somebody, and note each address with its route, and each form, with who was led there."""
    todo, opened = deque(starts), Counter()
    seen = set()
    while todo:
        address = todo.popleft()
        route = demo.route(address)
        if address in seen or route is None or NOT_ASKED.match(address) or opened[route] >= OF_A_ROUTE:
            continue
        seen.add(address)
        opened[route] += 1
        answer = crawl.ask(who, "GET", address, reads_as=_reads_as(who, address))
        found.setdefault(("GET", address), (route, who))
        if 300 <= answer.status_code < 400:
            todo.append(answer.location)
        elif answer.mimetype == "text/html":
            page = text(answer)
            todo.extend(everybody.whole_address(link, address) for link in LINK.findall(page))
            for to in FORM.findall(page):
                found.setdefault(("POST", html.unescape(to)), (demo.route(html.unescape(to), "POST"), who))


def _ask_others(crawl, people, found, kept):
    asked = Counter()
    for (method, address), (route, _) in list(found.items()):
        asked[method, route] += 1
        if BY_LINK.match(address) or asked[method, route] > MOST[method]:
            continue
        for who in people:
            if method == "GET":
                _look(crawl, who, address, route in kept)
            else:
                crawl.ask(who, "POST", address, data={"change_id": post.new_id()})
    for who in people:
        _ask_aside(crawl, who)


def _look(crawl, who, address, is_kept):
    """Ask for a page, for its part, and for what a tablet would keep of it, which opens earlier than the page."""
    answer = crawl.ask(who, "GET", address)
    if IN_FULL and answer.status_code == 200 and answer.mimetype == "text/html":
        crawl.ask(who, "GET", address, {"HX-Request": "true"})
    if IN_FULL and is_kept:
        crawl.ask(who, "GET", address, {"Workgroup-Pack": "1"})


def _ask_aside(crawl, who):
    """Search for what all marks of a table share; ask for every export in every form."""
    tables = sorted({place.split(".")[0] for place in markers.private_columns()})
    for table in tables if IN_FULL else tables[::6]:
        crawl.ask(who, "GET", f"/search?q=zz{table.replace('_', '')}")
    for kind in addresses.EXPORTS if IN_FULL else ():
        for form in ("csv", "xlsx", "pdf", "parquet"):
            crawl.ask(who, "GET", f"/hub/exports/{kind}?format={form}")


def test_nobody_reads_in_the_demo_year_what_is_not_for_them(hunt):
    leaks = []
    for word, readers in hunt.crawl.seen.items():
        mark = hunt.marks.get(word)
        if mark is None:
            continue  # a token in an address that happens to look like one
        leaks += [f"{mark.rule} of row {mark.row} read by {hunt.names.get(who, who)} at {at}"
                  for who, at in readers.items() if who not in mark.may]  # fmt: skip
    assert not leaks, "\n".join(sorted(leaks))


def test_the_hunt_goes_everywhere_and_breaks_nothing(hunt):
    assert [one for one in hunt.crawl.broken if "/healthz" not in one] == []
    routes = {route for route, _ in hunt.found.values()}
    assert len(routes) > 180
    read = {mark.rule for word, mark in hunt.marks.items() if mark.may & set(hunt.crawl.seen.get(word, ()))}
    assert len(read) > 60, "a hunt that finds what it may is not blind to the rest"
