"""Frameworks are written by the hub: a version is a draft until it is put to use, for all strands or for one.

`thread` says that an aspect or a step is the same through the versions, whatever its words; those of one name were the
same before there were threads. A draft has no number yet: its `version` is 0 or less. `from_year` is the academic year
whose Work Groups are the first to use a version; without it all of them do. `replaced_by` names the version that ended
this one. `edits` counts the changes of a draft: it is put to use as it was read.
"""

SQL = """
alter table framework add column state text not null default 'used' check (state in ('draft', 'used'));
alter table framework add column after text references framework;
alter table framework add column by text references person;
alter table framework add column used_at text;
alter table framework add column used_by text references person;
alter table framework add column from_year text;
alter table framework add column replaced_by text references framework;
alter table framework add column edits integer not null default 0;
alter table framework add column withdrawn_at text;
alter table aspect add column thread text;
alter table aspect add column withdrawn_at text;
alter table step add column thread text;
alter table step add column withdrawn_at text;
update framework set used_at = made_at;
update aspect set thread = (select x.id from aspect x where x.name = aspect.name order by x.rowid limit 1);
update step set thread = (select x.id from step x where x.name = step.name order by x.rowid limit 1);
"""


def change(db):
    """Add the columns, and say what is the same."""
    for statement in SQL.split(";"):
        if statement.strip():
            db.execute(statement)
