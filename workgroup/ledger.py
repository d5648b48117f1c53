"""The ledger: a row for every change that was entered, chained by digests, its words apart so that they can be erased.

Written by the door alone, in the transaction of the change. What is read here says what came in, never what stands now.
"""

import hashlib
import json
import secrets

from workgroup import store

# made once: json.dumps with options makes an encoder for every call
_PLAIN = json.JSONEncoder(ensure_ascii=False, default=str)


def append(db, kind, about, entry, said):
    """Append to the ledger: chained by the digest of the row before, words apart so that they can be erased."""
    last = db.conn.execute("select * from ledger order by number desc limit 1").fetchone()
    was = _PLAIN.encode(entry.was) if entry.was is not None else None
    salt = secrets.token_hex(16)
    number = db.conn.execute(
        "insert into ledger (id, kind, about, by, tablet, at, received, digest, prev) values (?,?,?,?,?,?,?,?,?)",
        (
            entry.id, kind, about, entry.by, entry.tablet, entry.at, entry.received,
            words_digest(salt, said, was), row_digest(last) if last else "",
        ),
    ).lastrowid  # fmt: skip
    db.conn.execute("insert into ledger_words (number, salt, said, was) values (?, ?, ?, ?)", (number, salt, said, was))


def words_digest(salt, said, was):
    """Return the hex SHA-256 of salt and words; with the words erased it gives nothing away."""
    return hashlib.sha256(f"{salt}\n{said}\n{was or ''}".encode()).hexdigest()


def row_digest(row):
    """Return the hex SHA-256 of a whole ledger row, which the next row carries as `prev`."""
    return hashlib.sha256(_PLAIN.encode(list(row)).encode()).hexdigest()


def check(db):
    """Return what is wrong with the chain, one sentence each; an empty list when it is whole."""
    wrong, before = [], None
    for row in db.conn.execute("select * from ledger order by number"):
        if row["prev"] != (row_digest(before) if before else ""):
            wrong.append(f"ledger row {row['number']} does not follow the row before it")
        before = row
    for row in db.conn.execute(
        "select l.number, l.digest, w.salt, w.said, w.was from ledger l join ledger_words w on w.number = l.number"
    ):
        if row["digest"] != words_digest(row["salt"], row["said"], row["was"]):
            wrong.append(f"the words of ledger row {row['number']} are not the ones that were entered")
    return wrong


def kept(db, by, ids):
    """Return those of these ids that are in the ledger as entries of a person, in the order asked."""
    marks = ", ".join("?" * len(ids))
    found = {r[0] for r in db.conn.execute(f"select id from ledger where by = ? and id in ({marks})", [by, *ids])}
    return [id for id in ids if id in found]


def head(db):
    """Return the ledger's uuid and its newest number."""
    return store.row(db, "select ledger, coalesce((select max(number) from ledger), 0) as number from record")
