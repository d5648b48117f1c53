// The register's model: the same rules as the database's view, in every order of arrival; taps taken back.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";

import { Register, keyOf, markOf, summaryOf, waitedFor } from "../../workgroup/static/js/register-model.js";

const { cases } = JSON.parse(await readFile(new URL("../data/register_cases.json", import.meta.url), "utf8"));
const people = [{ id: "n", name: "Nadine", row: 1 }, { id: "t", name: "Toby", row: 1 }, { id: "s", name: "Sunita", row: 2 }];
const rows = [{ id: 1, name: "Staithe Lane" }, { id: 2, name: "Ottersby" }];
const begin = () => new Register({ people, rows });
const here = (person, id, at = "10:00") => markOf({ id, at, fields: { person, status: "present" } }, true);

function* orders(some) {
  if (some.length < 2) yield some;
  for (const [at, first] of some.entries()) {
    for (const rest of orders(some.toSpliced(at, 1))) yield [first, ...rest];
  }
}

for (const { name, marks, counts } of cases) {
  test(`${name} counts, in every order`, () => {
    for (const order of marks.length > 1 ? orders(marks) : [marks]) {
      const register = begin();
      for (const mark of order) register.take({ person: "n", ...mark });
      assert.equal(register.of("n").id, counts);
    }
  });
}

test("one tap for a school marks those who are not marked, and says who is still to come", () => {
  const register = begin();
  assert.equal(waitedFor(register.counts.waited, 3), "Staithe Lane and Ottersby are still to come.");
  register.take(markOf({ id: "a", at: "09:00", fields: { person: "n", status: "apologies" } }, true));
  assert.deepEqual(register.restOf(1).map(({ id }) => id), ["t"]);
  register.tapped([here("t", "b")]);
  assert.deepEqual(register.counts, { here: 1, expected: 3, waited: ["Ottersby"] });
  assert.equal(summaryOf(["apologies", "present"]), "One here");
});

test("a tap is taken back by saying the one before it again, for everybody whom it marked", () => {
  const register = begin();
  register.take(markOf({ id: "a", at: "09:00", fields: { person: "n", status: "apologies", told_on: "2026-11-20" } }, true));
  register.tapped([here("n", "b"), here("t", "c")]);
  assert.deepEqual(register.undo(), [
    { person: "n", status: "apologies", attending_as: "participant", told_on: "2026-11-20" },
    { person: "t", status: "not expected", attending_as: "participant" },
  ]);
  assert.equal(register.lastTap, null);
});

test("visitors of one name from two schools are two, and stand among the others", () => {
  const register = begin();
  for (const school of ["x", "y"]) register.take(markOf({ id: school, at: "10:00", fields: { visitor: "Una", school, status: "present" } }, true));
  assert.equal(register.others.length, 2);
  assert.notEqual(keyOf(register.others[0]), keyOf(register.others[1]));
  register.tapped([markOf({ id: "z", at: "10:01", fields: { visitor: "Una", school: "x", status: "present", substitute_for: "n" } }, true)]);
  assert.equal(register.of("Una|x").attending_as, "substitute");
  assert.deepEqual(register.undo()[0], { visitor: "Una", school: "x", status: "present", attending_as: "visitor", in_at: "10:00" });
});
