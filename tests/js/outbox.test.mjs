// The outbox: kept sealed, in order, by person; nothing unsent is ever taken out of it.

import assert from "node:assert/strict";
import test from "node:test";

import { Outbox } from "../../workgroup/static/js/outbox.js";
import { packed, unpack } from "../../workgroup/static/js/outbox-file.js";
import { tidy } from "../../workgroup/static/js/settling.js";
import { ME, OTHER, entry, keyFor, tablet } from "./tablets.mjs";

const receipt = { ledger: "ledger-1", number: 7 };
const words = async (outbox, by = ME) => (await outbox.entries(by)).map((one) => one.fields?.words ?? "sealed");
const stand = (id, standing, more = {}) => [{ id, standing, errors: {}, ...more }];

test("an entry said twice is kept once; other words under its id are an entry of their own", async () => {
  const outbox = await tablet();
  const first = entry("first");
  await outbox.add(first);
  assert.equal((await outbox.add(first)).id, first.id);
  assert.deepEqual(await words(outbox), ["first"]);
  const second = await outbox.add({ ...first, fields: { words: "second" } });
  assert.notEqual(second.id, first.id);
  assert.deepEqual(await words(outbox), ["first", "second"]);
});

test("entries made at once keep the order in which they were made, each with a number of its own", async () => {
  const outbox = await tablet();
  await Promise.all(["a", "b", "c", "d"].map((one) => outbox.add(entry(one))));
  const kept = await outbox.entries(ME);
  assert.deepEqual(kept.map((one) => one.fields.words), ["a", "b", "c", "d"]);
  assert.deepEqual(kept.map((one) => one.seq), [1, 2, 3, 4]);
  assert.ok(kept.every((one, at) => !at || one.ticks >= kept[at - 1].ticks));
});

test("nobody's words lie open in the store, and the next person cannot read them", async () => {
  const outbox = await tablet();
  await outbox.add(entry("candid words"));
  await outbox.draft("box", ME, "half a candid sentence");
  const rows = [...(await outbox.db.getAll("entry")), ...(await outbox.db.getAll("draft"))];
  assert.ok(!Buffer.concat(rows.map((row) => Buffer.from(JSON.stringify(row) + Buffer.from(row.words)))).includes("candid"));
  await outbox.takeKey(keyFor(OTHER));
  assert.deepEqual(await words(outbox), ["sealed"]);
  assert.equal((await outbox.drafts(ME)).size, 0);
  await assert.rejects(outbox.add(entry("as somebody else")));
  await outbox.takeKey(keyFor(ME));
  assert.deepEqual(await words(outbox), ["candid words"]);
});

test("at sign-out the keys go and everything that was written stays", async () => {
  const outbox = await tablet();
  await outbox.add(entry("waits"));
  await outbox.dropKeys();
  assert.equal(await outbox.current(), undefined);
  const [count] = await outbox.counts();
  assert.deepEqual([count.by, count.here, count.sent], [ME, 1, 0]);
  await outbox.takeKey(keyFor(ME));
  assert.deepEqual(await words(outbox), ["waits"]);
});

test("an older seal of one's own is asked for and opens what it sealed", async () => {
  const outbox = await tablet();
  await outbox.add(entry("before"));
  await outbox.dropKeys();
  await outbox.takeKey(keyFor(ME, "seal-2"));
  assert.deepEqual(await outbox.missingSeals(ME), ["seal-1"]);
  await outbox.takeKey(keyFor(ME, "seal-1"), false);
  assert.deepEqual(await words(outbox), ["before"]);
  assert.equal((await outbox.add(entry("after"))).seal, "seal-2");
});

test("an earlier key that comes late, to a page of whoever was here before, takes nothing from whoever is here now", async () => {
  const outbox = await tablet();
  await outbox.takeKey(keyFor(OTHER, "seal-9"));
  await outbox.takeKey(keyFor(ME, "seal-0"), false);
  assert.equal((await outbox.current()).person, OTHER);
  await outbox.add(entry("by the other", { by: OTHER }));
  assert.deepEqual(await words(outbox, OTHER), ["by the other"]);
  assert.equal(await outbox.db.get("key", "seal-0"), undefined);
});

test("a receipt settles what it names, and nothing that was settled before", async () => {
  const outbox = await tablet();
  const [sent, waits, refused] = await Promise.all(["a", "b", "c"].map((one) => outbox.add(entry(one))));
  await outbox.settle([...stand(sent.id, "entered"), ...stand(waits.id, "waiting"), ...stand(refused.id, "refused")], receipt);
  const standings = async () => (await outbox.entries(ME)).map((one) => one.standing);
  assert.deepEqual(await standings(), ["sent", "waiting", "refused"]);
  await outbox.settle([...stand(sent.id, "refused"), ...stand(refused.id, "entered")], receipt);
  assert.deepEqual(await standings(), ["sent", "waiting", "refused"]);
  assert.deepEqual((await outbox.unsent(ME)).map((one) => one.id), [waits.id]);
});

test("who writes is asked with each entry: another tab may have signed out, or in, or anew", async () => {
  const outbox = await tablet();
  const tab = new Outbox(outbox.db);
  await outbox.add(entry("first"));
  await tab.dropKeys();
  await assert.rejects(outbox.add(entry("nobody")), { name: "NotHere" });
  await tab.takeKey(keyFor(OTHER, "seal-2"));
  await assert.rejects(outbox.add(entry("somebody else's tablet")), { name: "NotHere" });
  await tab.takeKey(keyFor(ME, "seal-3"));
  assert.equal((await outbox.add(entry("mine"))).seal, "seal-3");
  await tab.takeKey(keyFor(ME, "seal-4"));
  await tab.setFact("skew", 70);
  const { seal, skew, order } = await outbox.add(entry("anew"));
  assert.deepEqual([seal, skew, order], ["seal-4", 70, 3]);
});

