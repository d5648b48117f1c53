"""Pages of what is asked to reflect on: a session's questions in their order, a Work Group's usual ones, the hub's."""

from flask import Blueprint, g, render_template, url_for

from workgroup import web
from workgroup.groups import queries as groups
from workgroup.groups.rights import leads as leads_group
from workgroup.people.rights import runs_hub
from workgroup.sessions import prompt_changes, prompt_forms, prompt_queries, queries, rights

bp = Blueprint("prompts", __name__)
DEEDS = ("edit", "move", "withdraw", "restore")


@bp.get("/prompts")
@web.open_to(runs_hub)
def of_hub():
    """Show what the hub asks where nobody says otherwise."""
    return _page({})


@bp.get("/groups/<id>/prompts")
@web.open_to(leads_group, work_group="id")
def of_group(id):
    """Show what a Work Group asks after its sessions."""
    return _page({"work_group": id})


@bp.get("/sessions/<id>/prompts")
@web.open_to(rights.leads, session="id")
def of_session(id):
    """Show what a session asks."""
    return _page({"session": id})


@bp.post("/prompts")
@web.open_to(runs_hub)
def add_to_hub():
    """Put a question to the hub's."""
    return _enter("add", {})


@bp.post("/groups/<id>/prompts")
@web.open_to(leads_group, work_group="id")
def add_to_group(id):
    """Put a question to a Work Group's."""
    return _enter("add", {"work_group": id})


@bp.post("/sessions/<id>/prompts")
@web.open_to(rights.leads, session="id")
def add_to_session(id):
    """Put a question to a session's."""
    return _enter("add", {"session": id})


@bp.post("/prompts/<prompt>/<deed>")
@web.open_to(runs_hub)
def deed_of_hub(prompt, deed):
    """Change, move, take away or bring back one of the hub's."""
    return _enter(deed, {}, prompt)


@bp.post("/groups/<id>/prompts/<prompt>/<deed>")
@web.open_to(leads_group, work_group="id")
def deed_of_group(id, prompt, deed):
    """Change, move, take away or bring back one of a Work Group's."""
    return _enter(deed, {"work_group": id}, prompt)


@bp.post("/sessions/<id>/prompts/<prompt>/<deed>")
@web.open_to(rights.leads, session="id")
def deed_of_session(id, prompt, deed):
    """Change, move, take away or bring back one of a session's."""
    return _enter(deed, {"session": id}, prompt)


def _enter(deed, of, prompt=None):
    """Put one change to the list `of` through the door; a form cannot say another list."""
    web.found_or_404(deed if deed in DEEDS or prompt is None else None)
    fixed = {"session": "", "work_group": "", **of, **({"prompt": prompt} if prompt else {})}
    again = {"add": lambda f, _: _page(of, form=f), "edit": lambda f, now: _page(of, edit=f, now=now)}
    then = f"{_address(of)}#prompts"
    return web.enter(
        f"sessions.{deed}_prompt", then, again.get(deed, lambda f, _: _page(of, trouble=f)), **fixed
    )  # fmt: skip


def _address(of):
    if of.get("session"):
        return url_for("prompts.of_session", id=of["session"])
    return url_for("prompts.of_group", id=of["work_group"]) if of.get("work_group") else url_for("prompts.of_hub")


def _page(of, form=None, edit=None, now=None, trouble=None):
    session = queries.session(g.db, of["session"]) if of.get("session") else None
    group = session["work_group"] if session else of.get("work_group")
    if edit is not None and now:
        edit.seen.data = now["wording"]
    prompts, own = prompt_queries.standing(g.db, **of), prompt_queries.own(g.db, **of)
    # a page that was open before the list was its own names what its question was copied from
    edited = [p["id"] for p in prompts if edit is not None and edit.prompt.data in (p["id"], p["copied_from"])]
    return render_template(
        "sessions/prompts.html", session=session, group=group and groups.group(g.db, group), address=_address(of),
        prompts=prompts, is_own=bool(own), gone=prompt_queries.own(g.db, **of, withdrawn=True), edited=edited,
        form=form or prompt_forms.PromptForm(), edit=edit, now=now, trouble=trouble, most=prompt_changes.MOST,
        from_group=bool(session and prompt_queries.own(g.db, work_group=group)),
    )  # fmt: skip
