"""Links, codes and mail: made, hashed, written down to be sent later, sent. No Flask; nothing here decides rights."""

import hashlib
import secrets
import smtplib
import ssl
import threading
import uuid
from email.message import EmailMessage
from urllib.parse import quote

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from workgroup import clock, due, store
from workgroup.formats import as_ics

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0 O 1 I L
# OWASP's second choice for argon2id: 19 MiB, two passes, one lane
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_two_at_a_time = threading.BoundedSemaphore(2)  # each takes 19 MiB: whoever guesses waits, and nobody else
_NOBODY = _hasher.hash(secrets.token_hex(16))
NOBODY_THERE = (smtplib.SMTPServerDisconnected, smtplib.SMTPConnectError)
TOO_LATE = "its time was over before it could go"
ATTACHED = {}  # what makes the files that go with mails, by kind


def new_id():
    """Return a new UUID as text."""
    return str(uuid.uuid4())


def new_token():
    """Return 256 random bits for a link or a cookie."""
    return secrets.token_urlsafe(32)


def new_code():
    """Return a code of eight characters that are not mistaken for one another: 8 × 10¹¹ of them."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(8))


def new_short_code():
    """Return a code of six characters that are not mistaken for one another: for a room, for an afternoon."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(6))


def read_code(text):
    """Return a typed code as it was made: without spaces and dashes, in capitals."""
    return (text or "").replace("-", "").replace(" ", "").upper()


def hash_of(secret):
    """Return the hex SHA-256 by which links, codes and cookies are kept; codes are typed in any case and spacing."""
    code = secret.replace("-", "").replace(" ", "").upper()
    return token_hash(code if len(code) == 8 else secret)


def token_hash(token):
    """Return the hash of a link's own token, as it stands in an address: a typed code is none."""
    return hashlib.sha256(token.encode()).hexdigest()


def password_hash(password):
    """Return the argon2id hash of a password."""
    with _two_at_a_time:
        return _hasher.hash(password)


def password_fits(hashed, password):
    """Tell whether a password is the one that was hashed; nobody's takes just as long to refuse."""
    try:
        with _two_at_a_time:
            return _hasher.verify(hashed or _NOBODY, password) and hashed is not None
    except (VerificationError, InvalidHashError):
        return False


def keep_link(db, person, kind, seconds, token, code=None, about=None):
    """Keep a single-use link as hashes."""
    db.conn.execute(
        "insert into link (hash, code_hash, kind, person, about, expires_at) values (?, ?, ?, ?, ?, ?)",
        (hash_of(token), hash_of(code) if code else None, kind, person, about, clock.after(seconds)),
    )


def write(db, person, kind, seconds, subject, body, then=None, path="/sign-in", about=None, calendar=None, to=None):
    """Write a mail with a link, to be sent soon; inside `store.writing`. What opens at `path` says how often it works.

    `body` may hold {name}, {link} and {code}; the last two are filled in when it is sent. `calendar` is the text of an
    iCalendar message that goes with it. `to` is the person's row where it was read already.
    """
    token, code = new_token(), new_code()
    keep_link(db, person, kind, seconds, token, code, about)
    link = f"{path}/{token}" + (f"?then={quote(then)}" if then else "")
    _put(db, person, subject, body, link, seconds, to=to, code=f"{code[:4]}-{code[4:]}", calendar=calendar)


def tell(db, person, subject, body, path, seconds, calendar=None):
    """Write a mail with a plain address of ours, to be sent soon; inside `store.writing`. It signs nobody in.

    `body` may hold {name} and {link}; `calendar` as in `write`.
    """
    _put(db, person, subject, body, path, seconds, calendar=calendar)


def write_to(db, name, address, kind, seconds, subject, body, path, about, attached=None):
    """Write a mail with a link to somebody who is nobody here, such as a school's office; inside `store.writing`.

    `attached` names what it goes with, as "kind about", whose leaders alone pass its link on; of some kinds a file goes
    with the mail: see `attaches`.
    """
    token = new_token()
    keep_link(db, None, kind, seconds, token, about=about)
    _put(db, None, subject, body, f"{path}/{token}", seconds, to={"name": name, "email": address}, attached=attached)


def attaches(kind):
    """Declare what makes the files of a kind: called as `make(db, about)` when a mail goes, outside any transaction.

    It returns the file's name and the bytes of a PDF, or None when there is nothing to send any more.
    """

    def declare(make):
        ATTACHED[kind] = make
        return make

    return declare


def write_for(db, person, address, seconds, subject, body, about):
    """Write a mail with a sign-in link about somebody to an address that is not yet known to be theirs."""
    token, code = new_token(), new_code()
    keep_link(db, person, "sign_in", seconds, token, code, about)
    to = {"name": "", "email": address}
    _put(db, person, subject, body, f"/sign-in/{token}", seconds, to=to, code=f"{code[:4]}-{code[4:]}")


