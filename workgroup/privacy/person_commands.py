"""One person's own record at the command line: all of it as a file, or none of it left."""

import os
from pathlib import Path

import click

from workgroup import forgetting, keeping
from workgroup.commanding import Refusal, entered, hub_lead, opened
from workgroup.people import queries
from workgroup.privacy import held
from workgroup.privacy.queries import known_by_name, written_to

WHAT_GOES = (
    "name, e-mail and phone, sign-ins, and their own words; where others typed the full name or e-mail it becomes"
    " “somebody who was erased”. What they wrote for a school or a Work Group (reports, reviews, plans, lesson"
    " briefings, gap tasks, decisions, summaries) stays without their name, and so do counts, marks and dates"
)


@click.group()
def person():
    """Export or erase all that is one person's own (UK GDPR: within a calendar month)."""


def _found(db, who):
    """Return whoever has this e-mail or id; without an id, whoever was sent links there or has this full name alone."""
    found = queries.by_email(db, who) if "@" in who else queries.person(db, who)
    if found and not found["erased_at"] and not found["joined_to"]:
        return found
    name = written_to(db, who) if "@" in who else known_by_name(db, who)
    if name is None:
        raise Refusal(f"Nobody here has the e-mail, id or full name {who}.")
    return {"id": None, "name": name, "email": who if "@" in who else None}


@person.command("export")
@click.argument("who", metavar="EMAIL_ID_OR_NAME")
@click.option("--format", "format", type=click.Choice(list(held.TYPES)), default="json", show_default=True,
              help="JSON table by table (docs/data.md), or a page to read that stands alone and prints.")  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="A file; otherwise standard output.")
@click.pass_obj
def export(settings, who, format, out):
    """Write all that is held about a person, as JSON or as a page to read; of others only that they are somebody.

    By the e-mail or id of a person (their page under Everybody says it), the e-mail of somebody who was sent links, or
    the full name of somebody who is known by that alone, such as a visitor on a register.
    """
    db = opened(settings)
    found = _found(db, who)
    told = held.file(db, found["id"] or found["email"] or found["name"], format)
    if out is None:
        click.echo(told, nl=False)
        return
    try:
        _keep(out, told)
    except OSError as trouble:
        raise Refusal(f"{out} cannot be written: {trouble.strerror}") from trouble
    click.echo(f"Wrote the record of {found['name']} to {out}")


def _keep(out, told):
    """Write a file that only the person who asked for it reads, from its first byte on."""
    out.unlink(missing_ok=True)
    with os.fdopen(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(told)


@person.command("erase")
@click.argument("who", metavar="EMAIL_ID_OR_NAME")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def erase(settings, who, yes):
    """Erase a person by e-mail or id, whoever was sent links at an e-mail, or whoever has a full name alone.

    Their name, ways in and own words go. What they wrote for a school or a Work Group stays without their name, and so
    do counts. It cannot be undone.
    """
    db = opened(settings)
    found = _found(db, who)
    if not yes:
        click.echo(f"This takes away of {found['name']}: {WHAT_GOES}. It cannot be undone.")
        click.confirm("Erase?", abort=True)
    if found["id"]:
        entered(db, "people.erase", {"person": found["id"]}, hub_lead(db))
    elif found["email"]:
        entered(db, "privacy.erase_address", {"email": found["email"]}, hub_lead(db))
    else:
        entered(db, "privacy.erase_named", {"name": found["name"]}, hub_lead(db))
    forgetting.forget(db)
    click.echo(f"Erased {found['name']}. Daily copies made before still hold them, {keeping.say_how_long(settings)}; "
               "a copy that is put back is erased again.")  # fmt: skip
