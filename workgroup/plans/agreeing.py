"""Agreeing a plan: asking the head by an expiring link, noting it in person, and the head's page without an account."""

from flask import Blueprint, g, render_template, request, url_for

from workgroup import clock, web
from workgroup.fields import options
from workgroup.people.linked import by_link, keep_nowhere
from workgroup.plans import agreeing_queries, exports, forms, queries, rights
from workgroup.plans.views import named, news, pdf_of
from workgroup.schools import queries as schools

bp = Blueprint("agreeing", __name__)
linked = Blueprint("agree", __name__)
linked.after_request(keep_nowhere)
OVER = "plans/asked_over.html"


@bp.get("/action-plans/<id>/agreeing")
@web.open_to(rights.leads, action_plan="id")
def page(id):
    """Show who was asked, what they said, and both ways to agree."""
    return _page(id)


@bp.post("/action-plans/<id>/ask")
@web.open_to(rights.leads, action_plan="id")
def ask(id):
    """Send the head a link."""
    then = url_for("agreeing.page", id=id, asked="yes")
    return web.enter("plans.ask_head", then, lambda form, _: _page(id, asks=form), action_plan=id)


@bp.post("/action-plans/<id>/agreed")
@web.open_to(rights.leads, action_plan="id")
def in_person(id):
    """Note that it was agreed in person."""
    then = url_for("plans.page", id=id)
    return web.enter("plans.agree_in_person", then, lambda f, now: _page(id, noted=f, now=now), action_plan=id)


@bp.post("/action-plans/<id>/not-agreed")
@web.open_to(rights.leads, action_plan="id")
def not_agreed(id):
    """Take that back."""
    return web.enter("plans.not_agreed", url_for("plans.page", id=id), lambda f, _: _page(id, trouble=f),
                     action_plan=id)  # fmt: skip


@bp.post("/plan-links/<id>/end")
@web.open_to(rights.leads, plan_asking="id")
def end_asking(id):
    """End a link."""
    plan = agreeing_queries.asking(g.db, id)["action_plan"]
    then = url_for("agreeing.page", id=plan)
    return web.enter("plans.end_asking", then, lambda f, _: _page(plan, trouble=f), plan_asking=id)


@linked.get("/agree/<token>")
@web.open_to(web.anyone)
@by_link("head", OVER)
def asked(link, token):
    """Show the head the plan."""
    plan = agreeing_queries.asked_about(g.db, link)
    if plan is None:
        return web.show(OVER, status=410)
    return _asked(plan, token, forms.AnswerForm(data={"seen": str(plan["edits"]), "name": plan["asked_name"]}))


@linked.post("/agree/<token>")
@web.open_to(web.anyone)
@by_link("head", OVER)
def answer(link, token):
    """Take their answer."""
    plan = agreeing_queries.asked_about(g.db, link)
    if plan is None:
        return web.show(OVER, status=410)
    then = url_for("agree.asked", token=token, kept="yes")

    def again(form, now):
        stands = agreeing_queries.asked_about(g.db, link)  # it may have ended meanwhile
        return _asked(stands, token, form, now) if stands else web.show(OVER, status=410)

    return web.enter("plans.answer", then, again, proof=token)


@linked.get("/agree/<token>/plan.pdf")
@web.open_to(web.anyone)
@by_link("head", OVER)
def sheet(link, token):
    """Give the head the plan as a PDF."""
    plan = agreeing_queries.asked_about(g.db, link)
    return pdf_of(plan) if plan else web.show(OVER, status=410)


def _asked(plan, token, form, now=None):
    if now:
        form.seen.data = str(now["edits"])
    aims = queries.aims(g.db, plan["id"])
    own = [a for a in agreeing_queries.answers(g.db, plan["id"]) if a["asking"] == plan["asking"]]
    return web.show(
        "plans/asked.html", plan=plan, token=token, form=form, now=now, kept=request.args.get("kept"),
        outcomes=queries.by_outcome(aims), news=news(plan, aims), said=own[0] if own else None,
        standing=exports.standing(plan), before=queries.bare(g.db, plan["after"]) if plan["after"] else None,
    )  # fmt: skip


def _page(id, asks=None, noted=None, trouble=None, now=None):
    plan = queries.bare(g.db, id)
    contacts = [c for c in schools.contacts(g.db, plan["school"]) if c["email"]]
    asks = named(asks or forms.AskForm(formdata=None), "ask")
    asks.contact.choices = options([(c["id"], f"{c['name']}, {c['email']}") for c in contacts], "Somebody else, below")
    head = next((c for c in schools.contacts(g.db, plan["school"]) if c["role"] == "head"), None)
    if not asks.errors and head in contacts:
        asks.contact.data = head["id"]
    noted = noted or forms.InPersonForm(
        data={"agreed_on": clock.today(), "seen": str(plan["edits"]), "agreed_with": head["name"] if head else ""}
    )
    if now:
        noted.seen.data = str(now["edits"])
    aims = queries.aims(g.db, id)
    return render_template(
        "plans/agreeing.html", plan=plan, asks=asks, noted=noted, trouble=trouble, now=now, contacts=contacts,
        asked=agreeing_queries.asked(g.db, id), answers=agreeing_queries.answers(g.db, id),
        just=request.args.get("asked"), standing=exports.standing(plan), is_empty=not aims,
        still_to_say=exports.still_to_say(aims) if plan["state"] == "draft" else "",
    )  # fmt: skip
