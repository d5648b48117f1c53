"""Changes to photos that come back with a gap task: one is told of, its bytes have come, it is taken away."""

from workgroup import store
from workgroup.door import Refused, change
from workgroup.photos import arriving
from workgroup.photos.forms import PhotoPickForm
from workgroup.tasks import photo_forms, photo_queries, queries, rights


@change("tasks.photo", photo_forms.PhotoForm, rights.photographs, capture=True)
def photo(db, entry, said):
    """Say that a photo was taken. It is shown as missing until all its pieces have come."""
    if photo_queries.taken(db, said["gap_task_return"]) >= photo_queries.MOST:
        raise Refused(f"{photo_queries.MOST} pictures of one return are enough. Take one of yours away first.")
    store.put(db, "photo", id=entry.id, by=entry.by, at=entry.at, **said)
    return queries.gap_task_return(db, said["gap_task_return"])["gap_task"]


@change("tasks.photo_came", PhotoPickForm, rights.own_photo, meets="fold")
def photo_came(db, entry, said):
    """All pieces are here: look whether they are what was said, a picture and nothing else, and show it from now on."""
    found = photo_queries.photo(db, said["photo"])
    if arriving.have_come(db, found):
        store.alter(db, "photo", found["id"], came_at=entry.received)
    return found["gap_task"]


@change("tasks.withdraw_photo", PhotoPickForm, rights.own_photo_or_leads, meets="fold", capture=True)
def withdraw_photo(db, entry, said):
    """Take a photo away for everyone. Its bytes go at once, so it cannot come back; of two says the first counts."""
    found = photo_queries.photo(db, said["photo"])
    arriving.let_go(db, found["id"])
    if not found["withdrawn_at"]:
        store.alter(db, "photo", found["id"], withdrawn_at=entry.at, withdrawn_by=entry.by)
    return found["gap_task"]
