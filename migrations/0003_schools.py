"""Schools, from the national register or entered by hand, and what a guest must know about each.

The head's name and phone in the register are personal data and never imported; a contact is entered by hand.
"""

SQL = """
create table school (
    id text primary key, urn text not null unique, name text not null, la text, la_code text, number text,
    phase text, status text, type text, trust text, street text, town text, postcode text, website text,
    opened_on text, closed_on text, register_on text, by_hand integer not null default 0
        check (by_hand in (0, 1)), version integer not null default 1
) strict;
create virtual table school_fts using fts5 (
    name, town, postcode, urn, content = 'school', tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
);
create trigger school_added after insert on school begin
    insert into school_fts (rowid, name, town, postcode, urn)
    values (new.rowid, new.name, new.town, new.postcode, new.urn)@
end;
create trigger school_gone after delete on school begin
    insert into school_fts (school_fts, rowid, name, town, postcode, urn)
    values ('delete', old.rowid, old.name, old.town, old.postcode, old.urn)@
end;
create trigger school_changed after update of name, town, postcode, urn on school begin
    insert into school_fts (school_fts, rowid, name, town, postcode, urn)
    values ('delete', old.rowid, old.name, old.town, old.postcode, old.urn)@
    insert into school_fts (rowid, name, town, postcode, urn)
    values (new.rowid, new.name, new.town, new.postcode, new.urn)@
end;
create table school_contact (
    id text primary key, school text not null references school, role text not null
        check (role in ('head', 'office', 'other')), name text not null, email text, phone text, ended_on text
) strict;
create index school_contact_school on school_contact (school);
create table host_facts (
    school text primary key references school, entrance text, room text, parking text, wifi text,
    photo_rule text, device_rule text, late_contact text, version integer not null default 1
) strict;
"""


def change(db):
    """Make the tables."""
    for statement in SQL.split(";"):
        if statement.strip():
            db.execute(statement.replace("@", ";"))
