"""What the words of a rule in readers.py mean for one row of any record: which people, by their ids.

Whose Work Group or school a row belongs to is found by what it refers to. Somebody who has left a group is none of it.
"""

import re

from workgroup import clock, store

CURRENT = "from_on <= :today and (to_on is null or to_on >= :today)"
SENT = ("journey_asking", "report_to", "plan_asking", "lesson")  # what a mail may carry
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Whoever:
    """Turn the words of a rule into ids of people, for one row; the holders of links keep their word."""

    def __init__(self, db):
        self.db, self.today = db, {"today": clock.today()}
        self.refers = {}  # table: [(column, table, its column)]
        for table in self._ids("select name from sqlite_master where type = 'table'"):
            keys = store.rows(db, f"select * from pragma_foreign_key_list('{table}')")
            self.refers[table] = [(k["from"], k["table"], k["to"] or "id") for k in keys]

    def of(self, table, row, who):
        """Return the people who may read a row."""
        found = set()
        for word in who.split():
            named = None if word.startswith("link:") else getattr(self, "_" + word.replace("-", "_"), None)
            found |= set(named(table, row)) if named else {word} if word != "nobody" else set()
        return frozenset(found - {None})

    def _ids(self, sql, **said):
        rows = self.db.conn.execute(sql, {**self.today, **said}).fetchall()
        return {row[0] for row in rows}

    def _above(self, table, row):
        """Yield every row that a row refers to, people aside, nearest first."""
        todo, seen = [(table, row)], set()
        while todo:
            name, one = todo.pop(0)
            yield name, one
            near = [(t, c, one[own]) for own, t, c in self.refers[name] if t != "person" and one.get(own) is not None]
            if name == "mail" and one["attached"]:
                near += [(t, "id", id) for id in UUID.findall(one["attached"]) for t in SENT]
            for t, column, value in near:
                if (t, value) not in seen:
                    seen.add((t, value))
                    todo += [(t, it) for it in store.rows(self.db, f"select * from {t} where {column} = ?", (value,))]

    def _first(self, table, row, *wanted):
        return next(((name, one) for name, one in self._above(table, row) if name in wanted), (None, None))

    def _groups(self, table, row):
        name, one = self._first(table, row, "work_group")
        if name:
            return {one["id"]}
        name, one = self._first(table, row, "school")
        if name:
            return self._ids("select work_group from school_in_group where school = :id union"
                             " select work_group from session where host = :id", id=one["id"])  # fmt: skip
        person = row["id"] if table == "person" else row.get("person")
        return self._ids("select work_group from membership where person = :id union select s.work_group from session s"
                         " join register r on r.session = s.id where r.person = :id", id=person)  # fmt: skip

    def _members(self, table, row, role):
        found = set()
        for group in self._groups(table, row):
            sql = f"select person from membership where work_group = :group and {CURRENT} and role in {role}"
            found |= self._ids(sql, group=group)
        return found

    def _author(self, table, row):
        of = {"reflection_answer": ("reflection_words", "version"), "photo_piece": ("photo", "photo")}.get(table)
        if of is None:
            return {row["by"]}
        return self._ids(f"select by from {of[0]} where id = :id", id=row[of[1]])

    def _oneself(self, table, row):
        if table == "day_history":
            return self._ids("select person from day_entry where id = :id", id=row["day_entry"])
        own = row[{"person": "id", "guest_claim": "guest"}.get(table, "person")]
        if table == "guest_claim" and own is None:
            return {"waiting"}
        return {own, *self._ids("select joined_to from person where id = :id", id=own)}

    def _named(self, table, row):
        return {row.get("owner_person")}

    def _owner(self, table, row):
        return {row["owner"]}

    def _quoted(self, table, row):
        kind, _, about = (row["key"] or "").partition(":")
        return self._ids("select by from reflection where id = :id", id=about) if kind == "quote" else set()

    def _lead(self, table, row):
        return self._ids(f"select person from hub_role where role = 'lead' and {CURRENT}")

    def _hub(self, table, row):
        return self._ids(f"select person from hub_role where {CURRENT}")

    def _leaders(self, table, row):
        return self._members(table, row, "('leader')")

    def _group(self, table, row):
        return self._members(table, row, "('leader', 'participant')")

    def _school(self, table, row):
        name, one = self._first(table, row, "school_in_group", "school")
        if name is None:
            return self._group(table, row)
        school = one["school" if name == "school_in_group" else "id"]
        return self._ids(f"select person from membership where school = :school and {CURRENT}", school=school)

    def _of_lesson(self, table, row, sql):
        _, lesson = self._first(table, row, "lesson")
        return self._ids(sql, **{k: lesson[k] for k in ("id", "session")}) if lesson else set()

    def _lesson_teacher(self, table, row):
        return self._of_lesson(table, row, "select teacher from lesson where id = :id")

    def _chair(self, table, row):
        return self._of_lesson(table, row, "select chair from lesson where id = :id")

    def _room(self, table, row):
        here = "select person from register where session = :session and status = 'present'"
        return self._of_lesson(table, row, here)

    def _guest(self, table, row):
        _, session = self._first(table, row, "session")
        if session:
            return self._ids("select guest from guest_claim where session = :id", id=session["id"])
        return self._ids("select guest from guest_claim")  # what a host says goes to its guests

    def _reflection_author(self, table, row):
        return self._ids("select by from reflection where id = :id", id=row["reflection"])
