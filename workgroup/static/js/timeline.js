// The live timeline. htmx asks every few seconds for what changed (`#look`); this module puts it into the list in its
// place, takes away what is gone, keeps focus and scroll where they are, and lets the figure redraw now and then.

const MOMENTS = "[data-second]:not([data-picture])"; // of the list, which may show only the first of many
const OFTEN = 3_000, SELDOM = 10_000, QUIET = 60_000, REDRAW = 15_000;

// How long to wait before the next look: seldom when nothing has come for a minute.
export function pause(sinceNews) {
  return sinceNews < QUIET ? OFTEN : SELDOM;
}

// Whether one moment stands before another: by second, then by when it was made, then by id, as the server orders them.
export function isBefore(one, other) {
  if (one.second !== other.second) return one.second < other.second;
  return one.at !== other.at ? one.at < other.at : one.id < other.id;
}

export function counted(number, one) {
  return `${number.toLocaleString("en-GB")} ${number === 1 ? one : `${one}s`}`;
}

// What to say of a look that found something; what came counts before what changed, and that before what went.
export function said({ came, changed, gone }) {
  if (came) return counted(came, "new moment");
  if (changed) return `${counted(changed, "moment")} changed`;
  return gone ? `${counted(gone, "moment")} taken away` : "";
}

const keyOf = (item) => ({ second: Number(item.dataset.second), at: item.dataset.at, id: item.id });

// Put what came into the ordered list and take away what is gone. Returns how many of each. Where the list shows only the
// first of many, what belongs behind them is only counted: `unlisted`, if it was made after the ledger number `after`.
export function merge(list, arrived, gone, after = 0) {
  const found = { came: 0, changed: 0, gone: 0, unlisted: 0 };
  for (const id of gone) {
    const old = list.querySelector(`[id="n-${CSS.escape(id)}"]`);
    old?.remove();
    found.gone += old ? 1 : 0;
  }
  for (const item of arrived) {
    const old = list.querySelector(`[id="${CSS.escape(item.id)}"]`);
    const hadFocus = old?.contains(document.activeElement);
    old?.remove();
    const next = [...list.querySelectorAll("[data-second]")].find((one) => isBefore(keyOf(item), keyOf(one)));
    if (!next && !old && list.dataset.more !== undefined) {
      const isNew = Number(item.dataset.number) > after;
      found[isNew ? "came" : "changed"] += 1;
      found.unlisted += isNew && item.matches(MOMENTS) ? 1 : 0;
      continue;
    }
    list.insertBefore(item, next ?? list.querySelector(".empty"));
    if (hadFocus) {
      item.tabIndex = -1;
      item.focus({ preventScroll: true });
    }
    found[old ? "changed" : "came"] += 1;
  }
  return found;
}

// Do something to the list so that what a person reads stays under their eyes.
function still(list, deed) {
  const read = [...list.querySelectorAll("[data-second]")].filter((item) => item.getBoundingClientRect().bottom > 0);
  const tops = new Map(read.slice(0, 20).map((item) => [item.id, item.getBoundingClientRect().top]));
  const isAbove = list.getBoundingClientRect().top < 0;
  const result = deed();
  const kept = isAbove && [...tops.keys()].map((id) => document.getElementById(id)).find(Boolean);
  if (kept) window.scrollBy({ top: kept.getBoundingClientRect().top - tops.get(kept.id), behavior: "instant" });
  return result;
}

function watch(look, list, figure) {
  let timer, news = performance.now(), drawn = 0, redraw = null, isLooking = false;

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
  function drawAnew() {
    redraw ??= setTimeout(() => {
      redraw = null;
      drawn = performance.now();
      figure.dispatchEvent(new Event("redraw"));
    }, Math.max(0, drawn + REDRAW - performance.now()));
  }
  function take(text) {
    const told = document.createElement("template");
    told.innerHTML = text;
    const found = told.content.querySelector("ol[data-news]");
    if (!found) return; // nothing new, or not from us
    const after = Number(look.elements.after.value);
    look.elements.after.value = found.dataset.news;
    const gone = found.dataset.gone.split(" ").filter(Boolean);
    const before = list.querySelectorAll(MOMENTS).length;
    const what = still(list, () => merge(list, [...found.children], gone, after));
    const count = Number(list.dataset.total) + list.querySelectorAll(MOMENTS).length - before + what.unlisted;
    list.dataset.total = count;
    list.querySelector(".empty")?.toggleAttribute("hidden", count > 0);
    for (const place of document.querySelectorAll("[data-count]")) place.textContent = counted(count, "moment");
    for (const place of document.querySelectorAll("[data-arrived]")) place.textContent = said(what);
    news = performance.now();
    drawAnew();
  }

  look.addEventListener("htmx:afterRequest", ({ detail }) => {
    isLooking = false;
    if (detail.xhr.status === 404) return location.reload(); // no longer theirs to see
    if (detail.successful) take(detail.xhr.responseText);
    later();
  });
  // the figure is drawn for the whole room: it may tell of less than this page knows by now
  figure?.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.successful && Number(detail.xhr.getResponseHeader("Workgroup-Drawn")) < Number(look.elements.after.value)) drawAnew();
  });
  document.addEventListener("visibilitychange", () => (document.hidden ? clearTimeout(timer) : now()));
  later();
}

if (typeof document !== "undefined") {
  const look = document.getElementById("look");
  if (look) watch(look, document.querySelector("[data-moments]"), document.getElementById("figure"));
}