def _put(db, person, subject, body, link, seconds, to=None, **more):
    to = to or store.row(db, "select name, email from person where id = ?", (person,))
    id, subject = new_id(), " ".join(subject.split())  # a header is one line
    store.put(
        db, "mail", id=id, person=person, address=to["email"], subject=subject, body=body.replace("{name}", to["name"]),
        link=link, expires_at=clock.after(seconds), state="waiting", made_at=clock.now(), **more,
    )  # fmt: skip
    due.plan(db, f"mail:{id}", "mail", id, clock.now())


def take_links_away(db, person):
    """Forget the clear links to sign in by, once one was used; another mail that still waits keeps its own."""
    db.conn.execute(
        "update mail set link = null, code = null where person = ? and link like '/sign-in/%'", (person,)
    )


def end_links_of(db, person, at):
    """End every link that a person was sent, and take it out of mail that still waits: it went to a wrong address."""
    db.conn.execute(
        "update link set used_at = ifnull(used_at, ?), expires_at = min(expires_at, ?) where person = ?",
        (at, at, person),
    )
    db.conn.execute("update mail set link = null, code = null where person = ?", (person,))


def end_link(db, kind, about, at):
    """End what was sent about a thing; mail that waits, or is kept to be passed on, holds it no longer."""
    ended = {r["hash"] for r in store.rows(db, "select hash from link where kind = ? and about = ?", (kind, about))}
    db.conn.execute("update link set expires_at = min(expires_at, ?) where kind = ? and about = ?", (at, kind, about))
    for mail in store.rows(db, "select id, link from mail where link is not null and person is null"):
        if hash_of(mail["link"].rpartition("/")[2]) in ended:
            store.alter(db, "mail", mail["id"], link=None)


def send(db, settings, id):
    """Send one mail by SMTP, or keep it for the outbox page when there is no mail server.

    Raises what smtplib raises, or due.NoLine where no server was reached; the due row waits and tries again. What is of
    no use any more does not go.
    """
    mail = store.row(db, "select * from mail where id = ?", (id,))
    if mail is None or mail["state"] not in ("waiting", "failed"):
        return
    if not settings.sends_mail:
        _mark(db, id, state="kept", calendar=None)
        return
    if mail["expires_at"] and mail["expires_at"] <= clock.now():
        _mark(db, id, state="kept", link=None, code=None, calendar=None, trouble=TOO_LATE)
        return
    message = _message(db, settings, mail)
    # where it cannot be written down that it went, it does not go: it would go again and again
    _mark(db, id, trouble=None)
    try:
        with smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=20) as server:
            if settings.smtp_user:
                # without a context of ours any certificate would do, and the password would go to whoever answers
                server.starttls(context=ssl.create_default_context())
                server.login(settings.smtp_user, settings.smtp_password)
            server.send_message(message)
    except (OSError, smtplib.SMTPException) as trouble:
        _mark(db, id, state="failed", trouble=str(trouble)[:500])
        if isinstance(trouble, smtplib.SMTPException) and not isinstance(trouble, NOBODY_THERE):
            raise
        raise due.NoLine(str(trouble)) from trouble
    _mark(db, id, state="sent", sent_at=clock.now(), trouble=None, link=None, code=None, calendar=None)


def _message(db, settings, mail):
    """Return a mail as it goes: its link and code filled in, its calendar entry, and the file that is made for it."""
    message = EmailMessage()
    message["Subject"], message["To"], message["From"] = mail["subject"], mail["address"], settings.smtp_from
    link = f"{settings.public_address}{mail['link']}" if mail["link"] else "(no longer valid)"
    message.set_content(mail["body"].replace("{link}", link).replace("{code}", mail["code"] or "-"))
    if mail["calendar"]:
        method = "CANCEL" if "METHOD:CANCEL" in mail["calendar"] else "REQUEST"
        if sender := as_ics.sender(mail["calendar"]):  # whoever answers the letter writes to the leader who sent it
            message["Reply-To"] = sender
        message.add_alternative(mail["calendar"], subtype="calendar", params={"method": method},
                                filename="invite.ics", disposition="inline")  # fmt: skip
    if mail["attached"]:
        kind, _, about = mail["attached"].partition(" ")
        make = ATTACHED.get(kind)  # none: the name says only whose link it is, theirs alone to pass on
        if made := make and make(db, about):
            message.add_attachment(made[1], maintype="application", subtype="pdf", filename=made[0])
    return message


def _mark(db, id, **columns):
    with store.writing(db):
        store.alter(db, "mail", id, **columns)
