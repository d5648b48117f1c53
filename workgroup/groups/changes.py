"""Changes to Work Groups."""

from workgroup import clock, store
from workgroup.door import Refused, Stale, change
from workgroup.groups import forms, queries, rights
from workgroup.people import changes as people
from workgroup.people import post
from workgroup.schools import queries as schools

# The five big ideas of teaching for mastery, each with its own shape: the tags a group begins with.
BIG_IDEAS = (
    ("Coherence", "steps", "coherence"),
    ("Representation and Structure", "bar", "representation"),
    ("Mathematical Thinking", "dots", "thinking"),
    ("Fluency", "ring", "fluency"),
    ("Variation", "diamonds", "variation"),
)
MOST_TAGS = 8
GROUP = (
    "title", "strand", "project_code", "academic_year", "leader_word", "participant_word", "meeting_word",
    "visits_per_school", "visit_days_per_school",
)  # fmt: skip


@change("groups.create", forms.GroupForm, rights.makes)
def create(db, entry, said):
    """Make a Work Group with the five big ideas as its tags."""
    _check_year(said["academic_year"])
    store.put(db, "work_group", id=entry.id, **{name: said[name] for name in GROUP})
    for position, (name, shape, idea) in enumerate(BIG_IDEAS):
        store.put(
            db, "tag", id=post.new_id(), work_group=entry.id, position=position, name=name, shape=shape, big_idea=idea
        )
    return entry.id


@change("groups.edit", forms.EditGroupForm, rights.leads_or_runs, meets="stale")
def edit(db, entry, said):
    """Change a Work Group's title, words and plans."""
    was = queries.group(db, said["work_group"])
    if str(was["version"]) != said["seen"]:
        raise Stale(was)
    _check_year(said["academic_year"])
    entry.was = was
    store.alter(db, "work_group", was["id"], **{n: said[n] for n in GROUP}, version=was["version"] + 1)
    return was["id"]


@change("groups.add_school", forms.AddSchoolForm, rights.leads_or_runs)
def add_school(db, entry, said):
    """Register a school with a group."""
    if queries.group(db, said["work_group"]) is None:
        raise Refused("There is no such Work Group.")
    school = schools.school(db, said["school"])
    if school is None:
        raise Refused("Choose a school from the list.", "school")
    if said["since_on"] and said["since_on"] > clock.today():
        raise Refused("This day has not come yet.", "since_on")
    if queries.in_group(db, said["work_group"], said["school"]):
        raise Refused(f"{school['name']} is in this Work Group already.", "school")
    store.put(db, "school_in_group", id=entry.id, work_group=said["work_group"], school=said["school"])
    store.put(
        db, "engagement", id=post.new_id(), school_in_group=entry.id, state="registered",
        since_on=said["since_on"] or clock.day_of(entry.at),
    )  # fmt: skip
    return entry.id


@change("groups.set_engagement", forms.EngagementForm, rights.leads_or_runs)
def set_engagement(db, entry, said):
    """Note that a school is registered, active, completed or withdrawn since a day. The history is the state."""
    if queries.school_in_group(db, said["school_in_group"]) is None:
        raise Refused("There is no such school in the group.")
    history = queries.engagement_history(db, said["school_in_group"])
    if said["state"] == "withdrawn" and not said["reason"]:
        raise Refused("Say why the school has withdrawn.", "reason")
    if said["since_on"] > clock.today():
        raise Refused("This day has not come yet.", "since_on")
    if history and said["since_on"] < history[-1]["since_on"]:
        raise Refused(
            f"It has been {history[-1]['state']} since {clock.say_day(history[-1]['since_on'], year=True)}."
            " Choose that day or a later one.", "since_on",
        )  # fmt: skip
    if history and history[-1]["state"] == said["state"]:
        raise Refused(f"The school is {said['state']} already.", "state")
    store.put(
        db, "engagement", id=entry.id, school_in_group=said["school_in_group"], state=said["state"],
        since_on=said["since_on"], reason=said["reason"] or None,
    )  # fmt: skip
    return said["school_in_group"]


def end_engagement(db, school_in_group, state, on, reason=None):
    """Note how a school's part in a group ends, on a day that may lie ahead; inside a change."""
    last = queries.engagement_history(db, school_in_group)[-1]
    store.put(
        db, "engagement", id=post.new_id(), school_in_group=school_in_group, state=state,
        since_on=max(on, last["since_on"]), reason=reason,
    )  # fmt: skip


@change("groups.add_person", forms.AddPersonForm, rights.leads_or_runs)
def add_person(db, entry, said):
    """Make somebody a leader or participant, and invite them when their e-mail is known."""
    group = queries.group(db, said["work_group"])
    if group is None:
        raise Refused("There is no such Work Group.")
    if said["role"] == "participant" and not said["school"]:
        raise Refused("Choose the school this person comes from.", "school")
    if said["role"] == "participant" and not queries.in_group(db, said["work_group"], said["school"]):
        raise Refused("Add the school to the Work Group first.", "school")
    if said["school"] and schools.school(db, said["school"]) is None:
        raise Refused("Choose a school from the list.", "school")
    on = said["from_on"] or clock.day_of(entry.at)
    person = people.named(db, entry, said["name"], said["email"] or None, said["title"])
    if person == entry.by:
        # leading a group opens what people shared with their specialist: nobody gives that to themselves
        raise Refused("Ask somebody else of the group or the hub to add you.", "email")
    if queries.is_or_will_be_in(db, person, said["work_group"], on):
        raise Refused(f"{said['name']} is in this Work Group already.", "email")
    store.put(
        db, "membership", id=entry.id, work_group=said["work_group"], person=person, school=said["school"],
        role=said["role"], title=said["title"], from_on=on,
    )  # fmt: skip
    people.invite_person(db, entry, person, group["title"])
    return entry.id


