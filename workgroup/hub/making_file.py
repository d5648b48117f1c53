"""The file of an export that takes long, made by a thread while a page says how far it is."""

import os
import tempfile
from dataclasses import dataclass
from typing import Any

from workgroup import store, unkept, working
from workgroup.hub import exports

# more rows than these take some seconds before the first byte is there; a CSV begins at once, however long it is
SLOW = {"pdf": 100, "xlsx": 5_000, "parquet": 20_000}
CHUNK = 64 * 1024


@dataclass
class Made:
    """A file that was made, and how it is called. It has no name on the disk, so that it goes with the process."""

    file: Any
    name: str
    type: str

    def chunks(self):
        """Yield the file; several may read it at once."""
        own, at = os.dup(self.file.fileno()), 0
        try:
            while chunk := os.pread(own, CHUNK, at):
                yield chunk
                at += len(chunk)
        finally:
            os.close(own)

    def close(self):
        """Let the file go."""
        self.file.close()


def begin(path, viewer, id, kind, format, as_at, group, **narrowed):
    """Begin to make the file of an export; asked twice with one id it is one."""
    db = store.connect(path)
    try:
        total = exports.count(db, viewer, kind, as_at, group, **narrowed)
    finally:
        db.conn.close()

    def deed(work):
        file = tempfile.TemporaryFile()  # noqa: SIM115 - whoever takes it reads it after this
        try:
            chunks = exports.chunks(path, viewer, kind, format, as_at, group, read=work.counted, **narrowed)
            file.writelines(chunks)
            file.flush()
        except BaseException:
            file.close()
            raise
        return Made(file, exports.file_name(kind, format, as_at), exports.TYPES[format])

    working.begin("export", id, viewer, deed, total, _said)


def _said(trouble):
    if isinstance(trouble, exports.Refused):
        return str(trouble)
    why = unkept.why(trouble)
    return why and f"{why.title}. No file was made. Try it again in a while."
