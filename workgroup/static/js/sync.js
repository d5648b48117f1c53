// Sending: what waits in the outbox goes over POST /sync in order, and counts as sent only on the server's own receipt.
// The outbox and fetch are handed in. No DOM, no IndexedDB.

import { Line, makeLine } from "./line.js";
import { makePhotoSending } from "./photo-sending.js";
import { digest } from "./sealing.js";

const SECONDS = 1000;
const HELLO_AFTER = 30 * SECONDS;
const MOST_BYTES = 900_000; // the server takes 1 MiB a batch

// Why nothing goes through, in the words of the page: see standing.js.
export const TROUBLES = ["no signal", "login", "signed out", "locked", "busy", "hanging", "full", "stuck"];

const isFull = (trouble) => trouble?.name === "QuotaExceededError";

// On a full tablet what waits still goes to the server, although the tablet cannot write down that it went.
function unlessFull(trouble) {
  if (!isFull(trouble)) throw trouble;
}

export function makeSync({ outbox, fetch, by, isOnline = () => true, patience = 20 * SECONDS, onChange = () => {}, seen = null }) {
  let line = { state: "fine", since: new Date().toISOString() };
  let contact = -Infinity;
  let running = null;
  let again = false;
  let retryAt = 0;
  let isTidy = false;
  const sought = new Set(); // seals whose key was asked for, so that one the server does not give is asked for once

  function say(state) {
    if (state !== line.state) line = { state, since: new Date().toISOString() };
    onChange(line);
  }

  const { ask, look, hurry } = makeLine({ fetch, by, isOnline, patience, onAnswer: async (answer) => {
    contact = performance.now();
    await setClock(answer.headers.get("Workgroup-Now"));
  } });

  // How far the server's clock is from this tablet's, in ms, to put a wrong clock right and to show it.
  async function setClock(now, at = Date.now()) {
    if (now) await outbox.setFact("skew", Date.parse(now) - at).catch(unlessFull);
  }

  // A page that the server has just drawn says what a hello would: its ledger, number and time. Once, and only where
  // this tablet knows of nothing newer, from another page say; else the server is asked.
  async function meet() {
    const told = seen;
    seen = null;
    const head = told && (await outbox.fact("head"));
    const isBehind = head && (head.ledger !== told.ledger || head.number > told.number);
    if (!told || isBehind || line.state !== "fine" || performance.now() - told.ticks > HELLO_AFTER) return hello();
    contact = told.ticks;
    await setClock(told.now, told.at);
    await outbox.stepBack(told).catch(unlessFull);
  }

  // Say who we are; the head of the ledger tells whether the server has lost what it had.
  async function hello() {
    const answer = await ask("/sync/hello");
    if (!answer.ok) throw new Line("busy");
    const { headers } = answer;
    const head = { ledger: headers.get("Workgroup-Ledger"), number: Number(headers.get("Workgroup-Number")) };
    await outbox.stepBack(head).catch(unlessFull);
  }

  // Entries sealed at an earlier sign-in: the server gives their key back to whoever wrote them.
  async function takeKeys(seals) {
    for (const seal of new Set(seals)) {
      const answer = await ask(`/sync/seals/${encodeURIComponent(seal)}`);
      if (answer.ok) await outbox.takeKey({ person: by, ...JSON.parse(answer.text) }, false);
    }
  }

  function wire({ id, kind, by: author, at, seq, boot, ticks, skew, fields }) {
    return { id, kind, by: author, at, seq, boot, ticks, skew, fields };
  }

  // Send some entries and take over their standings. A batch that is too large or not understood is halved until the
  // entry that is to blame stands alone; that one is refused in words, so that it holds nothing else up.
  async function send(entries) {
    const batch = { tablet: await outbox.tablet(), sent: new Date().toISOString(), boot: outbox.boot,
      ticks: outbox.ticks(), entries: entries.map(wire) };
    const body = JSON.stringify(batch);
    const isLarge = body.length > MOST_BYTES && entries.length > 1;
    const answer = isLarge ? null : await ask("/sync", { method: "POST", body, headers: { "Content-Type": "application/json" } });
    if (!answer || answer.status === 413 || answer.status === 422) return halve(entries, answer);
    if (!answer.ok) throw new Line("busy");
    const { receipt, standings } = await read(answer, entries);
    again ||= (await outbox.stepBack(receipt)) > 0;
    await outbox.settle(standings, receipt);
  }

  async function halve(entries, answer) {
    if (entries.length > 1) {
      const middle = Math.ceil(entries.length / 2);
      await send(entries.slice(0, middle));
      return send(entries.slice(middle));
    }
    const why = answer.status === 413 ? "This is too long to send. Shorten it and send it again."
      : "The server could not read this. Change it and send it again.";
    return outbox.settle([{ id: entries[0].id, standing: "refused", errors: { "": [why] } }], {});
  }

  // A receipt is ours when it covers exactly what was sent and its digest fits; anything else was not us.
  async function read(answer, entries) {
    let told;
    try {
      told = JSON.parse(answer.text);
    } catch {
      throw new Line("login");
    }
    const { receipt, standings } = told ?? {};
    const isWhole = Array.isArray(standings) && standings.length === entries.length
      && standings.every((one, index) => one.id === entries[index].id);
    const lines = isWhole ? standings.map((one) => `${one.id}:${one.standing}`).join("\n") : "";
    if (!isWhole || receipt?.digest !== (await digest(lines))) throw new Line("login");
    return told;
  }

  async function pass() {
    if (line.state !== "fine" || performance.now() - contact > HELLO_AFTER) await meet();
    for (let past = 0; ;) {
      let entries = await outbox.unsent(by, past);
      if (!entries.length) break;
      const locked = entries.filter((one) => one.locked && !sought.has(one.seal)).map((one) => one.seal);
      if (locked.length) {
        await takeKeys(locked);
        for (const seal of locked) sought.add(seal);
        entries = await outbox.unsent(by, past);
      }
      past = entries.at(-1).order;
      const ready = entries.filter((one) => !one.locked);
      if (ready.length) await send(ready);
      onChange(line);
    }
    if (!isTidy) await outbox.tidy();
    isTidy = true;
  }

  const photos = makePhotoSending({ outbox, ask, hello, by, onChange: () => onChange(line) });

  async function run() {
    do {
      again = false;
      try {
        await pass();
        if (await photos.pass()) again = true;
        retryAt = 0;
        say("fine");
      } catch (trouble) {
        const own = { QuotaExceededError: "full", Hangs: "stuck" }[trouble.name];
        if (own) return say(own), false;
        if (!(trouble instanceof Line)) throw trouble;
        retryAt = trouble.retryAfter ? performance.now() + trouble.retryAfter * SECONDS : 0;
        say(trouble.state);
        return false;
      }
    } while (again);
    return true;
  }

  return {
    get line() { return line; },
    get isBusy() { return Boolean(running); },
    ask, look, hurry, send, takeKeys,

    // Send all that waits. Asked for while it runs, it goes round once more, so that nothing made meanwhile is left.
    // Returns whether the line was fine to the end.
    drain() {
      if (performance.now() < retryAt) return Promise.resolve(false);
      again = true;
      running ??= run().finally(() => { running = null; });
      return running;
    },
  };
}
