// Asking the server, and telling our server's answers from everybody else's: a wifi's login page, a proxy, a dead line.
// fetch is handed in. No DOM, no IndexedDB.

export class Line extends Error {
  constructor(state, retryAfter = null) {
    super(state);
    Object.assign(this, { state, retryAfter });
  }
}

const LONG = 5_000;

// Returns `ask` for what lies under /sync and `look` for a page's own address; `onAnswer(answer)` hears of every answer that
// was ours. `hurry` gives up a request that has had no answer for a while, for the network it went out on may be gone.
export function makeLine({ fetch, by, isOnline, patience, onAnswer }) {
  let latest = null;

  function hurry() {
    if (latest && performance.now() - latest.since > LONG) latest.giveUp.abort();
  }

  // One request of ours, or a Line that says what is wrong with it.
  async function ask(path, options = {}) {
    const giveUp = new AbortController();
    const timer = setTimeout(() => giveUp.abort(), patience);
    latest = { giveUp, since: performance.now() };
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
      latest = null;
    }
    const isOurs = answer.headers.get("Workgroup-Receipt") === "1";
    if (!isOurs) throw new Line(answer.status >= 500 && answer.status !== 511 ? "busy" : "login");
    if (answer.status === 401) throw new Line(answer.headers.get("Workgroup-Locked") ? "locked" : "signed out");
    if ([429, 503].includes(answer.status)) throw new Line("busy", Number(answer.headers.get("Retry-After")) || null);
    await onAnswer(answer);
    return { status: answer.status, ok: answer.ok, headers: answer.headers, text };
  }

  // Read something of ours: JSON of a page's own address, or null while the line is not ours.
  async function look(path) {
    const told = { headers: { Accept: "application/json" }, redirect: "manual", signal: AbortSignal.timeout(patience) };
    const answer = await fetch(path, told);
    const isOurs = answer.ok && answer.headers.get("Workgroup-Person") === by;
    const text = isOurs ? await answer.text() : "";
    return text ? JSON.parse(text) : null; // an empty answer says that nothing is new
  }

  return { ask, look, hurry };
}
