// What can be told of what lies here without opening any of it: how much waits, by whom, since when, and which keys it asks
// for. Works on the outbox's store, and changes nothing.

import { picturesHere } from "./pieces.js";

// Seals of a person's entries and drafts whose key is not on this tablet: the server gives them back to their owner.
export async function missingSeals(db, by) {
  const rows = await db.getAllFromIndex("entry", "standing", IDBKeyRange.bound([by], [by, []]));
  rows.push(...(await db.getAll("draft", IDBKeyRange.bound([by], [by, []]))));
  const held = new Set((await db.getAll("key")).map((key) => key.seal));
  return [...new Set(rows.map((row) => row.seal))].filter((one) => !held.has(one));
}

// Count everybody's entries without any key: `[{by, here, waiting, refused, aside, sent, oldest}]`.
export async function counts(db) {
  const photos = await picturesHere(db); // and `photos`: pictures that have not gone although their words have
  const index = db.transaction("entry").store.index("standing");
  const found = [];
  for (let cursor = await index.openKeyCursor(); cursor;) {
    const by = cursor.key[0];
    const count = { by, photos: photos[by]?.many ?? 0, oldest: photos[by]?.oldest ?? null };
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
