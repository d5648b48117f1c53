"""A small hub for tests, made through the door: one Work Group, two schools, and the people who carry every suite.

leader (owner) and co-leader, a participant (member) and her colleague, a participant of another school, somebody
of another group (outsider), the hub lead and the hub administrator.
"""

from types import SimpleNamespace

from workgroup import clock, door, store
from workgroup.people import post


def submit(db, kind, by=None, /, at=None, id=None, **fields):
    """Submit a change and return its Outcome, whatever it is."""
    return door.submit(db, kind, fields, id or post.new_id(), by, at)


def do(db, kind, by=None, /, at=None, id=None, **fields):
    """Enter a change that must go in, and return its Outcome."""
    outcome = submit(db, kind, by, at=at, id=id, **fields)
    assert outcome.standing == "entered", (kind, outcome.standing, outcome.errors)
    return outcome


def days(number):
    """Return the day so many days from today."""
    return clock.day_of(clock.after(number * 86_400))


def school(db, urn, name, **more):
    """Put a school straight into the table, as an import does, and return its id."""
    id = post.new_id()
    with store.writing(db):
        store.put(db, "school", id=id, urn=urn, name=name, phase=more.pop("phase", "Primary"), status="Open", **more)
    return id


def person_id(db, email):
    """Return the id of the person with this e-mail."""
    return store.value(db, "select id from person where email = ?", (email,))


def build(db):
    """Return the world as a namespace of ids."""
    w = SimpleNamespace()
    w.hub_lead = do(db, "people.set_up", hub="Test Hub", name="Helen Lead", email="helen@example.org").about
    w.administrator = do(
        db, "people.invite", w.hub_lead, name="Adam Admin", email="adam@example.org", role="administrator"
    ).about
    w.school = school(db, "900001", "Staithe Lane Primary School", town="Havermouth", postcode="QX1 4TR")
    w.school2 = school(db, "900002", "Ottersby Church of England Primary School", town="Ottersby")
    w.far_school = school(db, "900003", "Far Away School", town="Elsewhere")
    words = {"leader_word": "Specialist", "participant_word": "Lead Participant", "meeting_word": "TRG",
             "academic_year": clock.academic_year(clock.today())}  # fmt: skip
    w.group = do(db, "groups.create", w.hub_lead, title="Primary South", visits_per_school="3", **words).about
    w.far_group = do(db, "groups.create", w.hub_lead, title="Secondary Estuary", **words).about
    for key, group, joins in (
        ("in_group", w.group, w.school), ("in_group2", w.group, w.school2), ("far_in_group", w.far_group, w.far_school),
    ):  # fmt: skip
        outcome = do(db, "groups.add_school", w.hub_lead, work_group=group, school=joins, since_on=days(-200))
        setattr(w, key, outcome.about)
    for key, name, role, group, at in (
        ("leader", "Bethan Leader", "leader", w.group, None),
        ("co_leader", "Cora Coleader", "leader", w.group, None),
        ("participant", "Nadine Member", "participant", w.group, w.school),
        ("colleague", "Toby Colleague", "participant", w.group, w.school),
        ("neighbour", "Sunita Neighbour", "participant", w.group, w.school2),
        ("outsider", "Olaf Outsider", "participant", w.far_group, w.far_school),
        ("far_leader", "Marcus Farleader", "leader", w.far_group, None),
    ):
        email = f"{key}@example.org"
        membership = do(db, "groups.add_person", w.hub_lead, work_group=group, name=name, email=email, role=role,
                        school=at, from_on=days(-180)).about  # fmt: skip
        setattr(w, key, person_id(db, email))
        setattr(w, f"{key}_membership", membership)
    w.tag = store.value(db, "select id from tag where work_group = ? order by position", (w.group,))
    return w
