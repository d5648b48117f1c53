"""What the words of a rule in readers.py mean for one row: which kinds of person."""

from workgroup import store

# people, schools, settings, days and mail are every hub lead’s
OF_HUB = {"person", "mail", "school_contact", "host_facts", "membership", "day_entry", "day_history", "day_claim",
          "aspect", "report_to", "plan_asking", "journey_asking"}  # fmt: skip


class Audiences:
    """Turn the words of a rule into kinds of person, for one row."""

    def __init__(self, db, w):
        self.db, self.w = db, w
        self.kinds = {getattr(w, kind): kind for kind in (
            "hub_lead", "administrator", "strand_lead", "leader", "co_leader", "far_leader", "participant", "colleague",
            "neighbour", "outsider", "teacher", "left", "guest")}  # fmt: skip
        self.kinds[w.visiting] = "taught"
        self.kinds["vera@example.org"] = "taught"

    def of(self, table, row, who):
        """Return the kinds of person who may read a row."""
        found = set()
        for word in who.split():
            named = getattr(self, "_" + word.replace("-", "_"), None) if not word.startswith("link:") else None
            found |= set(named(table, row)) if named else {word} if word != "nobody" else set()
        return frozenset(found)

    def _kind(self, person):
        return {self.kinds[person]} if person in self.kinds else set()

    def _author(self, table, row):
        if table == "reflection_answer":
            by = store.value(self.db, "select by from reflection_words where id = ?", (row["version"],))
        elif table == "photo_piece":
            by = store.value(self.db, "select by from photo where id = ?", (row["photo"],))
        else:
            by = row["by"]
        return self._kind(by)

    def _oneself(self, table, row):
        own = {"person": "id", "guest_claim": "guest"}.get(table, "person")
        if table == "day_history":
            return self._kind(store.value(self.db, "select person from day_entry where id = ?", (row["day_entry"],)))
        return self._kind(row[own])

    def _named(self, table, row):
        """Return whoever is to do an action: it is held about them, and their own record says so."""
        return self._kind(row.get("owner_person"))

    def _owner(self, table, row):
        return self._kind(row["owner"])

    def _quoted(self, table, row):
        """Return whose words a sentence quotes: their own record holds it."""
        kind, _, about = (row["key"] or "").partition(":")
        return self._kind(kind == "quote" and store.value(self.db, "select by from reflection where id = ?", (about,)))

    def _lead(self, table, row):
        return {"hub_lead", *(("strand_lead",) if self._is_far(table, row) else ())}

    def _hub(self, table, row):
        """Whoever runs the hub; who leads it in some strands, of their Work Groups and of what is the whole hub’s."""
        own = table in OF_HUB or self._is_far(table, row)
        return {"hub_lead", "administrator", *(("strand_lead",) if own else ())}

    def _is_far(self, table, row):
        """Tell whether a row belongs to the other Work Group, by what it names."""
        w, groups = self.w, {self.w.far_group}
        people = {w.far_leader, w.outsider}
        named = {row.get(name) for name in ("work_group", "session", "person", "id", "by")}
        return bool(named & (groups | people | {w.far_session}))

    def _leaders(self, table, row):
        return {"far_leader"} if self._is_far(table, row) else {"leader", "co_leader"}

    def _group(self, table, row):
        if self._is_far(table, row):
            return {"far_leader", "outsider"}
        return {"leader", "co_leader", "participant", "colleague", "neighbour", "teacher"}

    def _chair(self, table, row):
        return {"co_leader"}

    def _lesson_of(self, table, row):
        if table == "photo_piece":
            return store.value(self.db, "select lesson from photo where id = ?", (row["photo"],))
        if table == "noticing_words":
            return store.value(self.db, "select lesson from noticing where id = ?", (row["noticing"],))
        return row["id" if table == "lesson" else "lesson"]

    def _asked(self, table, row):
        """Return whoever holds the mail that asks to reflect, for the own words of whoever it was sent to."""
        own = row if "by" in row else store.row(
            self.db, "select * from reflection_words where id = ?", (row["version"],))  # fmt: skip
        return {"link:reflect"} if own["by"] == self.w.participant else set()

    def _lesson_teacher(self, table, row):
        lesson = self._lesson_of(table, row)
        return self._kind(store.value(self.db, "select teacher from lesson where id = ?", (lesson,)))

    def _room(self, table, row):
        session = store.value(self.db, "select session from lesson where id = ?", (self._lesson_of(table, row),))
        here = store.rows(self.db, "select person from register where session = ? and status = 'present'", (session,))
        return set().union(*(self._kind(one["person"]) for one in here))

    def _reflection_author(self, table, row):
        return self._kind(store.value(self.db, "select by from reflection where id = ?", (row["reflection"],)))

    def _school(self, table, row):
        """Return who is of the school that a row is about; it is the participant's wherever a row does not say."""
        own, other = {"participant", "colleague"}, {"neighbour", "teacher"}
        named = {row.get("school"), row.get("school_in_group")}
        return other if named & {self.w.school2, self.w.in_group2} else own
