"""The head's version of a school's journey: sent by its leader as a link, read, saved as a PDF and answered there.

No account is needed. It holds what was agreed, days and counts; no word of a reflection or of a lesson.
"""

from flask import Blueprint, g, request, url_for

from workgroup import web
from workgroup.fields import options
from workgroup.groups import queries as groups
from workgroup.home import journeys, sheets
from workgroup.journeys import forms, queries, rights
from workgroup.people.linked import by_link, keep_nowhere
from workgroup.schools import queries as schools

bp = Blueprint("heads", __name__)
linked = Blueprint("head_link", __name__)
linked.after_request(keep_nowhere)
OVER = "journeys/over.html"


@bp.get("/schools-in-group/<id>/head")
@web.open_to(rights.leads, school_in_group="id")
def page(id):
    """Show what the head was sent and has said, and offer to send it."""
    return _page(id)


@bp.post("/schools-in-group/<id>/head")
@web.open_to(rights.leads, school_in_group="id")
def ask(id):
    """Send the head a link."""
    then = url_for("heads.page", id=id, sent="yes")
    return web.enter("journeys.ask_head", then, lambda form, _: _page(id, form), school_in_group=id)


@bp.post("/journey-links/<id>/end")
@web.open_to(rights.leads, journey_asking="id")
def end_asking(id):
    """End a link."""
    school = queries.asking(g.db, id)["school_in_group"]
    then = url_for("heads.page", id=school)
    return web.enter("journeys.end_asking", then, lambda f, _: _page(school, trouble=f), journey_asking=id)


@bp.get("/schools-in-group/<id>/journey.pdf")
@web.open_to(rights.of_school, school_in_group="id")
def sheet(id):
    """Give the head's version as a PDF."""
    return _pdf(id)


@bp.get("/head-statements/<id>")
@web.open_to(rights.reads_statement, head_statement="id")
def statement(id):
    """Lead to where a statement stands, on its school's page."""
    found = queries.statement(g.db, web.viewer(), id)
    return web.go(url_for("school_page.page", id=found["school"], _anchor=f"statement-{id}"))


@linked.get("/journey/<token>")
@web.open_to(web.anyone)
@by_link("head", OVER)
def read(link, token):
    """Show a head their school's journey."""
    return _read(link, token)


@linked.post("/journey/<token>")
@web.open_to(web.anyone)
@by_link("head", OVER)
def say(link, token):
    """Take the head's statement."""
    return _enter("journeys.say", link, token, lambda form, now: _read(link, token, form, now))


@linked.post("/journey/<token>/<deed>")
@web.open_to(web.anyone)
@by_link("head", OVER)
def stand(link, token, deed):
    """Take the statement back, or let it stand again."""
    again = lambda form, _: _read(link, token, trouble=form)  # noqa: E731
    return _enter(web.kind_of(deed, "journeys.{}"), link, token, again)


@linked.get("/journey/<token>/journey.pdf")
@web.open_to(web.anyone)
@by_link("head", OVER)
def pdf(link, token):
    """Give a head the page as a PDF."""
    asking = queries.by_link(g.db, link)
    return _pdf(asking["school_in_group"]) if asking else web.show(OVER, status=410)


def _enter(kind, link, token, again):
    if queries.by_link(g.db, link) is None:
        return web.show(OVER, status=410)
    then = url_for("head_link.read", token=token, kept="yes", _anchor="statement")
    return web.enter(kind, then, again, proof=token)


def _read(link, token, form=None, now=None, trouble=None):
    asking = queries.by_link(g.db, link)
    if asking is None:
        return web.show(OVER, status=410)
    said = queries.said_by(g.db, asking["id"])
    if form is None:
        form = forms.StatementForm(data=said or {"name": asking["name"]})
        form.seen.data = str(said["version"]) if said else ""
    if now:
        form.seen.data = str(now["version"])
    return web.show(
        "journeys/linked.html", j=journeys.for_head(g.db, asking["school_in_group"]), asking=asking, token=token,
        form=form, now=now, said=said, trouble=trouble, kept=request.args.get("kept"),
    )  # fmt: skip


def _pdf(school_in_group):
    made, name = sheets.pdf(journeys.for_head(g.db, school_in_group))
    return web.download([made], name, "application/pdf")


def _page(id, form=None, trouble=None):
    school = groups.school_in_group(g.db, id)
    contacts = [c for c in schools.contacts(g.db, school["school"]) if c["email"]]
    form = form or forms.AskHeadForm(formdata=None)
    form.contact.choices = options([(c["id"], f"{c['name']}, {c['email']}") for c in contacts], "Somebody else, below")
    head = next((c for c in contacts if c["role"] == "head"), None)
    if head and not form.errors and not form.contact.data:
        form.contact.data = head["id"]
    return web.show(
        "journeys/page.html", school=school, form=form, trouble=trouble, contacts=contacts,
        asked=queries.asked(g.db, web.viewer(), id), statements=queries.statements(g.db, web.viewer(), id),
        just=request.args.get("sent"),
    )  # fmt: skip
