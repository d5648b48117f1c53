"""What happens later by itself: reminders, mail, copies. What waits, since when, and what is wrong with it."""

from flask import Blueprint, g, render_template, url_for

from workgroup import due, web
from workgroup.people.rights import runs_hub

bp = Blueprint("later", __name__)


@bp.get("/later")
@web.open_to(runs_hub)
def page():
    """Show what waits and what was done last."""
    return _page()


@bp.post("/later")
@web.open_to(runs_hub)
def try_again():
    """Try a thing again."""
    return web.enter("hub.try_again", url_for("later.page"), lambda form, _: _page(form))


def _page(form=None):
    waiting, done = due.standing(g.db)
    return render_template(
        "hub/later.html", waiting=_together(waiting, "at"), done=_together(done, "done_at"), form=form
    )


def _together(rows, when):
    """Return what is of one kind and one minute as one row, with how many it stands for; what has trouble stands alone.

    `when` names the column with its moment. A half-term’s reminders go to every school at once.
    """
    told = []
    for row in rows:
        same = (row["words"], row[when][:16])
        plain = not (row["trouble"] or row["is_over"])
        if plain and told and told[-1]["same"] == same:
            told[-1]["many"] += 1
        else:
            told.append({**row, "many": 1, "same": same if plain else None})
    return told
