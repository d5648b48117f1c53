// The service worker: pages that this tablet kept open without a line. It keeps the shell (every file of this release)
// and the pack (pages of the person who is signed in), and answers with them when nothing of ours answers in time.
// It imports nothing, knows nothing of the outbox, posts nothing, and keeps no part, no redirect and no other person's page.
//
// The server puts three lines in front: BUILD, the name of this release, SHELL, the addresses of its files, and FIRST, those
// of them that every page needs (workgroup/tablet/shell.py). The others come with the pages that need them, and all with a
// day pack. A pack is a cache named after its person; tablet.js drops it at lock and sign-out.

const SHELL_NAME = `shell-${BUILD}`;
const OFFLINE = "/offline";
const PATIENCE = 2_500; // for a page that is kept
const OURS = { "Workgroup-Pack": "1" }; // on all that the worker asks for by itself
const HURRY = 500; // the same while the line is known to hang
const HANGS_FOR = 60_000;
const FORGETS_AFTER = 14 * 86_400_000;
const LEFT_ALONE = /^\/(sync|sign-in|sign-out|unlock|lock|touched|offline|hub\/exports)(\/|$)/;

let hungAt = -Infinity;

addEventListener("install", (event) => event.waitUntil(keepFiles([...FIRST, OFFLINE])));
addEventListener("activate", (event) => event.waitUntil(tidyShells()));
addEventListener("message", (event) => {
  const deed = { keep, opened }[event.data?.deed];
  if (deed) event.waitUntil(deed(event.data, event.ports[0]));
});
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin || request.headers.has("HX-Request")) return;
  if (pathname.startsWith("/static/")) event.respondWith(file(event));
  else if (request.destination === "iframe") event.respondWith(rehearsed(request));
  else if (request.mode === "navigate" && !LEFT_ALONE.test(pathname)) event.respondWith(page(request));
});

// ── The shell ────────────────────────────────────────────────────────────────────────────────────────────────────────

// Keep these files, or throw where one does not come. A page has asked for most of them just before: the browser has them.
async function keepFiles(addresses) {
  const cache = await caches.open(SHELL_NAME);
  await Promise.all(addresses.filter((one) => one === OFFLINE || SHELL.includes(one)).map(async (address) => {
    if (await cache.match(address)) return;
    const isFile = address !== OFFLINE;
    const answer = await fetch(address, { redirect: "error", headers: OURS, cache: isFile ? "default" : "no-store" });
    if (!isWhole(answer) || isHtml(answer) === isFile) throw new Error(`${address} did not come from our server`);
    await cache.put(address, answer);
  }));
}

const hasFiles = (addresses) => keepFiles(addresses).then(() => true, () => false);

const isHtml = (answer) => (answer.headers.get("Content-Type") ?? "").startsWith("text/html");
const isFile = (answer) => (answer.headers.get("Content-Disposition") ?? "").startsWith("attachment");
const isOurs = (answer) => answer.type === "basic" && answer.headers.has("Workgroup-Person");
const isWhole = (answer) => answer.ok && answer.type === "basic" && !answer.redirected;

// A file of its own release; where that is gone and the line too, the same file of this one.
async function file({ request, clientId }) {
  const [, , build, ...name] = new URL(request.url).pathname.split("/");
  const kept = await caches.match(request, { cacheName: `shell-${build}` });
  if (kept) return kept;
  const ours = await caches.match(`/static/${BUILD}/${name.join("/")}`, { cacheName: SHELL_NAME });
  if ((await clients.get(clientId))?.frameType === "nested") return ours ?? Response.error();
  const asked = fetch(request);
  if (!ours) return asked;
  const answer = await inTime(asked);
  return answer && isWhole(answer) && !isHtml(answer) ? answer : ours;
}

