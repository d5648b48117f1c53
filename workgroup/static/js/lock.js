// The idle clock of a tablet that several people use: ten minutes untouched, and it locks. No DOM, no storage, no fetch
// of its own: everything is handed in, so that a test can be the clock. What is written is not touched here; entries
// stay in the outbox, sealed.
//
// A capture page of a lesson that is not over is held for an hour: whoever watches may not write for a while, and in a
// hall without wifi nobody could unlock. guard.py counts ten minutes too, for a tablet whose page was closed.

const MINUTE = 60_000;
export const LOCKS_AFTER = 10 * MINUTE;
export const LOCKS_CAPTURE_AFTER = 60 * MINUTE;
const LOCKED = 0; // the moment of the last touch that stands for: locked

// now() monotonic, wall() of the calendar, in ms; memory.read() → ms | null and memory.write(ms), shared by all pages of
// this sign-in; isCapturing(); hide() covers the page; forget() drops keys and kept pages; tell(path) posts and says
// what our server answered: "fine", "locked", "signed out", or null when it was not heard; leave() opens the lock screen.
export function makeLock({ now, wall, memory, isCapturing, hide, forget, tell, leave }) {
  let touchedAt = now(), remembered = null, toldAt = now(), isLocked = false, isTelling = false, forgotten;

  function remember(at) {
    remembered = at;
    memory.write(at);
  }

  // The monotonic clock may stand still while a tablet sleeps, so the calendar's counts as well; on a capture page only
  // on waking, for it may be put right by hours in the middle of a lesson.
  function idle(isWaking) {
    const last = memory.read();
    if (last === LOCKED) return Infinity;
    const since = last === null ? 0 : Math.max(0, wall() - last);
    if (last !== remembered) { // another page of this tablet was touched
      remembered = last;
      touchedAt = Math.max(touchedAt, now() - since);
    }
    return Math.max(now() - touchedAt, isWaking || !isCapturing() ? since : 0);
  }

  const hear = (path) => tell(path).catch(() => null);

  async function leaveOnceTold() {
    if (isTelling) return;
    isTelling = true;
    const answer = await hear("/lock");
    isTelling = false;
    if (answer === null) return;
    await forgotten;
    leave();
  }

  async function lock() {
    if (!isLocked) {
      isLocked = true;
      hide(); // before anything that waits: nobody reads on without a line either
      remember(LOCKED);
      forgotten = forget().catch(() => null);
    }
    await leaveOnceTold();
  }

  // Asked every few seconds and on waking. Once locked, it only tries to tell the server.
  async function look(isWaking = false) {
    if (isLocked || idle(isWaking) >= (isCapturing() ? LOCKS_CAPTURE_AFTER : LOCKS_AFTER)) await lock();
  }

  async function tellOfTouch() {
    toldAt = now();
    if ((await hear("/touched")) === "locked") await lock();
  }

  async function touched() {
    await look(); // a touch after ten minutes comes too late
    if (isLocked) return;
    touchedAt = now();
    if (remembered === null || Math.abs(wall() - remembered) > 5_000) remember(wall());
    if (now() - toldAt >= MINUTE) await tellOfTouch();
  }

  // A page fresh from the server was asked for just now by somebody it let in; a kept page proves nothing.
  async function start(isFresh) {
    if (isFresh) remember(wall());
    else await look(true);
  }

  // The line is back: the server has heard of no touch meanwhile, and must before it is asked for a page.
  async function online() {
    if (isLocked) await leaveOnceTold();
    else if (now() - touchedAt < LOCKS_AFTER) await tellOfTouch();
  }

  return { start, look, touched, lock, online };
}
