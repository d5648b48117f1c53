"""Work Groups put straight into the tables, as many as a test of exports needs."""

from tests.world import days, do
from workgroup import store
from workgroup.people.post import new_id


def a_group(db, title, schools, strand="Primary Development", year="2026/27", leader=None, since=-40):
    """Put in a Work Group with schools, `(urn, name, state)` each with two participants; return its id."""
    group = new_id()
    an_end_since(db, year, since)
    words = {"leader_word": "Specialist", "participant_word": "Advocate", "meeting_word": "TRG"}
    with store.writing(db):
        store.put(db, "work_group", id=group, title=title, strand=strand, academic_year=year, **words)
        for urn, name, state in schools:
            join(db, group, urn, name, state, days(since))
        if leader:
            store.put(db, "membership", id=new_id(), work_group=group, person=leader, role="leader",
                      from_on=days(since))  # fmt: skip
    return group


def an_end_since(db, year, since=-40):
    """Let a half-term of a year have ended between the day that schools join and today, whatever day that is."""
    sql = "select count(*) from half_term where academic_year = ? and name = 'Autumn 1'"
    if not store.value(db, sql, (year,)):
        with store.writing(db):
            store.put(db, "half_term", id=new_id(), academic_year=year, name="Autumn 1", from_on=days(since - 20),
                      to_on=days(since + 9))  # fmt: skip


def join(db, group, urn, name, state, on):
    """Let a school with two participants be in a Work Group from a day on."""
    school = store.value(db, "select id from school where urn = ?", (urn,))
    if school is None:
        school = new_id()
        store.put(db, "school", id=school, urn=urn, name=name, phase="Primary", status="Open", la="Havershire")
    joined = new_id()
    store.put(db, "school_in_group", id=joined, work_group=group, school=school)
    store.put(db, "engagement", id=new_id(), school_in_group=joined, state=state, since_on=on,
              reason="Moved on" if state == "withdrawn" else None)  # fmt: skip
    for number in (1, 2):
        person = new_id()
        store.put(db, "person", id=person, name=f"Pat Quill{number}", email=f"{person}@example.org")
        store.put(db, "membership", id=new_id(), work_group=group, person=person, school=school, role="participant",
                  from_on=on)  # fmt: skip


def some_schools(first, states):
    """Return schools with these states, their URNs from `first` on."""
    return [(str(first + n), f"Demo {first + n} School", state) for n, state in enumerate(states)]


def a_hub(path, name):
    """Return a connection to a hub of its own in a new file."""
    db = store.connect(path)
    store.migrate(db)
    do(db, "people.set_up", hub=name, name="Nia Lead", email="nia@example.org")
    return db
