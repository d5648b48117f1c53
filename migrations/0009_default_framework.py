"""The framework that a hub begins with: five aspects, five steps. Ours: no official rubric was found.

It is data: another version is another row, and old reviews keep the wording they were made with.
"""

import uuid

FRAMEWORK = "5f0c1c3a-51b6-5d43-9d0a-0d4a4c2f6a01"
ASPECTS = (
    ("Systems and culture", "Timetable, meetings, policies, how colleagues talk about mathematics."),
    ("Leadership", "Who leads, with what time, and what the head does."),
    ("Subject knowledge", "What teachers know about the mathematics and how it is learnt."),
    ("Lesson design", "Small steps, representations, variation, fluency in what is planned and taught."),
    ("Professional development in school", "How colleagues learn from each other between meetings."),
)
STEPS = (
    ("Not yet started", "Nothing to see yet, and that is all right."),
    ("Starting", "One or two people try something."),
    ("Developing", "Several people, some of the time."),
    ("Becoming consistent", "Most people, most of the time."),
    ("Sustained", "It goes on by itself, also when people change."),
)


def change(db):
    """Put the default framework in."""
    namespace = uuid.UUID(FRAMEWORK)
    db.execute(
        "insert into framework (id, name, version, made_at) values (?, 'Where we are', 1, '2026-09-01T00:00:00.000Z')",
        [FRAMEWORK],
    )
    for table, rows in (("aspect", ASPECTS), ("step", STEPS)):
        for position, (name, about) in enumerate(rows, 1):
            db.execute(
                f"insert into {table} (id, framework, position, name, about) values (?, ?, ?, ?, ?)",
                [str(uuid.uuid5(namespace, f"{table} {position}")), FRAMEWORK, position, name, about],
            )
