// Ties lock.js to a page of a shared tablet. Whoever keeps something of this person in the browser hears
// `workgroup:lock` on the document and hands what it does to `event.detail.until(promise)`.

import { makeLock } from "./lock.js";

const screen = document.getElementById("locked");
const KEY = "workgroup-touched";
const { seal } = screen.dataset;

const memory = { // `seal ms`: another sign-in on this tablet starts anew; without storage each page counts alone
  read() {
    try {
      const [whose, at] = (localStorage.getItem(KEY) ?? "").split(" ");
      return whose === seal ? Number(at) : null;
    } catch { return null; }
  },
  write(at) {
    try { localStorage.setItem(KEY, `${seal} ${at}`); } catch { /* full, or not allowed */ }
  },
};

function hide() {
  for (const part of document.body.children) { part.hidden = true; part.inert = true; }
  document.title = "Locked – Workgroup";
  document.body.append(screen.content.cloneNode(true));
  document.querySelector("[data-locked]").focus();
}

async function forget() {
  const waiting = [];
  document.dispatchEvent(new CustomEvent("workgroup:lock", { detail: { until: (promise) => waiting.push(promise) } }));
  await Promise.allSettled(waiting);
}

// Ours says so by a header: a wifi login page has none, and what it answers counts for nothing.
async function tell(path) {
  const answer = await fetch(path, { method: "POST", keepalive: true, signal: AbortSignal.timeout(15_000) });
  if (answer.headers.has("Workgroup-Locked")) return "locked";
  if (answer.headers.get("Workgroup-Person") === "-") return "signed out";
  return answer.headers.has("Workgroup-Person") && answer.status < 500 ? "fine" : null;
}

const here = location.pathname + location.search;
const lock = makeLock({
  now: () => performance.now(),
  wall: () => Date.now(),
  memory, hide, forget, tell,
  isCapturing: () => document.querySelector("[data-awake]") !== null,
  leave: () => location.replace(`/unlock?then=${encodeURIComponent(here)}`),
});

for (const name of ["pointerdown", "keydown", "input"]) {
  document.addEventListener(name, () => lock.touched(), { capture: true, passive: true });
}
document.addEventListener("visibilitychange", () => { if (!document.hidden) lock.look(true); });
addEventListener("pageshow", (event) => { if (event.persisted) lock.look(true); });
addEventListener("online", () => lock.online());
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-lock-now]")) return;
  event.preventDefault();
  lock.lock();
});
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-try-again]")) lock.look();
});
setInterval(() => lock.look(), 5_000);
lock.start("fresh" in screen.dataset);
