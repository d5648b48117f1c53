"""What is held about a person, in words: each table with its name, each row with its day, its words and its facts."""

from workgroup import clock, store
from workgroup.people.queries import read_strands

# tables as people call them: one, many
NAMES = {
    "person": "Name and ways in", "hub_role": "Roles in the hub", "membership": "Work Groups",
    "register_mark": "Marks on registers", "invitation": "Invitations", "invitation_answer": "Answers to invitations",
    "guest_claim": "At the door of a session", "allowance": "Days: allowances", "day_entry": "Days: entries",
    "day_history": "Days: how entries stood", "claimed_day": "Days: claims",
    "day_declined": "Days: what is not one", "reflection": "Reflections: about what, and who sees them",
    "reflection_words": "Reflections: words", "reflection_answer": "Reflections: answers to further questions",
    "replies_to_reflections": "Replies to reflections, by a leader", "reflection_reply": "Replies written",
    "reflection_read": "Reflections read", "noticing": "Noticings", "noticing_words": "Noticings: later words",
    "watch": "Whom to watch in a lesson, in codes", "photo": "Photos", "sketch": "Sketches",
    "discussion_note": "Notes of discussions", "teacher_comment": "Comments on lessons taught",
    "lessons_taught": "Lessons taught", "noticings_in_lessons_taught": "Noticings in lessons taught, by others",
    "later_words_in_lessons_taught": "Noticings in lessons taught: their later words",
    "discussion_notes_in_lessons_taught": "Discussions of lessons taught, by others",
    "photos_in_lessons_taught": "Photos in lessons taught, by others",
    "sketches_in_lessons_taught": "Sketches in lessons taught, by others", "taken_out": "Records of lessons saved",
    "session_note": "Notes of sessions", "agenda_block": "Leaders’ notes in running orders",
    "block_note": "Notes to oneself in running orders",
    "gap_task": "Gap tasks set", "gap_task_history": "Gap tasks: what became of them",
    "material": "Materials brought along", "prompt_words": "Questions to reflect on", "wifi_word": "How the wifi was",
    "phase_mark": "Phases of lessons",
    "gap_task_return": "Gap tasks given back", "in_school_work": "Work at school",
    "visit_note": "Notes of visits",
    "visit_note_words": "Notes of visits: later words",
    "visit": "Visits planned and made", "visit_history": "Visits: how they stood",
    "visit_report": "Reports of visits: texts kept", "report_sent": "Reports of visits: as sent",
    "review": "Where a school is", "decision": "Decisions put down", "session_summary": "Summaries of sessions",
    "session_history": "Sessions: how they stood", "implication": "What lessons mean for schools",
    "aims_written": "Aims of plans begun", "actions_written": "Actions of plans begun",
    "action": "Actions to see to", "action_progress": "How actions stand", "action_plan": "Action plans agreed",
    "plan_asking": "Action plans sent to agree", "plan_answer": "Answers about action plans",
    "journey_asking": "Schools’ years sent to read", "head_statement": "Statements as a head",
    "host_word": "Answers about hosting",
    "report_to": "Visit reports sent", "report_answer": "Answers to visit reports",
    "evaluation_sentence": "Quoted in evaluations", "school_contact": "As a contact of a school",
    "mail": "Mail", "tablet": "Devices signed in on", "photo_piece": "Photos: the pictures, in pieces",
    "ledger_words": "Words behind the activity",
}  # fmt: skip
# facts that the hub looks after and sees anyway; anything else is shown to the person alone (product.md)
OF_HUB = ("person", "hub_role", "membership", "register_mark", "allowance", "day_entry", "claimed_day",
          "school_contact")  # fmt: skip
_WHEN = ("at", "on_day", "told_on", "made_at", "signed_in_at", "from_on", "sent_at", "changed_at")
_WORDS = ("words", "private_words", "subject", "body", "described", "topic", "key_point", "context", "aims", "wanted",
          "purpose", "people_met", "next_step")
