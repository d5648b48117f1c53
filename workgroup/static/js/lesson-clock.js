// The lesson clock on this tablet: seconds since the shared start, on the page's own monotonic clock, so that a tablet
// whose wall clock is wrong or jumps still counts right. What is known of the start comes from the page, then from asking.

const LATE = 60_000; // a page drawn longer ago than this was kept by the tablet: its own "now" is old

export function say(seconds) {
  return `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;
}

export class LessonClock {
  // `facts`: {started, ended, now} as moments, as the page has them; `skew`: server − tablet in ms where it is known.
  constructor({ started = null, ended = null, now = null }, skew = null, wall = Date.now(), ticks = performance.now()) {
    const kept = now === null || Math.abs(Date.parse(now) - (wall + (skew ?? 0))) > LATE;
    this.set({ started, ended, now: kept ? new Date(wall + (skew ?? 0)).toISOString() : now }, ticks);
  }

  // Take over what the server says now.
  set({ started, ended, now }, ticks = performance.now()) {
    Object.assign(this, { started: started || null, ended: ended || null });
    this.base = Date.parse(now) - ticks; // the server's time of tick 0
  }

  get isRunning() {
    return Boolean(this.started && !this.ended);
  }

  // The second of the lesson at some ticks; null while nobody has said that it started.
  second(ticks = performance.now()) {
    if (!this.started) return null;
    const until = this.ended ? Date.parse(this.ended) : this.base + ticks;
    return Math.max(0, Math.floor((until - Date.parse(this.started)) / 1000));
  }
}
