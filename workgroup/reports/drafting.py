"""Drafting a report by rules, from what was captured and nothing else. Pure.

Every line is a fact of the visit, an agreed review of the school, a note in its own words, or what was said there of an
action of the plan. Notes stand under the school's aspects where somebody has put them there, else under how they were
made. Nothing is weighed or added.
"""

from workgroup import clock

QUOTES = "“”\"‘’' "
LOOSE = (("walk", "Walking through lessons"), ("talk", "Conversations"), ("head", "In the headteacher’s words"))


def draft(visit, notes, aspects, agreed, progress=()):
    """Return the text of a draft.

    `notes` are those that are used, in order, each with `kind`, `year_group`, `words` and `aspect` (an id or None);
    `aspects` the current ones in order; `agreed` the latest agreed review of each, by the aspect's thread; `progress`
    what was said at the visit of the plan's actions, each with its `action`.
    """
    parts = [_facts(visit), *_of_notes(notes, aspects, agreed)]
    if progress:
        parts.append(_part("The action plan", ["\n".join(_action(p) for p in progress)]))
    placed = {n["aspect"] for n in notes}
    rest = [
        (a["name"], agreed[a["thread"]]) for a in aspects if a["id"] not in placed and a["thread"] in agreed
    ]
    if rest:
        said = (" ".join(filter(None, (_where(review, name), _next(review)))) for name, review in rest)
        parts.append(_part("Where else we are", ["\n".join(said)]))
    return "\n\n".join(filter(None, parts))


def _of_notes(notes, aspects, agreed):
    for aspect in aspects:
        own = [n for n in notes if n["aspect"] == aspect["id"]]
        if own:
            review = agreed.get(aspect["thread"])
            yield _part(aspect["name"], [_where(review), _lines(own), _next(review)])
    for kind, heading in LOOSE:
        own = [n for n in notes if not n["aspect"] and n["kind"] == kind]
        if own:
            yield _part(heading, [_lines(own)])


def _facts(visit):
    met = [visit["people_met"], "the headteacher" if visit["head_met"] else None]
    met = " and ".join(filter(None, met))
    said = [f"What the visit was for: {visit['purpose']}" if visit["purpose"] else "", f"We met: {met}." if met else ""]
    return "\n\n".join(filter(None, said))


def _part(heading, paragraphs):
    return "\n\n".join(filter(None, [f"# {heading}", *paragraphs]))


def _lines(notes):
    return "\n".join(_line(n) for n in notes)


def _line(note):
    if note["kind"] == "head":
        return f"The headteacher: “{note['words'].strip(QUOTES)}”"
    return f"{note['year_group']}: {note['words']}" if note["year_group"] else note["words"]


def _action(said):
    stands = f"{said['action'].rstrip('. ')}: {said['stands']}."
    return f"{stands} {said['words']}" if said["words"] else stands


def _where(review, what="Where we are"):
    if review is None:
        return None
    day = clock.say_whole_day(review["agreed_on"]).split(" ", 1)[1]
    return f"{what}: {review['step_name'].lower()}. Agreed with {review['agreed_with']} on {day}."


def _next(review):
    return f"Next step: {review['next_step']}" if review and review["next_step"] else None


def parts(words):
    """Return the text of a report as its parts, `{"heading", "paragraphs"}`: a line that begins with # is a heading."""
    found = [{"heading": None, "paragraphs": []}]
    for block in (words or "").replace("\r\n", "\n").split("\n\n"):
        lines = block.strip("\n").split("\n")
        while lines and _is_heading(lines[0]):
            found.append({"heading": lines.pop(0)[2:].strip(), "paragraphs": []})
        if rest := "\n".join(lines).strip():
            found[-1]["paragraphs"].append(rest)
    return [part for part in found if part["heading"] or part["paragraphs"]]


def _is_heading(line):
    """Tell a heading with something to read in it: an empty one has no place on a page."""
    return line.startswith("# ") and any(c.isprintable() and not c.isspace() for c in line[2:])
