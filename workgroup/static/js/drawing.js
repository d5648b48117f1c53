// What was written on this page and is not in what the server drew: drawn from a `<template>` with textContent, with the
// mark of where it stands. `[data-drawn="KIND"]` is the place; inside it a template with `[data-words="FIELD"]` slots.

import "./capture.js";
import { readCode } from "./codes.js";
import { say as clockSays } from "./lesson-clock.js";
import { say, standingOf, time } from "./marks.js";
import { changes, person, ready, shownTo } from "./tablet.js";

const path = location.pathname + location.search;
const drawn = new Map();

function isMine(entry, place) {
  if (place.dataset.drawn !== entry.kind || entry.locked) return false;
  if (place.contains(drawn.get(entry.id) ?? null)) return true;
  const about = JSON.parse(place.dataset.about ?? "null");
  if (!about) return entry.page?.path === path;
  return Object.entries(about).every(([name, value]) => entry.fields[name] === value || entry.id === value);
}

// The page shows already what had arrived when the server drew it.
function isShown(entry) {
  const own = entry.standing === "sent" && entry.number <= shownTo;
  return own || Boolean(document.querySelector(`[data-entry="${entry.id}"]:not([data-local])`));
}

function shown(name, value = "") {
  return name === "code" ? (readCode(value) ?? value) : value;
}

function make(entry, place) {
  const made = place.querySelector("template").content.cloneNode(true).firstElementChild;
  made.dataset.entry = entry.id;
  // what can be said about an entry that is only here names it by its id, as it will be on the server
  for (const part of made.querySelectorAll("[data-about-entry]")) {
    const about = JSON.stringify({ [part.dataset.aboutEntry]: entry.id });
    part.dataset[part.dataset.drawn ? "about" : "fields"] = about;
  }
  made.dataset.local = "";
  place.append(made);
  return made;
}

function fill(made, entry) {
  for (const slot of made.querySelectorAll("[data-words]")) {
    const name = slot.dataset.words;
    const value = entry.fields[name];
    slot.textContent = slot.dataset.says ? (JSON.parse(slot.dataset.says)[value] ?? "") : shown(name, value);
    slot.hidden = !slot.textContent;
  }
  const clock = made.querySelector(":scope > .aside [data-when]");
  if (clock && entry.kind === "lessons.notice") {
    clock.hidden = false;
    clock.textContent = entry.fields.second === undefined ? time(entry.at) : lessonTime(entry.fields.second);
  }
  const [name, words] = standingOf(entry);
  const mark = made.querySelector("[data-mark]");
  if (mark.dataset.said !== words) {
    mark.dataset.said = words;
    say(mark, name, words);
  }
  const why = made.querySelector("[data-why]");
  const sentences = Object.values(entry.errors ?? {}).flat();
  if (why) {
    why.hidden = !sentences.length;
    why.querySelector("span").textContent = sentences.join(" ");
  }
}

// Seconds as the tablet stamped them, or what was typed up from paper.
function lessonTime(second) {
  return /^\d+$/.test(second) ? clockSays(Number(second)) : second;
}

export async function draw() {
  const { outbox, sync } = await ready;
  if (!sync || !document.querySelector("[data-drawn]")) return;
  const entries = await outbox.entries(person);
  // what is drawn may have places of its own: the list grows while it is walked
  const places = document.getElementsByClassName("drawn");
  const before = drawn.size;
  for (let at = 0; at < places.length; at += 1) {
    const place = places[at];
    for (const entry of entries.filter((one) => isMine(one, place))) {
      const made = drawn.get(entry.id) ?? (isShown(entry) ? null : make(entry, place));
      if (made) fill(made, entry);
      if (made) drawn.set(entry.id, made);
    }
    for (const empty of document.querySelectorAll(`[data-empty-for="${place.id}"]`)) empty.hidden ||= place.children.length > 1;
  }
  if (drawn.size > before) document.dispatchEvent(new Event("drawn"));
}

let drawing = Promise.resolve();
changes.addEventListener("change", () => { drawing = drawing.then(draw, draw); }); // one that failed holds up none after it
draw();
