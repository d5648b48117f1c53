// The lesson clock on this tablet: seconds since the shared start, on the page's own monotonic clock, so that a tablet
// whose wall clock is wrong or jumps still counts right. What is known of the start comes from the page, then from asking.

export function say(seconds) {
  return `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;
}

export class LessonClock {
  // `started`, `ended` and `now` are moments as the server says them; without `now` (a page that the tablet had kept) it is
  // this tablet's own, put right by `skew`: server − tablet in ms, where it is known.
  constructor({ started = null, ended = null, now = null }, skew = null, wall = Date.now(), ticks = performance.now()) {
    this.set({ started, ended, now: now ?? new Date(wall + (skew ?? 0)).toISOString() }, ticks);
  }

  // Take over what the server says now.
  set({ started, ended, now }, ticks = performance.now()) {
    if (started || !this.isOurs) Object.assign(this, { started: started || null, isOurs: false });
    this.ended = ended || null;
    this.base = Date.parse(now) - ticks; // the server's time of tick 0
  }

  // Somebody tapped *The lesson starts* on this tablet, and the server does not know yet: good enough to show, while what
  // is noticed keeps its own time and is put on the clock by the server.
  startHere(ticks = performance.now()) {
    if (this.started) return;
    this.started = new Date(this.base + ticks).toISOString();
    this.isOurs = true;
  }

  // What a stamp says of the lesson: its second and the start that it counts from, once that start is shared.
  stamp(ticks) {
    const second = this.isOurs ? null : this.second(ticks);
    return second === null ? {} : { second: String(second), since: this.started };
  }

  // The second of the lesson at some ticks; null while nobody has said that it started.
  second(ticks = performance.now()) {
    if (!this.started) return null;
    const until = this.ended ? Date.parse(this.ended) : this.base + ticks;
    return Math.max(0, Math.floor((until - Date.parse(this.started)) / 1000));
  }
}
