// Boxes that are being written in: `[data-draft]` is kept sealed on this tablet at every key, and put back when the page
// is opened again, so that a killed browser or a dead battery loses one key at most.

import { person, ready } from "./tablet.js";

const waiting = new Map();
let writing = null;

// The newest value of each box is written, one after another; what came meanwhile is written next.
async function write() {
  const { outbox } = await ready;
  while (waiting.size) {
    const [name, value] = waiting.entries().next().value;
    waiting.delete(name);
    await outbox.draft(name, person, value).catch(() => {});
  }
  writing = null;
}

function note(box) {
  waiting.set(box.dataset.draft, box.value);
  writing ??= write();
}

export async function putBack(root = document) {
  const { outbox, sync } = await ready;
  const boxes = [...root.querySelectorAll("[data-draft]:is(textarea, input)")];
  if (!sync || !boxes.length) return;
  const drafts = await outbox.drafts(person);
  for (const box of boxes) {
    const draft = drafts.get(box.dataset.draft);
    if (!draft || box.value === draft || box === document.activeElement) continue;
    box.value = box.value && !draft.includes(box.value) ? `${box.value}\n\n${draft}` : draft;
    box.closest("details")?.setAttribute("open", "");
  }
}

document.addEventListener("input", (event) => {
  if (event.target.matches("[data-draft]")) note(event.target);
});
// what became an entry is no draft any more; the box it came from may still have a write on its way
document.addEventListener("captured", (event) => {
  for (const box of event.target.querySelectorAll("[data-draft]")) waiting.delete(box.dataset.draft);
});
putBack();
