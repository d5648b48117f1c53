// A browser's own store that stops answering: nothing is said to be kept that is not, and nobody waits for ever.

import assert from "node:assert/strict";
import test from "node:test";

import { patiently } from "../../workgroup/static/js/patience.js";
import { makeSync } from "../../workgroup/static/js/sync.js";
import { ME, entry, server, tablet } from "./tablets.mjs";

const SOON = 400; // ms; longer than a busy machine takes for an answer

// Hold every store of a tablet, as another page does that was put to sleep with a transaction open; returns the letting go.
function holdOn(outbox) {
  const tx = outbox.db.transaction(["entry", "draft", "fact", "piece", "key"], "readwrite");
  let isHeld = true;
  const again = () => { if (isHeld) tx.objectStore("fact").get("order").then(again); };
  again();
  return async () => {
    isHeld = false;
    await tx.done;
  };
}

async function stuckTablet() {
  const outbox = await tablet();
  outbox.patience = SOON;
  return outbox;
}

test("an entry that the store does not take is not kept, and whoever wrote it hears so", async () => {
  const outbox = await stuckTablet();
  const letGo = holdOn(outbox);
  const one = entry("a tap");
  await assert.rejects(outbox.add(one), { name: "Hangs" });
  await letGo();
  assert.deepEqual(await outbox.entries(ME), []);
  assert.equal((await outbox.add(one)).id, one.id);
  assert.deepEqual((await outbox.entries(ME)).map((row) => row.fields.words), ["a tap"]);
});

test("entries behind one that hangs hear it as soon, and are not kept behind their author's back", async () => {
  const outbox = await stuckTablet();
  const letGo = holdOn(outbox);
  const told = await Promise.allSettled(["a", "b", "c"].map((words) => outbox.add(entry(words))));
  assert.deepEqual(told.map(({ reason }) => reason?.name), ["Hangs", "Hangs", "Hangs"]);
  await letGo();
  await outbox.add(entry("d"));
  assert.deepEqual((await outbox.entries(ME)).map((row) => row.fields.words), ["d"]);
});

test("sending gives up on a store that hangs, says so, and sends once it answers again", async () => {
  const outbox = await tablet();
  await outbox.add(entry("waits"));
  const told = server();
  const sync = makeSync({ outbox: patiently(outbox, SOON), by: ME, fetch: told.fetch });
  const letGo = holdOn(outbox);
  assert.equal(await sync.drain(), false);
  assert.equal(sync.line.state, "stuck");
  await letGo();
  assert.equal(await sync.drain(), true);
  assert.equal(sync.line.state, "fine");
  assert.deepEqual(told.kept.map((one) => one.fields.words), ["waits"]);
});
