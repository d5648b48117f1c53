// A picture in quiet notes: it belongs to the lesson, and to a moment of one's own where one is chosen.

import { time } from "./marks.js";
import { takePictures } from "./photo-form.js";
import { begun, changes, keep, person } from "./tablet.js";

const form = document.querySelector("[data-photo-form]");
const list = document.querySelector("[data-moments-of]");

async function keepIt(fields, pieces) {
  const page = { path: location.pathname, label: form.dataset.label };
  await keep({ id: crypto.randomUUID(), kind: "lessons.photo", fields, page, pieces });
  document.querySelector("[data-own-photos]").scrollIntoView({ block: "nearest" });
}

// One's own moments that only this tablet knows can have a picture too.
async function offerMoments() {
  const { outbox, sync } = await begun;
  if (!sync) return;
  const entries = (await outbox.entries(person)).filter((entry) => !entry.locked);
  for (const { id, kind, at, fields } of entries) {
    if (kind !== "lessons.notice" || fields.lesson !== list.dataset.momentsOf) continue;
    if ([...list.options].some((one) => one.value === id)) continue;
    list.add(new Option(`${time(at)} ${fields.code ?? ""} ${(fields.words ?? "").slice(0, 40)}`, id));
  }
}

if (form) {
  takePictures(form, keepIt);
  changes.addEventListener("change", offerMoments);
  offerMoments();
}
