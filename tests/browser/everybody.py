"""Everybody who opens a page of the demo year, and the pages that links lead each of them to.

The crawl runs in this process, on the file that a server shows afterwards: it costs seconds. What it found stands in
`Page`s; `one_of_each` keeps one for each kind of page (its route, and how it answered).
"""

import html
import re
from collections import Counter, deque
from dataclasses import dataclass, field

from tests.tablet.sending import sign_in
from tests.world import do
from workgroup import clock, config, create_app, guard, store, web
from workgroup.people import post
from workgroup.sessions import joining_queries
from workgroup.years import demo

OF_A_KIND = 4  # pages of one route that are opened for each person: the next ones lead to nothing new
A_DAY = 86_400
A_FILE = re.compile(r"^/static/|\.(pdf|ics|json)$|[?&]format=")
LINK = re.compile(r'(?:href|data-then)="(/[^"]*|\?[^"]*)"')


@dataclass
class Person:
    """Somebody with a browser: the cookies it came with, and where they begin."""

    name: str
    cookies: dict = field(default_factory=dict)
    starts: list = field(default_factory=lambda: ["/"])


@dataclass
class Page:
    """A page as it was answered to somebody."""

    route: str
    who: Person
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
        self.people = _furnish(self.db)
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
            answer = client.get(address, headers={"Sec-Fetch-Site": "same-origin", "Accept-Encoding": "identity"})
            assert answer.status_code < 500 and (answer.status_code < 400 or source == "where they begin"), (
                f"{person.name}: {address} from {source}: {answer.status_code}"
            )
            if 300 <= answer.status_code < 400:
                todo.append((answer.location, source))
            elif answer.mimetype == "text/html":
                text = answer.get_data(as_text=True)
                yield Page(route or "no route", person, address, answer.status_code, text)
                todo.extend((_whole(link, address), address) for link in LINK.findall(text))


def before_anybody(database):
    """Return the pages of a hub that nobody has set up, and how its form refuses."""
    client = create_app(config.Config(database=database)).test_client()
    nobody, said = Person("before anybody"), {"headers": {"Sec-Fetch-Site": "same-origin", "Accept-Encoding": "identity"}}
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


def _whole(link, address):
    link = html.unescape(link)
    return address.partition("?")[0] + link if link.startswith("?") else link


def _furnish(db):
    """Let the demo's afternoon begin, and return everybody who may look."""
    by = {name: store.value(db, "select id from person where email like ?", (f"{name}%",))
          for name in ("helen.", "callum.", "bethan.", "nadine.", "sunita.", "zainab.")}  # fmt: skip
    today = store.row(db, "select * from session where state = 'planned' order by starts_at")
    _begin(db, by, today["id"])
    signed_in = [
        ("the hub lead", "helen."), ("the administrator", "callum."), ("the leader", "bethan."),
        ("a participant", "sunita."), ("the lesson’s teacher", "nadine."), ("the teacher who decides", "zainab."),
    ]  # fmt: skip
    people = [Person(name, dict([sign_in(db, by[who]).split("=", 1)])) for name, who in signed_in]
    lesson = store.value(db, "select id from lesson where session = ?", (today["id"],))
    given = store.value(db, "select id from gap_task_return where by = ? and withdrawn_at is null", (by["sunita."],))
    # what is linked only before the lesson, after a session was moved, where a photo may be taken, or by a worker
    people[2].starts += ["/nothing-here", "/offline", f"/lessons/{lesson}/practice"]
    people[2].starts += [f"/sessions/{today['id']}/rest?days=7", f"/groups/{today['work_group']}/participants"]
    people[3].starts += [f"/gap-task-returns/{given}/photo"]
    return [*people, *_without_sign_in(db, by, today)]


def _begin(db, by, session):
    lesson = store.value(db, "select id from lesson where session = ?", (session,))
    do(db, "sessions.set_state", by["bethan."], session=session, state="open")
    for who in ("bethan.", "nadine.", "sunita."):
        do(db, "sessions.mark", by["bethan."], session=session, person=by[who], status="present")
    do(db, "lessons.start", by["bethan."], lesson=lesson)
    for second, words in (("65", "Moved one cube and said, so it is fair"), ("125", "Half is fair")):
        do(db, "lessons.notice", by["sunita."], lesson=lesson, second=second, code="A", words=words)
    do(db, "sessions.open_screen", by["bethan."], session=session, code="ABC234")


