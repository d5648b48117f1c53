// Capture's own model, the lesson clock, and codes: pure parts, with no page.

import assert from "node:assert/strict";
import test from "node:test";

import { readCode, shortOf } from "../../workgroup/static/js/codes.js";
import { LessonClock, say } from "../../workgroup/static/js/lesson-clock.js";
import { Moments } from "../../workgroup/static/js/moments.js";

const at = (minute) => `2026-11-25T10:${String(minute).padStart(2, "0")}:00.000Z`;
const tap = (id, minute, fields = {}) => ({ id, kind: "lessons.notice", at: at(minute), fields: { second: "60", ...fields } });

test("words and undo belong to the newest moment; undone, the one before it is shown again", () => {
  const moments = new Moments([{ id: "old", at: at(1), second: 10, code: null, predicted: null, words: "", versions: [] }], 30);
  moments.take(tap("a", 5));
  moments.take(tap("b", 6, { code: "Pupil B" }));
  assert.equal(moments.count, 32);
  assert.equal(moments.last.id, "b");
  moments.take({ id: "w", kind: "lessons.add_words", at: at(6), fields: { noticing: "b", words: "slid it back" } });
  assert.deepEqual([moments.last.words, moments.last.versions], ["slid it back", ["w"]]);
  moments.take({ id: "x", kind: "lessons.withdraw_noticing", at: at(7), fields: { noticing: "b" } });
  assert.equal(moments.last.id, "a");
  moments.take({ id: "y", kind: "lessons.withdraw_noticing", at: at(7), fields: { noticing: "a" } });
  assert.deepEqual([moments.last.id, moments.count], ["old", 30]);
  moments.take({ id: "z", kind: "lessons.restore_noticing", at: at(8), fields: { noticing: "b" } });
  assert.equal(moments.last.id, "b");
});

test("an entry that the page lists already changes nothing", () => {
  const moments = new Moments([{ id: "a", at: at(5), second: 60, words: "known", versions: ["v"] }]);
  moments.take(tap("a", 5));
  assert.deepEqual([moments.count, moments.last.words], [1, "known"]);
});

test("the lesson clock counts from the shared start on the page's own ticks, whatever the wall clock says", () => {
  const clock = new LessonClock({ started: at(0), now: at(10) }, null, Date.parse("1999-01-01T00:00:00Z"), 5_000);
  assert.equal(clock.second(5_000), 600);
  assert.equal(clock.second(65_999), 660);
  assert.deepEqual(clock.stamp(6_000), { second: "601", since: at(0) });
});

test("a page that the tablet had kept counts on the tablet's clock, put right by what the server last said", () => {
  const clock = new LessonClock({ started: at(0) }, 120_000, Date.parse(at(8)), 0);
  assert.equal(clock.second(0), 600);
});

test("without a start there is no second; a start tapped here is shown but not said, until it is shared", () => {
  const clock = new LessonClock({ now: at(10) }, null, 0, 0);
  assert.equal(clock.second(0), null);
  clock.startHere(0);
  assert.equal(clock.second(30_000), 30);
  assert.deepEqual(clock.stamp(30_000), {});
  clock.set({ started: null, ended: null, now: at(11) }, 60_000); // the server has not heard of it yet
  assert.equal(clock.second(61_000), 61);
  clock.set({ started: at(9), ended: null, now: at(11) }, 60_000);
  assert.deepEqual(clock.stamp(60_000), { second: "120", since: at(9) });
});

test("an ended lesson's clock stands", () => {
  const clock = new LessonClock({ started: at(0), ended: at(50), now: at(59) }, null, 0, 0);
  assert.deepEqual([clock.second(0), clock.second(99_000)], [3000, 3000]);
  assert.equal(say(3000), "50:00");
});

test("codes are read as the server reads them, and a name is none", () => {
  const said = { a: "Pupil A", "pupil q": "Pupil Q", t3: "Table 3", 4: "Table 4", "Group 2": "Group 2", all: "Whole class" };
  for (const [text, code] of Object.entries(said)) assert.equal(readCode(text), code);
  for (const name of ["Sam", "Sam Jones", "", "A B", "Table"]) assert.equal(readCode(name), null);
  assert.deepEqual(["Pupil A", "Table 3", "Whole class"].map(shortOf), ["A", "T3", "All"]);
});
