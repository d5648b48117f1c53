"""Pages of Work Groups: making one, its people, schools, tags, and the hub's half-terms."""

from flask import Blueprint, g, render_template, request, url_for

from workgroup import clock, web
from workgroup.fields import options
from workgroup.groups import forms, meant, queries, rights
from workgroup.people.queries import strands_led
from workgroup.people.rights import runs_hub
from workgroup.schools import queries as schools
from workgroup.schools.rights import near

bp = Blueprint("groups", __name__)
WORDS = {"leader_word": "Mastery Specialist", "participant_word": "Lead Participant", "meeting_word": "TRG"}


@bp.app_template_global()
def sees_group(id):
    """Tell whether the page of a Work Group, and those of its gap tasks, open to the reader: also one of the hub."""
    return web.may(rights.sees, work_group=id)


@bp.app_template_global()
def is_of_group(id):
    """Tell whether the reader is of a Work Group: they see the pictures that come back with its gap tasks."""
    return web.may(rights.takes_part, work_group=id)


@bp.get("/groups")
@web.open_to(web.signed_in)
def index():
    """Show the Work Groups a person sees."""
    return render_template(
        "groups/list.html", groups=queries.groups_for(g.db, web.viewer()), runs=web.may(runs_hub),
        known=schools.count(g.db), strands=strands_led(g.db, web.viewer(), clock.today()) if g.runs_hub else [],
    )  # fmt: skip


@bp.get("/groups/new")
@web.open_to(runs_hub)
def new():
    """Offer a new Work Group."""
    year = _year_to_begin()
    form = forms.GroupForm(data={**WORDS, "academic_year": year})
    return _form_page(form)


@bp.post("/groups/new")
@web.open_to(runs_hub)
def create():
    """Make a Work Group."""
    then = lambda outcome: url_for("groups.school_list", id=outcome.about)  # noqa: E731
    return web.enter("groups.create", then, lambda form, _: _form_page(form))


@bp.get("/groups/<id>/edit")
@web.open_to(rights.leads_or_runs, work_group="id")
def edit(id):
    """Offer a Work Group to change."""
    group = queries.group(g.db, id)
    return _form_page(forms.EditGroupForm(data={**group, "seen": str(group["version"])}), group)


@bp.post("/groups/<id>/edit")
@web.open_to(rights.leads_or_runs, work_group="id")
def save(id):
    """Change a Work Group."""
    group = queries.group(g.db, id)
    return web.enter("groups.edit", f"/groups/{id}", lambda form, now: _form_page(form, group, now), work_group=id)


@bp.post("/groups/<id>/take-out")
@web.open_to(rights.runs, work_group="id")
def take_out(id):
    """Take a Work Group out that was made by mistake."""
    group = web.found_or_404(queries.group(g.db, id))
    form = forms.EditGroupForm(data={**group, "seen": str(group["version"])})
    again = lambda trouble, _: _form_page(form, group, trouble=trouble)  # noqa: E731
    return web.enter("groups.take_out", url_for("groups.index"), again, work_group=id)


@bp.get("/groups/<id>/people")
@web.open_to(rights.leads_or_runs, work_group="id")
def people(id):
    """Show the people of a group."""
    role = "leader" if request.args.get("role") == "leader" else "participant"
    given = request.args.get("school")  # of whoever was added last: the next is often their colleague
    return _people_page(id, forms.AddPersonForm(data={"role": role, "school": given if web.is_id(given) else None}))


@bp.post("/groups/<id>/people")
@web.open_to(rights.leads_or_runs, work_group="id")
def add_person(id):
    """Add somebody, and invite them."""

    def then(outcome):
        return url_for("groups.people", id=id, added=outcome.about, school=outcome.form.school.data, _anchor="add")

    return web.enter("groups.add_person", then, lambda form, _: _people_page(id, form), work_group=id)


@bp.post("/memberships/<id>/end")
@web.open_to(rights.leads_or_runs, membership="id")
def end_membership(id):
    """End somebody's part in a group."""
    return _about_membership("groups.end_membership", id)


@bp.post("/memberships/<id>/stays")
@web.open_to(rights.leads_or_runs, membership="id")
def restore_membership(id):
    """Say that somebody stays after all."""
    return _about_membership("groups.restore_membership", id)


