"""The days log: allowances for a year, what days were used for, and what was claimed in batches.

Days are counted in whole quarters and money in whole pence, so that no sum is ever nearly right. An entry keeps the
word of its activity: renaming one changes no old entry. `day_history` has every way an entry has stood, for asking as
at a day. A claim keeps its own copy of what it claimed; an entry is in one claim that stands at the most.
"""

import uuid

ACTIVITIES = (
    "session", "visit", "planning", "own school", "department", "residential", "PD Lead", "hub meeting", "online group",
    "travel", "other",
)  # fmt: skip
# what is suggested from sessions and visits goes by these words, however they are renamed
MEANT = ("session", "visit")
NAMESPACE = "6a1d3f0e-7c55-5d0a-8f0b-2f0f6f1b9c11"
SQL = """
create table day_activity (
    id text primary key, position integer not null, name text not null collate nocase unique,
    meant text unique check (meant in ('session', 'visit')), ended_at text
) strict;
create table allowance (
    id text primary key, person text not null references person, academic_year text not null, stage text not null,
    quarters integer not null check (quarters between 0 and 1464), rate_pence integer check (rate_pence >= 0),
    by text not null references person, at text not null, version integer not null default 1, withdrawn_at text
) strict;
create unique index allowance_once on allowance (person, academic_year, stage collate nocase)
    where withdrawn_at is null;
create table day_entry (
    id text primary key, person text not null references person, academic_year text not null, on_day text not null,
    activity text not null references day_activity, word text not null, quarters integer not null,
    work_group text references work_group, school text references school, allowance text references allowance,
    travel_pence integer not null default 0, words text, session text references session,
    visit text references visit, source_on text, source_quarters integer, corrects text references day_entry,
    at text not null, version integer not null default 1, withdrawn_at text,
    check (session is null or visit is null), check (quarters <> 0 or travel_pence <> 0),
    check (corrects is not null or (quarters >= 0 and travel_pence >= 0))
) strict;
create unique index day_entry_session on day_entry (person, session) where session is not null;
create unique index day_entry_visit on day_entry (person, visit) where visit is not null;
create index day_entry_person on day_entry (person, academic_year, on_day);
create index day_entry_year on day_entry (academic_year, on_day);
create index day_entry_corrects on day_entry (corrects) where corrects is not null;
create table day_history (
    day_entry text not null references day_entry, at text not null, by text not null references person,
    academic_year text not null, on_day text not null, word text not null, quarters integer not null,
    work_group text, school text, allowance text, travel_pence integer not null, words text, withdrawn_at text
) strict;
create index day_history_entry on day_history (day_entry, at);
create table day_declined (
    id text primary key, person text not null references person, session text references session,
    visit text references visit, at text not null, withdrawn_at text, check ((session is null) <> (visit is null))
) strict;
create unique index day_declined_session on day_declined (person, session)
    where session is not null and withdrawn_at is null;
create unique index day_declined_visit on day_declined (person, visit)
    where visit is not null and withdrawn_at is null;
create table day_claim (
    id text primary key, reference text not null, claimed_on text not null, person text references person,
    from_on text, to_on text, by text not null references person, at text not null,
    undone_at text, undone_by text references person, undone_why text
) strict;
create index day_claim_on on day_claim (claimed_on);
create table claimed_day (
    claim text not null references day_claim, day_entry text not null references day_entry, on_day text not null,
    word text not null, stage text, quarters integer not null, rate_pence integer, amount_pence integer,
    travel_pence integer not null, undone_at text, undone_by text references person, undone_why text,
    primary key (claim, day_entry)
) strict, without rowid;
create unique index claimed_day_once on claimed_day (day_entry) where undone_at is null;
"""


def change(db):
    """Make the tables, and put the usual activities in."""
    for statement in SQL.split(";"):
        if statement.strip():
            db.execute(statement)
    for position, name in enumerate(ACTIVITIES, 1):
        db.execute(
            "insert into day_activity (id, position, name, meant) values (?, ?, ?, ?)",
            [str(uuid.uuid5(uuid.UUID(NAMESPACE), name)), position, name, name if name in MEANT else None],
        )
