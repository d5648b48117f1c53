"""Guests: a device that is signed in for one session alone, a visitor without an account, and who they turn out to be.

`tablet.guest_of` closes all but that session. A visitor let in at the door is a person without an e-mail
(`guest_claim.guest`). Who later shows by mail that they are somebody here already is joined to them: what they wrote
is that person's, and what still waits on the guest's device becomes theirs as it comes (`person.joined_to`).
"""

SQL = """
alter table tablet add column guest_of text references session;
alter table person add column joined_to text references person;
alter table guest_claim add column guest text references person;
create index person_joined_to on person (joined_to) where joined_to is not null;
create index guest_claim_guest on guest_claim (guest) where guest is not null;
"""


def change(db):
    """Add the columns."""
    for statement in SQL.split(";"):
        if statement.strip():
            db.execute(statement)
