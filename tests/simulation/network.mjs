// The line between tablets and the server. A request is a packet; the history says when it arrives, what happens to it
// on its way, and whether its answer comes back.

import http from "node:http";

import { time } from "./clock.mjs";

const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
const LOGIN = "<!doctype html><title>School guest wifi</title><h1>Welcome</h1>";

export class Network {
  constructor(address) {
    this.address = address;
    this.packets = []; // whose answer a page still waits for
    this.strays = []; // copies, and requests whose page has given up: the server may get them yet
  }

  // Ask the simulation's server for a deed.
  async deed(name, said = {}) {
    return JSON.parse((await this.ask(`/simulation/${name}`, "POST", {}, JSON.stringify(said))).text);
  }

  ask(path, method, headers, body = "") {
    return new Promise((resolve, reject) => {
      const told = { ...headers, "Simulation-Now": String(time.now), "Content-Length": String(Buffer.byteLength(body)) };
      const request = http.request(this.address + path, { agent, method, headers: told }, (answer) => {
        const pieces = [];
        answer.on("data", (piece) => pieces.push(piece));
        answer.on("end", () => resolve({
          status: answer.statusCode, headers: answer.headers, text: Buffer.concat(pieces).toString(),
        }));
      });
      request.on("error", reject);
      request.end(body);
    });
  }

  // What a page of a tablet calls as its fetch.
  fetch(page, path, options) {
    return new Promise((resolve, reject) => {
      const packet = { page, path, options, cookie: page.tablet.cookie, resolve, reject, open: true, sent: time.now };
      options.signal?.addEventListener("abort", () => {
        if (packet.open) this.strays.push(packet);
        this.#close(packet, () => reject(new Error("given up")));
      });
      page.tell(packet);
      this.packets.push(packet);
    });
  }

  #close(packet, deed) {
    if (!packet.open) return;
    packet.open = false;
    this.packets = this.packets.filter((one) => one !== packet);
    packet.page.tell(null);
    if (!packet.page.dead) deed();
  }

  // The page is gone; its request may still be under way.
  orphan(packet) {
    this.#close(packet, () => {});
    this.strays.push(packet);
  }

  // Let the server have a packet, and return its answer; null when the server was killed over it.
  async arrive(packet, fault = "") {
    const { path, options, cookie } = packet;
    const headers = { ...options.headers, "Sec-Fetch-Site": "same-origin", "Simulation-Fault": fault };
    if (cookie) headers.Cookie = cookie;
    const answer = await this.ask(path, options.method ?? "GET", headers, options.body);
    if (answer.status >= 500 && answer.status !== 503 && answer.status !== 599) throw new Error(`${path}: ${answer.status} ${answer.text}`);
    packet.hasArrived = true;
    if (path === "/sync" && answer.status === 200) this.remembered = answer;
    return answer.status === 599 ? null : answer;
  }

  async answer(packet, { status, headers, text }) {
    const told = { status, ok: status >= 200 && status < 300, headers: new Headers(headers), text: async () => text };
    await this.#end(packet, () => packet.resolve(told));
  }

  login(packet) {
    return this.answer(packet, { status: 200, headers: { "content-type": "text/html" }, text: LOGIN });
  }

  // The line broke before anything came back, or in the middle of the answer.
  broken(packet) {
    return this.#end(packet, () => packet.reject(new TypeError("the line broke")));
  }

  cut(packet, { status, headers, text }) {
    const half = async () => { throw new TypeError(`broke after ${text.length >> 1}`); };
    const told = { status, ok: true, headers: new Headers(headers), text: half };
    return this.#end(packet, () => packet.resolve(told));
  }

  async #end(packet, deed) {
    time.page = packet.page;
    this.#close(packet, deed);
    await packet.page.quiet();
  }
}
