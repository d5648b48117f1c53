"""A visit that was made is whoever's that said so; a link to agree a plan that nobody could mail is its leaders'.

Both are so since this release: visits that a second leader made, and links that were sent before, become so too.
"""

import hashlib


def change(db):
    """Give each made visit to whoever said that it was made, and say of each such mail which asking it goes with."""
    db.execute(
        "update visit set by = coalesce((select h.by from visit_history h where h.visit = visit.id and h.state = 'made'"
        " and h.by is not null order by h.id limit 1), by) where state = 'made'"
    )
    for id, link in db.execute("select id, link from mail where attached is null and link like '%/agree/%'").fetchall():
        hash = hashlib.sha256(link.rsplit("/", 1)[1].encode()).hexdigest()
        asking = db.execute("select substr(about, -36) from link where hash = ?", (hash,)).fetchone()
        if asking:
            db.execute("update mail set attached = 'plan ' || ? where id = ?", (asking[0], id))
