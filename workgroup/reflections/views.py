"""Pages of reflections."""

from flask import Blueprint

bp = Blueprint("reflections", __name__)
