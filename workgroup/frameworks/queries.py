"""Reading frameworks: which version a Work Group uses, the versions before it, and the draft that is worked on.

A line is the versions of one strand, or of all strands (`strand` is None). A Work Group uses the newest version of its
strand's line that is meant for its year, else of the line for all strands. Nothing here is private but drafts, which
the right beside a page keeps for the hub.
"""

import re

from workgroup import clock, store

_FRAMEWORK = (
    "select f.*, p.name as by_name, u.name as used_by_name from framework f left join person p on p.id = f.by"
    " left join person u on u.id = f.used_by"
)
_PART = (
    "select x.*, coalesce(x.thread, x.id) as thread_or_id from {} x where x.framework = ?"
    " order by x.position, x.rowid"
)
_GROUPS = (
    "select g.id, g.title, g.strand, g.academic_year, (select count(*) from school_in_group i where"
    " i.work_group = g.id and coalesce((select e.state from engagement e where e.school_in_group = i.id"
    " and e.since_on <= ? order by e.since_on desc, e.rowid desc limit 1), '') <> 'withdrawn') as schools"
    " from work_group g order by g.academic_year desc, g.title"
)
# what a hub begins with comes first, whatever day that says: nobody put it to use
_OLDEST = "f.by is not null, coalesce(f.used_at, f.made_at), f.version, f.id"
TABLES = {"aspects": "aspect", "steps": "step"}


def key(words):
    """Return what makes two names the same: letters and digits, whatever their case and signs."""
    return re.sub(r"[\W_]+", " ", (words or "").casefold()).strip()


def in_use(db, group=None):
    """Return the framework that a Work Group uses, with its parts; without one, that of this year for all strands."""
    found = group and store.row(db, "select strand, academic_year from work_group where id = ?", (group,))
    return whole(db, _used_by(_standing(db), found or None)["id"])


def whole(db, id):
    """Return a framework with its `aspects` and `steps` in order, and those `out`, taken out of a draft; or None."""
    found = bare(db, id)
    if found is None:
        return None
    found["out"] = {}
    for name, table in TABLES.items():
        rows = [{**r, "thread": r.pop("thread_or_id")} for r in store.rows(db, _PART.format(table), (id,))]
        found[name] = [r for r in rows if not r["withdrawn_at"]]
        found["out"][name] = [r for r in rows if r["withdrawn_at"]]
    return found


def bare(db, id):
    """Return a framework without its parts, or None."""
    return store.row(db, f"{_FRAMEWORK} where f.id = ?", (id,))


def aspect(db, id):
    """Return an aspect, or None."""
    return store.row(db, "select *, coalesce(thread, id) as thread from aspect where id = ?", (id,))


def step(db, id):
    """Return a step, or None."""
    return store.row(db, "select *, coalesce(thread, id) as thread from step where id = ?", (id,))


def in_line(db, strand, state=None, also_withdrawn=False):
    """Return the frameworks of a strand's line, newest first: every one, or those of a state."""
    rows = store.rows(
        db,
        f"{_FRAMEWORK} where (? is null or f.state = ?) and (f.withdrawn_at is null or ?)"
        " order by f.version desc, f.made_at desc",
        (state, state, also_withdrawn),
    )
    return [r for r in rows if key(r["strand"]) == key(strand)]


def lines(db):
    """Return every line, all strands' first: `strand`, its `draft` if there is one, its `versions` newest first.

    Each version has `is_used`: whether Work Groups may still come to use it.
    """
    found = {"": {"strand": None, "draft": None, "away": [], "versions": []}}
    for f in store.rows(db, f"{_FRAMEWORK} order by f.strand is not null, f.strand, f.version desc, f.made_at desc"):
        line = found.setdefault(key(f["strand"]), {"strand": f["strand"], "draft": None, "away": [], "versions": []})
        if f["state"] == "used":
            line["versions"].append({**f, "is_used": not f["ended_at"]})
        elif f["withdrawn_at"]:
            line["away"].append(f)
        else:
            line["draft"] = f
    return list(found.values())


def before(db, framework):
    """Return the version that a framework is compared with, with its parts: what its line uses, else all strands'.

    Of one that was put to use, the one it was begun from; None where it is the first.
    """
    if framework["state"] == "used":
        return framework["after"] and whole(db, framework["after"])
    used = [f for f in in_line(db, framework["strand"], "used") if not f["ended_at"]]
    used = used or [f for f in in_line(db, None, "used") if not f["ended_at"]]
    return whole(db, used[0]["id"])


def users(db, framework):
    """Return the Work Groups that use a version, newest year first, each with how many `schools` are in it."""
    standing = _standing(db)
    return [g for g in _groups(db) if _used_by(standing, g)["id"] == framework["id"]]


def would_use(db, draft, when):
    """Return the Work Groups that would use a draft if it were put to use, from now on or from next year on."""
    used = {**draft, "from_year": next_year() if when == "next" else None, "version": 1_000_000}
    standing = [used, *_standing(db)]
    return [g for g in _groups(db) if _used_by(standing, g)["id"] == draft["id"]]


def next_year():
    """Return the academic year after today's."""
    first = int(clock.first_day_of(clock.academic_year(clock.today()))[:4]) + 1
    return clock.academic_year(f"{first}-09-01")


def reviewed(db, id):
    """Return how many reviews were noted with a version, those that were taken away too."""
    # counted here, where no review may be read: a version that was reviewed with stays as it is
    return store.value(
        db, "select count(*) from review r join aspect a on a.id = r.aspect where a.framework = ?", (id,)
    )  # fmt: skip


def known(db, table):
    """Return by key the threads that parts of that name have had in versions put to use, the oldest first.

    With each thread the number of the version: `{key: {thread: version}}`.
    """
    found = {}
    for row in store.rows(
        db,
        f"select x.name, coalesce(x.thread, x.id) as thread, f.version from {table} x"
        " join framework f on f.id = x.framework where f.state = 'used' and x.withdrawn_at is null"
        f" order by {_OLDEST}, x.position",
    ):
        found.setdefault(key(row["name"]), {}).setdefault(row["thread"], row["version"])
    return found


def every_aspect(db):
    """Return each aspect that was ever put to use, the oldest first: its `thread` and the `names` it has had."""
    found = {}
    for row in store.rows(
        db,
        "select x.name, coalesce(x.thread, x.id) as thread from aspect x join framework f on f.id = x.framework"
        f" where f.state = 'used' and x.withdrawn_at is null order by {_OLDEST}, x.position",
    ):
        names = found.setdefault(row["thread"], [])
        if row["name"] not in names:
            names.append(row["name"])
    return [{"thread": thread, "names": names} for thread, names in found.items()]


def _groups(db):
    return store.rows(db, _GROUPS, (clock.today(),))


def _standing(db):
    return store.rows(db, "select * from framework where state = 'used' and ended_at is null order by version desc")


def _used_by(standing, group):
    """Return which of the versions in use a Work Group uses: its strand's line first, then the one for all."""
    year = group["academic_year"] if group else clock.academic_year(clock.today())
    fit = [f for f in standing if not f["from_year"] or year >= f["from_year"]]
    own = [f for f in fit if group and f["strand"] and key(f["strand"]) == key(group["strand"])]
    return (own or [f for f in fit if not f["strand"]])[0]
