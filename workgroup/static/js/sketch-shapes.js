// What can be put on the paper, as shapes: numbers and short words, the same that the server draws (workgroup/sketching.py).
// Pure. A thing is `{kind, x, y, size, label, with}`; ink keeps the outline of its stroke in `places`.

const round = (value) => Math.round(value * 10) / 10;
const clamp = (value, least, most) => Math.min(most, Math.max(least, value));
const number = (name, label, least, most, start) => ({ name, label, least, most, start });
const words = (name, label, start) => ({ name, label, start, most: 20 });

// Each stamp: its name on the pad, what it is made with, its width and height at size 1, and its shapes from 0, 0.
export const STAMPS = {
  bar: {
    name: "Bar", made: [number("parts", "Parts", 1, 12, 4), number("shaded", "Shaded", 0, 12, 1)], wide: 320, high: 64,
    draw: ({ parts, shaded }) => Array.from({ length: parts }, (_, at) => {
      const part = ["rect", (320 / parts) * at, 0, 320 / parts, 64, 0];
      return at < shaded ? [part, ["rect", (320 / parts) * at + 6, 6, Math.max(320 / parts - 12, 2), 52, 1]] : [part];
    }).flat(),
    say: ({ parts, shaded }) => `a bar in ${parts} parts${shaded ? `, ${Math.min(shaded, parts)} shaded` : ""}`,
  },
  "part-whole": {
    name: "Part–whole", made: [words("whole", "Whole", "10"), words("one", "One part", "6"), words("other", "Other part", "4")], wide: 240, high: 220,
    draw: ({ whole, one, other }) => [["line", 98.5, 83.4, 71.5, 131.6], ["line", 141.5, 83.4, 168.5, 131.6],
      ...[[120, 45, whole], [50, 170, one], [190, 170, other]].flatMap(([x, y, said]) => [["circle", x, y, 44, 0], ["text", x, y + 11, 32, said]])],
    say: ({ whole, one, other }) => `a part–whole model: ${whole || "empty"} is ${one || "empty"} and ${other || "empty"}`,
  },
  "ten frame": {
    name: "Ten frame", made: [number("filled", "Counters", 0, 10, 7)], wide: 300, high: 120,
    draw: ({ filled }) => Array.from({ length: 10 }, (_, at) => {
      const [x, y] = [(at % 5) * 60, Math.floor(at / 5) * 60];
      return [["rect", x, y, 60, 60, 0], ...(at < filled ? [["circle", x + 30, y + 30, 20, 1]] : [])];
    }).flat(),
    say: ({ filled }) => `a ten frame with ${filled} counters`,
  },
  "number line": {
    name: "Number line", made: [words("from", "From", "0"), words("to", "To", "1"), number("steps", "Steps", 1, 20, 4), number("at", "Mark at step", 0, 20, 0)], wide: 420, high: 90,
    draw: ({ from, to, steps, at }) => [["line", 0, 30, 420, 30],
      ...Array.from({ length: steps + 1 }, (_, step) => ["line", (420 / steps) * step, 16, (420 / steps) * step, 44]),
      ["text", 0, 76, 28, from], ["text", 420, 76, 28, to], ...(at ? [["circle", (420 / steps) * Math.min(at, steps), 30, 10, 1]] : [])],
    say: ({ from, to, steps, at }) => `a number line from ${from} to ${to} in ${steps} steps${at ? `, step ${Math.min(at, steps)} marked` : ""}`,
  },
  array: {
    name: "Array", made: [number("rows", "Rows", 1, 12, 3), number("columns", "Columns", 1, 12, 4)], wide: 240, high: 240,
    draw: ({ rows, columns }) => Array.from({ length: rows * columns }, (_, at) => {
      const step = 240 / Math.max(rows, columns);
      return ["circle", step * ((at % columns) + 0.5), step * (Math.floor(at / columns) + 0.5), step * 0.34, 1];
    }),
    say: ({ rows, columns }) => `an array of ${rows} rows of ${columns}`,
  },
  counters: {
    name: "Counters", made: [number("number", "Filled", 0, 20, 5), number("other", "Ringed", 0, 20, 3)], wide: 250, high: 200,
    draw: ({ number: many, other }) => Array.from({ length: many + other }, (_, at) => ["circle", (at % 5) * 50 + 25, Math.floor(at / 5) * 50 + 25, 20, at < many ? 1 : 0]),
    say: ({ number: many, other }) => `${many} filled and ${other} ringed counters`,
  },
  "place value": {
    name: "Place value", made: [words("heads", "Columns", "H T O"), words("digits", "Digits", "3 0 4")], wide: 300, high: 140,
    draw: ({ heads, digits }) => {
      const columns = heads.split(/\s+/).filter(Boolean).slice(0, 8);
      const said = digits.split(/\s+/);
      const wide = 300 / Math.max(columns.length, 1);
      return columns.flatMap((head, at) => [["rect", wide * at, 0, wide, 50, 0], ["rect", wide * at, 50, wide, 90, 0],
        ["text", wide * (at + 0.5), 35, 28, head], ["text", wide * (at + 0.5), 110, 44, said[at] ?? ""]]);
    },
    say: ({ heads, digits }) => `a place-value grid, ${heads}: ${digits}`,
  },
};

