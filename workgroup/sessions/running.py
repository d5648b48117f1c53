"""The running session: agenda in the margin, register on the page, in two taps a school."""

from flask import Blueprint, Response, current_app, g, jsonify, render_template, request, url_for

from workgroup import clock, ledger, web
from workgroup.fields import options
from workgroup.formats import as_qr
from workgroup.groups import queries as groups
from workgroup.sessions import forms, inviting_forms, inviting_queries, joining_queries, now, queries, rights
from workgroup.tasks import queries as tasks

bp = Blueprint("running", __name__)


@bp.get("/sessions/<id>/run")
@web.open_to(rights.comes, keeps=rights.comes, session="id")
def page(id):
    """Show the register to whoever runs the session, and the own check-in to everybody else."""
    if web.may(rights.runs, session=id):
        return _register(id)
    return check_in(id)


@bp.get("/sessions/<id>/pace")
@web.open_to(rights.runs, session="id")
def pace_now(id):
    """Give the agenda as it runs; what is on and the way in where those are others than the page knows."""
    session = queries.session(g.db, id)
    told = now.of(g.db, session)
    is_other = request.args.get("block") != (told["block"]["id"] if told["block"] else "")
    is_other = is_other or request.args.get("shown", told["now_stamp"]) != told["now_stamp"]
    leads, door = web.may(rights.leads, session=id), join_code(session)
    is_other_code = session["state"] == "open" and request.args.get("code", door["code"]) != door["code"]
    return render_template("sessions/_pace.html", session=session, is_other=is_other, is_other_code=is_other_code,
                           is_part=True, leads=leads, **door, **told)  # fmt: skip


@bp.get("/sessions/<id>/register")
@web.open_to(rights.runs, session="id")
def news(id):
    """Give the marks that count when anything was marked after `after`; nothing new is an empty answer."""
    number = queries.marks_number(g.db, id)
    if str(number) == request.args.get("after"):
        return Response(status=200)
    return jsonify(number=number, **_marks(id))


@bp.get("/sessions/<id>/check-in")
@web.open_to(rights.follows, session="id")
def code(id):
    """Show the code to check oneself in with, large enough for the room."""
    session = queries.session(g.db, id)
    return web.show("sessions/code.html", "sessions/_code.html", session=session, **join_code(session))


@bp.post("/sessions/<id>/marks")
@web.open_to(rights.comes, session="id")
def mark(id):
    """Mark one person; the right beside the change says who may mark whom."""
    who = request.form.get("person")
    again = _register if web.may(rights.runs, session=id) else check_in
    return _enter("sessions.mark", id, lambda form, _: again(id, form=form, ask=who), session=id)


@bp.post("/sessions/<id>/schools")
@web.open_to(rights.runs, session="id")
def mark_school(id):
    """Mark both of a school as here."""
    return _enter("sessions.mark_school", id, lambda form, _: _register(id, form=form), session=id)


@bp.post("/sessions/<id>/undo")
@web.open_to(rights.runs, session="id")
def undo(id):
    """Take the last tap back: what stood before it counts again."""
    history = queries.marks_of(g.db, id, request.form.get("person", ""))
    if not history:
        return _register(id) if web.wants_part() else web.go(url_for("running.page", id=id))
    return _enter("sessions.unmark", id, lambda form, _: _register(id, form=form), session=id, mark=history[0]["id"])


@bp.post("/blocks/<id>/cut")
@web.open_to(rights.runs, block="id")
def cut_block(id):
    """Give a block another time."""
    return _about_block("sessions.cut_block", id)


@bp.post("/blocks/<id>/begin")
@web.open_to(rights.runs, block="id")
def begin_block(id):
    """Begin a block of the agenda."""
    return _about_block("sessions.begin_block", id)


@bp.post("/blocks/<id>/unbegin")
@web.open_to(rights.runs, block="id")
def unbegin_block(id):
    """Take back that a block has begun."""
    return _about_block("sessions.unbegin_block", id)


def _about_block(kind, id):
    """Enter a change of a block, and go back to the session that runs."""
    session = queries.block(g.db, id)["session"]
    then = url_for("running.page", id=session)
    return web.enter(kind, then, lambda form, _: _register(session, form=form), block=id)


def _enter(kind, id, again, /, **fixed):
    """Enter a tap; htmx gets the register back at once, a plain form the page."""
    response = web.enter(kind, url_for("running.page", id=id), again, **fixed)
    if response.status_code == 303 and web.wants_part():
        return _register(id, last=request.form.get("person")) if web.may(rights.runs, session=id) else check_in(id)
    return response


