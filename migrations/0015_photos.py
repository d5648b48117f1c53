"""Photos of the board or of work, as pieces in this file; and what the host school allows to be photographed.

`number` is the ledger number that a teacher's yes is compared with: of the entry at first, then of the moment in which
the picture had come whole, because nobody can say yes to a picture that they have not seen. `changed` is the ledger
number of the last change, as in `noticing`. Until somebody has said what may be photographed, nothing may.
"""

SQL = """
alter table host_facts add column photos text check (photos in ('none', 'board', 'work'));
create table photo (
    id text primary key, lesson text not null references lesson, noticing text references noticing,
    by text not null references person, at text not null, kind text not null check (kind in ('board', 'work')),
    described text not null, type text not null check (type = 'image/jpeg'), bytes integer not null,
    pieces integer not null, digest text not null, width integer not null, height integer not null,
    number integer not null, changed integer not null, came_at text, withdrawn_at text,
    withdrawn_by text references person
) strict;
create index photo_lesson on photo (lesson, changed);
create index photo_noticing on photo (noticing);
create table photo_piece (
    photo text not null references photo, position integer not null, bytes blob not null,
    primary key (photo, position)
) strict;
"""


def change(db):
    """Make the tables and the column."""
    for statement in SQL.split(";"):
        if statement.strip():
            db.execute(statement)