// What a stamp is made with, each number within its bounds.
export function made(kind, given = {}) {
  const told = STAMPS[kind].made.map(({ name, start, least, most }) => {
    const value = given[name] ?? start;
    return [name, least === undefined ? String(value).slice(0, most) : clamp(Math.round(Number(value)) || 0, least, most)];
  });
  return Object.fromEntries(told);
}

function placed([name, ...told], { x, y, size }) {
  const at = (value, from) => round(from + value * size);
  if (name === "line") return [name, at(told[0], x), at(told[1], y), at(told[2], x), at(told[3], y)];
  if (name === "rect") return [name, at(told[0], x), at(told[1], y), round(told[2] * size), round(told[3] * size), told[4]];
  if (name === "circle") return [name, at(told[0], x), at(told[1], y), round(told[2] * size), told[3]];
  return [name, at(told[0], x), at(told[1], y), round(told[2] * size), told[3]];
}

// A thing as shapes on the paper.
export function shapesOf(thing) {
  if (thing.kind === "ink") {
    const places = thing.places.map((value, at) => round(value + (at % 2 ? thing.y : thing.x)));
    return [["poly", 1, places], ...(thing.label ? [["text", places[0], places[1] - 12, 28, thing.label]] : [])];
  }
  const { draw, wide, high } = STAMPS[thing.kind];
  const label = thing.label ? [["text", wide / 2, high + 36, 28, thing.label]] : [];
  return [...draw(thing.with), ...label].filter(([name, ...told]) => name !== "text" || told[3]).map((shape) => placed(shape, thing));
}

// Where the left upper corner of a thing may lie, so that all of it is on the paper: `[least x, most x, least y, most y]`.
export function room({ kind, size, places }, width, height) {
  if (kind !== "ink") return [0, Math.max(0, width - STAMPS[kind].wide * size), 0, Math.max(0, height - STAMPS[kind].high * size)];
  const [across, down] = [0, 1].map((odd) => places.filter((_, at) => at % 2 === odd));
  return [-Math.min(...across), width - Math.max(...across), -Math.min(...down), height - Math.max(...down)];
}

export function sayThing(thing) {
  const said = thing.kind === "ink" ? "a line drawn by hand" : STAMPS[thing.kind].say(thing.with);
  return thing.label ? `${said}, labelled ${thing.label}` : said;
}

// Leave out places of an outline that lie within `slack` of the line between their neighbours; whole numbers do, a
// thousand of them from edge to edge.
export function simplified(outline, slack = 0.7) {
  const kept = [];
  for (const [x, y] of outline) {
    const [before, last] = kept.slice(-2);
    if (last && Math.hypot(x - last[0], y - last[1]) < 1.5) continue;
    const isStraight = before && last && Math.abs((last[0] - before[0]) * (y - before[1]) - (x - before[0]) * (last[1] - before[1]))
      <= slack * Math.hypot(x - before[0], y - before[1]);
    if (isStraight) kept.pop();
    kept.push([Math.round(x), Math.round(y)]);
  }
  return kept.flat();
}