def _register(id, form=None, ask=None, last=None):
    session, leads = queries.session(g.db, id), web.may(rights.leads, session=id)
    rows, others = queries.by_school(g.db, id)
    people = [p for row in rows for p in row["people"]]
    here = [p for p in people if p["mark"] and p["mark"]["status"] == "present"]
    waited = [row["school"] for row in rows if not any(p["mark"] for p in row["people"])]
    visitor = forms.MarkForm()
    of_group = [(s["school"], s["name"]) for s in groups.schools(g.db, session["work_group"])]
    visitor.school.choices = options(of_group, "Another school, or none")
    visitor.substitute_for.choices = options([(p["id"], p["name"]) for p in people], "Nobody: a visitor")
    asked = request.args.get("ask") or ask
    # only one's own last tap can be taken back by a tap, and only while one still remembers it
    recent = clock.after(-900)
    marks = [m for m in queries.register(g.db, id) if m["by"] == web.viewer() and m["at"] > recent and m["person"]]
    newest = max(marks, key=lambda m: m["at"], default=None)
    return web.show(
        "sessions/run.html", "sessions/_register.html", session=session, rows=rows, others=others, here=len(here),
        expected=len(people), waited=waited, visitor=visitor, form=form,
        asked=next((p for p in people if p["id"] == asked), None) or _other(others, asked),
        covers=inviting_queries.covers(g.db, id), newest=newest, model=_model(id, session, rows),
        **join_code(session), **now.of(g.db, session), statuses=forms.STATUSES, note=forms.NoteForm(),
        leads=leads, in_room=_in_room(id) if leads else None, coming=queries.coming_after(g.db, id),
        tasks_set=tasks.tasks_of(g.db, session["work_group"], session=id),
        keep=_keep(session, None) if g.guest_of else None,
    )  # fmt: skip


def _in_room(id):
    """Return who can be handed the running, and the names of those who cannot.

    Whoever is here and has an account, and whoever has none and was let in at the door: on that phone. Who has an
    account signs in with it, for a name said at the door is no proof of that; who has neither has nothing to run it on.
    """
    here = [m for m in queries.register(g.db, id) if m["status"] == "present"]
    phones = joining_queries.phones(g.db, id)
    can = {m["person"]: m["name"] + ("" if m["has_account"] else ", on their phone")
           for m in here if m["person"] and (m["has_account"] or m["person"] in phones)}  # fmt: skip
    return {"can": list(can.items()), "cannot": [m["name"] for m in here if m["person"] not in can]}


def _model(id, session, rows):
    """Return what the tablet needs to take the register by itself: nothing that the page does not show."""
    people = [
        {"id": p["id"], "name": p["name"], "school": p["school"], "row": row["id"]}
        for row in rows for p in row["people"]
    ]  # fmt: skip
    schools = {s["school"]: s["name"] for s in groups.schools(g.db, session["work_group"])}
    return {
        "session": id, "title": session["title"], "starts": session["starts_at"], "people": people, "schools": schools,
        "is_cancelled": session["state"] == "cancelled", "rows": [{"id": r["id"], "name": r["school"]} for r in rows],
        "number": queries.marks_number(g.db, id), **_marks(id),
    }  # fmt: skip


MARK = ("id", "at", "person", "visitor", "school", "comes_from", "status", "told_on", "in_at", "out_at", "attending_as",
        "substitute_for", "by_leader")  # fmt: skip


def _marks(id):
    """Return the marks that count, names, and `shown`: the ledger number up to which they tell of all."""
    shown = ledger.head(g.db)["number"]  # read first: what arrives meanwhile is told the next time
    found = queries.register(g.db, id)
    names = {m["person"]: m["name"] for m in found if m["person"]}
    return {"shown": shown, "marks": [{k: m[k] for k in MARK} for m in found], "names": names}


def join_code(session):
    """Return what lets a phone in that nobody is signed in on: the code of this quarter of an hour, and its QR code."""
    code = joining_queries.code_of(g.db, session["id"])
    public = current_app.config["WORKGROUP"].public_address
    side, path = as_qr.drawn(f"{public}/join/{code}")
    return {"code": code, "address": f"{public}/join", "side": side, "path": path}


def _other(others, asked):
    found = next((m for m in others if asked and m["person"] == asked), None)
    return found and {**found, "id": found["person"], "mark": found, "school_name": found["school_name"]}


# what the check-in page says; the browser says the same of a mark that has not been sent
SAYS = {
    "present": "You are here since {}.", "apologies": "You have sent apologies.",
    "told apologies": "Apologies are noted for you. If you are here after all, tell whoever takes the register.",
    "told absent": "The register says that you are not here. If you are, tell whoever takes it.",
    "told not expected": "You are not expected today. If you are here, tell whoever takes the register.",
}  # fmt: skip


def check_in(id, form=None, ask=None, keep=None):
    """Show the own check-in; to a guest also how what they write becomes their own."""
    session = queries.session(g.db, id)
    shown = ledger.head(g.db)["number"]
    mark = queries.mark_of(g.db, id, web.viewer())
    model = {"session": id, "shown": shown, "marks": [{k: mark[k] for k in MARK}] if mark else [], "says": SAYS}
    return web.show("sessions/check_in.html", session=session, form=form, mark=mark, me=web.viewer(), model=model,
                    keep=_keep(session, keep) if g.guest_of else None, asked=request.args.get("asked"))  # fmt: skip


def _keep(session, form):
    """Return the form by which a visitor makes what they write their own, or None."""
    visitor = joining_queries.is_visitor(g.db, web.viewer(), session["id"])
    return (form or inviting_forms.KeepAsOwnForm()) if visitor else None
