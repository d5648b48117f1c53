"""P3: the same pages on one year of one Work Group, and on ten years of a whole hub (`workgroup populate`).

Both files are made from the same seed, and the pages of both are asked for turn about in this process, without a
socket: a ratio is what the other Work Groups and years cost somebody who looks at their own. The leader and the
teachers of a Work Group are the same people every year, so the large file holds ten years of their own as well.
"""

import tempfile
import time
from pathlib import Path
from types import SimpleNamespace

from benchmarks import figures
from workgroup import clock, config, create_app, door, guard, store, web
from workgroup.people import post
from workgroup.years import filling

MUST = 1.3
GROUPS, YEARS, QUICK_GROUPS, QUICK_YEARS = 40, 10, 5, 3
ROUNDS, QUICK_ROUNDS = 41, 7
LEADER = {
    "Today": "/", "the Work Group": "/groups/{group}", "its calendar": "/groups/{group}/calendar",
    "a school": "/schools/{school}", "a session": "/sessions/{session}", "its register": "/sessions/{session}/run",
    "a lesson": "/lessons/{lesson}", "its timeline": "/lessons/{lesson}/timeline", "reflections": "/reflections",
}  # fmt: skip
TEACHER = {
    "Today": "/", "the Work Group": "/groups/{group}", "a lesson’s timeline": "/lessons/{lesson}/timeline",
    "their moments": "/lessons/{lesson}/mine", "reflections": "/reflections",
}  # fmt: skip


def measure(quick=False):
    """Return what each page costs on the large file against the small one."""
    with tempfile.TemporaryDirectory() as place:
        small = a_hub(Path(place) / "small.sqlite", 1, 1)
        large = a_hub(Path(place) / "large.sqlite", *((QUICK_GROUPS, QUICK_YEARS) if quick else (GROUPS, YEARS)))
        found = [
            compared(f"{what}, as {role}", path, small, large, role, QUICK_ROUNDS if quick else ROUNDS)
            for role, pages in (("leader", LEADER), ("teacher", TEACHER)) for what, path in pages.items()
        ]  # fmt: skip
        small.db.conn.close()
        large.db.conn.close()
        web.forget_connections()
    return found


def a_hub(path, groups, years):
    """Fill a hub and return its app, its first Work Group of this year, and clients of its leader and a teacher."""
    app = create_app(config.Config(database=path))
    db = store.connect(path)
    size = {"groups": str(groups), "years": str(years), "seed": "1"}
    door.submit(db, "years.populate", size, post.new_id(), None)
    filling.fill(db, filling.hub(db, 1, groups, years, clock.today()))
    _fill_ledger(db)
    year = clock.academic_year(clock.today())
    group = store.value(
        db, "select g.id from work_group g where g.academic_year = ? order by not exists (select 1 from session n"
        " join lesson l on l.session = n.id where n.work_group = g.id and l.shared_with is not null), g.rowid", (year,)
    )  # fmt: skip
    who = "select person from membership where work_group = ? and role = ? order by rowid limit 1"
    # a lesson that everybody may read, with as much in it as in any
    lesson, session = db.conn.execute(
        "select l.id, n.id from session n join lesson l on l.session = n.id where n.work_group = ? order by"
        " l.shared_with is null, (select count(*) from noticing v where v.lesson = l.id) desc limit 1", (group,)
    ).fetchone()  # fmt: skip
    ids = {
        "group": group, "session": session,
        "school": store.value(db, "select school from school_in_group where work_group = ?", (group,)),
        "lesson": lesson,
    }  # fmt: skip
    clients = {role: _client(app, db, store.value(db, who, (group, kind))) for role, kind in
               (("leader", "leader"), ("teacher", "participant"))}  # fmt: skip
    return SimpleNamespace(app=app, db=db, ids=ids, clients=clients)


def _fill_ledger(db):
    """Give the ledger a row for each moment, mark and reflection, as if they had come through the door.

    `populate` writes past it; its length is what pages are measured against, so the digests are not worked out.
    """
    columns = "id, kind, about, by, at, received, digest, prev"
    with store.writing(db):
        for kind, table in (("lessons.notice", "noticing"), ("sessions.mark", "register_mark"),
                            ("reflections.write", "reflection_words")):  # fmt: skip
            db.conn.execute(f"insert into ledger ({columns}) select '{kind} ' || id, '{kind}', id, by, at, at, '', ''"
                            f" from {table} order by at")  # fmt: skip


def _client(app, db, person):
    token = post.new_token()
    with store.writing(db):
        store.put(db, "tablet", id=post.new_id(), person=person, token_hash=guard.hash_of(token), shared=0,
                  signed_in_at=clock.now(), seen_at="2099-01-01T00:00:00.000Z")  # fmt: skip
        store.alter(db, "person", person, claimed_at=clock.now())
    client = app.test_client()
    client.set_cookie(guard.COOKIE, token)
    return client


def compared(what, path, small, large, role, rounds):
    """Return the figure of one page, asked for turn about in both hubs."""
    times = {id(hub): [_ask(hub, role, path) for _ in range(2)] and [] for hub in (small, large)}  # two to warm up
    for _ in range(rounds):
        for hub in (small, large):
            times[id(hub)].append(_ask(hub, role, path))
    return figures.against_floor("P3", what, times[id(large)], times[id(small)], MUST)


def _ask(hub, role, path):
    return took(lambda: hub.clients[role].get(path.format(**hub.ids)))


def took(ask):
    """Return the seconds of processor that an answer took; RuntimeError when it is none of a page.

    A page that is read waits for nothing but the processor; other work of the machine is not counted.
    """
    at = time.thread_time()
    answer = ask()
    seconds = time.thread_time() - at
    if answer.status_code != 200:
        raise RuntimeError(f"{answer.request.path} answers {answer.status_code}")
    return seconds
