"""Pages of claims: what is ready to be claimed, a claim with its total and its print, and how it is undone."""

from flask import Blueprint, g, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from workgroup import clock, web
from workgroup.days import claim_queries, forms, queries, reckoning
from workgroup.days import suggestion_queries as suggested
from workgroup.fields import options
from workgroup.people.queries import hub
from workgroup.people.rights import runs_hub

bp = Blueprint("claims", __name__)


@bp.get("/hub/claims")
@web.open_to(runs_hub)
def index():
    """Show all claims."""
    return render_template(
        "days/claims.html", claims=claim_queries.claims(g.db, web.viewer()),
        left=len(queries.to_claim(g.db, web.viewer())),
    )  # fmt: skip


@bp.get("/hub/claims/new")
@web.open_to(runs_hub)
def new():
    """Show what is ready to be claimed: of a person or all, of a time or any."""
    look = forms.LookForm(MultiDict(request.args))
    valid = look.validate()
    return _new_page(look, forms.ClaimForm(data={**look.data, "claimed_on": clock.today()}) if valid else None)


@bp.post("/hub/claims/new")
@web.open_to(runs_hub)
def claim():
    """Claim what is ticked."""
    then = lambda outcome: url_for("claims.page", id=outcome.about)  # noqa: E731
    return web.enter("days.claim", then, lambda form, _: _new_page(form, form, ticked=form.entries.data or []))


@bp.get("/claims/<id>")
@web.open_to(runs_hub)
def page(id):
    """Show a claim as it was claimed."""
    return _page(id)


@bp.post("/claims/<id>/undo")
@web.open_to(runs_hub)
def undo(id):
    """Undo a claim whole."""
    return web.enter("days.undo_claim", _of(id), lambda form, _: _page(id, form), claim=id)


@bp.post("/claims/<id>/entries/<entry>/undo")
@web.open_to(runs_hub)
def unclaim(id, entry):
    """Take one entry out of its claim."""
    again = lambda form, _: _page(id, unclaim=form)  # noqa: E731
    return web.enter("days.unclaim", _of(id), again, claim=id, day_entry=entry)


def _of(id):
    return url_for("claims.page", id=id)


def _new_page(look, form, ticked=None):
    viewer = web.viewer()
    found = []
    if form is not None and not (look.errors and ticked is None):
        span = {name: look[name].data if not look[name].errors else None for name in ("person", "from_on", "to_on")}
        found = queries.to_claim(g.db, viewer, **span)
    known = {person: suggested.sources(g.db, person) for person in {one["person"] for one in found}}
    for one in found:
        one["seen"] = claim_queries.seen_of(one)
        one["ticked"] = ticked is None or one["seen"] in ticked
        one["changed"] = suggested.changed_since(one, known[one["person"]])
    look.person.choices = options(_people(viewer), "Everybody")
    return web.show(
        "days/claim_new.html", status=422 if look.errors and form is None else 200, look=look, form=form,
        people=[(name, its, reckoning.sums(its)) for _, name, its in reckoning.by_person(found)],
        all=reckoning.sums(found),
    )  # fmt: skip


def _people(viewer):
    found = {one["person"]: one["name"] for one in queries.to_claim(g.db, viewer)}
    return list(found.items())


def _page(id, form=None, unclaim=None):
    viewer = web.viewer()
    found = web.found_or_404(claim_queries.claim(g.db, viewer, id))
    every = claim_queries.days_of(g.db, viewer, id)
    stands = [one for one in every if not one["undone_at"]]
    people = [
        (name, its, reckoning.sums([one for one in its if not one["undone_at"]]))
        for _, name, its in reckoning.by_person(every)
    ]
    return web.show(
        "days/claim.html", claim=found, people=people, all=reckoning.sums(stands), hub=hub(g.db), unclaim=unclaim,
        form=form or forms.UndoClaimForm(),
    )  # fmt: skip