def _without_sign_in(db, by, today):
    """Return whoever is not signed in: with a link, at the door, as a guest, in front of a lock, or with nothing."""
    coming, host = store.row(db, "select id, host from session where state = 'planned' and work_group = ?"
                             " order by starts_at", (today["work_group"],)).values()  # fmt: skip
    office = {"role": "office", "name": "The office", "email": "office@example.org"}
    contact = do(db, "schools.add_contact", by["callum."], school=host, **office).id
    do(db, "sessions.ask_host", by["bethan."], session=coming, contact=contact)
    taught = store.value(db, "select id from lesson where state = 'with teacher'")
    closed = store.value(db, "select id from session where state = 'closed' and work_group = ? order by starts_at desc",
                         (today["work_group"],))  # fmt: skip
    back = store.row(db, "select m.person, t.school_in_group || ' ' || t.due_on as about from gap_task t"
                     " join school_in_group s on s.id = t.school_in_group join membership m on m.school = s.school"
                     " where t.state = 'set' and t.due_on is not null and m.to_on is null"
                     " and m.work_group = t.work_group order by t.at desc")  # fmt: skip
    tokens = {}
    with store.writing(db):
        for kind, who, about in (
            ("answer", by["sunita."], coming), ("reflect", by["sunita."], closed),
            ("reminder", back["person"], back["about"]), ("teacher", by["zainab."], taught),
            ("sign_in", by["sunita."], None),
        ):  # fmt: skip
            tokens[kind] = post.new_token()
            post.keep_link(db, who, kind, A_DAY, tokens[kind], about=about)
    links = {"answer": "invited", "reflect": "reflect", "reminder": "back", "teacher": "taught", "sign_in": "sign-in"}
    mailed = [row["link"] for row in store.rows(
        db, "select link from mail where link like '/visit-report/%' or link like '/journey/%' or link like '/agree/%'"
            " or link like '/hosting/%'")]  # fmt: skip
    holder = Person("the holder of a link", {}, [
        *[f"/{links[kind]}/{token}" for kind, token in tokens.items()], *mailed,
        *[f"/{path}/{post.new_token()}" for path in (*links.values(), "visit-report", "journey", "agree", "hosting")],
    ])  # fmt: skip
    return [
        holder,
        Person("the teacher by a link", {"taught": tokens["teacher"]}, ["/taught"]),
        Person("the room’s screen", {"screen": "ABC234"}, ["/screen"]),
        *_at_the_door(db, by, today["id"]),
        _locked(db, by["nadine."]),
        Person("nobody signed in", {}, ["/sign-in", "/sign-in/sent", "/join", "/screen", "/taught", "/privacy",
                                        "/nothing-here"]),  # fmt: skip
    ]


def _at_the_door(db, by, session):
    """Return somebody who has the door's code, somebody who waits, and a guest who was let in."""
    code = joining_queries.code_of(db, session)
    devices = [post.new_token() for _ in range(2)]
    claims = [do(db, "sessions.claim", None, proof=code, device=device, visitor=name).about
              for device, name in zip(devices, ("Sam Visitor", "Ana Visitor"), strict=True)]  # fmt: skip
    claims = [c["id"] for c in joining_queries.at_door(db, session)]
    do(db, "sessions.let_in", by["bethan."], session=session, claims=claims[:1])
    token = post.new_token()
    do(db, "sessions.go_in", None, device=devices[0], token=token)
    return [
        Person("at the door", {}, [f"/join/{code}", "/join/WRONG2"]),
        Person("waiting at the door", {"joined": devices[1]}, ["/join"]),
        Person("a guest", {guard.COOKIE: token}, [f"/sessions/{session}/run"]),
    ]


def _locked(db, who):
    """Return somebody in front of a shared tablet that is locked."""
    name, token = sign_in(db, who).split("=", 1)
    with store.writing(db):
        db.conn.execute("update tablet set shared = 1, locked_at = ? where token_hash = ?",
                        (clock.now(), guard.hash_of(token)))  # fmt: skip
    return Person("in front of the lock", {name: token}, ["/unlock"])
