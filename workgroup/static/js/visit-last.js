// The last note on a visit's capture page, which words and undo belong to, and how many there are.

import { counted, time } from "./marks.js";

export class LastNote {
  // `kinds` gives the words of each kind of note.
  constructor(root, notes, kinds) {
    Object.assign(this, { notes, kinds });
    this.find = (name) => root.querySelector(`[data-${name}]`);
  }

  draw() {
    const { find, kinds, notes } = this;
    const { last } = notes;
    find("count").textContent = counted(notes.count, "note");
    find("nothing").hidden = Boolean(last);
    find("last").hidden = !last;
    if (!last) return;
    const when = time(last.at);
    find("stamp").textContent = when;
    find("who").textContent = last.year_group ?? "";
    find("saw").textContent = kinds[last.kind] ?? "";
    find("last-words").textContent = last.words ?? "";
    find("last-words").hidden = !last.words;
    find("undo").textContent = `Undo ${when}`;
  }
}
