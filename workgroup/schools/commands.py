"""Schools at the command line."""

import sys
from pathlib import Path

import click

from workgroup.commanding import Refusal, hub_lead, opened
from workgroup.schools import importing, register


@click.command("import-schools")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.pass_obj
def import_schools(settings, file):
    """Import the national register of schools (GIAS), again as often as you like."""
    db = opened(settings)
    by = hub_lead(db)
    with file.open("rb") as opened_file:
        total = register.lines(opened_file)
        hidden = not sys.stderr.isatty()
        with click.progressbar(length=total, label="Schools", file=sys.stderr, hidden=hidden) as bar:
            done = [0]

            def progress(line):
                bar.update(line - done[0])
                done[0] = line

            try:
                result = importing.import_register(db, opened_file, by, file.name, progress)
            except register.NotTheRegister as wrong:
                raise Refusal(f"{file}: {wrong}") from wrong
    for line, reason in result.problems:
        click.echo(f"Line {line} was left out: {reason}")
    click.echo(f"Read {result.read:,} rows: {result.added:,} schools added, {result.changed:,} changed, "
               f"{result.same:,} as they were, {result.refused:,} left out")  # fmt: skip


COMMANDS = [import_schools]
