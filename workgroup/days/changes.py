"""Changes to somebody's own days: taking in what is suggested, entering by hand, editing, taking away."""

from workgroup import clock, store
from workgroup.days import forms, queries, rights, suggesting
from workgroup.days import suggestion_queries as suggested
from workgroup.door import Refused, Stale, change
from workgroup.people.post import new_id
from workgroup.schools import queries as schools
from workgroup.withdrawing import bring_back, take_away

VALUES = (
    "academic_year", "on_day", "word", "quarters", "work_group", "school", "allowance", "travel_pence", "words",
    "withdrawn_at",
)  # fmt: skip
LOOK_AGAIN = "What this rests on has changed since you looked. Look at it again."


@change("days.enter", forms.EnterForm, rights.keeps)
def enter(db, entry, said):
    """Enter days by hand, or what was suggested in other words than it was suggested."""
    values = _values(db, entry.by, said)
    if said["source"]:
        values.update(_origin(_waiting(db, entry.by, suggesting.read(said["source"]))))
    keep(db, entry, entry.id, person=entry.by, **values)
    return entry.id


@change("days.take", forms.TakeForm, rights.keeps)
def take(db, entry, said):
    """Take in what was suggested, as it was suggested; what was taken or declined meanwhile is left alone."""
    found = list(dict.fromkeys(suggesting.read(one) for one in said["sources"]))
    left = [one for one in found if not suggested.is_passed(db, entry.by, one.kind, one.id)]
    if not left:
        raise Refused("These have been taken in or declined already.")
    known = suggested.sources(db, entry.by)
    for source in left:
        now, activity = _as_seen(known, source), queries.activity_for(db, source.kind)
        keep(
            db, entry, new_id(), person=entry.by, academic_year=clock.academic_year(source.on_day),
            on_day=source.on_day, activity=activity["id"], word=activity["name"], quarters=source.quarters,
            work_group=now["work_group"], school=now["school"], **_origin(source),
        )  # fmt: skip
    return entry.by


@change("days.decline", forms.DeclineForm, rights.keeps)
def decline(db, entry, said):
    """Say that a suggestion is not a day of one's own: it does not come back."""
    source = _waiting(db, entry.by, suggesting.read(said["source"]))
    store.put(db, "day_declined", id=entry.id, person=entry.by, at=entry.at, **{source.kind: source.id})
    return entry.id


@change("days.suggest_again", forms.DeclinedPickForm, rights.own_declined)
def suggest_again(db, entry, said):
    """Let something be suggested again that was declined."""
    take_away(db, entry, "day_declined", suggested.declined(db, said["declined"]), "It is suggested again already.")
    return said["declined"]


@change("days.edit", forms.EditForm, rights.own_entry, meets="stale")
def edit(db, entry, said):
    """Change an entry that is in no claim."""
    was = queries.entry(db, said["day_entry"])
    if said["seen"] != str(was["version"]):
        raise Stale(was)
    _check_free(db, was)
    alter(db, entry, was, **_values(db, entry.by, said, was))
    return was["id"]


@change("days.withdraw", forms.EntryPickForm, rights.takes_away)
def withdraw(db, entry, said):
    """Take an entry away that is in no claim."""
    was = queries.entry(db, said["day_entry"])
    _check_free(db, was, correction_too=True)
    take_away(db, entry, "day_entry", was, version=was["version"] + 1)
    remember(db, entry, was["id"])
    return was["id"]


@change("days.restore", forms.EntryPickForm, rights.takes_away)
def restore(db, entry, said):
    """Bring an entry back."""
    was = queries.entry(db, said["day_entry"])
    if was["corrects"]:
        raise Refused("Correct the claimed entry again instead: it may have changed since.")
    bring_back(db, entry, "day_entry", was, version=was["version"] + 1)
    remember(db, entry, was["id"])
    return was["id"]


@change("days.settle", forms.SettleForm, rights.own_entry)
def settle(db, entry, said):
    """Follow what has become of the session or visit behind an entry, or keep the entry as it is."""
    was = queries.entry(db, said["day_entry"])
    found = suggested.changed_since(was, suggested.sources(db, was["person"]))
    if not found:
        raise Refused("This has been settled already.")
    if found["seen"] != said["seen"]:
        raise Refused(LOOK_AGAIN)
    follow_source(db, was, found["now"])
    if said["how"] == "follow":
        _check_free(db, was)
        now = found["now"]
        if now is None:
            alter(db, entry, was, withdrawn_at=entry.at)
        else:
            year = clock.academic_year(now["on_day"])
            alter(db, entry, was, on_day=now["on_day"], quarters=now["quarters"], academic_year=year)
    return was["id"]


