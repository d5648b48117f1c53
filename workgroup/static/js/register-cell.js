// One name of the register: its pad, marked or not, and what stands under it, in the page's own words. Made from the page's
// templates; static/js/register-drawing.js puts it in its place.

import { shape, time } from "./marks.js";

const ICONS = { present: "here", apologies: "apologies", absent: "no-word", "not expected": "not-expected" };
export const template = (name) => document.getElementById(name).content.cloneNode(true).firstElementChild;

function isLate({ in_at, in_time }, starts) {
  return in_time ? in_time > time(starts) : in_at > starts && in_at.slice(0, 10) === starts.slice(0, 10);
}

// What stands under a name, in the page's own words.
export function saysOf(mark, starts) {
  if (mark.status === "present") {
    const left = mark.out_time ?? (mark.out_at && time(mark.out_at));
    return `${mark.in_time ?? time(mark.in_at)}${isLate(mark, starts) ? ", late" : ""}${left ? ` to ${left}` : ""}${mark.by_leader ? "" : ", checked in"}`;
  }
  if (mark.status === "apologies") return mark.told_on ? `Told us ${dayOf(mark.told_on)}` : "Apologies";
  return mark.status === "absent" ? "No word" : "Not expected";
}

function dayOf(day) {
  const [weekday, month] = ["weekday", "month"].map((part) =>
    new Date(`${day}T12:00:00Z`).toLocaleDateString("en-GB", { [part]: "short", timeZone: "UTC" }).slice(0, 3));
  return `${weekday} ${Number(day.slice(8))} ${month}`;
}

export function cell({ id, name }, mark, starts) {
  if (!mark) {
    const made = template("unmarked");
    made.querySelector("[data-name]").textContent = name;
    made.querySelector("[data-here]").dataset.here = id;
    Object.assign(made.querySelector("[data-ask]").dataset, { ask: id });
    made.querySelector("[data-for]").textContent = `: ${name}`;
    return [...made.childNodes];
  }
  const made = template("marked");
  made.classList.toggle("here", mark.status === "present");
  made.dataset.ask = id;
  made.querySelector("[data-icon]").replaceWith(document.getElementById(`icon-${ICONS[mark.status]}`).content.cloneNode(true));
  made.querySelector("[data-name]").textContent = name;
  made.querySelector("[data-standing-here]").prepend(shape("here"));
  made.querySelector("[data-since]").hidden = mark.status !== "present";
  made.querySelector("[data-says]").textContent = saysOf(mark, starts);
  return [made];
}
