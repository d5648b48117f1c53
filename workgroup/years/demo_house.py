"""The demo year's house: hub, schools with what a guest must know, Work Groups, people and their dated roles."""

from workgroup import clock
from workgroup.groups import queries as groups
from workgroup.people import post
from workgroup.people import queries as people
from workgroup.years.telling import Told, id_of, person

BEGAN = -265  # the hub is set up before the first school registers
HOST = ("entrance", "room", "parking", "wifi", "photos", "photo_rule", "device_rule")
LEADER_WORD = "Specialist"
STAND_IN = "Came in the place of a colleague who was ill."


def tell(year, days):
    """Yield what the hub lead and the administrator enter."""
    emails = {p["id"]: p["email"] for p in year["people"]}
    lead, office = person(emails[year["hub"]["hub_lead"]]), person(emails[year["hub"]["administrator"]])
    yield from _hub(year, days, lead)
    for school in [*year["schools"], *year["other_schools"]]:
        yield from _school(school, days, office)
    for group in year["groups"]:
        yield from _group(year, group, days, office)
    yield from _stand_ins(year, days, office)
    for one in year["people"]:
        yield from _first_sign_in(year, one, days, lead)


def _hub(year, days, lead):
    named = {p["id"]: p for p in year["people"]}
    first, second = named[year["hub"]["hub_lead"]], named[year["hub"]["administrator"]]
    at = days.at(BEGAN, "09:00")
    yield Told(at, "people.set_up", None, {"hub": year["hub"]["name"], "name": first["name"], "email": first["email"]})
    fields = {"name": second["name"], "email": second["email"], "role": "administrator"}
    yield Told(at, "people.invite", lead, fields)
    reached = {"name": year["hub"]["name"], "contact": year["hub"]["contact"], "seen": "1"}
    yield Told(days.at(BEGAN + 1, "09:15"), "people.edit_hub", lead, reached)
    kept = {**year["hub"]["kept_months"], "seen": "nothing"}
    yield Told(days.at(BEGAN + 1, "09:30"), "privacy.set_retention", person(second["email"]), kept)


def _school(school, days, office):
    at, id = days.at(BEGAN + 1, "10:00"), id_of(school["id"])
    fields = {name: school[name] for name in ("urn", "name", "phase", "town", "postcode")}
    yield Told(at, "schools.add_by_hand", office, {**fields, "type": school["kind"]}, id)
    head = {"school": id, "role": "head", "name": school["contact"]["name"]}
    yield Told(at, "schools.add_contact", office, head)
    host = {name: school["host"][name] for name in HOST}
    host.update(school=id, late_contact=school["host"]["running_late"], seen="0")
    yield Told(at, "schools.set_host_facts", office, host)


def half_terms(db, year, days):
    """Return the six half-terms in an order in which none overlaps what stands now, as fields of the change.

    The demo's half-terms are counted from today and may lie months away from the usual ones of the same name.
    """
    name_of = clock.academic_year(days.today.isoformat())
    wanted = {t["name"]: (days.day(t["first"]), days.day(t["last"])) for t in year["half_terms"]}
    stand = {t["name"]: (t["from_on"], t["to_on"]) for t in groups.half_terms(db, name_of)}
    order = []
    while len(order) < len(wanted):
        free = next(n for n in wanted if n not in order and not _meets_another(n, wanted[n], stand))
        stand[free] = wanted[free]
        order.append(free)
    return [{"academic_year": name_of, "name": n, "from_on": wanted[n][0], "to_on": wanted[n][1]} for n in order]


def _meets_another(name, span, stand):
    return any(n != name and s[0] <= span[1] and span[0] <= s[1] for n, s in stand.items())


def _group(year, group, days, office):
    at, id = days.at(BEGAN + 2, "10:00"), id_of(group["id"])
    fields = {n: group[n] for n in ("title", "strand", "project_code", "participant_word", "meeting_word")}
    fields.update(
        academic_year=clock.academic_year(days.today.isoformat()), leader_word=LEADER_WORD,
        visits_per_school=group["visits_per_school"],
    )  # fmt: skip
    yield Told(at, "groups.create", office, fields, id)
    for school in group["schools"]:
        yield from _engagement(school, id, days, office)
    named = {p["id"]: p for p in year["people"]}
    for role in group["roles"]:
        yield from _role(role, named[role["person"]], id, days, office)


def _engagement(school, group, days, office):
    id, (first, *later) = id_of(school["id"]), school["states"]
    joins = {"work_group": group, "school": id_of(school["school"]), "since_on": days.day(first["since"])}
    yield Told(days.at(first["since"], "11:00"), "groups.add_school", office, joins, id)
    for state in later:
        fields = {"state": state["state"], "since_on": days.day(state["since"]), "reason": state.get("reason")}
        yield Told(days.at(state["since"], "11:00"), "groups.set_engagement", office, {"school_in_group": id, **fields})
    grant = school["grant"]
    paid = days.day(grant["paid"]) if grant["paid"] is not None else None
    yield Told(
        days.at(grant["paid"] if grant["paid"] is not None else -118, "11:30"), "groups.give_grant", office,
        {"school_in_group": id, "amount": grant["amount"], "purpose": "Release time", "paid_on": paid},
    )  # fmt: skip


def _role(role, who, group, days, office):
    id, leads = id_of(role["id"]), role["role"] == "leader"
    fields = {n: who[n] for n in ("name", "email")}
    fields.update(
        work_group=group, role=role["role"], school=id_of(who["school"]), title=who["role_in_school"],
        from_on=days.day(role["from"]),
    )  # fmt: skip
    yield Told(days.at(role["from"] - 2 - leads, "14:00"), "groups.add_person", office, fields, id)
    if role["until"] is not None:
        ends = {"membership": id, "to_on": days.day(role["until"]), "why": role.get("why")}
        yield Told(days.at(role["until"], "17:00"), "groups.end_membership", office, ends)


def _stand_ins(year, days, office):
    """Whoever came once in somebody's place belongs to the group for that day."""
    members = {r["person"] for g in year["groups"] for r in g["roles"]}
    named = {p["id"]: p for p in year["people"]}
    for session in year["sessions"]:
        for mark in session.get("register", []):
            if mark.get("as") == "substitute" and mark["person"] not in members:
                role = {
                    "id": f"role-{mark['id']}", "role": "participant", "from": session["day"],
                    "until": session["day"], "why": STAND_IN,
                }  # fmt: skip
                yield from _role(role, named[mark["person"]], id_of(session["group"]), days, office)


def _first_sign_in(year, one, days, lead):
    """Everybody has opened their invitation once and signed out again."""
    began = [r["from"] for g in year["groups"] for r in g["roles"] if r["person"] == one["id"]]
    came = [s["day"] for s in year["sessions"] for m in s.get("register", []) if m["person"] == one["id"]]
    is_office = one["id"] in (year["hub"]["hub_lead"], year["hub"]["administrator"])
    at = days.at(BEGAN + 4 if is_office else min(began or came), "07:30")

    def invitation(db):
        return next(m["link"] for m in people.outbox(db, lead(db)) if m["address"] == one["email"]).rpartition("/")[2]

    def tablet(db):
        return people.tablets(db, myself(db))[0]["id"]

    myself = person(one["email"])
    yield Told(at, "people.use_link", None, {"proof": invitation, "token": post.new_token()})
    yield Told(at, "people.sign_out", myself, {"tablet": tablet})
