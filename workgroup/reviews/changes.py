"""Changes to reviews."""

from workgroup import clock, store
from workgroup.door import Refused, change
from workgroup.groups import queries as groups
from workgroup.reviews import forms, queries, rights
from workgroup.withdrawing import bring_back, take_away


@change("reviews.review", forms.ReviewForm, rights.leads)
def review(db, entry, said):
    """Note where a school is in one aspect, with what it rests on or an honest *no evidence yet*."""
    _check_place(db, said)
    evidence = dict.fromkeys(said["evidence"] or [])
    there = {f"{g['kind']}:{g['id']}": g for g in queries.gathered(db, entry.by, said["school_in_group"])}
    if not set(evidence) <= set(there):
        raise Refused("Choose evidence about this school from the list.", "evidence")
    store.put(
        db, "review", id=entry.id, school_in_group=said["school_in_group"], aspect=said["aspect"], step=said["step"],
        on_day=said["on_day"], by=entry.by, at=entry.at, words=said["words"], next_step=said["next_step"],
        no_evidence=int(said["no_evidence"]),
    )  # fmt: skip
    school = groups.school_in_group(db, said["school_in_group"])["name"]
    for key in evidence:
        kind, _, about = key.partition(":")
        # kind, day and school stay here when the evidence itself is purged one day
        store.put(
            db, "review_evidence", review=entry.id, kind=kind, about=about, kept_on=there[key]["on_day"],
            kept_school=school,
        )  # fmt: skip
    return entry.id


@change("reviews.agree", forms.AgreeForm, rights.leads)
def agree(db, entry, said):
    """Agree a review with the school: from now on the school and the hub see it."""
    was = queries.bare(db, said["review"])
    if was["withdrawn_at"]:
        raise Refused("This was taken away.")
    if was["agreed_on"]:
        raise Refused(f"This was agreed on {clock.say_day(was['agreed_on'], year=True)} already.")
    if said["agreed_on"] > clock.today():
        raise Refused("This day has not come yet.", "agreed_on")
    if said["agreed_on"] < was["on_day"]:
        raise Refused("It cannot be agreed before it was written.", "agreed_on")
    store.alter(db, "review", was["id"], agreed_on=said["agreed_on"], agreed_with=said["agreed_with"])
    return was["id"]


@change("reviews.not_agreed", forms.ReviewPickForm, rights.leads)
def not_agreed(db, entry, said):
    """Take back what was noted as agreed, until the end of the day on which that was noted."""
    was = queries.bare(db, said["review"])
    if not was["agreed_on"]:
        raise Refused("It is not noted as agreed.")
    if not queries.agreed_today(db, was["id"]):
        raise Refused("It was noted as agreed on an earlier day, and stays. Note where the school is now instead.")
    entry.was = {name: was[name] for name in ("agreed_on", "agreed_with")}
    store.alter(db, "review", was["id"], agreed_on=None, agreed_with=None)
    return was["id"]


@change("reviews.withdraw", forms.ReviewPickForm, rights.owns)
def withdraw(db, entry, said):
    """Take one's own review away while it is not agreed."""
    was = queries.bare(db, said["review"])
    if was["agreed_on"]:
        raise Refused("An agreed review stays.")
    take_away(db, entry, "review", was)
    return was["id"]


@change("reviews.restore", forms.ReviewPickForm, rights.owns)
def restore(db, entry, said):
    """Bring one's own review back."""
    was = queries.bare(db, said["review"])
    bring_back(db, entry, "review", was)
    return was["id"]


def _check_place(db, said):
    framework = queries.framework(db, groups.group_of_school(db, said["school_in_group"]))
    aspect, step = queries.aspect(db, said["aspect"]), queries.step(db, said["step"])
    if aspect is None:
        raise Refused("Choose an aspect.", "aspect")
    if aspect["id"] not in {a["id"] for a in framework["aspects"]}:
        raise Refused(
            f"Aspects and steps have changed: version {framework['version']} is used now. What you wrote is still here;"
            " look again at the aspect and the step.", "aspect",
        )  # fmt: skip
    if step is None or step["id"] not in {s["id"] for s in framework["steps"]}:
        raise Refused("Choose where the school is.", "step")
    if said["on_day"] > clock.today():
        raise Refused("This day has not come yet.", "on_day")
    history = groups.engagement_history(db, said["school_in_group"])
    if history and said["on_day"] < history[0]["since_on"]:
        since = clock.say_day(history[0]["since_on"], year=True)
        raise Refused(f"The school was not in the Work Group on that day yet: it is since {since}.", "on_day")
