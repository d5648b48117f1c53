"""The look of the house on one page: every value, and every part in every state, made with what the pages use."""

import re
from functools import cache

from flask import Blueprint

from workgroup import fields, number_fields, places, web

bp = Blueprint("style", __name__)
LONG = "Llanfairpwllgwyngyll Church in Wales Controlled Primary School and Nursery with Resourced Provision"
STATES = [("present", "here"), ("apologies", "apologies"), ("absent", "no word"), ("not expected", "not expected")]
IDEAS = [
    ("coherence", "steps", "Coherence"), ("representation", "bar", "Representation and Structure"),
    ("thinking", "dots", "Mathematical Thinking"), ("fluency", "ring", "Fluency"),
    ("variation", "diamonds", "Variation"), ("", "", "A tag of your own"),
]  # fmt: skip


class FieldsForm(fields.Form):
    """A field of each kind."""

    title = fields.line("One line of words", fields.needed("Enter a title."), description="A hint says what helps.")
    words = fields.words("Words of somebody", description="By code: Pupil A, Table 3. Never a name.")
    email = fields.email("Somebody’s e-mail", fields.needed("Enter an e-mail address."))
    secret = fields.secret("Password")
    day = fields.Day("Day", fields.needed("Choose a day."))
    starts = fields.Time("Starts")
    count = number_fields.Count("How many", most=60)
    days = number_fields.Quarters("Days", most=400)
    rate = number_fields.Pounds("Pounds", most=1_000_000)
    host = fields.Pick("One of many")
    kind = fields.line("Free words, with some to choose from", description="Any wording; the usual ones are offered.")
    seen_by = fields.Choice(
        "One of a few", fields.needed("Choose who sees it."), description="Each with a small explanation.",
        choices=[("me", "Only me|Nobody else, whatever their role."), ("group", "My Work Group|Everybody in it.")],
    )  # fmt: skip
    ticked = fields.tick("May be quoted without my name", description="In the hub’s report.")
    drawn = fields.hidden()
    described = fields.line("What the sketch shows", description="For whoever cannot see it.")


def _form(data, prefix="", check=False):
    form = FieldsForm(data=data, prefix=prefix)
    form.host.choices = fields.options([(LONG, LONG)], "No school yet")
    if check:
        form.validate()
    return form


@cache
def tokens():
    """Return the names of the values in the style sheet, in its order, by what kind of value they are."""
    words = (places.STATIC / "css" / "tokens.css").read_text()
    first = re.search(r":root \{(.*?)\n  \}", words, re.S)[1]
    found = re.findall(r"--([\w-]+): ([^;]+);", re.sub(r"/\*.*?\*/", "", first, flags=re.S))
    kinds = {"colour": [], "type": [], "measure": []}
    for name, value in found:
        is_type = (value.endswith("rem") and name in ("xs", "s", "m", "l", "xl", "xxl", "clock")) or "serif" in value
        kinds["colour" if value.startswith("#") else "type" if is_type else "measure"].append((name, value))
    return kinds


@bp.get("/style")
@web.open_to(web.signed_in)
def page():
    """Show every value and every part in every state."""
    return web.show(
        "style/page.html", tokens=tokens(), form=_form({"title": "Comparing with bars", "day": "2027-03-09"}),
        wrong=_form({"email": "grace at example"}, "wrong", check=True), long=LONG, statuses=STATES, ideas=IDEAS,
    )  # fmt: skip
