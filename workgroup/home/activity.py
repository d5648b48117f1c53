"""Who did what and when, as history in sentences: of a Work Group for its leaders, of the hub for whoever runs it.

From the ledger: a kind, what it is about, by whom and when; never the words, which may be private or erased. What
people write for themselves, how they sign in, and what they read is no history of anybody else's.
"""

from workgroup import clock, store

# kind: what somebody did; {n} is how many in a row. Left out is what people do for themselves, small steps within what
# is told, and how they come and go
WORDS = {
    "groups.create": "made", "groups.edit": "changed the facts of", "groups.add_school": "registered",
    "groups.set_engagement": "noted where they stand:", "groups.give_grant": "noted a grant for",
    "groups.add_person": "added", "groups.end_membership": "noted the last day of",
    "groups.set_email": "noted the e-mail of", "groups.restore_membership": "noted that somebody stays:",
    "groups.take_back_engagement": "took back what was noted of",
    "groups.take_out_school": "took out a school that was added by mistake:",
    "groups.take_out": "took out a Work Group that was made by mistake:",
    "groups.import_participants": "brought participants into", "groups.add_tag": "added the tag",
    "groups.edit_tag": "changed the tag", "planning.plan_year": "planned the year of",
    "planning.withdraw_year": "took the plan of the year back for",
    "planning.restore_year": "planned the year again of",
    "planning.next_year": "made the next year:", "planning.move_rest": "moved the sessions after",
    "years.import_year": "brought in the year", "sessions.plan": "planned", "sessions.edit": "changed",
    "sessions.set_state": "opened, closed or put off", "sessions.hand_over": "handed over the running of",
    "sessions.add_block": "added to the agenda of", "sessions.edit_block": "changed the agenda of",
    "sessions.move_block": "reordered the agenda of", "sessions.remove_block": "took from the agenda of",
    "sessions.restore_block": "put back into the agenda of",
    "sessions.restore_agenda": "put the earlier agenda back for", "sessions.copy_agenda": "took another agenda for",
    "sessions.cut_block": "gave another time to a part of",
    "sessions.set_question": "set the question of",
    "sessions.add_prompt": "put {n} to reflect on to", "sessions.edit_prompt": "changed a question of",
    "sessions.move_prompt": "moved a question of", "sessions.withdraw_prompt": "took a question from",
    "sessions.restore_prompt": "brought a question back to", "sessions.begin_block": "went on in",
    "sessions.unbegin_block": "went back in",
    "sessions.let_in": "let people in to", "sessions.show_out": "took back a nod at the door of",
    "sessions.mark": "took {n} of the register of", "sessions.mark_school": "took {n} of the register of",
    "sessions.unmark": "took back {n} of the register of", "sessions.note": "wrote a note on",
    "sessions.withdraw_note": "took a note away from", "sessions.restore_note": "brought a note back to",
    "sessions.decide": "wrote a decision of", "sessions.withdraw_decision": "took a decision away from",
    "sessions.restore_decision": "brought a decision back to", "sessions.summarise": "wrote the summary of",
    "sessions.invite": "sent invitations to", "sessions.uninvite": "took sessions out of the calendar of",
    "sessions.answer": "answered the invitation to",
    "sessions.ask_host": "asked the host of", "sessions.host_word": "answered about",
    "sessions.wifi_word": "said how the wifi was at", "sessions.host_wifi": "said how the wifi was at",
    "sessions.add_material": "put a link or file into", "sessions.withdraw_material": "took a link or file from",
    "sessions.restore_material": "brought a link or file back to", "sessions.open_screen": "opened the screen of",
    "sessions.close_screen": "ended the screen of", "lessons.plan": "planned the open lesson",
    "lessons.withdraw": "took out of its session", "lessons.restore": "put back",
    "lessons.edit": "changed the briefing of", "lessons.send_plan": "sent the plan of", "lessons.watch":
    "said who watches whom in", "lessons.start": "started", "lessons.end": "ended", "lessons.notice":
    "noticed {n} in", "lessons.photo": "took {n} in", "lessons.sketch": "drew {n} in",
    "lessons.open_discussion": "opened the discussion of", "lessons.step": "went on in the discussion of",
    "lessons.discuss": "wrote {n} in the discussion of", "lessons.imply": "wrote what it means for a school:",
    "lessons.close": "handed to its teacher", "lessons.ask_teacher": "asked the teacher of",
    "lessons.share": "answered who may read", "lessons.agree_screen": "said what the screen may show of",
    "lessons.take_out": "saved the record of", "tasks.set": "set a gap task for", "tasks.edit":
    "changed a gap task of", "tasks.return": "gave a gap task back for", "tasks.carry": "carried a gap task on for",
    "tasks.drop": "dropped a gap task of", "tasks.reopen": "took up a gap task again for",
    "tasks.withdraw_return": "took a return back for", "tasks.did_at_school": "noted work at school:",
    "tasks.withdraw_work": "took back what was noted at", "tasks.restore_return": "brought a return back for",
    "tasks.photo": "sent a photo with a gap task of", "tasks.withdraw_photo": "took away a photo with a gap task of",
    "tasks.restore_work": "brought back what was noted at", "visits.plan": "planned a visit to",
    "visits.make": "visited", "visits.cancel": "cancelled a visit to", "visits.edit": "changed a visit to",
    "visits.unmake": "said it was not made: a visit to", "visits.plan_again": "planned again a visit to",
    "reports.draft": "drafted the report of a visit to", "reports.write": "wrote the report of a visit to",
    "reports.send": "sent the report of a visit to", "reports.withdraw": "withdrew the report of a visit to",
    "reports.restore": "let the report stand again of a visit to",
    "reports.end_link": "ended a link to the report of a visit to",
    "reports.acknowledge": "has read the report of the visit to", "reviews.review": "noted where we are:",
    "reviews.agree": "noted what was agreed with", "reviews.withdraw": "took a review away of",
    "reviews.restore": "brought a review back of", "reviews.not_agreed": "took back what was noted as agreed with",
    "plans.begin": "began a version of the action plan of",
    "plans.withdraw": "took away a draft of the action plan of",
    "plans.restore": "brought back a draft of the action plan of",
    "plans.add_aim": "wrote {n} in the action plan of", "plans.add_action": "wrote {n} in the action plan of",
    "plans.ask_head": "asked the head to agree the action plan of",
    "sessions.end_host_link": "ended the link to the host of",
    "plans.end_asking": "ended a link to the action plan of", "plans.answer": "answered about the action plan of",
    "plans.agree_in_person": "noted what was agreed: the action plan of",
    "plans.not_agreed": "took back what was noted as agreed: the action plan of",
    "plans.note_progress": "noted {n} in the action plan of",
    "journeys.ask_head": "sent the head the year of", "journeys.end_asking": "ended a link to the year of",
    "journeys.say": "left a statement on the year of", "journeys.withdraw": "took back a statement on the year of",
    "journeys.restore": "let a statement stand again on the year of",
    "sessions.keep_as_template": "kept a running order for", "sessions.save_template": "wrote a running order for",
    "sessions.drop_template": "took away the running order for",
    "sessions.restore_template": "put back the running order for",
    "evaluations.begin": "drafted the evaluation", "evaluations.draft_again": "drafted again the evaluation",
    "evaluations.send": "sent to the hub the evaluation",
    "groups.edit_grant": "changed a grant for",
    "groups.withdraw_grant": "took a grant away from", "groups.restore_grant": "brought a grant back for",
}  # fmt: skip
OF_HUB = {
    "years.leave_demo": "began a hub of its own where a demo was, which is kept",
    "years.populate": "filled the hub for measuring, led by",
    "people.set_up": "set the hub up:", "people.invite": "invited", "people.end_role": "ended the hub role of",
    "hub.set_strands": "said which strands are looked after by",
    "people.end_sign_ins": "signed out everywhere:",
    "people.erase": "erased", "privacy.erase": "erased", "privacy.erase_address": "erased",
    "privacy.erase_named": "erased",
    "privacy.set_retention": "chose how long words are kept",
    "privacy.purge": "let words go whose time was over",
    "people.edit_hub": "changed the hub’s settings", "people.keep_trns":
    "chose whether teacher reference numbers are kept", "people.make_link":
    "made a sign-in link for", "schools.import_register": "imported the register of schools",
    "schools.import_list": "brought schools in from a list",
    "schools.add_by_hand": "added", "schools.edit_by_hand": "changed", "schools.set_host_facts":
    "wrote what guests must know at", "schools.add_contact": "added a contact at", "schools.end_contact":
    "ended a contact at", "schools.restore_contact": "brought a contact back at",
    "groups.restore_half_terms": "gave back its own half-terms to",
    "groups.set_half_term": "set a half-term", "groups.clear_half_terms": "took the hub’s half-terms again for",
    "groups.set_shape": "said what a strand comes with",
    "hub.try_again": "tried something again that happens by itself",
    "days.set_allowance": "noted an allowance for", "days.edit_allowance": "changed an allowance of",
    "days.withdraw_allowance": "took an allowance away from", "days.restore_allowance":
    "brought an allowance back for", "days.add_activity": "added the activity", "days.edit_activity":
    "changed the activity", "days.claim": "claimed days with", "days.undo_claim": "undid the claim",
    "days.unclaim": "took days out of the claim", "frameworks.begin": "began a draft of",
    "frameworks.save": "wrote the draft of", "frameworks.withdraw": "took away the draft of",
    "frameworks.restore": "brought back the draft of", "frameworks.use": "put to use a new version of",
    "frameworks.take_back": "made a draft again of", "frameworks.end": "let what every strand uses take the place of",
    **{k: w for k, w in WORDS.items() if k.startswith("groups.") or k in ("planning.next_year", "years.import_year")},
}  # fmt: skip
# how many of what, where several in a row are one line
COUNTED = {
    "sessions.mark": ("mark", "marks"), "sessions.mark_school": ("school", "schools"), "sessions.unmark":
    ("mark", "marks"), "lessons.notice": ("moment", "moments"), "lessons.photo": ("picture", "pictures"),
    "lessons.sketch": ("sketch", "sketches"), "lessons.discuss": ("note", "notes"), "plans.add_aim": ("aim", "aims"),
    "plans.add_action": ("action", "actions"), "plans.note_progress": ("word of progress", "words of progress"),
    "sessions.add_prompt": ("question", "questions"),
}  # fmt: skip
BECAME = {"open": "opened", "closed": "closed", "postponed": "put off", "cancelled": "cancelled",
          "planned": "planned again"}  # fmt: skip
