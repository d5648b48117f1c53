"""What a tablet needs to open without a line: the service worker, its list of files, the manifest, the offline page."""

import json
import re
from functools import cache

from flask import Blueprint, Response, current_app, g, jsonify, render_template, request, url_for

from workgroup import places, web

bp = Blueprint("shell", __name__)
FOLDERS = ("css", "js", "lib")
ICON = "icons/workgroup.svg"
PAPER = "#faf6ec"
ICONS = (180, 192, 512)  # iPad's home screen, Android's, and the picture while it starts


@bp.get("/service-worker.js")
@web.open_to(web.anyone)
def service_worker():
    """Give the service worker, with the name of this release and the list of its files in front."""
    build = current_app.config["BUILD"]
    response = Response(_worker(build), mimetype="text/javascript")
    response.set_etag(build)
    response.headers["Cache-Control"] = "no-cache"
    return response.make_conditional(request)


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
    said = {"BUILD": build, "SHELL": [_file(n) for n in (*names, ICON)], "FIRST": [_file(n) for n in _first()]}
    front = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in said.items())
    # without its comments it is half as long, and a browser asks for it at every page
    return front + re.sub(r"^ *//.*\n", "", (places.STATIC / "service-worker.js").read_text(), flags=re.M)


def _first():
    """Return the files that the offline page names, and what those modules import: every page needs them."""
    todo = re.findall(r'"/static/[^/]+/([^"]+\.(?:css|js|svg))"', offline())
    found = set()
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += _imports(name)
    return sorted(found)


def _imports(name):
    path = places.STATIC / name
    named = re.findall(r'^import (?:[^"]* from )?"(\.[^"]+)"', path.read_text(), re.M) if path.suffix == ".js" else []
    return [(path.parent / one).resolve().relative_to(places.STATIC.resolve()).as_posix() for one in named]
