"""What in the record is somebody's own, declared once: for a person's export (workgroup/holding.py), and for erasing.

Of each table that docs/data.md marks with (p): whose a row is, and what stands in its personal columns once that person
is erased. Rows stay, so that counts and the ledger's chain stay whole (domain.md: erasing leaves counts intact). What
several people made together, a session’s summary or a decision, is the group's and not here: it stays, without the name
(workgroup/unnaming.py).

Nothing here asks who may: the change people.erase does. The file afterwards is workgroup/forgetting.py.
"""

import secrets

from workgroup import clock, store, unnaming
from workgroup.people.queries import ALSO_AS_VISITOR as _ALSO
from workgroup.unnaming import ERASED, SOMEBODY

# sentences of an evaluation that quote what somebody reflected, changed since or not
_QUOTES = (
    "select s.id from evaluation_sentence s join reflection r on s.key = 'quote:' || r.id where r.by = :person"
    " union select s.id from evaluation_sentence s join head_statement t on s.key = 'head:' || t.id"
    " join journey_asking k on k.id = t.asking where k.email = :email collate nocase"
    # what goes on into the next half-term is known by what it rests on alone
    " union select s.id from evaluation_sentence s join sentence_evidence v on v.sentence = s.id"
    " and v.kind = 'head statement' join head_statement t on t.id = v.about"
    " join journey_asking k on k.id = t.asking where s.heading = 'heads' and k.email = :email collate nocase"
)
# a first name alone is many people’s
_NAMED = "(instr(:name, ' ') > 0 and instr({}, :name) > 0)"
_ASKED = "select id from plan_asking where email = :email collate nocase"
# whoever put a block into its running order or wrote its private words anew: theirs, and not those of all before; also
# of whoever changed one there, where what they said is no longer known
_CHANGED = "l.kind = 'sessions.edit_block' and l.about = agenda_block.session"
_WROTE_LAST = (
    "select l.by from ledger l left join ledger_words w on w.number = l.number where l.id = agenda_block.put_with"
    f" or {_CHANGED} and w.said ->> 'block' = agenda_block.id"
    " and w.said ->> 'private_words' is not w.was ->> 'private_words' order by l.number desc limit 1"
)
_UNKNOWN = (
    f"exists (select 1 from ledger l where l.by in ({_ALSO}) and {_CHANGED}"
    " and not exists (select 1 from ledger_words w where w.number = l.number))"
)
# table: (whose a row is, in SQL with :person, {column: what stands there once it is erased})
PERSONAL = {
    "person": ("id = :person or joined_to = :person", {
        "name": SOMEBODY, **dict.fromkeys(("email", "phone", "password_hash", "pin_hash", "trn", "role_in_school",
                                           "stage", "pd_lead", "pd_lead_on")),
    }),
    "tablet": ("person = :person", {"name": None}),
    "mail": ("person = :person or address = :email collate nocase",
             {"address": ERASED, "subject": ERASED, "body": ERASED, "link": None, "code": None, "calendar": None,
              "trouble": None}),
    "agenda_block": (f"({_WROTE_LAST}) in ({_ALSO}) or {_UNKNOWN}", {"private_words": None}),
    "block_note": (f"by in ({_ALSO})", {"words": None}),
    "membership": ("person = :person", {"why": None}),
    "guest_claim": (f"person = :person or guest in ({_ALSO})", {"school": None, "comes_from": None}),
    "register_mark": ("person = :person", {"comes_from": None}),
    "invitation_answer": ("person = :person", {"cover": None}),
    "session_note": ("by = :person", {"words": ERASED}),
    "gap_task_return": ("by = :person", {"words": None, "drawn": None, "described": None}),
    "in_school_work": ("by = :person", {"words": ERASED, "topic": None}),
    "noticing": ("by = :person", {"words": None}),
    "noticing_words": ("by = :person", {"words": ERASED}),
    "photo": ("by = :person", {"described": ERASED}),
    "sketch": ("by = :person", {"drawn": '{"things": []}', "described": ERASED}),
    "photo_piece": ("photo in (select id from photo where by = :person)", None),
    "discussion_note": ("by = :person", {"words": ERASED}),
    "teacher_comment": ("by = :person", {"words": ERASED}),
    "reflection_words": ("by = :person", {"words": ERASED}),
    "reflection_answer": ("version in (select id from reflection_words where by = :person)", {"words": ERASED}),
    "reflection_reply": ("by = :person", {"words": ERASED}),
    "visit_note": ("by = :person", {"words": ERASED, "year_group": None}),
    "evaluation_sentence": (f"id in ({_QUOTES})", {"words": "(What was quoted here is erased.)"}),
    "day_entry": ("person = :person", {"words": None}),
    "day_history": ("day_entry in (select id from day_entry where person = :person)", {"words": None}),
    "visit_note_words": ("by = :person", {"words": ERASED}),
    # whoever was written to by their e-mail, as who they are here; what they answered is found by it, so it goes last
    "action_plan": (
        f"id in (select a.action_plan from plan_answer a where a.answer = 'agree' and a.asking in ({_ASKED}))",
        {"agreed_with": SOMEBODY},
    ),
    "plan_answer": (f"asking in ({_ASKED})", {"name": SOMEBODY, "words": None}),
    "report_answer": ("report_to in (select id from report_to where email = :email collate nocase)",
                      {"name": SOMEBODY, "words": None}),
    "host_word": ("(school, name) in (select school, name from school_contact where email = :email collate nocase)",
                  {"name": SOMEBODY, "words": None}),
    # what a head said is found by the address their link went to, so that goes last
    "head_statement": ("asking in (select id from journey_asking where email = :email collate nocase)",
                       {"name": SOMEBODY, "words": ERASED}),
    "action": ("owner_person = :person", {"owner": SOMEBODY}),
    "action_progress": ("by = :person", {"words": None}),
    "ledger_words": (
        "number in (select number from ledger where by = :person or about = :person"
        " or by in (select id from person where joined_to = :person)"
        " or about in (select id from guest_claim where person = :person"
        f" or guest in ({_ALSO}))"
        f" or about in ({_QUOTES})"
        " or id in (select a.id from report_answer a join report_to t on t.id = a.report_to"
        " where t.email = :email collate nocase)"
        f" or id in (select a.id from plan_answer a where a.asking in ({_ASKED}))"
        " or about in (select id from action where owner_person = :person)"
        " or about in (select t.id from head_statement t join journey_asking k on k.id = t.asking"
        " where k.email = :email collate nocase)"
        " or about in (select id from membership where person = :person))"
        " or (:email is not null and said like '%' || :email || '%')"
        f" or {_NAMED.format('said')} or {_NAMED.format('was')}", None,
    ),
    "report_to": ("email = :email collate nocase", {"name": SOMEBODY, "email": ERASED}),
    "journey_asking": ("email = :email collate nocase", {"name": SOMEBODY, "email": ERASED}),
    "plan_asking": ("email = :email collate nocase", {"name": SOMEBODY, "email": ERASED}),
}  # fmt: skip
# facts about people who have no account here: entered and taken away by hand, under Schools
OTHERS = ("school_contact", "host_facts")


