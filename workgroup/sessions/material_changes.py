"""Changes to a session's materials: links and files, put in, taken away, brought back."""

from workgroup import store
from workgroup.door import Refused, change
from workgroup.sessions import documents, forms, material_queries, queries, rights
from workgroup.withdrawing import bring_back, take_away


@change("sessions.add_material", forms.MaterialForm, rights.leads)
def add_material(db, entry, said):
    """Put a link or a file beside the agenda; what a file is, its bytes say."""
    if said["block"] and (queries.block(db, said["block"]) or {}).get("session") != said["session"]:
        raise Refused("Choose a part of this session.", "block")
    file = said["file"] if getattr(said["file"], "filename", None) else None
    if bool(file) == bool(said["url"]):
        raise Refused("Enter a link, or choose a file: one of the two.", "url")
    columns = _link(said["url"]) if said["url"] else _file(file)
    title = said["title"] or (file.filename.rpartition(".")[0] if file else said["url"])
    title = " ".join(title.split())[:200]  # it becomes a name of a file, which is one line
    store.put(
        db, "material", id=entry.id, session=said["session"], block=said["block"], title=title or "A file", by=entry.by,
        at=entry.at, **columns,
    )  # fmt: skip
    return entry.id


def _link(url):
    if not url.startswith(("https://", "http://")):
        raise Refused("Enter a link that begins with https://.", "url")
    return {"url": url}


def _file(file):
    data = file.read(documents.MOST + 1)
    if len(data) > documents.MOST:
        raise Refused("This file is larger than 10 MB.", "file")
    kind = documents.kind_of(data)
    if kind is None:
        raise Refused("Choose a PDF, or a Word, PowerPoint or Excel file without macros.", "file")
    return {"bytes": data, "size": len(data), "kind": kind}


@change("sessions.withdraw_material", forms.MaterialPickForm, rights.leads_material)
def withdraw_material(db, entry, said):
    """Take one away; a leader can bring it back."""
    was = material_queries.material(db, said["material"])
    take_away(db, entry, "material", was)
    return was["session"]


@change("sessions.restore_material", forms.MaterialPickForm, rights.leads_material)
def restore_material(db, entry, said):
    """Bring one back."""
    was = material_queries.material(db, said["material"])
    bring_back(db, entry, "material", was)
    return was["session"]
