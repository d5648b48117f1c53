"""The lesson on the wall: the figure, surprises, predicted against seen; nothing private, authors only on demand."""

from flask import Blueprint, g, render_template, request

from workgroup import web
from workgroup.lessons import queries, rights
from workgroup.lessons.discussion import answer_news, stand, talk

bp = Blueprint("projector", __name__)


@bp.get("/lessons/<id>/projector")
@web.open_to(rights.reads, lesson="id")
def page(id):
    """Show the lesson large. Without `authors`, no name of an observer is on the page at all, nor in what follows."""
    lesson = queries.lesson(g.db, id)
    standing = queries.standing(g.db, web.viewer(), lesson)
    shows = request.args.get("authors") == "yes"
    if "after" in request.args and web.wants_part():
        return answer_news(lesson, standing, lambda: talk(lesson, standing, shows))
    told = talk(lesson, standing, shows)
    stands = stand(lesson, standing)
    return render_template("lessons/projector.html", lesson=lesson, t=told, stand=stands, authors=shows)
