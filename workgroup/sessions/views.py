"""Pages of sessions: planning one, and its agenda. Running it and its notes have rooms of their own."""

import logging
from datetime import date

from flask import Blueprint, g, make_response, render_template, request, url_for

from workgroup import clock, door, telling, unkept, web
from workgroup.fields import options
from workgroup.groups import queries as groups
from workgroup.groups.rights import leads as leads_group
from workgroup.schools import queries as schools
from workgroup.sessions import (
    block_note_queries,
    forms,
    hosting_queries,
    inviting_queries,
    material_queries,
    prompt_queries,
    queries,
    rights,
    room_prompts,
)  # fmt: skip
from workgroup.tasks import waiting_queries

bp = Blueprint("sessions", __name__)
log = logging.getLogger(__name__)


@bp.get("/groups/<id>/sessions/new")
@web.open_to(leads_group, work_group="id")
def new(id):
    """Offer a new session, with what the last one had."""
    last = (queries.sessions_of(g.db, id) or [None])[-1]
    group = groups.group(g.db, id)
    form = forms.PlanForm(
        data={
            "kind": last["kind"] if last else group["meeting_word"], "mode": last["mode"] if last else "room",
            "starts": clock.say_time(last["starts_at"]) if last else "13:00",
            "ends": clock.say_time(last["ends_at"]) if last else "16:00",
            "number": queries.next_number(g.db, id), "agenda": "usual",
        }
    )  # fmt: skip
    return _form_page(form, group)


@bp.post("/groups/<id>/sessions/new")
@web.open_to(leads_group, work_group="id")
def plan(id):
    """Plan a session."""
    return web.enter(
        "sessions.plan", lambda o: url_for("sessions.page", id=o.about),
        lambda form, _: _form_page(form, groups.group(g.db, id)), work_group=id,
    )  # fmt: skip


@bp.get("/sessions/<id>")
@web.open_to(rights.sees, keeps=rights.takes_part, session="id")
def page(id):
    """Show the plan of a session."""
    return _plan_page(id, forms.BlockForm())


@bp.get("/sessions/<id>/edit")
@web.open_to(rights.leads, session="id")
def edit(id):
    """Offer a session's facts to change."""
    session = queries.session(g.db, id)
    form = forms.EditForm(
        data={
            **session, "session": id, "seen": str(session["version"]), "starts": clock.say_time(session["starts_at"]),
            "ends": clock.say_time(session["ends_at"]),
        }
    )  # fmt: skip
    return _form_page(form, groups.group(g.db, session["work_group"]), session)


@bp.post("/sessions/<id>/edit")
@web.open_to(rights.leads, session="id")
def save(id):
    """Change a session's facts."""
    session = queries.session(g.db, id)

    def again(form, now):
        return _form_page(form, groups.group(g.db, session["work_group"]), session, now)

    return web.enter("sessions.edit", lambda _: _after_moving(id, session["day"]), again, session=id)


@bp.post("/sessions/<id>/state")
@web.open_to(rights.runs, session="id")
def set_state(id):
    """Open, close, postpone or cancel it."""
    then = url_for("running.page" if request.form.get("state") == "open" else "sessions.page", id=id)
    return web.enter("sessions.set_state", then, lambda f, _: _plan_page(id, forms.BlockForm(), f), session=id)


@bp.post("/sessions/<id>/question")
@web.open_to(rights.runs, session="id")
def set_question(id):
    """Set the question to reflect on."""
    then = url_for("sessions.page", id=id, _anchor="question")
    return web.enter("sessions.set_question", then, lambda f, _: _plan_page(id, forms.BlockForm(), f), session=id)


@bp.post("/sessions/<id>/runner")
@web.open_to(rights.leads, session="id")
def hand_over(id):
    """Hand the running to somebody."""
    then = url_for("sessions.page", id=id)
    return web.enter("sessions.hand_over", then, lambda f, _: _plan_page(id, forms.BlockForm(), f), session=id)


@bp.post("/sessions/<id>/blocks")
@web.open_to(rights.leads, session="id")
def add_block(id):
    """Add a block to the agenda."""
    then = url_for("sessions.page", id=id, _anchor="agenda")
    return web.enter("sessions.add_block", then, lambda form, _: _plan_page(id, form), session=id)


@bp.get("/blocks/<id>/edit")
@web.open_to(rights.leads, block="id")
def block(id):
    """Offer a block to change."""
    block = queries.block(g.db, id)
    if block["withdrawn_at"]:
        return web.go(_agenda_of(id))
    return _block_page(id, _as_it_stands(block))


