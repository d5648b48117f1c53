"""Mail about a lesson: its plan sent ahead; the teacher who taught is asked by link, and reminded once.

No answer means not shared.
"""

from workgroup import clock, due, store
from workgroup.door import Refused, change
from workgroup.groups import queries as groups
from workgroup.lessons import forms, queries, rights
from workgroup.people import changes as people_changes
from workgroup.people import post
from workgroup.people import queries as people

DAYS = 86_400
LASTS, WEEK = 14 * DAYS, 7 * DAYS
PLAN = (
    "Hello {name},\n\nhere is the plan of the open lesson \u201c%s\u201d, taught by %s: the key point, what pupils may"
    " say or do, and who watches whom. A sheet for notes on paper is with it.\n\n{link}\n\n"
    "Please read it before we meet."
)
BODY = (
    "Hello {name},\n\nYou taught \u201c%s\u201d with colleagues watching. What they noticed is yours to see, and you"
    " decide who may read it from now on. Until you answer nobody does; no answer means not shared.\n\n{link}\n\n"
    "The link works for 14 days, for this lesson only. It needs no account."
)


@change("lessons.send_plan", forms.LessonPickForm, rights.conducts)
def send_plan(db, entry, said):
    """Send the plan ahead to everybody of the group: an address, not the words; once for each version."""
    lesson = queries.lesson(db, said["lesson"])
    if lesson["state"] != "planned":
        raise Refused("The lesson has begun: a plan is sent ahead of it.")
    if lesson["plan_sent_version"] == lesson["version"]:
        raise Refused("This version has been sent already. Change the briefing, and it can be sent again.")
    to = [p for p in groups.people(db, lesson["work_group"], on=lesson["day"])
          if p["email"] and p["id"] not in (lesson["teacher"], entry.by)]  # fmt: skip
    to = list({p["id"]: p for p in to}.values())
    if not to:
        raise Refused("Nobody in this Work Group has an e-mail yet.")
    what = "The plan has changed" if lesson["plan_sent_at"] else "The plan"
    for person in to:
        post.tell(db, person["id"], f"{what}: {lesson['topic']}", PLAN % (lesson["topic"], lesson["teacher_name"]),
                  f"/lessons/{lesson['id']}", LASTS)  # fmt: skip
    store.alter(
        db, "lesson", lesson["id"], plan_sent_at=entry.at, plan_sent_version=lesson["version"], plan_sent_to=len(to),
    )  # fmt: skip
    return lesson["id"]


@change("lessons.ask_teacher", forms.AskTeacherForm, rights.asks_teacher)
def ask_teacher(db, entry, said):
    """Send the teacher a link to all that was recorded about their lesson. An earlier link of theirs ends.

    A teacher who was only a name becomes a person without an account, so that what they decide has an author.
    """
    lesson = queries.lesson(db, said["lesson"])
    teacher = lesson["teacher"]
    if teacher is None:
        known = people.by_email(db, said["email"])
        if known and known["name"].casefold() != lesson["teacher_name"].casefold():
            # or whoever conducts could make somebody else, themselves say, the one who decides
            raise Refused(f"This is somebody else’s e-mail here, not that of {lesson['teacher_name']}.", "email")
        teacher = people_changes.named(db, entry, lesson["teacher_name"], said["email"])
        if teacher == lesson["chair"]:
            raise Refused("Somebody other than the teacher chairs.", "email")
        entry.was = {"teacher": None, "teacher_name": lesson["teacher_name"]}
        number = queries.next_number(db)
        store.alter(db, "lesson", lesson["id"], teacher=teacher, teacher_name=None, changed=number)
    elif (people.person(db, teacher)["email"] or "").casefold() != said["email"].casefold():
        raise Refused(f"{lesson['teacher_name']} is known here by another e-mail. Send it to that one.", "email")
    send_link(db, lesson, teacher)
    return lesson["id"]


def send_link(db, lesson, teacher):
    """Write the mail; inside a transaction."""
    db.conn.execute("delete from link where kind = 'teacher' and about = ?", (lesson["id"],))
    post.write(
        db, teacher, "teacher", LASTS, subject=f"Your lesson: {lesson['topic']}", body=BODY % lesson["topic"],
        path="/taught", about=lesson["id"],
    )  # fmt: skip


def plan_reminder(db, lesson_id, at):
    """Ask for the one reminder, a week after a moment of the lesson; asked again it stays one."""
    due.plan(db, f"remind_teacher:{lesson_id}", "remind_teacher", lesson_id, clock.after(WEEK, at))


def _can_answer(lesson):
    """Tell whether the teacher could share by now, also where nobody ended the discussion."""
    return lesson["state"] in ("discussion", "with teacher") or (
        lesson["state"] == "live" and lesson["session_state"] == "closed"
    )


@due.kind("remind_teacher", "Reminder to a teacher who has not answered")
def remind(db, settings, lesson_id):
    """Remind a teacher who has not answered, once. One who has, or who has no e-mail, is left alone."""
    lesson = queries.lesson(db, lesson_id)
    waits = lesson and _can_answer(lesson) and not lesson["shared_at"] and not lesson["reminded_at"]
    teacher = waits and lesson["teacher"] and people.person(db, lesson["teacher"])
    if teacher and teacher["email"] and not teacher["erased_at"]:
        with store.writing(db):
            send_link(db, lesson, teacher["id"])
            store.alter(db, "lesson", lesson_id, reminded_at=clock.now())
