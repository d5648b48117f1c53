// One's own check-in, from one's own phone: kept on it first, said at once, and sent. A leader's word stands before it.

import "./capture.js";
import { say, standingOf, time } from "./marks.js";
import { Register } from "./register-model.js";
import { ownOf } from "./register-own.js";
import { changes, person as me, ready } from "./tablet.js";

const root = document.querySelector("[data-check-in]");
const facts = JSON.parse(root.dataset.checkIn);
const find = (name) => root.querySelector(`[data-${name}]`);
const register = new Register({ people: [], rows: [] });
let reading = null;

function draw(entries) {
  const own = ownOf(entries, facts, false);
  register.set(facts.marks, own);
  const mark = register.of(me);
  const words = facts.says[mark?.by_leader && mark.status !== "present" ? `told ${mark.status}` : mark?.status];
  const said = (words ?? "").replace("{}", mark?.in_at ? time(mark.in_at) : "");
  if (find("said").textContent !== said) find("said").textContent = said;
  find("form").hidden = mark?.status === "present" || Boolean(mark?.by_leader);
  find("cannot").hidden = Boolean(mark);
  find("next").hidden = mark?.status !== "present";
  const last = entries.filter((one) => one.kind === "sessions.mark" && one.fields?.session === facts.session).at(-1);
  if (last) say(find("mark"), ...standingOf(last));
  const why = last?.standing === "refused" ? Object.values(last.errors ?? {}).flat().join(" ") : "";
  find("why").hidden = !why;
  find("why").textContent = why;
}

async function reread() {
  reading = null;
  const { outbox, sync } = await ready.catch(() => ({}));
  if (sync) draw(await outbox.entries(me));
}

changes.addEventListener("change", () => { reading ??= setTimeout(reread, 50); });
reread();
