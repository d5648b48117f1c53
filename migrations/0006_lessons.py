"""Open lessons: the briefing, what every observer noticed on one lesson clock, the discussion, and the sharing.

No grade, score or rating of anybody is kept anywhere, and no pupil has a name: `code` is Pupil A or Table 3.
`shared_to` is the ledger number up to which the lesson's teacher has said yes; later entries wait.
"""

SQL = """
create table lesson (
    id text primary key, session text not null references session, teacher text references person,
    teacher_name text, chair text references person, class text not null, pupils integer, context text,
    topic text not null, aims text, key_point text, representations text, stem_sentences text, wanted text,
    question_maths text, question_pedagogy text, planned_at text, minutes integer not null default 50
        check (minutes between 1 and 300),
    state text not null default 'planned'
        check (state in ('planned', 'live', 'discussion', 'with teacher', 'shared')),
    started_at text, ended_at text, discussion_at text,
    shared_with text check (shared_with in ('room', 'group', 'hub')), shared_at text, shared_to integer,
    asked_at text, reminded_at text, version integer not null default 1,
    check (teacher is not null or teacher_name is not null),
    check (teacher is null or chair is null or teacher <> chair)
) strict;
create index lesson_session on lesson (session);
create index lesson_teacher on lesson (teacher);
create table difficult_point (
    id text primary key, lesson text not null references lesson, position integer not null, words text not null
) strict;
create index difficult_point_lesson on difficult_point (lesson, position);
create table predicted_response (
    id text primary key, lesson text not null references lesson, position integer not null, words text not null,
    ended integer not null default 0 check (ended in (0, 1))
) strict;
create index predicted_response_lesson on predicted_response (lesson, position);
create table phase_mark (
    id text primary key, lesson text not null references lesson, second integer not null, phase text not null
        check (phase in ('whole class', 'pairs', 'groups', 'independent')),
    title text, by text not null references person, at text not null, withdrawn_at text
) strict;
create index phase_mark_lesson on phase_mark (lesson, second);
create table watch (
    id text primary key, lesson text not null references lesson, observer text not null references person,
    words text not null, unique (lesson, observer)
) strict;
create table noticing (
    id text primary key, lesson text not null references lesson, by text not null references person,
    at text not null, received text not null, second integer not null, rough integer not null default 0
        check (rough in (0, 1)), code text,
    predicted_response text references predicted_response, phase text
        check (phase in ('whole class', 'pairs', 'groups', 'independent')),
    words text, number integer not null, withdrawn_at text, hidden_at text
) strict;
create index noticing_lesson on noticing (lesson, second);
create index noticing_by on noticing (by, lesson);
create table noticing_words (
    id text primary key, noticing text not null references noticing, words text not null, after text,
    by text not null references person, at text not null
) strict;
create index noticing_words_noticing on noticing_words (noticing, at);
create table noticing_tag (
    noticing text not null references noticing, tag text not null references tag, primary key (noticing, tag)
) strict, without rowid;
create table discussion_note (
    id text primary key, lesson text not null references lesson, step text not null
        check (step in ('teacher', 'evidence', 'conjecture', 'implications', 'closing')),
    by text not null references person, at text not null, words text not null, withdrawn_at text
) strict;
create index discussion_note_lesson on discussion_note (lesson, at);
create table implication (
    id text primary key, lesson text not null references lesson,
    school_in_group text not null references school_in_group, words text not null,
    gap_task text references gap_task, by text not null references person, at text not null, withdrawn_at text
) strict;
create index implication_lesson on implication (lesson);
create table teacher_comment (
    id text primary key, lesson text not null references lesson, noticing text references noticing,
    by text not null references person, at text not null, words text not null
) strict;
create index teacher_comment_lesson on teacher_comment (lesson);
"""


def change(db):
    """Make the tables."""
    for statement in SQL.split(";"):
        if statement.strip():
            db.execute(statement)
