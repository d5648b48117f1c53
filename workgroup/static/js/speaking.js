// What is said aloud of where things stand, once, when it changes: what is wrong with the line, that it is back, what was
// refused, and, after it was said that something waits, that all is sent. Not each entry: who captures has no ear for that.

import { counted } from "./marks.js";

export function speaker(place, troubles) {
  let before = null;
  return (own, state) => {
    const unsent = own.here + own.waiting, trouble = troubles[state];
    const was = before ?? { state, refused: own.refused, owes: false };
    const said = [
      was.state && state !== was.state && (trouble ?? "The line is back."),
      own.refused > was.refused && `${counted(own.refused, "entry was", "entries were")} refused. Standing says why.`,
      was.owes && !unsent && !trouble && "All sent.",
    ].filter(Boolean);
    if (place && said.length) place.textContent = said.join(" ");
    before = { state, refused: own.refused, owes: unsent > 0 && (was.owes || Boolean(trouble)) };
  };
}
