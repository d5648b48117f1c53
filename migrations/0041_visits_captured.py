"""Notes of a visit made by a tap, with words later; what a visit's day and state have been.

`last_stand` orders taking away and bringing back, as in `noticing`: of two says the later counts. Of visits from before
this migration only the last state is known.
"""

SQL = """
alter table visit_note add column last_stand text;
create table visit_note_words (
    id text primary key, visit_note text not null references visit_note, words text not null, after text,
    by text not null references person, at text not null
) strict;
create index visit_note_words_note on visit_note_words (visit_note);
create table visit_history (
    id integer primary key, visit text not null references visit, at text, by text references person,
    state text not null, on_day text not null, starts text, ends text, why text
) strict;
create index visit_history_visit on visit_history (visit, id);
insert into visit_history (visit, state, on_day, starts, ends) select id, state, on_day, starts, ends from visit;
"""


def change(db):
    """Make the tables."""
    for statement in SQL.split(";"):
        if statement.strip():
            db.execute(statement)
