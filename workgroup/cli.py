"""The command line: `workgroup …`. Each command says what it did; 0 done, 1 refused (and why), 2 wrong usage.

Commands of a feature live in its `commands.py`; here are those of the house.
"""

import importlib
import json
import shlex
import sys
from pathlib import Path

import click

from workgroup import checking, config, due, health, keeping, restoring, store, telling
from workgroup.commanding import Refusal, entered, hub_lead, opened
from workgroup.fields import read_email
from workgroup.people import post
from workgroup.places import PACKAGE


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--database", type=click.Path(path_type=Path), help="The SQLite file (or WORKGROUP_DATABASE).")
@click.pass_context
def main(context, database):
    """Plan, record and track teaching for mastery Work Groups."""
    try:
        context.obj = config.from_environment(database=database)
    except ValueError as wrong:
        raise click.UsageError(str(wrong)) from wrong


@main.command()
@click.option("--hub", help="Name of the Maths Hub; asked for when it is not given, as the others are.")
@click.option("--name", help="Your name.")
@click.option("--email", help="Your e-mail.")
@click.pass_obj
def setup(settings, hub, name, email):
    """Set a new hub up, print a sign-in link for its lead, and say what comes next."""
    db = opened(settings, new=True)
    if not store.is_new(db):  # said before anything is asked
        raise Refusal(f"{settings.database} has been set up already. Nothing was changed. "
                      "To get in: workgroup sign-in-link EMAIL")  # fmt: skip
    hub = hub or click.prompt("Name of the Maths Hub", value_proc=str.strip)
    name = name or click.prompt("Your name", value_proc=str.strip)
    email = email or click.prompt("Your e-mail", value_proc=_an_email)
    entered(db, "people.set_up", {"hub": hub, "name": name, "email": email}, None)
    click.echo(f"Set up {hub} in {settings.database}")
    click.echo(f"Sign in as {name}: {_sign_in_link(db, settings, email)}")
    click.echo("The link works once, for 30 minutes, while the app is served. The first page says what comes next.")
    click.echo(f"Next: workgroup --database {shlex.quote(str(settings.database))} serve")
    click.echo(f"The app is then at {settings.public_address}. For another link: workgroup sign-in-link {email}")
    if not settings.is_https:
        click.echo("That address is for this machine; for everybody else set WORKGROUP_PUBLIC_ADDRESS.")


def _an_email(text):
    try:
        return read_email(text)
    except ValueError:
        raise click.BadParameter("Enter an e-mail address like name@school.sch.uk.") from None


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


@main.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.pass_obj
def backup(settings, path):
    """Copy the running database to PATH and check the copy."""
    if path.exists():
        raise Refusal(f"{path} is there already. Nothing was copied.")
    try:
        keeping.copy(opened(settings), path)
    except keeping.NotWhole as trouble:
        raise Refusal(f"Copied to {path}, but {trouble} Run workgroup check.") from trouble
    except store.Trouble as trouble:
        raise Refusal(str(trouble)) from trouble
    click.echo(f"Copied to {path} and checked")


@main.command()
@click.argument("path", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def restore(settings, path, yes):
    """Put the copy at PATH in the place of the database; what stood there is kept beside it."""
    if not yes:
        click.confirm(f"Put {path} in the place of {settings.database}?", abort=True)
    try:
        aside = restoring.restore(settings, path)
    except store.Trouble as trouble:
        raise Refusal(str(trouble)) from trouble
    click.echo(f"Restored {path}" + (f"; what stood there before is at {aside}" if aside else ""))
    click.echo("Tablets send again what they wrote since. Start the app.")


@main.command()
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def check(settings, as_json):
    """Check the file, its references, the chain, photos, the search index, copies, room, and what is late."""
    db = opened(settings)
    found = health.look(settings)
    wrong = checking.record(db) + checking.erased(db, settings.database)
    wrong += [f"{name}: {words}" for name, is_well, words in found if not is_well]
    if as_json:
        click.echo(json.dumps({"sound": not wrong, "wrong": wrong, **{name: words for name, _, words in found}}))
    else:
        well = [f"{name}: {words}" for name, is_well, words in found if is_well]
        sound = ["The file, its references, the ledger, its photos and the search index are sound"]
        for sentence in well + (wrong or sound):
            click.echo(sentence)
    sys.exit(1 if wrong else 0)


@main.command()
@click.pass_obj
def tick(settings):
    """Do what is due now: mail, reminders, backups."""
    db = opened(settings)
    due.plan_daily(db)
    for key in due.tick(db, settings):
        click.echo(f"Done: {key}")


@main.command()
@click.option("--demo", "with_demo", is_flag=True, help="Fill a new database with the demo year first.")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--log", type=click.Choice(telling.STYLES), default="auto", show_default=True, envvar="WORKGROUP_LOG",
              help="Lines of JSON, or plain ones for people; auto: plain where a terminal reads.")  # fmt: skip
@click.pass_obj
def serve(settings, with_demo, host, port, log):
    """Serve the app until stopped."""
    from workgroup.serving import serve as run

    run(settings, with_demo, host, port, log)


for _feature in sorted(p.parent.name for p in PACKAGE.glob("*/commands.py")):
    for _command in importlib.import_module(f"workgroup.{_feature}.commands").COMMANDS:
        main.add_command(_command)
