// The simulation's driver: reads a seed a line, replays its history against the server at the address given, and answers
// with a line of JSON. tests/simulation/test_simulation.py starts it; run alone it replays one seed:
//   node tests/simulation/tablets.mjs ADDRESS < seeds

import "fake-indexeddb/auto";
import { createInterface } from "node:readline";

import { IDBFactory } from "fake-indexeddb";

import { install } from "./clock.mjs";
import { Dice } from "./dice.mjs";
import { History } from "./history.mjs";

const ENDED = ["AbortError", "InvalidStateError"]; // what is left of a page that came to its end
const address = process.argv[2];
let history = null;

install();
process.on("unhandledRejection", (trouble) => {
  if (!ENDED.includes(trouble?.name) && trouble?.message !== "this page is no more") history?.broken.push(`unhandled: ${trouble?.stack}`);
});

for await (const line of createInterface({ input: process.stdin })) {
  const dice = new Dice(Number(line) + 0.5);
  Object.defineProperty(crypto, "randomUUID", { value: () => dice.uuid(), configurable: true });
  globalThis.indexedDB = new IDBFactory();
  history = new History(Number(line), address);
  let told;
  try {
    told = await history.run();
  } catch (trouble) {
    told = { seed: history.seed, restored: 0, made: [], standings: {}, jumped: [], broken: [trouble.stack], history: history.said };
  }
  process.stdout.write(`${JSON.stringify(told)}\n`);
}
