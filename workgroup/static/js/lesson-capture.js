// Capture while pupils work: who, saw, words. A finger that goes down stamps the moment; the entry is kept on this tablet
// and drawn before anything is sent. Words typed for a moment belong to that moment even when the next pad is tapped.

import { fieldsOf } from "./capture.js";
import { readCode, shortOf } from "./codes.js";
import { useHands } from "./hands.js";
import { LastMoment } from "./lesson-last.js";
import { LessonNow } from "./lesson-now.js";
import { Moments } from "./moments.js";
import { Pads, stamp } from "./pads.js";
import { Practice } from "./practice.js";
import { changes, keep } from "./tablet.js";

const root = document.querySelector("[data-lesson]");
const { lesson, topic } = root.dataset;
const known = JSON.parse(root.dataset.own);
const moments = new Moments(known.moments, known.count);
const last = new LastMoment(root, moments, known.predicted);
const now = new LessonNow(root, (one) => { if (one.page?.path === location.pathname) moments.take(one); });
const practice = "practice" in root.dataset ? new Practice(root, now) : null;
const pads = new Pads(root, {
  moments, last, label: topic, words: { kind: "lessons.add_words", names: "noticing" },
  keeping: practice ? (made) => practice.keep(made) : keep,
});

// The moment of a tap, also on the clock of the lesson.
function stamped() {
  const when = stamp();
  practice?.begin(when.ticks);
  return { ...when, fields: now.stamp(when.ticks) };
}

async function tap(form, button) {
  const when = stamped();
  navigator.vibrate?.(12);
  await pads.tap("lessons.notice", { ...fieldsOf(form, button), lesson, ...when.fields }, when);
  performance.measure("tap kept", { start: when.ticks, end: performance.now() });
}

async function phase(form, button) {
  const when = stamped();
  const before = form.querySelector('[aria-pressed="true"]')?.value;
  now.press(button.value);
  const fields = { lesson, phase: button.value, ...when.fields };
  const kept = await pads.entry("lessons.mark_phase", fields, { at: when.at, ticks: when.ticks }).catch(pads.notKept);
  if (!kept) now.press(before);
}

// "Pupil Q" becomes a pad of its own, pressed.
function watch(form) {
  const code = readCode(form.elements.who.value);
  form.querySelector("[data-no-code]").hidden = Boolean(code);
  if (code) pads.add(form, code, shortOf(code));
}

async function start() {
  const when = stamped();
  await pads.entry("lessons.start", { lesson }, { at: when.at, ticks: when.ticks });
  now.startHere(when.ticks); // shown at once, although nobody else knows yet
}

const undo = () => pads.undo("lessons.withdraw_noticing");
const words = () => pads.keepWords();
pads.listen({ tap, start, phase, undo, watch, words }, watch, Boolean(practice));

async function tick() {
  const second = await now.tick();
  practice?.look(second, moments.count);
}

useHands(root);
setInterval(tick, 250);
tick();
if (!practice) now.begin().then(() => last.draw());
changes.addEventListener("change", () => last.draw());
