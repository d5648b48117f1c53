// The page's side of the service worker: registers it, says which release this page is of, and has this page kept if it
// is one that may be kept. It knows nothing of the outbox.

const BUILD = new URL(import.meta.url).pathname.split("/")[2];
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
  return registration;
}

async function sayOpened() {
  const registration = await navigator.serviceWorker.getRegistration();
  for (const one of [registration?.waiting, registration?.active]) one?.postMessage({ deed: "opened" });
}

// Have pages kept that were not kept within `older` ms; `onProgress({done, of, failed})` after each. Resolves with the last.
export async function keepPages(pages, older, onProgress = () => {}) {
  const registration = await worker;
  // the newest that is here: one that is about to hand over would only be held up by it
  const newest = registration?.waiting ?? registration?.active;
  if (!newest || !person) return null;
  const { port1, port2 } = new MessageChannel();
  return new Promise((done) => {
    port1.onmessage = ({ data }) => {
      onProgress(data);
      if (data.done === data.of) done(data);
    };
    newest.postMessage({ deed: "keep", person, pages, older }, [port2]);
  });
}

worker.then((registration) => {
  if (!registration) return;
  sayOpened();
  if (keepAs) keepPages([keepAs], SEEN_LATELY);
});
