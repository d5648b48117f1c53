"""A hub in which something of everything has happened, its addresses and forms as its own pages give them.

Built once for a file of tests: what one case leaves behind is part of the next one's mess.
"""

import re
import tempfile
from pathlib import Path
from types import SimpleNamespace

from bs4 import BeautifulSoup
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from tests import world
from tests.test_kinds import EXAMPLES
from workgroup import config, create_app, door, guard, ledger, store, web
from workgroup.people import post

# these would end what the others stand on: a hub set up anew, people who are gone, a sign-in that is over
ENDINGS = ("people.set_up", "people.erase", "people.end_role", "people.end_sign_ins", "people.sign_out",
           "privacy.erase", "privacy.erase_address", "privacy.erase_named", "privacy.purge", "years.populate",
           "sessions.set_state", "frameworks.begin", "days.edit_activity")  # fmt: skip
WHO = ("leader", "hub_lead", "participant")
UNDOING = re.compile(r"withdraw|restore|end_|drop|undo|take_back|close|carry|cancel|turn_away|show_out|use_link")
MOST_PAGES = 260
STARTS = ("/", "/groups", "/schools", "/account", "/days", "/hub", "/hub/claims/new", "/hub/overview", "/people",
          "/mail",
          "/hub/settings", "/frameworks", "/reflections", "/account/pin", "/agendas", "/later", "/calendar", "/prompts",
          "/hub/retention", "/sign-in")  # fmt: skip


class House:
    """The app as it is served, not as it is tested: an exception is a 500, as people would get it."""

    def __init__(self, folder=None, **settings):
        folder = Path(folder or tempfile.mkdtemp())
        self.settings = config.Config(database=folder / "hub.sqlite", **settings)
        self.app = create_app(self.settings)
        self.db = store.connect(self.settings.database)
        self.w = world.build(self.db)
        self.said = {}

    def live_in(self):
        """Say every kind of change once, as its example does; keep what was said, by kind."""
        for kind in sorted(set(EXAMPLES) - set(ENDINGS), key=lambda k: (bool(UNDOING.search(k)), k)):
            example = EXAMPLES[kind]
            try:
                fields = example.fields(self.db, self.w)
            except AssertionError:
                continue  # another example stands in its way
            by = getattr(self.w, example.by) if example.by else None
            self.said[kind] = SimpleNamespace(fields=fields, by=by)
            door.submit(self.db, kind, fields, post.new_id(), by)
        return self

    def ids(self):
        """Return some ids of every table."""
        tables = store.rows(self.db, "select name from sqlite_master where sql like '%id text prim%'")
        newest = (store.rows(self.db, f"select id from {t['name']} order by rowid desc limit 2") for t in tables)
        return [row["id"] for rows in newest for row in rows]

    def client(self, who=None):
        """Return a browser, signed in as somebody of the world."""
        client = self.app.test_client()
        if who:
            token, person = post.new_token(), getattr(self.w, who)
            with store.writing(self.db):
                store.put(
                    self.db, "tablet", id=post.new_id(), person=person, token_hash=guard.hash_of(token), shared=0,
                    signed_in_at="2026-01-01T00:00:00.000Z", seen_at="2099-01-01T00:00:00.000Z",
                )  # fmt: skip
                store.alter(self.db, "person", person, claimed_at="2026-01-01T00:00:00.000Z")
            client.set_cookie(guard.COOKIE, token)
        return client

    def ledger(self):
        """Return how many rows the ledger has."""
        return store.value(self.db, "select count(*) from ledger")

    def rows(self):
        """Return how many rows each table has, but for tries, which are counted whatever becomes of them."""
        if not hasattr(self, "_counting"):
            names = [r["name"] for r in store.rows(self.db, "select name from sqlite_master where type = 'table'")]
            names = [n for n in names if n != "attempt" and not n.startswith("found_")]
            self._counting = "select " + ", ".join(f"(select count(*) from {n})" for n in names)
        return tuple(self.db.conn.execute(self._counting).fetchone())

    def wrong(self):
        """Return what is wrong with the record: the chain, the file, its references."""
        return ledger.check(self.db) + store.check(self.db)

    def close(self):
        """Let go of the files."""
        self.db.conn.close()
        web.forget_connections()


