"""The door of a session, for people without an account here or on another phone: a code, a name, and a nod.

Nobody is signed in by a code or a name: whoever runs the session sees who waits, and who is let in may go in on that
phone, as a guest of this one session.
"""

from flask import Blueprint, Response, abort, g, redirect, render_template, request, url_for

from workgroup import cookies, door, guard, web
from workgroup.fields import options
from workgroup.groups import queries as groups
from workgroup.people import post
from workgroup.people.linked import keep_nowhere
from workgroup.people.views import end_sign_in
from workgroup.sessions import inviting_forms, joining_queries, queries, rights
from workgroup.sessions.running import check_in

bp = Blueprint("joining", __name__)
door_pages = Blueprint("at_the_door", __name__)
door_pages.after_request(keep_nowhere)
COOKIE, PATH, LASTS = "joined", "/join", 12 * 3600
# wrong codes from one address: a whole room may sit behind one, and one who guesses must not shut the door on it
TRIES, WITHIN = 200, 900


def _session(code):
    """Return the session that a code opens; too many wrong ones open nothing for a while."""
    tries = f"join-from:{request.remote_addr}"
    if guard.tried(tries, WITHIN) >= TRIES:
        abort(429)
    found = joining_queries.session_of(g.db, code)
    if found is None:
        web.note_refusal("wrong code")
        guard.count_try(tries, WITHIN)
    return found


@door_pages.get("/join")
@web.open_to(web.anyone)
def ask():
    """Ask for the code; or say how it stands with whoever said their name on this phone."""
    device = cookies.read(COOKIE, PATH)
    claim = joining_queries.claim_of(g.db, post.hash_of(device)) if device else None
    session = claim and queries.session(g.db, claim["session"])
    if claim and session["state"] == "open" and not request.args.get("again"):
        return _said(claim, session)
    return web.show("sessions/join.html", wrong=False)


@door_pages.post("/join")
@web.open_to(web.anyone)
def type_code():
    """Take a typed code."""
    code = post.read_code(request.form.get("code"))
    if _session(code) is None:
        return web.show("sessions/join.html", wrong=True, status=422)
    return web.go(url_for("at_the_door.names", code=code))


@door_pages.get("/join/<code>")
@web.open_to(web.anyone)
def names(code):
    """Ask who they are; whoever is signed in goes to their own check-in."""
    session = _session(code)
    if session is None:
        return web.show("sessions/join.html", wrong=True, status=422)
    if g.person and web.may(rights.comes, session=session["id"]):
        return web.go(url_for("running.page", id=session["id"]))
    return _names(session, code, inviting_forms.ClaimForm())


@door_pages.post("/join/<code>")
@web.open_to(web.anyone)
def claim(code):
    """Take a name."""
    session = _session(code)
    if session is None:
        return web.show("sessions/join.html", wrong=True, status=422)
    devices = {"device": post.new_token(), "before": cookies.read(COOKIE, PATH) or ""}

    def said(_):
        response = redirect(url_for("at_the_door.ask"), 303)
        return cookies.put(response, COOKIE, devices["device"], LASTS, PATH)

    return web.enter("sessions.claim", said, lambda form, _: _names(session, code, form), proof=code, **devices)


@door_pages.post("/join/in")
@web.open_to(web.anyone)
def go_in():
    """Sign the phone in that was let in, as a guest of this session."""
    device, token = cookies.read(COOKIE, PATH) or "", post.new_token()
    claim = joining_queries.claim_of(g.db, post.hash_of(device))
    fields = {"device": device, "token": token}
    if guard.is_shared_browser() or not door.submit(g.db, "sessions.go_in", fields, web.fresh_id(), None).stands:
        return web.go(url_for("at_the_door.ask"))  # which says why
    end_sign_in(g.person or g.locked)
    return guard.remember(redirect(url_for("running.page", id=claim["session"]), 303), token)


@bp.post("/sessions/<id>/mine")
@web.open_to(rights.is_visitor, session="id")
def keep_as_own(id):
    """Send a visitor the link by which what they wrote becomes their own."""
    if guard.too_often(f"keep:{web.viewer()}", 5, 3600):
        abort(429)
    then = url_for("running.page", id=id, asked="yes", _anchor="own")
    return web.enter("sessions.keep_as_own", then, lambda form, _: check_in(id, keep=form), session=id)


@bp.get("/sessions/<id>/door")
@web.open_to(rights.runs, session="id")
def who_waits(id):
    """Give who waits when that is somebody else than the page shows; nothing new is an empty answer."""
    if not web.wants_part():
        return web.go(url_for("running.page", id=id))
    session, is_open = queries.session(g.db, id), queries.state_of(g.db, id) == "open"
    waiting, inside = ((q(g.db, id) if is_open else []) for q in (joining_queries.at_door, joining_queries.let_in))
    stamp = joining_queries.stamp(waiting, inside)
    if request.args.get("shown") == stamp:
        return Response(headers={"HX-Reswap": "none"})
    return render_template("sessions/_door_news.html", session=session, at_door=waiting, let_in=inside,
                           door_stamp=stamp)  # fmt: skip


@bp.post("/sessions/<id>/door")
@web.open_to(rights.runs, session="id")
def at_door(id):
    """Let those who wait in, or some of them not; or take it back for one who was."""
    deeds = {"away": "sessions.turn_away", "out": "sessions.show_out"}
    kind = deeds.get(request.form.get("deed"), "sessions.let_in")
    then = url_for("running.page", id=id)
    return web.enter(kind, then, lambda form, _: web.go(then), session=id, claims=request.form.getlist("claims"))


def _said(claim, session):
    mark = claim["state"] == "in" and queries.mark_of(g.db, session["id"], joining_queries.guest(g.db, claim["id"]))
    return web.show(
        "sessions/join_said.html", "sessions/_join_said.html", claim=claim, session=session,
        since=(mark or {}).get("in_at") or claim["at"], is_shared=guard.is_shared_browser(),
    )


def _names(session, code, form):
    schools = [(s["school"], s["name"]) for s in groups.schools(g.db, session["work_group"], session["day"])]
    form.school.choices = options(schools, "Another school, or none")
    return web.show("sessions/join_names.html", session=session, code=code, form=form,
                    people=joining_queries.names(g.db, session["id"]))  # fmt: skip
