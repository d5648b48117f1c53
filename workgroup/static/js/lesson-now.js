// Where the lesson stands on a capture page: its clock and the phase that is pressed, from the page, from this tablet's own
// taps and from what the others' tablets said. Nothing waits for an answer.

import { LessonClock, say } from "./lesson-clock.js";
import { begun, isFresh, person, ready, shownTo } from "./tablet.js";

const ASKS_EVERY = 5_000;

export class LessonNow {
  // `root` is the capture page; `hear(entry)` takes each entry of this tablet that the page does not show yet.
  constructor(root, hear) {
    const { lesson, started, ended, now } = root.dataset;
    Object.assign(this, { root, hear, lesson, life: null });
    this.facts = { started, ended, now: isFresh ? now : null };
    this.clock = new LessonClock(this.facts);
  }

  stamp(ticks) { return this.clock.stamp(ticks); }

  startHere(ticks) {
    this.clock.startHere(ticks);
    this.tick();
  }

  async tick() {
    const { outbox } = await ready.catch(() => ({}));
    // the tablet slept, or its wall clock was moved: its ticks are behind, and the clock is set anew
    if (this.life && outbox.boot !== this.life) await this.set({ started: this.clock.started, ended: this.clock.ended });
    const second = this.clock.second();
    this.root.querySelector("[data-clock]").textContent = say(second ?? 0);
    this.root.querySelector("[data-not-started]").hidden = second !== null;
    return second;
  }

  press(phase) {
    for (const one of this.root.querySelectorAll("[data-phases] button")) one.setAttribute("aria-pressed", String(one.value === phase));
  }

  async set(facts) {
    const { outbox } = await begun;
    this.life = outbox.boot;
    const { isOurs } = this.clock;
    this.clock = new LessonClock(facts, (await outbox.fact("skew")) ?? null);
    this.clock.isOurs = isOurs;
  }

  async ask() {
    if (document.hidden) return;
    const { outbox, sync } = await ready;
    const answer = await sync?.look(`/lessons/${this.lesson}/now`).catch(() => null);
    if (!answer) return;
    this.clock.set({ started: answer.started_at, ended: answer.ended_at, now: answer.now });
    const isOwn = (await outbox.unsent(person)).some((one) => one.kind === "lessons.mark_phase");
    if (!isOwn) this.press(answer.phase);
  }

  // Take in what this tablet wrote and the page does not show yet, then ask the server now and then.
  async begin() {
    const { outbox, sync } = await begun;
    if (!sync) return;
    await this.set(this.facts);
    for (const one of await outbox.entries(person)) {
      const isOld = one.standing === "sent" && one.number <= shownTo;
      if (one.locked || isOld) continue;
      this.hear(one);
      const isStart = one.kind === "lessons.start" && one.fields.lesson === this.lesson && one.standing !== "refused";
      if (isStart) this.clock.startHere(performance.now() - (Date.now() - Date.parse(one.at)));
    }
    this.ask();
    setInterval(() => this.ask(), ASKS_EVERY);
  }
}
