"""One example of every kind of frameworks."""

from tests.examples import Example
from tests.world import do
from workgroup.frameworks import queries
from workgroup.people import post

NO = post.new_id()
FIELDS = ("name", "about", "outcome")


def a_draft(db, w, **over):
    """Begin a draft from the version in use for every strand and return its id."""
    source = over.pop("framework", None) or queries.in_use(db)["id"]
    return do(db, "frameworks.begin", w.hub_lead, framework=source, **over).about


def rows_of(db, draft, **changed):
    """Return the fields that save a draft as it stands; `changed` are by name {the part's name: {field: value}}.

    A part named `new` is put at the end of its list.
    """
    found = queries.whole(db, draft)
    fields = {"framework": draft, "seen": str(found["edits"])}
    for name in queries.TABLES:
        parts = [*found[name], *({**p, "out": "y"} for p in found["out"][name])]
        said = changed.get(name, {})
        rows = [
            {"part": p["id"], "out": p.get("out", ""), **{n: p[n] or "" for n in FIELDS if n in p},
             **said.get(p["name"], {})}
            for p in parts
        ] + said.get("new", [])  # fmt: skip
        for n, row in enumerate(rows):
            fields.update({f"{name}-{n}-{field}": value for field, value in row.items() if value != ""})
    return fields


def write(db, w, draft, **changed):
    """Write a draft down and return its id."""
    return do(db, "frameworks.save", w.administrator, **rows_of(db, draft, **changed)).about


def a_written_draft(db, w, **over):
    """Begin a draft and call its Leadership otherwise; return its id."""
    return write(db, w, a_draft(db, w, **over), aspects={"Leadership": {"name": "Leading"}})


def use(db, w, draft, when="all"):
    """Put a draft to use and return its id."""
    return do(db, "frameworks.use", w.hub_lead, **use_fields(db, draft, when)).about


def use_fields(db, draft, when="all"):
    """Return the fields that put a draft to use as it stands."""
    return {"framework": draft, "when": when, "seen": str(queries.bare(db, draft)["edits"])}


def _away(db, w):
    draft = a_draft(db, w)
    do(db, "frameworks.withdraw", w.hub_lead, framework=draft)
    return draft


BY = {"by": "hub_lead", "not_by": "leader"}
EXAMPLES = {
    "frameworks.begin": Example(
        fields=lambda db, w: {"framework": queries.in_use(db)["id"]},
        bad=({"framework": NO}, {"framework": ""}, {"strand": "???"}), other={"strand": "Primary Sustaining"}, **BY,
    ),
    "frameworks.save": Example(
        fields=lambda db, w: rows_of(db, a_draft(db, w)),
        bad=({"framework": NO}, {"seen": "9"}, {"aspects-0-name": ""}, {"aspects-0-name": "leadership!"},
             {"steps-0-part": NO}, {"steps-1-name": "SUSTAINED"}, {"aspects-0-outcome": "gossip"},
             {"aspects-0-name": "x" * 81}),
        other={"aspects-0-name": "Culture"}, **BY,
    ),
    "frameworks.withdraw": Example(
        fields=lambda db, w: {"framework": a_draft(db, w)}, bad=({"framework": NO},), **BY
    ),
    "frameworks.restore": Example(fields=lambda db, w: {"framework": _away(db, w)}, bad=({"framework": NO},), **BY),
    "frameworks.use": Example(
        fields=lambda db, w: use_fields(db, a_written_draft(db, w)),
        bad=({"framework": NO}, {"seen": "9"}, {"when": ""}, {"when": "never"}), other={"when": "next"}, **BY,
    ),
    "frameworks.take_back": Example(
        fields=lambda db, w: {"framework": use(db, w, a_written_draft(db, w))}, bad=({"framework": NO},), **BY
    ),
    "frameworks.end": Example(
        fields=lambda db, w: {"framework": use(db, w, a_written_draft(db, w, strand="Primary Sustaining"))},
        bad=({"framework": NO}, {"framework": ""}), **BY,
    ),
}  # fmt: skip
