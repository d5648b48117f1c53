"""Changes to sessions: planning, running, the agenda, notes, decisions and the summary."""

from workgroup import clock, due, store
from workgroup.door import Refused, Stale, change
from workgroup.groups import queries as groups
from workgroup.people import queries as people
from workgroup.schools import queries as schools
from workgroup.sessions import agenda_changes, forms, joining_queries, queries, rights, template_changes
from workgroup.tasks import waiting_queries as waiting
from workgroup.tasks.waiting_changes import follow
from workgroup.withdrawing import bring_back, take_away

# from which states a session may come into one
COMES_FROM = {
    "planned": ("postponed", "cancelled", "open"),
    "open": ("planned", "closed"),
    "closed": ("open",),
    "postponed": ("planned",),
    "cancelled": ("planned", "postponed"),
}


@change("sessions.plan", forms.PlanForm, rights.plans_for)
def plan(db, entry, said):
    """Plan a session, with the usual agenda unless an empty one is asked for."""
    group = groups.group(db, said["work_group"])
    if group is None:
        raise Refused("There is no such Work Group.")
    columns, following = _columns(db, group, said), waiting.following(db, group["id"])
    store.put(
        db, "session", id=entry.id, work_group=group["id"],
        number=said["number"] or queries.next_number(db, group["id"]), **columns,
    )  # fmt: skip
    if said["agenda"] == "usual":
        blocks = template_changes.usual_blocks(db, group, said["kind"])
        agenda_changes.put_blocks(db, entry.id, blocks, entry.id)
    _remember(db, entry, entry.id)
    follow(db, following)
    return entry.id


@change("sessions.edit", forms.EditForm, rights.leads, meets="stale")
def edit(db, entry, said):
    """Change a session's facts."""
    was = queries.session(db, said["session"])
    if str(was["version"]) != said["seen"]:
        raise Stale(was)
    group = groups.group(db, was["work_group"])
    columns = _columns(db, group, said)
    entry.was = {name: was[name] for name in (*columns, "number")}
    following = waiting.following(db, was["work_group"])
    number = said["number"] or was["number"]
    if was["state"] == "cancelled" and number == was["number"]:
        number = queries.free_number(db, was)
    store.alter(db, "session", was["id"], **columns, number=number, version=was["version"] + 1)
    if said["takes_usual"] and columns["kind"].casefold() != was["kind"].casefold():
        _take_usual(db, entry, group, was["id"], columns["kind"])
    is_off = was["state"] in ("postponed", "cancelled")  # with a day chosen anew it is planned again
    if is_off:
        store.alter(db, "session", was["id"], state="planned")
    if is_off or columns["starts_at"] != was["starts_at"]:
        _remember(db, entry, was["id"])
        # apologies for one day are none for another: what an answer put on the register goes with it
        db.conn.execute(
            "update register_mark set withdrawn_at = ? where withdrawn_at is null and id in ("
            " select mark from invitation_answer where session = ? and starts_at <> ?)",
            (entry.at, was["id"], columns["starts_at"]),
        )
    follow(db, following)
    if was["state"] == "open":  # its evening may be another one now
        _ask_in_the_evening(db, entry, {**was, **columns, "day": said["day"]})
    return was["id"]


def _take_usual(db, entry, group, session, kind):
    """Put the running order of a kind in the place of a session's agenda, which can be put back."""
    blocks = template_changes.usual_blocks(db, group, kind)
    if blocks:
        agenda_changes.clear(db, entry, session)
        agenda_changes.put_blocks(db, session, blocks, entry.id)


@change("sessions.set_state", forms.StateForm, rights.runs)
def set_state(db, entry, said):
    """Open, close, postpone or cancel a session; its history stays."""
    was = queries.session(db, said["session"])
    if was["state"] == said["state"]:
        raise Refused(f"This session is {was['state']} already.", "state")
    if was["state"] not in COMES_FROM[said["state"]]:
        raise Refused(f"A session that is {was['state']} cannot be {said['state']}.", "state")
    entry.was = {"state": was["state"]}
    following = waiting.following(db, was["work_group"])
    number = queries.free_number(db, was) if was["state"] == "cancelled" else was["number"]
    store.alter(db, "session", was["id"], state=said["state"], number=number, version=was["version"] + 1)
    if said["state"] == "planned" and was["state"] == "open":  # it was opened too early: its clock begins on the day
        agenda_changes.begin_anew(db, entry, was["id"])
    _remember(db, entry, was["id"], said["why"])
    follow(db, following)
    if said["state"] in ("open", "closed"):
        _ask_in_the_evening(db, entry, was)
    return was["id"]


def _ask_in_the_evening(db, entry, session):
    """Ask who was there to reflect, if they have not by then: also where nobody thinks of closing the session."""
    key = f"ask_to_reflect:{session['id']}"
    evening = max(clock.at_london(session["day"], "18:00"), clock.after(3600, max(entry.at, session["ends_at"])))
    if not people.has_link(db, "reflect", session["id"]):  # nobody was asked yet, and it is closed or opened again
        due.forget(db, key)
    due.plan(db, key, "ask_to_reflect", session["id"], evening)


