"""Which small groups are not told apart in an anonymous file, so that no total and no other file gives them back. Pure.

A group below FEW is hidden. Hidden ones stand together, so whoever knows the total knows what they come to: so there
are never fewer than two of them, nor do they come to fewer than FEW; the next smallest group is hidden with them.
"""

from collections import defaultdict
from itertools import groupby

FEW = 5
NOT_SHOWN = "not shown"


def hidden(groups):
    """Return which keys of `{key: set of members}` are not shown."""
    small_first = sorted(groups, key=lambda key: (len(groups[key]), str(key)))
    away = [key for key in small_first if len(groups[key]) < FEW]
    rest = small_first[len(away) :]
    while away and rest and (len(away) < 2 or len(set().union(*(groups[key] for key in away))) < FEW):
        away.append(rest.pop(0))
    return set(away)


def hidden_counts(counts):
    """Return which keys of `{key: count}` are not shown: the same for counts of things that are not shared."""
    return hidden({key: {(key, number) for number in range(count)} for key, count in counts.items()})


def shown(rows, members, keys):
    """Return for each row the values of its `keys` as they are shown, a value being told only among enough members.

    `rows` are dicts, `members` gives of each row the set of those it tells of, and of `keys` the first is kept most:
    each next one is told within what stands before it. Values that are not told stand together as NOT_SHOWN.
    """
    told = [{} for _ in rows]
    _tell(rows, members, keys, list(range(len(rows))), told)
    return told


def breaks_up(asked, rows, members, keys):
    """Tell whether a file of the `asked` places of all rows takes apart what must stay together.

    Rows are whole blocks, such as a Work Group; `keys` are those by which files are narrowed, the last tells a block.
    Blocks of few schools stand together with others, as `shown` has them: as long as every file has all or nothing of
    such a whole, whatever is worked out from several files, one taken from another, is of five schools or more.
    """
    return any(some & asked and some - asked for some in wholes(rows, members, keys))


def wholes(rows, members, keys):
    """Return the sets of places of rows that stand together: what every file has all of or nothing of."""
    found = defaultdict(set)
    for place, said in enumerate(shown(rows, members, keys)):
        found[tuple(said.values())].add(place)
    return list(found.values())


def told_from(came):
    """Return from which day on each is told: `{key: day}` of `{key: (day, school)}`, all of one whole.

    Whoever comes waits until five schools have come, and they are told together: so files of any two days differ by
    five schools or more, or by none. Those that still wait have no day.
    """
    found, waiting, schools = {}, [], set()
    for day, some in groupby(sorted(came, key=lambda key: came[key][0]), lambda key: came[key][0]):
        for key in some:
            waiting.append(key)
            schools.add(came[key][1])
        if len(schools) >= FEW:
            found.update(dict.fromkeys(waiting, day))
            waiting, schools = [], set()
    return found


def _tell(rows, members, keys, some, told):
    if not keys or not some:
        return
    first, *rest = keys
    groups, places = defaultdict(set), defaultdict(list)
    for place in some:
        groups[rows[place][first]] |= members[place]
    away = hidden(groups)
    for place in some:
        value = rows[place][first]
        told[place][first] = NOT_SHOWN if value in away else value
        places[told[place][first]].append(place)
    for together in places.values():
        _tell(rows, members, rest, together, told)
