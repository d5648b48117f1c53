// The pages of a session on this tablet: has them kept, says how many there are, and remembers what a rehearsal found.
// The list of a session lies in the pack beside its pages, so it goes with them at lock and sign-out.

import { when } from "./marks.js";
import { keepPages } from "./worker.js";

const OLD = 3 * 3_600_000;
const FILE_IS_OLD = 7 * 86_400_000; // a file never changes; what is kept goes after fourteen days
const person = document.querySelector('meta[name="tablet"]')?.dataset.person;
const places = document.querySelectorAll("[data-pack]"); // of a session, and of the visits that are near
const listAt = (session) => `/day-pack/${session}`;

const openPack = () => globalThis.caches?.open(`pack-${person}`);

// What is known here of a session's pack: `{session, stamp, pages, files, large, tried}`, or null.
export async function known(session) {
  const kept = await (await openPack())?.match(listAt(session));
  return kept ? kept.json() : null;
}

export async function remember(told) {
  const headers = { "Content-Type": "application/json", "Workgroup-Kept": new Date().toISOString() };
  await (await openPack())?.put(listAt(told.session), new Response(JSON.stringify(told), { headers }));
}

async function asked(session) {
  const answer = await fetch(listAt(session), { redirect: "manual", signal: AbortSignal.timeout(20_000) }).catch(() => null);
  return answer?.ok && answer.headers.get("Workgroup-Person") === person ? answer.json() : null;
}

// Have all pages of a session kept that are missing or old. Resolves with `{session, stamp, pages, tried, missing}`, where
// `missing` are the addresses that are not on this tablet; null when nobody knows yet which pages there are.
export async function fill(session, stamp, onProgress = () => {}) {
  const before = await known(session);
  const isSame = before?.stamp === stamp;
  const fresh = isSame ? before : await asked(session);
  const told = fresh ? { tried: before?.tried, ...fresh } : before;
  if (!told) return null;
  await letGo(addressesOf(before?.files), addressesOf(told.files));
  const pages = told.pages.map((page) => page.address);
  const result = await keepPages(pages, isSame ? OLD : 0, ({ done, failed }) => onProgress(done - lost(failed).length, pages.length));
  if (!result) return null;
  const missing = result.isDressed ? lost(result.failed) : pages; // a page without its files is not here
  // a list whose pages did not all come anew is not yet the new one
  await remember({ ...told, stamp: result.failed.length || missing.length ? null : told.stamp });
  return { ...told, missing };
}

const addressesOf = (files) => (files ?? []).map((file) => file.address);

// A file that was taken away, or has no room here any more, goes from this tablet.
async function letGo(before, now) {
  for (const address of before.filter((one) => !now.includes(one))) await (await openPack())?.delete(address);
}

// Have the files of a session kept, after its pages. Resolves with the addresses of those that are not on this tablet: one
// that does not come breaks nothing.
export async function fillFiles(told, onProgress = () => {}) {
  const files = addressesOf(told.files);
  const result = await keepPages(files, FILE_IS_OLD, ({ done, failed }) => onProgress(done - lost(failed).length, files.length), [], true);
  return result ? lost(result.failed) : files;
}

const lost = (failed) => failed.filter((one) => !one.isHere).map((one) => one.address);

// Say what a rehearsal found: "Tried on Mon 9 Mar 18:20: all 12 pages open without a line."
export function sayTried({ at, of, failed, isSent }) {
  const pages = failed ? `${failed} of ${of} pages did not open` : `all ${of} pages open without a line`;
  return `Tried ${when(at)}: ${pages}${isSent ? "" : "; the trial entry was not sent"}.`;
}

// Say of the files what is here, what is not yet, and what is too large to be kept.
async function sayFiles(place, told) {
  const said = place.querySelector("[data-pack-files]");
  const of = told.files?.length ?? 0;
  const large = told.large?.length ? ` Too large to keep here: ${told.large.join(", ")}.` : "";
  const say = (here) => { said.textContent = (of ? `${here} of ${of} ${of === 1 ? "file is" : "files are"} here too.` : "") + large; };
  say(of - (await fillFiles(told, say)).length);
}

async function keepAndSay(place) {
  const { pack: session, stamp, whole } = place.dataset;
  const said = place.querySelector("[data-pack-said]");
  const told = await fill(session, stamp, (here, of) => { said.textContent = `${here} of ${of} pages are on this tablet.`; });
  place.hidden = !told;
  if (!told) return null;
  const { pages, missing, tried } = told;
  said.textContent = missing.length
    ? `${pages.length - missing.length} of ${pages.length} pages are on this tablet. The others come when the line allows.` : whole;
  place.querySelector("[data-pack-tried]").textContent = tried ? sayTried(tried) : "";
  return told;
}

// One pack after the other: they share pages, and the worker keeps one at a time. Files come when all pages are here.
async function keepAll() {
  const all = [];
  for (const place of places) all.push([place, await keepAndSay(place)]);
  for (const [place, told] of all) if (told && place.querySelector("[data-pack-files]")) await sayFiles(place, told);
}

if (places.length && window.top === window) {
  keepAll();
  addEventListener("online", keepAll);
}
