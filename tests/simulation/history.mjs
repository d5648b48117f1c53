// One history from one seed: who writes what on which tablet, what the line and the server do meanwhile, and at the end
// everybody signs in once more on every tablet and all of it is delivered. What must never be is said in `broken`.

import { begin, pass, time } from "./clock.mjs";
import { DEEDS, DO } from "./deeds.mjs";
import { Dice } from "./dice.mjs";
import { carryOut } from "./faults.mjs";
import { Network } from "./network.mjs";
import { Tablet } from "./tablet.mjs";
import { Words } from "./words.mjs";

const STEPS = 90;
const ROUNDS = 8; // of signing in and sending at the end, until nothing waits

export class History {
  constructor(seed, address) {
    Object.assign(this, { seed, dice: new Dice(seed), network: new Network(address), said: [], broken: [] });
    Object.assign(this, { hasCopy: false, restored: 0 });
  }

  async run() {
    this.world = await this.network.deed("new");
    begin(this.world.now);
    this.words = new Words(this.dice, this.world);
    this.jumps = this.dice.chance(0.4); // else every clock and line is honest, and every time must be right
    this.people = Object.values(this.world.people).slice(0, this.dice.one([3, 5]));
    this.tablets = Array.from({ length: this.dice.from(2, 5) }, (_, number) => new Tablet(`${this.seed}/${number}`, this.network));
    for (const tablet of this.tablets) await tablet.signIn(this.dice.one(this.people));
    for (let step = 0; step < STEPS; step += 1) {
      await pass(this.dice.from(200, 15_000));
      const tablet = this.dice.one(this.tablets);
      await DO[this.dice.weighed(DEEDS)](this, tablet);
      if (tablet.page && this.dice.chance(0.5)) await DO.send(this, tablet);
      await this.goOn();
    }
    await this.deliver();
    return this.told();
  }

  // The line has its own pace: some requests that are under way come on a little.
  async goOn() {
    for (let many = this.dice.from(0, 7); many > 0 && this.network.packets.length; many -= 1) {
      await pass(this.dice.from(10, 4_000));
      const { packets } = this.network;
      if (packets.length) await carryOut(this, this.dice.one(packets));
    }
  }

  log(...words) { this.said.push(`${time.now - this.world.now} ${words.join(" ").trim()}`); }
  who(person) { return this.words.names[person]; }

  // The end: the line is good, and everybody who has something on a tablet signs in there until nothing waits.
  async deliver() {
    this.log("the end");
    for (const tablet of this.tablets) {
      tablet.close();
      tablet.offline = false;
    }
    for (let round = 0; round < ROUNDS && (round < 2 || (await this.waits())); round += 1) {
      for (const tablet of this.tablets) {
        for (const person of new Set((await tablet.rows()).map((row) => row.by))) await this.deliverOf(tablet, person);
      }
    }
  }

  async waits() {
    const rows = (await Promise.all(this.tablets.map((tablet) => tablet.rows()))).flat();
    return rows.some((row) => ["here", "waiting"].includes(row.standing));
  }

  async deliverOf(tablet, person) {
    await pass(60_000);
    await tablet.signIn(person);
    const { page } = tablet;
    await page.drain();
    while (page.packet) await this.network.answer(page.packet, await this.network.arrive(page.packet));
    if (page.trouble) this.broken.push(`${tablet.name}: ${page.trouble.stack}`);
    if (page.sync.line.state !== "fine") this.broken.push(`${tablet.name}: the line is ${page.sync.line.state}`);
    tablet.close();
  }

  // `jumped` are the entries that lie on a tablet whose clock has jumped: their times are not to be relied on.
  async told() {
    const standings = {};
    const jumped = new Set();
    for (const tablet of this.tablets) {
      for (const { id, standing } of await tablet.rows()) {
        (standings[id] ??= []).push(standing);
        if (tablet.hasJumped) jumped.add(id);
      }
    }
    const { seed, broken, restored, said } = this;
    return { seed, restored, made: this.words.made, standings, jumped: [...jumped], broken, history: said };
  }
}