@change("groups.set_email", forms.EmailForm, rights.leads_or_runs)
def set_email(db, entry, said):
    """Give somebody the e-mail that was not known, or a right one for a wrong one, and invite them there.

    Whoever has signed in changes it no more: it is how they prove who they are.
    """
    was = queries.membership(db, said["membership"])
    if was is None:
        raise Refused("There is no such person in the group.")
    people.address(db, entry, was["person"], said["email"], queries.group(db, was["work_group"])["title"])
    return was["id"]


@change("groups.end_membership", forms.EndMembershipForm, rights.leads_or_runs)
def end_membership(db, entry, said):
    """End somebody's part in a group; what they wrote stays theirs and stays here."""
    was = queries.membership(db, said["membership"])
    if was is None:
        raise Refused("There is no such person in the group.")
    if said["to_on"] < was["from_on"]:
        raise Refused(f"{was['name']} joined on {clock.say_day(was['from_on'], year=True)}.", "to_on")
    entry.was = {"to_on": was["to_on"], "why": was["why"]}
    store.alter(db, "membership", was["id"], to_on=said["to_on"], why=said["why"])
    return was["id"]


@change("groups.add_tag", forms.AddTagForm, rights.leads_or_runs)
def add_tag(db, entry, said):
    """Add a tag; at most eight are in use, so that a hand finds them without looking."""
    if queries.group(db, said["work_group"]) is None:
        raise Refused("There is no such Work Group.")
    tags = queries.tags(db, said["work_group"], also_ended=True)
    if sum(not t["ended"] for t in tags) >= MOST_TAGS:
        raise Refused(f"There are {MOST_TAGS} tags already. Take one out of use first.", "name")
    if any(t["name"].casefold() == said["name"].casefold() for t in tags):
        raise Refused("There is a tag of that name already.", "name")
    store.put(
        db, "tag", id=entry.id, work_group=said["work_group"], position=len(tags), name=said["name"], shape="square"
    )
    return entry.id


def copy_tags(db, group, to):
    """Give a new group the tags in use of another in place of its own; inside a change."""
    db.conn.execute("delete from tag where work_group = ?", (to,))
    for tag in queries.tags(db, group):
        columns = {name: tag[name] for name in ("position", "name", "shape", "big_idea")}
        store.put(db, "tag", id=post.new_id(), work_group=to, **columns)


@change("groups.edit_tag", forms.TagForm, rights.leads_or_runs)
def edit_tag(db, entry, said):
    """Rename a tag or take it out of use; noticings keep it."""
    tags = {t["id"]: t for t in queries.tags(db, queries.group_of_tag(db, said["tag"]), also_ended=True)}
    if said["tag"] not in tags:
        raise Refused("There is no such tag.")
    was = tags[said["tag"]]
    in_use = sum(not t["ended"] for t in tags.values())
    if was["ended"] and not said["ended"] and in_use >= MOST_TAGS:
        raise Refused(f"There are {MOST_TAGS} tags already. Take one out of use first.", "name")
    entry.was = {"name": was["name"], "ended": was["ended"]}
    store.alter(db, "tag", said["tag"], name=said["name"], ended=said["ended"] or 0)
    return said["tag"]


@change("groups.set_half_term", forms.HalfTermForm, rights.sets_half_terms)
def set_half_term(db, entry, said):
    """Set the days of one half-term: of the hub, or of a school that keeps other days."""
    _check_year(said["academic_year"])
    if said["school"] and schools.school(db, said["school"]) is None:
        raise Refused("Choose a school from the list.", "school")
    if said["from_on"] > said["to_on"]:
        raise Refused("The last day lies before the first.", "to_on")
    for term in queries.half_terms(db, said["academic_year"], said["school"]):
        if term["name"] != said["name"] and term["from_on"] <= said["to_on"] and said["from_on"] <= term["to_on"]:
            raise Refused(f"These days overlap {term['name']}.", "from_on")
    _forget_half_terms(db, said, said["name"])
    columns = {n: said[n] for n in ("academic_year", "name", "from_on", "to_on", "school")}
    store.put(db, "half_term", id=entry.id, **columns)
    return said["school"] or said["academic_year"]


@change("groups.clear_half_terms", forms.SchoolTermsForm, rights.sets_half_terms)
def clear_half_terms(db, entry, said):
    """Forget a school's own half-terms of a year: it keeps the hub's days again; or the hub's, for the usual ones."""
    own = queries.own_half_terms(db, said["academic_year"], said["school"])
    if not own:
        raise Refused(f"{'This school keeps the hub’s' if said['school'] else 'The hub keeps the usual'} days already.")
    entry.was = own
    _forget_half_terms(db, said)
    return said["school"] or said["academic_year"]


def _forget_half_terms(db, said, name=None):
    db.conn.execute(
        "delete from half_term where academic_year = ? and school is ? and (? is null or name = ?)",
        (said["academic_year"], said["school"], name, name),
    )


def _check_year(year):
    try:
        clock.first_day_of(year)
    except ValueError:
        raise Refused("Enter an academic year like 2026/27.", "academic_year") from None
