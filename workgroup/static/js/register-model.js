// The register as this tablet knows it: which mark counts for each, who is still to come, who else came. The same rules as
// the view `register`: a leader's mark before one's own, then the newest tap, then the id. Pure.

export function keyOf({ person, visitor, school }) {
  return person ?? `${visitor}|${school ?? ""}`;
}

function isNewer(mark, than) {
  if (!than || Boolean(mark.by_leader) !== Boolean(than.by_leader)) return !than || Boolean(mark.by_leader);
  return mark.at !== than.at ? mark.at > than.at : mark.id > than.id;
}

export class Register {
  // `people`: those expected, `[{id, name, school, row}]`; `rows`: the schools, `[{id, name}]`.
  constructor({ people, rows, marks = [] }) {
    Object.assign(this, { people, rows });
    this.set(marks);
  }

  // Begin anew from what the server told, and on top of it what this tablet says (see register-own.js).
  set(told, own = []) {
    this.marks = new Map();
    const gone = new Set(own.map((one) => one.gone)); // taken back on this tablet
    for (const mark of told) if (!gone.has(mark.id)) this.take(mark);
    for (const { mark, isTold } of own) if (mark && !isTold) this.take(mark);
  }

  take(mark) {
    const key = keyOf(mark);
    if (isNewer(mark, this.marks.get(key))) this.marks.set(key, mark);
  }

  of(key) {
    return this.marks.get(key) ?? null;
  }

  counts(mark) {
    return this.of(keyOf(mark))?.id === mark.id;
  }

  ofRow(row) {
    return this.people.filter((person) => person.row === row);
  }

  // Those whom one tap for the whole school marks: everybody not marked, or marked as not here without a word.
  restOf(row) {
    return this.ofRow(row).filter(({ id }) => [undefined, "absent", "not expected"].includes(this.of(id)?.status));
  }

  // What the pad for a whole school says, as the page does; null where one name after the other is meant.
  bothOf(row) {
    const all = this.ofRow(row);
    const rest = this.restOf(row);
    const isOpen = all.some(({ id }) => !this.of(id)) || all.every(({ id }) => this.of(id).status === "not expected");
    if (!rest.length || !isOpen) return null;
    if (rest.length < all.length) return "Rest here";
    return all.length === 2 ? "Both here" : "All here";
  }

  // Substitutes, visitors, leaders: whoever is marked and not expected.
  get others() {
    const expected = new Set(this.people.map((person) => person.id));
    return [...this.marks.values()].filter((mark) => !expected.has(mark.person));
  }

  get count() {
    const here = this.people.filter(({ id }) => this.of(id)?.status === "present").length;
    const waited = this.rows.filter((row) => !this.ofRow(row.id).some(({ id }) => this.of(id))).map((row) => row.name);
    return { here, expected: this.people.length, waited };
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
