"""Reading what a plan of a year made, as long as nothing has happened in it: what can be taken back in one step."""

from workgroup import store

WITHDRAWN = "planning.withdraw_year"
# a session in which any of these has a row is one in which something has happened, or of which people were told
_MARKS = (
    "invitation", "invitation_answer", "register_mark", "host_word", "session_note", "decision", "session_summary",
    "gap_task", "lesson", "reflection",
)  # fmt: skip
_HAPPENED = " or ".join(
    [f"exists (select 1 from {table} x where x.session = n.id)" for table in _MARKS]
    + ["exists (select 1 from ledger l where l.about = n.id and l.kind = 'sessions.ask_host')"]
)


def last_plan(db, group):
    """Return the newest plan of a group's year that was made in one step, or None.

    As `planned_at`, the moment its sessions and visits came, and `gone_at`, when it was taken back if it is.
    """
    deeds = store.rows(
        db, "select kind, at from ledger where about = ? and kind in ('planning.plan_year', ?, 'planning.restore_year')"
        " order by number desc", (group, WITHDRAWN),
    )  # fmt: skip
    planned = next((d["at"] for d in deeds if d["kind"] == "planning.plan_year"), None)
    return planned and {"planned_at": planned, "gone_at": deeds[0]["at"] if deeds[0]["kind"] == WITHDRAWN else None}


def sessions_of(db, group, plan):
    """Return the sessions that a plan made, by time: `id`, `state`, and whether anything has `happened` in them."""
    return store.rows(
        db, f"select n.id, n.state, n.state in ('open', 'closed') or {_HAPPENED} as happened,"
        " (select h.at from session_history h where h.session = n.id order by h.id desc limit 1) as stands_since"
        " from session n where n.work_group = ? and"
        " (select h.at from session_history h where h.session = n.id order by h.id limit 1) = ? order by n.starts_at",
        (group, plan["planned_at"]),
    )  # fmt: skip


def visits_of(db, group, plan):
    """Return the visits that a plan made, by day: `id`, `state`, and whether anything has `happened` at them."""
    return store.rows(
        db, "select v.id, v.state, v.state = 'made' or exists (select 1 from visit_note o where o.visit = v.id) or"
        " exists (select 1 from visit_report r where r.visit = v.id) as happened,"
        " (select h.at from visit_history h where h.visit = v.id order by h.id desc limit 1) as stands_since"
        " from school_in_group i join visit v on v.school_in_group = i.id where i.work_group = ? and"
        " (select h.at from visit_history h where h.visit = v.id order by h.id limit 1) = ? order by v.on_day",
        (group, plan["planned_at"]),
    )  # fmt: skip


def to_take_back(db, group):
    """Return the sessions and visits that one step takes back, or brings back, or None where there is no such step.

    As `deed` (withdraw or restore), `sessions` and `visits`.
    """
    plan = last_plan(db, group)
    if plan is None:
        return None
    held, made = sessions_of(db, group, plan), visits_of(db, group, plan)
    if plan["gone_at"]:
        gone = lambda n: n["state"] == "cancelled" and n["stands_since"] == plan["gone_at"]  # noqa: E731
        found = {"deed": "restore", "sessions": [*filter(gone, held)], "visits": [*filter(gone, made)]}
    else:
        if any(n["happened"] for n in [*held, *made]):
            return None
        stands = lambda n: n["state"] == "planned"  # noqa: E731
        found = {"deed": "withdraw", "sessions": [*filter(stands, held)], "visits": [*filter(stands, made)]}
    return found if found["sessions"] or found["visits"] else None
