"""How long words are kept: choosing, seeing what would go before it does, and what has gone."""

from flask import Blueprint, g, render_template, request, url_for

from workgroup import clock, web
from workgroup.privacy import forms, queries, rights
from workgroup.retention import KINDS

bp = Blueprint("retaining", __name__)


@bp.get("/hub/retention")
@web.open_to(rights.runs_hub)
def page():
    """Show how long each kind is kept, and what would go: as it stands, or as it is asked for in the address."""
    if any(key in request.args for key in KINDS):
        form = forms.RetentionForm(request.args)
        return _page(form, status=200 if form.validate() else 422, is_tried=True)
    stands = {one["key"]: one["months"] for one in queries.settings(g.db)}
    is_tried = "suggested" in request.args
    if is_tried:
        stands = {key: kind.months for key, kind in KINDS.items()}
    return _page(forms.RetentionForm(data={**stands, "seen": queries.stand(g.db)}), is_tried=is_tried)


@bp.post("/hub/retention")
@web.open_to(rights.runs_hub)
def choose():
    """Choose how long each kind is kept."""
    then = url_for("retaining.page", kept="yes")
    return web.enter("privacy.set_retention", then, lambda form, now: _page(form, now))


def _page(form, now=None, status=200, is_tried=False):
    if now:
        form.seen.data = now["seen"]
    months_of = {} if form.errors else {key: form[key].data for key in KINDS}
    today = clock.today()
    return render_template(
        "privacy/retention.html", form=form, now=now, kinds=KINDS, settings=queries.settings(g.db), is_tried=is_tried,
        would_go=queries.would_go(g.db, months_of, today), ahead=queries.next_to_go(g.db, months_of, today),
        runs=queries.runs(g.db), last_look=queries.last_look(g.db), kept="kept" in request.args,
    ), status  # fmt: skip
