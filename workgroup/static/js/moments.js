// One observer's own moments of a lesson, or a leader's own notes of a visit, as the page shows them: what the server
// listed, then what this tablet wrote since, in the order it was written. Pure: no DOM, no store.

export const OF_LESSON = {
  add: "lessons.notice", words: "lessons.add_words", withdraw: "lessons.withdraw_noticing", restore: "lessons.restore_noticing",
  thing: "noticing",
  said: ({ second = null, code = null, predicted = null }) => ({ second: second === null ? null : Number(second), code, predicted }),
};
export const OF_VISIT = {
  add: "visits.note", words: "visits.add_words", withdraw: "visits.withdraw_note", restore: "visits.restore_note",
  thing: "visit_note",
  said: ({ kind, year_group = null }) => ({ kind, year_group }),
};

export class Moments {
  // `listed`: the newest that the server drew, `[{id, at, words, versions, …}]`, for a lesson with `second`, `code` and
  // `predicted`; `count`: all it knows; `of`: which kinds of entries tell of them.
  constructor(listed = [], count = listed.length, of = OF_LESSON) {
    this.found = new Map();
    this.count = count - listed.length; // of all that stand, those that are not listed
    this.last = null; // the moment that words and undo belong to: the newest, by when it was made
    this.of = of;
    for (const one of listed) this.#put({ ...one });
  }

  // Take in one entry of this tablet; what the server listed already changes nothing.
  take({ id, kind, at, fields }) {
    const { of } = this;
    const one = this.found.get(fields[of.thing]);
    if (kind === of.add && !this.found.has(id)) {
      this.#put({ id, at, ...of.said(fields), words: fields.words ?? "", versions: [] });
    } else if (kind === of.words && one) {
      Object.assign(one, { words: fields.words, versions: [id] });
    } else if (kind === of.withdraw && one && !one.withdrawn) {
      one.withdrawn = true;
      this.#leave(one);
    } else if (kind === of.restore && one?.withdrawn) {
      one.withdrawn = false;
      this.#put(one);
    }
  }

  // What could not be kept on this tablet is no moment.
  drop(id) {
    const one = this.found.get(id);
    this.found.delete(id);
    if (one && !one.withdrawn) this.#leave(one);
  }

  // A page may hold thousands and ask after each tap: how many, and which is the newest, is known without going through them.
  #put(one) {
    this.found.set(one.id, one);
    if (one.withdrawn) return;
    this.count += 1;
    if (!this.last || one.at > this.last.at) this.last = one;
  }

  #leave(gone) {
    this.count -= 1;
    if (gone !== this.last) return;
    this.last = null;
    for (const one of this.found.values()) if (!one.withdrawn && (!this.last || one.at > this.last.at)) this.last = one;
  }
}
