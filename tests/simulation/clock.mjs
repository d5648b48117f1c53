// One time for the simulation, and each tablet's own idea of it: a wall clock that may be wrong or jump, ticks that only
// run forward, and timers that ring when the simulation lets time pass. `page` is the page whose code runs now; only one
// does at a time.

const RealDate = Date;

export const time = { now: 0, page: null, timers: new Map(), last: 0 };

export function begin(now) {
  Object.assign(time, { now, page: null, last: 0 });
  time.timers.clear();
}

class TabletDate extends RealDate {
  constructor(...given) {
    super(...(given.length ? given : [TabletDate.now()]));
  }

  static now() { return time.now + (time.page?.tablet.jump ?? 0); }
}

// Let time pass; timers that are due ring in their order, each in its own page.
export async function pass(milliseconds) {
  const until = time.now + milliseconds;
  for (;;) {
    const due = [...time.timers.values()].filter((t) => t.at <= until).sort((a, b) => a.at - b.at || a.id - b.id)[0];
    if (!due) break;
    time.now = Math.max(time.now, due.at);
    time.timers.delete(due.id);
    time.page = due.page;
    due.ring();
    await due.page?.quiet();
  }
  time.now = until;
}

export function install() {
  globalThis.Date = TabletDate;
  // ticks stand still while a tablet sleeps
  performance.now = () => time.now - (time.page ? time.page.born + time.page.slept : 0);
  globalThis.setTimeout = (ring, after = 0) => {
    const id = (time.last += 1);
    time.timers.set(id, { id, ring, at: time.now + after, page: time.page });
    return id;
  };
  globalThis.clearTimeout = (id) => time.timers.delete(id);
}
