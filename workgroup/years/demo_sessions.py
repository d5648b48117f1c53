"""The demo year's sessions: plan, agenda as it ran, register, notes and decisions, and the gap tasks between them."""

import json

from workgroup.years.sheet import Sheet
from workgroup.years.telling import Told, id_of, person

MODES = {"in a room": "room", "online": "online", "mixed": "mixed"}
WENT = {"did it": "did it", "changed it": "did it", "did some of it": "did part", "didn't": "not yet"}
LEFT = "The school has left the Work Group."
CARRIED = "The class was away for a week. They want to try it properly."


def tell(year, days):
    """Yield what leaders, runners and participants enter about sessions and gap tasks."""
    emails = {p["id"]: p["email"] for p in year["people"]}
    for session in year["sessions"]:
        told = Sitting(year, session, days, emails)
        yield from told.plan()
        yield from told.register()
        yield from told.course()
    for task in year["gap_tasks"]:
        yield from _gap_task(year, task, days, emails)


class Sitting:
    """One session and the clock it ran by."""

    def __init__(self, year, session, days, emails):
        self.session, self.days, self.id = session, days, id_of(session["id"])
        group = next(g for g in year["groups"] if g["id"] == session["group"])
        self.group = id_of(group["id"])
        self.people = {code: person(email) for code, email in emails.items()}
        self.schools = {p["id"]: id_of(p["school"]) for p in year["people"]}
        self.leader = self.people[next(r["person"] for r in group["roles"] if r["role"] == "leader")]
        self.runner = self.people[session["run_by"]]
        self.has_run = session["state"] == "closed"

    def at(self, minutes, time=None):
        """Return the moment so many minutes after the session starts (or after a time of its day)."""
        return self.days.at(self.session["day"], time or self.session["starts"], minutes)

    def begins(self, *kinds):
        """Return after how many minutes the first block of one of these kinds began, as it really ran."""
        passed = 0
        for block in self.session["agenda"]:
            if block["kind"] in kinds:
                return passed
            passed += block.get("took") or block["minutes"]
        return passed

    def plan(self):
        """Yield the plan and its agenda."""
        s, days = self.session, self.days
        fields = {
            "work_group": self.group, "number": s["number"], "kind": s["kind"], "title": s["title"],
            "mode": MODES[s["mode"]], "joining_link": s.get("joining_link"), "host": id_of(s["host"]),
            "day": days.day(s["day"]), "starts": s["starts"], "ends": s["ends"], "agenda": "empty",
        }  # fmt: skip
        yield Told(days.at(-187, "16:00"), "sessions.plan", self.leader, fields, self.id)
        before = max(-186, min(s["day"] - 21, -10))
        for block in s["agenda"]:
            fields = {"kind": block["kind"], "minutes": block["minutes"]}
            fields.update(title=block.get("title") or block["kind"].capitalize())
            fields.update(session=self.id, lead=self.people.get(block.get("lead")), prompt=block.get("prompt"))
            yield Told(days.at(before, "16:30"), "sessions.add_block", self.leader, fields, id_of(block["id"]))
        for kind, words in self._questions():
            yield Told(days.at(before, "16:45"), kind, self.leader, {"session": self.id, "words": words})
        yield from self._materials(before)
        if self.runner is not self.leader:
            yield Told(
                days.at(before, "17:00"), "sessions.hand_over", self.leader, {"session": self.id, "person": self.runner}
            )

    def _materials(self, day):
        """Yield the links and files that lie beside the agenda."""
        for m in self.session.get("materials", []):
            fields = {"session": self.id, "title": m["title"], "url": m.get("url")}
            if "block" in m:
                fields["block"] = id_of(m["block"])
            if "words" in m:
                fields["file"] = Sheet(m["words"])
            yield Told(self.days.at(day, "16:50"), "sessions.add_material", self.leader, fields)

    def _questions(self):
        """Return what is asked at the end where it is not what the hub usually asks."""
        first = self.session.get("question")
        more = self.session.get("more_questions", [])
        return [("sessions.set_question", first)] * bool(first) + [("sessions.add_prompt", words) for words in more]

    def register(self):
        """Yield the register, as whoever ran the session took it."""
        for mark in self.session.get("register", []):
            at = self._marked_at(mark)
            # a note of who will be missing is the leader's; the register on the day is the runner's
            by = self.leader if mark["status"] in ("apologies", "not expected") else self.runner
            yield Told(at, "sessions.mark", by, self._mark(mark), id_of(mark["id"]))

    def _mark(self, mark):
        s = self.session
        return {
            "session": self.id, "person": self.people[mark["person"]], "school": self.schools[mark["person"]],
            "attending_as": mark.get("as", "participant"),
            "substitute_for": self.people.get(mark.get("substitute_for")),
            "status": "absent" if mark["status"] == "absent without notice" else mark["status"],
            "told_on": self.days.day(mark["told"]) if "told" in mark else None,
            "in_at": self.days.moment(s["day"], mark["in"]) if "in" in mark else None,
            "out_at": self.days.moment(s["day"], mark["out"]) if "out" in mark else None,
        }  # fmt: skip

    def _marked_at(self, mark):
        if "in" in mark:
            return self.at(0, mark["in"])
        if "told" in mark:
            return self.days.at(mark["told"], "08:10")
        return (
            self.at(30) if mark["status"] == "absent without notice" else self.days.at(self.session["day"] - 1, "16:00")
        )

    def course(self):
        """Yield how it went: opened, blocks begun, notes, decisions, summary, closed."""
        s = self.session
        yield from self._notes()
        if not self.has_run:
            return
        opens = min([s["starts"], *(m["in"] for m in s["register"] if "in" in m)])
        yield Told(self.at(-5, opens), "sessions.set_state", self.leader, {"session": self.id, "state": "open"})
        passed = 0
        for block in s["agenda"]:
            yield Told(self.at(passed), "sessions.begin_block", self.runner, {"block": id_of(block["id"])})
            passed += block["took"]
        for n, decision in enumerate(s.get("decisions", [])):
            fields = {"session": self.id, "words": decision["text"]}
            at = self.at(self.begins("next task", "reflection") + n)
            yield Told(at, "sessions.decide", self.leader, fields, id_of(decision["id"]))
        fields = {"session": self.id, "words": s["summary"]}
        yield Told(self.at(20, s["ends"]), "sessions.summarise", self.leader, fields)
        yield Told(self.at(40, s["ends"]), "sessions.set_state", self.leader, {"session": self.id, "state": "closed"})
        if "wifi" in s:
            yield Told(self.at(45, s["ends"]), "sessions.wifi_word", self.leader, {"session": self.id, **s["wifi"]})

    def _notes(self):
        blocks = {b["kind"]: b for b in reversed(self.session["agenda"])}
        for note in self.session.get("notes", []):
            block = blocks.get(note["block"])
            fields = {"session": self.id, "words": note["text"], "block": id_of(block["id"]) if block else None}
            at = self.at(self.begins(note["block"]) + 3) if self.has_run else self.days.at(-2, "17:15")
            yield Told(at, "sessions.note", self.leader, fields, id_of(note["id"]))


