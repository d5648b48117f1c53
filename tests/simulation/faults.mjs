// What may become of a request on its way: it is answered, or one of the things that school wifi, a busy server and a
// power cut do to it.

const FATES = {
  answered: 50, lost: 7, cut: 6, half: 4, login: 6, hangs: 5, slow: 5, doubled: 6, copied: 5, killed: 3, full: 3, often: 1,
  proxy: 2, forged: 2, stale: 2,
};

const OURS = { "Workgroup-Receipt": "1" };
const NOTHING = { status: 502, headers: {}, text: "Bad gateway" };

export async function carryOut(history, packet) {
  const { dice, network } = history;
  const { tablet } = packet.page;
  const asks = packet.path !== "/sync" && dice.chance(0.7); // what only asks is not where things are lost
  const fate = tablet.offline ? "lost" : asks ? "answered" : dice.weighed(FATES);
  history.log(tablet.name, packet.path, fate);
  await DOES[fate](network, packet, dice);
}

// The answer of the server, or the broken line when it died over it.
async function answered(network, packet, fault = "") {
  const answer = packet.answer ?? (await network.arrive(packet, fault));
  return answer ? network.answer(packet, answer) : network.broken(packet);
}

const DOES = {
  answered: (network, packet) => answered(network, packet),
  lost: (network, packet) => network.broken(packet),
  login: (network, packet) => network.login(packet),
  proxy: (network, packet) => network.answer(packet, NOTHING),
  // it looks like an answer of ours to this batch, ledger and all, but its digest does not fit
  forged(network, packet) {
    if (packet.path !== "/sync" || !network.remembered) return network.answer(packet, NOTHING);
    const { receipt } = JSON.parse(network.remembered.text);
    const standings = JSON.parse(packet.options.body).entries.map(({ id }) => ({ id, standing: "entered", errors: {} }));
    return network.answer(packet, { status: 200, headers: OURS, text: JSON.stringify({ receipt, standings }) });
  },
  // something on the way remembers our answer to an earlier batch, and with it an earlier time of ours
  stale(network, packet) {
    const answer = packet.path === "/sync" && network.remembered;
    if (answer) packet.page.tablet.hasJumped = true;
    return network.answer(packet, answer || NOTHING);
  },
  // the server has it, the tablet never hears of it
  async cut(network, packet) {
    await network.arrive(packet);
    await network.broken(packet);
  },
  async half(network, packet) {
    const answer = await network.arrive(packet);
    await network.cut(packet, answer);
  },
  // nothing comes back until the page gives up; the server may have had it
  async hangs(network, packet, dice) {
    if (dice.chance(0.5)) await network.arrive(packet);
  },
  // the server has it now, the answer comes at another step
  async slow(network, packet) {
    packet.answer ??= await network.arrive(packet);
  },
  async doubled(network, packet) {
    await network.arrive(packet);
    await answered(network, packet);
  },
  // a copy stays on the way, and may arrive at any time later
  async copied(network, packet) {
    await answered(network, packet);
    network.strays.push({ ...packet, open: false });
  },
  killed: (network, packet, dice) => answered(network, packet, `kill ${dice.from(0, 6)}`),
  full: (network, packet, dice) => answered(network, packet, `full ${dice.from(0, 6)}`),
  often: (network, packet) => answered(network, packet, "often"),
};
