"""Reading a prepared year from JSON: every value is checked for its shape, and every problem gets a line.

What is true of the world (is the school known, is the day in the year) is asked in importing.py.
"""

import json
import re
from dataclasses import dataclass, field

from workgroup import clock
from workgroup.fields import LINE, WORDS, read_email
from workgroup.years.forms import MOST_BYTES

MOST = 500  # of anything in one year
NO_PLACE = ("specialist_days_allowance", "day_rate")
LESSON_WORDS = ("context", "key_point", "wanted", "chair")
LESSON_LINES = ("aims", "difficult_points", "predicted", "representations", "stem_sentences")
SCHOOL_FACTS = ("name", "la", "phase", "type", "trust", "street", "town", "postcode")
_KNOWN = {
    "title", "strand", "project_code", "academic_year", "leader_word", "participant_word", "meeting_word",
    "visits_per_school", "bespoke_days_per_school", "specialists", "schools", "participants", "participants_sheet",
    "sessions", "half_termly", "first", "starts", "ends", *NO_PLACE,
}  # fmt: skip


@dataclass
class Year:
    """A year as its file gives it: plain values, `schools` by URN with their facts when the file has them."""

    title: str = ""
    words: dict = field(default_factory=dict)
    academic_year: str | None = None
    schools: dict = field(default_factory=dict)
    specialists: list = field(default_factory=list)
    participants: list = field(default_factory=list)
    participants_sheet: str | None = None
    sessions: list = field(default_factory=list)
    half_termly: bool = False
    first: str | None = None
    starts: str | None = None
    ends: str | None = None
    left_out: list = field(default_factory=list)


def read(data):
    """Return the Year in some bytes or text, and a list of problems, one sentence each."""
    if len(data) > MOST_BYTES:
        return None, ["The file is larger than a year can be (1 MB)."]
    try:
        if isinstance(data, bytes):
            data = data.decode("utf-8-sig")
        said = json.loads(data)
    except UnicodeDecodeError:
        return None, ["The file is not UTF-8 text. Save it as UTF-8 and try again."]
    except json.JSONDecodeError as wrong:
        return None, [f"The file is not JSON: line {wrong.lineno}, column {wrong.colno}: {wrong.msg}."]
    except (RecursionError, ValueError):
        return None, ["The file is not JSON that can be read."]
    if not isinstance(said, dict):
        return None, ["The file does not hold a year: one JSON object with a title, schools and sessions."]
    reader = _Reader()
    return reader.year(said), reader.problems


