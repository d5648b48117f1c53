"""The floor of P1: a bare Flask view that reads the same batch, validates the same forms and writes the same rows.

One transaction with synchronous=FULL, plain inserts. It asks nobody's right, looks nothing up (what the deeds find in
the record it is given as constants), knows no resend, no savepoint and no refusal: a batch is whole or nothing.
The ledger's rows and words are the same as ours, with their digests and the chain.
"""

import hashlib
import json
import secrets
import sqlite3
from datetime import UTC, datetime, timedelta

from flask import Flask, jsonify, request
from werkzeug.datastructures import MultiDict
from wtforms import FileField, PasswordField

from workgroup import door

NOTICING = (
    "insert into noticing (id, lesson, by, at, received, second, rough, code, predicted_response, phase, words, number,"
    " changed, moment) values (?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
)
CHANGED = "update noticing set changed = ? where id = ?"
TAGGED = "update noticing set changed = ?, last_tags = ? where id = ?"
TAKEN = "update noticing set changed = ?, last_stand = ?, withdrawn_at = ? where id = ?"
TAG = "insert into noticing_tag (noticing, tag) values (?,?)"
WORDS = "insert into noticing_words (id, noticing, words, after, by, at, number) values (?,?,?,?,?,?,?)"
PHASE = "insert into phase_mark (id, lesson, second, phase, title, by, at, moment) values (?,?,?,?,?,?,?,?)"
IN_PHASE = "update noticing set changed = ? where lesson = ? and second >= ? and phase is null"
OF_LESSON = "update lesson set changed = ? where id = ?"
DISCUSSED = "insert into discussion_note (id, lesson, step, by, at, words, number) values (?,?,?,?,?,?,?)"
MARK = (
    "insert into register_mark (id, session, person, visitor, school, attending_as, substitute_for, status, told_on,"
    " in_at, out_at, by, by_leader, at) values (?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
)
NOTE = "insert into session_note (id, session, block, by, at, words) values (?,?,?,?,?,?)"
DECISION = "insert into decision (id, session, by, at, words) values (?,?,?,?,?)"
LEDGER = (
    "insert into ledger (id, kind, about, by, tablet, at, received, digest, prev) values (?,?,?,?,?,?,?,?,?)"
    " returning *"
)
WAS = {"lessons.withdraw_noticing": '{"withdrawn_at": null}'}
SAID = "insert into ledger_words (number, salt, said, was) values (?,?,?,?)"


def floor(path, known):
    """Return the app on a database. `known`: `tablet`, and `people`, who on the register is what and from where."""
    app = Flask("floor")
    conn = sqlite3.connect(str(path), isolation_level=None)
    for pragma in ("journal_mode = wal", "synchronous = full", "foreign_keys = on"):
        conn.execute(f"pragma {pragma}")

    @app.post("/sync")
    def sync():
        received = _now()
        read = [(entry, _read(entry)) for entry in request.get_json()["entries"]]
        conn.execute("begin immediate")
        last = conn.execute("select * from ledger order by number desc limit 1").fetchone()
        for entry, form in read:
            last = _write(conn, entry, form, received, last, known)
        conn.execute("commit")
        return jsonify(number=last[0], entered=[entry["id"] for entry, _ in read])

    app.close = conn.close
    return app


def _now():
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _read(entry):
    """Validate the entry by its form."""
    given = MultiDict(entry["fields"])
    form = door.KINDS[entry["kind"]].form(formdata=given)
    if not form.validate():
        raise ValueError(form.errors)
    return form


