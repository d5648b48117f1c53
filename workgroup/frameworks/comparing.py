"""What is new in a framework, in plain sentences: aspects and steps compared by their threads. Pure."""

from workgroup.frameworks.forms import OUTCOMES

NAMES = dict(OUTCOMES)


def compare(before, after):
    """Return what changed from one version to the next: dicts of `what`, `words` and `was` (or None)."""
    return [*_parts("aspect", before["aspects"], after["aspects"]), *_parts("step", before["steps"], after["steps"])]


def same_scale(before, after):
    """Tell whether the steps are the same in the same order, so that where a school was and is can be compared."""
    return [s["thread"] for s in before["steps"]] == [s["thread"] for s in after["steps"]]


def _parts(word, before, after):
    old = {p["thread"]: p for p in before}
    for part in after:
        was = old.get(part["thread"])
        if was is None:
            yield _one(f"New {word}", part["name"])
            continue
        if was["name"] != part["name"]:
            yield _one(f"The same {word} in other words", part["name"], was["name"])
        if (was["about"] or "") != (part["about"] or ""):
            told = f"{part['name']}: {part['about'] or 'nothing'}"
            yield _one("Explained otherwise", told, was["about"] or "nothing")
        if word == "aspect" and was["outcome"] != part["outcome"]:
            told = f"{part['name']}: {NAMES.get(part['outcome'], 'not said yet')}"
            yield _one("Reported under another outcome", told, NAMES.get(was["outcome"], "not said"))
    here = {p["thread"] for p in after}
    for was in before:
        if was["thread"] not in here:
            yield _one(f"{word.capitalize()} taken out", was["name"])
    kept = [p["thread"] for p in before if p["thread"] in here]
    if kept != [p["thread"] for p in after if p["thread"] in old]:
        yield _one(f"The {word}s in another order", ", ".join(p["name"] for p in after))


def _one(what, words, was=None):
    return {"what": what, "words": words, "was": was}
