"""Notes, decisions and the summary of a session, on one page: whoever takes part reads it, whoever runs it writes."""

from flask import Blueprint, g, render_template, url_for

from workgroup import web
from workgroup.fields import options
from workgroup.sessions import forms, queries, rights

bp = Blueprint("noting", __name__)


@bp.get("/sessions/<id>/notes")
@web.open_to(rights.follows, keeps=rights.follows, session="id")
def page(id):
    """Show notes, decisions and the summary."""
    return _notes_page(id)


@bp.post("/sessions/<id>/notes")
@web.open_to(rights.runs, session="id")
def add_note(id):
    """Write a note."""
    then = url_for("noting.page", id=id)
    return web.enter("sessions.note", then, lambda form, _: _notes_page(id, note=form), session=id)


@bp.post("/sessions/<id>/decisions")
@web.open_to(rights.runs, session="id")
def decide(id):
    """Write a decision."""
    then = url_for("noting.page", id=id)
    return web.enter("sessions.decide", then, lambda form, _: _notes_page(id, decision=form), session=id)


@bp.post("/sessions/<id>/summary")
@web.open_to(rights.runs, session="id")
def summarise(id):
    """Write the summary."""
    then = url_for("noting.page", id=id)
    return web.enter("sessions.summarise", then, lambda form, _: _notes_page(id, summary=form), session=id)


@bp.post("/session-notes/<id>/<deed>")
@web.open_to(rights.own_or_leads, note="id")
def note_deed(id, deed):
    """Take a note away, or bring it back."""
    session = queries.note(g.db, id)["session"]
    kind = web.kind_of(deed, "sessions.{}_note")
    return web.enter(kind, url_for("noting.page", id=session), lambda f, _: _notes_page(session), note=id)


@bp.post("/decisions/<id>/<deed>")
@web.open_to(rights.own_or_leads, decision="id")
def decision_deed(id, deed):
    """Take a decision away, or bring it back."""
    session = queries.decision(g.db, id)["session"]
    kind = web.kind_of(deed, "sessions.{}_decision")
    return web.enter(kind, url_for("noting.page", id=session), lambda f, _: _notes_page(session), decision=id)


def _notes_page(id, note=None, decision=None, summary=None):
    session = queries.session(g.db, id)
    stand = queries.summaries(g.db, id)
    note = note or forms.NoteForm()
    blocks = queries.agenda(g.db, id)
    note.block.choices = options([(b["id"], b["title"]) for b in blocks], "The session as a whole")
    joined = "\n\n".join(v["words"] for v in stand)
    leads, me = web.may(rights.leads, session=id), web.viewer()
    summary = summary or forms.SummariseForm(data={"words": joined, "after": ",".join(v["id"] for v in stand)})
    return render_template(
        "sessions/notes.html", session=session, runs=web.may(rights.runs, session=id), me=me,
        leads=leads, notes=queries.notes(g.db, id, me, leads),
        decisions=queries.decisions(g.db, id, me, leads), summaries=stand, note=note,
        decision=decision or forms.DecideForm(), summary=summary,
    )  # fmt: skip
