"""P2: the pages people look at most, against the same template rendered from constants.

A page is asked for once, and what its template was given is kept. The floor is a bare Flask view that renders that
template from it: no sign-in, no right, no statement of its own (what a template itself asks for, it asks for there
too). Both are asked for turn about in this process, by the same client, without a socket.
"""

import tempfile
from pathlib import Path

from flask import Flask, before_render_template, g, request

from benchmarks import figures, p3_pages
from workgroup import store
from workgroup.people import post

MUST = 2
NOTES = 300
ROUNDS, QUICK_ROUNDS = 101, 15
PAGES = {
    "Today": "/", "the Work Group": "/groups/{group}", "a session, run": "/sessions/{session}/run",
    f"timeline, {NOTES} notes": "/lessons/{lesson}/timeline", "a school": "/schools/{school}",
}  # fmt: skip


def measure(quick=False):
    """Return what each page costs against its template."""
    with tempfile.TemporaryDirectory() as place:
        hub = p3_pages.a_hub(Path(place) / "hub.sqlite", 1, 1)
        _write_notes(hub.db, hub.ids["lesson"])
        rounds = QUICK_ROUNDS if quick else ROUNDS
        found = [_compared(hub, what, path.format(**hub.ids), rounds) for what, path in PAGES.items()]
        hub.db.conn.close()
        p3_pages.web.forget_connections()
    return found


def _write_notes(db, lesson):
    """Let the lesson have so many notes: those it has again, by the same observers, a few seconds later each."""
    rows = store.rows(db, "select * from noticing where lesson = ?", (lesson,))
    with store.writing(db):
        for at in range(NOTES - len(rows)):
            one = rows[at % len(rows)]
            again = {"id": post.new_id(), "second": one["second"] + 7 * (1 + at // len(rows))}
            store.put(db, "noticing", **{**one, **again})


def _compared(hub, what, path, rounds):
    floor, client = _floor(hub, path).test_client(), hub.clients["leader"]
    ours, bare = [], []
    for _ in range(rounds + 2):
        ours.append(p3_pages.took(lambda: client.get(path)))
        bare.append(p3_pages.took(lambda: floor.get(path)))
    return figures.against_floor("P2", f"{what}, as leader", ours[2:], bare[2:], MUST)


def _floor(hub, path):
    """Return a small app whose one view renders the template of a page from what the page gave it."""
    kept = {}

    def keep(sender, template, context, **_):
        kept.update(template=template, context=context, g=dict(vars(g._get_current_object())))

    with before_render_template.connected_to(keep, hub.app):
        p3_pages.took(lambda: hub.clients["leader"].get(path))

    bare = Flask("floor")

    @bare.get("/<path:address>")
    @bare.get("/")
    def rendered(address=""):
        with hub.app.request_context(request.environ):  # where the template finds its addresses and who is signed in
            for name, value in kept["g"].items():
                setattr(g, name, value)
            return kept["template"].render(kept["context"])

    return bare
