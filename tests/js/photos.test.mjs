// Photos on a tablet: sealed with their words, sent after all text, resumed, one that fails holds nothing else up.

import assert from "node:assert/strict";
import test from "node:test";

import { plain } from "../../workgroup/static/js/jpeg.js";
import { packed, unpack } from "../../workgroup/static/js/outbox-file.js";
import { PIECE, announced, cut } from "../../workgroup/static/js/pieces.js";
import { Smudges, mean } from "../../workgroup/static/js/smudging.js";
import { makeSync } from "../../workgroup/static/js/sync.js";
import { ME, OTHER, entry, keyFor, server, tablet } from "./tablets.mjs";

const bytesOf = (many, seed = 1) => Uint8Array.from({ length: many }, (_, at) => (at * 31 + seed) % 251);
const PICTURE = bytesOf(2 * PIECE + 100);

async function photo(outbox, bytes = PICTURE, over = {}) {
  const fields = { described: "a bar", ...(await announced(bytes)) };
  return outbox.add({ ...entry("", { kind: "lessons.photo" }), fields, pieces: cut(bytes), ...over });
}

// The wire of photos beside that of text: `photos` holds the pieces that came; `fails(path)` may throw.
function withPhotos(told, fails = () => {}) {
  const photos = {}, gone = new Set(), asked = [];
  const ours = (status, body) => new Response(JSON.stringify(body), { status, headers: { "Workgroup-Receipt": "1" } });
  const fetch = async (path, options = {}) => {
    const [, , kind, id, position] = path.split("/");
    if (kind !== "photos") return told.fetch(path, options);
    asked.push(`${options.method ?? "GET"} ${position ?? ""}`.trim());
    fails(path, options);
    const said = told.kept.find((one) => one.id === id);
    if (!said) return ours(404, { error: "The words have not arrived yet." });
    if (gone.has(id)) return ours(410, { error: "It was taken away." });
    photos[id] ??= {};
    const many = said.fields.pieces;
    if (options.method === "PUT" && Object.keys(photos[id]).length === many) return ours(409, { error: "It is here." });
    if (options.method === "PUT") photos[id][position] = Uint8Array.from(options.body);
    const here = Object.keys(photos[id]).map(Number);
    const receipt = { ledger: told.ledger, number: told.number };
    return ours(200, { here, pieces: many, whole: here.length === many, receipt });
  };
  const bytes = (id) => Buffer.concat(Object.keys(photos[id] ?? {}).sort().map((at) => photos[id][at]));
  return { fetch, photos, gone, asked, bytes };
}

async function begin(fails) {
  const told = server();
  const wire = withPhotos(told, fails);
  const outbox = await tablet();
  const sync = () => makeSync({ outbox, by: ME, fetch: wire.fetch, patience: 200 });
  return { told, wire, outbox, sync, where: async (id) => (await outbox.entry(id)).photo };
}

test("a picture is kept with its words in one, sealed, and read back by its owner alone", async () => {
  const outbox = await tablet();
  const bytes = new TextEncoder().encode("a candid picture ".repeat(9000));
  const { id } = await photo(outbox, bytes);
  const rows = await outbox.db.getAll("piece");
  assert.equal(rows.length, Math.ceil(bytes.length / PIECE));
  assert.ok(rows.every((row) => !Buffer.from(row.words).includes("candid")));
  assert.deepEqual(Buffer.from(await outbox.picture(id)), Buffer.from(bytes));
  await outbox.takeKey(keyFor(OTHER, "seal-2"));
  assert.equal(await outbox.picture(id), null);
});

test("a picture that cannot be kept leaves no words, and words that cannot be kept leave no pieces", async () => {
  const outbox = await tablet();
  await outbox.dropKeys();
  await assert.rejects(photo(outbox));
  assert.deepEqual([await outbox.db.count("entry"), await outbox.db.count("piece")], [0, 0]);
});

test("pictures go after all text, piece by piece, and count as gone only when the server has the whole", async () => {
  const { told, wire, outbox, sync, where } = await begin();
  const { id } = await photo(outbox);
  await outbox.add(entry("written after it"));
  wire.asked.length = 0;
  assert.equal(await sync().drain(), true);
  assert.deepEqual(told.kept.map((one) => one.kind), ["lessons.photo", "sessions.note"]);
  assert.deepEqual(wire.asked, ["GET", "PUT 0", "PUT 1", "PUT 2"]);
  assert.deepEqual(wire.bytes(id), Buffer.from(PICTURE));
  assert.equal((await where(id)).standing, "whole");
  assert.equal((await outbox.counts())[0].photos, 0);
  assert.equal(await outbox.db.count("piece"), 3, "kept for fourteen days");
});

