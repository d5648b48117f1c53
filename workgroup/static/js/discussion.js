// The live discussion: what others write, mark and move comes by asking; the chair's step is shown at once; a note that
// begins as judgement is nudged before it is kept. What somebody is writing or has the focus in is left alone.

import { send } from "./tablet.js";
import { pause } from "./timeline.js";

const root = document.querySelector(".discussion");
const look = document.getElementById("look");

const stepNow = (page) => page.querySelector("[data-step][aria-current] strong")?.textContent;
let wasPressed = false; // the step was gone on from here: the focus goes back to where it was once it is drawn anew

// Put what came into its places. A local line goes once the server shows the same entry.
function take(text, page = root) {
  const before = stepNow(page);
  const told = document.createElement("template");
  told.innerHTML = text;
  const news = told.content.querySelector("[data-news]");
  if (!news) return null; // nothing new, or not from us
  for (const part of news.querySelectorAll("[data-live]")) {
    const place = page.querySelector(`[data-live="${CSS.escape(part.dataset.live)}"]`);
    if (!place || place.innerHTML === part.innerHTML || place.contains(document.activeElement)) continue;
    place.replaceChildren(...part.childNodes);
  }
  for (const local of page.querySelectorAll("[data-local][data-entry]")) {
    if (page.querySelector(`[data-entry="${CSS.escape(local.dataset.entry)}"]:not([data-local])`)) local.remove();
  }
  const step = stepNow(page);
  const said = page.querySelector("[data-arrived]");
  if (said && step !== before) said.textContent = `Now: ${step}.`;
  if (wasPressed && document.activeElement === document.body) page.querySelector(".steps .button.first")?.focus({ preventScroll: true });
  wasPressed = false;
  return news.dataset.news;
}

function watch() {
  let timer, news = performance.now(), isLooking = false;
  const later = () => {
    clearTimeout(timer);
    if (!document.hidden) timer = setTimeout(now, pause(performance.now() - news));
  };
  function now() {
    clearTimeout(timer);
    if (isLooking || document.hidden) return;
    isLooking = true;
    look.dispatchEvent(new Event("look"));
  }
  look.addEventListener("htmx:afterRequest", ({ detail }) => {
    isLooking = false;
    if (detail.xhr.status === 404) return location.reload(); // no longer theirs to see
    const number = detail.successful ? take(detail.xhr.responseText) : null;
    if (number) {
      look.elements.after.value = number;
      news = performance.now();
      clock();
    }
    later();
  });
  document.addEventListener("visibilitychange", () => (document.hidden ? clearTimeout(timer) : now()));
  later();
}

// How long the step has lasted, by the server's clock as the step came.
function clock() {
  const place = root.querySelector("[data-since]");
  if (!place) return;
  const { since, now } = place.dataset;
  place.seen ??= performance.now();
  const minutes = Math.max(0, Math.floor((Date.parse(now) - Date.parse(since) + performance.now() - place.seen) / 60_000));
  place.textContent = minutes ? `${minutes} min` : "just now";
}

// The large button offers the step after this one; after the last there is only the end.
function goOn(step) {
  const button = root.querySelector(".steps .button[name=step]");
  const next = root.querySelector(`[data-step="${CSS.escape(step)}"]`)?.nextElementSibling;
  if (!button) return;
  button.hidden = !next;
  if (!next) return;
  const form = button.closest("form");
  button.value = next.dataset.step;
  form.dataset.fields = JSON.stringify({ ...JSON.parse(form.dataset.fields), step: next.dataset.step });
  button.textContent = `On to: ${next.querySelector("strong").textContent.toLowerCase()}`;
}

// The step that was tapped is the step, also without a line.
document.addEventListener("captured", ({ detail }) => {
  if (detail.kind !== "lessons.step") return;
  for (const item of root.querySelectorAll("[data-step]")) {
    if (item.dataset.step === detail.fields.step) item.setAttribute("aria-current", "step");
    else item.removeAttribute("aria-current");
  }
  const step = root.querySelector('[data-judges] [name="step"]');
  if (step) step.value = detail.fields.step;
  goOn(detail.fields.step);
  wasPressed = root.querySelector(".steps").contains(document.activeElement);
  document.activeElement?.blur(); // the next look draws the step anew
  send().then(() => look?.dispatchEvent(new Event("look")));
});

function nudge(box) {
  const form = box.closest("[data-judges]");
  if (form) form.querySelector("[data-nudge]").hidden = !new RegExp(form.dataset.judges, "i").test(box.value);
}
document.addEventListener("input", ({ target }) => { if (target.name === "words") nudge(target); });
for (const box of root.querySelectorAll('[data-judges] [name="words"]')) nudge(box); // written before this module had come
document.addEventListener("captured", ({ target }) => {
  const said = target.querySelector?.("[data-nudge]");
  if (said) said.hidden = true;
});

if (look) watch();
setInterval(clock, 20_000);
clock();
