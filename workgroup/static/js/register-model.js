// The register as this tablet knows it: which mark counts for each, who is still to come, and how to take a tap back.
// The same rules as the view `register`: a leader's mark before one's own, then the newest tap, then the id. Pure.

export function keyOf({ person, visitor, school }) {
  return person ?? `${visitor}|${school ?? ""}`;
}

function isNewer(mark, than) {
  if (!than || Boolean(mark.by_leader) !== Boolean(than.by_leader)) return !than || Boolean(mark.by_leader);
  return mark.at !== than.at ? mark.at > than.at : mark.id > than.id;
}

// What an entry of the outbox says, as a mark.
export function markOf({ id, at, fields }, byLeader) {
  const { person = null, visitor = null, school = null, status, told_on = null, in_at = null, in_time, out_time } = fields;
  const instead = fields.substitute_for ?? null;
  const attending = fields.attending_as ?? (instead ? "substitute" : visitor ? "visitor" : "participant");
  return { id, at, person, visitor, school, status, told_on, in_at: in_at ?? at, came: in_time ?? null, left: out_time ?? null,
    attending_as: attending, substitute_for: instead, by_leader: byLeader };
}

export class Register {
  // `people`: those expected, `[{id, name, school, row}]`; `rows`: the schools, `[{id, school, name, host}]`.
  constructor({ people, rows, marks = [] }) {
    Object.assign(this, { people, rows, marks: new Map(), taps: [] });
    for (const mark of marks) this.take(mark);
  }

  take(mark) {
    const key = keyOf(mark);
    if (isNewer(mark, this.marks.get(key))) this.marks.set(key, mark);
  }

  // What could not be kept on this tablet was not marked: what stood before the last tap stands again.
  drop() {
    for (const { mark, before } of this.taps.pop() ?? []) {
      if (this.of(keyOf(mark))?.id !== mark.id) continue;
      if (before) this.marks.set(keyOf(mark), before);
      else this.marks.delete(keyOf(mark));
    }
  }

  of(key) {
    return this.marks.get(key) ?? null;
  }

  ofRow(row) {
    return this.people.filter((person) => person.row === row);
  }

  // Those whom one tap for the whole school marks: everybody not marked, or marked as not here without a word.
  restOf(row) {
    return this.ofRow(row).filter(({ id }) => [undefined, "absent", "not expected"].includes(this.of(id)?.status));
  }

  // Substitutes, visitors, leaders: whoever is marked and not expected.
  get others() {
    const expected = new Set(this.people.map((person) => person.id));
    return [...this.marks.values()].filter((mark) => !expected.has(mark.person));
  }

  get counts() {
    const here = this.people.filter(({ id }) => this.of(id)?.status === "present").length;
    const waited = this.rows.filter((row) => !this.ofRow(row.id).some(({ id }) => this.of(id))).map((row) => row.name);
    return { here, expected: this.people.length, waited };
  }

  // Remember a tap, which may be for several, to be able to take it back.
  tapped(marks) {
    this.taps.push(marks.map((mark) => ({ mark, before: this.of(keyOf(mark)) })));
    for (const mark of marks) this.take(mark);
  }

  get lastTap() {
    return this.taps.at(-1) ?? null;
  }

  // What to say, to take the last tap back: the mark before it again, or that nobody is expected after all.
  undo() {
    const tap = this.taps.pop() ?? [];
    return tap.map(({ mark, before }) => {
      const { person, visitor, school } = mark;
      const who = person ? { person } : { visitor, ...(school ? { school } : {}) };
      if (!before) return { ...who, status: "not expected", attending_as: mark.attending_as };
      const { status, attending_as, substitute_for, told_on, in_at } = before;
      const said = { ...who, status, attending_as, substitute_for, told_on, in_at: status === "present" ? in_at : null };
      return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null));
    });
  }
}

// How a school stands in words: Both here, One here, Nobody here.
export function summaryOf(statuses) {
  const here = statuses.filter((status) => status === "present").length;
  if (here === statuses.length) return here === 2 ? "Both here" : here === 1 ? "Here" : "All here";
  return here === 0 ? "Nobody here" : here === 1 ? "One here" : `${here} here`;
}

export function waitedFor(waited, expected) {
  if (!expected) return "Nobody is expected: add people to the Work Group first.";
  if (!waited.length) return "Every school has been marked.";
  const who = waited.length < 3 ? waited.join(" and ") : `${waited.length} schools`;
  return `${who} ${waited.length === 1 ? "is" : "are"} still to come.`;
}
