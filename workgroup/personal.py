"""What in the record is somebody's own, declared once: for a person's export, and for erasing them.

Of each table that docs/data.md marks with (p): whose a row is, and what stands in its personal columns once that person
is erased. Rows stay, so that counts and the ledger's chain stay whole (domain.md: erasing leaves counts intact). What
several people made together, a session’s summary or a decision, is the group's and not here.

The list of the erased lies beside the database and is read when a copy from before is put back. Nothing here asks who
may: the change people.erase does.
"""

import json
from pathlib import Path

from workgroup import clock, store

ERASED = "(erased)"
SOMEBODY = "Somebody who has left"
# a person, and whom they were as a visitor
_ALSO = "select id from person where id = :person or joined_to = :person"
# sentences of an evaluation that quote what somebody reflected, changed since or not
_QUOTES = (
    "select s.id from evaluation_sentence s join reflection r on s.key = 'quote:' || r.id where r.by = :person"
)
# table: (whose a row is, in SQL with :person, {column: what stands there once it is erased})
PERSONAL = {
    "person": ("id = :person or joined_to = :person", {
        "name": SOMEBODY, "email": None, "phone": None, "password_hash": None, "pin_hash": None, "trn": None,
        "role_in_school": None, "stage": None, "pd_lead": None, "pd_lead_on": None,
    }),
    "tablet": ("person = :person", {"name": None}),
    "mail": ("person = :person or address = :email",
             {"address": ERASED, "subject": ERASED, "body": ERASED, "link": None, "code": None, "calendar": None}),
    "agenda_block": (
        "exists (select 1 from ledger l where l.by = :person and l.about in (agenda_block.id, agenda_block.session)"
        " and l.kind in ('sessions.add_block', 'sessions.edit_block', 'sessions.plan', 'sessions.copy_agenda'))",
        {"private_words": None},
    ),
    "guest_claim": (f"person = :person or guest in ({_ALSO})", {"school": None}),
    "invitation_answer": ("person = :person", {"cover": None}),
    "session_note": ("by = :person", {"words": ERASED}),
    "gap_task_return": ("by = :person", {"words": None, "drawn": None, "described": None}),
    "in_school_work": ("by = :person", {"words": ERASED}),
    "noticing": ("by = :person", {"words": None}),
    "noticing_words": ("by = :person", {"words": ERASED}),
    "photo": ("by = :person", {"described": ERASED}),
    "sketch": ("by = :person", {"drawn": '{"things": []}', "described": ERASED}),
    "photo_piece": ("photo in (select id from photo where by = :person)", None),
    "discussion_note": ("by = :person", {"words": ERASED}),
    "teacher_comment": ("by = :person", {"words": ERASED}),
    "reflection_words": ("by = :person", {"words": ERASED}),
    "reflection_answer": ("version in (select id from reflection_words where by = :person)", {"words": ERASED}),
    "reflection_reply": ("by = :person", {"words": ERASED}),
    "visit_note": ("by = :person", {"words": ERASED}),
    "evaluation_sentence": (f"id in ({_QUOTES})", {"words": "(What was quoted here is erased.)"}),
    "day_entry": ("person = :person", {"words": None}),
    "day_history": ("day_entry in (select id from day_entry where person = :person)", {"words": None}),
    "visit_note_words": ("by = :person", {"words": ERASED}),
    # whoever was written to by their e-mail, as who they are here; what they answered is found by it, so it goes last
    "report_answer": ("report_to in (select id from report_to where email = :email)",
                      {"name": SOMEBODY, "words": None}),
    "action": ("owner_person = :person", {"owner": SOMEBODY}),
    "action_progress": ("by = :person", {"words": None}),
    "ledger_words": (
        "number in (select number from ledger where by = :person or about = :person"
        " or by in (select id from person where joined_to = :person)"
        " or about in (select id from guest_claim where person = :person"
        f" or guest in ({_ALSO}))"
        f" or about in ({_QUOTES})"
        " or id in (select a.id from report_answer a join report_to t on t.id = a.report_to where t.email = :email)"
        " or about in (select id from action where owner_person = :person))"
        " or (:email is not null and said like '%' || :email || '%')", None,
    ),
    "report_to": ("email = :email", {"name": SOMEBODY, "email": ERASED}),
}  # fmt: skip
# facts about people who have no account here: entered and taken away by hand, under Schools
OTHERS = ("school_contact", "host_facts")


def erase(db, person, at):
    """Put nothing in the place of all that is this person's. Inside a transaction; `forget` afterwards for the file."""
    said = {"person": person, "email": store.value(db, "select email from person where id = ?", (person,)), "at": at}
    for table, (whose, columns) in PERSONAL.items():
        if columns is None:
            db.conn.execute(f"delete from {table} where {whose}", said)
            continue
        put = ", ".join(f"{name} = :put_{name}" for name in columns)
        db.conn.execute(
            f"update {table} set {put} where {whose}", {**said, **{f"put_{n}": v for n, v in columns.items()}}
        )
    for end in ENDS:
        db.conn.execute(end, said)


