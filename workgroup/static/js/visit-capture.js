// Capture during a visit: a year group, what it is, words. A finger that goes down stamps the note; it is kept on this
// tablet and drawn before anything is sent. Words typed for a note belong to that note even when the next pad is tapped.

import { fieldsOf, postAsAnyOther } from "./capture.js";
import { useHands } from "./hands.js";
import { time } from "./marks.js";
import { Moments, OF_VISIT } from "./moments.js";
import { notHere, sayKept, sayNotKept } from "./not-kept.js";
import { begun, changes, keep, person, ready, shownTo } from "./tablet.js";
import { LastNote } from "./visit-last.js";

const root = document.querySelector("[data-visit]");
const { visit, school } = root.dataset;
const known = JSON.parse(root.dataset.own);
const notes = new Moments(known.notes, known.count, OF_VISIT);
const last = new LastNote(root, notes, known.kinds);
const place = root.querySelector(".page");
let pressed = null; // ticks of the finger that went down

function stamp() {
  const ticks = pressed ?? performance.now();
  pressed = null;
  return { ticks, at: new Date(Date.now() - (performance.now() - ticks)).toISOString() };
}

async function entry(kind, fields, when = {}) {
  const kept = await keep({ id: crypto.randomUUID(), kind, fields, page: { path: location.pathname, label: school }, ...when });
  sayKept(place);
  return kept;
}

const notKept = (trouble) => { sayNotKept(place, trouble); };

// What stands in the words' box belongs to the note it was typed for.
async function keepWords() {
  const box = root.querySelector("[data-words]");
  const { last: one } = notes;
  const words = box.value.trim();
  if (!words || !one) return;
  box.value = "";
  const said = { visit_note: one.id, words, after: one.versions.join(",") };
  const kept = await entry("visits.add_words", said, { draft: box.dataset.draft }).catch(notKept);
  if (!kept) {
    box.value = [words, box.value].filter(Boolean).join("\n");
    return;
  }
  box.form.dispatchEvent(new CustomEvent("captured", { bubbles: true, detail: kept }));
  notes.take(kept);
  last.draw();
}

async function tap(form, button) {
  const when = stamp();
  navigator.vibrate?.(12);
  const fields = { ...fieldsOf(form, button), visit };
  if (fields.kind === "head") delete fields.year_group; // what a head says is of the school
  const id = crypto.randomUUID();
  const words = keepWords();
  notes.take({ id, kind: "visits.note", at: when.at, fields });
  last.draw();
  await words;
  const kept = await entry("visits.note", fields, { id, ...when }).catch(notKept);
  if (!kept) notes.drop(id);
  if (!kept) last.draw();
}

async function undo() {
  const { last: one } = notes;
  if (!one) return;
  notes.take(await entry("visits.withdraw_note", { visit_note: one.id }));
  last.draw();
}

// "Years 1 and 2" becomes a pad of its own, pressed.
function year(form) {
  const said = form.elements.year.value.trim();
  if (!said) return;
  const pads = root.querySelector("[data-pads-who]");
  const pad = pads.lastElementChild.cloneNode(true);
  const input = pad.querySelector("input");
  Object.assign(input, { value: said, checked: true });
  pad.replaceChildren(input, document.createTextNode(said));
  pads.insertBefore(pad, pads.lastElementChild);
  form.reset();
  form.closest("details").open = false;
}

const DEEDS = { tap, undo, year, words: keepWords };

document.addEventListener("pointerdown", (event) => {
  if (event.target.closest("[data-stamps]")) pressed = performance.now();
}, true);
document.addEventListener("submit", async (event) => {
  const deed = DEEDS[event.target.dataset.deed];
  if (!deed) return;
  event.preventDefault();
  const here = await ready.catch(() => null); // a browser that keeps nothing posts as any other
  if (here?.sync || deed === year) await Promise.resolve(deed(event.target, event.submitter)).catch(notKept);
  else if (here && person) notKept(notHere());
  else postAsAnyOther(event.target, event.submitter);
}, true);

// Take in what this tablet wrote of this visit and the page does not show yet, here or on the visit's own page.
async function begin() {
  const { outbox, sync } = await begun;
  for (const one of sync ? await outbox.entries(person) : []) {
    const isOld = one.standing === "sent" && one.number <= shownTo;
    const isOurs = one.fields?.visit === visit || notes.found.has(one.fields?.visit_note);
    if (!one.locked && !isOld && isOurs && one.standing !== "refused") notes.take(one);
  }
  last.draw();
}

const tick = () => { root.querySelector("[data-clock]").textContent = time(new Date()); };

useHands(root);
setInterval(tick, 5_000);
tick();
begin();
changes.addEventListener("change", () => last.draw());
