// What others mark, on their phones or another tablet: asked for every few seconds, seldom when nothing comes, not at all
// while the page is hidden. Nothing new is an empty answer.

import { ready } from "./tablet.js";

const OFTEN = 5_000, SELDOM = 15_000, QUIET = 60_000;

// Put what the server tells of a session's marks into `facts` and say so.
export function watch(facts, onNews) {
  let timer, news = performance.now(), isAsking = false;

  async function ask() {
    clearTimeout(timer);
    if (document.hidden || isAsking) return;
    isAsking = true;
    const { sync } = await ready.catch(() => ({}));
    const told = await sync?.look(`/sessions/${facts.session}/register?after=${facts.number}`).catch(() => null);
    isAsking = false;
    if (told) {
      news = performance.now();
      const { names, ...marks } = told;
      Object.assign(facts, marks);
      Object.assign(facts.names, names);
      onNews();
    }
    timer = setTimeout(ask, performance.now() - news < QUIET ? OFTEN : SELDOM);
  }

  timer = setTimeout(ask, OFTEN);
  document.addEventListener("visibilitychange", ask);
}
