// Long texts are written on: `<form data-follows>` names in `after` what it was written from, and what is written next on
// this tablet follows what was written here last, sent or not. `data-follows="reflection"` also names the thing itself,
// which the first version makes.

import { begun, person, shownTo } from "./tablet.js";

function isOf(entry, form, roots) {
  const root = form.dataset.follows;
  if (entry.locked || entry.kind !== form.dataset.capture) return false;
  if (root && roots.has(entry.fields[root])) return true;
  return Object.entries(JSON.parse(form.dataset.fields)).every(([name, value]) => entry.fields[name] === value);
}

export function follow(form, entry) {
  const root = form.dataset.follows;
  form.elements.after.value = entry.id;
  if (!root) return;
  form.dataset.fields = JSON.stringify({ [root]: entry.fields[root] ?? entry.id });
  for (const place of document.querySelectorAll(`[data-drawn="${entry.kind}"]`)) place.dataset.about = form.dataset.fields;
}

// The answers of an entry in their boxes, by the question they answer; what this page does not offer gets a box as well,
// or the next version would be without it.
function putAnswers(form, fields) {
  const rows = [...form.querySelectorAll('[name^="answers-"][name$="-prompt"]')];
  for (const [name, words] of Object.entries(fields)) {
    const number = /^answers-(\d+)-words$/.exec(name)?.[1];
    if (!number) continue;
    const prompt = fields[`answers-${number}-prompt`] ?? "";
    const known = prompt && rows.find((row) => row.value === prompt);
    const box = known ? form.elements[known.name.replace("prompt", "words")] : addBox(form, prompt, rows);
    if (box !== document.activeElement) box.value = words;
    box.closest("details")?.setAttribute("open", "");
  }
}

function addBox(form, prompt, rows) {
  const number = Math.max(-1, ...rows.map((row) => Number(row.name.split("-")[1]))) + 1;
  const row = Object.assign(document.createElement("input"), { type: "hidden", name: `answers-${number}-prompt`, value: prompt });
  const said = Object.assign(document.createElement("label"), { textContent: "More that you wrote", className: "field" });
  const box = Object.assign(document.createElement("textarea"), { name: `answers-${number}-words`, className: "ruled", rows: 3 });
  said.append(box);
  form.elements.words.closest(".field").after(row, said);
  rows.push(row);
  return box;
}

// After a reload without a line: what waits here is newer than what the page shows.
async function catchUp(form) {
  const { outbox, sync } = await begun;
  if (!sync) return;
  const roots = new Set();
  let last = null;
  for (const entry of await outbox.entries(person)) {
    if (entry.standing === "sent" && entry.number <= shownTo) continue;
    if (!isOf(entry, form, roots)) continue;
    roots.add(entry.fields[form.dataset.follows] ?? entry.id);
    last = entry;
  }
  if (!last) return;
  follow(form, last);
  const box = form.elements.words;
  if (box !== document.activeElement) box.value = last.fields.words;
  putAnswers(form, last.fields);
}

for (const form of document.querySelectorAll("form[data-follows]")) catchUp(form);
document.addEventListener("captured", (event) => {
  if (event.target.dataset.follows !== undefined) follow(event.target, event.detail);
  for (const note of event.target.querySelectorAll("[data-kept]")) note.hidden = false;
});
