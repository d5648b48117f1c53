"""A photo belongs to a lesson or to what came back from a gap task; the rest of it is as it was.

The two ledger numbers are for a teacher's yes and for timelines, so a photo of a return has none.
"""

SQL = """
create table photo_now (
    id text primary key, lesson text references lesson, noticing text references noticing,
    gap_task_return text references gap_task_return, by text not null references person, at text not null,
    kind text not null check (kind in ('board', 'work')), described text not null,
    type text not null check (type = 'image/jpeg'), bytes integer not null, pieces integer not null,
    digest text not null, width integer not null, height integer not null, number integer, changed integer,
    came_at text, withdrawn_at text, withdrawn_by text references person,
    check ((lesson is null) <> (gap_task_return is null)),
    check (lesson is null or (number is not null and changed is not null))
) strict;
insert into photo_now select id, lesson, noticing, null, by, at, kind, described, type, bytes, pieces, digest, width,
    height, number, changed, came_at, withdrawn_at, withdrawn_by from photo;
create table photo_piece_now (
    photo text not null references photo_now, position integer not null, bytes blob not null,
    primary key (photo, position)
) strict;
insert into photo_piece_now select photo, position, bytes from photo_piece;
drop table photo_piece;
drop table photo;
alter table photo_now rename to photo;
alter table photo_piece_now rename to photo_piece;
create index photo_lesson on photo (lesson, changed);
create index photo_noticing on photo (noticing);
create index photo_return on photo (gap_task_return)
"""


def change(db):
    """Make the tables anew, with their rows; pieces first let go of the old one, so no reference is ever broken."""
    for statement in SQL.split(";"):
        if statement.strip():
            db.execute(statement)
