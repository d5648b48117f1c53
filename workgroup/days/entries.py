"""One entry of the days log: how it stands, how it has stood, and what can be done with it."""

from flask import Blueprint, g, url_for

from workgroup import web
from workgroup.days import forms, queries, rights
from workgroup.days import suggestion_queries as suggested
from workgroup.days.views import address_of, after, choose, year_said

bp = Blueprint("day_entries", __name__)


@bp.get("/day-entries/<id>")
@web.open_to(rights.sees_entry, day_entry="id")
def page(id):
    """Show an entry to whose it is, and to the hub."""
    return _page(id)


@bp.post("/day-entries/<id>/edit")
@web.open_to(rights.own_entry, day_entry="id")
def edit(id):
    """Change it."""
    return web.enter("days.edit", after(id), lambda form, now: _page(id, form, now=now), day_entry=id)


@bp.post("/day-entries/<id>/correct")
@web.open_to(rights.own_entry, day_entry="id")
def correct(id):
    """Correct a claimed entry by a new one."""
    return web.enter("days.correct", after(id), lambda form, _: _page(id, correction=form), day_entry=id)


@bp.post("/day-entries/<id>/settle")
@web.open_to(rights.own_entry, day_entry="id")
def settle(id):
    """Follow what has become of the session or visit behind it, or keep it."""
    return web.enter("days.settle", _of(id), lambda form, _: _page(id, trouble=form), day_entry=id)


@bp.post("/day-entries/<id>/<deed>")
@web.open_to(rights.takes_away, day_entry="id")
def stand(id, deed):
    """Take it away, or bring it back."""
    kind = web.kind_of(deed, "days.{}")
    return web.enter(kind, _of(id), lambda form, _: _page(id, trouble=form), day_entry=id)


def _of(id):
    return url_for("day_entries.page", id=id)


def _page(id, form=None, correction=None, trouble=None, now=None):
    entry, viewer = queries.entry(g.db, id), web.viewer()
    said = {**entry, "days": entry["quarters"], "travel": entry["travel_pence"] or None, "seen": str(entry["version"])}
    form = form or forms.EditForm(data=said)
    if now:
        form.seen.data = str(now["version"])
    choose(form, entry["person"], year_said(form, entry["academic_year"]), entry)
    corrections = queries.corrections(g.db, id)
    stands = {name: sum(one[name] for one in [entry, *corrections]) for name in ("quarters", "travel_pence")}
    return web.show(
        "days/entry.html", entry=entry, form=form, now=now, trouble=trouble, mine=entry["person"] == viewer,
        correction=correction or forms.CorrectForm(data={"days": stands["quarters"], "travel": stands["travel_pence"]}),
        corrections=corrections, stands=stands, history=queries.history(g.db, id), claims=queries.claims_of(g.db, id),
        changed=suggested.changed_since(entry, suggested.sources(g.db, entry["person"])), runs=bool(g.runs_hub),
        takes_away=web.may(rights.takes_away, day_entry=id),
        corrected=queries.entry(g.db, entry["corrects"]) if entry["corrects"] else None,
        year=entry["academic_year"], address=address_of(entry["academic_year"]),
    )  # fmt: skip
