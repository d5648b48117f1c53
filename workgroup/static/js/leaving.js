// Signing out on this tablet: keys and kept pages go first, line or no line; what was written stays for its author. The
// server hears of it now, or as soon as the line is back: until then no page of this person opens here again.

import { counted } from "./marks.js";

const FACT = "leaving";

async function tellServer() {
  const answer = await fetch("/sign-out", { method: "POST", redirect: "manual", signal: AbortSignal.timeout(10_000) });
  // ours answers with a redirect, which a page may not read, or says whose it is; a wifi's login page does neither
  return answer.type === "opaqueredirect" || answer.headers.has("Workgroup-Person");
}

export async function isLeaving(outbox, person) {
  return Boolean(person) && (await outbox.fact(FACT)) === person;
}

export function hasLeft(outbox) {
  return outbox.setFact(FACT, null);
}

// Tell the server, and go to the sign-in page; false while it cannot be told.
export async function finishLeaving(outbox) {
  if (!(await tellServer().catch(() => false))) return false;
  await hasLeft(outbox);
  location.replace("/sign-in");
  return true;
}

async function left(outbox, person) {
  const counts = await outbox.counts();
  const own = counts.find((count) => count.by === person);
  const waiting = own ? own.here + own.waiting + own.refused : 0;
  const screen = document.getElementById("left").content.cloneNode(true);
  if (waiting) screen.querySelector("[data-waiting]").textContent = `${counted(waiting, "entry", "entries")} of yours ${waiting === 1 ? "waits" : "wait"} here, sealed, until you sign in on this tablet again.`;
  for (const part of [...document.body.children]) part.remove();
  document.title = "Signed out – Workgroup";
  document.body.append(screen);
  document.querySelector("[data-left]").focus();
}

// Leave: `forget` drops keys and kept pages. Without a line the page says so and tries again by itself.
export async function leave(outbox, person, forget) {
  await outbox.setFact(FACT, person);
  await forget();
  if (await finishLeaving(outbox)) return;
  await left(outbox, person);
  addEventListener("online", () => finishLeaving(outbox));
  setInterval(() => finishLeaving(outbox), 10_000);
}
