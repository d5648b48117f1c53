// Capture while pupils work: who, saw, words. A finger that goes down stamps the moment; the entry is kept on this tablet
// and drawn before anything is sent. Words typed for a moment belong to that moment even when the next pad is tapped.

import { fieldsOf, postAsAnyOther } from "./capture.js";
import { readCode, shortOf } from "./codes.js";
import { useHands } from "./hands.js";
import { LastMoment } from "./lesson-last.js";
import { LessonNow } from "./lesson-now.js";
import { Moments } from "./moments.js";
import { notHere, sayKept, sayNotKept } from "./not-kept.js";
import { Practice } from "./practice.js";
import { changes, keep, person, ready } from "./tablet.js";

const root = document.querySelector("[data-lesson]");
const { lesson, topic } = root.dataset;
const known = JSON.parse(root.dataset.own);
const moments = new Moments(known.moments, known.count);
const last = new LastMoment(root, moments, known.predicted);
const now = new LessonNow(root, (one) => { if (one.page?.path === location.pathname) moments.take(one); });
const practice = "practice" in root.dataset ? new Practice(root, now) : null;
let pressed = null; // ticks of the finger that went down

function stamp() {
  const ticks = pressed ?? performance.now();
  pressed = null;
  practice?.begin(ticks);
  const at = new Date(Date.now() - (performance.now() - ticks)).toISOString();
  return { ticks, at, fields: now.stamp(ticks) };
}

async function entry(kind, fields, when = {}) {
  const made = { id: crypto.randomUUID(), kind, fields, page: { path: location.pathname, label: topic }, ...when };
  const kept = await (practice ? practice.keep(made) : keep(made));
  sayKept(root.querySelector(".page"));
  return kept;
}

function notKept(trouble) {
  sayNotKept(root.querySelector(".page"), trouble);
}

// What stands in the words' box belongs to the moment it was typed for.
async function keepWords() {
  const box = root.querySelector("[data-words]");
  const { last: one } = moments;
  const words = box.value.trim();
  if (!words || !one) return;
  box.value = "";
  const said = { noticing: one.id, words, after: one.versions.join(",") };
  const kept = await entry("lessons.add_words", said, { draft: box.dataset.draft }).catch(notKept);
  if (!kept) {
    box.value = [words, box.value].filter(Boolean).join("\n");
    return;
  }
  box.form.dispatchEvent(new CustomEvent("captured", { bubbles: true, detail: kept }));
  moments.take(kept);
  last.draw();
}

async function tap(form, button) {
  const when = stamp();
  navigator.vibrate?.(12);
  const fields = { ...fieldsOf(form, button), lesson, ...when.fields };
  const id = crypto.randomUUID();
  const words = keepWords();
  moments.take({ id, kind: "lessons.notice", at: when.at, fields });
  last.draw();
  await words;
  const kept = await entry("lessons.notice", fields, { id, at: when.at, ticks: when.ticks }).catch(notKept);
  if (!kept) moments.drop(id);
  if (!kept) last.draw();
  performance.measure("tap kept", { start: when.ticks, end: performance.now() });
}

async function phase(form, button) {
  const when = stamp();
  const before = form.querySelector('[aria-pressed="true"]')?.value;
  now.press(button.value);
  const kept = await entry("lessons.mark_phase", { lesson, phase: button.value, ...when.fields }, { at: when.at, ticks: when.ticks })
    .catch(notKept);
  if (!kept) now.press(before);
}

async function undo() {
  const { last: one } = moments;
  if (!one) return;
  moments.take(await entry("lessons.withdraw_noticing", { noticing: one.id }));
  last.draw();
}

// "Pupil Q" becomes a pad of its own, pressed.
function watch(form) {
  const code = readCode(form.elements.who.value);
  form.querySelector("[data-no-code]").hidden = Boolean(code);
  if (!code) return;
  const pads = root.querySelector("[data-pads-who]");
  const pad = pads.lastElementChild.cloneNode(true);
  const input = pad.querySelector("input");
  Object.assign(input, { value: code, checked: true });
  pad.replaceChildren(input, document.createTextNode(shortOf(code)));
  pads.insertBefore(pad, pads.lastElementChild);
  form.reset();
  form.closest("details").open = false;
}

async function start() {
  const when = stamp();
  await entry("lessons.start", { lesson }, { at: when.at, ticks: when.ticks });
  now.startHere(when.ticks); // shown at once, although nobody else knows yet
}

const DEEDS = { tap, start, phase, undo, watch, words: keepWords };

document.addEventListener("pointerdown", (event) => {
  if (event.target.closest("[data-stamps]")) pressed = performance.now();
}, true);
document.addEventListener("submit", async (event) => {
  const deed = DEEDS[event.target.dataset.deed];
  if (!deed) return;
  event.preventDefault();
  const here = practice ? { sync: true } : await ready.catch(() => null); // a browser that keeps nothing posts as any other
  if (here?.sync || deed === watch) await Promise.resolve(deed(event.target, event.submitter)).catch(notKept);
  else if (here && person) notKept(notHere());
  else postAsAnyOther(event.target, event.submitter);
}, true);

async function tick() {
  const second = await now.tick();
  practice?.look(second, moments.count);
}

useHands(root);
setInterval(tick, 250);
tick();
if (!practice) now.begin().then(() => last.draw());
changes.addEventListener("change", () => last.draw());
