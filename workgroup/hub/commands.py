"""Exports at the command line."""

import os
import sys
from datetime import date
from pathlib import Path

import click

from workgroup import clock
from workgroup.commanding import Refusal, hub_lead, opened
from workgroup.groups.queries import group as work_group
from workgroup.hub import columns, exports, partitions
from workgroup.people.queries import by_email


@click.command("export")
@click.argument("kind", type=click.Choice([*columns.KINDS, "dictionary"]))
@click.option("--format", "format", type=click.Choice(list(exports.TYPES)), default="csv", show_default=True)
@click.option("--group", help="The id of one Work Group; otherwise all.")
@click.option("--as-at", help="A day like 2027-03-09: as it was at its end; otherwise today.")
@click.option("--leader", help="The e-mail of a leader: the Work Groups they lead or led. Not for days.")
@click.option("--person", help="Days only: the e-mail of one person; otherwise everybody.")
@click.option("--year", help="An academic year like 2026/27; otherwise every year.")
@click.option("--half-term", type=click.Choice(clock.HALF_TERMS), help="A half-term of that year.")
@click.option("--out", type=click.Path(path_type=Path),
              help="A file, of Parquet a folder; otherwise standard output.")  # fmt: skip
@click.pass_obj
def export(settings, kind, format, group, as_at, out, **narrow):
    """Write an export of the hub as its lead would get it, or the dictionary of all columns."""
    if out and out.exists() and out.is_dir() != (format == "parquet"):
        raise click.BadParameter(f"{out} is {'a folder' if out.is_dir() else 'a file'}.", param_hint="--out")
    as_at = _day(as_at) if as_at else clock.today()
    db = opened(settings)
    viewer = hub_lead(db)
    if group and work_group(db, group) is None:
        raise Refusal(f"There is no Work Group with the id {group}.")
    narrowed = _narrowed(db, kind, **narrow)
    asked = (settings.database, viewer, kind)
    try:
        if out is None:
            _write(sys.stdout.buffer, exports.chunks(*asked, format, as_at, group, **narrowed))
        elif format == "parquet":
            for file in partitions.write(out, *asked, as_at, group, **narrowed):
                click.echo(f"Wrote {kind} as at {as_at} to {file}")
        else:
            _keep(out, exports.chunks(*asked, format, as_at, group, **narrowed))
            click.echo(f"Wrote {kind} as at {as_at} to {out}")
    except exports.Refused as trouble:
        raise Refusal(str(trouble)) from trouble
    except OSError as trouble:
        raise Refusal(f"{out or 'The export'} cannot be written: {trouble.strerror}") from trouble


def _narrowed(db, kind, leader, person, year, half_term):
    """Return what an export is narrowed to, or refuse what cannot be."""
    if person and kind != "days":
        raise Refusal(f"Only days are narrowed to a person, not {kind}. Ask for a leader instead.")
    if leader and kind == "days":
        raise Refusal("Days are narrowed to a person, not to a leader. Ask for a person instead.")
    if half_term and not year:
        raise Refusal(f"Say the academic year of {half_term} too, like --year 2026/27.")
    try:
        return exports.narrowed(db, kind, _id_of(db, leader), _id_of(db, person), _year(year), half_term)
    except ValueError:
        raise Refusal(f"{year} is not an academic year like 2026/27.") from None


def _id_of(db, email):
    found = by_email(db, email) if email else None
    if email and found is None:
        raise Refusal(f"Nobody here has the e-mail {email}.")
    return found and found["id"]


def _year(text):
    """Return an academic year, or raise ValueError."""
    if text:
        clock.first_day_of(text)
    return text


def _day(text):
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if not day or not 1900 <= day.year <= 2100:
        raise Refusal(f"{text} is not a day like 2027-03-09.")
    if day.isoformat() > clock.today():
        raise Refusal(f"{text} has not come yet.")
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
    finally:
        partial.unlink(missing_ok=True)


COMMANDS = [export]
