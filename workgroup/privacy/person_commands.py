"""One person's own record at the command line: all of it as a file, or none of it left."""

import json
from pathlib import Path

import click

from workgroup import forgetting, holding, keeping
from workgroup.commanding import Refusal, entered, hub_lead, opened
from workgroup.people import queries

WHAT_GOES = "name, e-mail and phone, sign-ins, and every word they wrote. Counts, marks and dates stay, without a name"


@click.group()
def person():
    """Export or erase all that is one person's own (UK GDPR: within a calendar month)."""


def _found(db, email):
    found = queries.by_email(db, email)
    if found is None:
        raise Refusal(f"Nobody here has the e-mail {email}.")
    return found


@person.command("export")
@click.argument("email")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="A file; otherwise standard output.")
@click.pass_obj
def export(settings, email, out):
    """Write all that is a person's own as JSON, table by table (docs/data.md says what each holds)."""
    db = opened(settings)
    found = _found(db, email)
    told = json.dumps(holding.export(db, found["id"]), ensure_ascii=False, indent=1, default=str)
    if out is None:
        click.echo(told)
        return
    out.write_text(told + "\n")
    out.chmod(0o600)
    click.echo(f"Wrote the record of {found['name']} to {out}")


@person.command("erase")
@click.argument("email")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def erase(settings, email, yes):
    """Erase a person: their name, ways in and words. Counts stay. It cannot be undone."""
    db = opened(settings)
    found = _found(db, email)
    if not yes:
        click.echo(f"This takes away of {found['name']}: {WHAT_GOES}. It cannot be undone.")
        click.confirm("Erase?", abort=True)
    entered(db, "people.erase", {"person": found["id"]}, hub_lead(db))
    forgetting.forget(db)
    click.echo(f"Erased {found['name']}. Daily copies made before still hold them, {keeping.say_how_long(settings)}; "
               "a copy that is put back is erased again.")  # fmt: skip


COMMANDS = [person]
