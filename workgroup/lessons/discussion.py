"""Pages of the discussion: its step and pen, predicted against seen, what was said, what it means for schools."""

import re

from flask import Blueprint, Response, g, render_template, request, url_for

from workgroup import clock, web
from workgroup.fields import is_id
from workgroup.groups import queries as groups
from workgroup.lessons import (
    discussion_queries,
    forms,
    lesson_clock,
    noticing_queries,
    photo_queries,
    queries,
    rights,
    sketch_queries,
)
from workgroup.lessons.drawing import alone, busiest, drawn, together
from workgroup.lessons.timeline import stand_of
from workgroup.sessions import queries as sessions

bp = Blueprint("discussion", __name__)
# a note that begins as judgement is nudged towards "I noticed"; it is kept as it was written
JUDGEMENT = re.compile(
    r"^\W*(i (really )?(liked|loved|disliked)|(you|she|he|they|the teacher) should|should have|good|great|excellent"
    r"|poor|bad|it was (good|great|bad|lovely))\b",
    re.I,
)


@bp.get("/lessons/<id>/discussion")
@web.open_to(rights.sees, keeps=rights.in_it, lesson="id")
def page(id):
    """Show predicted against seen, surprises first, and how we talk; or of that what is live, after a ledger number."""
    if "after" in request.args and web.wants_part():
        lesson = queries.lesson(g.db, id)
        standing = queries.standing(g.db, web.viewer(), lesson)
        return answer_news(lesson, standing, lambda: talk(lesson, standing))
    return _page(id)


@bp.post("/lessons/<id>/discussion")
@web.open_to(rights.observes, lesson="id")
def discuss(id):
    """Write down what was said."""
    nudge = "yes" if JUDGEMENT.match(request.form.get("words", "")) else None
    then = url_for("discussion.page", id=id, nudge=nudge, step=request.form.get("step"), _anchor="notes")
    return web.enter("lessons.discuss", then, lambda form, _: _page(id, note=form), lesson=id)


@bp.post("/lessons/<id>/step")
@web.open_to(rights.conducts, lesson="id")
def step(id):
    """Go on to a step."""
    then = url_for("discussion.page", id=id)
    return web.enter("lessons.step", then, lambda form, _: _page(id, trouble=form), lesson=id)


@bp.post("/lessons/<id>/pen")
@web.open_to(rights.conducts, lesson="id")
def pen(id):
    """Hand somebody the pen, or take it back."""
    then = url_for("discussion.page", id=id, _anchor="notes")
    return web.enter("lessons.pen", then, lambda form, _: _page(id, trouble=form), lesson=id)


@bp.post("/discussion-notes/<id>/<deed>")
@web.open_to(rights.own_or_conducts, discussion_note="id")
def stand_note(id, deed):
    """Take a note away, or bring it back."""
    kind = web.kind_of(deed, "lessons.{}_discussion")
    lesson = discussion_queries.discussion_note(g.db, id)["lesson"]
    then = url_for("discussion.page", id=lesson, _anchor="notes")
    return web.enter(kind, then, lambda f, _: _page(lesson, trouble=f), discussion_note=id)


@bp.post("/lessons/<id>/implications")
@web.open_to(rights.conducts, lesson="id")
def imply(id):
    """Say what it means for a school, and make it a gap task in the same tap."""
    school = request.form.get("school_in_group")
    then = url_for("discussion.page", id=id, _anchor=f"school-{school}" if is_id(school) else "schools")
    return web.enter("lessons.imply", then, lambda form, _: _page(id, implication=form), lesson=id)


@bp.post("/implications/<id>/<deed>")
@web.open_to(rights.conducts, implication="id")
def stand_implication(id, deed):
    """Take an implication away, or bring it back."""
    kind = web.kind_of(deed, "lessons.{}_implication")
    lesson = discussion_queries.implication(g.db, id)["lesson"]
    then = url_for("discussion.page", id=lesson, _anchor="schools")
    return web.enter(kind, then, lambda f, _: _page(lesson, trouble=f), implication=id)


def answer_news(lesson, standing, told):
    """Answer a page that has everything up to `after`: its live parts anew, nothing, or that it is another page now.

    `told()` gives what it tells. Nothing is an empty 200 with its length, because a 204 would close the connection of
    every idle tablet.
    """
    here = stand(lesson, standing)
    after = int(request.args["after"]) if re.fullmatch(r"[0-9]{1,15}", request.args["after"]) else -1
    if after > lesson["number"] or request.args.get("stand", here) != here:
        return Response(headers={"HX-Refresh": "true"})
    if after == lesson["number"]:
        return Response()
    return render_template("lessons/_discussion.html", t=told())


def stand(lesson, standing):
    """Return a short word for all that makes it another page: also whether the viewer has the pen."""
    return stand_of(lesson, standing) + ("w" if web.may(rights.writes, lesson=lesson["id"]) else "")