@change("days.correct", forms.CorrectForm, rights.own_entry)
def correct(db, entry, said):
    """Correct a claimed entry, which is fixed: a new entry holds the difference, for the next claim."""
    was = queries.entry(db, said["day_entry"])
    if was["corrects"]:
        raise Refused("This is a correction itself. Correct the entry that it corrects.")
    if not was["claim"] or was["withdrawn_at"]:
        raise Refused("This is in no claim yet: change the entry itself.")
    stands = [was, *queries.corrections(db, was["id"])]
    quarters = said["days"] - sum(one["quarters"] for one in stands)
    travel = (said["travel"] or 0) - sum(one["travel_pence"] for one in stands)
    if not quarters and not travel:
        raise Refused("That is what it says already.", "days")
    same = ("person", "academic_year", "on_day", "activity", "word", "work_group", "school", "allowance")
    keep(
        db, entry, entry.id, **{name: was[name] for name in same}, quarters=quarters, travel_pence=travel,
        words=said["words"], corrects=was["id"],
    )  # fmt: skip
    follow_source(db, was, suggested.source_of(was, suggested.sources(db, was["person"])))
    return entry.id


def keep(db, entry, id, **values):
    """Write a new entry and the first line of its history; inside a change."""
    store.put(db, "day_entry", id=id, at=entry.at, **values)
    remember(db, entry, id)


def alter(db, entry, was, **values):
    """Change an entry, and remember how it stands now; inside a change."""
    entry.was = {name: was[name] for name in values}
    store.alter(db, "day_entry", was["id"], **values, version=was["version"] + 1)
    remember(db, entry, was["id"])


def remember(db, entry, id):
    """Add to the history how an entry stands now; inside a change."""
    names = ", ".join(VALUES)
    db.conn.execute(
        f"insert into day_history (day_entry, at, by, {names}) select id, ?, ?, {names} from day_entry where id = ?",
        (entry.at, entry.by, id),
    )


def follow_source(db, was, now):
    """Note what the source of an entry says now: the entry is no longer said to differ from it; inside a change."""
    if was["session"] or was["visit"]:
        seen = (now["on_day"], now["quarters"]) if now else (None, None)
        store.alter(db, "day_entry", was["id"], source_on=seen[0], source_quarters=seen[1])


def _waiting(db, person, source):
    """Return a source that waits to be taken; refused when it was passed already or is not as it was seen."""
    if suggested.is_passed(db, person, source.kind, source.id):
        raise Refused("This has been taken in or declined already.")
    _as_seen(suggested.sources(db, person), source)
    return source


def _as_seen(known, source):
    now = known.get((source.kind, source.id))
    if now is None or (now["on_day"], now["quarters"]) != (source.on_day, source.quarters):
        raise Refused(LOOK_AGAIN)
    return now


def _origin(source):
    return {source.kind: source.id, "source_on": source.on_day, "source_quarters": source.quarters}


def _check_free(db, was, correction_too=False):
    if was["claim"]:
        raise Refused(f"This was claimed with {was['reference']} and is fixed. Correct it by a new entry.")
    if was["withdrawn_at"]:
        raise Refused("This has been taken away. Bring it back first.")
    if was["corrects"] and not correction_too:
        raise Refused("This is a correction. Take it away, and correct the claimed entry again.")
    if queries.corrections(db, was["id"]):
        raise Refused("A correction of this stands. Take the correction away first.")


def _values(db, person, said, was=None):
    """Return the columns of an entry as they were said, after looking whether they are there for this person."""
    if said["on_day"] > clock.today():
        raise Refused("This day has not come yet.", "on_day")
    travel = said["travel"] or 0
    if not said["days"] and not travel:
        raise Refused("Enter days, or what the travel cost.", "days")
    year = clock.academic_year(said["on_day"])
    if said["work_group"] and said["work_group"] not in {x["id"] for x in queries.led_groups(db, person)}:
        raise Refused("Choose a Work Group that you lead or led.", "work_group")
    if said["school"] and schools.school(db, said["school"]) is None:
        raise Refused("Choose a school from the list.", "school")
    if said["allowance"] and said["allowance"] not in {x["id"] for x in queries.allowances_of(db, person, year)}:
        raise Refused(f"Choose an allowance of {year}.", "allowance")
    return {
        "academic_year": year, "on_day": said["on_day"], **_activity(db, said, was), "quarters": said["days"],
        "work_group": said["work_group"], "school": said["school"], "allowance": said["allowance"],
        "travel_pence": travel, "words": said["words"],
    }  # fmt: skip


def _activity(db, said, was):
    """Return the activity with its word; an entry whose activity stays keeps the word it was entered with."""
    if was and was["activity"] == said["activity"]:
        return {"activity": was["activity"], "word": was["word"]}
    found = queries.activity(db, said["activity"])
    if found is None or found["ended_at"]:
        raise Refused("Choose what the time was for.", "activity")
    return {"activity": found["id"], "word": found["name"]}
