// One page of a tablet: the real outbox and the real sending on it, and the end that a page may come to at any moment.

import FDBDatabase from "fake-indexeddb/lib/FDBDatabase";

import { unwrap } from "../../workgroup/static/lib/idb.js";
import { openOutbox } from "../../workgroup/static/js/outbox.js";
import { makeSync } from "../../workgroup/static/js/sync.js";
import { time } from "./clock.mjs";

const pages = new WeakMap(); // raw connection → page
const transaction = FDBDatabase.prototype.transaction;

FDBDatabase.prototype.transaction = function begin(...given) {
  const page = pages.get(this);
  if (page?.dead) throw new Error("this page is no more");
  const made = transaction.apply(this, given);
  if (page) page.began(made);
  return made;
};

export class Page {
  // Open a page as a person who is signed in, or of whom the tablet still holds the key (no network).
  static async open(tablet, network, by) {
    const page = Object.assign(new Page(), { tablet, network, by, born: time.now, slept: 0, packet: null, dead: false });
    page.death = new Promise((resolve) => { page.dies = resolve; });
    page.renew();
    time.page = page;
    page.outbox = await openOutbox(tablet.store);
    pages.set(unwrap(page.outbox.db), page);
    const fetch = (path, options) => network.fetch(page, path, options);
    page.sync = makeSync({ outbox: page.outbox, fetch, by, isOnline: () => !tablet.offline });
    return page;
  }

  renew() {
    this.changed = new Promise((resolve) => { this.change = resolve; });
  }

  // A request went out (the packet) or came back (null), or the sending ended.
  tell(packet) {
    this.packet = packet;
    this.change();
    this.renew();
  }

  // Wait until the page's code has nothing more to do but wait for the network.
  async quiet() {
    while (!this.dead && this.sync?.isBusy && !this.packet) await this.changed;
  }

  // Send what waits, as far as it goes without an answer.
  async drain() {
    if (this.dead) return;
    time.page = this;
    this.sync.drain().catch((trouble) => { if (!this.dead) this.trouble = trouble; }).then(() => this.tell(this.packet));
    await this.quiet();
  }

  // Do something on this page; undefined when the page came to its end meanwhile.
  async does(deed) {
    time.page = this;
    return Promise.race([deed(this.outbox).catch((trouble) => { if (!this.dead) throw trouble; }), this.death]);
  }

  // Let the page end at one of its next transactions: before it is kept, or right after.
  doom(transactions, isAfter) {
    this.doomed = { transactions, isAfter };
  }

  began(made) {
    if (!this.doomed || (this.doomed.transactions -= 1) > 0) return;
    const { isAfter } = this.doomed;
    this.doomed = null;
    if (isAfter) made.addEventListener("complete", () => this.die());
    else queueMicrotask(() => this.die());
  }

  die() {
    if (this.dead) return;
    this.dead = true;
    const raw = unwrap(this.outbox.db);
    for (const one of raw._rawDatabase.transactions) if (one.db === raw && one._state !== "finished") one.abort();
    raw.close();
    if (this.packet) this.network.orphan(this.packet);
    for (const [id, timer] of time.timers) if (timer.page === this) time.timers.delete(id);
    this.change();
    this.dies();
  }
}
