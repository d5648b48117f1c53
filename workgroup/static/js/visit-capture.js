// Capture during a visit: a year group, what it is, words. A finger that goes down stamps the note; it is kept on this
// tablet and drawn before anything is sent. Words typed for a note belong to that note even when the next pad is tapped.

import { fieldsOf } from "./capture.js";
import { useHands } from "./hands.js";
import { time } from "./marks.js";
import { Moments, OF_VISIT } from "./moments.js";
import { Pads, stamp } from "./pads.js";
import { begun, changes, person, shownTo } from "./tablet.js";
import { LastNote } from "./visit-last.js";

const root = document.querySelector("[data-visit]");
const { visit, school } = root.dataset;
const known = JSON.parse(root.dataset.own);
const notes = new Moments(known.notes, known.count, OF_VISIT);
const last = new LastNote(root, notes, known.kinds);
const pads = new Pads(root, {
  moments: notes, last, label: school, words: { kind: "visits.add_words", names: "visit_note" },
});

async function tap(form, button) {
  const when = stamp();
  navigator.vibrate?.(12);
  const fields = { ...fieldsOf(form, button), visit };
  if (fields.kind === "head") delete fields.year_group; // what a head says is of the school
  await pads.tap("visits.note", fields, when);
}

// "Years 1 and 2" becomes a pad of its own, pressed.
function year(form) {
  const said = form.elements.year.value.trim();
  if (said) pads.add(form, said, said);
}

const undo = () => pads.undo("visits.withdraw_note");
const words = () => pads.keepWords();
pads.listen({ tap, undo, year, words }, year);

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
