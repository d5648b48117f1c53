"""What was looked for from end to end in tables that grow is found by an index."""


def change(db):
    """Add indexes; no row changes."""
    for sql in SHAPE.split(";"):
        if sql.strip():
            db.conn.execute(sql)


SHAPE = """
create index link_about on link (kind, about);
create index mail_person on mail (person) where person is not null;
create index mail_attached on mail (attached) where attached is not null;
create index mail_passed_on on mail (id) where link is not null and person is null;
create index due_done on due (done_at) where done_at is not null;
create index claimed_day_entry on claimed_day (day_entry);
create index day_declined_person on day_declined (person);
create index review_aspect on review (aspect);
create index noticing_tag_tag on noticing_tag (tag);
create index material_block on material (block) where block is not null;
create index session_note_block on session_note (block) where block is not null;
create index session_open on session (state) where state = 'open';
create index action_progress_action on action_progress (action);
create index visit_day on visit (on_day);
create index ledger_kind on ledger (kind, number);
create index membership_role on membership (role, person)
"""
