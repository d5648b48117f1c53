// Capture while pupils work: who, saw, words. A finger that goes down stamps the moment; the entry is kept on this tablet
// and drawn before anything is sent. Words typed for a moment belong to that moment even when the next pad is tapped.

import { fieldsOf, postAsAnyOther } from "./capture.js";
import { readCode, shortOf } from "./codes.js";
import { notHere, sayKept, sayNotKept } from "./not-kept.js";
import { LessonClock, say } from "./lesson-clock.js";
import { Moments } from "./moments.js";
import { changes, isFresh, keep, person, ready, shownTo } from "./tablet.js";

const ASKS_EVERY = 5_000;
const root = document.querySelector("[data-lesson]");
const lesson = root.dataset.lesson;
const find = (name) => root.querySelector(`[data-${name}]`);
const known = JSON.parse(root.dataset.own);
const moments = new Moments(known.moments, known.count);
const { started, ended, now } = root.dataset;
let clock = new LessonClock({ started, ended, now: isFresh ? now : null });
let life = null; // the stretch of time that the clock was set in: see outbox.boot
let pressed = null; // ticks of the finger that went down

function stamp() {
  const ticks = pressed ?? performance.now();
  pressed = null;
  const at = new Date(Date.now() - (performance.now() - ticks)).toISOString();
  return { ticks, at, fields: clock.stamp(ticks) };
}

async function entry(kind, fields, when = {}) {
  const kept = await keep({ id: crypto.randomUUID(), kind, fields, page: { path: location.pathname, label: root.dataset.topic }, ...when });
  sayKept(root.querySelector(".page"));
  return kept;
}

function notKept(trouble) {
  sayNotKept(root.querySelector(".page"), trouble);
}

async function tick() {
  const { outbox } = await ready.catch(() => ({}));
  // the tablet slept, or its wall clock was moved: its ticks are behind, and the clock is set anew
  if (life && outbox.boot !== life) await setClock({ started: clock.started, ended: clock.ended });
  const second = clock.second();
  find("clock").textContent = say(second ?? 0);
  find("not-started").hidden = second !== null;
}

