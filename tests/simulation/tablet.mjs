// One tablet: what outlives its pages (cookie, store, clock), who is signed in, and what happens to it.

import { openOutbox } from "../../workgroup/static/js/outbox.js";
import { packed, unpack } from "../../workgroup/static/js/outbox-file.js";
import { time } from "./clock.mjs";
import { Page } from "./page.mjs";

export class Tablet {
  constructor(name, network) {
    Object.assign(this, { name, network, store: name, jump: 0, hasJumped: false, offline: false, pages: [] });
    Object.assign(this, { cookie: null, person: null, seal: null });
  }

  // The page in front; the older ones are other tabs that were left open.
  get page() { return this.pages.findLast((page) => !page.dead); }

  // Somebody signs in, and a page opens with the key that the server gave.
  async signIn(person) {
    const seal = crypto.randomUUID();
    const { cookie, key } = await this.network.deed("sign_in", { person, seal });
    Object.assign(this, { cookie, seal, person });
    await this.openPage({ person, seal, key });
  }

  // A page opens: from the server with its key, or without a network with the key that the tablet still holds.
  async openPage(key = null) {
    const page = await Page.open(this, this.network, this.person);
    if (key) await page.does((outbox) => outbox.takeKey(key));
    const here = await page.does((outbox) => outbox.current());
    if (here?.person !== this.person) {
      page.die(); // the tablet holds no key of theirs: there is only the sign-in page
      return;
    }
    this.pages.push(page);
  }

  // Sign out: the keys go, what was written stays. Other tabs may stand open still.
  async signOut(closesAll) {
    if (this.seal) await this.network.deed("end_sign_in", { seal: this.seal });
    await this.drop();
    Object.assign(this, { cookie: null, person: null, seal: null });
    if (closesAll) this.close();
  }

  async drop() {
    const outbox = await openOutbox(this.store);
    await outbox.dropKeys();
    outbox.db.close();
  }

  // The battery dies, or the browser is killed: every page ends, the store stays.
  close() {
    for (const page of this.pages) page.die();
    this.pages = [];
  }

  // All that waits goes into a file, and from it to another tablet.
  async carry(other) {
    const [from, to] = await Promise.all([openOutbox(this.store), openOutbox(other.store)]);
    await unpack(to, await packed(from));
    for (const outbox of [from, to]) outbox.db.close();
  }

  // Every entry that lies here, whoever wrote it.
  async rows() {
    const outbox = await openOutbox(this.store);
    const rows = await outbox.db.getAll("entry");
    outbox.db.close();
    return rows;
  }

  // What a person who is here can read of others; there must be nothing.
  async readable(by) {
    time.page = this.page;
    const outbox = await openOutbox(this.store);
    const others = new Set((await this.rows()).map((row) => row.by).filter((one) => one !== by));
    const read = [];
    for (const other of others) read.push(...(await outbox.entries(other)).filter((entry) => !entry.locked));
    outbox.db.close();
    return read;
  }
}
