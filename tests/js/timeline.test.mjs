// What timeline.js reckons without a page: when to look again, the order of moments, and what it says.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";

// read as a module whatever the nearest package.json says of its kind
const source = await readFile(new URL("../../workgroup/static/js/timeline.js", import.meta.url), "utf8");
const { pause, isBefore, counted, said } = await import(`data:text/javascript,${encodeURIComponent(source)}`);

test("it looks every three seconds, and every ten when nothing has come for a minute", () => {
  assert.equal(pause(0), 3_000);
  assert.equal(pause(59_999), 3_000);
  assert.equal(pause(60_000), 10_000);
});

test("moments stand by second, then by when they were made, then by id", () => {
  const a = { second: 9, at: "2026-11-03T10:00:09.000Z", id: "n-b" };
  assert.ok(isBefore(a, { ...a, second: 10, at: "2026-11-03T09:00:00.000Z" }));
  assert.ok(isBefore(a, { ...a, at: "2026-11-03T10:00:09.500Z", id: "n-a" }));
  assert.ok(isBefore(a, { ...a, id: "n-c" }));
  assert.ok(!isBefore(a, a));
});

test("counts come with words", () => {
  assert.equal(counted(1, "moment"), "1 moment");
  assert.equal(counted(1200, "moment"), "1,200 moments");
});

test("what is new is said first, and nothing is said of nothing", () => {
  assert.equal(said({ came: 2, changed: 3, gone: 1 }), "2 new moments");
  assert.equal(said({ came: 0, changed: 1, gone: 1 }), "1 moment changed");
  assert.equal(said({ came: 0, changed: 0, gone: 2 }), "2 moments taken away");
  assert.equal(said({ came: 0, changed: 0, gone: 0 }), "");
});