# who has no account here
NOBODY = {"sessions.host_word": "The host school", "sessions.host_wifi": "The host school",
          "reports.acknowledge": "The school", "plans.answer": "The head",
          "journeys.say": "The head", "journeys.withdraw": "The head", "journeys.restore": "The head"}
PAGE = 200
_AIMS = "aim m join action_plan x on x.id = m.action_plan"
_LINE = (
    "l.number, l.kind, l.at, l.by, p.name,"
    " (select h.state from session_history h where h.session = l.about and h.at = l.at) as state"
)
_WHO = "left join person p on p.id = l.by"
_OF_KINDS = "l.kind in ({}) and (:before is null or l.number < :before) order by l.number desc limit :most"
# the ids that entries of a group are about, with what they are called and where they stand
_THINGS = (
    "thing (id, title, address) as ("
    " select id, title, '/groups/' || id from work_group where id = :group"
    " union all select id, title, '/sessions/' || id from session where work_group = :group"
    + "".join(
        f" union all select x.id, n.title, '/sessions/' || n.id from {table} x join session n on n.id = x.session"
        " where n.work_group = :group"
        for table in ("agenda_block", "session_note", "decision", "material", "invitation_answer", "register_mark")
    )
    + " union all select l.id, l.topic, '/lessons/' || l.id from lesson l join session n on n.id = l.session"
    " where n.work_group = :group"
    + "".join(
        f" union all select x.id, l.topic, '/lessons/' || l.id from {table} x join lesson l on l.id = x.lesson"
        " join session n on n.id = l.session where n.work_group = :group"
        for table in ("noticing", "photo", "sketch", "discussion_note", "implication", "lesson_start")
    )
    + " union all select i.id, s.name, '/schools/' || s.id from school_in_group i join school s on s.id = i.school"
    " where i.work_group = :group"
    + "".join(
        f" union all select x.id, s.name, {address} from {table} x join school_in_group i on i.id = x.school_in_group"
        " join school s on s.id = i.school where i.work_group = :group"
        for table, address in (
            ("gap_task", "'/gap-tasks/' || x.id"), ("in_school_work", "'/schools/' || s.id"),
            ("visit", "'/visits/' || x.id"), ("review", "'/reviews/' || x.id"),
            ("action_plan", "'/action-plans/' || x.id"), ("head_statement", "'/schools/' || s.id"),
        )
    )
    + " union all select r.id, s.name, '/gap-tasks/' || t.id from gap_task_return r"
    " join gap_task t on t.id = r.gap_task join school_in_group i on i.id = t.school_in_group"
    " join school s on s.id = i.school where i.work_group = :group"
    + "".join(
        f" union all select {id}, s.name, '/action-plans/' || x.id from {tables} join school_in_group i"
        " on i.id = x.school_in_group join school s on s.id = i.school where i.work_group = :group"
        for id, tables in (
            ("m.id", _AIMS), ("c.id", f"{_AIMS} join action c on c.aim = m.id"),
            ("w.id", f"{_AIMS} join action c on c.aim = m.id join action_progress w on w.action = c.id"),
        )
    )
    + " union all select m.id, p.name, '/groups/' || m.work_group || '/people' from membership m"
    " join person p on p.id = m.person where m.work_group = :group"
    " union all select id, name, '/groups/' || work_group || '/tags' from tag where work_group = :group"
    " union all select id, half_term, '/evaluations/' || id from evaluation where work_group = :group"
    " union all select id, coalesce(nullif(kind, ''), 'every other kind'), '/groups/' || work_group || '/agendas'"
    " from agenda_template where work_group = :group)"
)  # fmt: skip
_THINGS_OF_HUB = (
    "thing (id, title, address) as ("
    " select id, name, '/people' from person"
    " union all select id, name, '/schools/' || id from school"
    " union all select id, title, '/groups/' || id from work_group"
    " union all select i.id, s.name, '/schools/' || s.id from school_in_group i join school s on s.id = i.school"
    " union all select m.id, p.name, '/groups/' || m.work_group || '/people' from membership m"
    " join person p on p.id = m.person"
    " union all select id, name, '/groups/' || work_group || '/tags' from tag"
    " union all select a.id, p.name, '/people/' || p.id || '/days/' || replace(a.academic_year, '/', '-')"
    " from allowance a join person p on p.id = a.person"
    " union all select id, name, '/hub/activities' from day_activity"
    " union all select id, strand, '/hub/strands' from strand_shape"
    " union all select id, reference, '/claims/' || id from day_claim"
    " union all select id, 'aspects and steps' || coalesce(', ' || strand, ''), '/frameworks/' || id from framework)"
)


