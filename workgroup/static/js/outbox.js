// The outbox: what people write on this tablet, kept in IndexedDB before anything else happens to it.
// Nothing here deletes an unsent entry; only sent ones go, after fourteen days. No DOM, no fetch.
// An entry's standing is `here`, `sent`, `waiting` (for what it belongs to) or `refused`; `aside` is a refused one put by.

import { openDB } from "../lib/idb.js";
import { counts, missingSeals } from "./counting.js";
import { draft, drafts } from "./drafts.js";
import { current, dropKeys, keyOf, takeKey, writingAs } from "./keyring.js";
import { KEPT_WITHIN, hangs, inTime } from "./patience.js";
import { letGoIfShort, photosToSend, picture, piece, putPieces, sealPieces, settlePhoto } from "./pieces.js";
import { seal, unseal } from "./sealing.js";
import { STRICT, UNSENT, alter, change, makeRoom, sendAgain, settle, stepBack, tidy } from "./settling.js";

const PARTED = 2_000;

// The version is never raised without a way up for what lies in an older store.
function upgrade(db) {
  const entries = db.createObjectStore("entry", { keyPath: "id" });
  entries.createIndex("standing", ["by", "standing", "order"]);
  db.createObjectStore("draft", { keyPath: ["by", "name"] });
  db.createObjectStore("piece", { keyPath: ["photo", "position"] });
  db.createObjectStore("key", { keyPath: "seal" });
  db.createObjectStore("fact", { keyPath: "name" });
}

export async function openOutbox(name = "workgroup", patience = KEPT_WITHIN) {
  const db = await openDB(name, 1, { upgrade, blocking: () => db.close() });
  return new Outbox(db, patience);
}

export class Outbox {
  constructor(db, patience) {
    this.db = db;
    this.patience = patience; // ms that one entry may take until it is kept; past that it is not, and whoever wrote hears so
    this.life = crypto.randomUUID(); // this page's: its ticks only run forward, through all stretches
    this.stretches = 0;
    this.#begin();
    this.last = Promise.resolve();
    this.here = null; // who wrote last, with their seal and key; each entry's own transaction asks whether they still do
  }

  #begin() {
    this.stretches += 1;
    this.started = `${this.life}/${this.stretches}`;
    this.apart = Date.now() - performance.now();
  }

  // A stretch of time in which ticks and wall clock ran side by side. When they have parted, the tablet slept and its
  // ticks stood still, or its clock was moved: a new stretch begins, and the server works out which of the two it was.
  get boot() {
    if (Math.abs(Date.now() - performance.now() - this.apart) > PARTED) this.#begin();
    return this.started;
  }

  takeKey(key, isCurrent) {
    read.clear();
    this.here = null;
    return takeKey(this.db, key, isCurrent);
  }

  dropKeys() {
    read.clear();
    this.here = null;
    return dropKeys(this.db);
  }

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

  // Keep one entry and return it once it is safe on this tablet. The same said twice under one id is kept once; other words
  // under it are an entry of their own, for a page that this tablet had kept offers its id again each time it is opened.
  // Entries keep the order in which they were made, although sealing takes a moment: each waits for the one before it.
  add(entry) {
    const stamped = { at: new Date().toISOString(), boot: this.boot, ticks: this.ticks(), ...entry };
    return this.#next((signal) => this.#put(stamped, signal).catch(async (trouble) => {
      if (trouble.name !== "QuotaExceededError") throw trouble;
      await makeRoom(this.db);
      return this.#put(stamped, signal);
    }));
  }

  #next(deed) {
    const before = this.last;
    const done = inTime((signal) => before.then(() => (signal.aborted ? null : deed(signal))), this.patience);
    this.last = done.catch(() => {});
    return done;
  }

  // `pieces` are the bytes of a photo: kept with its words, or neither is.
  async #put(stamped, signal) {
    const { id, by, kind, fields, page = null, at, boot, ticks, draft, pieces = [] } = stamped;
    const here = this.here?.by === by ? this.here : await writingAs(this.db, by);
    this.here = here;
    if (!here) throw Object.assign(new Error("Nobody is signed in here to write as."), { name: "NotHere" });
    const words = { kind, fields, page };
    const sealed = await seal(here.key, words);
    const parts = await sealPieces(here.key, pieces);
    if (signal.aborted) throw hangs();
    const tx = this.db.transaction(["entry", "fact", "draft", "piece"], "readwrite", STRICT);
    signal.addEventListener("abort", () => giveUp(tx));
    const facts = tx.objectStore("fact");
    const [known, last, now, skew] = await Promise.all(
      [tx.objectStore("entry").get(id), ...["order", "current", "skew"].map((name) => facts.get(name))]);
    if (now?.person !== by || now.seal !== here.seal) { // meanwhile, or in another tab
      await tx.done;
      this.here = null;
      return this.#put(stamped, signal);
    }
    if (known) {
      await tx.done;
      const isSame = by === known.by && says(await opened(this.db, known), words);
      return isSame ? { ...known, ...words } : this.#put({ ...stamped, id: crypto.randomUUID() }, signal);
    }
    const order = (last?.value ?? 0) + 1;
    const row = { id, by, at, seq: order, order, boot, ticks, skew: skew?.value ?? null, standing: "here", seal: here.seal, ...sealed };
    if (parts.length) row.photo = { pieces: parts.length, sent: 0, standing: "here", trouble: null };
    tx.objectStore("entry").add(row);
    facts.put({ name: "order", value: order });
    if (parts.length) await putPieces(tx, row, parts);
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

  missingSeals(by) { return missingSeals(this.db, by); }
  counts() { return counts(this.db); }

  // Take over how many versions stand now: `{id: number}`, one where it is not named.
  async setVersions(ids, versions) {
    for (const id of ids) await alter(this.db, id, (r) => r.standing === "sent", { versions: versions[id] ?? null });
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
  photosToSend(by) { return photosToSend(this.db, by); }
  piece(id, position) { return piece(this.db, id, position); }
  picture(id) { return picture(this.db, id); }
  settlePhoto(id, change) { return settlePhoto(this.db, id, change); }
  letGoIfShort(id) { return letGoIfShort(this.db, id); }
  draft(name, by, value) { return this.#next(() => draft(this.db, name, by, value)); }
  drafts(by) { return drafts(this.db, by); }
}

// What was said not to be kept is not kept after all either, or it would stand there twice once it is said again.
function giveUp(tx) {
  tx.done.catch(() => {});
  try {
    tx.abort();
  } catch {
    // it is through already
  }
}

function says(entry, { kind, fields }) {
  return !entry.locked && JSON.stringify([entry.kind, entry.fields]) === JSON.stringify([kind, fields]);
}

const read = new Map(); // what this page has unsealed already: pages draw again at every change

// Return an entry with its words; `locked` when its key is not on this tablet now.
export async function opened(db, row) {
  const key = await keyOf(db, row.seal);
  const sealed = `${row.seal} ${row.iv}`;
  const words = key && (read.get(sealed) ?? (await unseal(key, row).catch(() => null)));
  if (words) read.set(sealed, words);
  return words ? { ...row, ...words } : { ...row, locked: true };
}
