// What was written could not be kept on this tablet: said beside it, and the words stay in their box. Nothing is posted
// instead, for the browser may be signed in as somebody else by now, or the line may be a wifi's login page.

import { ready } from "./tablet.js";

const OTHER = "Somebody else has signed in on this tablet since this page was opened, so nothing was kept or sent. What you wrote is still in its box: sign in again in another tab, then keep it.";
const NOBODY = "Nobody is signed in on this tablet any more, so nothing was kept or sent. What you wrote is still in its box: sign in again in another tab, then keep it.";
const FULL = "This tablet is full, so nothing more can be kept on it. What you wrote is still in its box: make room, then keep it.";
const STUCK = "This browser’s own store does not answer, so this was not kept. What you wrote is still in its box: close other pages of this app, then keep it again.";
const BROKEN = "This tablet could not keep it just now. What you wrote is still in its box: try again in a moment.";

export function notHere() {
  return Object.assign(new Error("Nobody is signed in here to write as."), { name: "NotHere" });
}

async function why({ name }) {
  if (name === "QuotaExceededError") return FULL;
  if (name === "Hangs") return STUCK;
  if (name !== "NotHere") return BROKEN;
  const { outbox } = await ready;
  return (await outbox.current()) ? OTHER : NOBODY;
}

const notice = (place) => place.querySelector(":scope > [data-not-kept]");

export async function sayNotKept(place, trouble) {
  const words = await why(trouble);
  let said = notice(place);
  if (!said) {
    said = Object.assign(document.createElement("p"), { className: "notice wrong" });
    said.dataset.notKept = "";
    said.setAttribute("role", "alert");
    place.prepend(said);
  }
  said.textContent = words;
  return trouble;
}

export function isSaidNotKept(place) {
  return Boolean(notice(place));
}

export function sayKept(place) {
  notice(place)?.remove();
}