@bp.post("/memberships/<id>/email")
@web.open_to(rights.leads_or_runs, membership="id")
def set_email(id):
    """Give somebody who has not signed in yet an e-mail."""
    return _about_membership("groups.set_email", id)


def _about_membership(kind, id):
    """Enter a change of somebody's part in a group, and go back to its people."""
    group = queries.group_of_membership(g.db, id)
    then = url_for("groups.people", id=group)
    return web.enter(kind, then, lambda form, _: _people_again(group, form), membership=id)


@bp.get("/groups/<id>/schools")
@web.open_to(rights.leads_or_runs, work_group="id")
def school_list(id):
    """Show the schools of a group, with a search to add one."""
    return _schools_page(id)


@bp.post("/groups/<id>/schools")
@web.open_to(rights.leads_or_runs, work_group="id")
def add_school(id):
    """Register a school."""
    then = lambda outcome: url_for("groups.school_list", id=id, added=outcome.about)  # noqa: E731
    return web.enter("groups.add_school", then, lambda form, _: _schools_page(id, form), work_group=id)


@bp.get("/groups/<group>/schools/<id>")
@web.open_to(rights.leads_or_runs, school_in_group="id")
def school(group, id):
    """Show a school's engagement and grants."""
    return _school_page(id)


@bp.post("/schools-in-group/<id>/engagement")
@web.open_to(rights.leads_or_runs, school_in_group="id")
def set_engagement(id):
    """Note where a school stands."""
    return web.enter("groups.set_engagement", _of(id), lambda form, _: _school_page(id, form), school_in_group=id)


@bp.post("/schools-in-group/<id>/engagement/take-back")
@web.open_to(rights.leads_or_runs, school_in_group="id")
def take_back_engagement(id):
    """Take back what was noted last of where a school stands."""
    return web.enter(
        "groups.take_back_engagement", _of(id), lambda form, _: _school_page(id, trouble=form), school_in_group=id
    )


@bp.post("/schools-in-group/<id>/take-out")
@web.open_to(rights.leads_or_runs, school_in_group="id")
def take_out_school(id):
    """Take a school out that was added by mistake."""
    then = url_for("groups.school_list", id=queries.group_of_school(g.db, id))
    return web.enter(
        "groups.take_out_school", then, lambda form, _: _school_page(id, trouble=form), school_in_group=id
    )


@bp.post("/schools-in-group/<id>/grants")
@web.open_to(rights.leads_or_runs, school_in_group="id")
def give_grant(id):
    """Note a grant."""
    return web.enter("groups.give_grant", _of(id), lambda form, _: _school_page(id, grant=form), school_in_group=id)


@bp.get("/groups/<id>/tags")
@web.open_to(rights.leads_or_runs, work_group="id")
def tags(id):
    """Show the tags of a group."""
    return _tags_page(id)


@bp.post("/groups/<id>/tags")
@web.open_to(rights.leads_or_runs, work_group="id")
def add_tag(id):
    """Add a tag."""
    return web.enter("groups.add_tag", url_for("groups.tags", id=id), lambda f, _: _tags_page(id, f), work_group=id)


@bp.post("/tags/<id>")
@web.open_to(rights.leads_or_runs, tag="id")
def edit_tag(id):
    """Rename a tag, or take it out of use."""
    group = queries.group_of_tag(g.db, id)
    then = url_for("groups.tags", id=group)
    return web.enter("groups.edit_tag", then, lambda f, _: _tags_page(group, trouble=f), tag=id)


@bp.get("/half-terms/<year>")
@web.open_to(runs_hub)
def half_terms(year):
    """Show the half-terms of an academic year, written 2026-27 in the address."""
    return _half_terms_page(year)


@bp.post("/half-terms/<year>")
@web.open_to(runs_hub)
def set_half_term(year):
    """Set one half-term of the hub, take the usual ones again, or its own back."""
    return _enter_half_terms(year, url_for("groups.half_terms", year=year))


@bp.get("/schools/<id>/half-terms/<year>")
@web.open_to(near, school="id")
def school_half_terms(id, year):
    """Show the half-terms of a school, which may differ from the hub's."""
    return _half_terms_page(year, school=id)


@bp.post("/schools/<id>/half-terms/<year>")
@web.open_to(near, school="id")
def set_school_half_term(id, year):
    """Set one half-term of a school, take the hub's days again, or the school's own back."""
    return _enter_half_terms(year, url_for("groups.school_half_terms", id=id, year=year), id)


