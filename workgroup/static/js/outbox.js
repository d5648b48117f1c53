// The outbox: what people write on this tablet, kept in IndexedDB before anything else happens to it.
// Nothing here deletes an unsent entry; only sent ones go, after fourteen days. No DOM, no fetch.
// An entry's standing is `here`, `sent`, `waiting` (for what it belongs to) or `refused`; `aside` is a refused one put by.

import { openDB } from "../lib/idb.js";
import { draft, drafts } from "./drafts.js";
import { current, dropKeys, keyOf, takeKey } from "./keyring.js";
import { seal, unseal } from "./sealing.js";
import { STRICT, UNSENT, alter, change, makeRoom, sendAgain, settle, stepBack, tidy } from "./settling.js";

// The version is never raised without a way up for what lies in an older store.
function upgrade(db) {
  const entries = db.createObjectStore("entry", { keyPath: "id" });
  entries.createIndex("standing", ["by", "standing", "order"]);
  db.createObjectStore("draft", { keyPath: ["by", "name"] });
  db.createObjectStore("piece", { keyPath: ["photo", "position"] });
  db.createObjectStore("key", { keyPath: "seal" });
  db.createObjectStore("fact", { keyPath: "name" });
}

export async function openOutbox(name = "workgroup") {
  const db = await openDB(name, 1, { upgrade, blocking: () => db.close() });
  return new Outbox(db);
}

export class Outbox {
  constructor(db) {
    this.db = db;
    this.boot = crypto.randomUUID(); // this page's life: its ticks never jump, whatever the wall clock does
    this.last = Promise.resolve();
  }

  takeKey(key, isCurrent) { return takeKey(this.db, key, isCurrent); }
  dropKeys() { return dropKeys(this.db); }
  current() { return current(this.db); }
  ticks() { return performance.now(); }

  async fact(name) { return (await this.db.get("fact", name))?.value; }
  setFact(name, value) { return this.db.put("fact", { name, value }); }

  // The tablet's own name on the wire, made once.
  async tablet() {
    const known = await this.fact("tablet");
    if (known) return known;
    const made = crypto.randomUUID();
    await this.setFact("tablet", made);
    return made;
  }

  // Keep one entry and return it once it is safe on this tablet. The same id said twice is kept once. Entries keep the
  // order in which they were made, although sealing takes a moment: each waits for the one before it.
  add(entry) {
    const stamped = { at: new Date().toISOString(), boot: this.boot, ticks: this.ticks(), ...entry };
    return this.#next(() => this.#put(stamped).catch(async (trouble) => {
      if (trouble.name !== "QuotaExceededError") throw trouble;
      await makeRoom(this.db);
      return this.#put(stamped);
    }));
  }

  #next(deed) {
    const done = this.last.then(deed);
    this.last = done.catch(() => {});
    return done;
  }

  async #put({ id, by, kind, fields, page = null, at, boot, ticks, draft }) {
    const here = await current(this.db);
    if (here?.person !== by) throw new Error("Nobody is signed in here to write as.");
    const words = { kind, fields, page };
    const sealed = await seal(await keyOf(this.db, here.seal), words);
    const skew = (await this.fact("skew")) ?? null;
    const tx = this.db.transaction(["entry", "fact", "draft"], "readwrite", STRICT);
    const known = await tx.objectStore("entry").get(id);
    if (known) {
      await tx.done;
      return { ...known, ...words };
    }
    const order = ((await tx.objectStore("fact").get("order"))?.value ?? 0) + 1;
    const row = { id, by, at, seq: order, order, boot, ticks, skew, standing: "here", seal: here.seal, ...sealed };
    tx.objectStore("entry").add(row);
    tx.objectStore("fact").put({ name: "order", value: order });
    if (draft) tx.objectStore("draft").delete([by, draft]);
    await tx.done;
    return { ...row, ...words };
  }

  // All of a person's entries in the order they were made; one whose key is not here is `locked`.
  async entries(by) {
    const rows = await this.db.getAllFromIndex("entry", "standing", IDBKeyRange.bound([by], [by, []]));
    const read = await Promise.all(rows.map((row) => opened(this.db, row)));
    return read.sort((a, b) => a.order - b.order);
  }

  async entry(id) {
    const row = await this.db.get("entry", id);
    return row && opened(this.db, row);
  }

  // What is still to be sent of a person's, past a place in the order; the locked ones wait for their key.
  async unsent(by, past = 0, limit = 200) {
    const found = await Promise.all(UNSENT.map((standing) => this.db.getAllFromIndex(
      "entry", "standing", IDBKeyRange.bound([by, standing, past], [by, standing, []], true), limit)));
    const rows = found.flat().sort((a, b) => a.order - b.order).slice(0, limit);
    return Promise.all(rows.map((row) => opened(this.db, row)));
  }

  // Seals of a person's entries whose key is not on this tablet: the server gives them back to their owner.
  async missingSeals(by) {
    const rows = await this.db.getAllFromIndex("entry", "standing", IDBKeyRange.bound([by], [by, []]));
    const held = new Set((await this.db.getAll("key")).map((key) => key.seal));
    return [...new Set(rows.map((row) => row.seal))].filter((one) => !held.has(one));
  }

  // Count everybody's entries without any key: `[{by, here, waiting, refused, aside, sent, oldest}]`.
  async counts() {
    const index = this.db.transaction("entry").store.index("standing");
    const found = [];
    for (let cursor = await index.openKeyCursor(); cursor;) {
      const by = cursor.key[0];
      const count = { by, oldest: null };
      for (const standing of ["here", "waiting", "refused", "aside", "sent"]) {
        const range = IDBKeyRange.bound([by, standing], [by, standing, []]);
        count[standing] = await index.count(range);
        const first = standing === "sent" || standing === "aside" ? null : await index.get(range);
        if (first && (!count.oldest || first.at < count.oldest)) count.oldest = first.at;
      }
      found.push(count);
      cursor = await index.openKeyCursor(IDBKeyRange.lowerBound([by, []]));
    }
    return found;
  }

  // Say a refused entry anew with these fields, and send it again.
  async change(id, fields) {
    const { kind, page, locked } = (await this.entry(id)) ?? { locked: true };
    return locked ? null : change(this.db, id, { kind, fields, page });
  }

  putAside(id) { return alter(this.db, id, (r) => r.standing === "refused", { standing: "aside" }); }
  takeUp(id) { return alter(this.db, id, (r) => r.standing === "aside", { standing: "refused" }); }
  settle(standings, receipt) { return settle(this.db, standings, receipt); }
  stepBack(head) { return stepBack(this.db, head); }
  sendAgain(ids) { return sendAgain(this.db, ids); }
  tidy(now) { return tidy(this.db, now); }
  draft(name, by, value) { return this.#next(() => draft(this.db, name, by, value)); }
  drafts(by) { return drafts(this.db, by); }
}

// Return an entry with its words; `locked` when its key is not on this tablet now.
export async function opened(db, row) {
  const key = await keyOf(db, row.seal);
  const words = key && (await unseal(key, row).catch(() => null));
  return words ? { ...row, ...words } : { ...row, locked: true };
}
