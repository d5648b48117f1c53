// One's own sketches in quiet notes: those that this tablet has and the page does not show yet, with where they stand.

import "./capture.js";
import { say, standingOf } from "./marks.js";
import { picture } from "./sketch-svg.js";
import { changes, person, ready, shownTo } from "./tablet.js";

const place = document.querySelector("[data-own-sketches]");
const drawn = new Map();

function make(entry) {
  const made = document.getElementById("own-sketch").content.cloneNode(true).firstElementChild;
  made.querySelector("figure").prepend(picture(JSON.parse(entry.fields.drawn).things, entry.fields.described));
  made.querySelector("[data-described]").textContent = entry.fields.described;
  place.append(made);
  return made;
}

function fill(made, entry) {
  say(made.querySelector("[data-sketch-mark]"), ...standingOf(entry));
  const why = made.querySelector("[data-sketch-why]");
  why.textContent = Object.values(entry.errors ?? {}).flat().join(" ");
  why.hidden = !why.textContent;
}

async function draw() {
  const { outbox, sync } = await ready;
  if (!sync) return;
  for (const entry of await outbox.entries(person)) {
    const isOurs = !entry.locked && entry.kind === "lessons.sketch" && entry.fields.lesson === place.dataset.lesson;
    const isShown = (entry.standing === "sent" && entry.number <= shownTo) || document.querySelector(`.sketch[data-entry="${entry.id}"]`);
    if (!isOurs || entry.standing === "aside" || (isShown && !drawn.has(entry.id))) continue;
    if (!drawn.has(entry.id)) drawn.set(entry.id, make(entry));
    fill(drawn.get(entry.id), entry);
  }
}

let drawing = draw();
changes.addEventListener("change", () => { drawing = drawing.then(draw, draw); }); // one that failed holds up none after it
