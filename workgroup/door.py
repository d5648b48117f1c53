"""The one way to change the record.

A change is declared in one line, `@change(kind, form, right, meets=…)`, and entered only by `submit` (one) or
`submit_all` (a tablet's batch). The same id said twice is kept once; a person may only do what the right beside
the change allows on the day it was done; the ledger's row (ledger.py) is written in the same transaction as the change.

How changes of one thing meet: *add* (an entry of its own), *versions* (a long text: both stand until a person
chooses), *fold* (the latest tap counts, all are kept), *stale* (409 when it was written from an older version).
"""

import importlib
import json
import re
import sqlite3
import uuid
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import FieldList, FileField, PasswordField

from workgroup import clock, guests, ledger, store
from workgroup.places import PACKAGE

DOES_NOT_FIT = "This does not fit what is already in the record."
# made once: json.dumps with options makes an encoder for every call
_CANONICAL = json.JSONEncoder(sort_keys=True, ensure_ascii=False, default=str)
MEETS = ("add", "versions", "fold", "stale")
KINDS = {}


class Refused(Exception):
    """The world says no: `errors` maps a field name (or "" for the whole) to sentences."""

    def __init__(self, message, field=""):
        super().__init__(message)
        self.errors = {field: [message]}


class Barred(Refused):
    """The right says no, whatever was said."""


class Waiting(Exception):
    """What this entry belongs to has not arrived yet; the tablet keeps it and tries again."""


class Stale(Exception):
    """It was written from an older version; `now` holds the current values for the person to compare."""

    def __init__(self, now):
        super().__init__("This was changed by somebody else while you were writing.")
        self.now = now


class NotKept(sqlite3.OperationalError):
    """The file could not keep it: full, only to be read, busy. `form` holds what was typed; the cause says more."""

    def __init__(self, trouble, form):
        super().__init__(str(trouble))
        self.form = form


@dataclass(frozen=True)
class Kind:
    """A declared change: its name, form, right, deed, and how it meets another change of the same thing."""

    name: str
    form: type
    right: Any
    meets: str
    deed: Any
    capture: bool = False  # a tablet may send it over /sync
    versions: Any = None  # of a long text: counts how many versions of it stand

    @cached_property
    def _names(self):
        """The names of the form's fields, and those of its rows; making a form to look is slow, so they are kept."""
        fields = self.form()._fields
        rows = {name: f for name, f in fields.items() if isinstance(f, FieldList)}
        known = {name: frozenset(f.unbound_field.args[0]()._fields) for name, f in rows.items()}
        return frozenset(fields) - set(rows), known

    def knows(self, name):
        """Tell whether the form reads a field of this name: one of its own, or `answers-0-words` of its rows."""
        plain, rows = self._names
        if name in plain:
            return True
        row = re.fullmatch(r"([a-z_]+)-[0-9]{1,4}-([a-z_]+)", name)
        return bool(row and row[2] in rows.get(row[1], ()))


@dataclass
class Entry:
    """What a deed is told about the submission it runs in."""

    id: str
    by: str | None
    at: str
    received: str
    tablet: str | None = None
    was: Any = None  # a deed may put here what stood before, so that it can be withdrawn


@dataclass
class Outcome:
    """What became of a submission: `standing` is entered, already, waiting, refused or stale."""

    standing: str
    id: str
    about: str | None = None
    form: Any = None
    errors: dict = field(default_factory=dict)
    now: dict | None = None  # the current values, when stale
    known: bool = False  # refused because this id is kept already, with other words
    barred: bool = False  # refused because it is not theirs to say
    versions: int = 1  # how many versions of a long text stand now

    @property
    def stands(self):
        """Tell whether the words are in the record, now or from an earlier telling."""
        return self.standing in ("entered", "already")

    @property
    def why_not(self):
        """Return the sentences of a refusal as one."""
        return "; ".join(sentence for found in self.errors.values() for sentence in found)


