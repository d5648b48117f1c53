"""What somebody wrote that is a school’s or a Work Group’s record: in their export, and there when they are erased.

The newest text of a thing counts as its writer’s; which columns they are stands in workgroup/unnaming.py.
"""

from workgroup.people.queries import ALSO_AS_VISITOR

_MINE = f"in ({ALSO_AS_VISITOR})"
# as it is called in an export: the rows
WRITTEN = {
    **{table: f"select * from {table} where by {_MINE}" for table in (
        "visit", "visit_history", "visit_report", "report_sent", "review", "decision", "session_summary",
        "session_history", "implication", "gap_task", "gap_task_history", "prompt_words", "wifi_word", "phase_mark")},
    # a file is the session's, and what is in it nobody here reads
    "material": f"select id, session, title, url, kind, size, by, at from material where by {_MINE}",
    "aims_written": (
        f"select a.* from aim a join action_plan p on p.id = a.action_plan where p.by {_MINE}"),
    "actions_written": (
        "select c.* from action c join aim a on a.id = c.aim join action_plan p on p.id = a.action_plan"
        f" where p.by {_MINE}"),
}  # fmt: skip