@bp.post("/blocks/<id>/edit")
@web.open_to(rights.leads, block="id")
def save_block(id):
    """Change a block, and one's own note with it."""
    return web.enter("sessions.edit_block", lambda _: _keep_mine(id), lambda f, now: _block_page(id, f, now), block=id)


def _keep_mine(id):
    """Keep what a leader notes to themselves, a change of its own, and say where to go then."""
    mine, me = forms.NoteToSelfForm(request.form).mine.data or "", web.viewer()
    was = (block_note_queries.note(g.db, me, id) or {}).get("words") or ""
    if "mine" in request.form and mine != was:
        fields = {"block": id, "mine": mine}
        try:
            outcome = door.submit(g.db, "sessions.note_to_self", fields, web.fresh_id(), me, tablet=g.get("tablet"))
        except door.NotKept as trouble:
            g.unkept = unkept.why(trouble)
            if g.unkept is None:
                raise
            log.error("it could not be kept", extra=telling.of(trouble))
            return _mine_again(id, trouble.form, g.unkept.status)
        if not outcome.stands:
            return _mine_again(id, outcome.form, 422)
    return _agenda_of(id)


def _mine_again(id, mine, status):
    """Show a block, which is kept, with a note to oneself that is not."""
    return make_response(_block_page(id, _as_it_stands(queries.block(g.db, id)), mine=mine), status)


def _as_it_stands(block):
    return forms.EditBlockForm(data={**block, "seen": queries.seen_of(block)})


@bp.post("/blocks/<id>/move")
@web.open_to(rights.leads, block="id")
def move_block(id):
    """Move a block one place."""
    then = _agenda_of(id)
    session = queries.block(g.db, id)["session"]
    return web.enter("sessions.move_block", then, lambda f, _: _plan_page(session, forms.BlockForm(), f), block=id)


@bp.post("/blocks/<id>/remove")
@web.open_to(rights.leads, block="id")
def remove_block(id):
    """Take a block out."""
    then, session = _agenda_of(id, out=id), queries.block(g.db, id)["session"]
    return web.enter("sessions.remove_block", then, lambda f, _: _plan_page(session, forms.BlockForm(), f), block=id)


@bp.post("/blocks/<id>/restore")
@web.open_to(rights.leads, block="id")
def restore_block(id):
    """Put a block back."""
    session = queries.block(g.db, id)["session"]
    again = lambda form, _: _plan_page(session, forms.BlockForm(), form)  # noqa: E731
    return web.enter("sessions.restore_block", _agenda_of(id), again, block=id)


@bp.app_template_global("notes_to_self")
def notes_to_self(session):
    """Return the viewer's own notes with the blocks of a session, {block: words}."""
    return block_note_queries.own(g.db, web.viewer(), session)


def _after_moving(id, was):
    """Return where to go after a session was changed: if it has another day, to where the later ones may follow it."""
    now = queries.session(g.db, id)
    days = (date.fromisoformat(now["day"]) - date.fromisoformat(was)).days
    if days and now["state"] == "planned" and queries.planned_after(g.db, now, was):
        return f"/sessions/{id}/rest?days={days}"
    return url_for("sessions.page", id=id)


def _agenda_of(block, **more):
    return url_for("sessions.page", id=queries.block(g.db, block)["session"], _anchor="agenda", **more)


def _people(people):
    return options([(p["id"], p["name"]) for p in people], "Nobody in particular")


def _form_page(form, group, session=None, now=None):
    hosts = [(s["school"], s["name"]) for s in groups.schools(g.db, group["id"])]
    chosen = form.host.data
    if chosen and chosen not in dict(hosts) and (other := schools.school(g.db, chosen)):
        hosts.append((chosen, other["name"]))
    form.host.choices = options(hosts, "No school")
    if now:
        form.seen.data = str(now["version"])
        now = {**now, "starts": clock.say_time(now["starts_at"]), "ends": clock.say_time(now["ends_at"])}
    return render_template(
        "sessions/edit.html", form=form, group=group, session=session, now=now, kinds=forms.SESSION_KINDS,
        has_begun=_has_begun(session), terms=groups.half_terms(g.db, group["academic_year"]),
    )  # fmt: skip


def _has_begun(session):
    return bool(session) and any(b["began_at"] for b in queries.agenda(g.db, session["id"]))


