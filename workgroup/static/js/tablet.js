// This tablet, for the page it is on: whose it is, its outbox and its sending put together, and when it sends.
// Other modules wait for `ready` or `begun` and listen to `changes`; nothing here draws.

import { hasLeft, isLeaving, leave } from "./leaving.js";
import { openOutbox } from "./outbox.js";
import { inTime, patiently } from "./patience.js";
import { askToPersist } from "./persist.js";
import { makeSync } from "./sync.js";

const EVERY = 15_000; // while something waits; Safari has no background sync, so the page itself asks again
const SELDOM = 300_000; // a page that lies open asks now and then too: the server may have lost what it had
const facts = document.querySelector('meta[name="tablet"]')?.dataset ?? {};
const others = "BroadcastChannel" in window ? new BroadcastChannel("workgroup") : null;

export const person = facts.person ?? null;
export const isShared = "shared" in facts;
// a page that the server just drew carries the key; one that this tablet had kept does not, and its "now" is old
export const isFresh = "key" in facts;
// up to which ledger number the page itself shows what was sent
export const shownTo = Number(facts.number ?? 0);
export const changes = new EventTarget();
// The tablet itself, once this browser's store has opened; that may take as long as it likes.
export const begun = begin();
// The same for whoever is asked for something now: waited for with patience each time, and rejected, named Hangs, past it.
export const ready = {
  then: (done, fail) => inTime(() => begun).then(done, fail),
  catch: (fail) => inTime(() => begun).catch(fail),
};

let asked = null;
let persisting = null;
let drained = performance.now();

async function begin() {
  const outbox = await openOutbox();
  if ("signedOut" in facts) {
    forgetIn(outbox);
    await hasLeft(outbox); // whatever was still to be told of a sign-out is over
  }
  if (await isLeaving(outbox, person)) {
    leave(outbox, person, () => forgetIn(outbox)); // signed out here before, without a line
    return { outbox: patiently(outbox), sync: null };
  }
  if (person && facts.key) await outbox.takeKey(facts).catch(unlessFull);
  const isHere = person && (await outbox.current())?.person === person;
  const patient = patiently(outbox);
  const sync = isHere ? makeSync({
    outbox: patient, by: person, fetch: (...call) => fetch(...call), isOnline: () => navigator.onLine, onChange: tell, seen: seen(),
  }) : null;
  return { outbox: patient, sync };
}

// What this page itself says of the server, where it has just come from there; `ticks` and `at` are when its answer came.
function seen() {
  const [came] = performance.getEntriesByType("navigation");
  if (!isFresh || !came) return null;
  const { ledger, now } = facts;
  const ticks = came.responseStart;
  return { ledger, number: shownTo, now, ticks, at: Date.now() - (performance.now() - ticks) };
}

// On a full tablet the key from an earlier page does as well, and what waits can still be sent.
function unlessFull(trouble) {
  if (trouble?.name !== "QuotaExceededError") throw trouble;
}

function tell() {
  changes.dispatchEvent(new Event("change"));
  others?.postMessage("change");
}

// Keep an entry first, then send: the promise is kept once it is safe on this tablet.
export async function keep(entry) {
  const { outbox } = await ready;
  const kept = await outbox.add({ by: person, ...entry });
  persisting ??= askToPersist().catch(() => false);
  tell();
  send();
  return kept;
}

// Send all that waits, one page of this tablet at a time. Pages wait their turn, each at most once.
export function send() {
  asked ??= inTurn(async () => {
    asked = null;
    const { sync } = await ready;
    drained = performance.now();
    await sync?.drain();
    tell();
  });
  return asked;
}

// The tablet is on another network, or has slept: what hung before is not waited for.
async function sendAnew() {
  const { sync } = await ready;
  sync?.hurry();
  return send();
}

function inTurn(deed) {
  // never within the call itself: `asked` must be set before the deed clears it, or nothing is sent ever again
  return navigator.locks ? navigator.locks.request("workgroup-outbox", deed) : Promise.resolve().then(deed);
}

async function whileWaiting() {
  const { outbox, sync } = await ready;
  if (!sync || document.hidden) return;
  if ((await outbox.photosToSend(person)).length) send();
  const own = (await outbox.counts()).find((count) => count.by === person);
  const isLongAgo = performance.now() - drained > SELDOM;
  if (own?.here || own?.waiting || sync.line.state !== "fine" || isLongAgo) send();
}

// At lock and sign-out: keys and kept pages go at once, what was written stays, sealed.
export async function forget() {
  const { outbox } = await ready;
  await forgetIn(outbox);
}

async function forgetIn(outbox) {
  await outbox.dropKeys();
  for (const name of (await globalThis.caches?.keys()) ?? []) if (name.startsWith("pack")) await caches.delete(name);
}

document.addEventListener("submit", async (event) => {
  if (!person || !event.target.matches("[data-sign-out]")) return;
  event.preventDefault();
  const { outbox } = await ready;
  await leave(outbox, person, forget);
});
document.addEventListener("workgroup:lock", (event) => event.detail.until(forget()));
others?.addEventListener("message", () => changes.dispatchEvent(new Event("change")));
// Whoever only reads while this browser's store hangs reads again at the next change; the indicator says what is wrong.
addEventListener("unhandledrejection", (event) => { if (event.reason?.name === "Hangs") event.preventDefault(); });
addEventListener("online", sendAnew);
addEventListener("offline", tell);
addEventListener("pageshow", send);
document.addEventListener("visibilitychange", () => { if (!document.hidden) sendAnew(); });
setInterval(whileWaiting, EVERY);
