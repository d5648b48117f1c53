"""The demo year's action plans: written with a school, agreed by its head, revised, and what visits found of them."""

import re

from workgroup import store
from workgroup.plans.agreeing_queries import LINK
from workgroup.years.telling import Told, id_of, person

AGREED_AFTER = 5  # days from the first version to its head's yes
SAID_AFTER = 7  # days from an agreed version to the word on what is new in it


def tell(year, days):
    """Yield the plans of every school that has one."""
    emails = {p["id"]: p["email"] for p in year["people"]}
    names = {p["id"]: p["name"] for p in year["people"]} | {"head": "Headteacher"}
    heads = {s["id"]: s["contact"]["name"] for s in year["schools"]}
    for group in year["groups"]:
        leader = person(next(emails[r["person"]] for r in group["roles"] if r["role"] == "leader"))
        of_school = {s["school"]: id_of(s["id"]) for s in group["schools"]}
        for plan in (p for p in year["action_plans"] if p["school"] in of_school):
            visits = [v for v in year["visits"] if v["school"] == plan["school"]]
            yield from _Plan(plan, days, leader, names, heads[plan["school"]]).tell(of_school[plan["school"]], visits)


class _Plan:
    """One school's plan as it was written, with whoever enters it."""

    def __init__(self, plan, days, leader, names, head):
        self.plan, self.days, self.leader, self.names, self.head = plan, days, leader, names, head
        was_revised = plan["revised"] is not None and len(plan["aims"]) > 1
        # a plan whose head has answered by now had its last aim added when it was revised
        self.is_revised = was_revised and (plan["agreed_by_head"] is not None or "head_statement" in plan)
        self.first, self.second = id_of(plan["id"]), id_of(f"{plan['id']}-2")

    def tell(self, school, visits):
        made, agreed = self.plan["made"], self.plan["agreed_by_head"]
        early = self.plan["aims"][:-1] if self.is_revised else self.plan["aims"]
        yield Told(self.days.at(made, "16:00"), "plans.begin", self.leader, {"school_in_group": school}, self.first)
        yield from self._aims(self.first, early, made)
        if self.is_revised:
            yield self._in_person(made + AGREED_AFTER)
            yield from self._words(early, made + AGREED_AFTER, visits)
            revised, late = self.plan["revised"], self.plan["aims"][-1:]
            fields = {"school_in_group": school}
            yield Told(self.days.at(revised, "16:00"), "plans.begin", self.leader, fields, self.second)
            yield from self._aims(self.second, late, revised)
            yield from self._by_link(self.second, revised + 1, agreed)
            if agreed is not None:
                yield from self._words(late, agreed, visits)
        elif agreed is not None:
            yield from self._by_link(self.first, made + 1, agreed)
            yield from self._words(early, agreed, visits)

    def _aims(self, plan, aims, day):
        for n, aim in enumerate(aims):
            fields = {"action_plan": plan, "outcome": aim["outcome"], "words": aim["aim"]}
            yield Told(self.days.at(day, "16:05", n), "plans.add_aim", self.leader, fields, id_of(aim["id"]))
            for place, action in enumerate(aim["actions"]):
                fields = {
                    "aim": id_of(aim["id"]), "words": action["text"], "owner": self.names[action["owner"]],
                    "due_on": self.days.day(action["due"]),
                }  # fmt: skip
                at = self.days.at(day, "16:05", n, 5 + place)
                yield Told(at, "plans.add_action", self.leader, fields, id_of(action["id"]))

    def _in_person(self, day):
        fields = {"action_plan": self.first, "agreed_with": self.head, "agreed_on": self.days.day(day),
                  "seen": self._edits(self.plan["aims"][:-1])}  # fmt: skip
        return Told(self.days.at(day, "17:00"), "plans.agree_in_person", self.leader, fields)

    def _by_link(self, plan, day, agreed):
        """The head is asked, and has agreed where a day says so; the link is ended afterwards."""
        address, sent = f"head.{self.plan['school']}@example.org", id_of(f"asked-{plan}")
        fields = {"action_plan": plan, "name": self.head, "email": address}
        yield Told(self.days.at(day, "17:30"), "plans.ask_head", self.leader, fields, sent)
        if agreed is None:
            return

        def proof(db):
            link = store.value(db, "select link from mail where attached = ?", (f"{LINK} {sent}",))
            return link.rpartition("/")[2]

        aims = self.plan["aims"][-1:] if self.is_revised else self.plan["aims"]
        answer = {"proof": proof, "answer": "agree", "name": self.head, "seen": self._edits(aims)}
        yield Told(self.days.at(agreed, "18:00"), "plans.answer", None, answer)
        yield Told(self.days.at(agreed, "18:30"), "plans.end_asking", self.leader, {"plan_asking": sent})

    @staticmethod
    def _edits(aims):
        return str(sum(1 + len(aim["actions"]) for aim in aims))

    def _words(self, aims, since, visits):
        """What was said of the actions: at the next visit, or some days later where there was none yet."""
        visit = next((v for v in visits if v["day"] > since), None)
        day = visit["day"] if visit else min(-1, since + SAID_AFTER)
        for n, action in enumerate(a for aim in aims for a in aim["actions"]):
            if not action["progress"]:
                continue
            words = re.sub(r"^done\b[, ]*", "", action["progress"])
            fields = {
                "action": id_of(action["id"]), "words": words[:1].upper() + words[1:],
                "stands": "done" if action["progress"].startswith("done") else "going on",
                **({"visit": id_of(visit["id"])} if visit else {"on_day": self.days.day(day)}),
            }  # fmt: skip
            yield Told(self.days.at(day, "18:00", n), "plans.note_progress", self.leader, fields)
