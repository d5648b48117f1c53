// The page's side of the service worker: registers it, says which release this page is of, and has this page kept if it
// is one that may be kept. It knows nothing of the outbox.

const BUILD = new URL(import.meta.url).pathname.split("/")[2];
const CALM = 3_000; // an old worker hands over once a page has all that it asked for at first
const SEEN_LATELY = 10 * 60_000;
const isFramed = window.top !== window;
const keepAs = document.querySelector('meta[name="keep"]')?.content;
const person = document.querySelector('meta[name="tablet"]')?.dataset.person;

// The registration once a worker is at work, or null where there is none.
export const worker = "serviceWorker" in navigator && !isFramed ? begin().catch(() => null) : Promise.resolve(null);

async function begin() {
  const { serviceWorker } = navigator;
  serviceWorker.addEventListener("message", ({ data, ports }) => { if (data?.asks === "build") ports[0].postMessage(BUILD); });
  serviceWorker.startMessages();
  const registration = await serviceWorker.register("/service-worker.js", { updateViaCache: "none" });
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", sayOpened));
  await serviceWorker.ready;
  if (document.readyState !== "complete") await new Promise((done) => { addEventListener("load", done, { once: true }); });
  return registration;
}

// The newest worker that is here: one that is about to hand over would only be held up by what it is told.
const newest = (registration) => registration?.waiting ?? registration?.active;

async function sayOpened() {
  await new Promise((done) => { setTimeout(done, CALM); });
  newest(await navigator.serviceWorker.getRegistration())?.postMessage({ deed: "opened" });
}

// Have pages kept that were not kept within `older` ms, with these files, or with all files of this release;
// `onProgress({done, of, failed, isDressed})` after each. Resolves with the last. `isHeavy`: files of a session.
export async function keepPages(pages, older, onProgress = () => {}, files = undefined, isHeavy = false) {
  const told = newest(await worker);
  if (!told || !person) return null;
  if (!pages.length) return { done: 0, of: 0, failed: [], isDressed: true };
  const { port1, port2 } = new MessageChannel();
  return new Promise((done) => {
    port1.onmessage = ({ data }) => {
      onProgress(data);
      if (data.done === data.of) done(data);
    };
    told.postMessage({ deed: "keep", person, pages, older, files, isHeavy }, [port2]);
  });
}

worker.then((registration) => {
  if (!registration) return;
  sayOpened();
  if (keepAs) keepPages([keepAs], SEEN_LATELY, undefined, ownFiles());
});

// What this page is made of: its styles and modules, and what those import.
function ownFiles() {
  const loaded = performance.getEntriesByType("resource").map((one) => new URL(one.name).pathname);
  return loaded.filter((one) => one.startsWith(`/static/${BUILD}/`));
}
