"""What commands share: opening the database for a person at a terminal, entering changes, refusing in plain words."""

import sqlite3

import click

from workgroup import door, store, unkept, upgrading
from workgroup.people import post
from workgroup.people import queries as people


class Refusal(click.ClickException):
    """What was asked cannot be done; the sentence says why."""

    def show(self, file=None):
        """Print the sentence."""
        click.echo(self.message, err=True)


def opened(settings, new=False):
    """Return the migrated database, or refuse in plain words. A missing file is made only when `new`."""
    if not new and not settings.database.exists():
        raise Refusal(f"There is no database at {settings.database}. Run workgroup setup or workgroup demo first.")
    door.open_up()
    settings.database.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        db = store.connect(settings.database)
        upgrading.bring_up(db, settings)
    except store.Trouble as trouble:
        raise Refusal(str(trouble)) from trouble
    except sqlite3.DatabaseError as trouble:
        raise Refusal(f"{settings.database} cannot be used: {trouble}.") from trouble
    settings.database.chmod(0o600)
    click.get_current_context().call_on_close(db.conn.close)
    return db


def entered(db, kind, fields, by):
    """Put a change of the command line through the door; refuse with its sentences."""
    try:
        outcome = door.submit(db, kind, fields, post.new_id(), by)
    except door.NotKept as trouble:
        said = unkept.why(trouble)
        if said is None:
            raise
        raise Refusal(f"{said.title}. {said.sentence}") from trouble
    if not outcome.stands:
        raise Refusal(outcome.why_not)
    return outcome


def hub_lead(db):
    """Return the id of the hub's first lead of every strand, who answers for what the command line does."""
    leads = [p["id"] for p in people.hub_people(db) if p["role"] == "lead"]
    if not leads:
        raise Refusal("This hub has not been set up. Run workgroup setup first.")
    return leads[0]
