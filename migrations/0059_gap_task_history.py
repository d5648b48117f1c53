"""What became of a gap task, by whom and why: changed, carried on, dropped, taken up again.

Of those from before this migration the ledger says it, as far as its words are still kept. `words`, `owner` and
`due_on` are what stood before a change.
"""

SQL = """
create table gap_task_history (
    id integer primary key, gap_task text not null references gap_task, at text not null, by text references person,
    deed text not null check (deed in ('changed', 'carried', 'dropped', 'reopened')), why text, words text,
    owner text references person, due_on text
) strict;
create index gap_task_history_task on gap_task_history (gap_task, id);
create index gap_task_carried on gap_task (carried_from) where carried_from is not null;
insert into gap_task_history (gap_task, at, by, deed, why, words, owner, due_on)
    select l.about, l.at, p.id, case l.kind when 'tasks.edit' then 'changed' when 'tasks.drop' then 'dropped'
        else 'reopened' end, w.said ->> 'why', w.was ->> 'words', o.id, w.was ->> 'due_on'
    from ledger l join gap_task t on t.id = l.about left join person p on p.id = l.by
    left join ledger_words w on w.number = l.number left join person o on o.id = w.was ->> 'owner'
    where l.kind in ('tasks.edit', 'tasks.drop', 'tasks.reopen')
    union all select carried_from, at, by, 'carried', null, null, null, null from gap_task
        where carried_from is not null
    order by 2
"""


def change(db):
    """Make the table, and tell in it what is known."""
    for statement in SQL.split(";"):
        if statement.strip():
            db.execute(statement)
