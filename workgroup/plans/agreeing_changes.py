"""Changes by which a plan is agreed: its head is asked by a link, answers without an account, or agreed in person."""

from workgroup import clock, store
from workgroup.door import Refused, Stale, change
from workgroup.groups import queries as groups
from workgroup.people import post
from workgroup.people import queries as people
from workgroup.people.changes import anyone
from workgroup.plans import agreeing_queries, forms, queries, rights
from workgroup.schools.changes import addressee

LASTS = 14 * 86_400
OVER = "This link is over. Tell whoever asked you."
BODY = (
    "Hello {{name}},\n\n{leader} asks you to read the action plan of {school} for {group}, {year}: what the school aims"
    " for, who does what, and by when. You can agree it, or say in a sentence what you would change. No account is"
    " needed.\n\n{{link}}\n\nThe link works for 14 days."
)
ANSWERED = "Hello {{name}},\n\n{head} has read the action plan of {school} and {said}.\n\n{{link}}"
SAID = {"agree": "agrees it", "change": "would change something"}


@change("plans.ask_head", forms.AskForm, rights.leads)
def ask_head(db, entry, said):
    """Ask a head by mail to agree a draft; an earlier link stays good until it is ended."""
    plan = _to_agree(db, said["action_plan"])
    name, email = addressee(db, plan["school"], said)
    words = {"leader": people.name_of(db, entry.by), "school": plan["school_name"], "group": plan["group_title"],
             "year": plan["academic_year"]}  # fmt: skip
    store.put(
        db, "plan_asking", id=entry.id, action_plan=plan["id"], name=name, email=email, by=entry.by, at=entry.at,
        expires_at=clock.after(LASTS),
    )  # fmt: skip
    post.write_to(db, name, email, "head", LASTS, f"Action plan of {plan['school_name']}, to agree",
                  BODY.format(**words), "/agree", entry.id, attached=f"{agreeing_queries.LINK} {entry.id}")  # fmt: skip
    return plan["id"]


@change("plans.end_asking", forms.AskingForm, rights.leads)
def end_asking(db, entry, said):
    """End a link that was sent."""
    was = agreeing_queries.asking(db, said["plan_asking"])
    if was["ended_at"]:
        raise Refused("This link has been ended already.")
    _end(db, entry, was["id"])
    return was["action_plan"]


def _end(db, entry, asking):
    store.alter(db, "plan_asking", asking, ended_at=entry.at)
    post.end_link(db, "head", asking, entry.received)


@change("plans.answer", forms.AnswerForm, anyone, meets="stale")
def answer(db, entry, said):
    """Take a head's answer; the link they were asked by is the proof. Agreed, the version is in force."""
    plan = agreeing_queries.asked_about(db, people.link_of(db, post.hash_of(said["proof"]), "head"))
    if plan is None:
        raise Refused(OVER, "proof")
    if plan["state"] != "draft":
        raise Refused(f"This plan was agreed on {clock.say_day(plan['agreed_on'], year=True)} already.")
    if said["seen"] != str(plan["edits"]):
        raise Stale({"edits": plan["edits"]})
    if said["answer"] == "change" and not said["words"]:
        raise Refused("Say in a sentence what you would change.", "words")
    store.put(
        db, "plan_answer", id=entry.id, action_plan=plan["id"], asking=plan["asking"], answer=said["answer"],
        name=said["name"], words=said["words"], edits=plan["edits"], at=entry.at,
    )  # fmt: skip
    if said["answer"] == "agree":
        _put_in_force(db, entry, _to_agree(db, plan["id"]), said["name"], clock.day_of(entry.at), "by link")
    _tell_asker(db, plan, said)
    return plan["id"]


def _tell_asker(db, plan, said):
    """Write to whoever asked that there is an answer, as long as they lead the Work Group; the words stay here."""
    asker = people.person(db, plan["asked_by"])
    if asker["email"] and groups.leads(db, asker["id"], plan["work_group"], clock.today()):
        body = ANSWERED.format(head=said["name"], school=plan["school_name"], said=SAID[said["answer"]])
        subject = f"Action plan of {plan['school_name']}: an answer"
        post.tell(db, asker["id"], subject, body, f"/action-plans/{plan['id']}", LASTS)


@change("plans.agree_in_person", forms.InPersonForm, rights.leads, meets="stale")
def agree_in_person(db, entry, said):
    """Note that a draft was agreed in person: with whom, on which day."""
    plan = _to_agree(db, said["action_plan"])
    if said["seen"] != str(plan["edits"]):
        raise Stale({"edits": plan["edits"]})
    if said["agreed_on"] > clock.today():
        raise Refused("This day has not come yet.", "agreed_on")
    joined = groups.engagement_history(db, plan["school_in_group"])
    if joined and said["agreed_on"] < joined[0]["since_on"]:
        raise Refused("The school was not in the Work Group on that day yet.", "agreed_on")
    before = queries.in_force(db, plan["school_in_group"])
    if before and said["agreed_on"] < before["agreed_on"]:
        day = clock.say_day(before["agreed_on"], year=True)
        raise Refused(f"Version {before['version']} was agreed on {day}: this one cannot be older.", "agreed_on")
    _put_in_force(db, entry, plan, said["agreed_with"], said["agreed_on"], "in person")
    return plan["id"]


@change("plans.not_agreed", forms.PlanForm, rights.leads)
def not_agreed(db, entry, said):
    """Take back, on the same day, that a version was agreed in person; the one before is in force again."""
    was = queries.bare(db, said["action_plan"])
    if was["state"] != "in force" or was["agreed_how"] != "in person":
        raise Refused("Only what was noted as agreed in person can be taken back.")
    if clock.day_of(was["agreed_at"]) != clock.day_of(entry.at):
        raise Refused("This was noted on an earlier day and stays. Begin a new version to change the plan.")
    if queries.draft(db, was["school_in_group"]):
        raise Refused("A new version has been begun since.")
    if any(a["stands"] == "carried" for m in queries.aims(db, was["id"]) for a in m["actions"]):
        raise Refused("What is open in it goes on in the plan of the next year.")
    entry.was = {n: was[n] for n in ("version", "agreed_on", "agreed_with", "agreed_how", "agreed_at")}
    store.alter(db, "action_plan", was["id"], state="draft", version=None, agreed_on=None, agreed_with=None,
                agreed_how=None, agreed_at=None)  # fmt: skip
    if was["after"]:
        store.alter(db, "action_plan", was["after"], state="in force")
    return was["id"]


def _to_agree(db, id):
    """Return the draft that is to be agreed; refused where there is nothing to agree."""
    plan = queries.bare(db, id)
    if plan["state"] != "draft":
        raise Refused(f"This plan was agreed on {clock.say_day(plan['agreed_on'], year=True)} already.")
    if plan["withdrawn_at"]:
        raise Refused("This draft was taken away. Bring it back first.")
    if not queries.aims(db, id):
        raise Refused("There is nothing in it yet. Write an aim first.")
    return plan


def _put_in_force(db, entry, plan, name, on_day, how):
    before = queries.in_force(db, plan["school_in_group"])
    if before:
        store.alter(db, "action_plan", before["id"], state="superseded")
        for sent in agreeing_queries.asked(db, before["id"]):
            if not sent["ended_at"]:
                _end(db, entry, sent["id"])
    store.alter(
        db, "action_plan", plan["id"], state="in force", version=before["version"] + 1 if before else 1,
        agreed_on=on_day, agreed_with=name, agreed_how=how, agreed_at=entry.at,
    )  # fmt: skip
