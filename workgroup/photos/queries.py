"""Reading photos and their bytes, whatever they belong to. Who sees one is asked by the feature it belongs to."""

import hashlib

from workgroup import store

RULES = {  # what a school allows, as the pages say it
    "board": "This school allows photos of the board only.",
    "work": "This school allows photos of the board and of pupils’ work.",
}


def against(rule, kind, school):
    """Return what a school's rule says against a photo of this kind, or None; `school` is how the sentence names it."""
    if rule is None:
        return f"{school} has not said that photos may be taken, so none can be kept."
    if rule == "none":
        return f"{school} does not want photos, so none can be kept."
    return None if rule == "work" or kind == "board" else f"{school} allows photos of the board only."


def photo(db, id):
    """Return one photo without asking who looks: for taking in its pieces, never for a page."""
    return store.row(db, "select * from photo where id = ?", (id,))


def here(db, id):
    """Return the positions of the pieces that have come, in order."""
    sql = "select position from photo_piece where photo = ? order by position"
    return [row["position"] for row in store.rows(db, sql, (id,))]


def whole(db, id):
    """Return the pieces of a photo as one, for changes and the check; pages ask their feature’s `picture`."""
    sql = "select bytes from photo_piece where photo = ? order by position"
    return b"".join(row["bytes"] for row in store.rows(db, sql, (id,)))


def check(db):
    """Return what is wrong between photos and their bytes, one sentence each (promises.md, F18)."""
    wrong = [
        f"photo {r['photo']} is not in the record, but {r['many']} of its pieces are"
        for r in store.rows(
            db,
            "select photo, count(*) as many from photo_piece where photo not in (select id from photo)"
            " group by photo",
        )
    ]
    for row in store.rows(db, "select * from photo where came_at is not null or withdrawn_at is not null"):
        positions = here(db, row["id"])
        if row["withdrawn_at"]:
            wrong += [f"photo {row['id']} was taken away, but its bytes are here"] if positions else []
        elif positions != list(range(row["pieces"])):
            wrong.append(f"photo {row['id']} is marked as come, with {len(positions)} of its {row['pieces']} pieces")
        elif hashlib.sha256(whole(db, row["id"])).hexdigest() != row["digest"]:
            wrong.append(f"photo {row['id']} is marked as come, but its bytes are not the ones that were sent")
    return wrong
