"""Pages of reflections: one's own, those shared with one, writing one."""

from flask import Blueprint, g, render_template, request, url_for

from workgroup import clock, web
from workgroup.fields import is_id
from workgroup.groups import queries as groups
from workgroup.lessons import queries as lessons
from workgroup.reflections import forms, offering, queries, rights
from workgroup.sessions import queries as sessions
from workgroup.tasks import queries as tasks

bp = Blueprint("reflections", __name__)
ABOUT = ("session", "lesson", "gap_task")


@bp.get("/reflections")
@web.open_to(web.signed_in)
def index():
    """Show one's own of an academic year, and what others have shared."""
    years = queries.years_of(g.db, web.viewer())
    asked = request.args.get("year", "").replace("-", "/")
    year = asked if asked in years else years[0]
    seen = groups.groups_for(g.db, web.viewer())
    return render_template(
        "reflections/list.html", mine=queries.mine(g.db, web.viewer(), year), year=year, years=years,
        shared=queries.shared_with(g.db, web.viewer()) if year == years[0] else [],
        leads={x["id"] for x in seen if x["role"] == "leader"},
        words_of={x["id"]: x["leader_word"].lower() for x in seen},
    )  # fmt: skip


@bp.get("/reflections/new")
@web.open_to(web.guests_too, keeps=web.guests_too)
def new():
    """Offer a reflection about a session, a lesson or a gap task."""
    g.keeps = request.full_path.rstrip("?")  # about each thing it is a page of its own
    about = {k: v for k in ABOUT if is_id(v := request.args.get(k))}
    if len(about) != 1 and g.guest_of:
        return web.go(url_for("reflections.new", session=g.guest_of))
    if len(about) != 1:
        return render_template("reflections/choose_about.html", choices=_to_reflect_on())
    web.found_or_404(_about(about) if web.may(rights.writes, **about) else None)
    return _write_page(forms.WriteForm(data={"visibility": "me", "state": "draft"}), about)


@bp.post("/reflections")
@web.open_to(web.guests_too)
def write():
    """Keep a reflection, as a draft or as it stands."""
    about = {k: v for k in ABOUT if is_id(v := request.form.get(k))}
    web.found_or_404(_about(about) if len(about) == 1 and web.may(rights.writes, **about) else None)
    return web.enter(
        "reflections.write", lambda o: url_for("reflections.page", id=o.about), lambda f, _: _write_page(f, about)
    )


@bp.get("/reflections/<id>")
@web.open_to(rights.reads, reflection="id")
def page(id):
    """Show a reflection."""
    return _page_again(id)


def _page_again(id, reply=None):
    found = queries.reflection(g.db, web.viewer(), id)
    mine = found["by"] == web.viewer()
    return render_template(
        "reflections/page.html", r=found, mine=mine, group=groups.group(g.db, found["work_group"]),
        leads=web.may(rights.reads_as_leader, reflection=id) and not mine,
        versions=queries.versions(g.db, web.viewer(), id) if mine else [],
        replies=queries.replies(g.db, web.viewer(), id), reply=reply or forms.ReplyForm(),
    )  # fmt: skip


@bp.get("/reflections/<id>/edit")
@web.open_to(rights.owns, reflection="id")
def edit(id):
    """Offer one's own reflection to write on."""
    found = queries.reflection(g.db, web.viewer(), id)
    form = forms.WriteForm(data={**found, **offering.written(found["versions"])})
    return _write_page(form, {k: found[k] for k in ABOUT if found[k]}, found)


@bp.post("/reflections/<id>/edit")
@web.open_to(rights.owns, reflection="id")
def save(id):
    """Keep another version."""
    found = queries.reflection(g.db, web.viewer(), id)
    about = {k: found[k] for k in ABOUT if found[k]}
    then = url_for("reflections.page", id=id)
    return web.enter("reflections.write", then, lambda f, _: _write_page(f, about, found), reflection=id)


