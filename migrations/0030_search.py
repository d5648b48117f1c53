"""One index to search in: sessions, lessons, noticings, reflections, people, gap tasks, notes, visits, by triggers.

`found_row` gives what is indexed a number, for an index finds a row again only by its number. What the index holds is
never shown as it is: whatever is found is read again by the feature's own query, which knows who may see it. Schools
have an index of their own.
"""

# kind: (table, column of the id, what is to be found in it)
SOURCES = {
    "session": ("session", "id", "{0}.title || ' ' || {0}.kind"),
    "lesson": ("lesson", "id", "{0}.topic || ' ' || coalesce({0}.key_point, '')"),
    "noticing": ("noticing", "id", "coalesce({0}.words, '') || ' ' || coalesce({0}.code, '')"),
    "noticing_words": ("noticing_words", "id", "{0}.words"),
    "reflection": ("reflection_words", "id", "{0}.words"),
    "person": ("person", "id", "{0}.name"),
    "gap_task": ("gap_task", "id", "{0}.words"),
    "note": ("session_note", "id", "{0}.words"),
    "decision": ("decision", "id", "{0}.words"),
    "discussion": ("discussion_note", "id", "{0}.words"),
    "work": ("in_school_work", "id", "{0}.words || ' ' || coalesce({0}.topic, '')"),
    "visit": ("visit", "id", "coalesce({0}.purpose, '')"),
    "visit_note": ("visit_note", "id", "{0}.words || ' ' || coalesce({0}.year_group, '')"),
}
SQL = """
create table found_row (
    id integer primary key, kind text not null, about text not null, unique (kind, about)
) strict;
create virtual table found using fts5 (words, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3');
"""
# an empty text is not put in: a tap without words is most of what is written while pupils work
TRIGGERS = """
create trigger found_{kind}_new after insert on {table} when trim({new}) <> '' begin
    insert into found_row (kind, about) values ('{kind}', new.{id});
    insert into found (rowid, words) select id, {new} from found_row where kind = '{kind}' and about = new.{id};
end;
create trigger found_{kind}_changed after update on {table} when {old} is not {new} begin
    delete from found where rowid = (select id from found_row where kind = '{kind}' and about = old.{id});
    insert or ignore into found_row (kind, about) values ('{kind}', new.{id});
    insert into found (rowid, words) select id, {new} from found_row where kind = '{kind}' and about = new.{id};
end;
create trigger found_{kind}_gone after delete on {table} begin
    delete from found where rowid = (select id from found_row where kind = '{kind}' and about = old.{id});
    delete from found_row where kind = '{kind}' and about = old.{id};
end;
"""


def change(db):
    """Make the index, fill it with what is there, and keep it from now on."""
    for statement in SQL.split(";"):
        if statement.strip():
            db.execute(statement)
    for kind, (table, id, words) in SOURCES.items():
        said = words.format(table)
        db.execute(
            f"insert into found_row (kind, about) select '{kind}', {id} from {table} where trim({said}) <> ''"
        )
        db.execute(
            f"insert into found (rowid, words) select f.id, {said} from {table} join found_row f on f.kind = '{kind}'"
            f" and f.about = {table}.{id}"
        )
        made = TRIGGERS.format(kind=kind, table=table, id=id, new=words.format("new"), old=words.format("old"))
        for statement in made.split("end;"):
            if statement.strip():
                db.execute(statement + "end")
