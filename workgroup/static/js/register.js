// The register on the tablet: every tap is an entry, kept and drawn before anything is sent; what others mark comes by
// asking. Without this module the same pads are forms and links.

import { fieldsOf } from "./capture.js";
import { sayKept, sayNotKept } from "./not-kept.js";
import { makeDrawing } from "./register-drawing.js";
import { Register, keyOf } from "./register-model.js";
import { watch } from "./register-news.js";
import { lastTap, ownOf, said, sayBefore, whoIs } from "./register-own.js";
import { changes, keep, person as me, ready } from "./tablet.js";

const root = document.querySelector("[data-register]");
const facts = JSON.parse(root.dataset.register);
const register = new Register(facts);
const drawing = makeDrawing(root, facts, register);
let kept = []; // what the outbox holds of this person
let pending = []; // tapped, drawn, and not yet safe in it
let asked = null; // whose small form is open
let pressed = null; // ticks of the finger that went down
let last = null;

function see(near) {
  const own = ownOf([...kept, ...pending], facts);
  register.set(facts.marks, own);
  last = lastTap(register, own);
  const refused = kept.filter((one) => one.kind === "sessions.mark" && one.fields?.session === facts.session && one.standing === "refused");
  drawing.draw({ asked, near, last, refused });
}

function stamp() {
  const ticks = pressed ?? performance.now();
  pressed = null;
  return { ticks, at: new Date(Date.now() - (performance.now() - ticks)).toISOString() };
}

// One tap, for one or several: an entry each. It remembers what stood before, so that it can be taken back.
async function tap(many, undoes) {
  navigator.vibrate?.(12);
  const when = stamp();
  const id = crypto.randomUUID();
  const made = many.map(({ who, unmark, ...fields }) => ({
    id: crypto.randomUUID(), kind: unmark ? "sessions.unmark" : "sessions.mark", ...when,
    fields: { session: facts.session, ...(unmark ? { mark: unmark } : fields) },
    page: { path: location.pathname, label: facts.title, who, tap: { id, undoes, before: unmark ? null : said(register.of(keyOf(fields))) } },
  }));
  pending.push(...made.map((entry) => ({ ...entry, standing: "here" })));
  asked = null;
  see(many[0].unmark ? undefined : keyOf(many[0]));
  try {
    for (const entry of made) await keep(entry);
    sayKept(root);
  } catch (trouble) {
    // what could not be kept was not marked
    pending = pending.filter((one) => !made.some((entry) => entry.id === one.id));
    see();
    sayNotKept(root, trouble);
  }
}

const nameOf = (key) => register.people.find(({ id }) => id === key)?.name ?? register.of(key)?.visitor ?? facts.names[key] ?? "";

function answer(form, button) {
  const { status, in_time, out_time, told_on, substitute_for } = fieldsOf(form, button);
  const isWrong = status === "present" && in_time && out_time && out_time < in_time;
  form.querySelector("[data-left-first]").hidden = !isWrong;
  if (isWrong) return form.elements.out_time.focus();
  const mark = register.of(asked);
  const as = !mark || mark.attending_as === "participant" ? {} : mark.attending_as === "leader" ? { attending_as: "leader" }
    : { attending_as: substitute_for ? "substitute" : "visitor", substitute_for, school: mark.school };
  const times = status === "present" ? { in_time, out_time } : status === "apologies" ? { told_on } : {};
  const filled = Object.fromEntries(Object.entries({ ...times, ...as, comes_from: mark?.comes_from }).filter(([, value]) => value));
  tap([{ ...whoIs(register, asked), status, ...filled, who: nameOf(asked) }]);
}

function addVisitor(form, button) {
  const fields = fieldsOf(form, button);
  const visitor = fields.visitor?.trim();
  root.querySelector("[data-no-name]").hidden = Boolean(visitor);
  if (!visitor) return form.elements.visitor.focus();
  tap([{ ...fields, visitor, attending_as: fields.substitute_for ? "substitute" : "visitor", who: visitor }]);
  form.reset();
  form.closest("details").open = false;
}

function undo() {
  if (last) tap(last.marks.map((one) => ({ ...sayBefore(one), who: nameOf(keyOf(one.mark)) })), last.id);
}

function press({ here, both, ask }) {
  if (here) tap([{ person: here, status: "present", who: nameOf(here) }]);
  else if (both) tap(register.restOf(both).map(({ id, name }) => ({ person: id, status: "present", who: name })));
  else {
    asked = asked === ask ? null : ask;
    see();
  }
}

function listen() {
  root.addEventListener("pointerdown", () => { pressed = performance.now(); }, true);
  for (const other of ["keydown", "pointercancel"]) root.addEventListener(other, () => { pressed = null; }, true);
  root.addEventListener("click", (event) => {
    const pad = event.target.closest("[data-here], [data-both], [data-ask]");
    if (!pad) return;
    event.preventDefault();
    if (event.detail < 2) press(pad.dataset); // the second of a double tap meets what the first has drawn
  });
  root.addEventListener("submit", (event) => {
    const form = event.target;
    const deed = form.matches("[data-asking]") ? answer : form.matches("[data-undo]") ? undo : form.elements.visitor ? addVisitor : null;
    if (!deed) return;
    event.preventDefault();
    event.stopPropagation();
    deed(form, event.submitter);
  }, true);
}

let reading = null, read = 0;

async function reread() {
  reading = null;
  const { outbox, sync } = await ready.catch(() => ({}));
  if (!sync) return;
  const mine = read += 1;
  const found = await outbox.entries(me);
  if (mine !== read) return; // a later reading knows more
  kept = found;
  const safe = new Set(found.map((one) => one.id));
  pending = pending.filter((one) => !safe.has(one.id));
  see();
}

// The pads work from the first moment on: a tap waits for the store, not the pad for it.
asked = new URLSearchParams(location.search).get("ask");
listen();
see();
reread();
changes.addEventListener("change", () => { reading ??= setTimeout(reread, 50); });
watch(facts, () => see());
