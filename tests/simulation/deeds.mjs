// What people, tablets and the server do in a history, and how often.

import { pass, time } from "./clock.mjs";

export const DEEDS = {
  write: 30, burst: 4, send: 8, wait: 4, tab: 2, kill: 4, turn: 5, expire: 2, signal: 4, jump: 2, sleep: 2,
  backup: 1.2, restore: 1, restart: 1.5, mend: 3, carry: 1, stray: 4,
};
const HELD = 30_000; // as long as a line can hold a request
const HOUR = 3_600_000;

export const DO = {
  // Write an entry on the page in front. Only what the outbox has promised to keep counts as made; of one that was cut
  // off by the end of its page the store itself says whether it is there.
  async write(history, tablet) {
    const { dice, words } = history;
    const { page } = tablet;
    if (!page) return DO.open(history, tablet);
    time.page = page;
    const { kind, fields, wrong, mended, thing } = words.next(page.by, tablet.name, page.outbox.boot);
    const entry = { id: dice.uuid(), kind, by: page.by, fields };
    if (dice.chance(0.04)) page.doom(dice.from(1, 4), dice.chance(0.5));
    const kept = await page.does((outbox) => outbox.add(entry).catch((trouble) => {
      if (page.by === tablet.person && !page.dead) throw trouble; // a tab of somebody who has left may not write
    }));
    page.doomed = null;
    const isKept = page.dead ? (await tablet.rows()).some((row) => row.id === entry.id) : Boolean(kept);
    history.log(tablet.name, history.who(page.by), "writes", kind, entry.id, isKept ? "" : "(not kept)", page.dead ? "(killed)" : "");
    if (!isKept) return;
    words.keep({ ...entry, wrong, mended, thing, tablet: tablet.name, made: time.now, boot: page.outbox.started });
  },

  async burst(history, tablet) {
    for (let many = history.dice.from(3, 12); many > 0; many -= 1) {
      time.now += history.dice.from(1, 900);
      await DO.write(history, tablet);
    }
  },

  async open(history, tablet) {
    if (!tablet.person) return tablet.signIn(history.dice.one(history.people));
    history.log(tablet.name, "opens again as", history.who(tablet.person));
    return tablet.openPage();
  },

  async send(history, tablet) {
    const open = tablet.pages.filter((one) => !one.dead);
    if (!open.length) return DO.open(history, tablet);
    const page = history.dice.one(open);
    if (history.dice.chance(0.05)) page.doom(history.dice.from(1, 12), history.dice.chance(0.5));
    history.log(tablet.name, "sends as", history.who(page.by), page === tablet.page ? "" : "(another tab)");
    return page.drain();
  },

  wait: (history) => pass(history.dice.from(5_000, 600_000)),

  async tab(history, tablet) {
    if (tablet.person && tablet.page) await tablet.openPage();
  },

  async kill(history, tablet) {
    history.log(tablet.name, "is killed");
    tablet.close();
  },

  // Another person takes the tablet, with or without a word of goodbye from the one before.
  async turn(history, tablet) {
    const { dice } = history;
    const next = dice.one(history.people);
    history.log(tablet.name, "goes to", history.who(next));
    if (dice.chance(0.7)) await tablet.signOut(dice.chance(0.7));
    await tablet.signIn(next);
    const read = await tablet.readable(next);
    if (read.length) history.broken.push(`${tablet.name}: ${history.who(next)} can read ${read.length} entries of others`);
  },

  async expire(history, tablet) {
    history.log(tablet.name, "sign-in runs out");
    if (tablet.seal) await history.network.deed("end_sign_in", { seal: tablet.seal });
  },

  async signal(history, tablet) {
    tablet.offline = !tablet.offline && history.dice.chance(0.4);
    history.log(tablet.name, tablet.offline ? "loses its signal" : "has a signal");
  },

  // A wall clock jumps by hours, either way, or is put right again.
  async jump(history, tablet) {
    if (!history.jumps) return;
    tablet.jump = tablet.jump ? 0 : history.dice.from(-26, 26) * HOUR;
    tablet.hasJumped = true;
    history.log(tablet.name, "clock is off by", tablet.jump);
  },

  // A tablet sleeps: its ticks stand still, and so does its line.
  async sleep(history, tablet) {
    const under = history.network.packets.filter((one) => one.page.tablet === tablet);
    for (const packet of under) await history.network.broken(packet);
    const slept = history.dice.from(60_000, HOUR);
    history.log(tablet.name, "sleeps for", slept);
    await pass(slept);
    for (const page of tablet.pages) page.slept += slept;
  },

  async backup(history) {
    history.log("the record is copied");
    await history.network.deed("backup");
    history.hasCopy = true;
  },

  // The server stands still for it, so that nothing is under way any more.
  async restore(history) {
    if (!history.hasCopy) return;
    history.log("the copy is put back");
    history.network.strays = [];
    history.restored += 1;
    await history.network.deed("restore");
  },

  restart: (history) => history.network.deed("restart"),

  // A refused entry is said anew, as it should have been.
  async mend(history, tablet) {
    const { page } = tablet;
    if (!page || page.doomed) return;
    const own = (await page.does((outbox) => outbox.entries(page.by))) ?? [];
    const entry = own.find((one) => one.standing === "refused" && !one.locked);
    const made = entry && history.words.made.find((one) => one.id === entry.id);
    if (!made?.mended || made.tablet !== tablet.name) return;
    const again = await page.does((outbox) => outbox.change(entry.id, made.mended));
    if (again) Object.assign(made, { id: again.id, fields: made.mended, wrong: false });
    history.log(tablet.name, "mends", entry.id, again ? "" : "(not kept)");
  },

  // All that waits goes to another tablet in a file; it stays here, too.
  async carry(history, tablet) {
    const other = history.dice.one(history.tablets);
    if (other === tablet) return;
    history.log(tablet.name, "is carried to", other.name, "in a file");
    await tablet.carry(other);
  },

  // A request that nobody waits for any more reaches the server after all: in the time that a line can hold it, or, in
  // histories whose times are not to be relied on, whenever.
  async stray(history) {
    const { network } = history;
    const isHeld = (one) => time.now - one.sent < HELD || (history.jumps && one.hasArrived);
    network.strays = network.strays.filter(isHeld);
    if (!network.strays.length) return;
    const stray = history.dice.one(network.strays);
    const { tablet } = stray.page;
    history.log("a late", stray.path, "of", tablet.name, "arrives");
    tablet.hasJumped ||= time.now - stray.sent >= HELD; // the server counts its ticks back from now
    network.strays = network.strays.filter((one) => one !== stray);
    await network.arrive(stray);
  },
};
