// What this tablet itself said on a register: the outbox's entries as marks, which of them the server has not told of yet,
// and the last tap with what stood before it. Nothing is remembered beside the entries, so it holds after a reload. Pure.

import { keyOf } from "./register-model.js";

const SMALL_SKEW = 2_000; // as at the wire: a wall clock this near is left alone
const REMEMBERED = 15 * 60_000;
const SAID = ["status", "attending_as", "substitute_for", "told_on", "in_at", "in_time", "out_at", "out_time", "school", "comes_from"];

function momentOf({ at, skew }) {
  return Math.abs(skew ?? 0) > SMALL_SKEW ? new Date(Date.parse(at) + skew).toISOString() : at;
}

// An entry as a mark. Times are moments (`in_at`) or, where they were typed, on the clock of that day (`in_time`).
export function markOf(entry, byLeader) {
  const { id, fields, standing } = entry;
  const at = momentOf(entry);
  const isHere = fields.status === "present";
  const instead = fields.substitute_for ?? null;
  return {
    id, at, standing, person: fields.person ?? null, visitor: fields.visitor ?? null, school: fields.school ?? null,
    comes_from: fields.comes_from ?? null,
    status: fields.status, told_on: fields.told_on ?? null,
    in_at: isHere ? fields.in_at ?? (fields.in_time ? null : at) : null,
    in_time: (isHere && !fields.in_at && fields.in_time) || null,
    out_at: (isHere && fields.out_at) || null, out_time: (isHere && !fields.out_at && fields.out_time) || null,
    attending_as: fields.attending_as ?? (instead ? "substitute" : fields.visitor ? "visitor" : "participant"),
    substitute_for: instead, by_leader: byLeader,
  };
}

// The marks of a session among a person's entries, in the order they were made. `shown` is the ledger number up to which
// the server has told; what it refused, or somebody put aside, was not marked.
export function ownOf(entries, { session, shown }, byLeader = true) {
  const newest = new Map(); // of each boot, for its taps keep their order whatever its wall clock does meanwhile
  const found = [];
  for (const entry of entries) {
    const isOurs = !entry.locked && entry.fields.session === session && ["sessions.mark", "sessions.unmark"].includes(entry.kind);
    if (!isOurs || ["refused", "aside"].includes(entry.standing)) continue;
    if (entry.kind === "sessions.unmark") {
      found.push({ gone: entry.fields.mark, made: entry.at, tap: entry.page?.tap });
      continue;
    }
    const mark = markOf(entry, byLeader);
    const before = newest.get(entry.boot);
    if (entry.boot && before > mark.at) mark.at = new Date(Date.parse(before) + 1).toISOString();
    newest.set(entry.boot, mark.at);
    found.push({ mark, made: entry.at, isTold: entry.standing === "sent" && entry.number <= shown, tap: entry.page?.tap });
  }
  const gone = new Set(found.map((one) => one.gone));
  return found.filter(({ mark }) => !mark || !gone.has(mark.id));
}

// The newest tap that can be taken back: made a short while ago, not taken back yet, and nothing newer said of all it marked.
export function lastTap(register, own, now = Date.now()) {
  const taps = new Map();
  for (const { mark, made, tap } of own) {
    if (tap?.undoes) taps.delete(tap.undoes);
    if (!tap || tap.undoes || Date.parse(made) < now - REMEMBERED) continue;
    taps.set(tap.id, [...(taps.get(tap.id) ?? []), { mark, before: tap.before }]);
  }
  for (const [id, many] of [...taps].reverse()) {
    const counting = many.filter(({ mark }) => register.counts(mark));
    if (counting.length) return { id, marks: counting };
  }
  return null;
}

// What of a mark is to be remembered, to be able to say it again.
export function said(mark) {
  return mark && Object.fromEntries(SAID.map((name) => [name, mark[name] ?? null]).filter(([, value]) => value !== null));
}

// What to say, to take a mark back: the one before it again; where there was none, that it was not made (`{unmark: id}`).
export function sayBefore({ mark, before }) {
  const { person, visitor, school } = mark;
  const who = person ? { person } : { visitor, ...(school ? { school } : {}) };
  return before ? { ...before, ...who } : { unmark: mark.id };
}

// Who a mark is of, for an entry.
export function whoIs(register, key) {
  const mark = register.of(key);
  const isVisitor = mark?.visitor && keyOf(mark) === key;
  return isVisitor ? { visitor: mark.visitor, ...(mark.school ? { school: mark.school } : {}) } : { person: key };
}
