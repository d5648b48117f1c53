"""The end of a history beside its ideal delivery: every entry delivered once, in the order made, nothing going wrong.

Equal in every row of every table, but for numbers that say when something came. Times are as near as the line was
quick. A tablet whose clock had jumped may be wrong by hours in what it sent after it was killed, and what counts where
such a say met another is left open; the order in which one person wrote on one page is not.
"""

from workgroup import clock

BY_ARRIVAL = {"received", "number", "changed"}
MOMENTS = {"at", "changed_at", "withdrawn_at", "in_at", "moment"}
SAYS = {"last_stand", "last_tags"}  # moment and id of what counts
NEAR = 60  # seconds; no line holds a request longer than half of that
# which columns of which table later says of one thing decide; `stand` and `tags` end in the noticing's id
DECIDED = {
    "reflection": {"visibility", "may_quote", "state", "changed_at"},
    "stand": {"withdrawn_at", "last_stand"}, "tags": {"last_tags"},
}  # fmt: skip


def differences(told, actual, ideal):
    """Return what is not as it should be, one sentence each, for what the tablets told and the two records."""
    wrong = [*told["broken"], *actual["wrong"]]
    unsure = _unsure(told["made"], actual)
    wrong += _ledger(told["made"], actual["ledger"], ideal)
    wrong += _order(told, actual["ledger"])
    wrong += _standings(told, actual["ledger"], ideal["standings"])
    for name in actual["tables"]:
        wrong += _table(name, actual["tables"][name], ideal["tables"][name], unsure, told["jumped"])
    for who in {*actual["register"], *ideal["register"]}:
        if f"mark {who}" not in unsure and actual["register"].get(who) != ideal["register"].get(who):
            wrong.append(f"the register has another mark of {who} than in the ideal")
    return wrong


def lost(made, actual, ideal):
    """Return the ids of entries made that the ideal ledger holds and the actual one does not."""
    return [e["id"] for e in made if e["id"] in ideal and e["id"] not in actual]


def _unsure(made, actual):
    """Return the things of which an entry of a jumped clock was put to another time than it was made."""
    found = set()
    for entry in made:
        at = actual["ledger"].get(entry["id"], {}).get("at")
        if entry.get("thing") and at and abs(_seconds(at) - entry["made"] / 1000) > NEAR:
            found.add(entry["thing"])
    return found


def _ledger(made, actual, ideal):
    yield from (f"lost: {id}" for id in lost(made, actual, ideal["ledger"]))
    ours = {e["id"] for e in made}
    for id in ours:
        here, there = actual.get(id), ideal["ledger"].get(id)
        if here and not there:
            yield f"entered, though the ideal refused it ({ideal['standings'][id]}): {id}"
        elif here and there and any(here[name] != there[name] for name in ("kind", "about", "by", "said")):
            yield f"the ledger says otherwise of {id}: {here} and not {there}"
    for id in set(actual) - ours - set(ideal["ledger"]):
        yield f"nobody has made {id}: {actual[id]}"


def _order(told, ledger):
    """What one person wrote while one stretch of ticks lasted keeps its order, whatever the wall clock did.

    As far as the server can know it: what comes stands after the newest that came before it, or before that one if it
    is older. A copy that was put back lets the same come twice.
    """
    if told["restored"]:
        return
    newest = {}
    made = {e["id"]: (place, (e["by"], e["boot"])) for place, e in enumerate(told["made"])}
    for id in sorted(made.keys() & ledger.keys(), key=lambda id: ledger[id]["number"]):
        (place, stretch), at = made[id], ledger[id]["at"]
        known, before = newest.get(stretch, (-1, ""))
        if (at > before) != (place > known):
            yield f"{id} stands at {at}, on the wrong side of one of {before} from the same page"
        newest[stretch] = max((place, at), (known, before))


def _standings(told, ledger, ideal):
    """Everything that went in is said to be sent, what was refused to be refused, and nothing waits."""
    for id, standings in told["standings"].items():
        if "sent" in standings and id not in ledger:
            yield f"said to be sent, but not in the ledger: {id}"
        if {"here", "waiting"} & set(standings):
            yield f"still {standings}: {id}"
    for id, standing in ideal.items():
        said = told["standings"].get(id, [])
        expected = {"entered": "sent", "refused": "refused"}.get(standing, standing)
        if expected not in said:
            yield f"the tablets say {said} of {id}, which was {standing}"


def _table(name, actual, ideal, unsure, jumped):
    for key in actual.keys() ^ ideal.keys():
        if not (name == "noticing_tag" and f"tags {key.split('/')[0]}" in unsure):
            yield f"{name} {key} is only in the {'actual' if key in actual else 'ideal'} record"
    for key in actual.keys() & ideal.keys():
        here, there = actual[key], ideal[key]
        is_late = here.get("id") in jumped
        for column in here.keys() - BY_ARRIVAL:
            if not _same(column, here[column], there[column], is_late) and not _is_open(name, key, column, unsure):
                yield f"{name} {key}: {column} is {here[column]!r} and not {there[column]!r}"


def _same(column, here, there, is_late):
    if column in SAYS and here and there:
        return here.split()[1] == there.split()[1]
    if column in MOMENTS and here and there:
        return is_late or abs(_seconds(here) - _seconds(there)) <= NEAR
    if column == "second" and here is not None:
        return is_late or abs(here - there) <= NEAR
    return here == there


def _is_open(name, key, column, unsure):
    things = {"reflection": [f"reflection {key}"], "noticing": [f"stand {key}", f"tags {key}"]}.get(name, [])
    return any(thing in unsure and column in DECIDED[thing.split()[0]] for thing in things)


def _seconds(moment):
    return clock.read_moment(moment).timestamp()
