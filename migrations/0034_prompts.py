"""Several questions to reflect on: of a session, else of its Work Group, else the hub's; and answers that name theirs.

A question keeps every wording it has had, and an answer names the wording it was written to, so that it can be read
beside its own words whatever became of the question since. `session.question`, the one question that a session could
have before, becomes the first of its own.
"""

import uuid

SQL = """
create table prompt (
    id text primary key, session text references session, work_group text references work_group,
    position integer not null, copied_from text references prompt, by text references person, at text not null,
    withdrawn_at text, check (session is null or work_group is null)
) strict;
create index prompt_session on prompt (session, position);
create index prompt_work_group on prompt (work_group, position);
create table prompt_words (
    id text primary key, prompt text not null references prompt, version integer not null, words text not null,
    by text references person, at text not null, unique (prompt, version)
) strict;
alter table reflection_words add column prompt_words text references prompt_words;
create table reflection_answer (
    id text primary key, version text not null references reflection_words, position integer not null,
    prompt_words text references prompt_words, words text not null
) strict;
create index reflection_answer_version on reflection_answer (version, position)
"""

# what a hub begins with (ours, from practice): the first is asked, the others are offered
USUAL = (
    "What will you do differently, and why?",
    "What did you notice that you did not expect?",
    "What would help you before next time?",
)

TRIGGERS = """
create trigger found_reflection_answer_new after insert on reflection_answer when trim(new.words) <> '' begin
    insert into found_row (kind, about) values ('reflection_answer', new.id);
    insert into found (rowid, words) select id, new.words from found_row
        where kind = 'reflection_answer' and about = new.id;
end;
create trigger found_reflection_answer_changed after update on reflection_answer when old.words is not new.words begin
    delete from found where rowid = (select id from found_row where kind = 'reflection_answer' and about = old.id);
    insert or ignore into found_row (kind, about) values ('reflection_answer', new.id);
    insert into found (rowid, words) select id, new.words from found_row
        where kind = 'reflection_answer' and about = new.id;
end;
create trigger found_reflection_answer_gone after delete on reflection_answer begin
    delete from found where rowid = (select id from found_row where kind = 'reflection_answer' and about = old.id);
    delete from found_row where kind = 'reflection_answer' and about = old.id;
end;
"""


def change(db):
    """Make the tables, put the usual questions there, and take over what sessions asked."""
    for statement in SQL.split(";"):
        db.execute(statement)
    for statement in TRIGGERS.split("end;"):
        if statement.strip():
            db.execute(statement + "end")
    for position, words in enumerate(USUAL):
        _put(db, None, position, words)
    for session, words in db.execute("select id, question from session where question is not null").fetchall():
        _put(db, session, 0, words)
    db.execute("alter table session drop column question")


def _put(db, session, position, words):
    id = str(uuid.uuid4())
    at = db.execute("select strftime('%Y-%m-%dT%H:%M:%fZ', 'now')").fetchone()[0]
    db.execute("insert into prompt (id, session, position, at) values (?, ?, ?, ?)", (id, session, position, at))
    db.execute(
        "insert into prompt_words (id, prompt, version, words, at) values (?, ?, 1, ?, ?)",
        (str(uuid.uuid4()), id, words, at),
    )
