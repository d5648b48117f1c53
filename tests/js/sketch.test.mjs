// The paper's model: stamps as shapes, and every step back and forth.

import assert from "node:assert/strict";
import test from "node:test";

import { Sketch, WIDTH } from "../../workgroup/static/js/sketch-model.js";
import { STAMPS, made, sayThing, shapesOf, simplified } from "../../workgroup/static/js/sketch-shapes.js";

const drawnNumbers = (sketch) => JSON.parse(sketch.write()).things.flatMap(({ shapes }) => shapes.flat(2)).filter((one) => typeof one === "number");

for (const kind of Object.keys(STAMPS)) {
  test(`a ${kind} lies in the middle of the paper, says what it is, and is made within its bounds`, () => {
    const sketch = new Sketch();
    sketch.stamp(kind);
    assert.ok(drawnNumbers(sketch).every((one) => Number.isFinite(one) && one >= -1 && one <= WIDTH));
    assert.ok(sketch.say().length > 8 && sketch.say().endsWith("."));
    for (const { name, least, most } of STAMPS[kind].made.filter((one) => one.least !== undefined)) {
      assert.equal(made(kind, { [name]: 99 })[name], most);
      assert.equal(made(kind, { [name]: -5 })[name], least);
      assert.equal(made(kind, { [name]: "many" })[name], Math.max(least, 0));
    }
  });
}

test("a thing is moved, sized, labelled, made anew, doubled and taken away, and every step goes back and forth", () => {
  const sketch = new Sketch();
  const seen = [];
  const step = (deed) => { deed(); seen.push(JSON.stringify(sketch.things)); };
  step(() => sketch.stamp("bar"));
  step(() => sketch.move(20, -20));
  step(() => sketch.resize(1.25));
  step(() => sketch.label("  Pupil A  "));
  step(() => sketch.make({ parts: 3, shaded: 2 }));
  step(() => sketch.duplicate());
  step(() => sketch.remove());
  assert.equal(sketch.things.length, 1);
  assert.deepEqual(sketch.things[0].with, { parts: 3, shaded: 2 });
  assert.equal(sketch.things[0].label, "Pupil A");
  for (const before of seen.slice(0, -1).reverse()) {
    assert.equal(sketch.undo(), true);
    assert.equal(JSON.stringify(sketch.things), before);
  }
  assert.equal(sketch.undo(), true);
  assert.equal(sketch.undo(), false);
  while (sketch.redo());
  assert.equal(JSON.stringify(sketch.things), seen.at(-1));
});

test("nothing is moved off the paper for good, and ink keeps its size", () => {
  const sketch = new Sketch();
  sketch.ink([10, 10, 40, 12, 30, 40]);
  sketch.chosen = 0;
  sketch.resize(2);
  assert.equal(sketch.thing.size, 1);
  sketch.stamp("bar");
  for (const at of [0, 1]) {
    sketch.chosen = at;
    for (const [by, down] of [[20, 20], [-20, -20]]) {
      for (let many = 200; many; many -= 1) sketch.move(by, down);
      const numbers = shapesOf(sketch.thing).flat(2).filter((one) => typeof one === "number");
      assert.ok(numbers.every((one) => one >= 0 && one <= WIDTH));
    }
  }
});

test("what was kept as a draft is read again, and what is no sketch is an empty paper", () => {
  const sketch = new Sketch();
  sketch.stamp("ten frame");
  sketch.ink([10, 10, 40, 12, 30, 40]);
  assert.equal(Sketch.read(sketch.write()).write(), sketch.write());
  for (const odd of ["", "null", "{}", '{"things": [{"kind": "rocket", "x": 1, "y": 1}]}', "<svg>"]) assert.deepEqual(Sketch.read(odd).things, []);
});

test("an outline is left with what is needed of it, and many strokes with stamps stay well under what a sketch may carry", () => {
  const straight = Array.from({ length: 100 }, (_, at) => [at * 5, 10]);
  assert.equal(simplified(straight).length, 4);
  const sketch = new Sketch();
  for (const kind of Object.keys(STAMPS).slice(0, 6)) sketch.stamp(kind);
  for (let many = 0; many < 30; many += 1) {
    sketch.ink(simplified(Array.from({ length: 160 }, (_, at) => [300 + 150 * Math.cos(at / 25) + (at % 3), 300 + 90 * Math.sin(at / 25 + many)])));
  }
  assert.ok(sketch.write().length < 40_000, `${sketch.write().length}`);
});

test("a label is part of what is drawn and of what is said", () => {
  const sketch = new Sketch();
  sketch.stamp("array");
  sketch.label("Table 3");
  assert.ok(shapesOf(sketch.thing).some(([name, , , , words]) => name === "text" && words === "Table 3"));
  assert.equal(sayThing(sketch.thing), "an array of 3 rows of 4, labelled Table 3");
});
