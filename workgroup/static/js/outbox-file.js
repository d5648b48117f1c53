// Everything that waits, in a file: sealed as it lies here, carried to another tablet, sent there once its author has
// signed in. The entries stay on this tablet too; the same entry from two tablets is kept once.

import { counted } from "./marks.js";
import { putPieces } from "./pieces.js";
import { base64Of, bytesOf } from "./sealing.js";

const UNSENT = ["here", "waiting", "refused", "aside"];
const MARK = "workgroup-outbox-1";

const asText = (row) => ({ ...row, iv: base64Of(row.iv), words: base64Of(row.words) });
const asBytes = ({ iv, words }) => ({ iv: bytesOf(iv), words: bytesOf(words).buffer });
const hasPictureHere = (row) => ["here", "refused"].includes(row.photo?.standing);

// Return all unsent entries of everybody as text, with their pictures; what is sealed stays sealed. Words that have gone
// go along with a picture that has not: sent again, they are kept once.
export async function packed(outbox) {
  const rows = (await outbox.db.getAll("entry")).filter((row) => UNSENT.includes(row.standing) || hasPictureHere(row));
  const entries = rows.sort((a, b) => a.order - b.order)
    .map((row) => asText({ ...row, standing: row.standing === "sent" ? "here" : row.standing }));
  const pieces = [];
  for (const row of rows.filter(hasPictureHere)) {
    pieces.push(...(await outbox.db.getAll("piece", IDBKeyRange.bound([row.id], [row.id, []]))).map(asText));
  }
  return JSON.stringify({ file: MARK, made: new Date().toISOString(), entries, pieces });
}

function isPiece(row) {
  const texts = ["photo", "seal", "iv", "words"];
  return row && texts.every((name) => typeof row[name] === "string" && row[name].length < 200_000) && Number.isInteger(row.position);
}

// Where a picture stands on the tablet that the file was opened on, if all of its pieces are in the file.
function photoOf({ id, photo }, pieces) {
  const many = pieces.filter((one) => one.photo === id).length;
  return many && many === photo?.pieces ? { pieces: many, sent: 0, standing: "here", trouble: null } : undefined;
}

function isEntry(row) {
  const texts = ["id", "by", "at", "seal", "iv", "words", "boot"];
  return row && texts.every((name) => typeof row[name] === "string" && row[name].length < 2_000_000)
    && UNSENT.includes(row.standing) && Number.isFinite(row.seq) && Number.isFinite(row.ticks);
}

// Take in what such a file holds, behind what is here; what is here already stays as it is. Returns how many came new,
// or null when it is not such a file.
export async function unpack(outbox, text) {
  let told;
  try {
    told = JSON.parse(text);
  } catch {
    return null;
  }
  if (told?.file !== MARK || !Array.isArray(told.entries) || !told.entries.every(isEntry)) return null;
  const pieces = Array.isArray(told.pieces) ? told.pieces : []; // an older file has none
  if (!pieces.every(isPiece)) return null;
  const tx = outbox.db.transaction(["entry", "fact", "piece"], "readwrite", { durability: "strict" });
  const entries = tx.objectStore("entry");
  const facts = tx.objectStore("fact");
  let order = (await facts.get("order"))?.value ?? 0;
  let came = 0;
  for (const { id, by, at, seq, boot, ticks, skew, standing, seal, iv, words, errors, known, photo } of told.entries) {
    if (await entries.get(id)) continue;
    order += 1;
    came += 1;
    const picture = photoOf({ id, photo }, pieces);
    const row = { id, by, at, seq, boot, ticks, skew: skew ?? null, order, standing, errors, known, seal, ...asBytes({ iv, words }) };
    entries.add(picture ? { ...row, photo: picture } : row);
    if (picture) await putPieces(tx, row, pieces.filter((one) => one.photo === id).map((one) => ({ ...one, ...asBytes(one) })));
  }
  facts.put({ name: "order", value: order });
  await tx.done;
  return came;
}

// Offer the file to keep, and return what to say.
export async function saveFile(outbox) {
  const text = await packed(outbox);
  const number = JSON.parse(text).entries.length;
  if (!number) return "Nothing waits, so there is nothing to save.";
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const day = new Date().toISOString().slice(0, 10);
  const link = Object.assign(document.createElement("a"), { href: address, download: `waiting-${day}.workgroup` });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  return `${counted(number, "entry", "entries")} saved. They are still here too.`;
}

// Open such a file, and return what to say.
export async function openFile(outbox, file) {
  if (!file) return "";
  const came = file.size > 200_000_000 ? null : await unpack(outbox, await file.text());
  if (came === null) return "This is not a file that Workgroup saved. Nothing was changed.";
  if (!came) return "Everything in this file is here already.";
  return `${counted(came, "entry", "entries")} came from the file. They go once whoever wrote them is signed in here.`;
}
