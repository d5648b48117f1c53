"""A school's page: read side by side by its leader and its people, each seeing only what they may."""

from flask import Blueprint, g, render_template, request

from workgroup import clock, web
from workgroup.groups import queries as groups
from workgroup.home import journeys
from workgroup.schools import queries as schools
from workgroup.schools import rights as school_rights

bp = Blueprint("school_page", __name__)


@bp.get("/schools/<id>")
@web.open_to(web.signed_in, school="id")
def page(id):
    """Show a school: facts for everybody, its journey for those it is for; of one year, or of all it was there for."""
    school = web.found_or_404(schools.school(g.db, id))
    seen = _seen(id)
    years = sorted({i["academic_year"] for i in seen}, reverse=True)
    asked = request.args.get("year", "").replace("-", "/")
    this = clock.academic_year(clock.today())  # from June on next year may be there too, with nothing in it yet
    year = asked if asked in (*years, "all") else this if this in years else next(iter(years), None)
    shown = [journeys.of_viewer(g.db, web.viewer(), i) for i in seen if year in ("all", i["academic_year"])]
    return render_template(
        "home/school.html", school=school, journeys=shown, year=year, years=years,
        near=web.may(school_rights.near, school=id), edits=web.may(school_rights.edits, school=id),
    )  # fmt: skip


def _seen(school):
    """Return what the viewer may see of the school: its own part in a Work Group, those they lead or run for the hub.

    Newest first.
    """
    viewer, on, found = web.viewer(), clock.today(), groups.groups_of_school(g.db, school)
    runs = groups.looked_after(g.db, viewer, [i["work_group"] for i in found], on) if g.runs_hub else ()
    role = groups.roles(g.db, viewer, on)
    return [
        i for i in found
        if i["work_group"] in runs or role.get(i["work_group"]) == "leader"
        or (i["work_group"] in role and groups.school_of(g.db, viewer, i["work_group"], on) == i["id"])
    ]  # fmt: skip
