"""Reports of visits: the leaders' text, what was sent of it and to whom, who has read it; and they are found by search.

Every text that was kept stays in `visit_report`, and the newest counts. `report_sent` holds a text as it went: a
later one has the next number, and a link always shows the newest. `note_place` says where a note goes in the draft. A
mail may carry a file, which is made when it is sent: `attached` names it, and no copy of it lies here.
"""

SQL = """
create table visit_report (
    id text primary key, visit text not null references visit, words text not null,
    drafted integer not null check (drafted in (0, 1)), by text not null references person, at text not null
) strict;
create index visit_report_visit on visit_report (visit);
create table note_place (
    visit_note text primary key references visit_note, aspect text references aspect,
    used integer not null check (used in (0, 1)), by text not null references person, at text not null
) strict;
create table report_sent (
    id text primary key, visit text not null references visit, number integer not null, words text not null,
    by text not null references person, at text not null, withdrawn_at text, why text, unique (visit, number)
) strict;
create table report_to (
    id text primary key, report_sent text not null references report_sent, name text not null, email text not null
) strict;
create index report_to_sent on report_to (report_sent);
create table report_answer (
    id text primary key, report_sent text not null references report_sent, report_to text references report_to,
    name text not null, words text, at text not null
) strict;
create index report_answer_sent on report_answer (report_sent, at);
alter table mail add column attached text;
"""
# kind: (table, column of the id, what is to be found in it); see 0030_search.py
SOURCES = {
    "visit_note_words": ("visit_note_words", "id", "{0}.words"),
    "visit_report": ("visit_report", "id", "{0}.words"),
    "report_sent": ("report_sent", "id", "{0}.words"),
}
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
    """Make the tables, and keep the index from now on: all of them are new and empty."""
    for statement in SQL.split(";"):
        if statement.strip():
            db.execute(statement)
    for kind, (table, id, words) in SOURCES.items():
        made = TRIGGERS.format(kind=kind, table=table, id=id, new=words.format("new"), old=words.format("old"))
        for statement in made.split("end;"):
            if statement.strip():
                db.execute(statement + "end")
