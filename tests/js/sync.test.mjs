// Sending: in order, on our own receipt only, and true about the line.

import assert from "node:assert/strict";
import test from "node:test";

import { makeSync } from "../../workgroup/static/js/sync.js";
import { ME, OTHER, entry, keyFor, server, tablet } from "./tablets.mjs";

async function begin(told, words = ["a", "b", "c"], more = {}) {
  const outbox = await tablet();
  for (const one of words) await outbox.add(entry(one));
  const sync = makeSync({ outbox, by: ME, fetch: told.fetch, patience: 200, ...more });
  return { outbox, sync, standings: async () => (await outbox.entries(ME)).map((one) => one.standing) };
}

test("what waits goes in the order it was made and is sent on the receipt", async () => {
  const told = server();
  const { sync, standings } = await begin(told);
  assert.equal(await sync.drain(), true);
  assert.deepEqual(told.kept.map((one) => one.fields.words), ["a", "b", "c"]);
  assert.deepEqual(await standings(), ["sent", "sent", "sent"]);
  assert.equal(sync.line.state, "fine");
});

const NOT_OURS = {
  "a login page": () => new Response("<html>Sign in to Guest-WiFi</html>", { status: 200, headers: { "Content-Type": "text/html" } }),
  "a login page with JSON": () => new Response('{"receipt":{},"standings":[]}', { status: 200 }),
  "a redirect": () => new Response("", { status: 302, headers: { Location: "https://wifi.example/" } }),
  "a captive portal's 511": () => new Response("", { status: 511 }),
};
for (const [name, answer] of Object.entries(NOT_OURS)) {
  test(`${name} marks nothing sent, and the line says so`, async () => {
    const told = server({ lie: answer });
    const { sync, standings } = await begin(told);
    assert.equal(await sync.drain(), false);
    assert.deepEqual(await standings(), ["here", "here", "here"]);
    assert.equal(sync.line.state, "login");
    told.lie = (one) => one;
    assert.equal(await sync.drain(), true);
    assert.deepEqual(await standings(), ["sent", "sent", "sent"]);
  });
}

const LIES = {
  "another digest": (body) => ({ ...body, receipt: { ...body.receipt, digest: "0".repeat(64) } }),
  "a standing left out": (body) => ({ ...body, standings: body.standings.slice(1) }),
  "standings of other ids": (body) => ({ ...body, standings: body.standings.map((one) => ({ ...one, id: crypto.randomUUID() })) }),
  "a changed standing": (body) => ({ ...body, standings: body.standings.map((one) => ({ ...one, standing: "already" })) }),
};
for (const [name, spoil] of Object.entries(LIES)) {
  test(`a receipt with ${name} marks nothing sent`, async () => {
    const lie = async (answer, path) => path !== "/sync" ? answer
      : new Response(JSON.stringify(spoil(await answer.json())), { status: 200, headers: answer.headers });
    const { sync, standings } = await begin(server({ lie }));
    await sync.drain();
    assert.deepEqual(await standings(), ["here", "here", "here"]);
  });
}

test("an answer that is lost after the server has written is sent again and is there already", async () => {
  let lost = 0;
  const told = server({ lie: (answer, path) => { if (path === "/sync" && !lost++) throw new TypeError("cut"); return answer; } });
  const { sync, standings } = await begin(told);
  assert.equal(await sync.drain(), false);
  assert.deepEqual(await standings(), ["here", "here", "here"]);
  assert.equal(await sync.drain(), true);
  assert.equal(told.kept.length, 3);
  assert.deepEqual(await standings(), ["sent", "sent", "sent"]);
});

test("the line is told apart: no signal, hanging, signed out, locked, busy", async () => {
  const ours = (status, more = {}) => new Response("{}", { status, headers: { "Workgroup-Receipt": "1", ...more } });
  const hang = (path, { signal }) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("abort"))));
  const cases = [
    ["no signal", () => { throw new TypeError(); }, { isOnline: () => false }], ["login", () => { throw new TypeError(); }, {}],
    ["hanging", hang, {}], ["signed out", () => ours(401), {}], ["locked", () => ours(401, { "Workgroup-Locked": "1" }), {}],
    ["busy", () => ours(503, { "Retry-After": "1" }), {}], ["busy", () => ours(500), {}], ["busy", () => new Response("", { status: 502 }), {}],
  ];
  for (const [state, fetch, more] of cases) {
    const { sync, standings } = await begin({ fetch: async (...call) => fetch(...call) }, ["a"], more);
    assert.equal(await sync.drain(), false);
    assert.equal(sync.line.state, state);
    assert.deepEqual(await standings(), ["here"]);
  }
});

test("what is refused is kept with its sentences and holds nothing else up; what waits is tried again", async () => {
  const told = server({ says: (one) => ({ b: "refused", c: "waiting" })[one.fields.words] ?? "entered" });
  const { outbox, sync, standings } = await begin(told, ["a", "b", "c", "d"]);
  await sync.drain();
  assert.deepEqual(await standings(), ["sent", "refused", "waiting", "sent"]);
  assert.deepEqual((await outbox.entries(ME))[1].errors, { words: ["Enter a note."] });
  told.says = () => "entered";
  await sync.drain();
  assert.deepEqual(await standings(), ["sent", "refused", "sent", "sent"]);
});