test("after a break only what is missing is sent", async () => {
  let cut = 2;
  const { wire, outbox, sync, where } = await begin((path) => { if (path.endsWith("/1") && cut--) throw new TypeError("cut"); });
  const { id } = await photo(outbox);
  await sync().drain();
  assert.deepEqual([(await where(id)).standing, (await where(id)).sent], ["here", 1]);
  assert.match((await where(id)).trouble, /does not get through/);
  const [count] = await outbox.counts();
  assert.deepEqual([count.photos, count.sent], [1, 1]);
  await sync().drain();
  wire.asked.length = 0;
  await sync().drain();
  assert.deepEqual(wire.asked, ["GET", "PUT 1", "PUT 2"]);
  assert.deepEqual(wire.bytes(id), Buffer.from(PICTURE));
});

test("one picture that always fails holds up no other and no text, and says what is missing", async () => {
  let bad = null;
  const { told, wire, outbox, sync, where } = await begin((path, { method }) => { if (method === "PUT" && path.includes(bad)) throw new TypeError("cut"); });
  bad = (await photo(outbox)).id;
  const good = (await photo(outbox, bytesOf(500))).id;
  const one = sync();
  await one.drain();
  await outbox.add(entry("later"));
  await one.drain();
  assert.equal((await where(good)).standing, "whole");
  assert.deepEqual(wire.bytes(good), Buffer.from(bytesOf(500)));
  assert.equal(told.kept.length, 3);
  assert.deepEqual([(await where(bad)).standing, (await where(bad)).sent], ["here", 0]);
  assert.equal(await outbox.db.count("piece"), 4);
  assert.equal(one.line.state, "fine");
});

test("text that is written while a picture goes is sent before its next piece", async () => {
  const { told, wire, outbox, sync } = await begin();
  await photo(outbox);
  const fetch = async (path, options) => {
    if (path.endsWith("/0")) await outbox.add(entry("meanwhile"));
    if (path === "/sync") wire.asked.push("text");
    return wire.fetch(path, options);
  };
  await makeSync({ outbox, by: ME, fetch, patience: 200 }).drain();
  assert.deepEqual(wire.asked, ["text", "GET", "PUT 0", "text", "GET", "PUT 1", "PUT 2"]);
  assert.equal(told.kept.length, 2);
});

test("a line that is gone stops pictures, and blames no picture", async () => {
  let down = false;
  const told = server({ lie: (answer) => { if (down) throw new TypeError(); return answer; } });
  const wire = withPhotos(told, () => { down = true; throw new TypeError(); });
  const outbox = await tablet();
  const { id } = await photo(outbox);
  const sync = makeSync({ outbox, by: ME, fetch: wire.fetch, isOnline: () => !down, patience: 200 });
  assert.equal(await sync.drain(), false);
  assert.equal(sync.line.state, "no signal");
  assert.equal((await outbox.entry(id)).photo.trouble, null);
});

test("what the server throws away is kept here with the reason, and sent again when asked", async () => {
  let isBad = true;
  const { wire, outbox, where } = await begin();
  const { id } = await photo(outbox, bytesOf(10));
  const fetch = async (path, options) => isBad && options.method === "PUT"
    ? new Response(JSON.stringify({ error: "It holds more than the picture." }), { status: 422, headers: { "Workgroup-Receipt": "1" } })
    : wire.fetch(path, options);
  const one = makeSync({ outbox, by: ME, fetch });
  await one.drain();
  assert.deepEqual([(await where(id)).standing, (await where(id)).trouble], ["refused", "It holds more than the picture."]);
  assert.equal(await outbox.db.count("piece"), 1);
  isBad = false;
  await outbox.settlePhoto(id, { standing: "here", trouble: null });
  await one.drain();
  assert.equal((await where(id)).standing, "whole");
});

test("a picture that was taken away for everyone goes from the tablet, and nothing of it is sent", async () => {
  const { wire, outbox, sync, where } = await begin();
  const { id } = await photo(outbox);
  wire.gone.add(id);
  await sync().drain();
  assert.equal((await where(id)).standing, "gone");
  assert.equal(await outbox.db.count("piece"), 0);
  assert.deepEqual(wire.asked, ["GET"]);
});

test("after a restored backup the picture is sent again with its words", async () => {
  const { told, wire, outbox, sync } = await begin();
  const { id } = await photo(outbox);
  await sync().drain();
  Object.assign(told, { ledger: "ledger-2", kept: [], number: 0 });
  delete wire.photos[id];
  await sync().drain();
  assert.deepEqual(told.kept.map((one) => one.id), [id]);
  assert.deepEqual(wire.bytes(id), Buffer.from(PICTURE));
});