def _remember(db, entry, session, why=None):
    """Keep on which day and in which state a session stands from now on: what it was before stays to be read."""
    db.conn.execute(
        "insert into session_history (session, at, by, state, starts_at, why)"
        " select id, ?, ?, state, starts_at, ? from session where id = ?",
        (entry.at, entry.by, why, session),
    )


@change("sessions.hand_over", forms.HandOverForm, rights.leads)
def hand_over(db, entry, said):
    """Hand the running of this session to somebody of the group or in the room."""
    found = queries.session(db, said["session"])
    in_group = groups.takes_part(db, said["person"], found["work_group"], found["day"])
    if not in_group and not queries.is_present(db, said["person"], found["id"]):
        raise Refused("Choose somebody of this Work Group.", "person")
    phones = joining_queries.phones(db, found["id"])
    if not people.may_sign_in(db, said["person"]) and said["person"] not in phones:
        name = people.name_of(db, said["person"])
        raise Refused(f"{name} has no account here, and came in on no phone, to run it with.", "person")
    entry.was = {"run_by": found["run_by"]}
    store.alter(db, "session", found["id"], run_by=said["person"])
    return found["id"]


@change("sessions.note", forms.NoteForm, rights.runs, capture=True)
def note(db, entry, said):
    """Write a note."""
    if said["block"] and (queries.block(db, said["block"]) or {}).get("session") != said["session"]:
        raise Refused("Choose a part of this session.", "block")
    store.put(
        db, "session_note", id=entry.id, session=said["session"], block=said["block"], by=entry.by, at=entry.at,
        words=said["words"],
    )  # fmt: skip
    return entry.id


@change("sessions.decide", forms.DecideForm, rights.runs, capture=True)
def decide(db, entry, said):
    """Write a decision down."""
    store.put(db, "decision", id=entry.id, session=said["session"], by=entry.by, at=entry.at, words=said["words"])
    return entry.id


@change("sessions.summarise", forms.SummariseForm, rights.runs, meets="versions", capture=True,
        versions=queries.standing_summaries)  # fmt: skip
def summarise(db, entry, said):
    """Write the summary. Two written from the same older one both stand until somebody joins them."""
    store.put(
        db, "session_summary", id=entry.id, session=said["session"], by=entry.by, at=entry.at, words=said["words"],
        after=said["after"],
    )  # fmt: skip
    return said["session"]


@change("sessions.withdraw_note", forms.NotePickForm, rights.own_or_leads)
def withdraw_note(db, entry, said):
    """Take a note away; whoever wrote it and the leaders can bring it back."""
    was = queries.note(db, said["note"])
    take_away(db, entry, "session_note", was)
    return was["session"]


@change("sessions.restore_note", forms.NotePickForm, rights.own_or_leads)
def restore_note(db, entry, said):
    """Bring a note back."""
    was = queries.note(db, said["note"])
    bring_back(db, entry, "session_note", was)
    return was["session"]


@change("sessions.withdraw_decision", forms.DecisionPickForm, rights.own_or_leads)
def withdraw_decision(db, entry, said):
    """Take a decision away; whoever wrote it and the leaders can bring it back."""
    was = queries.decision(db, said["decision"])
    take_away(db, entry, "decision", was)
    return was["session"]


@change("sessions.restore_decision", forms.DecisionPickForm, rights.own_or_leads)
def restore_decision(db, entry, said):
    """Bring a decision back."""
    was = queries.decision(db, said["decision"])
    bring_back(db, entry, "decision", was)
    return was["session"]


def _columns(db, group, said):
    """Check a session against the world and return its columns."""
    starts, ends = (clock.at_london(said["day"], said[k]) for k in ("starts", "ends"))
    if ends <= starts:
        raise Refused("It ends before it starts.", "ends")
    term = groups.half_term_of(db, said["day"], said["host"])
    if not term and not said["anyway"]:
        raise Refused(f"{clock.say_whole_day(said['day'])} lies in no half-term. Which day did you mean?", "day")
    if not term and clock.academic_year(said["day"]) != group["academic_year"]:
        raise Refused(f"This day is not in {group['academic_year']}.", "day")
    if said["host"] and schools.school(db, said["host"]) is None:
        raise Refused("Choose a school from the list.", "host")
    if said["joining_link"] and not said["joining_link"].startswith(("https://", "http://")):
        raise Refused("Enter a link that begins with https://.", "joining_link")
    return {
        "kind": said["kind"], "title": said["title"], "mode": said["mode"], "joining_link": said["joining_link"],
        "host": None if said["mode"] == "online" else said["host"], "starts_at": starts, "ends_at": ends,
    }  # fmt: skip