test("a batch that the server cannot read is halved until the one to blame stands alone", async () => {
  const told = server();
  const fetch = async (path, options) => {
    const isBad = path === "/sync" && options.body.includes("unreadable");
    return isBad ? new Response("{}", { status: 422, headers: { "Workgroup-Receipt": "1" } }) : told.fetch(path, options);
  };
  const { sync, standings } = await begin({ fetch }, ["a", "b", "unreadable", "d", "e"]);
  assert.equal(await sync.drain(), true);
  assert.deepEqual(await standings(), ["sent", "sent", "refused", "sent", "sent"]);
});

test("somebody else's entries stay; the author's own are sent when they return, with the key the server gives back", async () => {
  const told = server();
  const { outbox } = await begin(told, ["mine"]);
  await outbox.takeKey(keyFor(OTHER));
  await outbox.add(entry("theirs", { by: OTHER }));
  await makeSync({ outbox, by: OTHER, fetch: told.fetch }).drain();
  assert.deepEqual(told.kept.map((one) => one.fields.words), ["theirs"]);
  await outbox.takeKey(keyFor(ME, "seal-2"));
  await makeSync({ outbox, by: ME, fetch: told.fetch }).drain();
  assert.deepEqual(told.kept.map((one) => one.fields.words), ["theirs", "mine"]);
});

test("what is written while it sends goes in the same drain", async () => {
  const told = server();
  const { outbox, sync, standings } = await begin(told, ["a"]);
  let isFirst = true;
  told.lie = async (answer, path) => {
    if (path === "/sync" && isFirst) {
      isFirst = false;
      await outbox.add(entry("meanwhile"));
      sync.drain();
    }
    return answer;
  };
  await sync.drain();
  assert.deepEqual(await standings(), ["sent", "sent"]);
});

test("a restored backup gets everything again with the next entry, in one drain", async () => {
  const told = server();
  const { outbox, sync, standings } = await begin(told);
  await sync.drain();
  Object.assign(told, { ledger: "ledger-2", kept: [], number: 0 });
  await outbox.add(entry("d"));
  await sync.drain();
  assert.deepEqual(told.kept.map((one) => one.fields.words).sort(), ["a", "b", "c", "d"]);
  assert.deepEqual(await standings(), ["sent", "sent", "sent", "sent"]);
});

test("a page opened after a restored backup notices it at its first hello", async () => {
  const told = server();
  const { outbox, sync, standings } = await begin(told);
  await sync.drain();
  Object.assign(told, { kept: [], number: 0 });
  await makeSync({ outbox, by: ME, fetch: told.fetch }).drain();
  assert.equal(told.kept.length, 3);
  assert.deepEqual(await standings(), ["sent", "sent", "sent"]);
});

const page = (over = {}) => ({ ledger: "ledger-1", number: 0, now: new Date().toISOString(), ticks: performance.now(), at: Date.now(), ...over });
const hellos = (told) => told.asked.filter(({ path }) => path === "/sync/hello").length;

test("a page that has just come from the server does for the first hello", async () => {
  const told = server();
  const { outbox, sync, standings } = await begin(told, ["a"], { seen: page({ number: 7 }) });
  assert.equal(await sync.drain(), true);
  assert.equal(hellos(told), 0);
  assert.deepEqual(await standings(), ["sent"]);
  assert.ok(Math.abs(await outbox.fact("skew")) < 1_000);
});

const OLDER = {
  "came long ago": () => page({ number: 7, ticks: performance.now() - 60_000 }),
  "was drawn before what another page has heard since": () => page({ number: 2 }),
  "is of another ledger": () => page({ number: 9, ledger: "ledger-2" }),
};
for (const [name, seen] of Object.entries(OLDER)) {
  test(`a page that ${name} is not taken at its word: the server is asked`, async () => {
    const told = server();
    told.number = 4;
    const { outbox, sync } = await begin(told, [], { seen: seen() });
    await outbox.stepBack({ ledger: "ledger-1", number: 4 });
    assert.equal(await sync.drain(), true);
    assert.equal(hellos(told), 1);
    assert.deepEqual(await outbox.fact("head"), { ledger: "ledger-1", number: 4 });
  });
}

test("a request that hung on the old network is given up once there is another, and all is sent", async () => {
  const told = server();
  let isDead = true;
  const fetch = (path, options) => isDead ? new Promise((_, fail) => { options.signal.onabort = () => fail(options.signal.reason); })
    : told.fetch(path, options);
  const { sync, standings } = await begin(told, ["a"], { fetch, patience: 60_000 });
  const first = sync.drain();
  await new Promise((done) => { setTimeout(done, 20); });
  sync.hurry(); // nothing has hung for long: it goes on
  isDead = false;
  const late = performance.now() + 10_000;
  const plain = performance.now;
  performance.now = () => late;
  sync.hurry();
  performance.now = plain;
  assert.equal(await first, false);
  assert.equal(await sync.drain(), true);
  assert.deepEqual(await standings(), ["sent"]);
});