# what a person knows a thing by
_TITLES = {
    "session": "title", "lesson": "topic", "work_group": "title", "school": "name", "gap_task": "words",
    "agenda_block": "title",
}  # fmt: skip
_CALLED = {
    "email": "e-mail", "trn": "teacher reference number", "role_in_school": "role in school", "pd_lead": "PD Lead",
    "pd_lead_on": "PD Lead since", "claimed_at": "first signed in", "to_on": "until", "in_at": "came", "out_at": "left",
    "attending_as": "there as", "by_leader": "marked by a leader", "may_quote": "may be quoted without a name",
    "withdrawn_at": "taken away", "hidden_at": "hidden", "seen_at": "last seen", "ended_at": "ended",
    "rough": "roughly",
    "locked_at": "locked", "shared": "used by several people", "state": "stands as",
    "second": "minute of the lesson", "visibility": "seen by",
    "flagged": "to talk about", "shared_with": "shared with", "why": "why it ended", "drafted": "drafted by a rule",
    "travel_pence": "travel, in pence", "rate_pence": "rate, in pence", "amount_pence": "amount, in pence",
    "quarters": "quarter days", "word": "activity", "came_at": "arrived whole", "bytes": "size in bytes",
    "hub_role": "roles in the hub", "sent_at": "sent", "expires_at": "until", "by": "by",
}  # fmt: skip
_SEEN_BY = {"me": "only you", "specialist": "you and the leaders", "group": "the Work Group"}
_YES = ("by_leader", "may_quote", "rough", "shared", "flagged", "drafted", "on_screen")
_INSIDE = ("version", "number", "changed", "moment", "last_stand", "last_tags", "last_flag", "seen_at", "received",
           "after", "drawn", "digest", "calendar", "position", "sequence", "thread", "key", "told")  # fmt: skip


def sections(db, found, say=clock.say_moment):
    """Return tables that hold something as `{title, rows: [{when, words, facts}]}`; what is empty is left out.

    `say` puts a moment into words: on a page as people do, today or yesterday, in a file that is kept by its day.
    """
    titles = {}
    told = []
    for table, rows in found.items():
        if table in NAMES and rows:
            said = [_row(db, row, titles, say) for row in rows]
            told.append({"title": NAMES[table], "rows": sorted(said, key=lambda r: r["when"] or "", reverse=True)})
    order = list(NAMES.values())
    return sorted(told, key=lambda one: order.index(one["title"]))


def for_hub(db, found):
    """Return what the hub may read of somebody's record, as `sections`, and of the rest how much there is of what."""
    read = sections(db, {table: found[table] for table in OF_HUB})
    others = [(NAMES[t], len(rows)) for t, rows in found.items() if t in NAMES and t not in OF_HUB and rows]
    return read, others


def rest(found):
    """Return what is told as counts: where one is named besides, and how much of the activity is one's own."""
    activity = found["activity"]
    return {
        "named_in": [{**one, "words": f"{_plain(one['table'])}, as {_plain(one['as'])}"} for one in found["named_in"]],
        "entries": len(activity), "first": activity[0]["at"] if activity else None,
        "last": activity[-1]["at"] if activity else None,
    }  # fmt: skip


def _row(db, row, titles, say):
    when = next((row[name] for name in _WHEN if row.get(name)), None)
    words = [row[name] for name in _WORDS if row.get(name)]
    facts = []
    for name, value in row.items():
        if value in (None, "", 0) or name in (*_WHEN, *_WORDS, *_INSIDE):
            continue
        if name in _TITLES and (title := _title(db, name, value, titles)):
            facts.append((_plain(name), title))
        elif not _is_id(name, value):
            facts.append((_plain(name), "yes" if name in _YES else _said(name, value, say)))
    return {"when": when, "words": words, "facts": facts}


def _title(db, table, id, titles):
    if (table, id) not in titles:
        titles[table, id] = store.value(db, f"select {_TITLES[table]} from {table} where id = ?", (id,))
    return titles[table, id]


def _is_id(name, value):
    """Tell whether a value names a row and nothing a person would know it by."""
    return name in ("id", "person") or (isinstance(value, str) and len(value) == 36 and value.count("-") == 4)


def _said(name, value, say):
    text = str(value)
    if name == "second":
        return f"{value // 60}:{value % 60:02d}"
    if name == "visibility":
        return _SEEN_BY.get(text, text)
    if name == "strands":
        return ", ".join(read_strands(text))
    if len(text) == 24 and text.endswith("Z"):
        return say(text)
    return text


def called(table):
    """Return what people call a table, also one that is no part of somebody's record."""
    return NAMES.get(table) or _plain(table).capitalize()


def _plain(name):
    """Return what a column is called in words."""
    return _CALLED.get(name) or name.replace("_", " ")