function draw() {
  const last = moments.last;
  find("count").textContent = `${moments.count} ${moments.count === 1 ? "moment" : "moments"}`;
  find("nothing").hidden = Boolean(last);
  find("last").hidden = !last;
  if (!last) return;
  const when = last.second === null ? new Date(last.at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" }) : say(last.second);
  find("stamp").textContent = when;
  find("who").textContent = last.code ?? "";
  find("saw").replaceChildren(...sawOf(last.predicted));
  find("last-words").textContent = last.words ?? "";
  find("last-words").hidden = !last.words;
  find("undo").textContent = `Undo ${when}`;
}

// The pad that was pressed says what was seen; its mark and words are drawn again from it.
function sawOf(predicted) {
  const pad = root.querySelector(`[name="predicted"][value="${CSS.escape(predicted ?? "")}"]`);
  return pad ? [...pad.cloneNode(true).childNodes] : [known.predicted[predicted] ?? ""];
}

// What stands in the words' box belongs to the moment it was typed for.
async function keepWords() {
  const box = find("words");
  const last = moments.last;
  const words = box.value.trim();
  if (!words || !last) return;
  box.value = "";
  const said = { noticing: last.id, words, after: last.versions.join(",") };
  const kept = await entry("lessons.add_words", said, { draft: box.dataset.draft }).catch(notKept);
  if (!kept) {
    box.value = [words, box.value].filter(Boolean).join("\n");
    return;
  }
  box.form.dispatchEvent(new CustomEvent("captured", { bubbles: true, detail: kept }));
  moments.take(kept);
  draw();
}

async function tap(form, button) {
  const when = stamp();
  navigator.vibrate?.(12);
  const fields = { ...fieldsOf(form, button), lesson, ...when.fields };
  const id = crypto.randomUUID();
  const words = keepWords();
  moments.take({ id, kind: "lessons.notice", at: when.at, fields });
  draw();
  await words;
  const kept = await entry("lessons.notice", fields, { id, at: when.at, ticks: when.ticks }).catch(notKept);
  if (!kept) moments.drop(id);
  if (!kept) draw();
  performance.measure("tap kept", { start: when.ticks, end: performance.now() });
}

async function phase(form, button) {
  const when = stamp();
  for (const one of form.querySelectorAll("button")) one.setAttribute("aria-pressed", String(one === button));
  await entry("lessons.mark_phase", { lesson, phase: button.value, ...when.fields }, { at: when.at, ticks: when.ticks });
}

async function undo() {
  const last = moments.last;
  if (!last) return;
  const taken = await entry("lessons.withdraw_noticing", { noticing: last.id });
  moments.take(taken);
  draw();
}

// "Pupil Q" becomes a pad of its own, pressed.
function watch(form) {
  const code = readCode(form.elements.who.value);
  form.querySelector("[data-no-code]").hidden = Boolean(code);
  if (!code) return;
  const pads = root.querySelector("[data-pads-who]");
  const pad = pads.lastElementChild.cloneNode(true);
  const input = pad.querySelector("input");
  Object.assign(input, { value: code, checked: true });
  pad.replaceChildren(input, document.createTextNode(shortOf(code)));
  pads.insertBefore(pad, pads.lastElementChild);
  form.reset();
  form.closest("details").open = false;
}

async function start(form) {
  const when = stamp();
  clock.startHere(when.ticks);
  await entry("lessons.start", { lesson }, { at: when.at, ticks: when.ticks });
  form.closest("[data-not-started]").hidden = true;
}

const DEEDS = { tap, start, phase, undo, watch, words: keepWords };

document.addEventListener("pointerdown", (event) => {
  if (event.target.closest("[data-stamps]")) pressed = performance.now();
}, true);
document.addEventListener("submit", async (event) => {
  const deed = DEEDS[event.target.dataset.deed];
  if (!deed) return;
  event.preventDefault();
  const here = await ready.catch(() => null); // a browser that keeps nothing posts as any other
  if (here?.sync || deed === watch) await Promise.resolve(deed(event.target, event.submitter)).catch(notKept);
  else if (here && person) notKept(notHere());
  else postAsAnyOther(event.target, event.submitter);
}, true);

// What the others' tablets said of the start and the phase. Nothing waits for this.
async function ask() {
  if (document.hidden) return;
  const { sync } = await ready;
  const answer = await sync?.look(`/lessons/${lesson}/now`).catch(() => null);
  if (!answer) return;
  clock.set({ started: answer.started_at, ended: answer.ended_at, now: answer.now });
  const { outbox } = await ready;
  const own = (await outbox.unsent(person)).some((one) => one.kind === "lessons.mark_phase");
  for (const one of root.querySelectorAll("[data-phases] button")) {
    if (!own) one.setAttribute("aria-pressed", String(one.value === answer.phase));
  }
}

async function setClock(facts) {
  const { outbox } = await ready;
  life = outbox.boot;
  const { isOurs } = clock;
  clock = new LessonClock(facts, (await outbox.fact("skew")) ?? null);
  clock.isOurs = isOurs;
}

async function begin() {
  const { outbox, sync } = await ready;
  if (!sync) return;
  await setClock({ started, ended, now: isFresh ? now : null });
  for (const one of await outbox.entries(person)) {
    const isOld = one.standing === "sent" && one.number <= shownTo;
    if (one.locked || isOld) continue;
    if (one.page?.path === location.pathname) moments.take(one);
    const isStart = one.kind === "lessons.start" && one.fields.lesson === lesson && one.standing !== "refused";
    if (isStart) clock.startHere(performance.now() - (Date.now() - Date.parse(one.at)));
  }
  draw();
  ask();
  setInterval(ask, ASKS_EVERY);
}

setInterval(tick, 250);
tick();
begin();
changes.addEventListener("change", draw);
