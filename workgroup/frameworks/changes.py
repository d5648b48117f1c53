"""Changes to frameworks: a draft is begun from a version, written, and put to use as the next one.

A version that was put to use never changes, so that what was reviewed with it keeps its words. An aspect or a step that
is carried over keeps its thread, whatever its words become; one that comes back by its name has the thread it had.
"""

from workgroup import store
from workgroup.door import Refused, Stale, change
from workgroup.frameworks import comparing, forms, naming, queries
from workgroup.frameworks.queries import key
from workgroup.people.post import new_id
from workgroup.people.rights import runs_hub
from workgroup.withdrawing import bring_back, take_away

NAME = "Where we are"
STAYS = "This version was put to use and stays as it is. Begin a draft to change it."
ANOTHER = "There is a draft already. Go on with it, or take it away first."
NOT_HERE = "There is no such framework."


@change("frameworks.begin", forms.BeginForm, runs_hub)
def begin(db, entry, said):
    """Begin a draft from a version: of its own line, or the first of a strand."""
    source = queries.whole(db, said["framework"])
    if source is None or source["state"] != "used":
        raise Refused("Begin from a version that was put to use.")
    strand = said["strand"] or source["strand"]
    if said["strand"]:
        if not key(strand):
            raise Refused("Enter a strand in words.", "strand")
        line = queries.in_line(db, strand)
        strand = line[0]["strand"] if line else strand
    if any(f["state"] == "draft" for f in queries.in_line(db, strand)):
        raise Refused(ANOTHER, "strand" if said["strand"] else "")
    name = f"{NAME}, {strand}" if strand else NAME
    store.put(
        db, "framework", id=entry.id, name=name, strand=strand, version=_no_number(db, name), made_at=entry.at,
        state="draft", after=source["id"], by=entry.by,
    )  # fmt: skip
    for rows, table in queries.TABLES.items():
        for position, part in enumerate(source[rows], 1):
            columns = {n: part[n] for n in ("name", "about", "thread", "outcome") if n in part}
            store.put(db, table, id=new_id(), framework=entry.id, position=position, **columns)
    return entry.id


@change("frameworks.save", forms.SaveForm, runs_hub, meets="stale")
def save(db, entry, said):
    """Write a draft down: its aspects and steps in their order, in their words, and which are taken out."""
    was = _draft(db, said)
    if said["seen"] != str(was["edits"]):
        raise Stale(was)
    for rows in queries.TABLES:
        _write(db, entry, was, rows, naming.read(db, was, rows, said[rows]))
    store.alter(db, "framework", was["id"], edits=was["edits"] + 1)
    return was["id"]


@change("frameworks.withdraw", forms.FrameworkForm, runs_hub)
def withdraw(db, entry, said):
    """Take a draft away."""
    was = queries.bare(db, said["framework"])
    if was is None:
        raise Refused(NOT_HERE)
    if was["state"] != "draft":
        raise Refused(STAYS)
    take_away(db, entry, "framework", was)
    return was["id"]


@change("frameworks.restore", forms.FrameworkForm, runs_hub)
def restore(db, entry, said):
    """Bring a draft back, where no other has been begun."""
    was = queries.bare(db, said["framework"])
    if was is None:
        raise Refused(NOT_HERE)
    if was["withdrawn_at"] and any(f["state"] == "draft" for f in queries.in_line(db, was["strand"])):
        raise Refused(ANOTHER)
    bring_back(db, entry, "framework", was)
    return was["id"]


