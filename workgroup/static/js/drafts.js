// Drafts: text that is still being typed, sealed and kept at every key, so that a killed browser loses one key at most.

import { current, keyOf } from "./keyring.js";
import { seal, unseal } from "./sealing.js";

// Text that is being typed: kept at every key, gone when it becomes an entry.
export async function draft(db, name, by, value) {
  const here = await current(db);
  if (here?.person !== by) return;
  if (!value) return db.delete("draft", [by, name]);
  const key = await keyOf(db, here.seal);
  if (!key) return;
  const sealed = await seal(key, value);
  await db.put("draft", { by, name, at: new Date().toISOString(), seal: here.seal, ...sealed });
}

export async function drafts(db, by) {
  const rows = await db.getAll("draft", IDBKeyRange.bound([by], [by, []]));
  const found = new Map();
  for (const row of rows) {
    const key = await keyOf(db, row.seal);
    const value = key && (await unseal(key, row).catch(() => null));
    if (value) found.set(row.name, value);
  }
  return found;
}
