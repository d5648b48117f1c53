"""Who may read what, of everything that is not for everybody: the table of product.md, column by column.

A rule names a column, the rows it speaks of in SQL (the first rule that has a row counts), and who may read it there.
"""

HIDDEN = "hidden_at is not null"
GONE = "withdrawn_at is not null"
OWN = "author asked"  # asked: by the mail that asks to reflect, one's own
ON_SCREEN = "room chair screen"  # what the teacher lets be shown there, while it is talked about


def _lessons(*states):
    shared = [s for s in states if s in ("room", "group", "hub")]
    plain = [s for s in states if s not in shared]
    parts = [f"state = '{s}'" for s in plain] + [f"state = 'shared' and shared_with = '{s}'" for s in shared]
    return f"lesson in (select id from lesson where {' or '.join(parts)})"


def _of_lesson(column, talked="room chair", own="author"):
    """Return the rules of what stands in a lesson: private until the discussion, the teacher's to share after it."""
    for state, who in (("live", ""), ("discussion", talked), ("with teacher", ""), ("room", "room"),
                       ("group", "room group"), ("hub", "room group lead")):  # fmt: skip
        yield (column, _lessons(state), f"{own} lesson-teacher {who}")


def _part_of_noticing(column):
    for where, who in (("withdrawn_at is not null", "author"), ("hidden_at is not null", f"{OWN} lesson-teacher")):
        yield (column, f"noticing in (select id from noticing where {where})", who)
    for _, where, who in _of_lesson(column, ON_SCREEN, OWN):
        yield (column, f"noticing in (select id from noticing where {where})", who)


def _of_reflection(column, its="reflection"):
    for where, who in (("state = 'draft' or withdrawn_at is not null", "author"), ("visibility = 'me'", OWN),
                       ("visibility = 'specialist'", f"{OWN} leaders"), ("1", f"{OWN} group")):  # fmt: skip
        yield (column, f"{its} in (select id from reflection where {where})", who)


def _of_plan(column, plan):
    yield (column, f"{plan} in (select id from action_plan where state = 'draft')", "leaders named link:agree")
    yield (column, "", "leaders school link:journey link:agree")


