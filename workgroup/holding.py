"""All that is held about a person, by table: for a readable page and a file. Of others only that they are somebody.

What is their own stands in workgroup/personal.py; with it go the facts about them, what others recorded of lessons they
taught, what they wrote for a school or a Work Group (workgroup/written.py), and
where their name stands in what a group made together. Every column that names another person is redacted,
by the table's own references; what a browser or a link is known by is left out.
"""

import base64

from workgroup import store, unnaming
from workgroup.people.queries import ALSO_AS_VISITOR
from workgroup.personal import ERASED, PERSONAL, SOMEBODY
from workgroup.photos import queries as photos
from workgroup.written import WRITTEN

OTHER = "somebody else"
# facts about a person besides what they wrote: whose a row is
FACTS = {
    "membership": "person = :person", "hub_role": "person = :person",
    "register_mark": "person = :person or visitor = :called collate nocase",
    "allowance": "person = :person", "day_declined": "person = :person", "invitation": "person = :person",
    "school_contact": "email = :email collate nocase or email is null and name = :called collate nocase",
    "reflection": "by = :person", "reflection_read": "person = :person", "watch": "observer = :person",
    "taken_out": "by = :person",
}  # fmt: skip
# what others recorded of somebody's lessons and of their reflections is about them too (domain.md)
_TAUGHT = "(select id from lesson where teacher = :person or teacher_name = :called collate nocase)"
ABOUT = {
    "claimed_day": (
        "select d.*, c.reference, c.claimed_on from claimed_day d join day_claim c on c.id = d.claim"
        " join day_entry e on e.id = d.day_entry where e.person = :person"),
    "lessons_taught": f"select * from lesson where id in {_TAUGHT}",
    "noticings_in_lessons_taught": (
        f"select * from noticing where lesson in {_TAUGHT} and by <> :person and withdrawn_at is null"),
    "later_words_in_lessons_taught": (
        "select w.* from noticing_words w join noticing n on n.id = w.noticing"
        f" where n.lesson in {_TAUGHT} and w.by <> :person and n.withdrawn_at is null"),
    "discussion_notes_in_lessons_taught": (
        f"select * from discussion_note where lesson in {_TAUGHT} and by <> :person and withdrawn_at is null"),
    "photos_in_lessons_taught": (
        "select id, lesson, by, at, kind, described from photo"
        f" where lesson in {_TAUGHT} and by <> :person and withdrawn_at is null"),
    "sketches_in_lessons_taught": (
        f"select * from sketch where lesson in {_TAUGHT} and by <> :person and withdrawn_at is null"),
    "replies_to_reflections": (
        "select y.* from reflection_reply y join reflection r on r.id = y.reflection"
        " where r.by = :person and y.by <> :person and y.withdrawn_at is null"),
}  # fmt: skip
# rows of a group's own that are somebody's for one column alone
_ONLY = {"agenda_block": "private_words <> ''"}
# a name of somebody who is no person here, in a row that is somebody's
_OF_OTHERS = {"lesson": ("teacher_name",), "invitation_answer": ("cover",), "review": ("agreed_with",)}
# where names and e-mails of people stand who have no account
_OUTSIDE = {**dict.fromkeys(unnaming.ADDRESSED, ("name", "email")), "lesson": ("teacher_name",),
            "register_mark": ("visitor",)}  # fmt: skip


def export(db, person, pictures=False):
    """Return all that is held about a person as `{table: rows}`, with `named_in` and `activity` at the end.

    `person` is an id, the e-mail of somebody who has no account and was sent links, or the full name of somebody who is
    known by that alone.
    `pictures` puts the photos that they took into their rows, as addresses that hold the whole picture.
    """
    said = _said(db, person)
    mine = {r["id"] for r in store.rows(db, ALSO_AS_VISITOR, said)}
    found = {}
    for table, (whose, columns) in PERSONAL.items():
        if columns is not None:
            holds = _ONLY.get(table, "1")
            found[table] = _rows(db, mine, table, f"select * from {table} where ({whose}) and {holds}", said)
    for table, whose in FACTS.items():
        found[table] = _rows(db, mine, table, f"select * from {table} where {whose}", said)
    others = _others(db, mine, said)
    for name, sql in {**ABOUT, **WRITTEN}.items():
        found[name] = _rows(db, mine, _table_of(sql), sql, said)
    _unname([row for rows in found.values() for row in rows], others)
    for row in found["photo"] if pictures else ():
        row["picture"] = _picture(db, row)
    found["named_in"] = named_in(db, person)
    found["activity"] = store.rows(
        db, "select kind, at, tablet from ledger where by = :person or by in"
        " (select id from person where joined_to = :person) order by number", said,
    )  # fmt: skip
    return found


def named_in(db, person):
    """Return where a person stands besides, by table and column: `table`, `as`, `rows`. What it says is the group's."""
    found = []
    for table, column in references(db):
        if table in PERSONAL or table in FACTS or table in ABOUT or table in WRITTEN:
            continue
        many = store.value(db, f"select count(*) from {table} where {column} = ?", (person,))
        if many:
            found.append({"table": table, "as": column, "rows": many})
    return found


