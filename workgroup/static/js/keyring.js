// The keys that this tablet holds: only those of the person who is signed in. They lie in the tablet's own store until
// lock or sign-out, so that a page opened without a network can still read and seal.

import { importKey } from "./sealing.js";

const opened = new Map(); // key as text → CryptoKey, for this page

// Keep a person's key, and let go of everybody else's. One of an earlier sign-in (not `isCurrent`) is for whoever is here
// now: a page of somebody who was here before may still hear an answer, and takes nobody's place.
export async function takeKey(db, { person, seal, key }, isCurrent = true) {
  const tx = db.transaction(["key", "fact"], "readwrite");
  const keys = tx.objectStore("key");
  if (!isCurrent && (await tx.objectStore("fact").get("current"))?.person !== person) return tx.done;
  for (const other of await keys.getAll()) if (other.person !== person) keys.delete(other.seal);
  keys.put({ seal, person, key });
  if (isCurrent) tx.objectStore("fact").put({ name: "current", person, seal });
  await tx.done;
}

// At lock and sign-out. Nothing that was written goes; it waits, sealed, for whoever wrote it.
export async function dropKeys(db) {
  opened.clear();
  const tx = db.transaction(["key", "fact"], "readwrite");
  tx.objectStore("key").clear();
  tx.objectStore("fact").delete("current");
  await tx.done;
}

// Return who is here and with which seal they write, or undefined.
export function current(db) {
  return db.get("fact", "current");
}

// Who writes here now: the seal and key of `by` if they are signed in, or null.
export async function writingAs(db, by) {
  const tx = db.transaction(["fact", "key"]);
  const here = await tx.objectStore("fact").get("current");
  const held = here?.person === by ? await tx.objectStore("key").get(here.seal) : null;
  return held ? { by, seal: here.seal, key: await imported(held) } : null;
}

function imported(held) {
  if (!opened.has(held.key)) opened.set(held.key, importKey(held.key));
  return opened.get(held.key);
}

// Return the CryptoKey of a seal, or null when it is not on this tablet now. A key dropped in another tab is gone here
// too: the store is asked each time, the import is remembered.
export async function keyOf(db, seal) {
  const held = await db.get("key", seal);
  return held ? imported(held) : null;
}
