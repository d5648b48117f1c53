"""The full name and e-mail of somebody who is erased, taken out of words that others wrote or that stay as a record.

Every text column there is, but for ids, references and what stands in `NO_WORDS`, whichever tables there are. A first
name alone is many people’s, and stays. What somebody wrote that is not their own stands in `STAYS_WRITTEN`.
"""

import re
import unicodedata

from workgroup import store

ERASED = "(erased)"
SOMEBODY = "Somebody who has left"
UNNAMED = "somebody who was erased"
# tables without words of people: the chain and the house, public facts, words of settings that are told apart by them
NO_WORDS = {
    "_sqlite_migrations", "ledger", "record", "link", "put_away", "found_row", "retention", "retention_gone", "school",
    "day_activity", "half_term", "strand_shape",
}  # fmt: skip
# where people stand by name and e-mail who may have no account
ADDRESSED = ("school_contact", "report_to", "plan_asking", "journey_asking")
# and by a name alone
NAMED = {
    "school_contact": "name", "register_mark": "visitor", "lesson": "teacher_name", "guest_claim": "visitor",
    "invitation_answer": "cover", "host_word": "name", "review": "agreed_with", "action_plan": "agreed_with",
}  # fmt: skip
_TITLE = r"(?:mr|mrs|ms|miss|mx|dr|rev|sir|madam)\b\.?\s+"
_TITLED = re.compile(rf"{_TITLE}\S+", re.IGNORECASE)  # as many as there are schools
_TITLE_OF = re.compile(rf"^{_TITLE}", re.IGNORECASE)
OWN = {("person", "name"), ("person", "email")}  # another person of the same name keeps it as theirs
# what people put in the place of a name
_NOBODY = {
    "the", "somebody", "who", "has", "left", "was", "head", "headteacher", "teacher", "deputy", "principal", "acting",
    "of", "office", "school", "maths", "lead", "leader", "hub", "group", "a", "and",
}  # fmt: skip
# what somebody writes for a school, a Work Group or the hub, by table: it is the record of all of them, stays when its
# writer is erased, and names them no more. Nothing reads it but the test that leaves no column of words undecided
STAYS_WRITTEN = {
    "visit": ("purpose", "people_met"), "visit_history": ("why",), "visit_report": ("words",),
    "report_sent": ("words", "why"), "review": ("words", "next_step", "agreed_with"), "aim": ("words",),
    "action": ("words",), "decision": ("words",), "session_summary": ("words",),
    "session": ("title", "joining_link"), "session_history": ("why",), "agenda_block": ("title", "words"),
    "template_block": ("title",), "material": ("title", "url"), "prompt_words": ("words",),
    "wifi_word": ("words",), "gap_task": ("words",),
    "gap_task_history": ("why", "words"),
    "lesson": ("teacher_name", "class", "context", "topic", "aims", "key_point", "representations", "stem_sentences",
               "wanted", "question_maths", "question_pedagogy"),
    "difficult_point": ("words",), "predicted_response": ("words",), "phase_mark": ("title",), "watch": ("words",),
    "implication": ("words",), "evaluation_sentence": ("words",), "engagement": ("reason",),
    "school_grant": ("purpose",), "framework": ("name", "strand"), "aspect": ("name", "about"),
    "step": ("name", "about"), "tag": ("name",), "day_claim": ("reference", "undone_why"),
    "claimed_day": ("word", "undone_why"), "day_entry": ("word",), "day_history": ("word",),
    "hub": ("name", "purpose", "privacy", "contact"),
    "work_group": ("title", "strand", "leader_word", "participant_word", "meeting_word"),
    "membership": ("title",), "register_mark": ("visitor",), "school_contact": ("name", "email", "phone"),
    "host_facts": ("entrance", "room", "parking", "wifi", "photo_rule", "device_rule", "late_contact"),
}  # fmt: skip


def names(db, person):
    """Return by what somebody is known in full: name and e-mail, of themselves, as a visitor, and where links went.

    A name with a title is one without it, too.
    """
    email = store.value(db, "select email from person where id = ?", (person,))
    known = called(db, person, email)
    known |= {_TITLE_OF.sub("", word.strip()) for word in known}
    return sorted((w for w in known if is_full(w)), key=len, reverse=True)


def untitled(name):
    """Return a name without its title and its case, by which two writings of it are the same."""
    return _TITLE_OF.sub("", " ".join(name.split())).casefold()


def whose(known):
    """Return what tells of a text whether it is one of these names, whole, with a title or without."""
    plain = {untitled(name) for name in known}
    return lambda text: text is not None and untitled(text) in plain


def called(db, person, email):
    """Return all names and e-mails that somebody goes by or went by, full or not."""
    sql = "select name, email from person where id = :person or joined_to = :person"
    sql += (" union select w.was ->> 'name', null from ledger l join ledger_words w on w.number = l.number"
            " where l.about = :person and l.kind = 'people.edit_account'")
    for table in ADDRESSED:
        sql += f" union select name, email from {table} where email = :email collate nocase"
    rows = store.rows(db, sql, {"person": person, "email": email})
    return {word for row in rows for word in row.values() if word}


def pattern(known):
    """Return what finds any of these names as whole words, whatever their case."""
    return re.compile("|".join(map(_pattern, known)), re.IGNORECASE)


