// The register's model: the same rules as the database's view, in every order of arrival; what the tablet itself said on
// top of what the server tells; taps taken back, after a reload as before it.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";

import { saysOf } from "../../workgroup/static/js/register-cell.js";
import { Register, keyOf, summaryOf, waitedFor } from "../../workgroup/static/js/register-model.js";
import { lastTap, markOf, ownOf, said, sayBefore, whoIs } from "../../workgroup/static/js/register-own.js";

const { cases } = JSON.parse(await readFile(new URL("../data/register_cases.json", import.meta.url), "utf8"));
const people = [{ id: "n", name: "Nadine", row: 1 }, { id: "t", name: "Toby", row: 1 }, { id: "s", name: "Sunita", row: 2 }];
const rows = [{ id: 1, name: "Staithe Lane" }, { id: 2, name: "Ottersby" }];
const begin = (marks = []) => new Register({ people, rows, marks });
const NOW = "2026-11-25T13:15:00.000Z", STARTS = "2026-11-25T13:00:00.000Z";
const at = (time) => `2026-11-25T${time}:00.000Z`;

function entry(id, time, fields, more = {}) {
  return { id, at: at(time), kind: "sessions.mark", standing: "here", fields: { session: "x", ...fields }, ...more };
}

// A tap as register.js makes it: what it says, and what stood before.
function tapped(register, id, time, fields, more = {}) {
  const { undoes, ...rest } = more;
  return entry(id, time, fields, { page: { tap: { id: `tap ${id}`, undoes, before: said(register.of(keyOf(fields))) } }, ...rest });
}

function seen(told, entries, shown = 10) {
  const register = begin(told);
  const own = ownOf(entries, { session: "x", shown });
  register.set(told, own);
  return { register, own, last: lastTap(register, own, Date.parse(NOW)) };
}

function* orders(some) {
  if (some.length < 2) yield some;
  for (const [place, first] of some.entries()) {
    for (const rest of orders(some.toSpliced(place, 1))) yield [first, ...rest];
  }
}

for (const { name, marks, counts, visitor } of cases) {
  test(`${name} counts, in every order`, () => {
    const who = visitor ? { visitor, school: "y" } : { person: "n" };
    for (const order of marks.length > 1 ? orders(marks) : [marks]) {
      const register = begin(order.map((mark) => ({ ...who, ...mark })));
      assert.equal(register.of(keyOf(who)).id, counts);
    }
  });
}

test("one tap for a school marks those who are not marked, and says who is still to come", () => {
  assert.equal(waitedFor(begin().count.waited, 3), "Staithe Lane and Ottersby are still to come.");
  assert.equal(begin().bothOf(1), "Both here");
  const { register } = seen([], [entry("a", "09:00", { person: "n", status: "apologies" })]);
  assert.deepEqual(register.restOf(1).map(({ id }) => id), ["t"]);
  assert.equal(register.bothOf(1), "Rest here");
  register.take(markOf(entry("b", "10:00", { person: "t", status: "present" }), true));
  assert.deepEqual(register.count, { here: 1, expected: 3, waited: ["Ottersby"] });
  assert.equal(register.bothOf(1), null);
  assert.equal(summaryOf(["apologies", "present"]), "One here");
});

const unmark = (id, time, mark, undoes) => ({ ...entry(id, time, { mark }), kind: "sessions.unmark", page: { tap: { id: `tap ${id}`, undoes, before: null } } });

test("a school taken back as a whole is not marked, as if nobody had tapped, and can be marked as a whole again", () => {
  const taps = ["n", "t"].map((person) => entry(person, "09:00", { person, status: "present" }));
  const back = ["n", "t"].map((mark) => unmark(`back ${mark}`, "09:01", mark, "tap n"));
  for (const told of [[], taps.map((tap) => markOf(tap, true))]) {
    const { register } = seen(told, [...taps, ...back]);
    assert.deepEqual([register.of("n"), register.of("t"), register.bothOf(1)], [null, null, "Both here"]);
    assert.equal(register.count.here, 0);
  }
});

test("a tap is taken back by saying the one before it again, with its times, for everybody whom it marked", () => {
  const times = entry("a", "13:01", { person: "n", status: "present", in_time: "12:50", out_time: "13:10" });
  const { register } = seen([], [times]);
  const both = ["n", "t"].map((person, index) => tapped(register, `b${index}`, "13:05", { person, status: "absent" }, {}));
  for (const one of both) one.page.tap.id = "both";
  const { last } = seen([], [times, ...both]);
  assert.deepEqual(last.marks.map(sayBefore), [
    { person: "n", status: "present", attending_as: "participant", in_time: "12:50", out_time: "13:10" },
    { unmark: "b1" },
  ]);
});

