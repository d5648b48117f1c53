// A minute of practice: what is tapped and written is drawn and counted, and kept nowhere. It starts with a button or the
// first tap, and ends by itself.

import { counted } from "./marks.js";

const LENGTH = 60;

export class Practice {
  constructor(root, now) {
    Object.assign(this, { root, now, withWords: new Set(), isOver: false });
  }

  begin(ticks) {
    const now = new Date().toISOString();
    if (!this.now.clock.started) this.now.clock.set({ started: now, now }, ticks);
  }

  // What `keep` of tablet.js does for a lesson, without keeping.
  async keep(entry) {
    if (entry.kind === "lessons.add_words") this.withWords.add(entry.fields.noticing);
    return { at: new Date().toISOString(), ...entry };
  }

  // Say how it went once the minute is over.
  look(second, many) {
    if (this.isOver || second === null || second < LENGTH) return;
    this.isOver = true;
    const place = this.root.querySelector("[data-practised]");
    const words = this.withWords.size ? `, ${this.withWords.size} with words` : "";
    place.querySelector("p").textContent = `That was a minute: ${counted(many, "moment")}${words}. Nothing of it was kept.`;
    place.hidden = false;
    place.focus();
  }
}
