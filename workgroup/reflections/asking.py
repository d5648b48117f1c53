"""From the mail that asks to reflect: one's own page where one is signed in, else one's own words and a form to write.

Own words show only while the link is fresh and nothing was written yet (docs/states.md): the last promise in this Work
Group, or in the one it was made from, and what one noticed in this session, nobody else's, and never what was just
sent.

And, for a leader, who has reflected on a session, and what of it is shared with them.
"""

from flask import Blueprint, current_app, g, render_template, request, url_for

from workgroup import clock, web
from workgroup.groups import queries as groups
from workgroup.lessons import queries as lessons
from workgroup.people import queries as people
from workgroup.people.linked import by_link, keep_nowhere
from workgroup.reflections import forms, offering, queries, rights, written_queries
from workgroup.reflections.asking_changes import fresh_until
from workgroup.sessions import queries as sessions

bp = Blueprint("asking", __name__)
linked = Blueprint("asked", __name__)
linked.after_request(keep_nowhere)


@linked.get("/reflect/<token>")
@web.open_to(web.anyone)
@by_link("reflect", "reflections/asked_over.html")
def asked(link, token):
    """Lead to one's own page, which quotes what only they may read; or ask here."""
    if g.signed_in_as == link["person"]:
        return web.go(url_for("reflections.new", session=link["about"]))
    return _asked(link, token, forms.WriteForm(data={"visibility": "me"}))


@linked.post("/reflect/<token>")
@web.open_to(web.anyone)
@by_link("reflect", "reflections/asked_over.html")
def write(link, token):
    """Keep what was written, for whoever the link was sent to."""
    then = url_for("asked.asked", token=token, kept="yes")
    return web.enter(
        "reflections.write", then, lambda form, _: _asked(link, token, form), session=link["about"], state="final",
        reflection="", lesson="", gap_task="", after="",
    )  # fmt: skip


@bp.get("/sessions/<id>/reflections")
@web.open_to(rights.reads_list, session="id")
def reading_list(id):
    """Show a leader who has reflected, by name, and what is shared with them."""
    session = sessions.session(g.db, id)
    found = [r for r in queries.about(g.db, web.viewer(), session=id) if r["by"] != web.viewer()]
    return render_template(
        "reflections/of_session.html", session=session, shared=found, who=written_queries.who_has(g.db, id),
        questions=offering.asked_of(g.db, id, session["work_group"]),
        here=sum(m["status"] == "present" for m in sessions.register(g.db, id)),
        replies={r["id"]: queries.replies(g.db, web.viewer(), r["id"]) for r in found},
    )  # fmt: skip


def _asked(link, token, form):
    if not web.may(rights.writes, session=link["about"]):
        return web.show("reflections/asked_over.html", status=410)
    session = sessions.session(g.db, link["about"])
    has_written = written_queries.has_written(g.db, link["person"], session["id"])
    return web.show(
        "reflections/asked.html", session=session, form=form, token=token, kept=request.args.get("kept"),
        has_written=has_written, fresh_until=fresh_until(link), quoted=None if has_written else _quoted(link, session),
        asked=offering.offer(g.db, form, session["id"], session["work_group"]),
        group=groups.group(g.db, session["work_group"]),
    )  # fmt: skip


def _quoted(link, session):
    """Return what the page quotes of whoever the link was sent to; None once it is no longer fresh.

    Where mail is passed on by hand somebody else has held the link of a person who has no account yet.
    """
    by_hand, person = not current_app.config["WORKGROUP"].sends_mail, people.person(g.db, link["person"])
    if (by_hand and not person["claimed_at"]) or fresh_until(link) <= clock.now():
        return None
    return offering.quoted(g.db, person["id"], session["work_group"], lessons.lessons_of(g.db, session["id"]))
