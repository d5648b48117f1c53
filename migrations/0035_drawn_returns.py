"""What came back from a gap task may hold a sketch: its shapes as JSON, and in words what it shows; both or neither."""


def change(db):
    """Add the columns."""
    db.execute("alter table gap_task_return add column drawn text")
    db.execute("alter table gap_task_return add column described text")
