// What the pads of a lesson and of a visit have in common: a finger that goes down stamps, words belong to what they were
// typed for, a pad of one's own is made, and every deed is kept on this tablet or said not to be.

import { postAsAnyOther } from "./capture.js";
import { notHere, sayKept, sayNotKept } from "./not-kept.js";
import { keep, person, ready } from "./tablet.js";

let pressed = null; // ticks of the finger that went down

document.addEventListener("pointerdown", (event) => {
  if (event.target.closest("[data-stamps]")) pressed = performance.now();
}, true);

// When it was: as the finger went down, where one did.
export function stamp() {
  const ticks = pressed ?? performance.now();
  pressed = null;
  return { ticks, at: new Date(Date.now() - (performance.now() - ticks)).toISOString() };
}

export class Pads {
  // `moments` is what the page knows of, `last` draws the newest of it, `label` names the page in an entry. `words` says by
  // which kind words come later, and the field that names what they are for. In the practice minute `keeping` keeps nothing.
  constructor(root, { moments, last, label, words, keeping = keep }) {
    Object.assign(this, { root, moments, last, label, words, keeping });
    this.place = root.querySelector(".page");
    this.notKept = (trouble) => { sayNotKept(this.place, trouble); };
  }

  async entry(kind, fields, when = {}) {
    const page = { path: location.pathname, label: this.label };
    const kept = await this.keeping({ id: crypto.randomUUID(), kind, fields, page, ...when });
    sayKept(this.place);
    return kept;
  }

  // Draw a tap at once, keep it, and take it off again where it could not be kept.
  async tap(kind, fields, when) {
    const id = crypto.randomUUID();
    const words = this.keepWords();
    this.moments.take({ id, kind, at: when.at, fields });
    this.last.draw();
    await words;
    const kept = await this.entry(kind, fields, { id, at: when.at, ticks: when.ticks }).catch(this.notKept);
    if (kept) return;
    this.moments.drop(id);
    this.last.draw();
  }

  // What stands in the words' box belongs to what it was typed for.
  async keepWords() {
    const box = this.root.querySelector("[data-words]");
    const { last: one } = this.moments;
    const words = box.value.trim();
    if (!words || !one) return;
    box.value = "";
    const { kind, names } = this.words;
    const said = { [names]: one.id, words, after: one.versions.join(",") };
    const kept = await this.entry(kind, said, { draft: box.dataset.draft }).catch(this.notKept);
    if (!kept) {
      box.value = [words, box.value].filter(Boolean).join("\n");
      return;
    }
    box.form.dispatchEvent(new CustomEvent("captured", { bubbles: true, detail: kept }));
    this.moments.take(kept);
    this.last.draw();
  }

  async undo(kind) {
    const { last: one } = this.moments;
    if (!one) return;
    this.moments.take(await this.entry(kind, { [this.words.names]: one.id }));
    this.last.draw();
  }

  // Make a pad of one's own, pressed, before the last one.
  add(form, value, words) {
    const pads = this.root.querySelector("[data-pads-who]");
    const pad = pads.lastElementChild.cloneNode(true);
    const input = pad.querySelector("input");
    Object.assign(input, { value, checked: true });
    pad.replaceChildren(input, document.createTextNode(words));
    pads.insertBefore(pad, pads.lastElementChild);
    form.reset();
    form.closest("details").open = false;
  }

  // Answer the page's forms by their `data-deed`; `keepsNothing` is the deed that any browser can do.
  listen(deeds, keepsNothing, isPractice = false) {
    document.addEventListener("submit", async (event) => {
      const deed = deeds[event.target.dataset.deed];
      if (!deed) return;
      event.preventDefault();
      // a browser that keeps nothing posts as any other
      const here = isPractice ? { sync: true } : await ready.catch(() => null);
      if (here?.sync || deed === keepsNothing) await Promise.resolve(deed(event.target, event.submitter)).catch(this.notKept);
      else if (here && person) this.notKept(notHere());
      else postAsAnyOther(event.target, event.submitter);
    }, true);
  }
}
