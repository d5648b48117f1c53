"""Pages of support visits: planned, moved, made, and the notes of them. The pads are in capturing.py."""

from flask import Blueprint, g, render_template, request, url_for

from workgroup import clock, web
from workgroup.groups import queries as groups
from workgroup.visits import capturing, entitled, forms, queries, rights

bp = Blueprint("visits", __name__)
TWO_WEEKS = 14 * 86_400


@bp.get("/schools-in-group/<id>/visits/new")
@web.open_to(rights.leads, school_in_group="id")
def new(id):
    """Offer a visit to plan."""
    return _plan_page(id, forms.PlanForm(data={"on_day": clock.today(), "days": 0.5}))


@bp.post("/schools-in-group/<id>/visits/new")
@web.open_to(rights.leads, school_in_group="id")
def plan(id):
    """Plan a visit."""
    then = lambda outcome: url_for("visits.page", id=outcome.about)  # noqa: E731
    return web.enter("visits.plan", then, lambda form, _: _plan_page(id, form), school_in_group=id)


@bp.get("/visits/<id>")
@web.open_to(rights.leads, keeps=rights.leads, visit="id")
def page(id):
    """Show a visit to the leaders."""
    return _page(id)


@bp.get("/visits/<id>/edit")
@web.open_to(rights.leads, visit="id")
def edit(id):
    """Offer its day, times and purpose to change."""
    visit = queries.visit(g.db, id)
    return _edit_page(id, forms.EditForm(data={**visit, "seen": str(visit["version"])}))


@bp.post("/visits/<id>/edit")
@web.open_to(rights.leads, visit="id")
def save(id):
    """Change its day, times and purpose."""
    then = url_for("visits.page", id=id)
    return web.enter("visits.edit", then, lambda form, now: _edit_page(id, form, now), visit=id)


@bp.post("/visits/<id>/made")
@web.open_to(rights.leads, visit="id")
def make(id):
    """Say that it was made."""
    return web.enter("visits.make", url_for("visits.page", id=id), lambda f, now: _page(id, made=f, now=now), visit=id)


@bp.post("/visits/<id>/not-made")
@web.open_to(rights.leads, visit="id")
def unmake(id):
    """Say that it was not made after all."""
    return web.enter("visits.unmake", url_for("visits.page", id=id), lambda f, _: _page(id, trouble=f), visit=id)


@bp.post("/visits/<id>/cancel")
@web.open_to(rights.leads, visit="id")
def cancel(id):
    """Cancel it."""
    return web.enter("visits.cancel", url_for("visits.page", id=id), lambda f, _: _page(id, cancelled=f), visit=id)


@bp.post("/visits/<id>/plan-again")
@web.open_to(rights.leads, visit="id")
def plan_again(id):
    """Plan it after all."""
    return web.enter("visits.plan_again", url_for("visits.page", id=id), lambda f, _: _page(id, trouble=f), visit=id)


@bp.post("/visits/<id>/notes")
@web.open_to(rights.leads, visit="id")
def note(id):
    """Keep a raw note, written on the page or stamped by a pad."""
    if _from_capture():
        then = url_for("visiting.capture", id=id, year=request.form.get("year_group") or None)
        return web.enter("visits.note", then, lambda f, _: capturing.show(id, f), visit=id)
    return web.enter("visits.note", url_for("visits.page", id=id), lambda f, _: _page(id, note=f), visit=id)


@bp.post("/visit-notes/<id>/words")
@web.open_to(rights.own_note, visit_note="id")
def add_words(id):
    """Put words to one's own note."""
    return _of_note(id, "visits.add_words")


@bp.post("/visit-notes/<id>/<deed>")
@web.open_to(rights.leads, visit_note="id")
def stand_note(id, deed):
    """Take a raw note away, or bring it back."""
    return _of_note(id, web.kind_of(deed, "visits.{}_note"))


def _of_note(id, kind):
    visit = queries.visit_of_note(g.db, id)
    if _from_capture():
        then = url_for("visiting.capture", id=visit)
        return web.enter(kind, then, lambda f, _: capturing.show(visit, f), visit_note=id)
    then = url_for("visits.page", id=visit, _anchor=f"n-{id}")
    return web.enter(kind, then, lambda f, _: _page(visit, trouble=f, at=id), visit_note=id)


def _from_capture():
    return request.form.get("from") == "capture"


def _plan_page(id, form):
    return render_template(
        "visits/edit.html", form=form, school=groups.school_in_group(g.db, id), visit=None, now=None,
        entitled=entitled.say(queries.entitlement(g.db, id)), coming=_coming(),
    )  # fmt: skip


def _edit_page(id, form, now=None):
    visit = queries.visit(g.db, id)
    if now:
        form.seen.data = str(now["version"])
    return render_template(
        "visits/edit.html", form=form, school=groups.school_in_group(g.db, visit["school_in_group"]), visit=visit,
        now=now, entitled=entitled.say(queries.entitlement(g.db, visit["school_in_group"])), coming=_coming(id),
    )  # fmt: skip


def _coming(but=None):
    """Return the visits of the next two weeks, so that a day can hold several without two at one time."""
    until = clock.day_of(clock.after(TWO_WEEKS))
    return [v for v in queries.days_visits(g.db, web.viewer(), clock.today(), until) if v["id"] != but]


def _that_day(visit):
    """Return the other visits of its day; `at_once` where whoever makes it is to be at both."""
    found = [v for v in queries.days_visits(g.db, web.viewer(), visit["on_day"]) if v["id"] != visit["id"]]
    return [{**v, "at_once": queries.overlap(v, visit)} for v in found]


def _page(id, made=None, note=None, trouble=None, cancelled=None, now=None, at=None):
    visit = queries.visit(g.db, id)
    made = made or forms.MakeForm(data={**visit, "seen": str(visit["version"])})
    if now:
        made.seen.data = str(now["version"])
    kept = web.is_to_keep()  # others' notes may yet be taken away, so a kept page has only one's own
    return render_template(
        "visits/page.html", visit=visit, made=made, note=note or forms.WrittenNoteForm(), trouble=trouble, now=now,
        cancelled=cancelled or forms.CancelForm(), at=at, viewer=web.viewer(), history=queries.history(
            g.db, web.viewer(), id), same_day=_that_day(visit),
        notes=queries.notes(g.db, web.viewer(), id, also_withdrawn=True, own_only=kept),
        kinds={k: w.split("|")[0] for k, w in forms.KINDS},
        entitled=entitled.say(queries.entitlement(g.db, visit["school_in_group"])),
    )  # fmt: skip