test("a refused entry is said anew under its id, or under a new one where the server keeps the id already", async () => {
  const outbox = await tablet();
  const [plain, known] = await Promise.all(["a", "b"].map((one) => outbox.add(entry(one))));
  await outbox.settle([...stand(plain.id, "refused"), ...stand(known.id, "refused", { known: true })], receipt);
  await outbox.change(plain.id, { words: "a, better" });
  await outbox.change(known.id, { words: "b, better" });
  const unsent = await outbox.unsent(ME);
  assert.deepEqual(unsent.map((one) => one.fields.words).sort(), ["a, better", "b, better"]);
  assert.ok(unsent.some((one) => one.id === plain.id) && !unsent.some((one) => one.id === known.id));
  assert.equal((await outbox.entry(known.id)).standing, "aside");
  assert.equal((await outbox.entry(known.id)).fields.words, "b");
});

test("only what was sent more than fourteen days ago is let go", async () => {
  const outbox = await tablet();
  const made = await Promise.all(["here", "sent", "waiting", "refused", "aside"].map((one) => outbox.add(entry(one))));
  await outbox.settle(made.slice(1, 4).flatMap((one, at) => stand(one.id, ["entered", "waiting", "refused"][at])), receipt);
  await outbox.settle(stand(made[4].id, "refused"), receipt);
  await outbox.putAside(made[4].id);
  const days = (number) => Date.now() + number * 86_400_000;
  await outbox.tidy(days(13));
  assert.equal((await words(outbox)).length, 5);
  await outbox.tidy(days(15));
  assert.deepEqual(await words(outbox), ["here", "waiting", "refused", "aside"]);
  await outbox.tidy(days(1000));
  assert.equal((await words(outbox)).length, 4);
});

test("everybody's is let go in its turn, and where a tablet is full what lies behind a younger one as well", async () => {
  const outbox = await tablet(OTHER);
  const theirs = await outbox.add(entry("theirs", { by: OTHER }));
  await outbox.takeKey(keyFor(ME, "seal-2"));
  const made = [];
  for (const one of ["young", "old", "here"]) made.push(await outbox.add(entry(one)));
  await outbox.settle([theirs, made[0], made[1]].flatMap(({ id }) => stand(id, "entered")), receipt);
  const put = (one) => outbox.db.put("entry", one);
  await put({ ...(await outbox.db.get("entry", made[0].id)), sent_at: new Date(Date.now() + 5 * 86_400_000).toISOString() });
  await outbox.tidy(Date.now() + 15 * 86_400_000);
  assert.equal((await outbox.entries(OTHER)).length, 0);
  assert.deepEqual(await words(outbox), ["young", "old", "here"], "they go in the order they were made");
  await tidy(outbox.db, Date.now() + 15 * 86_400_000, true);
  assert.deepEqual(await words(outbox), ["young", "here"]);
});

test("a ledger that stepped back, or is another one, gets again what it lost", async () => {
  const outbox = await tablet();
  const [early, late] = await Promise.all(["early", "late"].map((one) => outbox.add(entry(one))));
  await outbox.stepBack({ ledger: "ledger-1", number: 1 });
  await outbox.settle(stand(early.id, "entered"), { ledger: "ledger-1", number: 3 });
  await outbox.settle(stand(late.id, "entered"), { ledger: "ledger-1", number: 9 });
  assert.equal(await outbox.stepBack({ ledger: "ledger-1", number: 9 }), 0);
  assert.equal(await outbox.stepBack({ ledger: "ledger-1", number: 5 }), 1);
  assert.deepEqual((await outbox.unsent(ME)).map((one) => one.id), [late.id]);
  assert.equal(await outbox.stepBack({ ledger: "ledger-2", number: 50 }), 1);
  assert.equal((await outbox.unsent(ME)).length, 2);
});

test("everything that waits goes into a file, sealed, and comes out once on another tablet in its order", async () => {
  const from = await tablet();
  const to = await tablet(OTHER);
  await to.add(entry("the other's own", { by: OTHER }));
  const [sent] = await Promise.all(["sent", "one", "two"].map((one) => from.add(entry(one))));
  await from.settle(stand(sent.id, "entered"), receipt);
  const text = await packed(from);
  assert.ok(!text.includes("one") && text.includes(ME));
  assert.equal(await unpack(to, text), 2);
  assert.equal(await unpack(to, text), 0);
  assert.deepEqual(await words(to), ["sealed", "sealed"]);
  await to.takeKey(keyFor(ME));
  assert.deepEqual((await to.unsent(ME)).map((one) => one.fields.words), ["one", "two"]);
  for (const bad of ["", "{}", "[]", "null", '{"file":"workgroup-outbox-1","entries":[{}]}', text.replace("here", "sent")]) {
    assert.equal(await unpack(to, bad), null, bad.slice(0, 40));
  }
});

test("a draft is kept at every key, belongs to its writer, and goes when it becomes an entry", async () => {
  const outbox = await tablet();
  await outbox.draft("note", ME, "half a");
  await outbox.draft("note", ME, "half a sentence");
  assert.equal((await outbox.drafts(ME)).get("note"), "half a sentence");
  await outbox.add({ ...entry("half a sentence."), draft: "note" });
  assert.equal((await outbox.drafts(ME)).size, 0);
});
