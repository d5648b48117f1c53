"""Pages of whoever observes: capture while pupils work, and quiet notes after."""

import re

from flask import Blueprint, g, jsonify, request, url_for

from workgroup import clock, web
from workgroup.groups import queries as groups
from workgroup.lessons import forms, lesson_clock, noticing_queries, queries, rights
from workgroup.sessions import queries as sessions

bp = Blueprint("noticing", __name__)
LISTED = 20  # how many of one's newest moments capture can go back through
A_FULL_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]{2,} [A-Z][a-z]{2,}|^[A-Z][a-z]{2,} [A-Z][a-z]{2,} (?:said|says|was)")


@bp.get("/lessons/<id>/capture")
@web.open_to(rights.observes, keeps=rights.in_it, lesson="id")
def capture(id):
    """Show three things: who, saw, words."""
    return _capture(id)


@bp.get("/lessons/<id>/practice")
@web.open_to(rights.in_it, keeps=rights.in_it, lesson="id")
def practice(id):
    """Offer a minute of practice before the lesson: the same page, and nothing of it is kept."""
    lesson = {**queries.lesson(g.db, id), "started_at": None, "ended_at": None}
    return _show_capture(lesson, [], practice=True)


@bp.post("/lessons/<id>/noticings")
@web.open_to(rights.observes, lesson="id")
def notice(id):
    """Keep a moment, from capture or typed up from paper."""
    from_paper = request.form.get("from") == "mine"
    then = url_for("noticing.mine" if from_paper else "noticing.capture", id=id, who=request.form.get("code") or None)
    again = (lambda form, _: _mine(id, paper=form)) if from_paper else (lambda form, _: _capture(id, form))
    return _enter("lessons.notice", then, again, id, from_paper, lesson=id)


@bp.post("/lessons/<id>/phases")
@web.open_to(rights.observes, lesson="id")
def mark_phase(id):
    """Say that the lesson came into another phase."""
    then = url_for("noticing.capture", id=id)
    return _enter("lessons.mark_phase", then, lambda form, _: _capture(id, form), id, False, lesson=id)


@bp.get("/lessons/<id>/now")
@web.open_to(rights.observes, lesson="id")
def now(id):
    """Tell a capture page where the lesson stands: start and end, second and phase, the number of its last change."""
    lesson = queries.lesson(g.db, id)
    this = clock.now()
    second = lesson_clock.second_at(lesson, lesson["ended_at"] or this)
    phase = lesson_clock.phase_at(g.db, id, second)
    said = {name: lesson[name] for name in ("started_at", "ended_at", "number")}
    return jsonify(**said, second=second, phase=phase, now=this)


@bp.get("/lessons/<id>/mine")
@web.open_to(rights.observes, keeps=rights.in_it, lesson="id")
def mine(id):
    """Show one's own moments in order, to put words and tags to them."""
    return _mine(id)


@bp.post("/noticings/<id>/words")
@web.open_to(rights.own_noticing, noticing="id")
def add_words(id):
    """Put words to one's own moment."""
    lesson = noticing_queries.noticing(g.db, id)["lesson"]
    captured = request.form.get("from") == "capture"
    then = (
        url_for("noticing.capture", id=lesson) if captured else url_for("noticing.mine", id=lesson, _anchor=f"n-{id}")
    )
    return web.enter("lessons.add_words", then, lambda form, _: _mine(lesson, words=form, at=id), noticing=id)


@bp.post("/noticings/<id>/tags")
@web.open_to(rights.own_noticing, noticing="id")
def tag(id):
    """Set the tags of one's own moment."""
    lesson = noticing_queries.noticing(g.db, id)["lesson"]
    then = _back_to(lesson, id)
    return web.enter("lessons.tag", then, lambda form, _: _mine(lesson, words=form, at=id), noticing=id)


@bp.post("/noticings/<id>/flag")
@web.open_to(rights.own_noticing, noticing="id")
def flag(id):
    """Flag one's own moment to talk about, or take the flag away."""
    lesson = noticing_queries.noticing(g.db, id)["lesson"]
    then = _back_to(lesson, id)
    return web.enter("lessons.flag", then, lambda form, _: _mine(lesson, words=form, at=id), noticing=id)


