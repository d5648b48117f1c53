// A browser's own store may stop answering without a word: another page of this tablet was put to sleep with a transaction
// open, say. Whoever waits for it is told after a while, so that nothing is drawn as kept that is not. Pure.

const SECONDS = 1000;
export const KEPT_WITHIN = 5 * SECONDS;

export function hangs() {
  return Object.assign(new Error("This tablet's own store does not answer."), { name: "Hangs" });
}

// Do something that takes a signal; past `patience` ms the signal is aborted and the promise rejected, named Hangs.
export async function inTime(deed, patience = KEPT_WITHIN) {
  const giveUp = new AbortController();
  let timer;
  const late = new Promise((done, fail) => {
    timer = setTimeout(() => {
      giveUp.abort();
      fail(hangs());
    }, patience);
  });
  try {
    return await Promise.race([deed(giveUp.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}

// The same object, but whatever of it takes time takes no longer than this.
export function patiently(whole, patience = 2 * KEPT_WITHIN) {
  return new Proxy(whole, {
    get(target, name) {
      const value = target[name];
      if (typeof value !== "function") return value;
      return (...said) => {
        const given = value.apply(target, said);
        return given instanceof Promise ? inTime(() => given, patience) : given;
      };
    },
  });
}
