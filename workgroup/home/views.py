"""Today, and the Work Group's year."""

from flask import Blueprint, current_app, g, render_template, request

from workgroup import clock, web
from workgroup.days.rights import keeps
from workgroup.frameworks import queries as frameworks
from workgroup.groups import meant
from workgroup.groups import queries as groups
from workgroup.groups import rights as group_rights
from workgroup.home import activity, finding, queries
from workgroup.people import queries as people
from workgroup.people.rights import runs_hub
from workgroup.visits import queries as visits
from workgroup.welcome import queries as welcome

bp = Blueprint("home", __name__)


@bp.get("/")
@web.open_to(web.signed_in, keeps=web.signed_in)
def today():
    """Show what is next and what waits."""
    every = groups.groups_for(g.db, web.viewer())
    mine = [x for x in every if x["role"]]
    coming = queries.coming(g.db, mine)
    leads = bool(queries.led(mine))
    first, later = queries.next_sessions(coming)
    coming_visits = visits.coming_visits(g.db, web.viewer())
    strands = people.strands_led(g.db, web.viewer(), clock.today()) if g.runs_hub else []
    steps = welcome.first_steps(
        g.db, web.viewer(), mine, g.runs_hub and not strands, current_app.config["WORKGROUP"].sends_mail
    )
    return render_template(
        "home/today.html", mine=mine, later=later, every=every, groups=_from_this_year_on(every), steps=steps,
        hub=people.hub(g.db) if g.runs_hub else None,
        visit=welcome.first_visit(g.db, web.viewer(), mine, g.runs_hub), leads=leads,
        next=queries.on_the_day(g.db, web.viewer(), first, mine) if first else None,
        visits=queries.visits_near(coming_visits), coming_visits=coming_visits,
        waiting=queries.waiting(g.db, web.viewer(), mine, coming), term=groups.half_term_of(g.db, clock.today()),
        keeps_days=leads or web.may(keeps), strands=strands,
    )  # fmt: skip


def _from_this_year_on(every):
    """Return the Work Groups of this academic year and of the next, or the newest there are."""
    first = min(clock.academic_year(clock.today()), every[0]["academic_year"]) if every else ""
    return [x for x in every if x["academic_year"] >= first]


@bp.get("/search")
@web.open_to(web.signed_in)
def search():
    """Search across what one may see."""
    text = request.args.get("q", "")[:100]
    asked, only = finding.words_of(text), request.args.get("kind")
    only = only if only in finding.HEADS else None
    return render_template(
        "home/search.html", q=text, asked=asked, heads=finding.HEADS, marked=finding.marked, only=only,
        most=finding.OF_ONE if only else finding.SHOWN, found=finding.find(g.db, web.viewer(), text, only),
        only_newest=finding.MOST if finding.is_common(g.db, asked) else None,
    )  # fmt: skip


@bp.get("/groups/<id>/activity")
@web.open_to(group_rights.leads, work_group="id")
def group_activity(id):
    """Show a leader who did what in the group, and when."""
    lines, more = activity.of_group(g.db, id, _before())
    return render_template("home/activity.html", group=groups.group(g.db, id), lines=lines, more=more)


@bp.get("/activity")
@web.open_to(runs_hub)
def hub_activity():
    """Show whoever runs the hub who did what in it, and when."""
    lines, more = activity.of_hub(g.db, _before(), people.has_every_strand(g.db, web.viewer(), clock.today()))
    return render_template("home/activity.html", group=None, lines=lines, more=more)


def _before():
    asked = request.args.get("before", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 16 else None


@bp.get("/groups/<id>")
@web.open_to(group_rights.sees, work_group="id")
def work_group(id):
    """Show a Work Group: the year as a line of sessions, schools × sessions, people."""
    group, viewer, on = groups.group(g.db, id), web.viewer(), clock.today()
    manages = web.may(group_rights.leads_or_runs, work_group=id)
    own = None if manages else groups.school_of(g.db, viewer, id, on)
    held, rows = queries.grid(g.db, viewer, group, own)
    entitled = groups.entitlement(g.db, id)
    return render_template(
        "home/group.html", group=group, manages=manages, leads=web.may(group_rights.leads, work_group=id),
        takes_part=web.may(group_rights.takes_part, work_group=id), framework=frameworks.in_use(g.db, id),
        year=queries.year(g.db, group), held=held, rows=rows if manages or own else [], now=clock.now(),
        people=groups.people(g.db, id, on=max(on, clock.first_day_of(group["academic_year"]))), own=own,
        meant=meant.say(entitled["visits"], entitled["days"]), of_strand=entitled["of_strand"],
        terms=[t["name"] for t in groups.half_terms(g.db, group["academic_year"])],
    )  # fmt: skip
