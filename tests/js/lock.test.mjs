// The idle clock of a shared tablet, with the test as its clock, its storage, its server and its screen.

import assert from "node:assert/strict";
import test from "node:test";

import { LOCKS_AFTER, LOCKS_CAPTURE_AFTER, makeLock } from "../../workgroup/static/js/lock.js";

const SECOND = 1000, MINUTE = 60 * SECOND, HOUR = 60 * MINUTE;

function tablet() {
  const t = { mono: 5_000, wall: 1_800_000_000_000, kept: null, answer: "fine", isCapturing: false, did: [] };
  t.pass = (ms) => { t.mono += ms; t.wall += ms; };
  t.page = () => makeLock({
    now: () => t.mono,
    wall: () => t.wall,
    memory: { read: () => t.kept, write: (at) => { t.kept = at; } },
    isCapturing: () => t.isCapturing,
    hide: () => t.did.push("hide"),
    forget: async () => { t.did.push("forget"); },
    tell: async (path) => {
      t.did.push(path);
      if (t.answer === "no line") throw new TypeError("Failed to fetch");
      return t.answer;
    },
    leave: () => t.did.push("leave"),
  });
  return t;
}

async function opened(t = tablet()) {
  const page = t.page();
  await page.start(true);
  return [t, page];
}

const isLocked = (t) => t.did.includes("hide");

test("ten minutes untouched lock it, and not a second sooner", async () => {
  const [t, page] = await opened();
  t.pass(LOCKS_AFTER - SECOND);
  await page.look();
  assert.deepEqual(t.did, []);
  t.pass(SECOND);
  t.answer = "locked";
  await page.look();
  assert.deepEqual(t.did, ["hide", "forget", "/lock", "leave"]);
});

test("each touch begins the ten minutes anew", async () => {
  const [t, page] = await opened();
  for (let i = 0; i < 10; i += 1) {
    t.pass(9 * MINUTE);
    await page.touched();
    await page.look();
  }
  assert.equal(isLocked(t), false);
});

test("a touch after ten minutes comes too late, even when no timer has run meanwhile", async () => {
  const [t, page] = await opened();
  t.pass(LOCKS_AFTER);
  await page.touched();
  assert.equal(isLocked(t), true);
});

test("a tablet that slept locks on waking although its monotonic clock stood still", async () => {
  const [t, page] = await opened();
  t.wall += HOUR;
  await page.look(true);
  assert.equal(isLocked(t), true);
});

test("a calendar put back does not keep it open", async () => {
  const [t, page] = await opened();
  t.wall -= 3 * HOUR;
  t.mono += LOCKS_AFTER;
  await page.look();
  assert.equal(isLocked(t), true);
});

test("without a line the page is hidden at once, and left as soon as the server was told", async () => {
  const [t, page] = await opened();
  t.answer = "no line";
  await page.lock();
  assert.deepEqual(t.did, ["hide", "forget", "/lock"]);
  t.answer = null; // a wifi login page
  await page.look();
  assert.equal(t.did.includes("leave"), false);
  t.answer = "locked";
  await page.online();
  assert.equal(t.did.at(-1), "leave");
  assert.equal(t.did.filter((d) => d === "hide").length, 1);
});

test("keys are dropped before the page is left, and a failure to drop them does not keep it from locking", async () => {
  const t = tablet();
  let drop;
  const page = makeLock({
    now: () => t.mono, wall: () => t.wall, memory: { read: () => t.kept, write: (at) => { t.kept = at; } },
    isCapturing: () => false, hide: () => t.did.push("hide"),
    forget: () => new Promise((_, reject) => { drop = () => reject(new Error("blocked")); }),
    tell: async (path) => { t.did.push(path); return "locked"; }, leave: () => t.did.push("leave"),
  });
  const locking = page.lock();
  await new Promise((go) => setImmediate(go));
  assert.deepEqual(t.did, ["hide", "/lock"]);
  drop();
  await locking;
  assert.equal(t.did.at(-1), "leave");
});

test("a capture page of a lesson that is not over is held for an hour, with and without touches", async () => {
  const [t, page] = await opened();
  t.isCapturing = true;
  t.pass(LOCKS_CAPTURE_AFTER - SECOND);
  await page.look(true);
  await page.touched();
  assert.equal(isLocked(t), false);
  t.pass(LOCKS_CAPTURE_AFTER);
  await page.look();
  assert.equal(isLocked(t), true);
});

test("a clock put right in the middle of a lesson locks nobody out", async () => {
  const [t, page] = await opened();
  t.isCapturing = true;
  t.wall += 5 * HOUR;
  await page.touched();
  await page.look();
  t.wall -= 9 * HOUR;
  await page.touched();
  await page.look(true);
  assert.equal(isLocked(t), false);
});

test("the server hears of touches at most once a minute, and of nothing when nobody touches", async () => {
  const [t, page] = await opened();
  for (let i = 0; i < 300; i += 1) {
    t.pass(SECOND);
    await page.touched();
  }
  assert.equal(t.did.filter((d) => d === "/touched").length, 5);
  for (let i = 0; i < 100; i += 1) {
    t.pass(SECOND);
    await page.look();
  }
  assert.equal(t.did.length, 5);
});

test("a tablet locked from elsewhere locks here; one that was signed out, or a wifi login page, does not", async () => {
  for (const [answer, locks] of [["locked", true], ["signed out", false], [null, false], ["no line", false]]) {
    const [t, page] = await opened();
    t.answer = answer;
    t.pass(2 * MINUTE);
    await page.touched();
    assert.equal(isLocked(t), locks, String(answer));
  }
});

test("back on the line it tells of the touches that nobody heard of", async () => {
  const [t, page] = await opened();
  t.isCapturing = true;
  t.answer = "no line";
  for (let i = 0; i < 6; i += 1) {
    t.pass(9 * MINUTE);
    await page.touched();
  }
  t.answer = "fine";
  t.did = [];
  await page.online();
  assert.deepEqual(t.did, ["/touched"]);
});

test("back on the line after silence it tells nothing", async () => {
  const [t, page] = await opened();
  t.isCapturing = true;
  t.pass(30 * MINUTE);
  await page.online();
  assert.deepEqual(t.did, []);
});

test("a touch on one page keeps the other pages of the tablet open", async () => {
  const [t, one] = await opened();
  const [, other] = await opened(t);
  for (let i = 0; i < 4; i += 1) {
    t.pass(6 * MINUTE);
    await other.touched();
    await one.look();
  }
  assert.equal(isLocked(t), false);
  t.pass(LOCKS_AFTER);
  await one.look();
  assert.equal(isLocked(t), true);
});

test("when one page locks, the others lock as well", async () => {
  const [t, one] = await opened();
  const [, other] = await opened(t);
  await one.lock();
  t.did = [];
  await other.look();
  assert.equal(isLocked(t), true);
});

test("a kept page opened after ten minutes or after a lock shows nothing; a fresh one begins anew", async () => {
  for (const since of [LOCKS_AFTER, "locked"]) {
    const [t, page] = await opened();
    if (since === "locked") await page.lock();
    else t.pass(since);
    t.did = [];
    await t.page().start(false);
    assert.equal(isLocked(t), true);
    t.did = [];
    await t.page().start(true);
    assert.equal(isLocked(t), false);
  }
});

test("a kept page opened within ten minutes, or of a browser that keeps nothing, stays open", async () => {
  const [t] = await opened();
  t.pass(9 * MINUTE);
  await t.page().start(false);
  t.kept = null;
  await t.page().start(false);
  assert.equal(isLocked(t), false);
});
