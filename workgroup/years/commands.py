"""Commands that bring a whole year: the demo year into a new database, a prepared year from a file."""

import json
import sys
import time
from pathlib import Path

import click

from workgroup import clock, keeping, store
from workgroup.commanding import Refusal, entered, hub_lead, opened
from workgroup.people import post
from workgroup.years import demo, filling, forms, importing, leaving, queries, reading


@click.group("demo", invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print the people as JSON.")
@click.pass_context
def of_demo(context, as_json):
    """Fill a new database with the demo year and print its people; or leave one for a hub of your own."""
    if context.invoked_subcommand is None:
        _fill_demo(context.obj, as_json)


def _fill_demo(settings, as_json):
    db = opened(settings, new=True)
    if not store.is_new(db):
        raise Refusal(f"{settings.database} is in use already. Name a new file with --database. Nothing was written.")
    fill_with_words(db, quiet=as_json)
    people = demo.people_of(db)
    if as_json:
        click.echo(json.dumps({"people": people}, ensure_ascii=False))
        return
    click.echo(f"Filled {settings.database} with the demo year. Everything in it is invented.")
    for person in people:
        click.echo(f"{person['role']}: {person['name']} <{person['email']}>")


@of_demo.command("remove")
@click.option("--hub", help="Name of your own hub; asked for when it is not given, as the others are.")
@click.option("--name", help="Your name.")
@click.option("--email", help="Your e-mail.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def remove_demo(settings, hub, name, email, yes):
    """Keep the demo as a copy, and begin an empty hub of your own in its place."""
    db = opened(settings)
    if not store.is_demo(db):
        raise Refusal(leaving.NO_DEMO)
    said = ", ".join(f"{n:,} {one if n == 1 else many}" for n, one, many in queries.contents(db))
    click.echo(f"This goes: {said}. All of it is kept in a copy in {keeping.folder(settings)}.")
    fields = {
        "hub": hub or click.prompt("Name of your Maths Hub"), "name": name or click.prompt("Your name"),
        "email": email or click.prompt("Your e-mail"),
    }  # fmt: skip
    if not yes:
        click.confirm("Start your own hub?", abort=True)
    db.conn.close()
    try:
        keeping.be_alone(settings.database)
        db = opened(settings)
        outcome = leaving.leave(db, settings, fields, post.new_id())
    except store.Trouble as trouble:
        raise Refusal(str(trouble)) from trouble
    if not outcome.stands:
        raise Refusal(outcome.why_not)
    click.echo(f"The demo is kept as {keeping.folder(settings) / outcome.about}")
    click.echo(f"Set up {fields['hub']} in {settings.database}")
    click.echo(f"Next: workgroup serve, and workgroup sign-in-link {fields['email']}")


def fill_with_words(db, quiet=False):
    """Fill a new database with the demo year; say how far it is when a person watches."""
    watched = not quiet and sys.stderr.isatty()

    def say(done, all):
        if watched:
            click.echo(f"\rFilling the database with the demo year: {done * 100 // all} %", nl=done == all, err=True)

    demo.fill(db, say=say)


@click.command("import-year")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print only the id of the new Work Group, as JSON.")
@click.pass_obj
def import_year(settings, file, as_json):
    """Make a Work Group with its schools, people and sessions from a prepared year."""
    db = opened(settings)
    by = hub_lead(db)
    try:
        with file.open("rb") as handle:
            data = handle.read(forms.MOST_BYTES + 1)
    except OSError as trouble:
        raise Refusal(f"{file} cannot be read: {trouble.strerror or trouble}.") from trouble
    year, wrong = reading.read(data)
    wrong = wrong or importing.problems(db, year)
    if wrong:
        raise Refusal("\n".join([*wrong, "Nothing was written."]))
    group = entered(db, "years.import_year", {"year": data.decode("utf-8-sig")}, by).about
    if as_json:
        click.echo(json.dumps({"group": group}))
        return
    for line in importing.tell(db, year, group):
        click.echo(line)
    if year.participants_sheet:
        click.echo(f"Next: workgroup import-participants {year.participants_sheet} --group {group}")
    click.echo(group)


@click.command("populate")
@click.option("--groups", type=click.IntRange(1, 200), required=True, help="Work Groups in each year.")
@click.option("--years", type=click.IntRange(1, 20), required=True, help="Academic years, the last of them this one.")
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="The same seed is the same hub.")
@click.pass_obj
def populate(settings, groups, years, seed):
    """Fill a new database with a believable hub of any size, to measure on."""
    db = opened(settings, new=True)
    if not store.is_new(db):
        raise Refusal(f"{settings.database} is in use already. Name a new file with --database. Nothing was written.")
    at = time.monotonic()
    entered(db, "years.populate", {"groups": str(groups), "years": str(years), "seed": str(seed)}, None)
    hub = filling.hub(db, seed, groups, years, clock.today())
    length = groups * years * filling.ROWS_OF_A_GROUP
    with click.progressbar(length=length, label="Rows", file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        done = filling.fill(db, hub, bar.update)
    took = time.monotonic() - at
    click.echo(f"Filled {settings.database}: {groups} Work Groups in each of {years} academic years, {done:,} rows in"
               f" {took:.1f} s ({done / took:,.0f} a second).")  # fmt: skip
    click.echo("Everything in it is invented. The hub lead is hub.lead@populated.example.org.")


COMMANDS = [of_demo, import_year, populate]
