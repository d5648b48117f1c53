// Sending: what waits in the outbox goes over POST /sync in order, and counts as sent only on the server's own receipt.
// The outbox and fetch are handed in. No DOM, no IndexedDB.

import { digest } from "./sealing.js";

const SECONDS = 1000;
const HELLO_AFTER = 30 * SECONDS;
const MOST_BYTES = 900_000; // the server takes 1 MiB a batch

// Why nothing goes through, in the words of the page: see standing.js.
export const TROUBLES = ["no signal", "login", "signed out", "locked", "busy", "hanging", "full"];

const isFull = (trouble) => trouble?.name === "QuotaExceededError";

// On a full tablet what waits still goes to the server, although the tablet cannot write down that it went.
function unlessFull(trouble) {
  if (!isFull(trouble)) throw trouble;
}

class Line extends Error {
  constructor(state, retryAfter = null) {
    super(state);
    Object.assign(this, { state, retryAfter });
  }
}

export function makeSync({ outbox, fetch, by, isOnline = () => true, patience = 20 * SECONDS, onChange = () => {} }) {
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

  // One request of ours, or a Line that says what is wrong with it.
  async function ask(path, options = {}) {
    const giveUp = new AbortController();
    const timer = setTimeout(() => giveUp.abort(), patience);
    let answer, text;
    try {
      const headers = { "Workgroup-By": by, Accept: "application/json", ...options.headers };
      const told = { redirect: "manual", credentials: "same-origin", cache: "no-store", signal: giveUp.signal };
      answer = await fetch(path, { ...told, ...options, headers });
      text = await answer.text();
    } catch {
      if (giveUp.signal.aborted) throw new Line("hanging");
      throw new Line(isOnline() ? "login" : "no signal");
    } finally {
      clearTimeout(timer);
    }
    const isOurs = answer.headers.get("Workgroup-Receipt") === "1";
    if (!isOurs) throw new Line(answer.status >= 500 && answer.status !== 511 ? "busy" : "login");
    if (answer.status === 401) throw new Line(answer.headers.get("Workgroup-Locked") ? "locked" : "signed out");
    if ([429, 503].includes(answer.status)) throw new Line("busy", Number(answer.headers.get("Retry-After")) || null);
    contact = performance.now();
    await setClock(answer.headers.get("Workgroup-Now"));
    return { status: answer.status, ok: answer.ok, headers: answer.headers, text };
  }

  // How far the server's clock is from this tablet's, in ms, to put a wrong clock right and to show it.
  async function setClock(now) {
    if (now) await outbox.setFact("skew", Date.parse(now) - Date.now()).catch(unlessFull);
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
    if (line.state !== "fine" || performance.now() - contact > HELLO_AFTER) await hello();
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

  async function run() {
    do {
      again = false;
      try {
        await pass();
        retryAt = 0;
        say("fine");
      } catch (trouble) {
        if (isFull(trouble)) return say("full"), false;
        if (!(trouble instanceof Line)) throw trouble;
        retryAt = trouble.retryAfter ? performance.now() + trouble.retryAfter * SECONDS : 0;
        say(trouble.state);
        return false;
      }
    } while (again);
    return true;
  }

  // Read something of ours: JSON of a page's own address, or null while the line is not ours.
  async function look(path) {
    const told = { headers: { Accept: "application/json" }, redirect: "manual", signal: AbortSignal.timeout(patience) };
    const answer = await fetch(path, told);
    const isOurs = answer.ok && answer.headers.get("Workgroup-Person") === by;
    const text = isOurs ? await answer.text() : "";
    return text ? JSON.parse(text) : null; // an empty answer says that nothing is new
  }

  return {
    get line() { return line; },
    get isBusy() { return Boolean(running); },
    ask, look, send, takeKeys,

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
