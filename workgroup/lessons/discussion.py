"""Pages of the discussion: the merged timeline, predicted against seen, notes by step, what it means for schools."""

import hashlib
import re

from flask import Blueprint, Response, g, render_template, request, url_for

from workgroup import web
from workgroup.fields import is_id, options
from workgroup.groups import queries as groups
from workgroup.lessons import forms, lesson_clock, photo_queries, queries, rights
from workgroup.lessons.drawing import busiest, drawn

bp = Blueprint("discussion", __name__)
# a note that begins as judgement is nudged towards "I noticed"; it is kept as it was written
JUDGEMENT = re.compile(
    r"^\W*(i (really )?(liked|loved|disliked)|(you|she|he|they|the teacher) should|should have|good|great|excellent"
    r"|poor|bad|it was (good|great|bad|lovely))\b",
    re.I,
)


@bp.get("/lessons/<id>/timeline")
@web.open_to(rights.sees, lesson="id")
def timeline(id):
    """Show all observers on one lesson clock, filtered; or of that the figure, or what is new after a ledger number."""
    lesson = queries.lesson(g.db, id)
    standing = queries.standing(g.db, web.viewer(), lesson)
    asked = {k: v for k in ("observer", "tag", "phase", "code", "predicted") if (v := request.args.get(k))}
    if any(k in asked and not is_id(asked[k]) for k in ("observer", "tag")):
        asked = {}
    if "after" in request.args:
        return _news(lesson, standing, asked)
    found = queries.seen(g.db, web.viewer(), lesson, standing, **asked)
    figure = drawn(lesson, found, lesson_clock.phases(g.db, id))
    if request.args.get("show") == "figure":
        return render_template("lessons/_figure.html", figure=figure, noticings=found)
    alone = photo_queries.beside(found, photo_queries.seen(g.db, web.viewer(), lesson, standing))
    every = queries.seen(g.db, web.viewer(), lesson, standing) if asked else found
    predicted = queries.predicted(g.db, id, also_ended=True)
    tags = groups.tags(g.db, lesson["work_group"], also_ended=True)
    choices = {
        "predicted": [("none", "Nobody predicted it"), *((p["id"], f"{p['number']} {p['words']}") for p in predicted)],
        "codes": [(c, c) for c in sorted({n["code"] for n in every if n["code"]})],
        "tags": [(t["id"], t["name"]) for t in tags],
    }
    return web.show_fresh(
        "lessons/timeline.html", "lessons/_timeline.html", lesson=lesson, noticings=found, asked=asked, figure=figure,
        moments=_in_order(found, alone, asked),
        standing=standing, stand=_stand(lesson, standing), predicted=predicted, tags=tags, choices=choices,
        observers=sorted({(n["by"], n["name"]) for n in every if n["by"]}, key=lambda o: o[1]), phases=forms.PHASES,
        counts=queries.counts(g.db, id),
    )  # fmt: skip


def _news(lesson, standing, asked):
    """Answer a timeline that has everything up to `after`: what changed since, nothing, or that it is another page now.

    Nothing is an empty 200 with its length, because a 204 would close the connection of every idle tablet. A number
    ahead of ours comes from a record that was put back since.
    """
    after = int(request.args["after"]) if re.fullmatch(r"[0-9]{1,15}", request.args["after"]) else -1
    stand = _stand(lesson, standing)
    if after > lesson["number"] or request.args.get("stand", stand) != stand:
        return Response(headers={"HX-Refresh": "true"})
    if after == lesson["number"]:
        return Response()
    found = queries.seen(g.db, web.viewer(), lesson, standing, **asked, after=after)
    photos = photo_queries.seen(g.db, web.viewer(), lesson, standing)
    alone = [p for p in photo_queries.beside(found, photos) if p["changed"] > after]
    return render_template(
        "lessons/_news.html", lesson=lesson, moments=_in_order(found, alone, asked),
        gone=[*queries.gone(g.db, web.viewer(), lesson, standing, after, found),
              *photo_queries.gone(g.db, web.viewer(), lesson, standing, after, photos)],
        predicted=queries.predicted(g.db, lesson["id"], also_ended=True),
        tags=groups.tags(g.db, lesson["work_group"], also_ended=True),
    )  # fmt: skip


