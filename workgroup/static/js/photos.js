// One's own pictures: shown from this tablet until the server has them, with how far they are; one that was taken away for
// everyone goes from here too. `[data-own-photos="KIND"]` is the place, its `data-fields` what they belong to; places come
// and go with what is drawn. How a picture is taken is in photo-form.js.

import "./capture.js";
import { say, standingOf } from "./marks.js";
import { changes, person, ready, send } from "./tablet.js";

const places = () => [...document.querySelectorAll("[data-own-photos]")];
const shown = new Map(); // photo → the address of its bytes, for this page
const itemOf = (id) => document.querySelector(`[data-own-photo="${id}"]`);

// Where on this page a picture belongs, if it does.
function placeOf(entry) {
  const isOf = ([name, value]) => entry.fields[name] === value;
  return places().find(({ dataset }) => dataset.ownPhotos === entry.kind && Object.entries(JSON.parse(dataset.fields)).every(isOf));
}

function itemFor(entry, place) {
  const there = itemOf(entry.id);
  if (there) return there;
  const made = document.getElementById("own-photo").content.cloneNode(true).firstElementChild;
  made.dataset.ownPhoto = entry.id;
  made.querySelector("[data-capture]").dataset.fields = JSON.stringify({ photo: entry.id });
  place.append(made);
  return made;
}

async function again(id) {
  const { outbox } = await ready;
  await outbox.settlePhoto(id, { standing: "here", trouble: null });
  send();
}

function fill(item, entry) {
  say(item.querySelector("[data-photo-mark]"), ...standingOf(entry));
  const why = item.querySelector("[data-photo-why]");
  why.textContent = [...Object.values(entry.errors ?? {}).flat(), entry.photo?.trouble ?? ""].join(" ").trim();
  why.hidden = !why.textContent;
  const button = item.querySelector("[data-photo-again]");
  button.hidden = !(entry.standing === "sent" && entry.photo?.standing === "refused");
  button.onclick ??= () => again(entry.id);
}

// A kept page shows the server's picture, which is not to be had without a line.
const isBroken = (image) => image.complete && !image.naturalWidth;

async function showPicture(item, entry, outbox) {
  const there = item.querySelector("img[src]");
  if (shown.has(entry.id) || (there && !isBroken(there))) return;
  const bytes = await outbox.picture(entry.id);
  if (!bytes) return;
  shown.set(entry.id, URL.createObjectURL(new Blob([bytes], { type: "image/jpeg" })));
  const image = item.querySelector("img") ?? new Image();
  Object.assign(image, { src: shown.get(entry.id), alt: entry.fields.described });
  item.querySelector("figcaption")?.remove(); // it said that the picture has not come
  item.querySelector("figure").prepend(image);
}

function drop(id) {
  const item = itemOf(id);
  URL.revokeObjectURL(shown.get(id));
  if (!item || item.dataset.gone) return;
  item.dataset.gone = "yes";
  const words = "Taken away for everyone.";
  item.replaceChildren(Object.assign(document.createElement("p"), { className: "soft", textContent: words }));
}

// The server has taken it away for everyone: this tablet does so too.
async function forget(outbox, id) {
  const entry = await outbox.entry(id);
  if (entry?.photo && entry.photo.standing !== "gone") await outbox.settlePhoto(id, { standing: "gone", trouble: null });
}

async function draw() {
  const { outbox, sync } = await ready;
  if (!sync) return;
  for (const { dataset } of document.querySelectorAll("[data-gone-photo]")) await forget(outbox, dataset.gonePhoto);
  const entries = (await outbox.entries(person)).filter((entry) => !entry.locked);
  const withdrawn = entries.filter((one) => one.kind.endsWith(".withdraw_photo") && one.standing !== "refused");
  const gone = new Set(withdrawn.map((one) => one.fields.photo));
  for (const entry of entries) {
    const place = placeOf(entry);
    if (place && entry.photo?.standing === "gone") gone.add(entry.id);
    if (!place || gone.has(entry.id)) continue;
    fill(itemFor(entry, place), entry);
    await showPicture(itemOf(entry.id), entry, outbox);
  }
  for (const id of gone) drop(id);
}

let drawing = draw();
const redraw = () => { drawing = drawing.then(draw, draw); }; // one that failed holds up none after it
changes.addEventListener("change", redraw);
document.addEventListener("drawn", redraw); // an entry that is only here has brought its place with it
for (const image of document.querySelectorAll("[data-own-photos] img")) image.addEventListener("error", redraw);
