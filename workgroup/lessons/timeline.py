"""The merged timeline: all observers on one lesson clock, filtered, live, and from afar."""

import hashlib
import re
import time

from flask import Blueprint, Response, current_app, g, render_template, request

from workgroup import web
from workgroup.fields import is_id
from workgroup.groups import queries as groups
from workgroup.lessons import (
    forms,
    lesson_clock,
    moments_shown,
    noticing_queries,
    photo_queries,
    queries,
    rights,
    sketch_queries,
)
from workgroup.lessons.drawing import drawn

bp = Blueprint("timeline", __name__)
PAGE = 200  # moments of the list at first; a lesson may have thousands
FRESH = 5  # seconds for which a figure is given again, though more moments have come
MOST_DRAWN = 200
_drawn = {}  # figures of this process


@bp.get("/lessons/<id>/timeline")
@web.open_to(rights.sees, lesson="id")
def page(id):
    """Show all observers on one lesson clock, filtered; or of that the figure, or what is new after a ledger number."""
    lesson = queries.lesson(g.db, id)
    standing = queries.standing(g.db, web.viewer(), lesson)
    asked = {k: v for k in ("observer", "tag", "phase", "code", "predicted") if (v := request.args.get(k))}
    if any(k in asked and not is_id(asked[k]) for k in ("observer", "tag")):
        asked = {}
    if "after" in request.args:
        return _news(lesson, standing, asked)
    if request.args.get("show") == "figure":
        return _figure(lesson, standing, asked)
    found = noticing_queries.seen(g.db, web.viewer(), lesson, standing, **asked)
    figure = drawn(lesson, found, lesson_clock.phases(g.db, id))
    alone = _beside(found, lesson, standing)
    every = noticing_queries.seen(g.db, web.viewer(), lesson, standing) if asked else found
    many = _asked_many()
    observers = sorted({(n["by"], n["name"]) for n in every if n["by"]}, key=lambda o: o[1])
    predicted = queries.predicted(g.db, id, also_ended=True)
    tags = groups.tags(g.db, lesson["work_group"], also_ended=True)
    choices = {
        "predicted": [("none", "Nobody predicted it"), *((p["id"], f"{p['number']} {p['words']}") for p in predicted)],
        "codes": [(c, c) for c in sorted({n["code"] for n in every if n["code"]})],
        "tags": [(t["id"], t["name"]) for t in tags],
    }
    return web.show_fresh(
        "lessons/timeline.html", "lessons/_timeline.html", lesson=lesson, noticings=found, asked=asked, figure=figure,
        moments=_in_order(found, alone, asked)[:many], many=many, page=PAGE, total=len(found),
        left=len(found) + (0 if asked else len(alone)) - many,
        standing=standing, stand=stand_of(lesson, standing), predicted=predicted, tags=tags, choices=choices,
        observers=observers, phases=forms.PHASES, asked_words=_in_words(asked, {**choices, "observer": observers}),
        counts=noticing_queries.counts(g.db, id),
    )  # fmt: skip


def _figure(lesson, standing, asked):
    """Give the figure alone. In a full room thirty ask for the same one: it is drawn for all who see the same.

    One that was drawn a moment ago is given again while nothing was hidden or taken away; the header says up to which
    ledger number it tells, and a page that knows more asks again later.
    """
    key = (web.viewer(), time.monotonic()) if asked else _sees(lesson, standing)
    place = (current_app.config["WORKGROUP"].database, lesson["id"], key)
    number, at, text = _drawn.get(place, (0, -FRESH, ""))
    if time.monotonic() - at >= FRESH:
        look = noticing_queries.seen if asked else noticing_queries.places
        found = look(g.db, web.viewer(), lesson, standing, **asked)
        figure = drawn(lesson, found, lesson_clock.phases(g.db, lesson["id"]))
        number, text = lesson["number"], render_template("lessons/_figure.html", figure=figure, noticings=found)
        if not asked:
            if len(_drawn) >= MOST_DRAWN:
                _drawn.clear()
            _drawn[place] = (number, time.monotonic(), text)
    return Response(text, headers={"Workgroup-Drawn": number})