@bp.post("/noticings/<id>/<deed>")
@web.open_to(rights.own_noticing, noticing="id")
def stand(id, deed):
    """Take one's own moment away, or bring it back."""
    kind = web.kind_of(deed, "lessons.{}_noticing")
    lesson = noticing_queries.noticing(g.db, id)["lesson"]
    captured = request.form.get("from") == "capture"
    then = (
        url_for("noticing.capture", id=lesson) if captured else url_for("noticing.mine", id=lesson, _anchor=f"n-{id}")
    )
    return web.enter(kind, then, lambda form, _: _mine(lesson, words=form, at=id), noticing=id)


def _back_to(lesson, noticing):
    """Return where a change of one's own moment was made: capture, or quiet notes at that moment."""
    if request.form.get("from") == "capture":
        return url_for("noticing.capture", id=lesson)
    return url_for("noticing.mine", id=lesson, _anchor=f"n-{noticing}")


def looks_like_a_name(words):
    """Tell whether words seem to hold somebody's full name: a soft warning only, for `Table Three` may be meant."""
    return bool(A_FULL_NAME.search(words or ""))


def codes_of(words):
    """Return the codes named by whom somebody watches: `Table 1 (Pupils A, B)` → Table 1, Pupil A, Pupil B."""
    found = [f"Table {n}" for n in re.findall(r"[Tt]able (\d{1,2})", words or "")]
    for some in re.findall(r"[Pp]upils? ([A-Z](?:(?:, | and )[A-Z])*)", words or ""):
        found += [f"Pupil {letter}" for letter in re.findall(r"[A-Z]", some)]
    return found


def _enter(kind, then, again, id, from_paper, /, **fixed):
    response = web.enter(kind, then, again, **fixed)
    if response.status_code == 303 and web.wants_part() and not from_paper:
        return _capture(id)
    return response


def _capture(id, form=None):
    own = [n for n in noticing_queries.noticings(g.db, web.viewer(), id, own_only=True) if not n["withdrawn_at"]]
    return _show_capture(queries.lesson(g.db, id), own, form)


def _show_capture(lesson, own, form=None, practice=False):
    id = lesson["id"]
    used = [n["code"] for n in own if n["code"]]
    who = _asked_code()
    codes = list(dict.fromkeys([*codes_of(queries.watch_of(g.db, id, web.viewer())), *([who] if who else []), *used]))
    newest = sorted(own, key=lambda n: (n["at"], n["id"]))
    last = newest[-1] if newest else None
    second = lesson_clock.second_at(lesson, lesson["ended_at"] or clock.now())
    return web.show(
        "lessons/capture.html", "lessons/_capture.html", lesson=lesson, form=form, last=last, count=len(own),
        codes=_pads(codes),
        predicted=queries.predicted(g.db, id), second=second,
        phase=lesson_clock.phase_at(g.db, id, second), phases=forms.PHASES,
        who=who,
        practice=practice, hand="left" if request.cookies.get("hand") == "left" else "right",
        numbers={p["id"]: p for p in queries.predicted(g.db, id, also_ended=True)}, now=clock.now(),
        conducts=web.may(rights.conducts, lesson=id),
        listed=[_listed(n) for n in newest[-LISTED:]],
    )  # fmt: skip


def _pads(codes):
    """Return the codes that get a pad: eight at the most, and two at the least."""
    some = [c for c in codes if c != "Whole class"][:8]
    return some if len(some) > 1 else sorted({*some, "Pupil A", "Pupil B"})


def _listed(n):
    """Return what the tablet needs of one's own moment, to show it again once a later one is undone."""
    return {
        "id": n["id"], "at": n["at"], "second": n["second"], "code": n["code"], "predicted": n["predicted_response"],
        "words": n["words"] or "", "versions": [v["id"] for v in n["versions"]],
    }  # fmt: skip


def _asked_code():
    """Return the code that was watched last, in its one writing; what is no code is nobody."""
    try:
        return forms.read_code(request.form.get("code") or request.args.get("who"))
    except ValueError:
        return None


def _mine(id, paper=None, words=None, at=None):
    lesson = queries.lesson(g.db, id)
    own = noticing_queries.noticings(g.db, web.viewer(), id, own_only=True)
    paper = paper or forms.NoticeForm()
    predicted = queries.predicted(g.db, id, also_ended=True)
    paper.predicted.choices = forms.options_of_predicted(predicted)
    return web.show(
        "lessons/mine.html", lesson=lesson, noticings=own, paper=paper, words=words, at=at,
        predicted={p["id"]: p for p in predicted}, tags=groups.tags(g.db, lesson["work_group"]),
        named={n["id"] for n in own if looks_like_a_name(n["words"])},
        is_open=sessions.session(g.db, lesson["session"])["state"] == "open",
    )  # fmt: skip
