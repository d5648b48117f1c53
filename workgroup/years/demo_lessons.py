"""The demo year's open lessons: briefing, what was noticed, the discussion, and what the teacher shared."""

import json
from itertools import pairwise

from workgroup import clock
from workgroup.groups import queries as groups
from workgroup.lessons import queries as lessons
from workgroup.years.demo_sessions import Sitting
from workgroup.years.telling import Told, id_of

IDEAS = {"coh": "coherence", "rep": "representation", "thi": "thinking", "flu": "fluency", "var": "variation"}
SHARED = ("room", "group", "hub")
SAME = (
    "pupils", "context", "topic", "key_point", "starts", "minutes",
)  # fmt: skip


def tell(year, days):
    """Yield what teachers, chairs and observers enter about the open lessons."""
    emails = {p["id"]: p["email"] for p in year["people"]}
    for lesson in year["lessons"]:
        session = next(s for s in year["sessions"] if s["id"] == lesson["session"])
        sitting = Sitting(year, session, days, emails)
        told = OpenLesson(year, lesson, sitting, days)
        yield from told.briefing()
        if sitting.has_run:
            yield from told.course()
            yield from told.noticings()
            yield from told.sketch()
            yield from told.discussion()
            yield from told.sharing()


class OpenLesson:
    """One open lesson and its own clock."""

    def __init__(self, year, lesson, sitting, days):
        self.year, self.lesson, self.sitting, self.days = year, lesson, sitting, days
        self.id, self.people = id_of(lesson["id"]), sitting.people
        self.teacher, self.chair = self.people[lesson["teacher"]], self.people[lesson["chair"]]

    def at(self, seconds=0, minutes=0):
        """Return the moment on the lesson's own clock."""
        return self.days.at(self.lesson["day"], self.lesson["starts"], minutes, seconds)

    def briefing(self):
        """Yield the briefing, and who watches which pupils."""
        entry, days, before = self.lesson, self.days, self.lesson["day"]
        fields = {name: entry[name] for name in SAME}
        for name in ("aims", "difficult_points", "representations", "stem_sentences"):
            fields[name] = "\n".join(entry[name])
        fields.update(
            session=self.sitting.id, teacher=self.teacher, chair=self.chair, class_name=entry["class"],
            predicted="\n".join(p["text"] for p in entry["predicted"]), wanted=entry["teacher_wants"],
            question_maths=entry["question_mathematical"], question_pedagogy=entry["question_pedagogical"],
        )  # fmt: skip
        yield Told(days.at(before - 7, "17:00"), "lessons.plan", self.sitting.leader, fields, self.id)
        for observer, words in entry["watching"].items():
            fields = {"lesson": self.id, "observer": self.people[observer], "words": words}
            at = self.sitting.at(self.sitting.begins("briefing") + 5) if self.sitting.has_run else days.at(-1, "16:30")
            yield Told(at, "lessons.watch", self.sitting.leader, fields)

    def course(self):
        """Yield how the lesson ran, from its start until it is with its teacher."""
        fields, sitting = {"lesson": self.id}, self.sitting
        yield Told(self.at(), "lessons.start", sitting.leader, fields)
        for phase in self.lesson["phases"]:
            second = clock.seconds_of(phase["at"])
            said = {**fields, "second": second, "phase": phase["kind"], "title": phase["title"]}
            yield Told(self.at(second), "lessons.mark_phase", self.chair, said)
        yield Told(self.at(minutes=self.lesson["minutes"]), "lessons.end", sitting.leader, fields)
        yield Told(sitting.at(sitting.begins("discussion")), "lessons.open_discussion", sitting.leader, fields)
        yield Told(sitting.at(30, sitting.session["ends"]), "lessons.close", sitting.leader, fields)

    def noticings(self):
        """Yield every noticing; those from paper were typed up after the lesson."""
        for n, noticing in enumerate(self.lesson["noticings"]):
            second, rough = clock.seconds_of(noticing["at"]), noticing.get("rough_time", False)
            fields = {
                "lesson": self.id, "second": second, "code": noticing["who"], "words": noticing["words"],
                "predicted": self._predicted(noticing["saw"]), "tags": [self._tag(code) for code in noticing["tags"]],
                "rough": rough,
            }  # fmt: skip
            at = self.at(n, self.lesson["minutes"] + 3) if rough else self.at(second)
            yield Told(at, "lessons.notice", self.people[noticing["by"]], fields, id_of(noticing["id"]))

    def sketch(self):
        """Yield what the first observer drew of their first moment."""
        first = next((n for n in self.lesson["noticings"] if not n.get("rough_time")), None)
        if first is None:
            return
        fields = {"lesson": self.id, "noticing": id_of(first["id"]), "drawn": _two_bars(),
                  "described": "Two bars: one in four equal parts, one in four parts that are not equal"}  # fmt: skip
        yield Told(self.at(0, self.lesson["minutes"] + 4), "lessons.sketch", self.people[first["by"]], fields)

    def _predicted(self, number):
        if number is None:
            return None
        return lambda db: lessons.predicted(db, self.id)[number - 1]["id"]

    def _tag(self, code):
        return lambda db: next(t["id"] for t in groups.tags(db, self.sitting.group) if t["big_idea"] == IDEAS[code])

    def discussion(self):
        """Yield the discussion in the order of its protocol, and what it means for each school."""
        sitting, begins = self.sitting, self.sitting.begins
        steps = {}
        for n, note in enumerate(self.lesson["discussion"]):
            if note["step"] not in steps:
                steps[note["step"]] = sitting.at(begins("discussion") + 1 + 4 * n)
                yield Told(steps[note["step"]], "lessons.step", self.chair, {"lesson": self.id, "step": note["step"]})
            by = self.teacher if note["step"] == "teacher" else self.chair
            fields = {"lesson": self.id, "step": note["step"], "words": note["text"]}
            at = sitting.at(begins("discussion") + 2 + 4 * n)
            yield Told(at, "lessons.discuss", by, fields, id_of(note["id"]))
        schools = {s["school"]: id_of(s["id"]) for g in self.year["groups"] for s in g["schools"]}
        for n, means in enumerate(self.lesson["implications"]):
            fields = {"lesson": self.id, "school_in_group": schools[means["school"]], "words": means["text"]}
            at = sitting.at(begins("implications") + 1 + n)
            yield Told(at, "lessons.imply", self.chair, fields, id_of(means["id"]))
            link = {"implication": id_of(means["id"]), "gap_task": id_of(means["gap_task"])}
            yield Told(sitting.at(begins("next task") + 4), "lessons.link_task", sitting.leader, link)

    def sharing(self):
        """Yield what the teacher hid, said and shared. One who has not answered has shared nothing."""
        shared = self.lesson["sharing"]
        if shared["state"] not in SHARED:
            return
        for noticing in self.lesson["noticings"]:
            if noticing.get("hidden_by_teacher"):
                at = self.days.at(shared["answered"], "18:00")
                yield Told(at, "lessons.hide", self.teacher, {"noticing": id_of(noticing["id"])})
        words = {"lesson": self.id, "words": self.lesson["teacher_comment"]}
        yield Told(self.days.at(shared["answered"], "18:10"), "lessons.comment", self.teacher, words)
        said = {"lesson": self.id, "shared_with": shared["state"]}
        yield Told(self.days.at(shared["answered"], "18:15"), "lessons.share", self.teacher, said)


def _two_bars():
    """Return a sketch of two bars cut in four: things with their shapes, as a tablet sends them."""
    cuts = {160: (0, 200, 400, 600, 800), 360: (0, 110, 400, 520, 800)}
    shapes = [
        ["rect", 100 + left, top, right - left, 110, int(left == 0)]
        for top, places in cuts.items() for left, right in pairwise(places)
    ]  # fmt: skip
    return json.dumps({"things": [{"kind": "bar", "label": "", "shapes": shapes}]})
