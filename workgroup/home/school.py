"""A school's page: read side by side by its leader and its people, each seeing only what they may."""

from flask import Blueprint, g, render_template

from workgroup import clock, web
from workgroup.groups import queries as groups
from workgroup.home import journeys
from workgroup.people.rights import runs_hub
from workgroup.schools import queries as schools
from workgroup.schools import rights as school_rights

bp = Blueprint("school_page", __name__)


@bp.get("/schools/<id>")
@web.open_to(web.signed_in, school="id")
def page(id):
    """Show a school: facts for everybody, its journey for those it is for."""
    school = web.found_or_404(schools.school(g.db, id))
    found = [journeys.of_viewer(g.db, web.viewer(), i) for i in groups.groups_of_school(g.db, id) if _may_see(i)]
    return render_template(
        "home/school.html", school=school, journeys=found, near=web.may(school_rights.near, school=id),
        adds=web.may(school_rights.adds),
    )  # fmt: skip


def _may_see(i):
    on, viewer = clock.today(), web.viewer()
    own = groups.school_of(g.db, viewer, i["work_group"], on) == i["id"]
    return own or groups.leads(g.db, viewer, i["work_group"], on) or web.may(runs_hub)
