"""A page that stands alone in one file: its style and pictures are in it, nothing is fetched, and it prints."""

from functools import cache

import jinja2
from markupsafe import Markup


def page(template, sheets, data):
    """Return the bytes of the page that the template at a path makes of plain values.

    `sheets` are the paths of its styles. Words are set as text, whatever stands in them.
    """
    style = "\n".join(sheet.read_text() for sheet in sheets)
    ours = Markup(f"<style>\n{style}</style>")  # noqa: S704 - our own sheets, nothing that anybody typed
    return _template(template).render(**data, style=ours).encode()


@cache
def _template(path):
    there = jinja2.FileSystemLoader(path.parent)
    made = jinja2.Environment(loader=there, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)
    return made.get_template(path.name)