def change(name, form, right, meets="add", capture=False, versions=None):
    """Declare a change. The deed is called as `deed(db, entry, said)` and returns the id of what it is about.

    `capture` opens it to tablets: it is one of the kinds that `POST /sync` takes. A long text that meets as versions
    counts with `versions(db, about)` how many of it stand, so that a tablet can say that there are two.
    """
    if meets not in MEETS or (meets == "versions") != (versions is not None):
        raise ValueError(f"{name}: changes meet as one of {MEETS}, and versions are counted")

    def declare(deed):
        if name in KINDS:
            raise ValueError(f"{name} is declared twice")
        KINDS[name] = Kind(name, form, right, meets, deed, capture, versions)
        return deed

    return declare


def open_up():
    """Declare every kind: import the changes.py (and …_changes.py) of each feature folder. Safe to call twice."""
    for path in sorted(PACKAGE.glob("*/*changes.py")):
        importlib.import_module(f"workgroup.{path.parent.name}.{path.stem}")


def submit(db, kind, fields, id, by, at=None, tablet=None):
    """Enter one change and return its Outcome. `fields` are plain values, as a form or JSON gives them.

    A refusal carries the bound form with its errors, so that a page can show what was typed; so does NotKept, which
    is raised when the file cannot keep anything just now.
    """
    known, form = _read(kind, fields)
    if form is None:
        return Outcome("refused", id, errors={"": ["This kind of entry is not known here."]})
    received = clock.stamp()
    # a clock that runs ahead must not win over what people do later: nothing is made after it was received
    entry = Entry(id, by, min(at or received, received), received, tablet)
    seen = _seen_before(db, entry, kind, form)
    if seen:
        return seen
    if form.errors:
        return Outcome("refused", id, form=form, errors=_errors_of(form))
    try:
        with store.writing(db):
            return _seen_before(db, entry, kind, form) or _enter(db, known, form, entry)
    except (Refused, Waiting, Stale) as no:
        return _said_no(no, id, form)
    except (sqlite3.IntegrityError, sqlite3.DataError):
        return _said_no(Refused(DOES_NOT_FIT), id, form)
    except sqlite3.OperationalError as trouble:
        raise NotKept(trouble, form) from trouble


def submit_all(db, entries):
    """Enter a tablet's batch: `(kind, fields, id, by, at, tablet)` each; one transaction, a savepoint an entry.

    Forms are read before the lock is taken. Returns the outcomes in order.
    """
    received = clock.stamp()
    read = [(e, *_read(e[0], e[1])) for e in entries]
    outcomes = []
    with store.writing(db):
        for (kind, _, id, by, at, tablet), known, form in read:
            entry = Entry(id, by, min(at or received, received), received, tablet)
            outcomes.append(_enter_one(db, known, form, entry, kind))
    return outcomes


def _enter_one(db, known, form, entry, kind):
    if form is None:
        return Outcome("refused", entry.id, errors={"": ["This kind of entry is not known here."]})
    seen = _seen_before(db, entry, kind, form)
    if seen:
        return seen
    if form.errors:
        return Outcome("refused", entry.id, form=form, errors=_errors_of(form))
    try:
        with store.savepoint(db):
            return _enter(db, known, form, entry)
    except (Refused, Waiting, Stale) as no:
        return _said_no(no, entry.id, form)
    except (sqlite3.IntegrityError, sqlite3.DataError):
        return _said_no(Refused(DOES_NOT_FIT), entry.id, form)


def within(db, entry, kind, fields, id=None):
    """Enter a lower feature's change inside the running submission: same person, same moment, its own form and id.

    The right of the outer change has been asked; the inner deed still checks the world. Returns what it is about.
    """
    known, form = _read(kind, fields)
    if form.errors:
        raise Refused(first_of(_errors_of(form)))
    return known.deed(db, replace(entry, id=id or str(uuid.uuid4()), was=None), form.data)


def _read(kind, fields):
    known = KINDS.get(kind)
    if known is None:
        return None, None
    form = known.form(formdata=_as_formdata(fields))
    form.validate()
    return known, form