// Which releases the open pages are of; null for one that does not say.
function buildsInUse() {
  return clients.matchAll({ type: "window", includeUncontrolled: true }).then((pages) => Promise.all(pages.map((one) => {
    const { port1, port2 } = new MessageChannel();
    one.postMessage({ asks: "build" }, [port2]);
    return Promise.race([new Promise((said) => { port1.onmessage = ({ data }) => said(data); }), after(2_000)]);
  })));
}

// Old files go once no open page is of them. Those of a newer release, which is about to take over, are not old.
async function tidyShells() {
  const names = (await caches.keys()).filter((name) => name.startsWith("shell-") && name !== SHELL_NAME);
  if (!names.length || registration.installing || registration.waiting) return;
  const used = await buildsInUse();
  if (used.includes(null) || !(await hasFiles(SHELL))) return; // pages that were kept of the old one need all of this one
  for (const name of names) if (!used.includes(name.slice("shell-".length))) await caches.delete(name);
}

// A page was opened. A worker that waits takes over only when every open page is of its own release. A page that is just
// closing does not answer, and is asked for again.
async function opened() {
  for (let round = 0; round < 3 && registration.waiting; round += 1) {
    const used = await buildsInUse();
    if (used.every((one) => one === BUILD)) await skipWaiting();
    if (!used.includes(null)) break;
  }
  await tidyShells();
}

// ── Pages ────────────────────────────────────────────────────────────────────────────────────────────────────────────

async function page(request) {
  const pack = await currentPack();
  const kept = pack && (await inPack(pack, request.url));
  if (!kept) return otherPage(request, pack);
  const giveUp = new AbortController();
  const headers = new Headers(request.headers);
  headers.set("Workgroup-Opened", "1"); // somebody has the tablet in hand, although it is the worker that asks
  const asked = fetch(new Request(request, { headers, signal: giveUp.signal })).then(readWhole);
  const { answer, whole } = (await inTime(asked, giveUp)) ?? {};
  // a redirect may be a wifi's, or ours to the sign-in page or the lock screen: asked again, ours says which
  const said = answer?.type === "opaqueredirect" ? await askedAgain(request.url) : answer;
  if (!said || !isOurs(said)) return kept;
  if (isShut(said, pack)) {
    await dropPacks();
    return whole;
  }
  // where a sign-in ran out, whoever writes goes on with the kept page, and is told
  const isTheirs = said === answer && said.headers.get("Workgroup-Person") === pack.person;
  return isTheirs && answer.status < 500 ? whole : kept;
}

// A page that breaks off or hangs half way is no page: it is read to its end before it is answered with.
async function readWhole(answer) {
  if (!isOurs(answer)) return { answer, whole: answer };
  const { status, statusText } = answer;
  return { answer, whole: new Response(await answer.blob(), { status, statusText, headers: unpacked(answer) }) };
}

function unpacked(answer) {
  const headers = new Headers(answer.headers);
  headers.delete("Content-Encoding");
  headers.delete("Content-Length");
  return headers;
}

// Our server says that this person is not let in here any more: locked, signed out on purpose, or somebody else now.
function isShut({ headers }, { person }) {
  const isOther = ![person, "-"].includes(headers.get("Workgroup-Person"));
  return isOther || headers.has("Workgroup-Locked") || headers.has("Workgroup-Ended");
}

function askedAgain(address) {
  const giveUp = new AbortController();
  return inTime(askToKeep(address, giveUp.signal), giveUp);
}

async function otherPage(request, pack) {
  try {
    const answer = await fetch(request);
    if (pack && isOurs(answer) && isShut(answer, pack)) await dropPacks();
    return answer;
  } catch {
    return (await caches.match(OFFLINE, { cacheName: SHELL_NAME })) ?? Response.error();
  }
}

// The dress rehearsal opens kept pages in a frame: for a frame the network is cut, here and by the page's own policy.
// No frame but of our own page may hold it, and nothing leaves it.
async function rehearsed(request) {
  const pack = await currentPack();
  const kept = pack && (await inPack(pack, request.url));
  const headers = new Headers(kept?.headers);
  const policy = (headers.get("Content-Security-Policy") ?? "default-src 'none'; frame-ancestors 'none'")
    .replace(/(connect-src|form-action) [^;]*/g, "$1 'none'").replace("frame-ancestors 'none'", "frame-ancestors 'self'");
  headers.set("Content-Security-Policy", policy);
  return new Response(kept ? await kept.blob() : "", { status: kept ? 200 : 504, headers });
}