@change("frameworks.use", forms.UseForm, runs_hub, meets="stale")
def use(db, entry, said):
    """Put a draft to use as the next version of its line, as it was read; those that it replaces end."""
    was = _draft(db, said)
    if said["seen"] != str(was["edits"]):
        raise Stale(was)
    _check_whole(was)
    before = queries.before(db, was)
    is_sooner = said["when"] == "all" and before["from_year"]  # the same words, but not only from next year on
    if not is_sooner and not comparing.compare(before, was):
        raise Refused("It says what the version in use says. Change something first, or take the draft away.")
    line = queries.in_line(db, was["strand"], "used")
    year = queries.next_year() if said["when"] == "next" else None
    for version in line:
        replaced = year is None or (version["from_year"] and version["from_year"] >= year)
        if not version["ended_at"] and replaced:
            store.alter(db, "framework", version["id"], ended_at=entry.at, replaced_by=was["id"])
    entry.was = {"version": was["version"]}
    store.alter(
        db, "framework", was["id"], state="used", version=max((v["version"] for v in line), default=0) + 1,
        from_year=year, used_at=entry.at, used_by=entry.by,
    )  # fmt: skip
    return was["id"]


@change("frameworks.take_back", forms.FrameworkForm, runs_hub)
def take_back(db, entry, said):
    """Make a version a draft again, while nobody has reviewed with it; those that it replaced are used again."""
    was = queries.bare(db, said["framework"])
    if was is None or was["state"] != "used" or not was["after"]:
        raise Refused("Only a version that was begun here can be taken back.")
    if queries.reviewed(db, was["id"]):
        raise Refused("Schools have been reviewed with it: it stays. Begin a draft from the one before, and use that.")
    if was["ended_at"]:
        raise Refused("It is not in use any more.")
    line = queries.in_line(db, was["strand"])
    if any(f["state"] == "draft" for f in line):
        raise Refused(ANOTHER)
    if any(f["state"] == "used" and f["version"] > was["version"] for f in line):
        raise Refused("Another version was put to use since.")
    entry.was = {n: was[n] for n in ("version", "from_year", "used_at")}
    db.conn.execute("update framework set ended_at = null, replaced_by = null where replaced_by = ?", (was["id"],))
    store.alter(
        db, "framework", was["id"], state="draft", version=_no_number(db, was["name"]), from_year=None, used_at=None,
        used_by=None,
    )  # fmt: skip
    return was["id"]


@change("frameworks.end", forms.FrameworkForm, runs_hub)
def end(db, entry, said):
    """Let a strand go back to what all strands use, from now on."""
    was = queries.bare(db, said["framework"])
    if was is None or not was["strand"]:
        raise Refused("Only a strand’s own framework can end.")
    standing = [f for f in queries.in_line(db, was["strand"], "used") if not f["ended_at"]]
    if not standing:
        raise Refused("This strand uses what all strands use already.")
    entry.was = [f["id"] for f in standing]
    for version in standing:
        store.alter(db, "framework", version["id"], ended_at=entry.at)
    return was["id"]


def _draft(db, said):
    found = queries.whole(db, said["framework"])
    if found is None:
        raise Refused(NOT_HERE)
    if found["state"] != "draft":
        raise Refused(STAYS)
    if found["withdrawn_at"]:
        raise Refused("This draft was taken away. Bring it back first.")
    return found


def _no_number(db, name):
    """Return what stands for the number of a draft: 0 or less, and no two the same."""
    return min(0, store.value(db, "select coalesce(min(version), 1) from framework where name = ?", (name,)) - 1)


def _check_whole(draft):
    if not draft["aspects"]:
        raise Refused("Every aspect is taken out. Keep one at least.")
    if len(draft["steps"]) < 2:
        raise Refused("There is no way from one step alone. Keep two at least.")
    for aspect in draft["aspects"]:
        if not aspect["outcome"]:
            raise Refused(f"Say for “{aspect['name']}” under which of the four outcomes it is told.")


def _write(db, entry, draft, rows, kept):
    table = queries.TABLES[rows]
    for position, row in enumerate(kept, 1):
        columns = {"position": position, "name": row["name"], "about": row["about"] or None,
                   "withdrawn_at": (row.get("withdrawn_at") or entry.at) if row["out"] else None}  # fmt: skip
        if rows == "aspects":
            columns["outcome"] = row["outcome"]
        if row["id"]:
            store.alter(db, table, row["id"], **columns)
        else:
            id = new_id()
            store.put(db, table, id=id, framework=draft["id"], thread=row["thread"] or id, **columns)
