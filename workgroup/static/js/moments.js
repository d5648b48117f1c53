// One observer's own moments of a lesson, as the page shows them: what the server listed, then what this tablet wrote
// since, in the order it was written. Pure: no DOM, no store.

export class Moments {
  // `listed`: the newest that the server drew, `[{id, at, second, code, predicted, words, versions}]`; `count`: all it knows.
  constructor(listed = [], count = listed.length) {
    this.found = new Map(listed.map((one) => [one.id, { ...one }]));
    this.unlisted = count - listed.length;
  }

  // Take in one entry of this tablet; what the server listed already changes nothing.
  take({ id, kind, at, fields }) {
    const one = this.found.get(fields.noticing);
    if (kind === "lessons.notice" && !this.found.has(id)) {
      const { second = null, code = null, predicted = null, words = "" } = fields;
      this.found.set(id, { id, at, second: second === null ? null : Number(second), code, predicted, words, versions: [] });
    } else if (kind === "lessons.add_words" && one) {
      Object.assign(one, { words: fields.words, versions: [id] });
    } else if (kind === "lessons.withdraw_noticing" && one) {
      one.withdrawn = true;
    } else if (kind === "lessons.restore_noticing" && one) {
      one.withdrawn = false;
    }
  }

  // What could not be kept on this tablet is no moment.
  drop(id) {
    this.found.delete(id);
  }

  get standing() {
    return [...this.found.values()].filter((one) => !one.withdrawn);
  }

  get count() {
    return this.standing.length + this.unlisted;
  }

  // The moment that words and undo belong to: the newest, by when it was made.
  get last() {
    return this.standing.reduce((last, one) => (!last || one.at > last.at ? one : last), null);
  }
}
