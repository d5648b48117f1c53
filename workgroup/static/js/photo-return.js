// A picture that comes back with a gap task: the words first, as a return of their own, then the picture that belongs to it.
// Each is kept for itself, so that a picture that cannot be kept takes no words with it.

import { takePictures } from "./photo-form.js";
import { keep } from "./tablet.js";

const form = document.querySelector("[data-photo-form]");
const WORDS = ["went", "words"];

async function theReturn({ gap_task, went, words }, page) {
  if (form.dataset.given) return form.dataset.given;
  const id = form.elements.change_id.value;
  const draft = form.querySelector("[data-draft]")?.dataset.draft;
  await keep({ id, kind: "tasks.return", fields: { gap_task, went, ...(words && { words }) }, page, draft });
  form.dataset.given = id; // the picture may fail and be tried again; the words are said once
  for (const name of WORDS) for (const box of form.querySelectorAll(`[name="${name}"]`)) box.closest(".field").hidden = true;
  return id;
}

takePictures(form, async (fields, pieces) => {
  const page = { path: form.dataset.then, label: form.dataset.label };
  const gap_task_return = await theReturn(fields, page);
  for (const name of ["gap_task", ...WORDS]) delete fields[name];
  await keep({ id: crypto.randomUUID(), kind: "tasks.photo", fields: { ...fields, gap_task_return }, page, pieces });
  location.assign(form.dataset.then);
});
