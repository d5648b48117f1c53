"""How the evidence about a school is laid out for a review: since last time, from before, and the plan's aims. Pure."""

SHOWN = 40  # of each list at first; all of them when asked for
# an aim's outcome as action plans name it, and as aspects do
SAME = {"pupils": "pupils", "learning": "teachers", "practice": "practice", "policy": "policies"}


def sorted_out(found, since, aspect, chosen, every):
    """Return the evidence as `newer`, `older`, `aims` that fit the aspect and `other_aims`, each piece with its `key`.

    `since` is the day of the last review: without one nothing is from before. What is chosen is always among them;
    `more` says how many of each list are not.
    """
    for piece in found:
        piece["key"] = f"{piece['kind']}:{piece['id']}"
    aims = [p for p in found if p["kind"] == "aim"]
    rest = [p for p in found if p["kind"] != "aim"]
    lists = {
        "newer": [p for p in rest if not since or p["on_day"] >= since],
        "older": [p for p in rest if since and p["on_day"] < since],
    }
    shown = {name: [p for n, p in enumerate(some) if every or n < SHOWN or p["key"] in chosen]
             for name, some in lists.items()}  # fmt: skip
    return {
        **shown, "more": {name: len(lists[name]) - len(shown[name]) for name in lists},
        "aims": [a for a in aims if _fits(a, aspect)], "other_aims": [a for a in aims if not _fits(a, aspect)],
    }  # fmt: skip


def _fits(aim, aspect):
    return not aspect or not aspect["outcome"] or SAME[aim["outcome"]] == aspect["outcome"]
