"""What is new in a version of a plan, in plain sentences: aims and actions compared by their threads. Pure."""

from workgroup import clock
from workgroup.plans.forms import OUTCOMES

NAMES = dict(OUTCOMES)


def compare(before, after):
    """Return what changed from one version's aims to the next one's: dicts of `what`, `words`, `was` (or None)."""
    return [*_aims(before, after), *_actions(before, after)]


def _aims(before, after):
    old = {a["thread"]: a for a in before}
    for aim in after:
        was = old.pop(aim["thread"], None)
        if was is None:
            yield _one("New aim", aim["words"])
            continue
        if was["words"] != aim["words"]:
            yield _one("Aim in other words", aim["words"], was["words"])
        if was["outcome"] != aim["outcome"]:
            yield _one(f"Aim now under {NAMES[aim['outcome']]}", aim["words"])
    for was in old.values():
        yield _one("Aim taken out", was["words"])


def _actions(before, after):
    old = {a["thread"]: a for aim in before for a in aim["actions"]}
    for aim in after:
        for action in aim["actions"]:
            was = old.pop(action["thread"], None)
            if was is None:
                yield _one("New action", action["words"])
                continue
            if was["words"] != action["words"]:
                yield _one("Action in other words", action["words"], was["words"])
            for what, name, say in (("Who sees to it", "owner", str), ("By another day", "due_on", _day)):
                if was[name] != action[name]:
                    put, stood = action[name], was[name]
                    words = f"{action['words']}: {say(put) if put else 'not said yet'}"
                    yield _one(what, words, say(stood) if stood else "not said yet")
    for was in old.values():
        yield _one("Action taken out", was["words"])


def _day(day):
    return clock.say_day(day, year=True)


def _one(what, words, was=None):
    return {"what": what, "words": words, "was": was}