def _year_to_begin():
    """Return the academic year that a new group is meant for: the next one from the last fortnight of this year on."""
    year, soon = clock.academic_year(clock.today()), clock.day_of(clock.after(14 * 86_400))
    is_over = queries.half_terms(g.db, year)[-1]["to_on"] < soon
    return clock.academic_year(f"{int(year[:4]) + 1}-09-01") if is_over else year


def _of(school_in_group):
    found = queries.school_in_group(g.db, school_in_group)
    return url_for("groups.school", group=found["work_group"], id=school_in_group)


def _form_page(form, group=None, now=None, trouble=None):
    if now:
        form.seen.data = str(now["version"])
    shape = queries.shape_of(g.db, form.strand.data, form.academic_year.data or "")
    return render_template(
        "groups/edit.html", form=form, group=group, now=now, strands=forms.STRANDS, trouble=trouble,
        is_empty=group and not queries.schools(g.db, group["id"]) and not queries.people(g.db, group["id"])
        and web.may(rights.runs, work_group=group["id"]),
        comes_with=shape and meant.say(shape["visits"], shape["visit_days"]),
    )  # fmt: skip


def _people_again(group, trouble):
    return _people_page(group, forms.AddPersonForm(data={"role": "participant"}), trouble=trouble)


def _people_page(id, form, trouble=None):
    joined = queries.schools(g.db, id)
    form.school.choices = options([(s["school"], s["name"]) for s in joined], "No school of the group")
    every = queries.people(g.db, id)
    on, added = clock.today(), request.args.get("added")
    return render_template(
        "groups/people.html", added=next((p for p in every if p["membership"] == added), None),
        group=queries.group(g.db, id), form=form, trouble=trouble, joined=joined,
        people=[p for p in every if not p["to_on"] or p["to_on"] >= on],
        left=[p for p in every if p["to_on"] and p["to_on"] < on],
    )  # fmt: skip


def _schools_page(id, form=None):
    asked = request.args.get("q", "")
    joined = queries.schools(g.db, id)
    there = {s["school"] for s in joined}
    return web.show(
        "groups/schools.html", "groups/_found.html", group=queries.group(g.db, id), joined=joined,
        form=form or forms.AddSchoolForm(), q=asked[:100],
        found=[s for s in schools.search(g.db, asked, 12) if s["id"] not in there],
        known=schools.count(g.db), runs=web.may(runs_hub),
        added=next((s for s in joined if s["id"] == request.args.get("added")), None),
    )  # fmt: skip


def _school_page(id, form=None, grant=None, trouble=None):
    school = queries.school_in_group(g.db, id)
    here = queries.people(g.db, school["work_group"], on=clock.today(), role="participant")
    return render_template(
        "groups/school.html", school=school, history=queries.engagement_history(g.db, id),
        still_here=[p for p in here if p["school"] == school["school"] and not p["to_on"]],
        form=form or forms.EngagementForm(data={"since_on": clock.today()}), grant=grant or forms.GrantForm(),
        grants=queries.grants(g.db, id, also_withdrawn=True), trouble=trouble,
    )  # fmt: skip


def _tags_page(id, form=None, trouble=None):
    return render_template(
        "groups/tags.html", group=queries.group(g.db, id), tags=queries.tags(g.db, id, also_ended=True),
        form=form or forms.AddTagForm(), trouble=trouble,
    )  # fmt: skip


def _enter_half_terms(year, then, school=None):
    deeds = {"clear": "groups.clear_half_terms", "restore": "groups.restore_half_terms"}
    kind, academic_year = deeds.get(request.form.get("deed"), "groups.set_half_term"), year.replace("-", "/", 1)
    again = lambda f, _: _half_terms_page(year, f, school)  # noqa: E731
    return web.enter(kind, then, again, academic_year=academic_year, school=school or "")


def _half_terms_page(year, form=None, school=None):
    academic_year = year.replace("-", "/", 1)
    try:
        clock.first_day_of(academic_year)
    except ValueError:
        web.abort(404)
    return render_template(
        "groups/half_terms.html", year=year, academic_year=academic_year, form=form,
        terms=queries.half_terms(g.db, academic_year, school), school=school and schools.school(g.db, school),
        own=queries.own_half_terms(g.db, academic_year, school),
        cleared=queries.cleared_half_terms(g.db, academic_year, school),
    )  # fmt: skip