// What comes within our patience, or null.
async function inTime(asked, giveUp = null) {
  const patience = performance.now() - hungAt < HANGS_FOR ? HURRY : PATIENCE;
  const answer = await Promise.race([asked.catch(() => null), after(patience, "hangs")]);
  if (answer !== "hangs") return answer;
  hungAt = performance.now();
  giveUp?.abort(); // a request that hangs holds one of few connections
  return null;
}

function after(milliseconds, said = null) {
  return new Promise((done) => { setTimeout(done, milliseconds, said); });
}

// ── The pack ─────────────────────────────────────────────────────────────────────────────────────────────────────────

async function currentPack() {
  const name = (await caches.keys()).find((one) => one.startsWith("pack-"));
  return name ? { person: name.slice("pack-".length), cache: await caches.open(name) } : null;
}

async function inPack({ cache }, address) {
  const { pathname } = new URL(address);
  return (await cache.match(address)) ?? cache.match(pathname); // ?who= and the like say only how a page is looked at
}

async function dropPacks() {
  for (const name of await caches.keys()) if (name.startsWith("pack-")) await caches.delete(name);
}

// The worker's own request: the answer holds no key, and a sign-in that is over answers 401 and not with a redirect.
function askToKeep(address, signal) {
  const headers = { Accept: "text/html", ...OURS };
  return fetch(address, { headers, signal, redirect: "error", credentials: "same-origin", cache: "no-store" });
}

// Keep pages of a person, those that were not kept within `older` ms, and the files they need: all, where it does not say
// which. Tells the port after each page how far it is. What is heavy, a file of a session, takes longer, and one that does
// not come holds up no other.
async function keep({ person, pages, older, files = SHELL, isHeavy = false }, port) {
  const pack = await currentPack();
  if (pack && pack.person !== person) await dropPacks();
  // opened once, before anything is asked: a pack that is dropped meanwhile takes in nothing that comes late
  const cache = await caches.open(`pack-${person}`);
  const failed = [];
  const isDressed = await hasFiles(files);
  let isOver = !isDressed;
  for (const [index, address] of pages.entries()) {
    const known = await cache.match(address);
    if (!known || age(known) > older) {
      if (!isOver) isOver = await keepPage(cache, person, address, isHeavy).catch(() => !isHeavy);
      const now = await cache.match(address);
      if (!now || (known && keptAt(now) === keptAt(known))) failed.push({ address, isHere: Boolean(now) });
    }
    port?.postMessage({ done: index + 1, of: pages.length, failed, isDressed });
  }
  await tidyPack(cache);
}

// Keep one page, or a file of a session, if it is this person's and one that may be kept. Returns whether there is no use
// in asking on.
async function keepPage(cache, person, address, isHeavy) {
  const answer = await askToKeep(address, AbortSignal.timeout(isHeavy ? 60_000 : 20_000));
  if (!isOurs(answer) || answer.headers.get("Workgroup-Person") !== person) return true;
  if (!isWhole(answer) || !(isHtml(answer) || isFile(answer)) || answer.headers.get("Workgroup-Keep") !== address) return false;
  const headers = unpacked(answer);
  headers.set("Workgroup-Kept", new Date().toISOString());
  await cache.put(address, new Response(await answer.blob(), { headers }));
  return false;
}

const keptAt = (kept) => Date.parse(kept.headers.get("Workgroup-Kept"));
const age = (kept) => Date.now() - keptAt(kept);

async function tidyPack(cache) {
  for (const request of await cache.keys()) {
    const kept = await cache.match(request);
    if (kept && age(kept) > FORGETS_AFTER) await cache.delete(request);
  }
}