def references(db):
    """Yield every (table, column) that refers to people, whichever there are."""
    tables = "select name from sqlite_master where type = 'table' order by name"
    for (table,) in db.conn.execute(tables).fetchall():
        for key in db.conn.execute(f"pragma foreign_key_list({table})").fetchall():
            if key["table"] == "person":
                yield table, key["from"]


def counts(db, person):
    """Return how many rows of each table hold something of a person's own, `{table: many}`: what erasing takes away."""
    said, found = _said(db, person), {}
    for table, (whose, columns) in PERSONAL.items():
        holds = " or ".join(
            f"({name} is not null and {name} not in ('', '{ERASED}', '{SOMEBODY}'))" for name in columns or ()
        )
        many = store.value(db, f"select count(*) from {table} where ({whose}) and ({holds or '1'})", said)
        if many:
            found[table] = many
    return found


def stays(db, person):
    """Return what stays of a person once they are erased, without name or words, as `{what: many}`."""
    sql = {
        "ledger": "select count(*) from ledger where by = :person or about = :person",
        "register_mark": "select count(*) from register_mark where person = :person and withdrawn_at is null",
        "membership": "select count(*) from membership where person = :person",
        "noticing": "select count(*) from noticing where by = :person",
        "reflection": "select count(*) from reflection where by = :person",
        "day_entry": "select count(*) from day_entry where person = :person",
    }  # fmt: skip
    said = _said(db, person)
    found = {name: store.value(db, one, said) for name, one in sql.items()}
    return {name: many for name, many in found.items() if many}


def named_alone(db, person):
    """Return where others typed a first or last name of somebody alone, `{table: rows}`: erasing leaves it there.

    Where people stand by their names it is another's; the words of the activity are nobody's to change.
    """
    said, found = _said(db, person), {}
    known = sorted(unnaming.called(db, said["person"], said["email"]), key=len, reverse=True)
    if not unnaming.parts(known):
        return found
    for table, columns in unnaming.text_columns(db):
        columns = [c for c in columns if c not in ("name", "visitor", "teacher_name", "owner", "cover")]
        if columns and table not in (*unnaming.ADDRESSED, "person", "ledger_words", "mail", "due", "tablet"):
            whose, put = PERSONAL.get(table, ("0", None))
            many = unnaming.stand_alone(db, known, table, columns, (whose, said) if put else ("0", {}))
            found |= {table: many} if many else {}
    return found


def _said(db, person):
    found = store.row(db, "select email, name from person where id = ?", (person,))
    if found:
        return {"person": person, **found, "called": None}
    if "@" in person:  # somebody without an account, known by the address that links went to
        return {"person": person, "email": person, "name": None, "called": None}
    return {"person": person, "email": None, "name": person, "called": person}


def _table_of(sql):
    return sql.split(" from ", 1)[1].split()[0]


def _rows(db, mine, table, sql, said):
    """Return rows without secrets, and with nobody else in them."""
    names = {key["from"] for key in db.conn.execute(f"pragma foreign_key_list({table})") if key["table"] == "person"}
    others = _OF_OTHERS.get(table, ())
    found = []
    for row in store.rows(db, sql, said):
        kept = {k: v for k, v in row.items() if not _is_secret(table, k) and not isinstance(v, bytes)}
        for name in names & set(kept):
            if kept[name] is not None and kept[name] not in mine:
                kept[name] = OTHER
        own = (said["called"] or "").casefold()
        kept.update({name: OTHER for name in others if kept.get(name) and kept[name].casefold() != own})
        found.append(kept)
    return found


def _others(db, mine, said):
    """Return by what others are known: people here, and whoever was written to or came without an account.

    A first name alone is many people’s, and often a word of the language.
    """
    people = [r for r in store.rows(db, "select id, name, email from person") if r["id"] not in mine]
    words = {word for one in people for word in (one["name"], one["email"])}
    for table, columns in _OUTSIDE.items():
        for row in store.rows(db, f"select distinct {', '.join(columns)} from {table}"):
            words |= set(row.values())
    own = {said["name"], said["email"], ERASED, SOMEBODY} | unnaming.called(db, said["person"], said["email"])
    own = {word.casefold() for word in own if word}
    known = {w for w in words if w and w.casefold() not in own and (" " in w.strip() or "@" in w)}
    return sorted(known, key=len, reverse=True)


def _unname(rows, others):
    """Take the full names and e-mails of others out of all that rows say, whoever wrote it."""
    texts = "\n".join(v for row in rows for v in row.values() if isinstance(v, str)).casefold()
    if known := [word for word in others if word.split()[0].casefold() in texts]:
        pattern = unnaming.pattern(known)
        for row in rows:
            row.update({k: pattern.sub(OTHER, v) for k, v in row.items() if isinstance(v, str)})


def _picture(db, photo):
    """Return the address that holds a photo itself, or None where there is none any more or not all of it yet."""
    whole = photos.whole(db, photo["id"])
    kept = whole and photo["came_at"]
    return f"data:{photo['type']};base64,{base64.b64encode(whole).decode()}" if kept else None


def _is_secret(table, column):
    return column.endswith("_hash") or (table == "mail" and column in ("link", "code"))

