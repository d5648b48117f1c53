// The lesson clock ticks on from the second the server gave, on the monotonic clock of this page; a finger that goes
// down stamps the moment, whatever the wifi takes to send it. Without this module the server stamps.

const started = new WeakMap();

function second(clock) {
  if (!started.has(clock)) started.set(clock, performance.now());
  return Number(clock.dataset.clock) + Math.floor((performance.now() - started.get(clock)) / 1000);
}

function say(seconds) {
  return `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;
}

function tick() {
  const clock = document.querySelector("[data-clock][data-running]");
  if (clock) clock.textContent = say(second(clock));
}

document.addEventListener("pointerdown", (event) => {
  const form = event.target.closest("button")?.form;
  const stamp = form?.querySelector("[data-second]");
  const clock = document.querySelector("[data-clock][data-running]");
  if (!stamp || !clock) return;
  stamp.value = String(second(clock));
  navigator.vibrate?.(12);
});

tick();
setInterval(tick, 250);
