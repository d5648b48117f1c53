"""What leaves the hub: the rows of an export as plain values, and the file they make, streamed."""

from itertools import islice

from workgroup import clock, store
from workgroup.formats import as_csv, as_parquet, as_pdf, as_xlsx
from workgroup.groups import queries as groups
from workgroup.hub import anonymous, choice_queries, columns, making, printing, queries
from workgroup.people.queries import hub, keeps_trn
from workgroup.places import TEMPLATES

TYPES = {
    "csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf", "parquet": "application/vnd.apache.parquet",
}  # fmt: skip
NAMES = {"csv": "CSV", "xlsx": "Excel (XLSX)", "pdf": "PDF", "parquet": "Parquet"}


class Refused(Exception):
    """This is not made; the sentence says why, and what to do instead."""


def offered():
    """Return the formats that can be had here, each with its name."""
    return [(format, name) for format, name in NAMES.items() if format != "parquet" or as_parquet.is_there()]


def of_kind(db, kind):
    """Return the columns of an export as they are today."""
    return columns.columns(kind, choice_queries.aspects(db), keeps_trn(db))


def header(db, kind):
    """Return the names of the columns of an export."""
    return [c.name for c in of_kind(db, kind)]


def rows(db, viewer, kind, as_at, group=None, most=-1, **narrowed):
    """Yield the rows of an export one at a time, each a list in the order of its header.

    An anonymous one is looked at whole first: it is as long as there are schools or sentences, not records.
    """
    if kind == "dictionary":
        made = _dictionary(db)
    elif columns.is_anonymous(kind):
        made = anonymous.rows(db, viewer, kind, as_at, group, **narrowed)
    else:
        make = making.maker(db, kind)
        made = (make(found) for found in queries.export(db, viewer, kind, as_at, group, most=most, **narrowed))
    yield from made if most < 0 else islice(made, most)


def count(db, viewer, kind, as_at, group=None, **narrowed):
    """Return how many rows an export has."""
    if kind == "dictionary" or columns.is_anonymous(kind):
        return sum(1 for _ in rows(db, viewer, kind, as_at, group, **narrowed))
    return queries.count(db, viewer, kind, as_at, group, **narrowed)


def why_not(db, viewer, kind, format, as_at, group=None, **narrowed):
    """Return why a file is not made, in words for the person who asks, or None."""
    if columns.is_anonymous(kind) and anonymous.is_too_few(db, viewer, kind, as_at, group, **narrowed):
        return (
            "An anonymous file needs at least five schools: among fewer it would be plain who is who."
            " Schools are in it from the end of the half-term they joined in."
            " Ask for more Work Groups, a longer time or another day."
        )
    if columns.is_anonymous(kind) and anonymous.leaves_few(db, viewer, kind, as_at, group, **narrowed):
        return (
            "Beside an anonymous file of more Work Groups or of another time this one would leave fewer than five"
            " schools over, and it would be plain who they are. Ask for all Work Groups, or for others."
        )
    if format == "parquet" and not as_parquet.is_there():
        return f"Parquet is not installed here. To have it: {as_parquet.INSTALL}"
    many = count(db, viewer, kind, as_at, group, **narrowed) if format == "pdf" else 0
    most = printing.MOST.get(kind, printing.MOST_ROWS)
    if many > most:
        return (
            f"This has {many:,} rows, and a PDF holds {most:,} of this kind at the most."
            " Take it as CSV or XLSX, or narrow it to one Work Group or half-term."
        )
    return None


def chunks(path, viewer, kind, format, as_at, group=None, read=iter, **narrowed):
    """Yield the file of an export, read through a connection of its own that is closed when the reader is done.

    `read(rows)` is handed the rows and gives them on, one at a time: whoever waits is told how far it is.
    """
    db = store.connect(path)
    try:
        # one view of the record from the first row to the last, whatever is written meanwhile
        db.conn.execute("begin")
        if why := why_not(db, viewer, kind, format, as_at, group, **narrowed):
            raise Refused(why)
        all_rows = read(rows(db, viewer, kind, as_at, group, **narrowed))
        yield from _written(db, kind, format, as_at, of_kind(db, kind), all_rows)
    finally:
        db.conn.close()


def _written(db, kind, format, as_at, found, all_rows):
    """Yield the file in its format."""
    names = [c.name for c in found]
    if format == "csv":
        return as_csv.chunks(names, all_rows)
    if format == "xlsx":
        return as_xlsx.chunks(kind, names, all_rows, [(c.name, c.meaning) for c in found])
    if format == "parquet":
        return as_parquet.chunks(names, [c.type for c in found], all_rows, meanings(found))
    sheet = printing.sheet(kind, found, list(all_rows), as_at, hub(db)["name"])
    return iter([as_pdf.pdf(TEMPLATES / "print" / "export.typ", sheet)])


def meanings(found):
    """Return what each column means by its name, as a Parquet file carries it with it."""
    return {c.name: c.meaning for c in found}


def _dictionary(db):
    """Yield a row for each column of each export."""
    for kind in columns.KINDS:
        for c in of_kind(db, kind):
            yield [kind, c.name, columns.TYPES[c.type], c.meaning]


def narrowed(db, kind, leader=None, person=None, year=None, half_term=None):
    """Return what an export is narrowed to, as its query takes it: days to a person, all others to a leader."""
    if kind == "days":
        return {"person": person or None, **span(db, year, half_term)}
    time = span(db, year, half_term) if half_term else {}
    return {"leader": leader or None, "year": year or None, "half_term": half_term or None, **time}


def span(db, year=None, half_term=None):
    """Return the first and last day of an academic year or of one of its half-terms; of nothing, nothing."""
    if not year:
        return {}
    if half_term:
        term = next(t for t in groups.half_terms(db, year) if t["name"] == half_term)
        return {"from_on": term["from_on"], "to_on": term["to_on"]}
    first = clock.first_day_of(year)
    return {"from_on": first, "to_on": f"{int(first[:4]) + 1}-08-31"}


def file_name(kind, format, as_at):
    """Return what the file is called."""
    return f"{kind}-as-at-{as_at}.{format}"
