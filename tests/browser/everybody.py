"""Everybody who opens a page of the demo year, and the pages that links lead each of them to.

The crawl runs in this process, on the file that a server shows afterwards: it costs seconds. What it found stands in
`Page`s; `one_of_each` keeps one for each kind of page (its route, and how it answered).
"""

import html
import re
from collections import Counter, deque
from dataclasses import dataclass

from tests.browser import furnishing
from workgroup import config, create_app, store, web
from workgroup.years import demo

OF_A_KIND = 3  # pages of one route that are opened for each person: the next ones lead to nothing new
A_FILE = re.compile(r"^/static/|\.(pdf|ics|json|csv|html)$|[?&]format=")
AS_A_BROWSER = {"Sec-Fetch-Site": "same-origin", "Accept-Encoding": "identity"}
LINK = re.compile(r'(?:href|data-then)="(/[^"]*|\?[^"]*)"')


@dataclass
class Page:
    """A page as it was answered to somebody."""

    route: str
    who: furnishing.Person
    address: str
    status: int
    text: str

    @property
    def kind(self):
        """The route, and its answer where that is not the usual one."""
        return self.route if self.status == 200 else f"{self.route} {self.status}"


class Demo:
    """The demo year on a day when something of everything is open, its people, and the app on its file."""

    def __init__(self, database):
        self.database, self.app = database, create_app(config.Config(database=database))
        self.app.testing = True
        self.db = store.connect(database)
        demo.fill(self.db)
        self.people = furnishing.people_of(self.db)
        self.rules = [rule for rule in self.app.url_map.iter_rules() if "GET" in rule.methods]
        self._places = self.app.url_map.bind("demo")

    def close(self):
        """Close what was opened here; the file stays."""
        self.db.conn.close()
        web.forget_connections()

    def route(self, address, method="GET"):
        """Return the route that an address belongs to, or None."""
        try:
            return self._places.match(address.partition("?")[0], method=method, return_rule=True)[0].rule
        except Exception:  # whatever it is, it is no address of ours
            return None

    def client(self, person):
        """Return a test client with a person's cookies."""
        client = self.app.test_client()
        for name, value in person.cookies.items():
            client.set_cookie(name, value, path="/")
        return client

    def crawl(self):
        """Return every page that links lead anybody to."""
        return [page for person in self.people for page in self._walk(person)]

    def _walk(self, person):
        client, seen, opened = self.client(person), set(), Counter()
        todo = deque((start, "where they begin") for start in person.starts)
        while todo:
            address, source = todo.popleft()
            address = address.partition("#")[0]
            route = self.route(address)
            if address in seen or A_FILE.search(address) or opened[route] >= OF_A_KIND:
                continue
            seen.add(address)
            opened[route] += 1
            answer = client.get(address, headers=AS_A_BROWSER)
            assert answer.status_code < 500 and (answer.status_code < 400 or source == "where they begin"), (
                f"{person.name}: {address} from {source}: {answer.status_code}"
            )
            if 300 <= answer.status_code < 400:
                todo.append((answer.location, source))
            elif answer.mimetype == "text/html":
                text = answer.get_data(as_text=True)
                yield Page(route or "no route", person, address, answer.status_code, text)
                todo.extend((whole_address(link, address), address) for link in LINK.findall(text))


def before_anybody(database):
    """Return the pages of a hub that nobody has set up, and how its form refuses."""
    client = create_app(config.Config(database=database)).test_client()
    nobody, said = furnishing.Person("before anybody"), {"headers": AS_A_BROWSER}
    answers = client.get("/set-up", **said), client.post("/set-up", data={}, **said)
    web.forget_connections()
    return [Page("/set-up", nobody, "/set-up", a.status_code, a.get_data(as_text=True)) for a in answers]


def one_of_each(pages, key=lambda page: page.kind):
    """Return the page that holds most for each key, in the order of the keys."""
    found = {}
    for page in pages:
        if key(page) not in found or len(page.text) > len(found[key(page)].text):
            found[key(page)] = page
    return [found[k] for k in sorted(found, key=str)]


def whole_address(link, address):
    link = html.unescape(link)
    return address.partition("?")[0] + link if link.startswith("?") else link
