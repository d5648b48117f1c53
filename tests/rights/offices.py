"""What leaders, the hub and the schools have written in the house of these tests: visits, plans, days, letters."""

from tests.days.examples import activity, an_allowance, an_entry, claim_fields
from tests.journeys.examples import a_statement
from tests.plans import examples as plans
from tests.reports.examples import a_sent, a_text
from tests.reviews.examples import a_review
from tests.visits.examples import a_visit
from tests.world import days, do
from workgroup import clock, store
from workgroup.days import suggestion_queries as suggested
from workgroup.people import post


def fill(db, w):
    """Let all of it happen."""
    of = w.things.setdefault
    do(db, "schools.set_host_facts", w.leader, school=w.school2, entrance="Blue door", late_contact="0700 9009",
       wifi="Guest wifi", seen="0", photos="work")  # fmt: skip
    fields = {"role": "head", "name": "Mrs Breck", "email": "breck@example.org", "phone": "0700 9008"}
    do(db, "schools.add_contact", w.leader, school=w.school, **fields)
    contact = store.value(db, "select id from school_contact")
    do(db, "sessions.ask_host", w.leader, session=w.ahead, contact=_of_host(db, w))
    proof = store.value(db, "select link from mail where link like '/hosting/%'").split("/")[-1]
    do(db, "sessions.host_word", None, proof=proof, answer="yes", name="Mrs Hale", words="Welcome", seen="1",
       photos="work", late_contact="0700 9009", wifi="Guest wifi")  # fmt: skip
    of("school-contacts", {})["own"] = contact
    _visits(db, w, of)
    _plans(db, w, of)
    of("reviews", {})["noted"] = a_review(db, w)
    of("reviews", {})["agreed"] = a_review(db, w, agreed=True, aspect=1)
    of("head-statements", {})["own"] = a_statement(db, w)[0]
    of("journey-links", {})["own"] = store.value(db, "select id from journey_asking")
    _days(db, w, of)
    grant = post.new_id()
    do(db, "groups.give_grant", w.administrator, id=grant, school_in_group=w.in_group, amount="1200", purpose="Cover")
    of("grants", {})["own"] = grant


def _of_host(db, w):
    fields = {"role": "office", "name": "Mr Odd", "email": "odd@example.org"}
    do(db, "schools.add_contact", w.leader, school=w.school2, **fields)
    return store.value(db, "select id from school_contact where school = ?", (w.school2,))


def _visits(db, w, of):
    """One with a report that was sent and read, one with a text that nobody was sent, one with raw notes."""
    sent = a_sent(db, w)
    visit = store.value(db, "select visit from report_sent where id = ?", (sent,))
    note = do(db, "visits.note", w.leader, visit=visit, kind="walk", year_group="Year 2", words="Raw").about
    do(db, "visits.add_words", w.leader, visit_note=note, words="Raw, later", after="")
    away = do(db, "visits.note", w.leader, visit=visit, kind="walk", year_group="Year 4", words="Away").about
    do(db, "visits.withdraw_note", w.leader, visit_note=away)
    wrong = a_sent(db, w, name="Mr Wrong", email="wrong@example.org")
    do(db, "reports.withdraw", w.leader, report_sent=wrong, why="The wrong school")
    off = a_visit(db, w)
    do(db, "visits.cancel", w.leader, visit=off, why="Snow")
    unsent = a_text(db, w)
    proof = store.value(db, "select link from mail where link like '/visit-report/%'").split("/")[-1]
    do(db, "reports.acknowledge", None, proof=proof, name="Mrs Hale", seen=sent, words="Read")
    of("visits", {}).update(made=visit, unsent=unsent, planned=a_visit(db, w, on_day=days(3)), cancelled=off)
    of("visit-notes", {})["own"] = note
    of("reports", {}).update(sent=sent, withdrawn=wrong)
    of("report-links", {})["own"] = store.value(db, "select id from report_to where report_sent = ?", (wrong,))


def _plans(db, w, of):
    """One in force, with a word on an action, and a draft that a head was asked about."""
    plan, action = plans.a_plan(db, w)
    word = plans.a_word(db, w, action=action)
    draft = plans.a_draft(db, w)
    aim = plans.an_aim(db, w, draft, words="Drafted")
    drafted = plans.an_action(db, w, aim)
    do(db, "plans.ask_head", w.leader, action_plan=draft, name="Mrs Hale", email="head@example.org")
    proof = store.value(db, "select link from mail where link like '/agree/%'").split("/")[-1]
    edits = store.value(db, "select edits from action_plan where id = ?", (draft,))
    do(db, "plans.answer", None, proof=proof, answer="change", name="Mrs Hale", words="Fewer", seen=str(edits))
    of("action-plans", {}).update({"in force": plan, "draft": draft})
    of("actions", {})["own"] = drafted
    of("aims", {})["own"] = aim
    of("action-progress", {})["own"] = word
    of("plan-links", {})["own"] = store.value(db, "select id from plan_asking")


def _days(db, w, of):
    """The leader keeps days, one is claimed, one was put otherwise, a suggestion is not one of theirs."""
    allowance = an_allowance(db, w)
    claimed = an_entry(db, w, words="Claimed")
    fields = claim_fields(db, w)
    claim = do(db, "days.claim", w.administrator, **fields).about
    entry = an_entry(db, w, words="Planned", on_day=days(-8))
    do(db, "days.edit", w.leader, day_entry=entry, seen="1", on_day=days(-8), activity=activity(db), days="1",
       words="Planned more")  # fmt: skip
    source = suggested.suggestions(db, w.leader)[0]["text"]
    declined = do(db, "days.decline", w.leader, source=source).about
    of("allowances", {})["own"] = allowance
    of("day-entries", {}).update(own=entry, claimed=claimed)
    of("claims", {})["own"] = claim
    of("claimed entries", {})["own"] = claimed
    of("declined", {})["own"] = declined
    of("activities", {})["own"] = activity(db)
    w.year = clock.academic_year(days(-10)).replace("/", "-")
