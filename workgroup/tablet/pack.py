"""The day pack: which pages somebody needs for a session or for the visits of a day, so that a tablet keeps them; and
trying a session's beforehand.
"""

import hashlib

from flask import Blueprint, current_app, g, jsonify, make_response, render_template, url_for

from workgroup import clock, guard, web
from workgroup.lessons import queries as lessons
from workgroup.sessions import material_queries, rights
from workgroup.sessions import prompt_queries as prompts
from workgroup.sessions import queries as sessions
from workgroup.visits import queries as visits

bp = Blueprint("pack", __name__)
AHEAD = 2  # days before a session that Today keeps its pages
# only here may a page of ours lie in a frame: the rehearsal opens the pages that the tablet has kept in one
POLICY = f"{guard.POLICY}; frame-src 'self'"
SHOWN = ("id", "title", "kind", "minutes", "lead", "words", "private_words", "position")


@bp.get("/day-pack/<id>")
@web.open_to(rights.takes_part, session="id")
def day_pack(id):
    """List the pages that the viewer needs for a session, and a stamp that changes when they do."""
    session = sessions.session(g.db, id)
    found = material_queries.materials(g.db, id)
    files = [{"address": url_for("materials.file", id=m["id"]), "title": m["title"]} for m in found if m["is_kept"]]
    large = [m["title"] for m in found if m["kind"] and not m["is_kept"]]
    return jsonify(session=id, title=session["title"], stamp=_stamp(session), pages=_pages(session), files=files,
                   large=large)  # fmt: skip


@bp.get("/day-pack/visits")
@web.open_to(web.signed_in)
def visits_pack():
    """List the pages that the viewer needs for the visits of today and the next days, and a stamp of them."""
    coming = visits.coming_visits(g.db, web.viewer())
    pages = [("/", "Today")]
    for v in coming:
        day = f"{v['school_name']}, {_when(v['on_day'])}"
        pages += [(url_for("visiting.capture", id=v["id"]), f"Capture: {day}"),
                  (url_for("visits.page", id=v["id"]), f"Visit: {day}")]  # fmt: skip
    pages.append((url_for("tablet.standing"), "What waits on this tablet"))
    listed = [{"address": address, "title": title} for address, title in pages]
    return jsonify(session="visits", title="Visits", stamp=_visits_stamp(coming), pages=listed)


@bp.app_template_global()
def day_pack_of_visits(coming):
    """Return the stamp of the pack of the visits that come."""
    return _visits_stamp(coming)


def _visits_stamp(coming):
    said = [current_app.config["BUILD"], [[v["id"], v["version"], v["on_day"]] for v in coming]]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:12]


@bp.get("/sessions/<id>/ready")
@web.open_to(rights.takes_part, session="id")
def ready(id):
    """Try on this tablet whether all of it works without a line."""
    session = sessions.session(g.db, id)
    page = render_template(
        "tablet/ready.html", session=session, pages=_pages(session), when=_when(session["day"]),
        materials=material_queries.materials(g.db, id),
    )  # fmt: skip
    response = make_response(page)
    response.headers["Content-Security-Policy"] = POLICY
    return response


@bp.app_template_global()
def day_pack_of(session, planned=None, takes_part=False):
    """Return what a page says about a session's pack: its stamp, the part of the day, whether it is near; else None.

    A page that has the lessons `planned` for it, or shows only sessions of one's own groups (`takes_part`), says so.
    """
    today = clock.today()
    if session["day"] < today or session["state"] not in ("planned", "open"):
        return None
    if not (takes_part or web.may(rights.takes_part, session=session["id"])):
        return None
    near = session["day"] <= clock.day_of(clock.after(AHEAD * 86_400))
    stamp = _stamp(session, planned)
    return {"stamp": stamp, "part": _part_of_day(session), "is_near": near, "when": _when(session["day"])}


def _when(day):
    """Return how a day is called from today: today, tomorrow, Tue 9 Mar."""
    near = {clock.today(): "today", clock.day_of(clock.after(86_400)): "tomorrow"}
    return near.get(day) or clock.say_day(day)


def _part_of_day(session):
    if clock.say_time(session["ends_at"]) <= "13:00":
        return "morning"
    return "afternoon" if clock.say_time(session["starts_at"]) >= "12:00" else "day"


def _stamp(session, planned=None):
    """Return a short digest of the plan and of this release: when it changes, the pages are kept anew."""
    planned = lessons.lessons_of(g.db, session["id"]) if planned is None else planned
    blocks = [[b[name] for name in SHOWN] for b in sessions.agenda(g.db, session["id"])]
    watched = [[x["id"], x["version"], x["state"]] for x in planned]
    asked = [p["wording"] for p in prompts.prompts(g.db, session)]
    given = [[m["id"], m["title"], m["block"], m["is_kept"]] for m in material_queries.materials(g.db, session["id"])]
    stands = [session[name] for name in ("version", "state", "run_by")]
    said = [current_app.config["BUILD"], *stands, blocks, watched, asked, given]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:12]


def _pages(session):
    """Return the pages of a session that the viewer may have kept, `{"address", "title"}` in the order of the day."""
    id = session["id"]
    runs = web.may(rights.runs, session=id)
    found = [
        ("/", "Today"),
        (url_for("sessions.page", id=id), "The plan"),
        (url_for("running.page", id=id), "Register" if runs else "Check in"),
        (url_for("noting.page", id=id), "Notes and decisions"),
        (url_for("session_tasks.page", id=id), "Gap tasks"),
    ]
    for lesson in lessons.lessons_of(g.db, id):
        found += [
            (url_for("lessons.page", id=lesson["id"]), f"Open lesson: {lesson['topic']}"),
            (url_for("noticing.practice", id=lesson["id"]), f"A minute of practice: {lesson['topic']}"),
            (url_for("noticing.capture", id=lesson["id"]), f"Capture: {lesson['topic']}"),
            (url_for("noticing.mine", id=lesson["id"]), f"My moments: {lesson['topic']}"),
            (url_for("sketches.page", id=lesson["id"]), f"Sketch: {lesson['topic']}"),
            (url_for("discussion.page", id=lesson["id"]), f"Discussion: {lesson['topic']}"),
        ]
    found += [
        (url_for("reflections.new", session=id), "Reflect"),
        (url_for("tablet.standing"), "What waits on this tablet"),
    ]
    return [{"address": address, "title": title} for address, title in found]
