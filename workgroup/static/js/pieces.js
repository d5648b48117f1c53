// The pieces of photos on this tablet: sealed like the words they belong to, in the same store, kept until the server has
// all of them and for fourteen days after. Works on the outbox's store. An entry's `photo` says where its picture stands:
// {pieces, sent, standing, trouble}; standing is `here`, `whole` (the server has it), `refused`, or `gone` (taken away).

import { keyOf } from "./keyring.js";
import { joined, sealBytes, unsealBytes } from "./sealing.js";

export const PIECE = 65_536; // passes a line of 4 kB a second within a request's patience
const STRICT = { durability: "strict" };
const ROOM = 50_000_000;
const ofPhoto = (id) => IDBKeyRange.bound([id], [id, []]);

export function cut(bytes) {
  const parts = [];
  for (let at = 0; at < bytes.length; at += PIECE) parts.push(bytes.subarray(at, at + PIECE));
  return parts;
}

// What an entry says of a picture before its pieces go.
export async function announced(bytes) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const digest = Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return { type: "image/jpeg", bytes: bytes.length, pieces: Math.ceil(bytes.length / PIECE), digest };
}

export function sealPieces(key, pieces) {
  return Promise.all(pieces.map((bytes) => sealBytes(key, bytes)));
}

// Inside the transaction that keeps the entry itself. A piece that comes out of a file says its own position and seal.
export async function putPieces(tx, row, sealed) {
  sealed.forEach((one, at) => {
    const { position = at, seal = row.seal, iv, words } = one;
    tx.objectStore("piece").put({ photo: row.id, position, seal, iv, words });
  });
  await list(tx, row.id, row.by);
}

// The pictures that are still to go are listed beside the entries, so that counting them opens nothing: {id: by}.
async function list(tx, id, by) {
  const facts = tx.objectStore("fact");
  const value = (await facts.get("pictures"))?.value ?? {};
  if (by) value[id] = by;
  else delete value[id];
  await facts.put({ name: "pictures", value });
}

async function listed(db) {
  const value = (await db.get("fact", "pictures"))?.value ?? {};
  return (await Promise.all(Object.keys(value).map((id) => db.get("entry", id)))).filter((row) => row?.photo);
}

// Pictures whose words the server has, in the order they were made.
export async function photosToSend(db, by) {
  const rows = (await listed(db)).filter((row) => row.by === by && row.standing === "sent" && row.photo.standing === "here");
  return rows.sort((a, b) => a.order - b.order);
}

// Of each person, how many pictures have not gone although their words have, and since when: `{by: {many, oldest}}`.
// While the words are still here, the picture is counted with them, as one entry.
export async function picturesHere(db) {
  const counts = {};
  for (const { by, at } of (await listed(db)).filter((row) => row.standing === "sent")) {
    const { many = 0, oldest = at } = counts[by] ?? {};
    counts[by] = { many: many + 1, oldest: at < oldest ? at : oldest };
  }
  return counts;
}

// One piece: `{bytes}`, or `{seal}` when its key is not on this tablet now, or null when it is not here.
export async function piece(db, id, position) {
  const row = await db.get("piece", [id, position]);
  const key = row && (await keyOf(db, row.seal));
  const bytes = key && (await unsealBytes(key, row).catch(() => null));
  if (!bytes) return row ? { seal: row.seal } : null;
  return { bytes: new Uint8Array(bytes) };
}

// The picture as this tablet keeps it, or null.
export async function picture(db, id) {
  const rows = await db.getAll("piece", ofPhoto(id));
  const parts = await Promise.all(rows.map((row) => piece(db, id, row.position)));
  return parts.length && parts.every((part) => part?.bytes) ? joined(parts.map((part) => part.bytes)) : null;
}

// Take over where a picture stands. One that was taken away for everyone goes from here as well.
export async function settlePhoto(db, id, change) {
  const tx = db.transaction(["entry", "fact", "piece"], "readwrite", STRICT);
  const row = await tx.objectStore("entry").get(id);
  if (row?.photo) {
    const photo = { ...row.photo, ...change };
    tx.objectStore("entry").put({ ...row, photo });
    await list(tx, id, ["here", "refused"].includes(photo.standing) ? row.by : null);
    if (photo.standing === "gone") tx.objectStore("piece").delete(ofPhoto(id));
  }
  await tx.done;
}

// Of a tablet that is nearly full, let go of the pieces of a picture that the server has.
export async function letGoIfShort(db, id) {
  const { quota, usage } = (await globalThis.navigator?.storage?.estimate?.()) ?? {};
  if (quota !== undefined && quota - usage < ROOM) await db.delete("piece", ofPhoto(id));
}
