"""What each row of a participants sheet means: which school, which person, what will happen, what needs a hand."""

import re
from difflib import SequenceMatcher

from workgroup import clock
from workgroup.fields import read_email
from workgroup.groups import queries
from workgroup.people import queries as people
from workgroup.schools import queries as schools

CLOSE = 0.72  # how alike two squeezed names are to be offered as one


def matched(db, group, rows):
    """Return the rows with `school_id`, `candidates` (id, words), `says` (sentences) and `trouble` (must be mended).

    Nothing is written; the same rows can be matched again after they were corrected.
    """
    by_name = {_squeeze(r["school"]): r["urn"] for r in rows if r["urn"]}
    there = {s["school"]: s for s in queries.schools(db, group)}
    seen, found = {}, []
    for row in rows:
        row = {"leave_out": False, **row, "says": [], "trouble": {}}
        _match_school(db, row, by_name, there)
        _match_person(db, row, group, seen)
        found.append(row)
    return found


def _match_school(db, row, by_name, there):
    school = schools.school(db, row["school_id"]) if row.get("school_id") else None
    urn = row["urn"] or by_name.get(_squeeze(row["school"]), "")
    if school is None and urn:
        school = schools.by_urn(db, urn)
        if school and not row["urn"]:
            row["says"].append("The URN is missing; it is taken from another row of the same school.")
        if school is None:
            row["says"].append(f"No school has URN {urn}.")
    near = schools.near_name(db, row["school"])
    if school is None:
        alike = [s for s in near if _alike(s["name"], row["school"]) >= CLOSE]
        school = alike[0] if alike and not urn else None
    row["candidates"] = _candidates(school, near, there.values())
    row["school_id"] = school["id"] if school else ""
    if school is None:
        row["trouble"]["school"] = "Choose the school."
        return
    row["school_name"] = school["name"]
    if row["school"] and _squeeze(row["school"]) != _squeeze(school["name"]):
        row["says"].append(f"“{row['school']}” is {school['name']} in the register.")
    if school["status"] and school["status"] != "Open":
        row["says"].append(f"The register says: {school['status']}.")
    if school["id"] not in there:
        row["says"].append("The school is registered with the group.")


def _match_person(db, row, group, seen):
    if not row["name"]:
        row["trouble"]["name"] = "Enter a name."
    if row["email"]:
        try:
            row["email"] = read_email(row["email"])
        except ValueError:
            row["trouble"]["email"] = "This is no e-mail address. Correct it, or clear it to add them without."
    else:
        row["says"].append("No e-mail: added without an invitation.")
    if "email" in row["trouble"] or row["leave_out"]:
        return
    key = row["email"] or (row["name"].casefold(), row["school_id"])
    if key in seen:
        row["says"].append(f"The same person as in row {seen[key]}: added once.")
        row["is_twice"] = True
        return
    seen[key] = row["line"]
    known = people.by_email(db, row["email"]) if row["email"] else _namesake(db, group, row)
    if known and queries.membership_of(db, known["id"], group, clock.today()):
        row["says"].append("In this Work Group already: nothing changes.")
        row["is_twice"] = True
    elif known:
        row["says"].append(f"Known to the hub as {known['name']}; joins this group too.")
    else:
        row["says"].append("New." if not row["email"] else "New, and invited.")


def _namesake(db, group, row):
    """Return the person of the same name and school in the group, who has no e-mail either, or None."""
    of_group = queries.people(db, group, on=clock.today())
    same = (p for p in of_group if p["school"] == row["school_id"] and p["name"].casefold() == row["name"].casefold())
    return next((p for p in same if not p["email"]), None)


def ready(rows):
    """Return the rows to import, as groups.import_participants takes them."""
    return [
        {"school": r["school_id"], "name": r["name"], "email": r["email"] or None, "title": r["title"] or None}
        for r in rows if not r["leave_out"] and not r.get("is_twice")
    ]  # fmt: skip


def troubles(rows):
    """Return the rows that need a hand before anything can be saved."""
    return [r for r in rows if r["trouble"] and not r["leave_out"]]


def _candidates(school, near, of_group):
    found = {s["id"]: s["name"] for s in ([school] if school else []) + near}
    found.update({s["school"]: s["name"] for s in of_group})
    return list(found.items())


def _squeeze(name):
    return re.sub(r"[^a-z0-9]", "", (name or "").casefold())


def _alike(one, other):
    """Tell how alike two school names are, from 0 to 1; the words that every school has do not count."""

    def bare(name):
        return _squeeze(re.sub(r"\b(primary|junior|infants?|school|academy|the|cofe|c of e)\b", "", name, flags=re.I))

    a, b = bare(one), bare(other)
    return 1.0 if a and a == b else SequenceMatcher(None, a, b).ratio()
