"""Pages of the open lesson itself: briefing, states, who watches whom, and the teacher's sharing."""

from flask import Blueprint, g, render_template, request, url_for

from workgroup import clock, web
from workgroup.fields import options
from workgroup.groups import queries as groups
from workgroup.lessons import (
    discussion_queries,
    exports,
    forms,
    lesson_clock,
    noticing_queries,
    photo_queries,
    queries,
    rights,
    sketch_queries,
)
from workgroup.sessions import queries as sessions

bp = Blueprint("lessons", __name__)
STATES = {"start": "lessons.start", "end": "lessons.end", "discussion": "lessons.open_discussion",
          "teacher": "lessons.close"}  # fmt: skip


@bp.app_template_global("lessons")
def lessons_of(session):
    """Return the lessons of a session, for pages of lower floors that only link to them; to a guest not their own."""
    return [x for x in queries.lessons_of(g.db, session) if not g.guest_of or x["teacher"] != web.viewer()]


@bp.app_template_global("lessons_taken_out")
def taken_out(session):
    """Return the lessons that were taken out of a session, for whoever may put them back."""
    return queries.taken_out(g.db, session)


@bp.get("/sessions/<id>/lesson/new")
@web.open_to(rights.plans_for, session="id")
def new(id):
    """Offer a new open lesson."""
    session = sessions.session(g.db, id)
    return _form_page(forms.PlanForm(data={"minutes": 50, "starts": clock.say_time(session["starts_at"])}), session)


@bp.post("/sessions/<id>/lesson/new")
@web.open_to(rights.plans_for, session="id")
def plan(id):
    """Plan an open lesson."""
    session = sessions.session(g.db, id)
    then = lambda outcome: url_for("lessons.page", id=outcome.about)  # noqa: E731
    return web.enter("lessons.plan", then, lambda form, _: _form_page(form, session), session=id)


@bp.get("/lessons/<id>")
@web.open_to(rights.sees, keeps=rights.in_it, lesson="id")
def page(id):
    """Show the briefing."""
    return lesson_page(id)


@bp.post("/lessons/<id>/screen")
@web.open_to(rights.teaches, lesson="id")
def agree_screen(id):
    """Say whether it may be shown on the room's screen."""
    then = url_for("lessons.page", id=id, _anchor="screen")
    return web.enter("lessons.agree_screen", then, lambda form, _: lesson_page(id, form), lesson=id)


@bp.get("/lessons/<id>/edit")
@web.open_to(rights.edits, lesson="id")
def edit(id):
    """Offer the briefing to change."""
    lesson = queries.lesson(g.db, id)
    typed = {
        **lesson, "class_name": lesson["class"], "seen": str(lesson["version"]),
        "starts": clock.say_time(lesson["planned_at"]),
        "teacher_name": None if lesson["teacher"] else lesson["teacher_name"],
        "difficult_points": "\n".join(queries.difficult_points(g.db, id)),
        "predicted": "\n".join(p["words"] for p in queries.predicted(g.db, id)),
    }  # fmt: skip
    return _form_page(forms.EditForm(data=typed), sessions.session(g.db, lesson["session"]), lesson)


@bp.post("/lessons/<id>/edit")
@web.open_to(rights.edits, lesson="id")
def save(id):
    """Change the briefing."""
    lesson = queries.lesson(g.db, id)
    session = sessions.session(g.db, lesson["session"])
    then = url_for("lessons.page", id=id)
    return web.enter("lessons.edit", then, lambda form, now: _form_page(form, session, lesson, now), lesson=id)


@bp.post("/lessons/<id>/state/<state>")
@web.open_to(rights.conducts, lesson="id")
def move(id, state):
    """Start or end the lesson, open the discussion, or hand it to its teacher."""
    kind = web.found_or_404(STATES.get(state))
    then = url_for({"start": "noticing.capture", "discussion": "discussion.page"}.get(state, "lessons.page"), id=id)
    return web.enter(kind, then, lambda form, _: lesson_page(id, form), lesson=id)


@bp.post("/lessons/<id>/stand/<deed>")
@web.open_to(rights.edits, lesson="id")
def stand_lesson(id, deed):
    """Take a lesson out of its session, or put it back."""
    kind = web.kind_of(deed, "lessons.{}")
    return web.enter(kind, url_for("lessons.page", id=id), lambda form, _: lesson_page(id, form), lesson=id)


@bp.post("/lesson-starts/<id>/<deed>")
@web.open_to(rights.conducts, start="id")
def stand(id, deed):
    """Take a tap on *The lesson starts* back, or let it stand again."""
    kind = web.kind_of(deed, "lessons.{}_start")
    lesson = lesson_clock.start(g.db, id)["lesson"]
    then = url_for("lessons.page", id=lesson, _anchor="starts")
    return web.enter(kind, then, lambda form, _: lesson_page(lesson, form), start=id)


@bp.post("/lessons/<id>/watch")
@web.open_to(rights.conducts, lesson="id")
def watch(id):
    """Say who watches whom."""
    then = url_for("lessons.page", id=id, _anchor="watching")
    return web.enter("lessons.watch", then, lambda form, _: lesson_page(id, form), lesson=id)


