// What becomes of entries after they were made: the server's receipt, a ledger that stepped back, a refused one said anew,
// and the tidying of sent ones after fourteen days. Works on the outbox's store; never takes an unsent entry out of it.

import { current, keyOf } from "./keyring.js";
import { settlePhoto } from "./pieces.js";
import { seal } from "./sealing.js";

export const KEPT_DAYS = 14;
export const UNSENT = ["here", "waiting"];
export const STRICT = { durability: "strict" }; // a tablet whose battery dies keeps what it said it kept

// Take over what the server's own receipt says of each entry.
export async function settle(db, standings, receipt) {
  const tx = db.transaction("entry", "readwrite", STRICT);
  const when = new Date().toISOString();
  for (const { id, standing, errors, known, versions } of standings) {
    const row = await tx.store.get(id);
    if (!row || !UNSENT.includes(row.standing)) continue;
    if (standing === "entered" || standing === "already") {
      const kept = { standing: "sent", sent_at: when, ledger: receipt.ledger, number: receipt.number };
      tx.store.put({ ...row, ...kept, errors: null, versions: versions > 1 ? versions : null });
    } else if (standing === "waiting" || standing === "refused") {
      tx.store.put({ ...row, standing, errors, known: known ?? null });
    }
  }
  await tx.done;
}

// Take over where the ledger stands if it only went on, as it nearly always has: what is being written does not wait for it.
async function wentOn(db, head) {
  const tx = db.transaction("fact", "readwrite");
  const before = (await tx.store.get("head"))?.value;
  const isOn = !before || (before.ledger === head.ledger && head.number >= before.number);
  if (isOn && before?.number !== head.number) tx.store.put({ name: "head", value: head });
  await tx.done;
  return isOn;
}

// The server's ledger stepped back or is another one (a restored backup): what it has lost is to be sent again.
// Returns how many entries that is.
export async function stepBack(db, { ledger, number }) {
  if (await wentOn(db, { ledger, number })) return 0;
  // one transaction: a tablet that dies in the middle finds its old head, and asks again
  const tx = db.transaction(["entry", "fact"], "readwrite", STRICT);
  const facts = tx.objectStore("fact");
  const before = (await facts.get("head"))?.value;
  if (before?.ledger !== ledger || before.number !== number) facts.put({ name: "head", value: { ledger, number } });
  const isOther = before && before.ledger !== ledger;
  const pictures = (await facts.get("pictures"))?.value ?? {};
  let again = 0;
  if (isOther || number < before?.number) {
    const isThere = (what) => !isOther && what.ledger === ledger && what.number <= number;
    for (let cursor = await tx.objectStore("entry").openCursor(); cursor; cursor = await cursor.continue()) {
      const row = cursor.value;
      const photo = isThere(row.photo ?? {}) ? row.photo : whereAgain(row.photo);
      if (row.standing !== "sent" || (isThere(row) && photo === row.photo)) continue;
      cursor.update({ ...row, photo, standing: isThere(row) ? "sent" : "here" });
      if (photo !== row.photo) pictures[row.id] = row.by;
      again += 1;
    }
    facts.put({ name: "pictures", value: pictures });
  }
  await tx.done;
  return again;
}

// A picture that the server had is to be sent again; what was refused or taken away stays so.
function whereAgain(photo) {
  return photo?.standing === "whole" ? { ...photo, standing: "here", sent: 0 } : photo;
}

// Ids that a check against the server did not find there are to be sent again.
export async function sendAgain(db, ids) {
  for (const id of ids) {
    const row = await alter(db, id, (r) => r.standing === "sent", { standing: "here" });
    if (row?.photo?.standing === "whole") await settlePhoto(db, id, whereAgain(row.photo));
  }
}

// Let go of what was sent more than fourteen days ago. A person's sent entries lie in the order they were made, nearly that
// in which they went: past the first that is younger nothing is looked at, unless room `isShort`.
export async function tidy(db, now = Date.now(), isShort = false) {
  const old = new Date(now - KEPT_DAYS * 86_400_000).toISOString();
  const tx = db.transaction(["entry", "piece"], "readwrite");
  let next = [];
  for (let cursor = await tx.objectStore("entry").index("standing").openCursor(); cursor; cursor = await cursor.continue(...next)) {
    const { key: [by, standing], value: row } = cursor;
    const isYoung = !isShort && row.sent_at >= old;
    next = standing < "sent" ? [[by, "sent"]] : standing > "sent" || isYoung ? [[by, []]] : []; // [by, []]: whoever comes after
    const isHeld = ["here", "refused"].includes(row.photo?.standing); // the picture itself has not gone
    if (row.standing !== "sent" || isHeld || !(row.sent_at < old)) continue;
    tx.objectStore("piece").delete(IDBKeyRange.bound([row.id], [row.id, []]));
    cursor.delete();
  }
  await tx.done;
}

// Make room for what is being written now: what was sent more than a day ago goes, although it was to stay for fourteen;
// it is on the server, and what is written now is nowhere else.
export function makeRoom(db, now = Date.now()) {
  return tidy(db, now + (KEPT_DAYS - 1) * 86_400_000, true);
}

// Change an entry if it may be changed as it stands now; return it, or null.
export async function alter(db, id, may, change) {
  const tx = db.transaction("entry", "readwrite", STRICT);
  const row = await tx.store.get(id);
  const altered = row && may(row) ? { ...row, ...change } : null;
  if (altered) tx.store.put(altered);
  await tx.done;
  return altered;
}

// Say anew what was refused, and send it again. What the server keeps under this id already, with other words, gets an
// id of its own: both are kept. `words` is the entry's kind, fields and page.
export async function change(db, id, words) {
  const here = await current(db);
  const key = here && (await keyOf(db, here.seal));
  if (!key) return null;
  const sealed = await seal(key, words);
  const tx = db.transaction("entry", "readwrite", STRICT);
  const row = await tx.store.get(id);
  const again = { ...row, standing: "here", errors: null, known: null, seal: here.seal, ...sealed };
  const may = row?.by === here.person && ["refused", "aside"].includes(row.standing);
  if (may && row.known) {
    again.id = crypto.randomUUID();
    tx.store.put({ ...row, standing: "aside" });
  }
  if (may) tx.store.put(again);
  await tx.done;
  return may ? again : null;
}
