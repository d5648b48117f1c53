"""`python -m benchmarks.profiles`: where a page's time goes, as text, into benchmarks/profiles/.

Each page of P2, P3 and the hub on a hub of ten years: its statements by time and how often each was asked, and the
functions that take most. Times are this thread's processor time; with the profiler on, everything is slower.
"""

import cProfile
import io
import pstats
import re
import tempfile
import time
from collections import Counter
from pathlib import Path

import click

from benchmarks import p3_pages
from workgroup import places, store

TIMES, FUNCTIONS, STATEMENTS = 20, 15, 8
HUB = {
    "the hub": "/hub", "the hub’s overview": "/hub/overview", "exports": "/hub/exports",
    "a school": "/schools/{school}", "search": "/search?q=bar",
}  # fmt: skip
OUT = Path(__file__).parent / "profiles"


@click.command()
@click.option("--groups", default=p3_pages.GROUPS, show_default=True)
@click.option("--years", default=p3_pages.YEARS, show_default=True)
def main(groups, years):
    """Write the profile of each page."""
    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        hub = p3_pages.a_hub(Path(place) / "hub.sqlite", groups, years)
        hub.clients["hub lead"] = p3_pages._client(hub.app, hub.db, store.value(hub.db, "select person from hub_role"))
        pages = (("leader", p3_pages.LEADER), ("teacher", p3_pages.TEACHER), ("hub lead", HUB))
        for role, found in pages:
            told = [f"Pages of a {role}: {groups} Work Groups, {years} years. Processor time, mean of {TIMES}."]
            told += [_profile(hub, role, what, path.format(**hub.ids)) for what, path in found.items()]
            (OUT / f"{role.replace(' ', '_')}.txt").write_text("\n\n".join(told) + "\n")
        hub.db.conn.close()


def _profile(hub, role, what, path):
    client = hub.clients[role]
    p3_pages.took(lambda: client.get(path))
    took = sum(p3_pages.took(lambda: client.get(path)) for _ in range(TIMES)) / TIMES
    statements = _statements(client, path)
    with cProfile.Profile() as profile:
        for _ in range(TIMES):
            client.get(path)
    out = io.StringIO()
    pstats.Stats(profile, stream=out).sort_stats("tottime").print_stats(FUNCTIONS)
    functions = [re.sub(r"\S*/(site-packages|lib/python[\d.]+)/", "", line).replace(f"{places.PACKAGE.parent}/", "")
                 for line in out.getvalue().splitlines() if re.match(r"\s+[\d/]+\s+\d", line)]  # fmt: skip
    return "\n".join([f"== {what}: {took * 1000:.1f} ms", *statements, *functions])


def _statements(client, path):
    """Return how often each statement is asked by a page and what it takes, those that take most first."""
    took, many, asked = Counter(), Counter(), {name: getattr(store, name) for name in ("rows", "row", "value")}

    def timed(ask):
        def asked_and_timed(db, sql, values=()):
            at = time.thread_time()
            found = ask(db, sql, values)
            words = re.sub(r"\s+", " ", re.sub(r"\?(, \?)+", "?", sql)).strip()[:110]
            took[words] += time.thread_time() - at
            many[words] += 1
            return found

        return asked_and_timed

    for name, ask in asked.items():
        setattr(store, name, timed(ask))
    client.get(path)
    for name, ask in asked.items():
        setattr(store, name, ask)
    first = f"   {sum(many.values())} statements, {sum(took.values()) * 1000:.1f} ms of it"
    return [first, *(f"   {t * 1000:7.2f} ms {many[words]:4} × {words}" for words, t in took.most_common(STATEMENTS))]


if __name__ == "__main__":
    main()
