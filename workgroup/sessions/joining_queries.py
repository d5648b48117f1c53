"""Reading the door of a session: the code that opens it just now, and who waits there.

The code is worked out from a secret of the record, the session and the quarter of an hour: nothing of it is kept. It
works in the quarter it is shown in and in the next, while the session is open.
"""

import hashlib
import hmac

from workgroup import clock, store
from workgroup.people import post
from workgroup.sessions import queries

QUARTER = 900  # seconds
LETTERS = 6


def code_of(db, session, ago=0):
    """Return the code of a session in this quarter of an hour, or so many quarters ago."""
    quarter = int(clock.read_moment(clock.now()).timestamp()) // QUARTER - ago
    secret = store.value(db, "select seal_secret from record")
    drawn = hmac.new(secret.encode(), f"join {session} {quarter}".encode(), hashlib.sha256).digest()
    return "".join(post.CODE_LETTERS[byte % len(post.CODE_LETTERS)] for byte in drawn[:LETTERS])


def session_of(db, code):
    """Return the open session that a code opens now, or None."""
    code = post.read_code(code)
    if len(code) != LETTERS:
        return None
    for row in store.rows(db, "select id from session where state = 'open'"):
        if any(hmac.compare_digest(code.encode(), code_of(db, row["id"], ago).encode()) for ago in (0, 1)):
            return queries.session(db, row["id"])
    return None


def at_door(db, session):
    """Return who waits to be let in, in the order they came: `id`, `name`, `school_name`, `at`."""
    return store.rows(
        db,
        "select c.*, coalesce(p.name, c.visitor) as name, coalesce(s.name, c.comes_from) as school_name"
        " from guest_claim c left join person p on p.id = c.person left join school s on s.id = c.school"
        " where c.session = ? and c.state = 'waiting' order by c.at, c.rowid",
        (session,),
    )


def let_in(db, session):
    """Return who was let in at the door, by name: `id`, `name`, `school_name`, and `who` they are here."""
    return store.rows(
        db,
        "select c.id, c.at, coalesce(c.person, c.guest) as who, coalesce(p.name, c.visitor) as name,"
        " coalesce(s.name, c.comes_from) as school_name from guest_claim c left join person p on p.id = c.person"
        " left join school s on s.id = c.school where c.session = ? and c.state = 'in' order by name, c.at",
        (session,),
    )


def phones(db, session):
    """Return who came in by the door, on a phone of their own."""
    return {c["who"] for c in let_in(db, session)}


def stamp(waiting, inside):
    """Return in short who waits and who was let in, to see whether a page knows of all of them."""
    ids = " ".join([*(c["id"] for c in waiting), "/", *(c["id"] for c in inside)])
    return hashlib.sha256(ids.encode()).hexdigest()[:12]


def claim(db, id):
    """Return one who came to the door, or None."""
    return store.row(db, "select * from guest_claim where id = ?", (id,))


def claim_of(db, device_hash):
    """Return what a device said at the door, with the name, or None."""
    return store.row(
        db,
        "select c.*, coalesce(p.name, c.visitor) as name from guest_claim c left join person p on p.id = c.person"
        " where c.device_hash = ?",
        (device_hash,),
    )


def guest(db, claim_id):
    """Return the person that whoever came to the door is: of the group, or a visitor since they were let in."""
    return store.value(db, "select coalesce(person, guest) from guest_claim where id = ?", (claim_id,))


def is_visitor(db, person, session):
    """Tell whether a person is one whom a door made, and is nobody else by now."""
    return store.value(
        db,
        "select 1 from guest_claim c join person p on p.id = c.guest where c.guest = ? and c.session = ?"
        " and p.email is null and p.joined_to is null and p.erased_at is null",
        (person, session),
    ) is not None  # fmt: skip


def names(db, session):
    """Return the participants who are expected and may still say so on a phone, by school: (id, name, school).

    Whoever was only marked as here has no phone in yet; left out are who came in by the door, or checked themselves in.
    """
    inside = phones(db, session)
    inside |= {m["person"] for m in queries.register(db, session) if m["status"] == "present" and not m["by_leader"]}
    return [(p["id"], p["name"], p["school_name"]) for p in queries.expected(db, session) if p["id"] not in inside]
