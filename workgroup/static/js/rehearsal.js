// The dress rehearsal: opens every page of a session in a frame, for which the service worker cuts the line, then writes
// a trial entry, sends it and takes it back. It says line by line what happened, and what to do where it did not.

import { fill, fillFiles, known, remember, sayTried } from "./day-pack.js";
import { say, standingOf } from "./marks.js";
import { TROUBLES } from "./standing.js";
import { keep, person, ready, send } from "./tablet.js";
import { worker } from "./worker.js";

const PATIENCE = 10_000;
const DRAWS_WITHIN = 3_000; // of its last file
const NOTHING = "This cannot be tried just now: no page could be kept on this tablet. Open it again with a line.";
const button = document.querySelector("[data-try]");
const { session } = button.dataset;
const result = document.querySelector("[data-result]");

function note(line, isFine, words) {
  say(line.querySelector("[data-outcome]"), isFine ? "sent" : "refused", words);
  return isFine;
}

function pause(milliseconds) {
  return new Promise((done) => { setTimeout(done, milliseconds); });
}

function hasRules(link) {
  try {
    return link.sheet.cssRules.length > 0;
  } catch {
    return false; // a style that did not come has no rules to look at
  }
}

// A page is open when it is this person's, has its style, and its own modules have drawn where its entries stand.
function isOpen(page) {
  const styles = [...(page?.querySelectorAll('link[rel="stylesheet"]') ?? [])];
  return page?.querySelector('meta[name="tablet"]')?.dataset.person === person && Boolean(page.querySelector("h1"))
    && styles.every(hasRules) && Boolean(page.querySelector("[data-standing] .mark"));
}

async function opens(address) {
  const frame = Object.assign(document.createElement("iframe"), { src: address, className: "rehearsal", title: "Rehearsal", tabIndex: -1 });
  frame.setAttribute("aria-hidden", "true");
  document.body.append(frame);
  let end = performance.now() + PATIENCE;
  frame.addEventListener("load", () => { end = Math.min(end, performance.now() + DRAWS_WITHIN); });
  let isFine = false;
  while (!isFine && performance.now() < end && !isEmpty(frame)) {
    await pause(50);
    isFine = isAt(frame, address) && isOpen(frame.contentDocument);
  }
  frame.remove();
  return isFine;
}

function isAt({ contentDocument }, address) {
  const { pathname, search } = contentDocument?.location ?? {};
  return pathname + search === address;
}

// What the worker answers for a page that it has not kept.
function isEmpty({ contentDocument: page }) {
  return page?.URL !== "about:blank" && page?.readyState === "complete" && !page.querySelector("h1");
}

async function tryPages() {
  let failed = 0;
  for (const line of document.querySelectorAll("[data-page]")) {
    const isFine = await opens(line.dataset.page);
    if (!isFine) failed += 1;
    note(line, isFine, isFine ? "opens without a line" : "does not open. Open it once with a line, then try again.");
  }
  return failed;
}

// A file is only looked for: opened in a frame it would be saved to this tablet once more.
async function tryFiles(told) {
  const missing = await fillFiles(told);
  for (const line of document.querySelectorAll("[data-file]")) {
    const isHere = told.files.some((file) => file.address === line.dataset.file) && !missing.includes(line.dataset.file);
    note(line, isHere, isHere ? "on this tablet" : "not on this tablet yet. It comes with a better line.");
  }
}

// Send, and return how an entry stands then.
async function sent(id) {
  const { outbox } = await ready;
  await send();
  return outbox.entry(id);
}

async function trySending() {
  const line = (step) => document.querySelector(`[data-step="${step}"]`);
  const page = { path: location.pathname, label: document.querySelector("h1").textContent.trim() };
  const trial = crypto.randomUUID();
  const withdrawal = crypto.randomUUID();
  try {
    await keep({ id: trial, kind: "tablet.try", fields: { session }, page });
    note(line("write"), true, "kept on this tablet");
    note(line("send"), ...told(await sent(trial), await ready));
    await keep({ id: withdrawal, kind: "tablet.withdraw_try", fields: { trial }, page });
    return note(line("withdraw"), ...told(await sent(withdrawal), await ready));
  } catch {
    return note(line("write"), false, "could not be kept. This tablet may be full, or nobody is signed in: open Your account, then try again.");
  }
}

function told(entry, { sync }) {
  if (entry.standing === "sent") return [true, standingOf(entry)[1]];
  const why = Object.values(entry.errors ?? {}).flat().join(" ") || TROUBLES[sync.line.state] || "";
  return [false, `not yet. ${why} It goes by itself; try again with a better line.`];
}

async function rehearse() {
  result.textContent = "Trying every page …";
  const told = (await worker) && (await fill(session, "anew"));
  if (told) {
    const failed = await tryPages();
    await tryFiles(told);
    result.textContent = "Sending a trial entry …";
    const tried = { at: new Date().toISOString(), of: told.pages.length, failed, isSent: await trySending() };
    await remember({ ...(await known(session)), tried });
    result.textContent = sayTried(tried);
  } else {
    result.textContent = NOTHING;
  }
}

button.addEventListener("click", async () => {
  button.disabled = true;
  await rehearse().catch(() => { result.textContent = NOTHING; });
  button.disabled = false;
});
known(session).then((told) => { if (told?.tried) result.textContent = sayTried(told.tried); });
