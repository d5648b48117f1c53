"""The register looked through and brought in by threads: it is long, and the page says how far it is."""

import os
from contextlib import contextmanager
from functools import partial

from workgroup import door, store, unkept, working
from workgroup.people.post import new_id
from workgroup.schools import importing, incoming, register

LARGE = 2 * 1024 * 1024  # bytes: smaller ones are looked through while the page is waited for


def is_large(file):
    """Tell whether it takes long to look through a seekable binary file."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    return size > LARGE


def look(db, by, sent, name):
    """Begin to look through a register that was sent, and return the id of the work and of what is kept of it."""
    # a hold of our own on the file that has no name anywhere: the request lets go of its own when it is answered
    id, file, path = new_id(), os.fdopen(os.dup(sent.fileno()), "rb"), store.file_of(db)

    def deed(work):
        with file:
            digest = importing.digest_of(file)
            rows = work.counted(register.read(file))
            with _opened(path) as db:
                incoming.keep(db, by, rows, id=id, kind="register", digest=digest, name=name)
                return importing.look(db, incoming.rows(db, id))

    said = partial(_said, what_now="Nothing was saved. Choose the file again.")
    try:
        working.begin("look", id, by, deed, register.lines(file), said)
    except working.Busy:
        file.close()
        raise
    return id


def bring(db, by, id, told):
    """Begin to bring in the register that is kept under an id; begun already, it just goes on."""
    path = store.file_of(db)

    def deed(work):
        with _opened(path) as db:
            rows = work.counted(incoming.rows(db, id))
            result = importing.put_in(db, rows, by, told["name"], told["digest"])
            incoming.came_in(db, id)
            return result

    said = partial(_said, what_now="What had come in by then stays; press again, and the rest comes in.")
    working.begin("bring", id, by, deed, incoming.many(db, id), said)


def _said(trouble, what_now):
    if isinstance(trouble, register.NotTheRegister | door.Refused):
        return str(trouble)
    why = unkept.why(trouble)
    return why and f"{why.title}. {what_now}"


@contextmanager
def _opened(path):
    """Hold a connection of the thread's own."""
    db = store.connect(path)
    try:
        yield db
    finally:
        db.conn.close()
