// What P6 watches in the capture page, put there before the page's own scripts: when a finger was lifted from a pad,
// when the count of moments had been painted anew, and when the entry was safe ("tap kept" is the page's own measure).

window.taps = [];

addEventListener("pointerup", (event) => {
  if (event.target.closest("[data-stamps]")) taps.push({ up: event.timeStamp });
}, true);

new PerformanceObserver((list) => {
  for (const kept of list.getEntriesByName("tap kept")) {
    taps.find((tap) => tap.safe === undefined).safe = kept.startTime + kept.duration;
  }
}).observe({ type: "measure" });

addEventListener("DOMContentLoaded", () => {
  const count = document.querySelector("[data-count]");
  if (!count) return;
  const painted = new MessageChannel();
  painted.port1.onmessage = () => { for (const tap of taps) tap.drawn ??= performance.now(); };
  new MutationObserver(() => requestAnimationFrame(() => painted.port2.postMessage(0)))
    .observe(count, { childList: true, characterData: true, subtree: true });
});

// The page's own module of the tablet: the same address gives the same module.
function tablet() {
  return import(performance.getEntriesByType("resource").find((one) => one.name.endsWith("/js/tablet.js")).name);
}

// Keep so many moments on this tablet, as the page's own pads do.
window.fill = async (lesson, count) => {
  const { keep } = await tablet();
  const page = { path: location.pathname, label: "Quarters" };
  for (let second = 0; second < count; second += 1) {
    const fields = { lesson, code: "Pupil A", second: String(second) };
    await keep({ id: crypto.randomUUID(), kind: "lessons.notice", page, fields });
  }
};

window.unsent = async () => {
  const { ready, person } = await tablet();
  return (await (await ready).outbox.unsent(person, 0, 10_000)).length;
};