# what a person who is gone no longer has: a way in, a place among people, a photo, a lesson that others read
ENDS = (
    "update person set erased_at = :at where id = :person or joined_to = :person",
    f"update guest_claim set visitor = '(erased)' where guest in ({_ALSO})",
    "update tablet set ended_at = coalesce(ended_at, :at)"
    " where person in (select id from person where id = :person or joined_to = :person)",
    "delete from link where person = :person",
    "update mail set state = 'kept' where person = :person and state = 'waiting'",
    "update membership set to_on = substr(:at, 1, 10) where person = :person and (to_on is null or to_on > :at)",
    "update hub_role set to_on = substr(:at, 1, 10) where person = :person and (to_on is null or to_on > :at)",
    "update photo set withdrawn_at = coalesce(withdrawn_at, :at) where by = :person",
    "update sketch set withdrawn_at = coalesce(withdrawn_at, :at) where by = :person",
    "update lesson set state = 'with teacher', shared_with = null, shared_to = null"
    " where teacher = :person and state = 'shared'",
)


# what stays a visitor's own once it is known who they are: their phone, on which something may wait, and the ways in
STAYS = ("person", "tablet", "link", "mail", "guest_claim")


def join(db, visitor, person):
    """Make all that a visitor wrote and was a person's own: every column that refers to people, whichever there are.

    Inside a transaction. Where both stand beside one thing already the person's own stays.
    """
    db.conn.execute(_WAS_THERE, {"person": person, "visitor": visitor})
    for (table,) in db.conn.execute("select name from sqlite_master where type = 'table'").fetchall():
        for key in db.conn.execute(f"pragma foreign_key_list({table})").fetchall():
            if key["table"] == "person" and table not in STAYS:
                put = f"update or ignore {table} set {key['from']} = ? where {key['from']} = ?"
                db.conn.execute(put, (person, visitor))
    store.alter(db, "person", visitor, joined_to=person)


# who came in as a visitor and is of the group after all was there for their school
_OF_GROUP = (
    "select {what} from membership m join session n on n.work_group = m.work_group where n.id = register_mark.session"
    " and m.person = :person and m.role = 'participant' and m.from_on <= substr(n.starts_at, 1, 10)"
    " and (m.to_on is null or m.to_on >= substr(n.starts_at, 1, 10))"
)
_WAS_THERE = (
    "update register_mark set attending_as = 'participant',"
    f" school = coalesce(({_OF_GROUP.format(what='m.school')} limit 1), school)"
    f" where person = :visitor and attending_as = 'visitor' and exists ({_OF_GROUP.format(what='1')})"
)


def export(db, person):
    """Return all that is a person's own, as `{table: rows}`, without hashes and without what lies in pieces."""
    said = {"person": person, "email": store.value(db, "select email from person where id = ?", (person,))}
    found = {}
    for table, (whose, columns) in PERSONAL.items():
        if columns is None:
            continue
        rows = store.rows(db, f"select * from {table} where {whose}", said)
        found[table] = [{k: v for k, v in row.items() if not k.endswith("_hash")} for row in rows]
    for table in ("membership", "register_mark", "hub_role", "allowance", "day_declined"):
        found[table] = store.rows(db, f"select * from {table} where person = :person", said)
    found["claimed_day"] = store.rows(
        db,
        "select d.*, c.reference, c.claimed_on from claimed_day d join day_claim c on c.id = d.claim"
        " join day_entry e on e.id = d.day_entry where e.person = :person",
        said,
    )
    found["reflection"] = store.rows(db, "select * from reflection where by = :person", said)
    return found


def forget(db):
    """Take what was erased out of the file's free pages and its write-ahead log too."""
    # the index keeps words in its own pages until it is made anew (SQLite 3.40 has no secure delete for it)
    db.conn.execute("insert into found (found) values ('rebuild')")
    db.conn.execute("vacuum")
    db.conn.execute("pragma wal_checkpoint(truncate)")


def _list(database):
    return Path(f"{database}.erased")


def note(database, person):
    """Write beside the database that this person is erased; before it is done, so that no copy can miss it."""
    path = _list(database)
    with path.open("a") as file:
        file.write(json.dumps({"person": person, "at": clock.now()}) + "\n")
    path.chmod(0o600)


def noted(database):
    """Return who was erased, `{person: at}`."""
    path = _list(database)
    lines = path.read_text().splitlines() if path.exists() else []
    return {one["person"]: one["at"] for one in map(json.loads, lines)}


def erase_again(db, database):
    """Erase in a copy that comes from before whoever was erased since, and return how many that were."""
    still_there = [
        (person, at) for person, at in noted(database).items()
        if store.value(db, "select 1 from person where id = ? and erased_at is null", (person,))
    ]  # fmt: skip
    if still_there:
        with store.writing(db):
            for person, at in still_there:
                erase(db, person, at)
        forget(db)
    return len(still_there)
