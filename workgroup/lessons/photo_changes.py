"""Changes to photos of lessons: one is told of, its bytes have come, it is taken away. See also workgroup/photos."""

from workgroup import store
from workgroup.door import Refused, change
from workgroup.lessons import photo_forms, photo_queries, queries, rights
from workgroup.lessons.belonging import check_moment, tell
from workgroup.photos import arriving
from workgroup.photos.forms import PhotoPickForm

MOST = 40  # photos of one person in one lesson: a bound, and far more than anybody talks about


@change("lessons.photo", photo_forms.PhotoForm, rights.photographs, capture=True)
def photo(db, entry, said):
    """Say that a photo was taken. It is shown as missing until all its pieces have come."""
    if photo_queries.taken(db, entry.by, said["lesson"]) >= MOST:
        raise Refused(f"{MOST} pictures of one lesson are enough. Take one of yours away first.")
    check_moment(db, entry, said)
    number = queries.next_number(db)
    store.put(db, "photo", id=entry.id, by=entry.by, at=entry.at, number=number, changed=number, **said)
    tell(db, said, number)
    return entry.id


@change("lessons.photo_came", PhotoPickForm, rights.own_photo, meets="fold")
def photo_came(db, entry, said):
    """All pieces are here: look whether they are what was said, a picture and nothing else, and show it from now on."""
    found = photo_queries.photo(db, said["photo"])
    if not arriving.have_come(db, found):
        return found["id"]
    number = queries.next_number(db)
    store.alter(db, "photo", found["id"], came_at=entry.received, number=number, changed=number)
    tell(db, found, number)
    return found["id"]


@change("lessons.withdraw_photo", PhotoPickForm, rights.own_photo_or_teaches, meets="fold", capture=True)
def withdraw_photo(db, entry, said):
    """Take a photo away for everyone. Its bytes go at once, so it cannot come back; of two says the first counts."""
    found = photo_queries.photo(db, said["photo"])
    arriving.let_go(db, found["id"])
    if not found["withdrawn_at"]:
        number = queries.next_number(db)
        store.alter(db, "photo", found["id"], withdrawn_at=entry.at, withdrawn_by=entry.by, changed=number)
        tell(db, found, number)
    return found["id"]
