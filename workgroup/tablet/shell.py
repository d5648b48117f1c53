"""What a tablet needs to open without a line: the service worker, its list of files, the manifest, the offline page."""

import json
from functools import cache

from flask import Blueprint, Response, current_app, g, jsonify, render_template, url_for

from workgroup import places, web

bp = Blueprint("shell", __name__)
FOLDERS = ("css", "js", "lib")
PAPER = "#faf6ec"
ICONS = (180, 192, 512)  # iPad's home screen, Android's, and the picture while it starts


@bp.get("/service-worker.js")
@web.open_to(web.anyone)
def service_worker():
    """Give the service worker, with the name of this release and the list of its files in front."""
    response = Response(_worker(current_app.config["BUILD"]), mimetype="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    return response


@bp.get("/manifest.webmanifest")
@web.open_to(web.anyone)
def manifest():
    """Say how this looks on a home screen."""
    icons = [{"src": _file(f"icons/workgroup-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}
             for size in ICONS]  # fmt: skip
    told = {
        "name": "Workgroup", "short_name": "Workgroup", "id": "/", "start_url": "/", "scope": "/", "lang": "en-GB",
        "description": "Meetings, open lessons and what was noticed, with or without a line.",
        "display": "standalone", "background_color": PAPER, "theme_color": PAPER, "icons": icons,
    }  # fmt: skip
    response = jsonify(told)
    response.mimetype = "application/manifest+json"
    return response


@bp.get("/offline")
@web.open_to(web.anyone)
def offline():
    """Say that there is no line; the tablet fills in which pages it has. The same page for everybody."""
    g.person, g.is_signed_out = None, False
    return render_template("tablet/offline.html")


def _file(name):
    return url_for("static_files", build=current_app.config["BUILD"], name=name)


@cache
def _worker(build):
    names = sorted(
        path.relative_to(places.STATIC).as_posix() for folder in FOLDERS
        for path in (places.STATIC / folder).rglob("*") if path.suffix in (".css", ".js")
    )  # fmt: skip
    files = [_file(name) for name in (*names, "icons/workgroup.svg")]
    front = f"const BUILD = {json.dumps(build)};\nconst SHELL = {json.dumps([*files, url_for('shell.offline')])};\n\n"
    return front + (places.STATIC / "service-worker.js").read_text()
