"""Reading what is asked to reflect on: a session's own questions, else its Work Group's, else the hub's.

The first is asked; the others are offered. Each comes with `id`, `words` and `wording`, the id of the words as they
stand now: an answer names the wording, and keeps it.
"""

from workgroup import store

_PROMPT = (
    "select p.*, w.id as wording, w.words from prompt p join prompt_words w on w.prompt = p.id"
    " and w.version = (select max(version) from prompt_words where prompt = p.id)"
)


def prompts(db, session):
    """Return what a session asks, in order, at least one; `session` is its row."""
    return _first_list(db, session["id"], session["work_group"])


def usual(db, group):
    """Return what a Work Group asks where nothing else was said: its own questions, else the hub's."""
    return _first_list(db, None, group)


def _first_list(db, session, group):
    """Return the questions of a session, else of its Work Group, else of the hub: all are read at once."""
    found = store.rows(
        db,
        f"select * from ({_PROMPT} where p.session = :session union all {_PROMPT} where p.work_group = :group"
        f" union all {_PROMPT} where p.session is null and p.work_group is null) where withdrawn_at is null"
        " order by session is null, work_group is null, position, at, id",
        {"session": session, "group": group},
    )
    return [p for p in found if (p["session"], p["work_group"]) == (found[0]["session"], found[0]["work_group"])]


def standing(db, session=None, work_group=None):
    """Return the questions that hold for a list, its own or those it has from above."""
    if session:
        group = store.value(db, "select work_group from session where id = ?", (session,))
        return own(db, session=session) or usual(db, group)
    return own(db, work_group=work_group) or own(db)


def own(db, session=None, work_group=None, withdrawn=False):
    """Return the questions of one list alone, in order; neither: the hub's. `withdrawn`: those that were taken away."""
    return store.rows(
        db,
        f"{_PROMPT} where p.session is ? and p.work_group is ? and (p.withdrawn_at is not null) = ?"
        " order by p.position, p.at, p.id",
        (session, work_group, withdrawn),
    )  # fmt: skip


def prompt(db, id):
    """Return one question as it stands, or None."""
    return store.row(db, f"{_PROMPT} where p.id = ?", (id,))


def wording(db, id):
    """Return one wording of a question, or None."""
    return store.row(db, "select * from prompt_words where id = ?", (id,))


def askable(db, wordings, session, group):
    """Return those of these wordings that are of a session, of its Work Group or the hub's, by id, old ones too.

    Each has `words`, its `prompt`, and what that was `copied_from`. Others are nobody's business here.
    """
    marks = ", ".join("?" * len(wordings))
    rows = store.rows(
        db,
        "select w.id, w.words, w.prompt, p.copied_from from prompt_words w join prompt p on p.id = w.prompt"
        f" where w.id in ({marks}) and (p.session = ? or p.work_group = ? or (p.session is null and"
        " p.work_group is null))",
        (*wordings, session, group),
    )
    return {row["id"]: row for row in rows}
