// How safe this browser's storage is, said truly: whether it may be cleared, how full it is, and what helps.

import { askToPersist } from "./persist.js";

const find = (name) => document.querySelector(`[data-${name}]`);
const ROOM = 50_000_000;

const isInstalled = matchMedia("(display-mode: standalone)").matches || navigator.standalone === true;
const isAppleTablet = /iPad|iPhone/.test(navigator.userAgent) || (/Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1);

export async function room() {
  const { quota, usage } = (await navigator.storage?.estimate?.()) ?? {};
  return quota === undefined ? Infinity : quota - usage;
}

async function tell() {
  if (!find("storage")) return;
  const isPersistent = (await navigator.storage?.persisted?.()) ?? false;
  const isFull = (await room()) < ROOM;
  const words = [
    isPersistent || isInstalled ? "This browser keeps what waits here until it is sent."
      : "This browser may clear what a site keeps when the tablet runs short of room, or after days without a visit. Send soon, or carry it in a file.",
    isFull ? "This tablet is nearly full. Make room: delete photos or films you no longer need." : "",
  ];
  find("storage").textContent = words.join(" ").trim();
  find("storage-mark").textContent = isPersistent || isInstalled ? "kept" : "may be cleared";
  find("persist").hidden = isPersistent || !navigator.storage?.persist;
  find("install").hidden = !isAppleTablet || isInstalled;
}

find("persist")?.addEventListener("click", async () => {
  const isKept = await askToPersist();
  await tell();
  if (!isKept) find("storage").textContent += " This browser said no for now; it may say yes once the app is on the home screen.";
});
tell();