def _as_formdata(fields):
    """Turn plain values, JSON's or a browser form's, into what WTForms reads: absent is None, a list is many."""
    data = MultiDict()
    lists = fields.lists() if hasattr(fields, "lists") else ((k, v) for k, v in fields.items())
    for name, given in lists:
        for one in given if isinstance(given, list) else [given]:
            if one is not None and one is not False:
                data.add(str(name), "y" if one is True else one if hasattr(one, "read") else str(one))
    return data


def _seen_before(db, entry, kind, form):
    """Return the outcome of an id that is already in the ledger, or None."""
    row = store.row(
        db,
        "select l.number, l.kind, l.by, l.about, w.said from ledger l"
        " left join ledger_words w on w.number = l.number where l.id = ?",
        (entry.id,),
    )
    if row is None:
        return None
    same = row["kind"] == kind and row["by"] == entry.by and row["said"] in (None, _words(form))
    if same:
        return Outcome("already", entry.id, row["about"], form, versions=_versions(db, kind, row["about"]))
    refused = _said_no(Refused("This was already kept, with other words."), entry.id, form)
    refused.known = True
    return refused


def _enter(db, known, form, entry):
    """Do the change and write its ledger row. The id was looked up under the lock that is held."""
    said = form.data
    guest_of, joined_to = guests.on_tablet(db, entry.tablet)
    acting = replace(entry, by=joined_to) if joined_to else entry
    # the membership of the day it was written counts
    allowed = guests.allowed(db, known.right, acting.by, said, clock.day_of(entry.at), guest_of)
    if allowed is not True:
        raise Barred(allowed or "This is not yours to change.")
    about = known.deed(db, acting, said)
    # the ledger says whose device it came from, so that the same entry sent again is known
    ledger.append(db, known.name, about, replace(acting, by=entry.by), _words(form))
    return Outcome("entered", entry.id, about, form, versions=_versions(db, known.name, about))


def _versions(db, kind, about):
    count = KINDS[kind].versions if kind in KINDS else None
    return count(db, about) if count else 1


def _said_no(no, id, form):
    if isinstance(no, Waiting):
        return Outcome("waiting", id, form=form, errors={"": [str(no)]})
    if isinstance(no, Stale):
        return Outcome("stale", id, form=form, errors={"": [str(no)]}, now=no.now)
    for name, messages in no.errors.items():
        if name in form:
            form[name].errors = [*form[name].errors, *messages]
        else:
            form.form_errors = [*form.form_errors, *messages]
    return Outcome("refused", id, form=form, errors=no.errors, barred=isinstance(no, Barred))


def first_of(errors):
    """Return the first sentence of what a form or an outcome has against it, by field."""
    return next(iter(errors.values()))[0]


def _errors_of(form):
    return {name or "": [str(e) for e in _flat(errors)] for name, errors in form.errors.items()}


def _flat(errors):
    """Yield the sentences in the errors of a form, whose lists and forms within nest."""
    if isinstance(errors, dict):
        errors = errors.values()
    for error in errors:
        if isinstance(error, (list, tuple, dict)):
            yield from _flat(error)
        else:
            yield error


def _words(form):
    """Return what was said as canonical JSON: the form's own reading, so that form and wire agree.

    Passwords and files never reach the ledger, nor what a form says is not for it.
    """
    kept = (f for f in form if not isinstance(f, (PasswordField, FileField)) and f.short_name not in form.not_kept)
    said = {f.short_name: f.data for f in kept}
    said = {k: v for k, v in said.items() if v not in (None, "", False, [])}
    return _CANONICAL.encode(said)


def versions_of(db, ids):
    """Return by id how many versions stand of the text that an entry is a version of, where it is more than one."""
    found = {}
    for id in ids:
        row = store.row(db, "select kind, about from ledger where id = ?", (id,))
        if row and (stand := _versions(db, row["kind"], row["about"])) > 1:
            found[id] = stand
    return found
