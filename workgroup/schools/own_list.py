"""Reading a hub's own list of schools, CSV or XLSX, and what each row would come to. Nothing is written here."""

from werkzeug.datastructures import MultiDict

from workgroup import cells
from workgroup.cells import NotASheet
from workgroup.schools import forms, queries

MOST_ROWS = 2000
MOST_BYTES = 5 * 1024 * 1024
# our word → the words a heading may use, squeezed to letters
COLUMNS = {
    "urn": ("urn", "schoolurn"),
    "name": ("name", "school", "schoolname", "nameofschool", "establishmentname", "establishment"),
    "phase": ("phase", "phaseofeducation", "phaseofeducationname", "schoolphase"),
    "la": ("localauthority", "la", "laname"),
    "type": ("kindofschool", "type", "typeofschool", "typeofestablishmentname", "schooltype"),
    "trust": ("trust", "trustsname", "academytrust", "multiacademytrust"),
    "street": ("street", "address", "addressline"),
    "town": ("town", "city"),
    "postcode": ("postcode",),
}
HEADING = ("URN", "Name", "Phase", "Town", "Postcode", "Local authority", "Kind of school", "Trust", "Street")
EXAMPLE = ("900001", "Staithe Lane Primary School", "Primary", "Havermouth", "QX1 4TR", "Marram", "Community school",
           "", "Staithe Lane")  # fmt: skip
NOT_IT = (
    "This is no list of schools that can be read. Save it again as CSV or XLSX, with the columns URN, Name and Phase."
)


def read(content):
    """Return the rows of a list as dicts with `line` and our columns that it has; NotASheet when it is none."""
    if len(content) > MOST_BYTES:
        raise NotASheet("This list is larger than 5 MB. Only the national register may be larger.")
    found = cells.read(content, NOT_IT)
    header = cells.heading(found, COLUMNS, lambda places: places["urn"] is not None and places["name"] is not None)
    if header is None:
        raise NotASheet(_what_is_missing(found))
    index, places = header
    has = [name for name in COLUMNS if places[name] is not None]
    rows = [{"line": line, **{name: cells.cell(row, places[name]) for name in has}} for line, row in found[index + 1 :]]
    rows = [row for row in rows if any(row[name] for name in has)]
    if not rows:
        raise NotASheet("There are no schools below the heading of this list.")
    if len(rows) > MOST_ROWS:
        raise NotASheet(f"This list has {len(rows):,} rows; {MOST_ROWS:,} is the most at a time.")
    return rows


def _what_is_missing(found):
    first = next((row for _, row in found if any(row)), [])
    named = ", ".join(c for c in first if c)[:120]
    said = f" The first line says: {named}." if named else ""
    return ("This is not the register of schools, and no list of them: the columns URN and Name are wanted, in a line"
            f" above the schools.{said}")  # fmt: skip


def looked_at(db, rows):
    """Return each row with `becomes`: added, changed, same, or refused with `why`; of a change also `was` and `now`."""
    seen = {}
    return [_looked_at(db, dict(row), seen) for row in rows]


def _looked_at(db, row, seen):
    row["phase"] = _phase(row.get("phase", ""))
    fields = {name: row[name] for name in COLUMNS if row.get(name)}
    form = forms.SchoolForm(MultiDict(fields))
    if not form.validate():
        return {**row, "becomes": "refused", "why": " ".join(str(errors[0]) for errors in form.errors.values())}
    if row["urn"] in seen:
        return {**row, "becomes": "refused", "why": f"URN {row['urn']} stands in row {seen[row['urn']]} already."}
    seen[row["urn"]] = row["line"]
    was = queries.by_urn(db, row["urn"])
    if was is None:
        return {**row, "becomes": "added"}
    now = {name: said for name, said in fields.items() if said != (was[name] or "")}
    if not was["by_hand"] or not now:  # a school of the national register stays as that says
        return {**row, "becomes": "same"}
    return {**row, "becomes": "changed", "was": {name: was[name] or "nothing" for name in now}, "now": now}


def _phase(text):
    """Return a phase in the words it is kept in, whatever its case; as it is said when it is none of them."""
    return next((value for value, _ in forms.PHASES if value.casefold() == text.strip().casefold()), text)