def _in_order(found, alone, asked):
    """Return moments and the photos that belong to none by their place on the clock; a filter is one of moments."""
    return sorted([*found, *([] if asked else alone)], key=lambda m: (m["second"], m["at"], m["id"]))


def _stand(lesson, standing):
    """Return a short word for all that makes it another page: the state, the sharing, the briefing, what is seen."""
    said = [lesson[name] for name in ("state", "session_state", "shared_with", "shared_to", "version")]
    return hashlib.sha256(repr([*said, standing["sees_all"]]).encode()).hexdigest()[:8]


@bp.get("/lessons/<id>/discussion")
@web.open_to(rights.sees, keeps=rights.in_it, lesson="id")
def page(id):
    """Show predicted against seen, surprises first, and how we talk."""
    return _page(id)


@bp.post("/lessons/<id>/discussion")
@web.open_to(rights.observes, lesson="id")
def discuss(id):
    """Write down what was said."""
    nudge = "yes" if JUDGEMENT.match(request.form.get("words", "")) else None
    then = url_for("discussion.page", id=id, nudge=nudge, step=request.form.get("step"), _anchor="notes")
    return web.enter("lessons.discuss", then, lambda form, _: _page(id, note=form), lesson=id)


@bp.post("/discussion-notes/<id>/withdraw")
@web.open_to(rights.own_or_conducts, discussion_note="id")
def withdraw(id):
    """Take a note away."""
    lesson = queries.discussion_note(g.db, id)["lesson"]
    then = url_for("discussion.page", id=lesson, _anchor="notes")
    return web.enter("lessons.withdraw_discussion", then, lambda f, _: _page(lesson, trouble=f), discussion_note=id)


@bp.post("/lessons/<id>/implications")
@web.open_to(rights.conducts, lesson="id")
def imply(id):
    """Say what it means for a school."""
    then = url_for("discussion.page", id=id, _anchor="schools")
    return web.enter("lessons.imply", then, lambda form, _: _page(id, implication=form), lesson=id)


def _page(id, note=None, implication=None, trouble=None):
    lesson = queries.lesson(g.db, id)
    standing = queries.standing(g.db, web.viewer(), lesson)
    notes = queries.discussion(g.db, web.viewer(), id)
    if web.is_to_keep():  # no copy of others' words that they or the teacher may yet take away
        standing = {"sees_all": False, "why": "What everybody noticed and said is shown when there is a line."}
        notes = [n for n in notes if n["by"] == web.viewer()]
    found = queries.noticings(g.db, web.viewer(), id) if standing["sees_all"] else []
    observers = sorted({(n["by"], n["name"]) for n in found if n["by"]}, key=lambda o: o[1])
    predicted = queries.predicted(g.db, id)
    for response in predicted:
        response["by"] = {n["by"] for n in found if n["predicted_response"] == response["id"]}
    implication = implication or forms.ImplyForm()
    schools = [s for s in groups.schools(g.db, lesson["work_group"], lesson["day"]) if s["state"] != "withdrawn"]
    implication.school_in_group.choices = options([(s["id"], s["name"]) for s in schools], "Choose a school")
    step = request.args.get("step") if request.args.get("step") in dict(forms.STEPS) else "teacher"
    return web.show(
        "lessons/discussion.html", lesson=lesson, standing=standing, observers=observers, predicted=predicted,
        surprises=[n for n in found if not n["predicted_response"] and n["words"]], busiest=busiest(found),
        figure=drawn(lesson, found, lesson_clock.phases(g.db, id)), notes=notes,
        note=note or forms.DiscussForm(data={"step": step}), implication=implication, steps=forms.STEPS,
        implications=queries.implications(g.db, id) if web.may(rights.in_it, lesson=id) else [],
        nudge=request.args.get("nudge"), me=web.viewer(),
        observes=web.is_to_keep() or web.may(rights.observes, lesson=id), conducts=web.may(rights.conducts, lesson=id),
        noticed=len(found), trouble=trouble,
        photos=[] if web.is_to_keep() else photo_queries.seen(g.db, web.viewer(), lesson, standing),
    )  # fmt: skip