def take_out(db, known):
    """Put `UNNAMED` in the place of these names wherever somebody typed them. Inside a transaction."""
    if not known:
        return
    named = pattern(known)
    db.conn.create_function("unnamed", 1, lambda text: text and named.sub(_said, text))
    likes = {f"like_{n}": f"%{_some(word)}%" for n, word in enumerate(known)}
    for table, columns in text_columns(db):
        may = " or ".join(f"{column} like :{like}" for column in columns for like in likes)
        if table == "ledger_words":  # its digest stays: words are taken away whole, or the chain would not hold
            db.conn.execute(f"delete from {table} where ({may}) and (unnamed(said) is not said"
                            " or unnamed(was) is not was)", likes)  # fmt: skip
        else:
            put = ", ".join(f"{column} = unnamed({column})" for column in columns)
            db.conn.execute(f"update {table} set {put} where {may}", likes)
    db.conn.execute("delete from attempt where unnamed(key) is not key")


_ASKED = (
    "with asked (name, email, school) as (select name, email, school from school_contact"
    " union all select k.name, k.email, i.school from journey_asking k"
    " join school_in_group i on i.id = k.school_in_group"
    " union all select k.name, k.email, i.school from plan_asking k join action_plan p on p.id = k.action_plan"
    " join school_in_group i on i.id = p.school_in_group"
    " union all select k.name, k.email, i.school from report_to k join report_sent s on s.id = k.report_sent"
    " join visit v on v.id = s.visit join school_in_group i on i.id = v.school_in_group)"
    " select t.id from {0} t join school_in_group i on i.id = t.school_in_group join asked a on a.school = i.school"
    " and a.name = t.agreed_with collate nocase"
    " join person p on p.id = ? and p.email = a.email collate nocase"
)


def take_out_agreed(db, person):
    """Name a head no more who agreed for their school, by however they are called there. Inside a transaction."""
    for table in ("review", "action_plan"):
        for row in store.rows(db, _ASKED.format(table), (person,)):
            store.alter(db, table, row["id"], agreed_with=SOMEBODY)
            db.conn.execute("delete from ledger_words where said ->> 'agreed_with' is not null"
                            " and number in (select number from ledger where about = ?)", (row["id"],))  # fmt: skip


def parts(known):
    """Return the first and last names in some names, each of three letters or more: many people's, as they stand."""
    words = {part for word in known if "@" not in word for part in word.split() if not _TITLED.match(f"{part} x")}
    return sorted(part for part in words if len(part) > 2 and part.casefold() not in _NOBODY)


def stand_alone(db, known, table, columns, whose):
    """Return how many rows of a table that are not `whose` say a first or last name in some column, without the rest.

    A name is one with a capital: Reading is a town, reading is not.
    """
    full, some = pattern([word for word in known if is_full(word)]), parts(known)
    alone = re.compile("|".join(rf"(?<![\w@]){re.escape(part)}(?![\w@])" for part in some))
    may = " or ".join(f"{column} glob :part_{n}" for column in columns for n in range(len(some)))
    said = {f"part_{n}": f"*{re.sub(r'[][*?]', '?', part)}*" for n, part in enumerate(some)}
    rows = store.rows(db, f"select {', '.join(columns)} from {table} where ({may}) and not coalesce(({whose[0]}), 0)",
                      {**whose[1], **said})  # fmt: skip
    return sum(any(alone.search(full.sub("", text)) for text in row.values() if text) for row in rows)


def text_columns(db):
    """Yield every table that holds words, with those of its columns that may."""
    for (table,) in db.conn.execute(
        "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name"
    ).fetchall():
        # the search indexes follow by their triggers
        if table in NO_WORDS or table == "attempt" or re.match(r"(found|school_fts)(_|$)", table):
            continue
        refers = {key["from"] for key in db.conn.execute(f"pragma foreign_key_list({table})")}
        columns = [
            row["name"] for row in db.conn.execute(f"pragma table_info({table})")
            if row["type"] == "TEXT" and not row["pk"] and row["name"] not in refers
            and not row["name"].endswith("_hash") and (table, row["name"]) not in OWN
        ]  # fmt: skip
        if columns:
            yield table, columns


def is_full(word):
    """Tell whether this is one person’s: an e-mail or a full name, no title with a surname, no word for a role."""
    word = word.strip()
    no_name = _TITLED.fullmatch(word) or set(word.casefold().split()) <= _NOBODY
    return "@" in word or (" " in word and not no_name)


def _pattern(word):
    """Match a name as a whole, whatever its case and spaces, and however its apostrophes, hyphens and accents are."""
    parts = ["".join(map(_letter, unicodedata.normalize("NFC", part))) for part in word.split()]
    return r"(?<![\w@])" + r"\s+".join(parts) + r"(?![\w\u0300-\u036f])"


def _letter(c):
    if c in "'’":
        return "['’]"
    if c in "-‐‑":
        return r"(?:[-‐‑]|\s+)"
    if c == '"':
        return r'\\?"'
    plain = unicodedata.normalize("NFKD", c)[0]
    return re.escape(c) if plain == c else rf"(?:{re.escape(c)}|{re.escape(plain)}[\u0300-\u036f]*)"


def _some(word):
    """Return a part of a name that SQLite finds in any case: the longest of plain letters."""
    return max(re.findall(r"[A-Za-z0-9]+", unicodedata.normalize("NFC", word)), key=len, default="")


def _said(match):
    if match.group() == match.string:  # a column that holds a name or an address and nothing else
        return ERASED if "@" in match.group() else SOMEBODY
    return UNNAMED if match.start() else UNNAMED.capitalize()
