// The one quiet indicator at the end of the top line: how many entries wait here, since when, and what is wrong with the
// line, in plain words. It claims nothing that no receipt says.

import { counted, say, when } from "./marks.js";
import { speaker } from "./speaking.js";
import { begun, changes, person, ready, send } from "./tablet.js";

const A_DAY = 86_400_000;
export const TROUBLES = {
  "no signal": "No signal here. You can go on writing.",
  login: "This wifi may want a login. You can go on writing.",
  "signed out": "You are signed out. Sign in to send them.",
  locked: "This tablet is locked. Unlock it to send them.",
  busy: "The server is busy. They go by themselves.",
  hanging: "Nothing comes back on this line. You can go on writing.",
  full: "This tablet is full. Make room on it, or nothing more can be kept here.",
  stuck: "This browser’s own store does not answer. Close other pages of this app, then load this one again.",
};

// the same in the few words that the top line has room for
const IN_SHORT = {
  "no signal": "no signal", login: "this wifi may want a login", "signed out": "signed out: sign in to send", locked: "locked",
  busy: "the server is busy", hanging: "nothing comes back",
  full: "this tablet is full", stuck: "this browser’s store does not answer",
};

const place = document.querySelector("[data-standing]");
const old = document.querySelector("[data-waits-long]");
const speak = speaker(document.querySelector("[data-standing-spoken]"), TROUBLES);
let drawing = null;

export async function standing() {
  const { outbox, sync } = await ready;
  const counts = await outbox.counts();
  const none = { here: 0, waiting: 0, refused: 0, aside: 0, sent: 0, photos: 0, oldest: null };
  const own = counts.find((count) => count.by === person) ?? none;
  return { own, others: counts.filter((count) => count.by !== person), line: sync?.line ?? null };
}

// Say in a few words where things stand: [shape, words].
export function summary({ own, line }) {
  const unsent = own.here + own.waiting;
  const trouble = IN_SHORT[line?.state] ?? "";
  const refused = own.refused ? `${own.refused} refused` : "";
  const pictures = own.photos ? `${counted(own.photos, "picture")} still here` : "";
  const all = (...said) => said.filter(Boolean).join(", ");
  if (unsent && trouble) return ["waiting", all(`${unsent} here since ${when(own.oldest)}`, pictures, refused, trouble)];
  if (own.waiting) return ["waiting", all(`${unsent} here`, `${own.waiting} waiting`, pictures, refused)];
  if (unsent) return ["here", all(`${unsent} here`, pictures, refused, "sending")];
  if (pictures) return ["waiting", all(pictures, refused, trouble)];
  if (refused) return ["refused", refused];
  if (trouble) return ["waiting", trouble[0].toUpperCase() + trouble.slice(1)];
  return own.sent ? ["sent", "All sent"] : ["sent", "Nothing waits"];
}

async function draw() {
  drawing = null;
  const told = await standing().catch(sayBroken);
  if (!told) return;
  leftBehind(told.others);
  if (!person) return;
  const [name, words] = summary(told);
  if (place && place.dataset.said !== name + words) {
    place.dataset.said = name + words;
    say(place, name, words);
  }
  speak(told.own, told.line?.state ?? "");
  waitsLong(told.own);
  waitsHere(told.own);
}

// On Today, among what waits for somebody.
function waitsHere(own) {
  const row = document.querySelector("[data-waits-here]");
  const waiting = own.here + own.waiting + own.refused;
  if (!row) return;
  row.hidden = !waiting;
  row.querySelector(".number, .aside").textContent = waiting;
  row.querySelector("a").textContent = `${waiting === 1 ? "entry" : "entries"} still on this tablet`;
}

// What has waited for a day is worth a word, what has waited for three a stronger one.
function waitsLong(counts) {
  const own = { ...counts, refused: counts.refused + counts.photos }; // a picture that waits counts as well
  if (!old) return;
  const age = own.oldest ? Date.now() - Date.parse(own.oldest) : 0;
  old.hidden = age < A_DAY;
  old.classList.toggle("wrong", age >= 3 * A_DAY);
  const many = own.here + own.waiting + own.refused;
  const what = counted(many, "entry", "entries");
  old.querySelector("p").textContent = age >= 3 * A_DAY
    ? `${what} ${many === 1 ? "has" : "have"} waited on this tablet since ${when(own.oldest)}. Take it to a good line soon, or save ${many === 1 ? "it" : "them"} to a file.`
    : `${what} still ${many === 1 ? "waits" : "wait"} on this tablet, the oldest since ${when(own.oldest)}.`;
}

// After a sign-out: what somebody else wrote is still here, for them.
function leftBehind(others) {
  const place = document.querySelector("[data-left-behind]");
  const waiting = others.reduce((sum, count) => sum + count.here + count.waiting + count.refused + count.photos, 0);
  if (!place) return;
  place.hidden = !waiting;
  if (waiting) place.textContent = `${counted(waiting, "entry", "entries")} ${waiting === 1 ? "waits" : "wait"} on this tablet, sealed, until whoever wrote ${waiting === 1 ? "it" : "them"} signs in here.`;
}

// What waits cannot be counted, so nothing is claimed.
function sayBroken({ name }) {
  if (!place) return;
  delete place.dataset.said;
  say(place, "refused", name === "Hangs" ? "This browser’s store does not answer" : "This browser keeps nothing here");
}

function redraw() {
  drawing ??= setTimeout(draw, 50);
}

changes.addEventListener("change", redraw);
ready.catch(sayBroken);
begun.then(() => { changes.dispatchEvent(new Event("change")); send(); }, sayBroken);
