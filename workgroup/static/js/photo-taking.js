// Taking a picture in quiet notes: chosen or photographed, drawn over, described, and only then kept.

import { fieldsOf, missing } from "./capture.js";
import { time } from "./marks.js";
import { Picture } from "./picture.js";
import { announced, cut } from "./pieces.js";
import { keep } from "./tablet.js";

const find = (name) => document.querySelector(`[data-${name}]`);
const form = find("photo-form");
const picture = form && new Picture(find("canvas"), find("square"), find("square-said"));

function trouble(words = "") {
  find("photo-trouble").textContent = words;
  find("photo-trouble").hidden = !words;
}

async function take(event) {
  const [file] = event.target.files;
  event.target.value = "";
  if (!file) return;
  trouble();
  try {
    await picture.take(file);
  } catch {
    trouble("This browser cannot read that as a picture. Take it again, or choose another.");
    return;
  }
  form.hidden = false;
  find("canvas").focus();
}

function leave() {
  picture.clear();
  form.reset();
  form.hidden = true;
}

async function keepIt(event) {
  event.preventDefault();
  const button = event.submitter;
  if (button?.disabled || missing(form)) return;
  if (button) button.disabled = true; // a second tap while the first is being sealed is the same picture
  try {
    const { bytes, width, height } = await picture.jpeg();
    const fields = { ...fieldsOf(form), ...(await announced(bytes)), width, height };
    const page = { path: location.pathname, label: form.dataset.label };
    await keep({ id: crypto.randomUUID(), kind: "lessons.photo", fields, page, pieces: cut(bytes) });
    leave();
    find("own-photos").scrollIntoView({ block: "nearest" });
  } catch (why) {
    trouble(why.message.endsWith(".") ? why.message : "This tablet could not keep the picture. Make room, then press again.");
  } finally {
    if (button) button.disabled = false;
  }
}

function undo() {
  find("square-said").textContent = picture.undo() ? "The last smudge is undone." : "Nothing is smudged.";
}

// One's own moments that only this tablet knows can have a picture too.
export function offerMoments(entries) {
  const list = find("moments-of");
  for (const { id, kind, at, fields } of list ? entries : []) {
    if (kind !== "lessons.notice" || fields.lesson !== list.dataset.momentsOf) continue;
    if ([...list.options].some((one) => one.value === id)) continue;
    list.add(new Option(`${time(at)} ${fields.code ?? ""} ${(fields.words ?? "").slice(0, 40)}`, id));
  }
}

if (form) {
  for (const input of document.querySelectorAll("[data-photo-file]")) {
    input.addEventListener("change", take);
    take({ target: input }); // chosen before this module had come
  }
  form.addEventListener("submit", keepIt);
  find("undo").addEventListener("click", undo);
  find("leave").addEventListener("click", leave);
}
