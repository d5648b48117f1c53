"""Work Groups at the command line."""

import json
from pathlib import Path

import click

from workgroup.commanding import Refusal, entered, hub_lead, opened
from workgroup.groups import matching, queries, sheet


@click.command("import-participants")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--group", "group_id", required=True, help="The id of the Work Group.")
@click.option("--leave-out-broken", is_flag=True, help="Leave out the rows that need a hand, and bring the others.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def import_participants(settings, file, group_id, leave_out_broken, as_json):
    """Bring the participants of a CSV or XLSX sheet into a Work Group: all, or nobody."""
    db = opened(settings)
    by = hub_lead(db)
    group = queries.group(db, group_id)
    if group is None:
        raise Refusal(f"There is no Work Group {group_id}.")
    try:
        rows = matching.matched(db, group_id, sheet.read(file.read_bytes()))
    except sheet.NotASheet as wrong:
        raise Refusal(f"{file}: {wrong}") from wrong
    for row in rows:
        words = " ".join([*row["trouble"].values(), *row["says"]])
        click.echo(f"Row {row['line']}, {row['name'] or '(no name)'}: {words}", err=as_json)
        row["leave_out"] = bool(row["trouble"]) and leave_out_broken
    if matching.troubles(rows):
        raise Refusal("Nobody was brought in. Correct the rows above, or leave them out with --leave-out-broken.")
    ready = matching.ready(rows)
    entered(db, "groups.import_participants", {"work_group": group_id, "rows": json.dumps(ready)}, by)
    done = f"Brought {len(ready)} participants into {group['title']}"
    click.echo(json.dumps({"group": group_id, "participants": len(ready)}) if as_json else done)


COMMANDS = [import_participants]
