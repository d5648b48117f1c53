"""Records that were begun while a migration was still being written are brought to the shape that it ended with.

Three were changed after records had had them: what an invitation's answer was to, and a link to reflect (0027), what is
found by search (0030), what an evaluation was out of (0044). tests/test_old_versions.py compares
every earlier record with a new one.
"""

# kind: (table, what is to be found in it), as 0030 ended
SOURCES = {
    "discussion": ("discussion_note", "{0}.words"),
    "work": ("in_school_work", "{0}.words || ' ' || coalesce({0}.topic, '')"),
    "visit": ("visit", "coalesce({0}.purpose, '')"),
    "visit_note": ("visit_note", "{0}.words || ' ' || coalesce({0}.year_group, '')"),
}
TRIGGERS = """
create trigger found_{kind}_new after insert on {table} when trim({new}) <> '' begin
    insert into found_row (kind, about) values ('{kind}', new.id);
    insert into found (rowid, words) select id, {new} from found_row where kind = '{kind}' and about = new.id;
end;
create trigger found_{kind}_changed after update on {table} when {old} is not {new} begin
    delete from found where rowid = (select id from found_row where kind = '{kind}' and about = old.id);
    insert or ignore into found_row (kind, about) values ('{kind}', new.id);
    insert into found (rowid, words) select id, {new} from found_row where kind = '{kind}' and about = new.id;
end;
create trigger found_{kind}_gone after delete on {table} begin
    delete from found where rowid = (select id from found_row where kind = '{kind}' and about = old.id);
    delete from found_row where kind = '{kind}' and about = old.id;
end;
"""
# an answer was to the session as it stands, for all that is known of it
ANSWERS = """
create table invitation_answer_now (
    id text primary key, session text not null references session, person text not null references person,
    answer text not null check (answer in ('coming', 'apologies', 'cover')), cover text, told_on text not null,
    starts_at text not null, mark text references register_mark, by text not null references person, at text not null
) strict;
insert into invitation_answer_now select a.id, a.session, a.person, a.answer, a.cover, a.told_on, s.starts_at, a.mark,
    a.by, a.at from invitation_answer a join session s on s.id = a.session;
drop table invitation_answer;
alter table invitation_answer_now rename to invitation_answer;
create index invitation_answer_session on invitation_answer (session, person, at);
"""


def change(db):
    """Mend what is missing; a record that was begun later is left as it is."""
    if "starts_at" not in _columns(db, "invitation_answer"):
        _run(db, ANSWERS, ";")
    _allow_reflecting(db)
    for column in ("schools", "teachers"):
        if column not in _columns(db, "evaluation"):
            db.execute(f"alter table evaluation add column {column} integer")
    for kind, (table, words) in SOURCES.items():
        made = db.execute("select sql from sqlite_master where name = ?", (f"found_{kind}_new",)).fetchone()
        if made is None or f"select id, {words.format('new')} from" not in made[0]:
            _find(db, kind, table, words)


def _allow_reflecting(db):
    """Let a link be one to reflect, whatever else its table has got since."""
    made = db.execute("select sql from sqlite_master where type = 'table' and name = 'link'").fetchone()[0]
    if "'reflect'" in made:
        return
    body = made[made.index("(") :].replace("'join')", "'join', 'reflect')")
    indexes = db.execute("select sql from sqlite_master where type = 'index' and tbl_name = 'link' and sql is not null")
    again = [row[0] for row in indexes.fetchall()]
    for statement in (
        f"create table link_now {body}", "insert into link_now select * from link", "drop table link",
        "alter table link_now rename to link", *again,
    ):  # fmt: skip
        db.execute(statement)


def _columns(db, table):
    return {row[1] for row in db.execute(f"pragma table_info({table})")}


def _run(db, statements, between, end=""):
    for statement in statements.split(between):
        if statement.strip():
            db.execute(statement + end)


def _find(db, kind, table, words):
    """Put all of a table into the index anew, and keep it there."""
    for when in ("new", "changed", "gone"):
        db.execute(f"drop trigger if exists found_{kind}_{when}")
    db.execute("delete from found where rowid in (select id from found_row where kind = ?)", (kind,))
    db.execute("delete from found_row where kind = ?", (kind,))
    said = words.format(table)
    db.execute(f"insert into found_row (kind, about) select '{kind}', id from {table} where trim({said}) <> ''")
    db.execute(
        f"insert into found (rowid, words) select f.id, {said} from {table} join found_row f on f.kind = '{kind}'"
        f" and f.about = {table}.id"
    )
    made = TRIGGERS.format(kind=kind, table=table, new=words.format("new"), old=words.format("old"))
    _run(db, made, "end;", "end")
