"""What a file is, by its bytes and never by its name: the few kinds that a session's materials may be. Pure.

Pictures are none of them: of pupils' work they are taken in the open lesson, by the host's rule and smudged first.
"""

import io
import zipfile

MOST = 10 * 1024 * 1024  # bytes of one file
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip
PARTS = {"docx": "word/document.xml", "pptx": "ppt/presentation.xml", "xlsx": "xl/workbook.xml"}


def kind_of(data):
    """Return the kind of a file (a key of TYPES), or None when it is another or holds macros."""
    if data.startswith(b"%PDF-"):
        return "pdf"
    if not data.startswith(b"PK"):
        return None
    try:
        names = set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    # all that zipfile raises over bytes that only begin as an archive does: broken, cut off, of another disk or version
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return None
    if any(name.endswith("vbaProject.bin") for name in names):
        return None
    return next((kind for kind, part in PARTS.items() if part in names), None)
