// What lies on the paper, and every step back and forth: add, move, size, label, make anew, double, take away. Pure.

import { STAMPS, made, room, sayThing, shapesOf } from "./sketch-shapes.js";

export const WIDTH = 1000, HEIGHT = 700;
const MOST_STEPS = 200;
const copy = (value) => JSON.parse(JSON.stringify(value));
const clamp = (value, least, most) => Math.max(least, Math.min(most, value));

// A thing as it was written; a line drawn by hand is its own outline.
function readThing({ kind, x, y, size, label, with: given, shapes }) {
  if (kind === "ink") return { kind, x: 0, y: 0, size: 1, label: label ?? "", places: shapes[0][2].filter(Number.isFinite) };
  return STAMPS[kind] && [x, y, size].every(Number.isFinite) ? { kind, x, y, size, label: label ?? "", with: made(kind, given) } : null;
}

export class Sketch {
  constructor(things = []) {
    Object.assign(this, { things, chosen: null, before: [], after: [], made: 0 });
  }

  static read(text) {
    try {
      return new Sketch(JSON.parse(text).things.map(readThing).filter(Boolean));
    } catch {
      return new Sketch();
    }
  }

  // Everything, each thing with its shapes: what is kept, and sent.
  write() {
    return JSON.stringify({ things: this.things.map((thing) => {
      const shapes = shapesOf(thing);
      return thing.kind === "ink" ? { kind: "ink", label: thing.label, shapes } : { ...thing, shapes };
    }) });
  }

  get thing() { return this.things[this.chosen] ?? null; }

  // In words what lies there, to begin a description with.
  say() {
    const ink = this.things.filter(({ kind, label }) => kind === "ink" && !label).length;
    const said = this.things.filter(({ kind, label }) => kind !== "ink" || label).map(sayThing);
    const all = [...said, ...(ink ? [ink === 1 ? "a line drawn by hand" : `${ink} lines drawn by hand`] : [])].join("; ");
    return all && `${all[0].toUpperCase()}${all.slice(1)}.`;
  }

  #step(deed) {
    this.before = [...this.before, copy(this.things)].slice(-MOST_STEPS);
    this.after = [];
    deed();
  }

  ink(places) {
    if (places.length < 6) return;
    this.#step(() => this.things.push({ kind: "ink", x: 0, y: 0, size: 1, label: "", places }));
  }

  stamp(kind) {
    const { wide, high } = STAMPS[kind];
    const shift = (this.made % 5) * 30; // a second one does not hide the first
    this.made += 1;
    this.#step(() => this.things.push({ kind, x: (WIDTH - wide) / 2 + shift, y: (HEIGHT - high) / 2 + shift, size: 1, label: "", with: made(kind) }));
    this.chosen = this.things.length - 1;
  }

  change(deed) {
    if (!this.thing) return;
    this.#step(() => Object.assign(this.thing, deed(this.thing)));
  }

  move(by, down) {
    this.change((thing) => {
      const [left, right, top, bottom] = room(thing, WIDTH, HEIGHT);
      return { x: clamp(thing.x + by, left, right), y: clamp(thing.y + down, top, bottom) };
    });
  }

  resize(factor) { if (this.thing?.kind !== "ink") this.change(({ size }) => ({ size: Math.min(3, Math.max(0.4, Math.round(size * factor * 100) / 100)) })); }
  label(words) { this.change(() => ({ label: words.trim().slice(0, 40) })); }
  make(given) { this.change((thing) => ({ with: made(thing.kind, { ...thing.with, ...given }) })); }

  duplicate() {
    if (!this.thing) return;
    const twin = { ...copy(this.thing), x: this.thing.x + 40, y: this.thing.y + 40 };
    this.#step(() => this.things.push(twin));
    this.chosen = this.things.length - 1;
  }

  remove() {
    if (!this.thing) return;
    this.#step(() => this.things.splice(this.chosen, 1));
    this.chosen = null;
  }

  #go(from, to) {
    if (!from.length) return false;
    to.push(copy(this.things));
    this.things = from.pop();
    if (this.chosen >= this.things.length) this.chosen = null;
    return true;
  }

  undo() { return this.#go(this.before, this.after); }
  redo() { return this.#go(this.after, this.before); }
}
