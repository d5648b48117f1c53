"""`/healthz`: for whatever watches the app. Nobody signs in for it, and it says nothing about people."""

from flask import Blueprint, current_app, jsonify

from workgroup import health, web

bp = Blueprint("watching", __name__)


@bp.get("/healthz")
@web.asks_nobody
def healthz():
    """Answer 200 when all is well, else 503 with why; `ok`, `trouble`, and a sentence for each thing looked at."""
    found = health.findings(current_app.config["WORKGROUP"], current_app.config.get("DUE"))
    trouble = [f"{name}: {words}" for name, is_well, words in found if not is_well]
    response = jsonify(ok=not trouble, trouble=trouble, **{name: words for name, _, words in found})
    response.status_code = 503 if trouble else 200
    response.headers["Cache-Control"] = "no-store"
    return response