test("a picture that has not gone is never tidied away, one that has is let go after fourteen days", async () => {
  const { outbox, sync } = await begin((path, { method }) => { if (method === "PUT" && path.includes(bad)) throw new TypeError(); });
  const bad = (await photo(outbox)).id;
  const good = (await photo(outbox)).id;
  await sync().drain();
  await outbox.tidy(Date.now() + 1000 * 86_400_000);
  assert.ok(await outbox.picture(bad));
  assert.equal(await outbox.entry(good), undefined);
  assert.equal(await outbox.db.count("piece"), 3);
});

test("pieces sealed at an earlier sign-in go with the key that the server gives back", async () => {
  let isCut = true;
  const { wire, outbox, sync } = await begin((path, { method }) => { if (method === "PUT" && isCut) throw new TypeError(); });
  const { id } = await photo(outbox);
  await sync().drain();
  isCut = false;
  await outbox.dropKeys();
  await outbox.takeKey(keyFor(ME, "seal-2"));
  await sync().drain();
  assert.deepEqual(wire.bytes(id), Buffer.from(PICTURE));
});

test("pictures go into the file with their words, and are sent from another tablet", async () => {
  const { outbox, sync } = await begin((path, { method }) => { if (method === "PUT") throw new TypeError(); });
  const { id } = await photo(outbox);
  await sync().drain(); // the words have gone, the picture has not
  const text = await packed(outbox);
  const other = await begin();
  assert.equal(await unpack(other.outbox, text), 1);
  assert.equal(await unpack(other.outbox, text), 0);
  await other.sync().drain();
  assert.deepEqual(other.wire.bytes(id), Buffer.from(PICTURE));
  assert.equal(await unpack(other.outbox, text.replace('"position"', '"place"')), null);
});

const segment = (marker, words) => [0xff, marker, (words.length + 2) >> 8, (words.length + 2) & 255, ...words];
const letters = (text) => [...text].map((one) => one.charCodeAt(0));
const JFIF = segment(0xe0, [...letters("JFIF\0"), 1, 1, 0, 0, 1, 0, 1, 0, 0]);
const DRAWN = [...segment(0xdb, new Array(65).fill(1)), ...segment(0xc0, [8, 0, 1, 0, 1, 1, 1, 17, 0]),
  ...segment(0xda, [1, 1, 0, 0, 63, 0]), 0x5a, 0xff, 0x00, 0xff, 0xd1, 0x5a];

test("everything but the picture is left out of a JPEG", () => {
  const secrets = [...segment(0xe1, letters("Exif\0\0GPS")), ...segment(0xfe, letters("by somebody")),
    ...segment(0xe2, letters("ICC_PROFILE\0")), ...segment(0xed, letters("Photoshop 3.0\0"))];
  const clean = Uint8Array.from([0xff, 0xd8, ...JFIF, ...DRAWN, 0xff, 0xd9]);
  const given = Uint8Array.from([0xff, 0xd8, ...secrets, ...JFIF, ...secrets, ...DRAWN, 0xff, 0xd9, ...letters("behind it")]);
  assert.deepEqual(plain(given), clean);
  assert.deepEqual(plain(clean), clean);
  for (const bad of [[], [0xff, 0xd8], [0x89, 0x50], [0xff, 0xd8, 0xff], [...given.slice(0, 60)], [0xff, 0xd8, ...JFIF, ...DRAWN]]) {
    assert.throws(() => plain(Uint8Array.from(bad)), /\.$/);
  }
});

test("smudging follows the finger between two places, toggles by keys, and the last stroke can be undone", () => {
  const smudges = new Smudges(240, 120); // squares of ten
  smudges.begin();
  smudges.along({ x: 5, y: 5 }, { x: 45, y: 5 });
  assert.deepEqual([...smudges.squares], [0, 1, 2, 3, 4]);
  smudges.toggle(30);
  smudges.toggle(2);
  assert.deepEqual([...smudges.squares], [0, 1, 3, 4, 30]);
  assert.deepEqual(smudges.undo(), [2]);
  assert.deepEqual(smudges.undo(), [30]);
  assert.equal(smudges.undo().length, 5);
  assert.deepEqual([smudges.squares.size, smudges.undo().length, smudges.at(-1, 5), smudges.at(240, 5)], [0, 0, null, null]);
  assert.deepEqual(new Smudges(100, 33).box(19), [95, 0, 5, 5]);
});

test("a smudged square has one colour", () => {
  assert.equal(mean([0, 0, 0, 255, 200, 100, 50, 255]), "rgb(100,50,25)");
});
