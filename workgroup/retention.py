"""How long words are kept: kinds of them, which tables and columns each covers, and what stays and why.

Declared once, for the settings, the preview, the run and the tests: every table stands in `KINDS` or in `STAYS`. What
goes is words, never rows: counts, dates and the ledger's chain stay whole. Running it is workgroup/purging.py.
"""

from dataclasses import dataclass

from workgroup.personal import ERASED

GONE = "(no longer kept)"  # stands where words were that are kept no longer
_WHEN_SENT = "(select s.at from report_sent s where s.id = report_to.report_sent)"


@dataclass(frozen=True)
class Thing:
    """Rows of a table that hold words of a kind: since when (SQL), what comes in the place of which columns.

    `columns` maps to a text, None, or SQL after `=`; without columns the row itself goes. `where` narrows the rows,
    `also` are statements for the `:ids` that go, at `:at`. `of` finds more entries of the ledger that hold them.
    """

    table: str
    one: str
    many: str
    at: str = "at"
    columns: dict | None = None
    where: str = "1"
    also: tuple = ()
    of: str | None = None
    key: str = "id"


@dataclass(frozen=True)
class Kind:
    """A kind of words with its own time: in whole academic years, or counted from each one's own day."""

    words: str
    about: str
    months: int  # what is offered where nobody has chosen; nothing goes before somebody does
    things: tuple
    by_year: bool = True