def erase(db, person, at):
    """Put nothing in the place of all that is this person's. Inside a transaction; `forget` afterwards for the file."""
    said = {"person": person, "at": at, "mark": secrets.token_hex(2)}
    said |= store.row(db, "select email, name from person where id = ?", (person,))
    known = unnaming.names(db, person)
    said["name"] = said["name"] if unnaming.is_full(said["name"]) else ""
    unnaming.take_out_agreed(db, person)
    for table, (whose, columns) in PERSONAL.items():
        if columns is None:
            db.conn.execute(f"delete from {table} where {whose}", said)
            continue
        put = ", ".join(f"{name} = :put_{name}" for name in columns)
        db.conn.execute(
            f"update {table} set {put} where {whose}", {**said, **{f"put_{n}": v for n, v in columns.items()}}
        )
    db.conn.create_function("is_named", 1, unnaming.whose(known))
    for end in ENDS if said["email"] else (*ENDS, *BY_NAME):
        db.conn.execute(end, said)
    unnaming.take_out(db, known)


def why_not(db, person, on):
    """Return why somebody cannot be erased on a day as things stand, in a sentence that says what to do first; or None.

    A Work Group of this year would be without anybody who may run it, and its people's words without a reader.
    """
    alone = store.value(
        db,
        "select g.title from membership m join work_group g on g.id = m.work_group where m.person = :person"
        " and m.role = 'leader' and m.from_on <= :on and (m.to_on is null or m.to_on >= :on)"
        " and g.academic_year >= :year"
        " and not exists (select 1 from membership o where o.work_group = g.id and o.role = 'leader'"
        " and o.person <> :person and o.from_on <= :on and (o.to_on is null or o.to_on >= :on))"
        " order by g.title limit 1",
        {"person": person, "on": on, "year": clock.academic_year(on)},
    )
    return alone and f"{alone} has no other leader. Invite one there first, then come back."


