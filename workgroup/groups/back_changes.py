"""Ways back in a Work Group: somebody stays after all, a state or a school that was noted by mistake, half-terms."""

import sqlite3

from workgroup import store
from workgroup.door import Refused, change
from workgroup.groups import forms, queries, rights
from workgroup.people.queries import is_erased


@change("groups.restore_membership", forms.MembershipForm, rights.leads_or_runs)
def restore_membership(db, entry, said):
    """Say that somebody stays in a group after all: the last day that was noted no longer stands."""
    was = queries.membership(db, said["membership"])
    if was is None or was["to_on"] is None:
        raise Refused("They are in the Work Group already.")
    if was["person"] == entry.by:
        # as with joining: a leader reads what people share, and nobody gives that to themselves
        raise Refused("Ask somebody else of the group or the hub to bring you back.")
    if is_erased(db, was["person"]):
        raise Refused("They were erased, and cannot be brought back.")
    others = [p for p in queries.people(db, was["work_group"]) if p["id"] == was["person"]]
    if any(p["membership"] != was["id"] and (not p["to_on"] or p["to_on"] > was["to_on"]) for p in others):
        raise Refused(f"{was['name']} has joined again since, and that stands.")
    entry.was = {"to_on": was["to_on"], "why": was["why"]}
    store.alter(db, "membership", was["id"], to_on=None, why=None)
    return was["id"]


@change("groups.take_back_engagement", forms.EngagementPickForm, rights.leads_or_runs)
def take_back_engagement(db, entry, said):
    """Take back what was noted last of a school's engagement, when it was noted by mistake; the one before counts."""
    history = queries.engagement_history(db, said["school_in_group"])
    if not history or history[-1]["id"] != said["engagement"]:
        raise Refused("Only what was noted last can be taken back. Look again at where they stand.")
    if len(history) == 1:
        raise Refused("This is how the school began in the group. Take the school out instead.")
    entry.was = history[-1]
    db.conn.execute("delete from engagement where id = ?", (said["engagement"],))
    return said["school_in_group"]


@change("groups.take_out_school", forms.SchoolInGroupForm, rights.leads_or_runs)
def take_out_school(db, entry, said):
    """Take a school out that was added by mistake: nobody of it, and nothing about it, was ever in the group."""
    was = queries.school_in_group(db, said["school_in_group"])
    if was is None:
        raise Refused("This school is not in the Work Group.")
    history = queries.engagement_history(db, was["id"])
    stays = f"{was['name']} is part of this Work Group’s record by now and stays in it. Note that it has withdrawn."
    if [e["state"] for e in history] != ["registered"] or any(
        p["school"] == was["school"] for p in queries.people(db, was["work_group"])
    ):
        raise Refused(stays)
    entry.was = {"school": was["school"], "since_on": history[0]["since_on"]}
    try:
        db.conn.execute("delete from engagement where school_in_group = ?", (was["id"],))
        db.conn.execute("delete from school_in_group where id = ?", (was["id"],))
    except sqlite3.IntegrityError as trouble:  # a task, a visit, a review, a plan, a grant
        raise Refused(stays) from trouble
    return was["work_group"]


@change("groups.take_out", forms.GroupPickForm, rights.runs)
def take_out(db, entry, said):
    """Take a Work Group out that was made by mistake: no school, nobody and no session was ever in it."""
    was = queries.group(db, said["work_group"])
    if was is None:
        raise Refused("There is no such Work Group.")
    entry.was = was
    try:
        db.conn.execute("delete from tag where work_group = ?", (was["id"],))
        db.conn.execute("delete from work_group where id = ?", (was["id"],))
    except sqlite3.IntegrityError as trouble:  # a school, a person, a session, a running order, days
        raise Refused("Something is in this Work Group by now, so it stays. Give it another title.") from trouble
    return was["id"]


@change("groups.restore_half_terms", forms.SchoolTermsForm, rights.sets_half_terms)
def restore_half_terms(db, entry, said):
    """Give a school, or the hub, its own half-terms of a year back, as they were when it gave them up."""
    if queries.own_half_terms(db, said["academic_year"], said["school"]):
        raise Refused(f"{'This school' if said['school'] else 'The hub'} has days of its own already.")
    own = queries.cleared_half_terms(db, said["academic_year"], said["school"])
    if not own:
        raise Refused(f"No days of {'this school’s' if said['school'] else 'the hub’s'} own are known of that year.")
    for term in own:
        store.put(db, "half_term", **term)
    return said["school"] or said["academic_year"]
