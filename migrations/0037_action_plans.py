"""Action plans of a school in a Work Group: aims under the four outcomes, actions under an aim, and how each stands.

A version is a draft until it is agreed, then in force, then superseded by the next; once agreed it never changes.
`thread` is what an aim or an action is called through the versions of one plan (the id of the first of them), so that
what was said of an action goes on with it, and what changed between two versions can be told. `edits` counts the
changes of a draft: a head agrees to what they read. Aims, actions and words of progress are put into the index of 0030.
"""

SQL = """
create table action_plan (
    id text primary key, school_in_group text not null references school_in_group,
    state text not null check (state in ('draft', 'in force', 'superseded')), version integer,
    after text references action_plan, by text not null references person, at text not null,
    edits integer not null default 0, agreed_on text, agreed_with text,
    agreed_how text check (agreed_how in ('by link', 'in person')), agreed_at text, withdrawn_at text,
    unique (school_in_group, version), check ((state = 'draft') = (version is null)),
    check ((state = 'draft') = (agreed_on is null)), check (state = 'draft' or withdrawn_at is null)
) strict;
create unique index action_plan_draft on action_plan (school_in_group) where state = 'draft' and withdrawn_at is null;
create unique index action_plan_in_force on action_plan (school_in_group) where state = 'in force';
create table aim (
    id text primary key, action_plan text not null references action_plan,
    outcome text not null check (outcome in ('pupils', 'learning', 'practice', 'policy')),
    position integer not null, words text not null, thread text not null, version integer not null default 1,
    withdrawn_at text
) strict;
create index aim_plan on aim (action_plan, position);
create table action (
    id text primary key, aim text not null references aim, position integer not null, words text not null, owner text,
    owner_person text references person, due_on text, thread text not null, carried_from text references action,
    version integer not null default 1, withdrawn_at text
) strict;
create index action_aim on action (aim, position);
create index action_thread on action (thread);
create table action_progress (
    id text primary key, action text not null references action, thread text not null,
    visit text references visit, on_day text not null,
    stands text not null check (stands in ('going on', 'done', 'dropped', 'carried')), words text,
    by text not null references person, at text not null, withdrawn_at text
) strict;
create index action_progress_thread on action_progress (thread, on_day);
create index action_progress_visit on action_progress (visit);
create table plan_asking (
    id text primary key, action_plan text not null references action_plan, name text not null, email text not null,
    by text not null references person, at text not null, expires_at text not null, ended_at text
) strict;
create index plan_asking_plan on plan_asking (action_plan, at);
create table plan_answer (
    id text primary key, action_plan text not null references action_plan, asking text not null references plan_asking,
    answer text not null check (answer in ('agree', 'change')), name text not null, words text, edits integer not null,
    at text not null
) strict;
create index plan_answer_plan on plan_answer (action_plan, at);
"""
# kind: (table, what is to be found in it); as in 0030
SOURCES = {
    "aim": ("aim", "{0}.words"),
    "action": ("action", "{0}.words || ' ' || coalesce({0}.owner, '')"),
    "progress": ("action_progress", "coalesce({0}.words, '')"),
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


def change(db):
    """Make the tables, and keep the index of what they say."""
    for statement in SQL.split(";"):
        if statement.strip():
            db.execute(statement)
    for kind, (table, words) in SOURCES.items():
        made = TRIGGERS.format(kind=kind, table=table, new=words.format("new"), old=words.format("old"))
        for statement in made.split("end;"):
            if statement.strip():
                db.execute(statement + "end")