def of_group(db, group, before=None):
    """Return what was done in a Work Group, newest first, as lines; and the number before which there is more."""
    rows = store.rows(
        db,
        f"with {_THINGS} select {_LINE}, t.title, t.address from thing t cross join ledger l on l.about = t.id"
        f" {_WHO} where {_OF_KINDS.format(_listed(WORDS))}",
        {"group": group, "before": before, "most": PAGE + 1},
    )
    return _page(rows, WORDS)


def of_hub(db, before=None, of_groups=True):
    """Return what was done in the hub itself, newest first, as lines; and the number before which there is more.

    Without what was done to Work Groups (`of_groups`) it is for whoever looks after some of them alone.
    """
    kinds = OF_HUB if of_groups else {kind: said for kind, said in OF_HUB.items() if kind not in WORDS}
    rows = store.rows(
        db, f"select {_LINE}, l.about from ledger l {_WHO} where {_OF_KINDS.format(_listed(kinds))}",
        {"before": before, "most": PAGE + 1},
    )  # fmt: skip
    marks = ", ".join("?" * len(rows))
    sql = f"with {_THINGS_OF_HUB} select * from thing where id in ({marks})"
    things = store.rows(db, sql, [row["about"] for row in rows])
    named = {one["id"]: one for one in things}
    for row in rows:
        row.update(named.get(row.pop("about")) or {"title": None, "address": None})
    return _page(rows, OF_HUB)


