"""Retention at the command line: what would go, and letting it go; beside it a person’s own record."""

import json

import click

from workgroup import clock, forgetting, keeping, purging
from workgroup.commanding import entered, hub_lead, opened
from workgroup.privacy import queries
from workgroup.privacy.person_commands import person


@click.command("retention")
@click.option("--dry-run", is_flag=True, help="Say what would go today, and change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--json", "as_json", is_flag=True, help="What would go, for a script; changes nothing.")
@click.pass_obj
def retention(settings, dry_run, yes, as_json):
    """Let go of words whose time is over, as the hub has chosen under Settings; the server does so once a day."""
    db = opened(settings)
    today = clock.today()
    found = queries.would_go(db, purging.chosen(db), today)
    if as_json:
        lines = [
            {**one, "kind": some["kind"].words, "before": some["before"]} for some in found for one in some["found"]
        ]
        click.echo(json.dumps({"on": today, "would_go": lines}, ensure_ascii=False))
        return
    for some in found:
        for one in some["found"]:
            click.echo(f"{one['many']:,} {one['words']} of {one['year']}")
    if not found:
        click.echo("Nothing is over." if purging.chosen(db) else "Nobody has chosen yet how long words are kept.")
    if dry_run or not found:
        return
    if not yes:
        click.confirm("Let these go? It cannot be undone.", abort=True)
    by = hub_lead(db)
    while queries.over(db, today, also_chosen_today=True):
        entered(db, "privacy.purge", {"on": today}, by)
    forgetting.forget(db)
    click.echo(f"Gone. Daily copies made before still hold them, {keeping.say_how_long(settings)}.")


COMMANDS = [retention, person]
