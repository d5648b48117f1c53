"""Reading for data protection: who is here, how long words are kept, what would go, and what went."""

from workgroup import clock, purging, store, unnaming
from workgroup.retention import KINDS

SHOWN = 100


def everybody(db, text=None):
    """Return people who are not erased, by name, with their Work Groups; `text` narrows to a part of name or e-mail.

    One more than are shown, so that a page can say that there are more. Visitors who turned out to be somebody are that
    somebody.
    """
    like = f"%{(text or '').strip()}%"
    return store.rows(
        db,
        "select p.id, p.name, p.email, (select group_concat(title, ', ') from (select distinct g.title"
        " from work_group g join membership m on m.work_group = g.id where m.person = p.id order by g.title)) as groups"
        " from person p where p.erased_at is null and p.joined_to is null and (p.name like :like or p.email like :like)"
        " order by p.name collate nocase, p.id limit :most",
        {"like": like, "most": SHOWN + 1},
    )


def written_to(db, email):
    """Return the name under which an address was last written to, or is a contact of a school; None where it is not."""
    known = " union all ".join(f"select name, email, rowid as row from {table}" for table in unnaming.ADDRESSED)
    sql = f"select name from ({known}) where email = ? collate nocase order by row desc limit 1"
    mailed = "select address from mail where address = ? collate nocase limit 1"
    return store.value(db, sql, (email,)) or store.value(db, mailed, (email,))


def known_by_name(db, name):
    """Return a full name as it stands where people are known by that alone, such as visitors, or None."""
    name = " ".join(name.split())
    known = " union all ".join(f"select {column} as name from {table}" for table, column in unnaming.NAMED.items())
    found = store.value(db, f"select name from ({known}) where name = ? collate nocase limit 1", (name,))
    return found if unnaming.is_full(name) else None


def is_known_by_more(db, name):
    """Tell whether somebody of this name is known here by more: as a person, or by an e-mail that was written to."""
    known = " union all ".join(f"select name, email from {table}" for table in unnaming.ADDRESSED)
    sql = f"select name from ({known}) where email is not null union select name from person where erased_at is null"
    is_theirs = unnaming.whose([name])
    return any(is_theirs(row["name"]) for row in store.rows(db, sql))


def settings(db):
    """Return for each kind how long it is kept: `key`, `kind`, `months`, and whether somebody has chosen."""
    chosen = purging.chosen(db)
    return [{"key": k, "kind": kind, "months": chosen.get(k), "is_chosen": k in chosen} for k, kind in KINDS.items()]


def stand(db):
    """Return what tells these settings from any others: what somebody had before them when they chose."""
    return ",".join(f"{key}={months or ''}" for key, months in sorted(purging.chosen(db).items())) or "nothing"


def would_go(db, months_of, on):
    """Return what would go by a day, a kind each, where something would: `kind`, `before`, `found`."""
    found = []
    for key, months in months_of.items():
        if months:
            day = purging.before(key, months, on)
            if waiting := purging.due(db, key, day):
                found.append({"kind": KINDS[key], "before": day, "found": waiting})
    return found


def next_to_go(db, months_of, on):
    """Return what goes on which day after this one, the soonest first: `day`, `kind`, `found`; of whole years only."""
    found = []
    for key, months in months_of.items():
        for day, since, until in purging.next_times(key, months, on) if months else ():
            if waiting := purging.due(db, key, until, since=since):
                found.append({"day": day, "kind": KINDS[key], "found": waiting})
                break  # of each kind the next time that something goes
    return sorted(found, key=lambda one: one["day"])


def over(db, on, also_chosen_today=False):
    """Return by kind the day before which words go, where something is left to go.

    What was chosen on the day itself waits for the next, so that a slip can be put right.
    """
    settled = {
        r["kind"] for r in store.rows(db, "select kind, at from retention")
        if also_chosen_today or clock.day_of(r["at"]) < on
    }  # fmt: skip
    days = {
        key: purging.before(key, months, on) for key, months in purging.chosen(db).items() if months and key in settled
    }
    return {key: day for key, day in days.items() if purging.due(db, key, day)}


def runs(db, most=30):
    """Return what went, a day each, newest first: `on_day`, `name` (None: by itself), `gone`."""
    found = {}
    for row in store.rows(
        db,
        "select r.on_day, p.name, g.kind, g.what, g.academic_year as year, sum(g.many) as many from retention_run r"
        " join retention_gone g on g.run = r.id left join person p on p.id = r.by"
        " where r.on_day in (select distinct on_day from retention_run order by on_day desc limit ?)"
        " group by r.on_day, p.name, g.kind, g.what, g.academic_year order by r.on_day desc, g.kind, g.academic_year",
        (most,),
    ):
        key = (row["on_day"], row["name"])
        one = {key: row[key] for key in ("what", "year", "many")}
        one["words"] = _one(row["kind"], row["what"]) if row["many"] == 1 else row["what"]
        found.setdefault(key, {"on_day": row["on_day"], "name": row["name"], "gone": []})["gone"].append(one)
    return list(found.values())


def _one(kind, many):
    things = KINDS[kind].things if kind in KINDS else ()
    return next((t.one for t in things if t.many == many), many)


def last_look(db):
    """Return when it was last looked for what is over, or None."""
    return store.value(db, "select max(done_at) from due where kind = 'retention'")
