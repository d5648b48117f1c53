"""Small groups cannot be worked out: of every file that could be, several records could have made it."""

import random
from itertools import product

import pytest

from workgroup.hub.suppressing import FEW, NOT_SHOWN, breaks_up, hidden, hidden_counts, shown, told_from


def told(counts):
    """Return what a reader sees of counts with a known total: which are shown, and what the hidden come to."""
    away = hidden_counts(counts)
    seen = tuple((key, None if key in away else number) for key, number in sorted(counts.items()))
    return seen, sum(counts[key] for key in away)


def could_be(counts):
    """Return every record that would have made the same file, by the very rule, which the reader knows."""
    away = sorted(hidden_counts(counts))
    rest = sum(counts[key] for key in away)
    for some in product(range(rest + 1), repeat=len(away) - 1):
        if sum(some) <= rest:
            other = {**counts, **dict(zip(away, (*some, rest - sum(some)), strict=True))}
            if told(other) == told(counts):
                yield other


@pytest.mark.parametrize("seed", range(5))
def test_no_suppressed_count_can_be_worked_out_from_the_total(seed):
    chance = random.Random(seed)
    for _ in range(30):
        counts = {key: chance.choice((0, 1, 2, 3, 4, 5, 5, 6, 7, 9)) for key in "abcd"[: chance.randint(2, 4)]}
        away = hidden_counts(counts)
        assert all(counts[key] >= FEW for key in counts if key not in away) and len(away) != 1
        if not sum(counts[key] for key in away):
            continue  # nothing is away, or there is nobody
        others = list(could_be(counts))
        assert [key for key in away if len({other[key] for other in others}) == 1] == [], counts


def rows_of(chance):
    """Return invented rows, and the school of each."""
    many = chance.randint(5, 40)
    rows = [
        {"year": chance.choice(("2025/26", "2026/27")), "strand": chance.choice("PPPPSE"),
         "state": chance.choices(("registered", "active", "completed", "withdrawn"), (3, 9, 4, 1))[0]}
        for _ in range(many)
    ]  # fmt: skip
    return rows, [{chance.randint(1, many)} for _ in rows]


@pytest.mark.parametrize("seed", range(10))
def test_whatever_is_shown_together_is_of_five_schools_or_more(seed):
    chance = random.Random(seed)
    rows, members = rows_of(chance)
    while len(set().union(*members)) < FEW:
        rows, members = rows_of(chance)
    keys = ("year", "strand", "state")
    made = shown(rows, members, keys)
    for depth in range(1, len(keys) + 1):
        together = {}
        for one, row, of in zip(made, rows, members, strict=True):
            assert all(one[k] in (row[k], NOT_SHOWN) for k in keys)
            place = tuple(one[k] for k in keys[:depth])
            together.setdefault(place, (set(), set()))
            together[place][0].update(of)
            together[place][1].add(row[keys[depth - 1]])
        for place, (schools, values) in together.items():
            assert len(schools) >= FEW, (place, made)
            # what is not shown is more than one value, unless all of it is one value that is known to be all there is
            assert place[-1] != NOT_SHOWN or len(values) > 1


def test_enough_of_each_hides_nothing_and_one_small_one_hides_the_next():
    assert hidden_counts({"a": 5, "b": 9}) == set()
    assert hidden_counts({"a": 1, "b": 6, "c": 9}) == {"a", "b"}
    assert hidden_counts({"a": 1, "b": 2, "c": 9}) == {"a", "b", "c"}
    assert hidden_counts({"a": 2, "b": 3, "c": 9}) == {"a", "b"}
    assert hidden({"a": {1, 2, 3, 4, 5}, "b": {1}}) == {"a", "b"} and hidden({}) == set()


def a_hub_of_blocks(chance):
    """Return invented Work Groups of two years with their schools, some of them in two, and who leads which."""
    rows = [{"year": chance.choice(("2025/26", "2026/27")), "half_term": None, "work_group": n, "leader":
             chance.choice("ABC")} for n in range(chance.randint(1, 7))]  # fmt: skip
    members = [{chance.randint(1, 40) for _ in range(chance.choice((1, 2, 3, 4, 6, 7, 9)))} for _ in rows]
    return rows, members


@pytest.mark.parametrize("seed", range(6))
def test_no_file_taken_from_others_leaves_fewer_than_five_schools(seed):
    chance, keys = random.Random(seed), ("year", "half_term", "work_group")
    made_some = refused_some = 0
    for _ in range(40):
        rows, members = a_hub_of_blocks(chance)
        if len(set().union(*members)) < FEW:
            continue
        asks = [lambda r: True, *(lambda r, y=y: r["year"] == y for y in ("2025/26", "2026/27"))]
        asks += [lambda r, n=n: r["work_group"] == n for n in range(len(rows))]
        asks += [lambda r, x=x: r["leader"] == x for x in "ABC"]
        files = [frozenset(n for n, row in enumerate(rows) if ask(row)) for ask in asks]
        assert not breaks_up(files[0], rows, members, keys), "all of it is always made"
        made = [file for file in files if file and not breaks_up(file, rows, members, keys)]
        made_some, refused_some = made_some + len(made) - 1, refused_some + len(files) - len(made)
        # whatever is worked out from them is made of what no file tells apart
        apart = {}
        for n, of in enumerate(members):
            apart.setdefault(tuple(n in file for file in made), set()).update(of)
        assert min(len(schools) for schools in apart.values()) >= FEW, (rows, members)
    assert made_some and refused_some


def test_files_of_any_two_days_differ_by_five_schools_or_by_none():
    chance = random.Random(7)
    for _ in range(200):
        came = {key: (chance.randint(1, 6), chance.randint(1, 25)) for key in range(chance.randint(0, 30))}
        told = told_from(came)
        assert all(told[key] >= came[key][0] for key in told), "nobody is told before they came"
        for day in range(1, 7):
            new = {came[key][1] for key, since in told.items() if since == day}
            assert not new or len(new) >= FEW
        assert len({came[key][1] for key in came if key not in told}) < FEW, "and no more than four wait"
