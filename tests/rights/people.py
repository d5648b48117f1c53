"""Every kind of person, and how each of them comes: signed in, let in at a door, by a link, or not at all.

The order is that of the columns in tests/data/who_gets_what.txt and tests/data/who_may_say.txt.
"""

from tests.world import do
from workgroup import guard, seals, store
from workgroup.people import post

# the word of the world for each kind, and the head of its column
SIGNED_IN = {
    "hub_lead": "lead", "administrator": "admin", "strand_lead": "strand", "leader": "leader",
    "co_leader": "co-l", "far_leader": "far-l",
    "participant": "own", "colleague": "coll", "neighbour": "neigh", "outsider": "out", "teacher": "teach",
    "left": "left",
}  # fmt: skip
OTHERWISE = {"guest": "guest", "taught": "taught", "screen": "screen", "nobody": "nobody"}
EVERYBODY = {**SIGNED_IN, **OTHERWISE}
A_PAGE_AGO = "2099-01-01T00:00:00.000Z"  # seen later than ever: no request writes that it was


def sign_in_all(db, w):
    """Give everybody with an account a browser; return its cookie by kind."""
    cookies = {}
    with store.writing(db):
        for who in SIGNED_IN:
            cookies[who] = post.new_token()
            store.put(
                db, "tablet", id=post.new_id(), person=getattr(w, who), token_hash=guard.hash_of(cookies[who]),
                shared=0, signed_in_at="2026-01-01T00:00:00.000Z", seen_at=A_PAGE_AGO,
            )  # fmt: skip
            store.alter(db, "person", getattr(w, who), claimed_at="2026-01-01T00:00:00.000Z")
        db.conn.execute("update tablet set seen_at = ?, name = 'Silver tablet'", (A_PAGE_AGO,))
    return cookies


def ask_by_link(db, w):
    """Send the visiting teacher a link and open the room's screen; return the cookies that they hold."""
    lesson = w.lessons["of a visiting teacher"]
    do(db, "lessons.ask_teacher", w.leader, lesson=lesson, email="vera@example.org")
    w.visiting = store.value(db, "select teacher from lesson where id = ?", (lesson,))
    link = store.value(db, "select link from mail where link like '/taught/%'")
    do(db, "sessions.open_screen", w.leader, session=w.session, code="ABC234")
    return {"taught": link.removeprefix("/taught/"), "screen": f"ABC234.{seals.mark(db, 'screen', 'ABC234')}"}


def come_in(db, w):
    """Return the cookie by which each kind of person comes."""
    cookies = {who: f"{guard.COOKIE}={token}" for who, token in sign_in_all(db, w).items()}
    cookies |= {word: f"{word}={token}" for word, token in ask_by_link(db, w).items()}
    return {**cookies, "guest": f"{guard.COOKIE}={w.phone}", "nobody": ""}
