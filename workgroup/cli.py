"""The command line: `workgroup …`. Each command says what it did; 0 done, 1 refused (and why), 2 wrong usage.

Commands of a feature live in its `commands.py`; here are those of the house.
"""

import json
import sys
from pathlib import Path

import click

from workgroup import config, door, due, store
from workgroup.people import post
from workgroup.people import queries as people


class Refusal(click.ClickException):
    """What was asked cannot be done; the sentence says why."""

    def show(self, file=None):
        """Print the sentence."""
        click.echo(self.message, err=True)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--database", type=click.Path(path_type=Path), help="The SQLite file (or WORKGROUP_DATABASE).")
@click.pass_context
def main(context, database):
    """Plan, record and track teaching for mastery Work Groups."""
    context.obj = config.from_environment(database=database)


def opened(settings, new=False):
    """Return the migrated database, or refuse in plain words. A missing file is made only when `new`."""
    if not new and not settings.database.exists():
        raise Refusal(f"There is no database at {settings.database}. Run workgroup setup or workgroup demo first.")
    door.open_up()
    settings.database.parent.mkdir(parents=True, exist_ok=True)
    try:
        db = store.connect(settings.database)
        store.migrate(db)
    except store.Trouble as trouble:
        raise Refusal(str(trouble)) from trouble
    settings.database.chmod(0o600)
    return db


def entered(db, kind, fields, by):
    """Put a change of the command line through the door; refuse with its sentences."""
    outcome = door.submit(db, kind, fields, post.new_id(), by)
    if not outcome.stands:
        raise Refusal("; ".join(s for found in outcome.errors.values() for s in found))
    return outcome


@main.command()
@click.option("--hub", prompt="Name of the Maths Hub")
@click.option("--name", prompt="Your name")
@click.option("--email", prompt="Your e-mail")
@click.pass_obj
def setup(settings, hub, name, email):
    """Set a new hub up and print a sign-in link for its lead."""
    db = opened(settings, new=True)
    entered(db, "people.set_up", {"hub": hub, "name": name, "email": email}, None)
    click.echo(f"Set up {hub} in {settings.database}")
    click.echo(f"Sign in as {name}: {_sign_in_link(db, settings, email)}")


@main.command()
@click.argument("email")
@click.option("--name", prompt="Name")
@click.option("--role", type=click.Choice(["lead", "administrator"]), default="administrator", show_default=True)
@click.pass_obj
def invite(settings, email, name, role):
    """Invite somebody to the hub; people of a Work Group are invited from their group."""
    db = opened(settings)
    entered(db, "people.invite", {"email": email, "name": name, "role": role}, hub_lead(db))
    due.tick(db, settings)
    click.echo(f"Invited {name} as hub {role}. The mail is {'sent' if settings.sends_mail else 'in the outbox'}.")


@main.command("sign-in-link")
@click.argument("email")
@click.pass_obj
def sign_in_link(settings, email):
    """Print a sign-in link for a person; it is written to the ledger and shown to them."""
    click.echo(_sign_in_link(opened(settings), settings, email))


def _sign_in_link(db, settings, email):
    token = post.new_token()
    entered(db, "people.make_link", {"email": email, "proof": token, "code": post.new_code()}, None)
    return f"{settings.public_address}/sign-in/{token}"


def hub_lead(db):
    """Return the id of the hub's first lead, who answers for what the command line does."""
    leads = [p["id"] for p in people.hub_people(db) if p["role"] == "lead"]
    if not leads:
        raise Refusal("This hub has not been set up. Run workgroup setup first.")
    return leads[0]


@main.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.pass_obj
def backup(settings, path):
    """Copy the running database to PATH and check the copy."""
    if path.exists():
        raise Refusal(f"{path} is there already. Nothing was copied.")
    try:
        store.backup(opened(settings), path)
    except store.Trouble as trouble:
        raise Refusal(str(trouble)) from trouble
    path.chmod(0o600)
    click.echo(f"Copied to {path} and checked")


@main.command()
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def check(settings, as_json):
    """Check the file, its references and the ledger's chain."""
    db = opened(settings)
    wrong = store.check(db) + door.check_ledger(db)
    if as_json:
        click.echo(json.dumps({"sound": not wrong, "wrong": wrong}))
    else:
        for sentence in wrong or ["The file, its references and the ledger are sound"]:
            click.echo(sentence)
    sys.exit(1 if wrong else 0)


@main.command()
@click.pass_obj
def tick(settings):
    """Do what is due now: mail, reminders, backups."""
    for key in due.tick(opened(settings), settings):
        click.echo(f"Done: {key}")


@main.command()
@click.option("--demo", "with_demo", is_flag=True, help="Fill a new database with the demo year first.")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.pass_obj
def serve(settings, with_demo, host, port):
    """Serve the app until stopped."""
    from workgroup.serving import serve as run

    run(settings, with_demo, host, port)
