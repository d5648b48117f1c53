// The last moment on a capture page, which words and undo belong to, and how many there are.

import { say } from "./lesson-clock.js";

export class LastMoment {
  // `predicted` gives the words of predictions that have no pad any more, by id.
  constructor(root, moments, predicted) {
    Object.assign(this, { root, moments, predicted });
    this.find = (name) => root.querySelector(`[data-${name}]`);
  }

  draw() {
    const { find, moments } = this;
    const { last } = moments;
    find("count").textContent = `${moments.count} ${moments.count === 1 ? "moment" : "moments"}`;
    find("nothing").hidden = Boolean(last);
    find("last").hidden = !last;
    if (!last) return;
    const when = last.second === null ? new Date(last.at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" }) : say(last.second);
    find("stamp").textContent = when;
    find("who").textContent = last.code ?? "";
    find("saw").replaceChildren(...this.#sawOf(last.predicted));
    find("last-words").textContent = last.words ?? "";
    find("last-words").hidden = !last.words;
    find("undo").textContent = `Undo ${when}`;
  }

  // The pad that was pressed says what was seen; its mark and words are drawn again from it.
  #sawOf(predicted) {
    const pad = this.root.querySelector(`[name="predicted"][value="${CSS.escape(predicted ?? "")}"]`);
    return pad ? [...pad.cloneNode(true).childNodes] : [this.predicted[predicted] ?? ""];
  }
}
