"""Exports at the command line."""

import os
import sys
from datetime import date
from pathlib import Path

import click

from workgroup import clock
from workgroup.commanding import Refusal, hub_lead, opened
from workgroup.groups.queries import group as work_group
from workgroup.hub import columns, exports
from workgroup.people.queries import by_email

FORMATS = (*exports.TYPES, "pdf", "parquet")


@click.command("export")
@click.argument("kind", type=click.Choice(list(columns.KINDS)))
@click.option("--format", "format", type=click.Choice(FORMATS), default="csv", show_default=True)
@click.option("--group", help="The id of one Work Group; otherwise all.")
@click.option("--as-at", help="A day like 2027-03-09: as it was at its end; otherwise today.")
@click.option("--person", help="Days only: the e-mail of one person; otherwise everybody.")
@click.option("--year", help="Days only: an academic year like 2026/27; otherwise every year.")
@click.option("--half-term", type=click.Choice(clock.HALF_TERMS), help="Days only: a half-term of that year.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="A file; otherwise standard output.")
@click.pass_obj
def export(settings, kind, format, group, as_at, out, **narrow):
    """Write an export of the hub as its lead would get it."""
    if format not in exports.TYPES:
        raise Refusal(f"Exports are written as csv or xlsx here, not as {format}.")
    as_at = _day(as_at) if as_at else clock.today()
    db = opened(settings)
    viewer = hub_lead(db)
    if group and work_group(db, group) is None:
        raise Refusal(f"There is no Work Group with the id {group}.")
    narrowed = _narrowed(db, kind, **narrow)
    chunks = exports.chunks(settings.database, viewer, kind, format, as_at, group, **narrowed)
    if out is None:
        _write(sys.stdout.buffer, chunks)
        return
    _keep(out, chunks)
    click.echo(f"Wrote {kind} as at {as_at} to {out}")


def _narrowed(db, kind, person, year, half_term):
    """Return what an export of days is narrowed to, or refuse what cannot be."""
    if kind != "days":
        if person or year or half_term:
            raise Refusal(f"Only days are narrowed to a person or a time, not {kind}.")
        return {}
    found = by_email(db, person) if person else None
    if person and found is None:
        raise Refusal(f"Nobody here has the e-mail {person}.")
    if half_term and not year:
        raise Refusal(f"Say the academic year of {half_term} too, like --year 2026/27.")
    try:
        return {"person": found and found["id"], **exports.span(db, year, half_term)}
    except ValueError:
        raise Refusal(f"{year} is not an academic year like 2026/27.") from None


def _day(text):
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if not day or not 1900 <= day.year <= 2100:
        raise Refusal(f"{text} is not a day like 2027-03-09.")
    return day.isoformat()


def _write(file, chunks):
    for chunk in chunks:
        file.write(chunk)
    file.flush()


def _keep(out, chunks):
    """Write beside the file first: an export that breaks off leaves the last one as it was."""
    partial = out.with_name(f".{out.name}.part")
    try:
        # names and e-mails: for the person who asked only
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            _write(file, chunks)
        partial.replace(out)
    except OSError as trouble:
        partial.unlink(missing_ok=True)
        raise Refusal(f"{out} cannot be written: {trouble.strerror}") from trouble


COMMANDS = [export]