_IDS = "(select value from json_each(:ids))"
_NOTE = {"words": GONE}
KINDS = {
    "noticings": Kind("Noticings", "moments of open lessons, discussions, what a teacher said to them", 12, (
        Thing("noticing", "noticing", "noticings", columns=_NOTE),
        Thing("noticing_words", "later text of a noticing", "later texts of noticings", columns=_NOTE),
        Thing("discussion_note", "note of a discussion", "notes of discussions", columns=_NOTE),
        Thing("teacher_comment", "comment of a lesson’s teacher", "comments of lessons’ teachers", columns=_NOTE),
    )),
    "reflections": Kind("Reflections", "with the replies to them", 12, (
        # what is no longer there is quoted no more
        Thing("reflection_words", "text of a reflection", "texts of reflections", columns=_NOTE, also=(
            f"update reflection set may_quote = 0 where not exists (select 1 from reflection_words w"
            f" where w.reflection = reflection.id and w.words <> '{GONE}')"
            f" and id in (select reflection from reflection_words where id in {_IDS})",)),
        Thing("reflection_answer", "answer to a further question", "answers to further questions", columns=_NOTE,
              at="(select w.at from reflection_words w where w.id = reflection_answer.version)"),
        Thing("reflection_reply", "reply to a reflection", "replies to reflections", columns=_NOTE),
    )),
    "session_notes": Kind("Session notes", "and the leaders’ notes in a running order", 12, (
        Thing("block_note", "note to oneself in a running order", "notes to oneself in running orders",
              columns={"words": None}, of="select l.id from ledger l join agenda_block b on b.session = l.about"
              " join block_note n on n.block = b.id and n.by = l.by where l.kind = 'sessions.note_to_self'"
              f" and n.id in {_IDS}"),
        Thing("session_note", "note of a session", "notes of sessions", columns=_NOTE),
        Thing("agenda_block", "leaders’ note in a running order", "leaders’ notes in running orders",
              at="(select n.ends_at from session n where n.id = agenda_block.session)", columns={"private_words": None},
              of="select l.id from ledger l join agenda_block b on b.session = l.about where l.kind like 'sessions.%'"
              f" and b.id in {_IDS}"),
    )),
    "pictures": Kind("Photos and sketches", "the pictures themselves and what describes them", 12, (
        Thing("photo", "photo", "photos", columns={"described": GONE}, also=(
            f"delete from photo_piece where photo in {_IDS}",
            f"update photo set withdrawn_at = coalesce(withdrawn_at, :at) where id in {_IDS}")),
        Thing("sketch", "sketch", "sketches", columns={"drawn": '{"things": []}', "described": GONE}, also=(
            f"update sketch set withdrawn_at = coalesce(withdrawn_at, :at) where id in {_IDS}",)),
        Thing("gap_task_return", "sketch with a gap task", "sketches with gap tasks",
              columns={"drawn": None, "described": None}),
    )),
    "visit_notes": Kind("Visit notes", "the raw notes; a report that was sent stays the school’s", 12, (
        Thing("visit_note", "note of a visit", "notes of visits", columns=_NOTE | {"year_group": None}),
        Thing("visit_note_words", "later text of a visit note", "later texts of visit notes", columns=_NOTE),
    )),
    "school_work": Kind("What schools tried", "gap tasks that came back, work at school, words of progress", 36, (
        Thing("gap_task_return", "return of a gap task", "returns of gap tasks", columns={"words": None}),
        Thing("in_school_work", "sentence on work at school", "sentences on work at school",
              columns=_NOTE | {"topic": None}),
        Thing("action_progress", "word of progress", "words of progress", columns={"words": None}),
    )),
    "letters": Kind("Who answered by a link", "to whom reports and plans went, what heads and hosts said", 36, (
        Thing("report_to", "reader of a report", "readers of reports", at=_WHEN_SENT,
              columns={"name": GONE, "email": GONE},
              of=f"select report_sent from report_to where id in {_IDS}"),
        Thing("report_answer", "answer to a report", "answers to reports", columns={"name": GONE, "words": None}),
        Thing("plan_asking", "link to an action plan", "links to action plans",
              columns={"name": GONE, "email": GONE}),
        Thing("plan_answer", "answer to an action plan", "answers to action plans",
              columns={"name": GONE, "words": None}),
        Thing("journey_asking", "link to a school’s year", "links to schools’ years",
              columns={"name": GONE, "email": GONE}),
        Thing("head_statement", "statement of a head", "statements of heads", columns={"name": GONE, "words": GONE}),
        Thing("host_word", "word of a host", "words of hosts", columns={"name": GONE, "words": None}),
    )),
    "registers": Kind("Names on registers", "visitors’ names, who came in somebody’s place; marks stay", 72, (
        # two visitors of a session stay two
        Thing("register_mark", "name of a visitor", "names of visitors",
              columns={"visitor": f"='{GONE} ' || pseudonym(session, visitor, school)"}),
        Thing("register_mark", "place that a visitor is from", "places that visitors are from",
              columns={"comes_from": None}),
        Thing("invitation_answer", "name of who came instead", "names of who came instead", columns={"cover": None}),
        Thing("guest_claim", "name at the door", "names at the door", where="visitor is not null",
              columns={"visitor": GONE, "school": None, "comes_from": None}),
    )),
    "days": Kind("Notes of the days log", "days, sums and claims stay", 72, (
        Thing("day_entry", "note of a day", "notes of days", columns={"words": None}),
        Thing("day_history", "earlier note of a day", "earlier notes of days", columns={"words": None}, key="rowid",
              of=f"select h.day_entry from day_history h where h.rowid in {_IDS}"),
    )),
    "mail": Kind("Mail that was sent", "to whom, and what it said", 6, (
        Thing("mail", "mail", "mails", at="made_at", where="state <> 'waiting'", columns={
            "address": GONE, "subject": GONE, "body": GONE, "link": None, "code": None, "calendar": None,
            "trouble": None}, also=(f"update due set trouble = null where kind = 'mail' and about in {_IDS}",)),
    ), by_year=False),
    "devices": Kind("Devices and links", "a device nobody used for so long is signed out; links that have ended", 12, (
        # the row stays: what waits sealed on a device is opened by it once its owner signs in there again
        Thing("tablet", "name of a device", "names of devices", at="seen_at", columns={"name": None}),
        Thing("tablet", "sign-in", "sign-ins", at="seen_at", where="ended_at is null", columns={"ended_at": "=:at"}),
        Thing("link", "link that had ended", "links that had ended", at="expires_at", key="hash"),
    ), by_year=False),
    "activity": Kind("Words behind the activity", "who did what and when stays; what was typed with it goes", 24, (
        Thing("ledger_words", "entry’s words", "entries’ words", key="number",
              at="(select l.at from ledger l where l.number = ledger_words.number)"),
    )),
}  # fmt: skip
# why the words of a table, or the table itself, are not a matter of time
STAYS = {
    "goes only when a person is erased": ("person",),
    "goes with what it belongs to": ("photo_piece", "found_row", "reflection"),
    "the chain and the settings of the house": (
        "record", "ledger", "due", "hub", "retention", "retention_run", "retention_gone", "_sqlite_migrations"),
    "forgotten after a day": ("attempt",),
    "one’s own choice of what a page shows": ("put_away",),
    "entered and ended by hand": ("school_contact", "host_facts", "wifi_word"),
    "public facts of schools": ("school",),
    "what a Work Group is: who, when, where": (
        "hub_role", "work_group", "school_in_group", "engagement", "membership", "tag", "school_grant", "half_term",
        "strand_shape"),
    "the group’s own plans and papers, kept as its record": (
        "session", "session_history", "agenda_template", "template_block", "material", "invitation", "decision",
        "session_summary", "gap_task", "gap_task_history", "prompt", "prompt_words", "lesson", "difficult_point",
        "predicted_response", "implication", "action_plan", "aim", "action"),
    "codes, clicks and times, no words": (
        "lesson_start", "phase_mark", "watch", "noticing_tag", "discussion_step", "pen", "taken_out",
        "reflection_read", "note_place", "day_declined"),
    "what was told to the school or the hub, and what it rests on": (
        "visit", "visit_history", "visit_report", "report_sent", "framework", "aspect", "step", "review",
        "review_evidence", "evaluation", "evaluation_sentence", "sentence_evidence"),
    "sums that were claimed": ("day_activity", "allowance", "day_claim", "claimed_day"),
}  # fmt: skip


def still_say(words):
    """Tell whether words still say something: not all of them were let go of or erased."""
    return any(line not in (GONE, ERASED) for line in (words or "").splitlines())