def _write(conn, entry, form, received, last, known):
    """Write the rows of an entry and return its ledger row."""
    number, said = last[0] + 1, form.data
    about = _ROWS[entry["kind"]](conn, entry, said, number, received, known)
    words = {f.short_name: f.data for f in form if not isinstance(f, (PasswordField, FileField))}
    text = json.dumps({k: v for k, v in words.items() if v not in (None, "", False, [])}, sort_keys=True,
                      ensure_ascii=False)  # fmt: skip
    was = WAS.get(entry["kind"])
    salt = secrets.token_hex(16)
    digest = hashlib.sha256(f"{salt}\n{text}\n{was or ''}".encode()).hexdigest()
    prev = hashlib.sha256(json.dumps(list(last), ensure_ascii=False).encode()).hexdigest()
    row = (entry["id"], entry["kind"], about, entry["by"], known["tablet"], entry["at"], received, digest, prev)
    last = conn.execute(LEDGER, row).fetchone()
    conn.execute(SAID, (number, salt, text, was))
    return last


def _moment(said):
    """Return when it happened, by the start that the tablet knew; nothing for a second that was typed."""
    if not said["since"]:
        return None
    moment = datetime.fromisoformat(said["since"]) + timedelta(seconds=said["second"])
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _notice(conn, e, said, number, received, known):
    conn.execute(NOTICING, (
        e["id"], said["lesson"], e["by"], e["at"], received, said["second"], int(said["rough"]), said["code"],
        said["predicted"], said["phase"], said["words"] or None, number, number, _moment(said),
    ))  # fmt: skip
    for tag in said["tags"] or []:
        conn.execute(TAG, (e["id"], tag))
    return e["id"]


def _add_words(conn, e, said, number, received, known):
    conn.execute(WORDS, (e["id"], said["noticing"], said["words"], said["after"], e["by"], e["at"], number))
    conn.execute(CHANGED, (number, said["noticing"]))
    return said["noticing"]


def _tag(conn, e, said, number, received, known):
    conn.execute("delete from noticing_tag where noticing = ?", (said["noticing"],))
    for tag in said["tags"]:
        conn.execute(TAG, (said["noticing"], tag))
    conn.execute(TAGGED, (number, f"{e['at']} {e['id']}", said["noticing"]))
    return said["noticing"]


def _withdraw(conn, e, said, number, received, known):
    conn.execute(TAKEN, (number, f"{e['at']} {e['id']}", e["at"], said["noticing"]))
    return said["noticing"]


def _phase(conn, e, said, number, received, known):
    conn.execute(PHASE, (
        e["id"], said["lesson"], said["second"], said["phase"], said["title"], e["by"], e["at"], _moment(said)
    ))  # fmt: skip
    conn.execute(IN_PHASE, (number, said["lesson"], said["second"]))
    conn.execute(OF_LESSON, (number, said["lesson"]))
    return said["lesson"]


def _discuss(conn, e, said, number, received, known):
    conn.execute(DISCUSSED, (e["id"], said["lesson"], said["step"], e["by"], e["at"], said["words"], number))
    conn.execute(OF_LESSON, (number, said["lesson"]))
    return said["lesson"]


def _mark(conn, e, said, number, received, known):
    school, attending_as = known["people"][said["person"]]
    came = e["at"] if said["status"] == "present" else None
    conn.execute(MARK, (
        e["id"], said["session"], said["person"], None, school, attending_as, None, said["status"], None, came, None,
        e["by"], known["by_leader"], e["at"],
    ))  # fmt: skip
    return e["id"]


def _note(conn, e, said, number, received, known):
    conn.execute(NOTE, (e["id"], said["session"], said["block"], e["by"], e["at"], said["words"]))
    return e["id"]


def _decide(conn, e, said, number, received, known):
    conn.execute(DECISION, (e["id"], said["session"], e["by"], e["at"], said["words"]))
    return e["id"]


_ROWS = {
    "lessons.notice": _notice, "lessons.add_words": _add_words, "lessons.tag": _tag, "lessons.mark_phase": _phase,
    "lessons.withdraw_noticing": _withdraw, "lessons.discuss": _discuss, "sessions.mark": _mark,
    "sessions.note": _note, "sessions.decide": _decide,
}  # fmt: skip