# whoever a link was sent to by e-mail, once the address is erased: what the link is about ends with its id
_SENT_TO = " union ".join(
    f"select id from {t} where email = '{ERASED}'" for t in ("report_to", "plan_asking", "journey_asking"))  # fmt: skip
# who has no e-mail is known by a full name alone, with a title or without; two visitors of a session stay two. Somebody
# with an e-mail may have a namesake: of these only the name goes, wherever it stands
BY_NAME = (
    f"update school_contact set name = '{SOMEBODY}', phone = null, ended_on = ifnull(ended_on, substr(:at, 1, 10))"
    " where email is null and is_named(name)",
    f"update register_mark set visitor = '{SOMEBODY} (' || :mark || ')', comes_from = null where is_named(visitor)",
)
# what a person who is gone no longer has: a way in, a place among people, a photo, a lesson that others read
ENDS = (
    "update person set erased_at = :at where id = :person or joined_to = :person",
    f"update guest_claim set visitor = '(erased)' where guest in ({_ALSO})",
    f"update tablet set ended_at = coalesce(ended_at, :at) where person in ({_ALSO})",
    "delete from link where person = :person",
    f"update school_contact set name = '{SOMEBODY}', email = null, phone = null,"
    " ended_on = ifnull(ended_on, substr(:at, 1, 10)) where email = :email collate nocase",
    "update due set trouble = null where kind = 'mail' and about in (select id from mail where person = :person)",
    f"update mail set subject = '{ERASED}', body = '{ERASED}', calendar = null where state <> 'waiting'"
    f" and ({_NAMED.format('subject')} or {_NAMED.format('body')} or {_NAMED.format('calendar')})",
    # who was written to without an account is not written to any more; what they were sent opens nothing
    f"update mail set state = 'kept' where (person = :person or address = '{ERASED}')"
    " and state in ('waiting', 'failed')",
    f"delete from link where kind = 'head' and substr(about, -36) in ({_SENT_TO})",
    *(f"update {t}_asking set ended_at = ifnull(ended_at, :at) where email = '{ERASED}'" for t in ("journey", "plan")),
    "update membership set to_on = substr(:at, 1, 10) where person = :person and (to_on is null or to_on > :at)",
    "update hub_role set to_on = substr(:at, 1, 10) where person = :person and (to_on is null or to_on > :at)",
    "update photo set withdrawn_at = coalesce(withdrawn_at, :at) where by = :person",
    "update sketch set withdrawn_at = coalesce(withdrawn_at, :at) where by = :person",
    "update lesson set state = 'with teacher', shared_with = null, shared_to = null"
    " where teacher = :person and state = 'shared'",
)


# what stays a visitor's own once it is known who they are: their phone, on which something may wait, and the ways in
STAYS = ("person", "tablet", "link", "mail", "guest_claim")


def join(db, visitor, person):
    """Make all that a visitor wrote and was a person's own: every column that refers to people, whichever there are.

    Inside a transaction. Where both stand beside one thing already the person's own stays.
    """
    db.conn.execute(_IS_HERE, {"person": person, "visitor": visitor, "at": clock.now()})
    db.conn.execute(_WAS_THERE, {"person": person, "visitor": visitor})
    for (table,) in db.conn.execute("select name from sqlite_master where type = 'table'").fetchall():
        for key in db.conn.execute(f"pragma foreign_key_list({table})").fetchall():
            if key["table"] == "person" and table not in STAYS:
                put = f"update or ignore {table} set {key['from']} = ? where {key['from']} = ?"
                db.conn.execute(put, (person, visitor))
    store.alter(db, "person", visitor, joined_to=person)


# who came in as a visitor and is of the group after all was there for their school
_OF_GROUP = (
    "select {what} from membership m join session n on n.work_group = m.work_group where n.id = register_mark.session"
    " and m.person = :person and m.role = 'participant' and m.from_on <= substr(n.starts_at, 1, 10)"
    " and (m.to_on is null or m.to_on >= substr(n.starts_at, 1, 10))"
)
# whoever looked for them by name and said that they were not here did not know whom the visitor was
_IS_HERE = (
    "update register_mark set withdrawn_at = :at"
    " where person = :person and status <> 'present' and withdrawn_at is null"
    " and exists (select 1 from register r where r.session = register_mark.session and r.person = :visitor"
    " and r.status = 'present')"
)
_WAS_THERE = (
    "update register_mark set attending_as = 'participant',"
    f" school = coalesce(({_OF_GROUP.format(what='m.school')} limit 1), school)"
    f" where person = :visitor and attending_as = 'visitor' and exists ({_OF_GROUP.format(what='1')})"
)