class _Reader:
    """Reads values and collects what is wrong with them."""

    def __init__(self):
        self.problems = []

    def wrong(self, where, sentence):
        """Note a problem."""
        self.problems.append(f"{where}: {sentence}")

    def year(self, said):
        """Return the Year of an object."""
        year = Year(
            title=self.text(said, "title", "The year", needed=True),
            academic_year=self.academic_year(said),
            participants_sheet=self.text(said, "participants_sheet", "The year"),
            half_termly=said.get("half_termly") is True,
            first=self.day(said, "first", "The year"),
            starts=self.time(said, "starts", "The year"),
            ends=self.time(said, "ends", "The year"),
            left_out=sorted(str(name)[:40] for name in said if name not in _KNOWN or name in NO_PLACE),
        )
        for name in ("strand", "project_code", "leader_word", "participant_word", "meeting_word"):
            year.words[name] = self.text(said, name, "The year")
        year.words["visits_per_school"] = self.count(said, "visits_per_school", "The year")
        year.words["visit_days_per_school"] = self.count(said, "bespoke_days_per_school", "The year", (int, float))
        year.schools = self.schools(said)
        year.specialists = [
            self.person(one, f"Specialist {n}", "school_urn") for n, one in self.many(said, "specialists")
        ]
        year.participants = [self.participant(one, f"Participant {n}") for n, one in self.many(said, "participants")]
        year.sessions = [self.session(one, n) for n, one in self.many(said, "sessions")]
        if not year.sessions and not year.half_termly:
            self.wrong("The year", "there are no sessions; list them, or say half_termly and first.")
        if year.half_termly and not year.sessions:
            for name in ("first", "starts", "ends"):
                if not said.get(name):
                    self.wrong("The year", f"{name} is missing, and half-termly sessions need it.")
        return year

    def many(self, said, name):
        """Return the items of a list, numbered from 1."""
        given = said.get(name)
        if given is None:
            return []
        if not isinstance(given, list) or len(given) > MOST:
            self.wrong("The year", f"{name} must be a list of at most {MOST}.")
            return []
        return list(enumerate(given, 1))

    def text(self, said, name, where, needed=False, most=LINE):
        """Return a text, or None when it is absent."""
        given = said.get(name)
        if given is None or (isinstance(given, str) and not given.strip()):
            if needed:
                self.wrong(where, f"{name} is missing.")
            return None
        if not isinstance(given, str) or len(given) > most:
            self.wrong(where, f"{name} must be text of at most {most:,} characters.")
            return None
        return given.strip()

    def count(self, said, name, where, kinds=(int,), most=500):
        """Return a number, or None when it is absent."""
        given = said.get(name)
        if given is None:
            return None
        if isinstance(given, bool) or not isinstance(given, kinds) or not 0 <= given <= most:
            self.wrong(where, f"{name} must be a number from 0 to {most}.")
            return None
        return given

    def day(self, said, name, where, needed=False):
        """Return a day, YYYY-MM-DD."""
        given = self.text(said, name, where, needed)
        try:
            if given:
                if not re.fullmatch(r"\d{4}-\d\d-\d\d", given):
                    raise ValueError
                clock.academic_year(given)
            return given
        except ValueError:
            self.wrong(where, f"{name} {given} is not a day like 2026-10-06.")
            return None

    def time(self, said, name, where, needed=False):
        """Return a time, HH:MM."""
        given = self.text(said, name, where, needed)
        if given and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", given):
            self.wrong(where, f"{name} {given} is not a time like 13:00.")
            return None
        return given

    def academic_year(self, said):
        """Return the academic year like 2026/27."""
        given = self.text(said, "academic_year", "The year")
        try:
            if given:
                clock.first_day_of(given)
            return given
        except ValueError:
            self.wrong("The year", f"academic_year {given} is not like 2026/27.")
            return None

    def urn(self, given, where):
        """Return a school's six-digit number as text."""
        text = str(given).strip() if isinstance(given, (str, int)) and not isinstance(given, bool) else ""
        if not re.fullmatch(r"[0-9]{6}", text):
            self.wrong(where, f"{str(given)[:40]!r} is not a school's number (URN) of six digits.")
            return None
        return text

    def schools(self, said):
        """Return the facts (None when only the number is given) by URN."""
        found = {}
        for n, one in self.many(said, "schools"):
            where = f"School {n}"
            urn = self.urn(one.get("urn") if isinstance(one, dict) else one, where)
            if urn in found:
                self.wrong(where, f"{urn} is listed twice.")
            elif urn and isinstance(one, dict) and one.get("name"):
                found[urn] = {name: self.text(one, name, where) for name in SCHOOL_FACTS}
            elif urn:
                found[urn] = None
        if not found and not self.problems:
            self.wrong("The year", "there are no schools.")
        return found

    def person(self, one, where, school="urn"):
        """Return a person as a dict of name, email, urn and title."""
        if not isinstance(one, dict):
            self.wrong(where, "this must be an object with name and email.")
            one = {"name": "?"}
        found = {"name": self.text(one, "name", where, needed=True), "title": self.text(one, "title", where)}
        found["email"] = self.text(one, "email", where)
        try:
            found["email"] = read_email(found["email"]) if found["email"] else None
        except ValueError:
            self.wrong(where, f"{found['email']} is not an e-mail address.")
        given = one.get(school)
        found["urn"] = self.urn(given, where) if given is not None else None
        return found

    def participant(self, one, where):
        """Return a person given as an object, or as a row: URN, name, e-mail, title."""
        if isinstance(one, list):
            one = dict(zip(("urn", "name", "email", "title"), one, strict=False))
        found = self.person(one, where)
        if isinstance(one, dict) and one.get("urn") is None:
            self.wrong(where, "the school's number (URN) is missing.")
        return found

    def session(self, one, n):
        """Return a session as a dict; `lesson` is a dict or None."""
        where = f"Session {n}"
        if not isinstance(one, dict):
            self.wrong(where, "this must be an object with date, starts, ends and title.")
            return {}
        found = {
            "number": self.count(one, "number", where) or n, "day": self.day(one, "date", where, needed=True),
            "starts": self.time(one, "starts", where, needed=True), "ends": self.time(one, "ends", where, needed=True),
            "kind": self.text(one, "kind", where) or "TRG", "title": self.text(one, "title", where, needed=True),
            "host": self.urn(one["host_urn"], where) if one.get("host_urn") is not None else None,
            "joining_link": self.text(one, "joining_link", where), "lesson": None,
        }  # fmt: skip
        if found["starts"] and found["ends"] and found["starts"] >= found["ends"]:
            self.wrong(where, f"it ends at {found['ends']}, before it starts at {found['starts']}.")
        if one.get("lesson") is not None:
            found["lesson"] = self.lesson(one["lesson"], f"{where}, lesson")
        return found

    def lesson(self, one, where):
        """Return a lesson's briefing as a dict."""
        if not isinstance(one, dict):
            self.wrong(where, "this must be an object with teacher, class and topic.")
            return None
        found = {name: self.text(one, name, where, needed=True) for name in ("teacher", "class", "topic")}
        found.update({name: self.text(one, name, where, most=WORDS) for name in LESSON_WORDS})
        found.update(starts=self.time(one, "starts", where), minutes=self.count(one, "minutes", where))
        found["pupils"] = self.count(one, "pupils", where)
        for name in LESSON_LINES:
            found[name] = self.lines(one.get(name), f"{where}: {name}")
        focus = one.get("focus") if isinstance(one.get("focus"), dict) else {}
        for name, asked in (("question_maths", "mathematical"), ("question_pedagogy", "pedagogical")):
            found[name] = self.text(focus, asked, f"{where}, focus", most=WORDS)
        return found

    def lines(self, given, where):
        """Return a list of texts as lines."""
        if given is None:
            return None
        if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
            self.wrong(where, "this must be a list of texts.")
            return None
        return "\n".join(" ".join(one.split()) for one in given)