@bp.post("/reflections/<id>/choose")
@web.open_to(rights.owns, reflection="id")
def choose(id):
    """Choose the version that stands."""
    then = url_for("reflections.page", id=id)
    return web.enter("reflections.choose", then, lambda f, _: _page_again(id), reflection=id)


@bp.post("/reflections/<id>/read")
@web.open_to(rights.reads_as_leader, reflection="id")
def mark_read(id):
    """Take it off the reading list."""
    return web.enter("reflections.mark_read", url_for("reflections.index"), lambda f, _: _page_again(id), reflection=id)


@bp.post("/reflections/<id>/reply")
@web.open_to(rights.reads_as_leader, reflection="id")
def reply(id):
    """Reply to it; only its author sees the reply."""
    then = url_for("reflections.page", id=id, _anchor="replies")
    return web.enter("reflections.reply", then, lambda form, _: _page_again(id, form), reflection=id)


@bp.post("/reflection-replies/<id>/<deed>")
@web.open_to(rights.owns_reply, reply="id")
def stand_reply(id, deed):
    """Take one's own reply away, or bring it back."""
    kind, of = web.kind_of(deed, "reflections.{}_reply"), queries.reply(g.db, id)["reflection"]
    # whoever may no longer read what they replied to goes on to their list
    then = url_for("reflections.page", id=of) if web.may(rights.reads, reflection=of) else url_for("reflections.index")
    return web.enter(kind, then, lambda form, _: _page_again(of), reply=id)


@bp.post("/reflections/<id>/seen")
@web.open_to(rights.owns, reflection="id")
def see_replies(id):
    """Take its replies off the first page."""
    then = url_for("reflections.page", id=id)
    return web.enter("reflections.see_replies", then, lambda f, _: _page_again(id), reflection=id)


@bp.post("/reflections/<id>/<deed>")
@web.open_to(rights.owns, reflection="id")
def stand(id, deed):
    """Take one's own away, or bring it back."""
    kind = web.kind_of(deed, "reflections.{}")
    return web.enter(kind, url_for("reflections.page", id=id), lambda f, _: _page_again(id), reflection=id)


def _about(about):
    """Return what a reflection is about as title, group, address and lesson; None when it is not there."""
    name, id = next(iter(about.items()))
    if name == "session" and (found := sessions.session(g.db, id)):
        return {"title": found["title"], "group": found["work_group"], "address": f"/sessions/{id}",
                "lessons": lessons.lessons_of(g.db, id), "day": found["day"], "session": id}  # fmt: skip
    if name == "lesson" and (found := lessons.lesson(g.db, id)):
        return {"title": found["topic"], "group": found["work_group"], "address": f"/lessons/{id}", "lessons": [found],
                "day": found["day"], "session": found["session"]}  # fmt: skip
    if name == "gap_task" and (found := tasks.task(g.db, id)):
        return {"title": found["words"], "group": found["work_group"], "address": f"/gap-tasks/{id}", "lessons": [],
                "day": found["due_on"], "session": None}  # fmt: skip
    return None


def _to_reflect_on():
    """Return the sessions of the viewer's groups that have begun, newest first."""
    now, found = clock.now(), []
    for group in groups.groups_for(g.db, web.viewer()):
        if group["role"]:
            found += [n for n in sessions.sessions_of(g.db, group["id"]) if n["starts_at"] <= now]
    return sorted(found, key=lambda n: n["starts_at"], reverse=True)[:12]


def _write_page(form, about, found=None):
    it = _about(about)
    group = groups.group(g.db, it["group"])
    quoted = offering.quoted(g.db, web.viewer(), it["group"], it["lessons"])
    # a guest said only at the door who they are: what was promised another time is not for their eyes
    if found or g.guest_of:
        quoted["promise"] = None
    return render_template(
        "reflections/edit.html", form=form, about=about, it=it, group=group, found=found,
        asked=offering.offer(g.db, form, it["session"], it["group"], found),
        **quoted,
    )  # fmt: skip