@bp.get("/lessons/<id>/sharing")
@web.open_to(rights.in_it, lesson="id")
def sharing(id):
    """Show the teacher everything, to decide; everybody else how it stands."""
    return _sharing_page(id)


@bp.post("/lessons/<id>/sharing")
@web.open_to(rights.teaches, lesson="id")
def share(id):
    """Share, or not."""
    return web.enter("lessons.share", url_for("lessons.sharing", id=id), lambda f, _: _sharing_page(id, f), lesson=id)


@bp.post("/lessons/<id>/teacher")
@web.open_to(rights.asks_teacher, lesson="id")
def ask_teacher(id):
    """Send the teacher who taught a link to all of it."""
    then = url_for("lessons.sharing", id=id, asked="yes")
    return web.enter("lessons.ask_teacher", then, lambda f, _: _sharing_page(id, asking=f), lesson=id)


@bp.post("/lessons/<id>/comments")
@web.open_to(rights.teaches, lesson="id")
def comment(id):
    """Say something to it."""
    then = url_for("lessons.sharing", id=id)
    return web.enter("lessons.comment", then, lambda f, _: _sharing_page(id, comment=f), lesson=id)


@bp.post("/noticings/<id>/hidden")
@web.open_to(rights.teaches, noticing="id")
def hide(id):
    """Hide a moment, or show it again."""
    lesson = noticing_queries.noticing(g.db, id)["lesson"]
    kind = "lessons.hide" if request.form.get("hidden") == "yes" else "lessons.show_again"
    then = url_for("lessons.sharing", id=lesson, _anchor=f"n-{id}")
    return web.enter(kind, then, lambda f, _: _sharing_page(lesson, refused=f), noticing=id)


def _form_page(form, session, lesson=None, now=None):
    people = [(p["id"], p["name"]) for p in groups.people(g.db, session["work_group"], on=session["day"])]
    guest = lesson and lesson["teacher"] and lesson["teacher"] not in dict(people)
    taught = [(lesson["teacher"], lesson["teacher_name"])] if guest else []
    form.teacher.choices = options([*people, *taught], "Somebody without an account")
    form.chair.choices = options(people, "Not yet known")
    if now:
        form.seen.data = str(now["version"])
    return render_template("lessons/edit.html", form=form, session=session, lesson=lesson, now=now)


def lesson_page(id, trouble=None):
    """Show the briefing, with what was wrong about a change of it."""
    lesson = queries.lesson(g.db, id)
    people = groups.people(g.db, lesson["work_group"], on=lesson["day"])
    watching = queries.watching(g.db, id)
    form = forms.WatchForm()
    form.observer.choices = options([(p["id"], p["name"]) for p in people if p["id"] != lesson["teacher"]], "Choose")
    return render_template(
        "lessons/page.html", lesson=lesson, trouble=trouble, difficult=queries.difficult_points(g.db, id),
        predicted=queries.predicted(g.db, id), watching=watching, form=form,
        edits=web.may(rights.edits, lesson=id), conducts=web.may(rights.conducts, lesson=id),
        observes=web.may(rights.observes, lesson=id), in_it=web.may(rights.in_it, lesson=id), me=web.viewer(),
        counts=noticing_queries.counts(g.db, id), starts=lesson_clock.starts(g.db, id),
    )  # fmt: skip


def _sharing_page(id, form=None, comment=None, asking=None, refused=None):
    to = {
        "comment": url_for("lessons.comment", id=id), "hide": lambda one: url_for("lessons.hide", id=one),
        "picture": lambda one: url_for("photos.picture", id=one),
        "withdraw": lambda one: url_for("photos.withdraw", id=one),
        "sketch": lambda one, deed="withdraw": url_for("sketches.stand", id=one, deed=deed),
    }  # fmt: skip
    asks = web.may(rights.asks_teacher, lesson=id)
    values = sharing_values(id, form, comment)
    asking = asking or forms.AskTeacherForm(data={"email": queries.teachers_email(g.db, web.viewer(), id)})
    return render_template("lessons/sharing.html", **values, to=to, asking=asking if asks else None, refused=refused)


def sharing_values(id, form=None, comment=None):
    """Return what the page of sharing shows its viewer: the teacher everything, everybody else how it stands."""
    lesson = queries.lesson(g.db, id)
    mine = lesson["teacher"] == web.viewer()
    found = noticing_queries.noticings(g.db, web.viewer(), id) if mine else []
    standing = queries.standing(g.db, web.viewer(), lesson)
    photos = photo_queries.seen(g.db, web.viewer(), lesson, standing) if mine else []
    sketches = sketch_queries.seen(g.db, web.viewer(), lesson, standing) if mine else []
    return dict(
        lesson=lesson, mine=mine, form=form or forms.ShareForm(),
        comment=comment or forms.CommentForm(), noticings=found,
        late=sum(one["is_late"] for one in [*found, *photos, *sketches]),
        photos=photos, sketches=sketches, taken_out=exports.taken_out(g.db, id) if mine else [],
        comments=discussion_queries.comments(g.db, web.viewer(), id),
        notes=discussion_queries.notes(g.db, web.viewer(), id) if mine else [],
        predicted={p["id"]: p for p in queries.predicted(g.db, id, also_ended=True)},
    )  # fmt: skip