def _listed(words):
    return ", ".join(f"'{kind}'" for kind in words)  # our own names, never input


def _page(rows, words):
    more = rows[PAGE - 1]["number"] if len(rows) > PAGE else None
    return _lines(rows[:PAGE], words), more


def _lines(rows, words):
    """Put what the same person did to the same thing in a row on the same day on one line."""
    lines = []
    for row in rows:
        day = clock.day_of(row["at"])
        key = (day, row["by"], row["kind"], row["title"], row["state"])
        if lines and lines[-1]["key"] == key:
            lines[-1]["count"] += 1
        else:
            name = row["name"] or NOBODY.get(row["kind"], "The app")
            lines.append({**row, "key": key, "day": day, "count": 1, "name": name})
    for line in lines:
        became = BECAME.get(line["state"]) if line["kind"] == "sessions.set_state" else None
        said = became or _say(line["kind"], line["count"], words)
        line["words"] = said if line["title"] else said.removesuffix(":")  # what was taken out has no name any more
    return lines


def _say(kind, count, words):
    if kind in COUNTED:
        one, many = COUNTED[kind]
        return words[kind].replace("{n}", f"{count} {one if count == 1 else many}")
    if count == 1:
        return words[kind]
    colon = ":" if words[kind].endswith(":") else ""
    return f"{words[kind].removesuffix(':')} ({count} times){colon}"