test("what the server told comes back as it was, to the moment", () => {
  const told = { id: "a", at: at("12:58"), person: "n", visitor: null, school: "k", status: "present", told_on: null, in_at: at("12:51"),
    out_at: at("13:02"), attending_as: "participant", substitute_for: null, by_leader: 1 };
  const tap = tapped(begin([told]), "b", "13:05", { person: "n", status: "absent" });
  const { status, in_at, out_at } = sayBefore(seen([told], [tap]).last.marks[0]);
  assert.deepEqual({ status, in_at, out_at }, { status: "present", in_at: at("12:51"), out_at: at("13:02") });
});

test("taking back is not taken back in turn, and leads to the tap before", () => {
  const first = tapped(begin(), "a", "13:01", { person: "n", status: "present" });
  const second = tapped(begin(), "b", "13:02", { person: "s", status: "present" });
  const back = unmark("c", "13:03", "b", "tap b");
  assert.equal(seen([], [first, second]).last.id, "tap b");
  assert.equal(seen([], [first, second, back]).last.id, "tap a");
});

test("a tap that somebody else's newer one stands before, or a long gone one, is not offered to be taken back", () => {
  const tap = tapped(begin(), "a", "13:01", { person: "n", status: "present" });
  const newer = { ...markOf(entry("z", "13:04", { person: "n", status: "absent" }), 1) };
  assert.equal(seen([newer], [tap]).last, null);
  assert.equal(seen([], [tapped(begin(), "a", "12:59", { person: "n", status: "present" })]).last, null);
});

test("what was refused or put aside was not marked", () => {
  for (const standing of ["refused", "aside"]) {
    const { register, last } = seen([], [tapped(begin(), "a", "13:01", { person: "n", status: "present" }, { standing })]);
    assert.equal(register.of("n"), null);
    assert.equal(last, null);
  }
});

test("once the server has told, its word counts, not what a wrong clock said here", () => {
  const ahead = entry("a", "18:00", { person: "n", status: "present" }, { standing: "sent", number: 7 });
  const told = { ...markOf(entry("b", "13:10", { person: "n", status: "absent" }), 1) };
  assert.equal(seen([told], [ahead], 7).register.of("n").id, "b");
  assert.equal(seen([told], [ahead], 6).register.of("n").id, "a", "sent, and not told of yet: still drawn");
});

test("a known skew puts a tap at its own time, and the taps of one boot keep their order", () => {
  assert.equal(markOf(entry("a", "18:00", { person: "n", status: "present" }, { skew: -5 * 3_600_000 }), true).in_at, at("13:00"));
  const jumped = [entry("z", "13:10", { person: "n", status: "present" }, { boot: "one" }),
    entry("a", "11:10", { person: "n", status: "absent" }, { boot: "one" })];
  assert.equal(seen([], jumped).register.of("n").id, "a");
});

test("visitors of one name from two schools are two, and stand among the others", () => {
  const una = (school) => entry(school, "13:00", { visitor: "Una", school, status: "present" });
  const { register } = seen([], [una("x"), una("y")]);
  assert.equal(register.others.length, 2);
  assert.deepEqual(whoIs(register, "Una|x"), { visitor: "Una", school: "x" });
  const tap = tapped(register, "z", "13:01", { visitor: "Una", school: "x", status: "present", substitute_for: "n" });
  const { register: after, last } = seen([], [una("x"), una("y"), tap]);
  assert.equal(after.of("Una|x").attending_as, "substitute");
  const { attending_as, in_at } = sayBefore(last.marks[0]);
  assert.deepEqual({ attending_as, in_at }, { attending_as: "visitor", in_at: at("13:00") });
});

test("what stands under a name is said in the words of the page", () => {
  const says = (time, fields, byLeader = true) => saysOf(markOf(entry("a", time, fields), byLeader), STARTS);
  assert.equal(says("12:51", { person: "n", status: "present" }), "12:51");
  assert.equal(says("13:12", { person: "n", status: "present", out_time: "15:00" }), "13:12, late to 15:00");
  assert.equal(says("13:12", { person: "n", status: "present", in_time: "12:59" }, false), "12:59, checked in");
  assert.equal(says("13:12", { person: "n", status: "apologies", told_on: "2026-09-08" }), "Told us Tue 8 Sep");
  assert.equal(says("13:12", { person: "n", status: "absent" }), "No word");
});
