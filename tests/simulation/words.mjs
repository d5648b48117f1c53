// Who writes what next, and all that was written: on which tablet, when, and about what.

import { time } from "./clock.mjs";
import { WRITE } from "./kinds.mjs";

const LEADERS = ["leader", "co_leader"];
const WRITES = {
  leader: { mark: 6, note: 2, decide: 1, summarise: 2, notice: 2, words: 2, stand: 2, tag: 1, reflect: 2, wrong: 1 },
  observer: { notice: 6, phase: 1, words: 3, stand: 2, tag: 1, reflect: 3, giveBack: 2, work: 1, wrong: 1 },
  neighbour: { reflect: 3, giveBack: 3, work: 2, wrong: 1 },
};
// Of two says about one thing the later counts. The server knows when something was said only as well as the line was
// quick, so two tablets say nothing of one thing so near one another.
const APART = 180_000;

export class Words {
  constructor(dice, world) {
    Object.assign(this, { dice, world, made: [], said: new Map() });
    this.names = Object.fromEntries(Object.entries(world.people).map(([name, id]) => [id, name]));
  }

  // What somebody writes next on a tablet: `{kind, fields, wrong, mended, thing}`. A wrong entry the server must refuse;
  // `mended` are its right fields, if there are any. `thing` is what the latest say counts of.
  next(by, tablet, boot) {
    const name = this.names[by];
    const group = LEADERS.includes(name) ? "leader" : name === "neighbour" ? name : "observer";
    const said = WRITE[this.dice.weighed(WRITES[group])](this, { by, name, tablet });
    return said && this.isApart(said.thing, boot) ? said : WRITE.begin(this);
  }

  isApart(thing, boot) {
    const last = thing && this.said.get(thing);
    return !last || last.boot === boot || time.now - last.at > APART;
  }

  // Remember what is safe on its tablet. The first words of a reflection are a say of it, too.
  keep(entry) {
    const thing = entry.thing ?? (entry.kind === "reflections.write" ? `reflection ${entry.id}` : null);
    if (thing) this.said.set(thing, { boot: entry.boot, at: entry.made });
    this.made.push({ ...entry, thing });
  }

  text(about) { return `${about} ${this.dice.from(1, 1e6)}: half is “fair”, said Pupil A`; }

  all(kind) { return this.made.filter((one) => one.kind === kind && !one.wrong); }

  // One of somebody's own entries of a kind; sometimes of another tablet of theirs, from where it may not have come yet.
  own({ by, tablet }, kind) {
    const own = this.all(kind).filter((one) => one.by === by);
    const here = own.filter((one) => one.tablet === tablet);
    const from = here.length && this.dice.chance(0.8) ? here : own;
    return from.length ? this.dice.one(from) : null;
  }
}
