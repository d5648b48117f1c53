"""Pages of the discussion: the merged timeline, predicted against seen, notes by step, what it means for schools."""

import re

from flask import Blueprint, g, request, url_for

from workgroup import web
from workgroup.fields import is_id, options
from workgroup.groups import queries as groups
from workgroup.lessons import forms, queries, rights

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
    """Show all observers on one lesson clock, filtered."""
    lesson = queries.lesson(g.db, id)
    asked = {k: v for k in ("observer", "tag", "phase", "code", "predicted") if (v := request.args.get(k))}
    if any(k in asked and not is_id(asked[k]) for k in ("observer", "tag")):
        asked = {}
    found = queries.noticings(g.db, web.viewer(), id, **asked)
    every = queries.noticings(g.db, web.viewer(), id) if asked else found
    standing = queries.standing(g.db, web.viewer(), lesson)
    predicted = queries.predicted(g.db, id, also_ended=True)
    tags = groups.tags(g.db, lesson["work_group"], also_ended=True)
    choices = {
        "predicted": [("none", "Nobody predicted it"), *((p["id"], f"{p['number']} {p['words']}") for p in predicted)],
        "codes": [(c, c) for c in sorted({n["code"] for n in every if n["code"]})],
        "tags": [(t["id"], t["name"]) for t in tags],
    }
    return web.show_fresh(
        "lessons/timeline.html", "lessons/_timeline.html", lesson=lesson, noticings=found, asked=asked,
        figure=drawn(lesson, found, queries.phases(g.db, id)), standing=standing,
        predicted=predicted, tags=tags, choices=choices,
        observers=sorted({(n["by"], n["name"]) for n in every if n["by"]}, key=lambda o: o[1]), phases=forms.PHASES,
        counts=queries.counts(g.db, id),
    )  # fmt: skip


@bp.get("/lessons/<id>/discussion")
@web.open_to(rights.sees, lesson="id")
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


def drawn(lesson, noticings, phases):
    """Return the timeline as places to draw: width 1000 is the lesson; a row an observer; marks and bands."""
    length = max([lesson["minutes"] * 60, *(n["second"] for n in noticings), *(p["second"] for p in phases)])
    names = sorted({n["name"] for n in noticings})
    rows = {name: index for index, name in enumerate(names)}
    ends = [*(p["second"] for p in phases[1:]), length][: len(phases)]
    return {
        "length": length, "names": names, "minutes": range(0, length // 60 + 1, 5 if length < 2400 else 10),
        "bands": [
            {"x": _x(p["second"], length), "width": _x(end - p["second"], length), "phase": p["phase"], "dark": i % 2}
            for i, (p, end) in enumerate(zip(phases, ends, strict=True))
        ],
        "marks": [
            {"x": _x(n["second"], length), "row": rows[n["name"]], "new": not n["predicted_response"],
             "tap": not n["words"]}
            for n in noticings
        ],
    }  # fmt: skip


def _x(second, length):
    return round(1000 * second / length, 1)


def _page(id, note=None, implication=None, trouble=None):
    lesson = queries.lesson(g.db, id)
    standing = queries.standing(g.db, web.viewer(), lesson)
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
        figure=drawn(lesson, found, queries.phases(g.db, id)), notes=queries.discussion(g.db, web.viewer(), id),
        note=note or forms.DiscussForm(data={"step": step}), implication=implication, steps=forms.STEPS,
        implications=queries.implications(g.db, id) if web.may(rights.in_it, lesson=id) else [],
        nudge=request.args.get("nudge"), me=web.viewer(),
        observes=web.may(rights.observes, lesson=id), conducts=web.may(rights.conducts, lesson=id),
        noticed=len(found), trouble=trouble,
    )  # fmt: skip


def busiest(noticings, most=3):
    """Return the minutes in which most observers noticed something, at least two, with what they noticed."""
    minutes = {}
    for n in noticings:
        minutes.setdefault(n["second"] // 60, []).append(n)
    many = [(m, ns) for m, ns in minutes.items() if len({n["by"] for n in ns}) > 1]
    return sorted(many, key=lambda pair: (-len({n["by"] for n in pair[1]}), pair[0]))[:most]
