"""The demo year on an afternoon when something of everything is open, and everybody who may look at it.

In each role, with each kind of link, at the door, in front of a lock, and with nothing at all.
"""

from dataclasses import dataclass, field

from tests.tablet.sending import sign_in
from tests.world import do
from workgroup import clock, guard, store
from workgroup.people import post
from workgroup.sessions import joining_queries

A_DAY = 86_400
OPEN = ("/sign-in", "/sign-in/sent", "/join", "/screen", "/taught", "/privacy", "/accessibility")


@dataclass
class Person:
    """Somebody with a browser: the cookies it came with, and where they begin."""

    name: str
    cookies: dict = field(default_factory=dict)
    starts: list = field(default_factory=lambda: ["/"])


def people_of(db):
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
    # where a form leads that began long work, once what came of it is gone
    people[0].starts += [f"/hub/exports/made/{post.new_id()}", f"/schools/import/{post.new_id()}"]
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
    do(db, "people.keep_trns", by["callum."], keeps="yes")


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
    back = store.row(db, "select t.id, m.person, t.school_in_group || ' ' || t.due_on as about from gap_task t"
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
        *[f"/back/{tokens['reminder']}/{back['id']}/{way}" for way in ("sketch", "photo")],
        *[f"/{path}/{post.new_token()}" for path in (*links.values(), "visit-report", "journey", "agree", "hosting")],
    ])  # fmt: skip
    return [
        holder,
        Person("the teacher by a link", {"taught": tokens["teacher"]}, ["/taught"]),
        Person("the room’s screen", {"screen": "ABC234"}, ["/screen"]),
        *_at_the_door(db, by, today["id"]),
        _locked(db, by["nadine."]),
        Person("nobody signed in", {}, [*OPEN, "/nothing-here"]),
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
