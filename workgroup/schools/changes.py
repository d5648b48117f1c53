"""Changes to schools."""

from workgroup import clock, door, store
from workgroup.door import Refused, Stale, change
from workgroup.fields import rows_of
from workgroup.people.rights import runs_hub
from workgroup.schools import forms, own_list, queries, rights

SCHOOL = ("name", "phase", "la", "type", "trust", "street", "town", "postcode")
HOST = ("entrance", "room", "parking", "wifi", "photos", "photo_rule", "device_rule", "late_contact")


@change("schools.add_by_hand", forms.SchoolForm, rights.adds)
def add_by_hand(db, entry, said):
    """Add a school that is not in the register as it was imported."""
    there = queries.by_urn(db, said["urn"])
    if there:
        raise Refused(f"{there['name']} has this URN already.", "urn")
    store.put(
        db, "school", id=entry.id, urn=said["urn"], status="Open", by_hand=1, **{name: said[name] for name in SCHOOL}
    )
    return entry.id


@change("schools.edit_by_hand", forms.EditSchoolForm, rights.edits, meets="stale")
def edit_by_hand(db, entry, said):
    """Change a school that was entered by hand; the register's schools follow the register."""
    was = queries.school(db, said["school"])
    if was is None or not was["by_hand"]:
        raise Refused("This school follows the national register and is changed there.")
    if str(was["version"]) != said["seen"]:
        raise Stale(was)
    there = queries.by_urn(db, said["urn"])
    if there and there["id"] != was["id"]:
        raise Refused(f"{there['name']} has this URN already.", "urn")
    entry.was = was
    columns = {name: said[name] for name in SCHOOL}
    store.alter(db, "school", was["id"], urn=said["urn"], version=was["version"] + 1, **columns)
    return was["id"]


@change("schools.set_host_facts", forms.HostForm, rights.near, meets="stale")
def set_host_facts(db, entry, said):
    """Write down what a guest must know."""
    if queries.school(db, said["school"]) is None:
        raise Refused("There is no such school.")
    was = queries.host_facts(db, said["school"])
    if (said["seen"] or "0") != str(was["version"] if was else 0):
        raise Stale(was or {"version": 0, **dict.fromkeys(HOST)})
    entry.was = was
    columns = {name: said[name] for name in HOST}
    db.conn.execute("delete from host_facts where school = ?", (said["school"],))
    store.put(db, "host_facts", school=said["school"], version=(was["version"] if was else 0) + 1, **columns)
    return said["school"]


@change("schools.add_contact", forms.ContactForm, rights.near)
def add_contact(db, entry, said):
    """Add somebody at a school, by hand."""
    if queries.school(db, said["school"]) is None:
        raise Refused("There is no such school.")
    store.put(
        db, "school_contact", id=entry.id, school=said["school"], role=said["role"], name=said["name"],
        email=said["email"], phone=said["phone"],
    )  # fmt: skip
    return said["school"]


@change("schools.end_contact", forms.ContactPickForm, rights.near)
def end_contact(db, entry, said):
    """Say that somebody is no longer at the school."""
    was = queries.contact(db, said["contact"])
    if was is None:
        raise Refused("There is no such contact.")
    store.alter(db, "school_contact", was["id"], ended_on=was["ended_on"] or clock.day_of(entry.at))
    return was["school"]


@change("schools.restore_contact", forms.ContactPickForm, rights.near)
def restore_contact(db, entry, said):
    """Say that somebody is still at the school after all."""
    was = queries.contact(db, said["contact"])
    if was is None or was["ended_on"] is None:
        raise Refused("This contact stands already.")
    store.alter(db, "school_contact", was["id"], ended_on=None)
    return was["school"]


@change("schools.import_register", forms.ImportForm, runs_hub)
def import_register(db, entry, said):
    """Note that the register was imported; the rows went in before, in short transactions."""
    return said["digest"] or said["file"]


@change("schools.import_list", forms.ImportListForm, runs_hub)
def import_list(db, entry, said):
    """Bring the schools of a hub’s own list in, all of them or none; what the register knows stays as it says."""
    rows = own_list.looked_at(db, _read(said["rows"]))
    for row in rows:
        if row["becomes"] == "refused":
            raise Refused(f"URN {row.get('urn')}: {row['why']}", "rows")
        fields = {name: row.get(name) for name in ("urn", *SCHOOL)}
        if row["becomes"] == "added":
            door.within(db, entry, "schools.add_by_hand", fields)
        elif row["becomes"] == "changed":
            was = queries.by_urn(db, row["urn"])
            fields = {name: fields[name] or was[name] for name in fields}
            door.within(db, entry, "schools.edit_by_hand", {**fields, "school": was["id"], "seen": str(was["version"])})
    return entry.id


def _read(text):
    rows = rows_of(text, own_list.MOST_ROWS)
    if not rows:
        raise Refused("There is no school to bring in.", "rows")
    known = {*own_list.COLUMNS, "line"}
    for row in rows:
        plain = isinstance(row, dict) and set(row) <= known and all(isinstance(v, str | int) for v in row.values())
        if not plain or "urn" not in row:
            raise Refused("These rows cannot be read.", "rows")
    return [{"line": 0, **{k: str(v) for k, v in row.items()}} for row in rows]


def addressee(db, school, said):
    """Return name and address of whom a school is written to: what was typed, or else the contact that was chosen."""
    if said["email"]:
        if not said["name"]:
            raise Refused("Enter the name of whoever reads this address.", "name")
        return said["name"], said["email"]
    contact = next((c for c in queries.contacts(db, school) if c["id"] == said["contact"]), None)
    if contact is None or not contact["email"]:
        raise Refused("Choose somebody at the school who has an e-mail, or enter an address.", "contact")
    return contact["name"], contact["email"]