def _gap_task(year, task, days, emails):
    """Yield a gap task with what became of it. One that nobody answered is left set."""
    sitting = _sitting(year, task["session"], days, emails)
    group = next(g for g in year["groups"] if id_of(g["id"]) == sitting.group)
    school = next(s for s in group["schools"] if s["school"] == task["school"])
    id, owner = id_of(task["id"]), person(emails[task["owner"]])
    fields = {
        "work_group": sitting.group, "session": sitting.id, "school_in_group": id_of(school["id"]), "owner": owner,
        "words": task["task"], "due_on": days.day(task["due"]),
    }  # fmt: skip
    yield Told(sitting.at(sitting.begins("next task") + 2), "tasks.set", sitting.leader, fields, id)
    answer = task.get("return") or {}
    if answer.get("words"):
        said = {"gap_task": id, "went": WENT[answer["how"]], "words": answer["words"]}
        if sketch := answer.get("sketch"):
            things = [{"kind": "ink", "label": "", "shapes": sketch["shapes"]}]
            said.update(drawn=json.dumps({"things": things}), described=sketch["described"])
        yield Told(
            days.at(answer["day"], "16:30"),
            "tasks.return",
            person(emails[answer["by"]]),
            said,
            id_of(f"return-{task['id']}"),
        )
    if task["status"] == "dropped":
        gone = next(s["since"] for s in school["states"] if s["state"] == "withdrawn")
        yield Told(days.at(gone, "11:30"), "tasks.drop", sitting.leader, {"gap_task": id, "why": LEFT})
    if task["status"] == "carried":
        after = _following(year, sitting.session)
        later = _following(year, after)
        onto = _sitting(year, after["id"], days, emails)
        fields = {"gap_task": id, "session": onto.id, "due_on": days.day(later["day"]), "why": CARRIED}
        yield Told(
            onto.at(onto.begins("gap-task returns") + 5),
            "tasks.carry",
            onto.leader,
            fields,
            id_of(f"carried-{task['id']}"),
        )


def _sitting(year, code, days, emails):
    return Sitting(year, next(s for s in year["sessions"] if s["id"] == code), days, emails)


def _following(year, session):
    """Return the next session of the same group."""
    return next(s for s in year["sessions"] if s["group"] == session["group"] and s["number"] == session["number"] + 1)