def _sees(lesson, standing):
    """Return what decides what of a lesson somebody sees: two of whom it is equal see the same figure."""
    own = () if standing["sees_all"] else (web.viewer(),)
    named = standing["is_teacher"] or standing["present"] or standing["in_group"]
    hidden = noticing_queries.held_back(g.db, web.viewer(), lesson["id"])
    return (stand_of(lesson, standing), standing["is_teacher"], standing["number"], bool(named), *hidden, *own)


def _in_words(asked, choices):
    """Return what the list is filtered by, in the words of its choices."""
    named = {"observer": "observer", "tag": "tags", "phase": "phases", "code": "codes", "predicted": "predicted"}
    pairs = {**choices, "phases": forms.PHASES}
    return [dict(pairs[named[name]]).get(value, value) for name, value in asked.items()]


def _asked_many():
    """Return how many moments the list shows: some at first, and more each time that more are asked for."""
    asked = request.args.get("many", "")
    return max(int(asked), PAGE) if re.fullmatch(r"[0-9]{1,6}", asked) else PAGE


def _news(lesson, standing, asked):
    """Answer a timeline that has everything up to `after`: what changed since, nothing, or that it is another page now.

    Nothing is an empty 200 with its length, because a 204 would close the connection of every idle tablet. A number
    ahead of ours comes from a record that was put back since.
    """
    after = int(request.args["after"]) if re.fullmatch(r"[0-9]{1,15}", request.args["after"]) else -1
    stand = stand_of(lesson, standing)
    if after > lesson["number"] or request.args.get("stand", stand) != stand:
        return Response(headers={"HX-Refresh": "true"})
    if after == lesson["number"]:
        return Response()
    found = noticing_queries.seen(g.db, web.viewer(), lesson, standing, **asked, after=after)
    photos = photo_queries.seen(g.db, web.viewer(), lesson, standing)
    sketches = sketch_queries.seen(g.db, web.viewer(), lesson, standing)
    alone = [p for p in _beside(found, lesson, standing, photos, sketches) if p["changed"] > after]
    predicted = queries.predicted(g.db, lesson["id"], also_ended=True)
    tags = groups.tags(g.db, lesson["work_group"], also_ended=True)
    return render_template(
        "lessons/_news.html", lesson=lesson,
        moments=moments_shown.drawn_once(lesson, _in_order(found, alone, asked), predicted, tags),
        gone=[*noticing_queries.gone(g.db, web.viewer(), lesson, standing, after, found),
              *photo_queries.gone(g.db, web.viewer(), lesson, standing, after, photos),
              *sketch_queries.gone(g.db, web.viewer(), lesson, standing, after, sketches)],
    )  # fmt: skip


def _beside(found, lesson, standing, photos=None, sketches=None):
    """Give moments their photos and sketches, and return those that belong to no moment."""
    if photos is None:
        photos = photo_queries.seen(g.db, web.viewer(), lesson, standing)
        sketches = sketch_queries.seen(g.db, web.viewer(), lesson, standing)
    alone = photo_queries.beside(found, photos)
    return [*alone, *photo_queries.beside(found, sketches, "sketches")]


def _in_order(found, alone, asked):
    """Return moments and the photos that belong to none by their place on the clock; a filter is one of moments."""
    return sorted([*found, *([] if asked else alone)], key=lambda m: (m["second"], m["at"], m["id"]))


def stand_of(lesson, standing):
    """Return a short word for all that makes it another page: the state, the sharing, the briefing, what is seen."""
    said = [lesson[name] for name in ("state", "session_state", "shared_with", "shared_to", "version")]
    return hashlib.sha256(repr([*said, standing["sees_all"]]).encode()).hexdigest()[:8]