def forms_of(house, client, starts):
    """Walk the pages a browser is shown; return {endpoint: (address, fields)} of the forms on them."""
    adapter = house.app.url_map.bind("localhost")
    found, seen, todo, kinds = {}, set(), list(starts), {}
    while todo and len(seen) < MOST_PAGES:
        address = todo.pop(0).split("#")[0]
        pattern = _endpoint(adapter, address, "GET")
        # a page or three of each kind show the forms of all
        if address in seen or pattern is None or kinds.get(pattern, 0) >= 3:
            continue
        seen.add(address)
        kinds[pattern] = kinds.get(pattern, 0) + 1
        answer = client.get(address)
        if answer.mimetype != "text/html" or answer.status_code != 200:
            continue
        page = BeautifulSoup(answer.get_data(as_text=True), "html.parser")
        todo += [a["href"] for a in page.find_all("a", href=True) if a["href"].startswith("/")]
        for form in page.find_all("form", method=re.compile("post", re.I)):
            action = form.get("action") or address
            endpoint = _endpoint(adapter, action, "POST")
            if endpoint:
                found.setdefault(endpoint, (action, _fields(form)))
    return found


def every_form(house):
    """Return {endpoint: (client, address, fields)} for every route that takes a form: from the pages, else made up."""
    w, found, links = house.w, {}, _links(house)
    walks = [(house.client(who), [*STARTS, f"/groups/{w.group}", f"/schools/{w.school}"]) for who in WHO]
    by_link = house.client()
    by_link.post(f"/taught/{links['taught']}", headers={"Sec-Fetch-Site": "same-origin"})
    walks.append((by_link, ["/taught", "/join", "/screen", "/sign-in", *(f"/{at}/{one}" for at, one in links.items())]))
    for client, starts in walks:
        for endpoint, (address, fields) in forms_of(house, client, starts).items():
            found.setdefault(endpoint, (client, address, fields))
    for rule in house.app.url_map.iter_rules():
        if "POST" in rule.methods and rule.endpoint not in found:
            address = rule.rule
            for argument in rule.arguments:
                address = re.sub(rf"<(\w+:)?{argument}>", _argument(house, rule, argument, links), address)
            found[rule.endpoint] = (walks[0][0], address, {})
    return found


def _argument(house, rule, argument, links):
    if argument == "deed":
        return "withdraw"
    if argument == "token":
        return links.get(rule.rule.split("/")[1], "no-such-token")
    table = rule.rule.split("/")[1].replace("-", "_").removesuffix("s")
    known = store.value(house.db, "select 1 from sqlite_master where name = ? and type = 'table'", (table,))
    return (known and store.value(house.db, f"select id from {table} order by rowid desc")) or post.new_id()


def _links(house):
    """Return {first word of the address: token} with a token that works of each kind that was sent."""
    found = {"join": house.said["sessions.claim"].fields["proof"]}
    for mail in store.rows(house.db, "select link from mail where link is not null"):
        _, place, token = mail["link"].partition("?")[0].split("/")[:3]
        found[place] = token
    return found


def _endpoint(adapter, address, method):
    try:
        return adapter.match(address.partition("?")[0], method)[0]
    except (HTTPException, RequestRedirect):
        return None


def _fields(form):
    """Return the fields of a form as a browser would send them, with the values they stand at."""
    fields = {}
    for control in form.find_all(["input", "select", "textarea", "button"]):
        if not (name := control.get("name")):
            continue
        values = fields.setdefault(name, [])
        if control.name == "select":
            values += [o.get("value", "") for o in control.find_all("option")]
        else:
            values.append(control.get("value") or control.get_text())
    return fields
