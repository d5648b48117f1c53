// The register on the tablet: every tap is an entry, kept and drawn before anything is sent; what others mark comes by
// asking. Without this module the same pads are forms and links.

import { fieldsOf, postAsAnyOther } from "./capture.js";
import { time } from "./marks.js";
import { notHere, sayKept, sayNotKept } from "./not-kept.js";
import { makeDrawing } from "./register-drawing.js";
import { Register, markOf, waitedFor } from "./register-model.js";
import { changes, keep, person as me, ready } from "./tablet.js";

const root = document.querySelector("[data-register]");
const facts = JSON.parse(root.dataset.register);
const register = new Register(facts);
const drawing = makeDrawing(root, facts, register);
const find = (name) => root.querySelector(`[data-${name}]`);
const SHORT = { present: "here", apologies: "apologies", absent: "no word", "not expected": "not expected" };
let pressed = null;
let asked = null; // whose small form is open
let number = facts.number;
let quiet = 0;

function stamp() {
  const ticks = pressed ?? performance.now();
  pressed = null;
  return { ticks, at: new Date(Date.now() - (performance.now() - ticks)).toISOString() };
}

// One tap, for one or several: kept in the outbox, one entry each.
async function tap(many, { remember = true } = {}) {
  navigator.vibrate?.(12);
  const when = stamp();
  const entries = many.map(({ who, ...fields }) => ({ id: crypto.randomUUID(), kind: "sessions.mark", ...when,
    fields: { session: facts.session, ...fields }, page: { path: location.pathname, label: facts.title, who } }));
  const marks = entries.map((entry) => markOf(entry, true));
  register.tapped(marks);
  asked = null;
  draw();
  try {
    for (const entry of entries) await keep(entry);
    sayKept(root);
  } catch (trouble) {
    register.drop();
    draw();
    return sayNotKept(root, trouble);
  }
  if (!remember) register.taps.pop(); // taking back is not taken back in turn
  draw();
}

function draw() {
  const { here, expected, waited } = register.counts;
  find("here-count").textContent = `${here} of ${expected} here.`;
  find("waited").textContent = waitedFor(waited, expected);
  for (const row of register.rows) drawing.drawRow(row);
  drawing.drawOthers();
  drawing.drawAsk(asked);
  const last = register.lastTap;
  find("undo").hidden = !last;
  if (last) {
    const [{ mark }] = last;
    const who = last.length > 1 ? `${last.length} people` : register.people.find(({ id }) => id === mark.person)?.name ?? mark.visitor ?? "";
    find("undo").querySelector("button").textContent = `Undo: ${who}, ${SHORT[mark.status]} ${time(mark.at)}`;
  }
}

const who = (key) => {
  const mark = register.of(key);
  return mark?.visitor ? { visitor: mark.visitor, ...(mark.school ? { school: mark.school } : {}) } : { person: key };
};
const nameOf = (key) => register.people.find(({ id }) => id === key)?.name ?? register.of(key)?.visitor ?? facts.names[key] ?? "";

function answer(form, button) {
  const { status, in_time, out_time, told_on } = fieldsOf(form, button);
  const mark = register.of(asked);
  const as = mark && mark.attending_as !== "participant" ? { attending_as: mark.attending_as } : {};
  if (mark?.substitute_for) as.substitute_for = mark.substitute_for;
  const times = status === "present" ? { in_time, out_time } : status === "apologies" ? { told_on } : {};
  const said = Object.fromEntries(Object.entries({ ...times, ...as }).filter(([, value]) => value));
  tap([{ ...who(asked), status, ...said, who: nameOf(asked) }]);
}

function addVisitor(form, button) {
  const fields = fieldsOf(form, button);
  find("no-name").hidden = Boolean(fields.visitor);
  if (!fields.visitor) return form.elements.visitor.focus();
  tap([{ ...fields, attending_as: fields.substitute_for ? "substitute" : "visitor", who: fields.visitor }]);
  form.reset();
  form.closest("details").open = false;
}

root.addEventListener("pointerdown", () => { pressed = performance.now(); }, true);
root.addEventListener("click", (event) => {
  const { here, both, ask } = event.target.closest("[data-here], [data-both], [data-ask]")?.dataset ?? {};
  if (!here && !both && !ask) return;
  event.preventDefault();
  if (here) tap([{ person: here, status: "present", who: nameOf(here) }]);
  else if (both) tap(register.restOf(both).map(({ id, name }) => ({ person: id, status: "present", who: name })));
  else {
    asked = asked === ask ? null : ask;
    draw();
  }
});
root.addEventListener("submit", async (event) => {
  const form = event.target;
  event.preventDefault();
  event.stopPropagation();
  const { sync } = await ready.catch(() => ({}));
  if (!sync) return me ? sayNotKept(root, notHere()) : postAsAnyOther(form, event.submitter);
  if (form.matches("[data-asking]")) return answer(form, event.submitter);
  if (form.matches("[data-undo]")) return tap(register.undo().map((said) => ({ ...said, who: nameOf(said.person ?? "") || said.visitor })), { remember: false });
  return addVisitor(form, event.submitter);
}, true);

// What others mark, on their phones or another tablet. Asked less often when nothing comes, not at all while hidden.
async function ask() {
  const { sync } = await ready;
  const told = document.hidden ? null : await sync?.look(`/sessions/${facts.session}/register?after=${number}`).catch(() => null);
  quiet = told ? 0 : quiet + 1;
  if (told) {
    number = told.number;
    Object.assign(facts.names, told.names);
    for (const mark of told.marks) register.take(mark);
    draw();
  }
  setTimeout(ask, quiet > 12 ? 15_000 : 5_000);
}

async function begin() {
  const { outbox, sync } = await ready;
  if (!sync) return;
  for (const entry of await outbox.entries(me)) {
    const isOurs = !entry.locked && entry.kind === "sessions.mark" && entry.fields.session === facts.session;
    if (isOurs && !["refused", "aside"].includes(entry.standing)) register.take(markOf(entry, true));
  }
  draw();
  setTimeout(ask, 5_000);
}

changes.addEventListener("change", draw);
begin();
