// A tablet for tests: a fresh store of its own, somebody signed in, and a server that answers as it is told.

import "../../node_modules/fake-indexeddb/auto/index.mjs";

import { openOutbox } from "../../workgroup/static/js/outbox.js";
import { digest } from "../../workgroup/static/js/sealing.js";

export const ME = "11111111-1111-4111-8111-111111111111";
export const OTHER = "22222222-2222-4222-8222-222222222222";
let made = 0;

export function keyFor(person, seal = "seal-1") {
  return { person, seal, key: btoa(`${person}${seal}`.padEnd(32, "x").slice(0, 32)) };
}

export async function tablet(person = ME) {
  made += 1;
  const outbox = await openOutbox(`test-${made}`);
  if (person) await outbox.takeKey(keyFor(person));
  return outbox;
}

export function entry(words, over = {}) {
  return { id: crypto.randomUUID(), by: ME, kind: "sessions.note", fields: { words }, page: null, ...over };
}

// A server: `ledger` holds what it keeps; `says(entry)` may give another standing; `lie(answer)` may spoil an answer.
export function server({ says = () => "entered", lie = (answer) => answer, ledger = "ledger-1" } = {}) {
  const told = { ledger, kept: [], asked: [], number: 0, says, lie };
  const headers = (more = {}) => new Headers({ "Workgroup-Receipt": "1", "Workgroup-Ledger": told.ledger,
    "Workgroup-Number": String(told.number), ...more });
  const answer = (status, body = "", more = {}) => new Response(body, { status, headers: headers(more) });

  async function sync(batch) {
    const standings = batch.entries.map((one) => {
      const known = told.kept.find((kept) => kept.id === one.id);
      const standing = known ? "already" : told.says(one);
      if (standing === "entered") { told.kept.push(one); told.number += 1; }
      return { id: one.id, standing, errors: standing === "refused" ? { words: ["Enter a note."] } : {} };
    });
    const lines = standings.map((one) => `${one.id}:${one.standing}`).join("\n");
    const receipt = { id: "r", ledger: told.ledger, number: told.number, digest: await digest(lines) };
    return answer(200, JSON.stringify({ receipt, standings }));
  }

  told.fetch = async (path, options = {}) => {
    told.asked.push({ path, ...options });
    const seal = /^\/sync\/seals\/(.+)$/.exec(path);
    const by = options.headers?.["Workgroup-By"];
    const given = path === "/sync/hello" ? answer(200)
      : seal ? answer(200, JSON.stringify({ seal: seal[1], key: keyFor(by, seal[1]).key }))
        : await sync(JSON.parse(options.body));
    return told.lie(given, path);
  };
  return told;
}
