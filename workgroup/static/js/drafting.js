// Boxes that are being written in: `[data-draft]` is kept sealed on this tablet at every key, and put back when the page
// is opened again, so that a killed browser or a dead battery loses one key at most.

import { begun, person, ready } from "./tablet.js";

const waiting = new Map();
let writing = null;

// The newest value of each box is written, one after another; what came meanwhile is written next.
async function write() {
  const { outbox } = await begun;
  while (waiting.size) {
    const [name, value] = waiting.entries().next().value;
    waiting.delete(name);
    await outbox.draft(name, person, value).catch(() => {});
  }
  writing = null;
}

function note(box, value = box.value) {
  waiting.set(box.dataset.draft, value);
  writing ??= write();
}

export async function putBack(root = document) {
  const { outbox, sync } = await begun;
  const boxes = [...root.querySelectorAll("[data-draft]:is(textarea, input)")];
  if (!sync || !boxes.length) return;
  await fill(boxes, await outbox.drafts(person));
}

async function fill(boxes, drafts) {
  for (const box of boxes) {
    const draft = drafts.get(box.dataset.draft);
    if (!draft || box.value.includes(draft) || box === document.activeElement) continue;
    box.value = box.value && !draft.includes(box.value) ? `${box.value}\n\n${draft}` : draft;
    box.closest("details")?.setAttribute("open", "");
  }
}

document.addEventListener("input", (event) => {
  if (event.target.matches("[data-draft]")) note(event.target);
});
// What became an entry is no draft any more. A write of it may be on its way still, so it is taken out once more behind
// that; what was typed since stays.
document.addEventListener("captured", (event) => {
  for (const box of event.target.querySelectorAll("[data-draft]")) {
    const isNew = box.value.trim() && box.value.trim() !== event.detail.fields[box.name]?.trim();
    note(box, isNew ? box.value : "");
  }
});

// A draft from before the last sign-in is read once the server has given its key back.
async function begin() {
  await putBack();
  const { outbox, sync } = await begun;
  const missing = sync && document.querySelector("[data-draft]") ? await outbox.missingSeals(person) : [];
  if (!missing.length) return;
  await sync.takeKeys(missing).catch(() => {}); // without a line they stay where they are
  await putBack();
}
begin();