def _page(id, note=None, implication=None, trouble=None):
    lesson = queries.lesson(g.db, id)
    standing = queries.standing(g.db, web.viewer(), lesson)
    if web.is_to_keep():  # no copy of others' words that they or the teacher may yet take away
        standing = {"sees_all": False, "why": "What everybody noticed and said is shown when there is a line."}
    told = talk(lesson, standing)
    note = note or forms.DiscussForm(data={"step": _asked_step() or told["now"]["step"]})
    note.step.choices = [(value, words.split("|")[0]) for value, words in forms.STEPS]
    coming = sessions.coming_after(g.db, lesson["session"])
    return web.show(
        "lessons/discussion.html", lesson=lesson, standing=standing, t=told, nudge=request.args.get("nudge"),
        stand=stand(lesson, standing) if standing["sees_all"] else "", trouble=trouble,
        note=note, implication=implication,
        writes=web.may(rights.writes, lesson=id), due=coming and coming["day"], judgement=JUDGEMENT.pattern,
        room=_room(lesson) if told["conducts"] and not web.is_to_keep() else [],
    )  # fmt: skip


def _asked_step():
    step = request.args.get("step")
    return step if step in dict(forms.STEPS) else None


def talk(lesson, standing, authors=True):
    """Return what is live on the page of a discussion, for a viewer of this standing; without `authors`, no names."""
    id, viewer = lesson["id"], web.viewer()
    found = noticing_queries.noticings(g.db, viewer, id) if standing["sees_all"] else []
    found = [n for n in found if not n["withdrawn_at"]]  # one's own stays on one's own pages
    sketches = [] if web.is_to_keep() else sketch_queries.seen(g.db, viewer, lesson, standing)
    if not authors:
        found = _without_authors([n for n in found if not n["hidden_at"]])
        shown = {n["id"] for n in found}
        sketches = [k for k in sketches if not k["noticing"] or k["noticing"] in shown]
    observers = sorted({(n["by"], n["name"]) for n in found if n["by"]}, key=lambda o: o[1])
    predicted = queries.predicted(g.db, id)
    for response in predicted:
        response["by"] = {n["by"] for n in found if n["predicted_response"] == response["id"]}
    surprises = [n for n in found if not n["predicted_response"] and n["words"]]
    beside = together(found)
    for moment in surprises:
        moment["together"] = beside[moment["id"]]
    notes, conducts = discussion_queries.notes(g.db, viewer, id), web.may(rights.conducts, lesson=id)
    schools = groups.schools(g.db, lesson["work_group"], lesson["day"]) if web.may(rights.in_it, lesson=id) else []
    return {
        "lesson": lesson, "standing": standing, "authors": authors, "me": viewer, "observers": observers,
        "predicted": predicted,
        "surprises": sorted(surprises, key=lambda n: (not n["flagged"], -len(n["together"]), n["second"])),
        "flagged": [n for n in found if n["flagged"] and n["predicted_response"] and n["words"]],
        "busiest": busiest(found), "alone": alone(found, beside) if len(observers) > 1 else [], "noticed": len(found),
        "figure": drawn(lesson, found, lesson_clock.phases(g.db, id)), "steps": forms.STEPS,
        "now": discussion_queries.step_now(g.db, id), "pens": discussion_queries.pens(g.db, id),
        "notes": [n for n in notes if n["by"] == viewer] if web.is_to_keep() else notes,
        "taken_away": discussion_queries.taken_away(g.db, viewer, id) if authors else [],
        "conducts": conducts, "is_open": lesson["state"] == "discussion",
        "schools": [s for s in schools if s["state"] != "withdrawn"], "implications": _implications(id, conducts),
        "sketches": sketches,
        "photos": [] if web.is_to_keep() else photo_queries.seen(g.db, viewer, lesson, standing),
    }  # fmt: skip


def _without_authors(found):
    """Give observers numbers in the order in which they first noticed something, and no name."""
    order = {by: str(at) for at, by in enumerate(dict.fromkeys(n["by"] or n["name"] for n in found), 1)}
    return [{**n, "by": order[n["by"] or n["name"]], "name": order[n["by"] or n["name"]]} for n in found]


def _implications(id, conducts):
    """Return what the lesson means for each school, by school in the group: not for the hub.

    Those who conduct also see what was taken away, to bring it back.
    """
    found = {}
    inside = web.may(rights.in_it, lesson=id)
    for one in discussion_queries.implications(g.db, id, also_taken_away=conducts) if inside else []:
        found.setdefault(one["school_in_group"], []).append(one)
    return found


def _room(lesson):
    """Return those who can be handed the pen, `(id, name)`: whoever is checked in and may not write yet."""
    said, today = {"lesson": lesson["id"]}, clock.today()
    here = [m for m in sessions.register(g.db, lesson["session"]) if m["status"] == "present" and m["person"]]
    return [(m["person"], m["name"]) for m in here if rights.writes(g.db, m["person"], said, today) is not True]
