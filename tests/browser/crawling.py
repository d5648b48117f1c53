"""Every page of the app as somebody is led to it: one address a route, found by following the links of a demo year."""

import re
import sqlite3
from collections import Counter, deque
from pathlib import Path
from typing import NamedTuple

from bs4 import BeautifulSoup

ROUTES = Path(__file__).parents[1] / "data" / "routes.txt"
LEAVES_OUT = re.compile(r"^/(static|sync|health)|\.(pdf|ics|json|csv|js|webmanifest)$|<piece>")
NOT_PAGES = {"/service-worker.js", "/manifest.webmanifest"}
MOST_READ = 3  # pages of one route that a role reads in search of more: what one draft leads to, another plan does not


class Screen(NamedTuple):
    """One picture to be: its name, who looks (None: nobody signed in), where."""

    name: str
    person: str | None
    address: str


def routes():
    """Return the rules that answer GET, the plain ones before those with names in them, each with its pattern."""
    rules = re.findall(r"^(/\S*): .*\bGET\b", ROUTES.read_text(), re.M)
    rules = sorted((r for r in rules if not LEAVES_OUT.search(r)), key=lambda r: (r.count("<"), r))
    return {rule: re.compile(re.sub(r"<(?:path:)?\w+>", "[^/]+", rule).replace(".", r"\.") + "$") for rule in rules}


def name_of(rule):
    """Return what the pictures of a route are called."""
    return re.sub(r"[^a-z0-9]+", "-", rule.lower()).strip("-") or "today"


def rule_of(address, known):
    """Return the rule that an address belongs to, or None."""
    path = address.split("?")[0].split("#")[0]
    return next((rule for rule, pattern in known.items() if pattern.match(path)), None)


def crawl(reads, roles, starts, known):
    """Follow links from `starts` as each role; return the first address of each rule, as {rule: (person, address)}.

    `reads(person, address)` gives the page's HTML, or None for what is no page.
    """
    found = {}
    for person in roles:
        todo, seen, read = deque(starts), set(), Counter()
        while todo:
            address = todo.popleft().split("#")[0]
            rule = rule_of(address, known)
            if rule is None or read[rule] == MOST_READ or address in seen:
                continue
            seen.add(address)
            page = reads(person, address)
            if page is None:
                continue
            read[rule] += 1
            found.setdefault(rule, (person, address))
            links = BeautifulSoup(page, "html.parser").find_all("a", href=True)
            todo += [a["href"] for a in links if a["href"].startswith("/") and not a.has_attr("download")]
    return found


def linked(database, known):
    """Return of every rule that mails lead to the newest address, as {rule: address}."""
    db = sqlite3.connect(database)
    mails = [row[0] for row in db.execute("select link from mail where link is not null order by made_at, rowid")]
    db.close()
    return {rule: address for address in mails if (rule := rule_of(address, known))}


def every_screen(server, browser_reads, roles, main):
    """Return a Screen for each route, the main screens with their own names, and the rules that nothing leads to."""
    known = routes()
    screens = [Screen(*one) for one in main]
    covered = {rule_of(one.address, known) for one in screens}
    starts = ["/", "/account", "/days", "/standing"] + [one.address for one in screens]
    found = crawl(browser_reads, roles, starts, known)
    for rule, address in linked(server.database, known).items():
        found.setdefault(rule, (None, address))
    for rule in known:
        if "<" not in rule and browser_reads(None, rule) is not None:
            found.setdefault(rule, (None, rule))
    screens += [Screen(name_of(rule), *found[rule]) for rule in known if rule in found and rule not in covered]
    return screens, [rule for rule in known if rule not in found and rule not in covered]
