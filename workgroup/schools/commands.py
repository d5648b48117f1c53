"""Schools at the command line."""

import json
import sys
from collections import Counter
from pathlib import Path

import click

from workgroup import cells
from workgroup.commanding import Refusal, entered, hub_lead, opened
from workgroup.schools import importing, own_list, register


@click.command("import-schools")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.pass_obj
def import_schools(settings, file):
    """Import the national register of schools (GIAS), again as often as you like, or a list of your own."""
    db = opened(settings)
    by = hub_lead(db)
    with file.open("rb") as opened_file:
        if not register.is_register(opened_file):
            _import_list(db, by, file)
            return
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


def _import_list(db, by, file):
    """Bring the schools of a CSV or XLSX with URN, Name and Phase in: all of them, or none."""
    try:
        rows = own_list.read(file.read_bytes())
    except cells.NotASheet as wrong:
        raise Refusal(f"{file}: {wrong}") from wrong
    looked = own_list.looked_at(db, rows)
    refused = [f"Line {row['line']}: {row['why']}" for row in looked if row["becomes"] == "refused"]
    if refused:
        raise Refusal("\n".join([*refused, "Nothing was written."]))
    plain = [{name: row[name] for name in own_list.COLUMNS if name in row} for row in rows]
    entered(db, "schools.import_list", {"rows": json.dumps(plain)}, by)
    became = Counter(row["becomes"] for row in looked)
    click.echo(f"Read {len(looked):,} rows: {became['added']:,} schools added, {became['changed']:,} changed, "
               f"{became['same']:,} as they were")  # fmt: skip


COMMANDS = [import_schools]