def _plan_page(id, form, trouble=None):
    session = queries.session(g.db, id)
    people = groups.people(g.db, session["work_group"], on=session["day"])
    form.lead.choices = _people(people)
    leads = web.may(rights.leads, session=id)
    agenda = queries.agenda(g.db, id)
    return render_template(
        "sessions/page.html", session=session, form=form, trouble=trouble, leads=leads,
        runs=web.may(rights.runs, session=id), takes_part=web.may(rights.takes_part, session=id),
        agenda=queries.timed(agenda, session), planned=sum(b["minutes"] for b in agenda),
        length=queries.minutes(session), facts=schools.host_facts(g.db, session["host"]) if session["host"] else None,
        term=groups.half_term_of(g.db, session["day"], session["host"]),
        runners=_people([p for p in people if p["email"]])[1:],
        materials=material_queries.materials(g.db, id), prompts=prompt_queries.prompts(g.db, session),
        usual=prompt_queries.usual(g.db, session["work_group"])[0]["words"],
        host_word=hosting_queries.word(g.db, session) if leads else None,
        wifi_last=schools.wifi_last(g.db, session["host"]) if session["host"] else [],
        asks_wifi=leads and _asks_wifi(session),
        untold=_untold(session) if leads else None,
        answer=inviting_queries.answer_of(g.db, id, web.viewer()),
        answering=not leads and not inviting_queries.is_over(session)
        and web.may(rights.answers, session=id, person=web.viewer()),
        returns=_returns(session), history=_history(id),
        out=queries.out_of_agenda(g.db, id) if leads else None, just_out=request.args.get("out"),
        earlier=_earlier(session) if leads else [],
    )  # fmt: skip


def _earlier(session):
    """Return the sessions whose agenda this one may take: the group's, then those of others that the viewer leads."""
    own = [n for n in queries.sessions_of(g.db, session["work_group"]) if n["id"] != session["id"]]
    led = [h["id"] for h in groups.groups_for(g.db, web.viewer()) if h["role"] == "leader"]
    return own + queries.with_an_agenda(g.db, [id for id in led if id != session["work_group"]])


def _asks_wifi(session):
    """Tell whether to ask how the wifi was: for two weeks after a session of which nobody has said it yet."""
    is_recent = clock.day_of(clock.after(-14 * 86_400)) <= session["day"]
    can_tell = session["state"] == "closed" and hosting_queries.has_wifi_to_tell(session)
    return can_tell and is_recent and not hosting_queries.wifi_of(g.db, session)


def _untold(session):
    """Return what is to be sent to people who do not know how the session stands, as a button says it, or None."""
    is_past = session["ends_at"] < clock.now() or session["state"] == "closed"
    if is_past or not inviting_queries.left_to_tell(g.db, session):
        return None
    if session["state"] in ("cancelled", "postponed"):
        return "Send the cancellation"
    return "Send the change" if inviting_queries.invited(g.db, session["id"]) else "Send invitations"


def _history(id):
    """Return the days and states a session has had, without the opening and closing of the day itself."""
    return [h for h in queries.history(g.db, id) if h["state"] not in ("open", "closed")]


def _returns(session):
    """Return how many of the gap tasks that wait on a session came back, and of how many their school said *not yet*.

    As `back`, `not_yet` and `all`, for the opening block.
    """
    last = [t for t in waiting_queries.waiting(g.db, session) if t["state"] != "dropped"]
    not_yet = sum(bool(t["not_yet"]) and not t["returns"] for t in last)
    return {"back": sum(bool(t["returns"]) for t in last), "not_yet": not_yet, "all": len(last)}


def _block_page(id, form, now=None, mine=None):
    block = queries.block(g.db, id)
    if now:
        form.seen.data = queries.seen_of(now)
    session = queries.session(g.db, block["session"])
    form.lead.choices = _people(groups.people(g.db, session["work_group"], on=session["day"]))
    question = prompt_queries.prompts(g.db, session)[0]["words"]
    return render_template("sessions/block.html", form=form, block=block, session=session, now=now,
                           mine=mine or _mine(id),
                           usual=room_prompts.usual(block["kind"], question))  # fmt: skip


def _mine(block):
    """Return the form of one's own note with a block, with what was typed there, else with what is kept."""
    typed, kept = request.form.get("mine"), block_note_queries.note(g.db, web.viewer(), block)
    return forms.NoteToSelfForm(data={"mine": typed if typed is not None else kept and kept["words"]})
