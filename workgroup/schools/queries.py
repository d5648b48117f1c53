"""Reading schools: the register's facts, the search, host facts and contacts."""

import re

from workgroup import clock, store

# how the wifi was, in the words it is read in
WIFI = {"held": "It held", "patchy": "It came and went", "failed": "It did not work"}
_ACTIVE = "m.person = :person and m.from_on <= :on and (m.to_on is null or m.to_on >= :on)"


def school(db, id):
    """Return a school by id, or None."""
    return store.row(db, "select * from school where id = ?", (id,))


def by_urn(db, urn):
    """Return a school by its six-digit number, or None."""
    return store.row(db, "select * from school where urn = ?", (urn,))


def count(db):
    """Return how many schools are known."""
    return store.value(db, "select count(*) from school")


def search(db, text, limit=20):
    """Return the schools whose name, town, postcode or URN begins with each word, open and nearest first.

    What is typed is only ever words: the operators of the index have no meaning here.
    """
    found = re.findall(r"\w+", (text or "")[:100], re.UNICODE)[:8]
    if not found:
        return []
    asked = " ".join(f'"{word}"*' for word in found)
    return store.rows(
        db,
        "select s.id, s.urn, s.name, s.town, s.postcode, s.phase, s.status, s.la from school_fts f"
        " join school s on s.rowid = f.rowid where school_fts match ?"
        " order by s.status = 'Closed', bm25(school_fts, 10, 4, 6, 8), s.name limit ?",
        (asked, limit),
    )


def near_name(db, name, town=None, limit=5):
    """Return schools whose name shares words with this one, the most alike first."""
    words = [w for w in re.findall(r"\w+", (name or "")[:100]) if len(w) > 2][:8]
    if not words:
        return []
    asked = "name : (" + " OR ".join(f'"{w}"*' for w in words) + ")"
    return store.rows(
        db,
        "select s.id, s.urn, s.name, s.town, s.status from school_fts f join school s on s.rowid = f.rowid"
        " where school_fts match ? order by s.status = 'Closed', bm25(school_fts) limit ?",
        (asked, limit),
    )


def host_facts(db, school):
    """Return what a guest must know about a school, or None when nobody has written it down."""
    return store.row(db, "select * from host_facts where school = ?", (school,))


def wifi_last(db, school):
    """Return what was said of a school's wifi after the last session there of which anything was said, or [].

    Each has `who` said it, guests or the school itself, whose newest word counts, and `said`: how it went and when.
    """
    rows = store.rows(
        db,
        "select w.*, substr(n.starts_at, 1, 10) as day from wifi_word w join session n on n.id = w.session"
        " where w.school = ? order by n.starts_at desc, w.at desc, w.rowid desc limit 20",
        (school,),
    )
    found = {}
    for row in rows:
        if row["session"] == rows[0]["session"]:
            found.setdefault("guests" if row["by"] else "the school", row)
    return [
        {**row, "who": who, "said": f"{WIFI[row['went']]}, said {who} on {clock.say_day(row['day'], year=True)}"}
        for who, row in found.items()
    ]


def contacts(db, school):
    """Return the contacts of a school that are current."""
    return store.rows(
        db, "select * from school_contact where school = ? and ended_on is null order by role, name", (school,)
    )


def ended_contacts(db, school):
    """Return the last twenty contacts of a school that are no longer there, the latest first."""
    sql = "select * from school_contact where school = ? and ended_on is not null order by ended_on desc, name limit 20"
    return store.rows(db, sql, (school,))


def contact(db, id):
    """Return a contact by id, current or not, or None."""
    return store.row(db, "select * from school_contact where id = ?", (id,))


def school_of_contact(db, contact):
    """Return the id of the school a contact belongs to, or None."""
    return store.value(db, "select school from school_contact where id = ?", (contact,))


def leads_any(db, person, on):
    """Tell whether a person leads any Work Group on a day."""
    sql = f"select 1 from membership m where {_ACTIVE} and m.role = 'leader'"
    return store.value(db, sql, {"person": person, "on": on}) is not None


def is_in_a_group(db, school):
    """Tell whether a school is in any Work Group."""
    return store.value(db, "select 1 from school_in_group where school = ?", (school,)) is not None


def is_near(db, person, school, on):
    """Tell whether a person is of a school, or leads a group that it is in or that it hosts."""
    return (
        store.value(
            db,
            f"select 1 from membership m where {_ACTIVE} and (m.school = :school or (m.role = 'leader' and ("
            " exists (select 1 from school_in_group i where i.work_group = m.work_group and i.school = :school)"
            " or exists (select 1 from session n where n.work_group = m.work_group and n.host = :school))))",
            {"person": person, "on": on, "school": school},
        )
        is not None
    )
