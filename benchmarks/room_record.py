"""A hub on its busiest day: so many lessons at once, each in discussion, each with a room of people checked in.

Made through the door; a signed-in tablet for everybody. Returned as plain values, for the load runs in a process of
its own and reads them from a file.
"""

from benchmarks import lesson_record
from tests import world
from workgroup import clock, store
from workgroup.lessons import queries


def build(db, lessons, devices):
    """Fill a new database: a Work Group, a session and a lesson in discussion for each room; return the rooms."""
    db.conn.execute("pragma synchronous = off")  # nobody waits for a receipt yet
    hub_lead = world.do(db, "people.set_up", hub="Busy Hub", name="Helen Lead", email="helen@example.org").about
    schools = [world.school(db, f"{900001 + n}", f"School {n + 1}") for n in range(-(-devices // 2))]
    rooms = [_room(db, hub_lead, schools, number, devices) for number in range(lessons)]
    db.conn.execute("pragma synchronous = full")
    return rooms


def _room(db, hub_lead, schools, number, devices):
    day = clock.today()
    group = world.do(
        db, "groups.create", hub_lead, title=f"Group {number}", leader_word="Specialist", visits_per_school="3",
        participant_word="Lead Participant", meeting_word="TRG", academic_year=clock.academic_year(day),
    ).about  # fmt: skip
    for school in schools:
        world.do(db, "groups.add_school", hub_lead, work_group=group, school=school, since_on=world.days(-200))
    people = [_person(db, hub_lead, group, schools, number, n) for n in range(devices)]
    leader = people[0]
    session = world.do(
        db, "sessions.plan", leader, work_group=group, kind="TRG", title="Bars that start together", day=day,
        starts="00:01", ends="23:59", mode="room", host=schools[0], anyway="y", agenda="usual",
    ).about  # fmt: skip
    world.do(db, "sessions.set_state", leader, session=session, state="open")
    for person in people:
        world.do(db, "sessions.mark", leader, session=session, person=person, status="present",
                 attending_as="leader" if person == leader else "participant")  # fmt: skip
    lesson = world.do(
        db, "lessons.plan", leader, session=session, teacher=people[1], chair=people[2], **lesson_record.BRIEFING
    ).about
    world.do(db, "lessons.start", leader, lesson=lesson)
    world.do(db, "lessons.open_discussion", leader, lesson=lesson)
    tags = [t["id"] for t in store.rows(db, "select id from tag where work_group = ?", (group,))]
    return {
        "lesson": lesson, "predicted": [p["id"] for p in queries.predicted(db, lesson)], "tags": tags,
        "devices": [{"person": p, **vars(lesson_record.sign_in(db, p))} for p in people],
    }  # fmt: skip


def _person(db, hub_lead, group, schools, number, n):
    role, name = "leader" if n == 0 else "participant", f"Person {number}-{n}"
    fields = {"work_group": group, "name": name, "role": role, "school": schools[n // 2], "from_on": world.days(-180)}
    membership = world.do(db, "groups.add_person", hub_lead, **fields).about
    return store.value(db, "select person from membership where id = ?", (membership,))