PLAN_OF_ACTION = "(select action_plan from aim where aim.id = action.aim)"
RULES = (
    # people: names are no secret among those who work together
    ("person.email", "", "oneself leaders hub"),
    ("person.phone", "", "oneself leaders hub"),
    ("person.password_hash", "", "nobody"),
    ("person.pin_hash", "", "nobody"),
    ("person.trn", "", "oneself hub leaders"),
    ("person.role_in_school", "", "oneself leaders hub group"),
    ("person.stage", "", "oneself hub"),
    ("person.pd_lead", "", "oneself hub"),
    ("tablet.name", "", "oneself"),
    ("mail.address", "", "oneself hub"),
    ("mail.subject", "", "oneself hub"),
    ("mail.body", "", "oneself"),
    ("mail.link", "attached is not null", "leaders"),
    ("mail.link", "", "hub"),
    ("mail.code", "", "hub"),
    ("mail.calendar", "", "oneself"),
    ("mail.trouble", "", "oneself hub"),
    # schools
    ("school_contact.name", "", "hub leaders school"),
    ("school_contact.email", "", "hub leaders school"),
    ("school_contact.phone", "", "hub leaders school"),
    ("host_facts.late_contact", "", "hub group link:hosting link:invited"),
    ("host_facts.wifi", "", "hub group guest link:hosting link:invited"),
    # sessions
    ("agenda_block.private_words", "", "leaders"),
    ("block_note.words", "", "author"),
    ("guest_claim.visitor", "", "leaders oneself"),
    ("guest_claim.comes_from", "", "leaders oneself"),
    ("register_mark.comes_from", "", "leaders oneself link:hosting"),
    ("invitation_answer.cover", "", "oneself leaders"),
    ("session_note.words", GONE, "author leaders"),
    ("session_note.words", "", "group"),
    ("decision.words", "", "group"),
    ("session_summary.words", "", "group hub"),
    ("host_word.name", "", "leaders link:hosting"),
    ("host_word.words", "", "leaders link:hosting"),
    ("membership.why", "", "oneself leaders hub"),
    ("session.joining_link", "", "group link:invited"),
    ("session_history.why", "", "group hub"),
    ("visit_history.why", "", "leaders"),
    ("engagement.reason", "", "leaders hub"),
    ("school_grant.purpose", "", "leaders hub"),
    ("report_sent.why", "", "leaders school link:visit-report"),
    ("lesson.wanted", "", "group room hub guest"),
    # gap tasks and work at school
    # whoever has left keeps what they wrote and what they were to do, in their own record
    ("gap_task.words", "", "owner group link:back link:reflect school link:journey"),
    ("gap_task_history.words", "", "group"),
    ("gap_task_history.why", "", "group"),
    ("gap_task_return.words", GONE, "author"),
    ("gap_task_return.words", "", "author group link:reflect"),
    ("gap_task_return.drawn", GONE, "author"),
    ("gap_task_return.drawn", "", "author group"),
    ("gap_task_return.described", GONE, "author"),
    ("gap_task_return.described", "", "author group"),
    ("in_school_work.words", GONE, "author leaders"),
    ("in_school_work.words", "", "author group"),
    ("in_school_work.topic", GONE, "author leaders"),
    ("in_school_work.topic", "", "author group"),
    # open lessons
    ("noticing.words", GONE, "author"),
    ("noticing.words", HIDDEN, f"{OWN} lesson-teacher"),
    *_of_lesson("noticing.words", ON_SCREEN, OWN),
    *_part_of_noticing("noticing_words.words"),
    ("photo.described", GONE, "author"),
    ("photo.described", "gap_task_return is not null", "group"),
    *_of_lesson("photo.described"),
    ("photo_piece.bytes", "photo in (select id from photo where gap_task_return is not null)", "group"),
    *((c, f"photo in (select id from photo where {w})", who) for c, w, who in _of_lesson("photo_piece.bytes")),
    *_of_lesson("sketch.drawn", ON_SCREEN),
    *_of_lesson("sketch.described", ON_SCREEN),
    ("discussion_note.words", GONE, "author"),
    *_of_lesson("discussion_note.words"),
    ("implication.words", "", "group room"),
    *_of_lesson("teacher_comment.words"),
    ("watch.words", "", "group guest room lesson-teacher"),
    # reflections
    *_of_reflection("reflection_words.words"),
    *((c, f"version in (select id from reflection_words where {w})", who)
      for c, w, who in _of_reflection("reflection_answer.words")),
    ("reflection_reply.words", GONE, "author"),
    ("reflection_reply.words", "", "author reflection-author"),
    # visits
    ("visit_note.words", GONE, "author"),
    ("visit_note.words", "", "leaders"),
    ("visit_note.year_group", GONE, "author"),
    ("visit_note.year_group", "", "leaders"),
    ("visit_note_words.words", "", "leaders"),
    ("visit.people_met", "", "leaders"),
    ("visit.purpose", "", "leaders"),
    ("visit_report.words", "", "leaders"),
    ("report_sent.words", "", "leaders school link:visit-report"),
    ("report_to.name", "", "leaders hub"),
    ("report_to.email", "", "leaders hub"),
    ("report_answer.name", "", "leaders school link:visit-report"),
    ("report_answer.words", "", "leaders school link:visit-report"),
    # where a school stands, and its plan
    ("review.words", "agreed_on is null", "leaders"),
    ("review.words", "", "leaders school lead link:journey"),
    ("review.next_step", "agreed_on is null", "leaders"),
    ("review.next_step", "", "leaders school lead link:journey"),
    ("review.agreed_with", "", "leaders school lead link:journey"),
    ("action_plan.agreed_with", "", "leaders school link:journey link:agree"),
    *_of_plan("aim.words", "action_plan"),
    *_of_plan("action.words", PLAN_OF_ACTION),
    *_of_plan("action.owner", PLAN_OF_ACTION),
    ("action_progress.words", "", "leaders school link:journey link:agree"),
    ("plan_asking.name", "", "leaders hub link:agree"),
    ("plan_asking.email", "", "leaders hub"),
    ("plan_answer.name", "", "leaders school link:agree"),
    ("plan_answer.words", "", "leaders link:agree"),
    ("journey_asking.name", "", "leaders hub link:journey"),
    ("journey_asking.email", "", "leaders hub"),
    ("head_statement.name", "", "leaders link:journey"),
    ("head_statement.words", "", "leaders link:journey"),
    # the hub
    ("evaluation_sentence.words", "evaluation in (select id from evaluation where state = 'draft')",
     "leaders quoted"),
    ("evaluation_sentence.words", "", "leaders hub quoted"),
    ("day_entry.words", "", "oneself hub"),
    ("day_history.words", "", "oneself hub"),
    ("day_claim.reference", "", "hub leaders"),
    ("aspect.name", "framework in (select id from framework where state = 'draft')", "hub"),
    ("ledger_words.said", "", "nobody"),
    ("ledger_words.was", "", "nobody"),
)  # fmt: skip
# what is personal, and no words that could be found again: with the reason
NOT_WORDS = {
    ("person", "name"): "everybody who works together says it",
    ("person", "pd_lead_on"): "a day",
    ("guest_claim", "school"): "names a school",
}  # fmt: skip
