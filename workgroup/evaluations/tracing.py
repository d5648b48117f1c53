"""Where a piece of evidence is opened by whoever reads an evaluation, if they may read it there."""

from flask import g

from workgroup import web
from workgroup.evaluations import queries
from workgroup.groups.rights import leads as leads_group
from workgroup.journeys.rights import reads_statement, sees_records
from workgroup.lessons import noticing_queries
from workgroup.lessons.rights import reads as reads_lesson
from workgroup.lessons.rights import sees as sees_lesson
from workgroup.reflections.rights import reads as reads_reflection
from workgroup.reviews.rights import reads as reads_review
from workgroup.sessions.rights import sees as sees_session
from workgroup.tasks import queries as tasks
from workgroup.tasks.rights import sees_task
from workgroup.visits.rights import leads as leads_visit


def _sees_work(db, by, said, on):
    """Whoever sees the records of the school that did it."""
    work = tasks.work(db, said["in_school_work"]) or {}
    return sees_records(db, by, {"school_in_group": work.get("school_in_group")}, on)


# who reads a piece of evidence on its own page, or where it stands among others
READERS = {
    "session": (sees_session, "session"), "open lesson": (sees_lesson, "lesson"),
    "reflection": (reads_reflection, "reflection"), "gap task": (sees_task, "gap_task"),
    "visit": (leads_visit, "visit"), "visit note": (leads_visit, "visit_note"), "review": (reads_review, "review"),
    "head statement": (reads_statement, "head_statement"), "engagement": (sees_records, "school_in_group"),
    "in-school work": (_sees_work, "in_school_work"),
}  # fmt: skip


def opens(evaluation, kind, about):
    """Return where the viewer reads a piece of an evaluation's evidence, or None: it may be theirs no more, or gone."""
    if kind == "noticing":
        return _noticing(evaluation, about)
    right, name = READERS[kind]
    return queries.address(g.db, kind, about) if web.may(right, **{name: about}) else None


def _noticing(evaluation, about):
    """Return where a leader of the Work Group reads a noticing; to the hub its author would be told with it."""
    found = noticing_queries.noticing(g.db, about)
    if not found or found["withdrawn_at"] or not web.may(leads_group, work_group=evaluation["work_group"]):
        return None
    if found["by"] == web.viewer():
        return f"/lessons/{found['lesson']}/mine#n-{about}"
    return queries.address(g.db, "noticing", about) if web.may(reads_lesson, noticing=about) else None
