"""Tables of who gets what, kept as text in tests/data: a line a thing, a column a kind of person."""

from pathlib import Path

DATA = Path(__file__).parent.parent / "data"


def write(answers, heads, wide=62):
    """Return a table as lines of text: `answers` is {line: {column: word}}, `heads` {column: its head}."""
    width = max(3, *(len(h) for h in heads.values())) + 1
    first = " " * wide + "".join(f"{head:<{width}}" for head in heads.values())
    lines = [f"{line:<{wide}}" + "".join(f"{row[c]:<{width}}" for c in heads) for line, row in answers.items()]
    return [line.rstrip() for line in (first, *lines)]


def as_few(answers):
    """Return answers with one line where it is the same of every thing: `/lessons/<id> GET (live)` is told apart."""
    by_route = {}
    for line, row in answers.items():
        route, _, thing = line.partition(" (")
        by_route.setdefault((route, thing.partition(")")[2]), []).append((line, row))
    found = {}
    for (route, rest), several in by_route.items():
        if len(several) > 1 and all(row == several[0][1] for _, row in several):
            found[route + rest] = several[0][1]
        else:
            found |= dict(several)
    return found


def compare(name, lines):
    """Raise AssertionError where a table is not as it is written down, with the lines as they would be."""
    file = DATA / name
    known = [line for line in file.read_text().splitlines() if line and not line.startswith("#")]
    new = [line for line in lines if line not in set(known)]
    gone = [line for line in known if line not in set(lines)]
    told = "\n".join(["", f"{name} says otherwise. As it is:", *new, "As it is written:", *gone])
    assert not new and not gone, told
