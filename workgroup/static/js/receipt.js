// Safe to close: every sent entry of this person is asked for at the server, one by one, and a receipt says so with a
// short code. What the server does not have after all is sent again.

import { counted, time } from "./marks.js";
import { digest } from "./sealing.js";
import { person, ready, send } from "./tablet.js";

const AT_ONCE = 500;
const TEXTS = ["sessions.summarise", "lessons.add_words", "reflections.write"]; // kinds that meet as versions
const LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"; // no 0 O 1 I L

// Eight letters and figures out of a digest, in two groups.
export function codeOf(hex) {
  let code = "";
  for (let place = 0; place < 8; place += 1) code += LETTERS[parseInt(hex.slice(place * 4, place * 4 + 4), 16) % LETTERS.length];
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}

// Ask the server for ids, and return those it keeps and what stands in versions; throws when the answer is not its own.
async function asked(sync, ids) {
  const body = JSON.stringify({ ids });
  const answer = await sync.ask("/sync/check", { method: "POST", body, headers: { "Content-Type": "application/json" } });
  const { kept, receipt, versions } = JSON.parse(answer.text);
  if (receipt.digest !== (await digest(kept.map((id) => `${id}:kept`).join("\n")))) throw new Error("not a receipt");
  return { kept, versions };
}

// A long text may have met another since it was sent, or have been joined, here or on another tablet.
export async function refreshVersions(outbox, sync, by) {
  const sent = (await outbox.entries(by)).filter((entry) => entry.standing === "sent");
  const texts = sent.filter((entry) => entry.versions || TEXTS.includes(entry.kind)).slice(-AT_ONCE);
  if (!texts.length) return;
  const { versions } = await asked(sync, texts.map((entry) => entry.id));
  const moved = texts.filter((entry) => (entry.versions ?? null) !== (versions[entry.id] ?? null));
  await outbox.setVersions(moved.map((entry) => entry.id), versions);
}

// Check everything, and return `{safe, missing, unsent, refused, code}`; `safe` counts what the server has said it keeps.
export async function check(outbox, sync, by) {
  const sent = (await outbox.entries(by)).filter((entry) => entry.standing === "sent").map((entry) => entry.id);
  const kept = new Set();
  for (let from = 0; from < sent.length; from += AT_ONCE) {
    const ids = sent.slice(from, from + AT_ONCE);
    const told = await asked(sync, ids);
    for (const id of told.kept) kept.add(id);
    await outbox.setVersions(ids.filter((id) => told.versions[id]), told.versions);
  }
  const missing = sent.filter((id) => !kept.has(id));
  await outbox.sendAgain(missing);
  await refreshVersions(outbox, sync, by);
  const own = (await outbox.counts()).find((count) => count.by === by) ?? { here: 0, waiting: 0, refused: 0 };
  const code = codeOf(await digest([...kept].sort().join("\n")));
  return { photos: own.photos ?? 0, safe: kept.size, missing: missing.length, unsent: own.here + own.waiting, refused: own.refused, code };
}

function told({ safe, unsent, refused, code, photos }) {
  const lines = [];
  if (unsent) lines.push(`Not yet: ${counted(unsent, "entry", "entries")} still ${unsent === 1 ? "waits" : "wait"} on this tablet.`);
  if (refused) lines.push(`${counted(refused, "entry", "entries")} ${refused === 1 ? "was" : "were"} refused and ${refused === 1 ? "is" : "are"} kept below.`);
  if (photos) lines.push(`Not yet: ${counted(photos, "picture")} still ${photos === 1 ? "waits" : "wait"} on this tablet; the words have gone.`);
  if (!unsent && !photos) lines.unshift(`${counted(safe, "entry", "entries")}, safe. You can close this tablet.`);
  return { lines, code: unsent || photos ? null : code };
}

export async function safeToClose(place) {
  const { outbox, sync } = await ready;
  place.replaceChildren("Asking the server for every entry …");
  await send();
  let found;
  try {
    found = await check(outbox, sync, person);
    if (found.missing) await send().then(async () => { found = await check(outbox, sync, person); });
  } catch {
    place.replaceChildren("The server did not answer, so nobody can say yet. What you wrote is kept on this tablet.");
    return;
  }
  const { lines, code } = told(found);
  const made = Object.assign(document.createElement("div"), { className: "receipt" });
  if (code) made.append(Object.assign(document.createElement("b"), { textContent: code }));
  for (const line of [...lines, `Checked one by one at ${time(new Date())}.`]) {
    made.append(Object.assign(document.createElement("p"), { textContent: line }));
  }
  place.replaceChildren(made);
}
