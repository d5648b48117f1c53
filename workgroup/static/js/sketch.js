// The paper: what finger, pencil and mouse draw, what stamps are placed, and every way to move them without dragging. Each
// step is kept as a draft on this tablet; the sketch itself is an entry like any other (capture.js).

import { getStroke } from "../lib/perfect-freehand.js";
import "./capture.js";
import { counted } from "./marks.js";
import { HEIGHT, Sketch, WIDTH } from "./sketch-model.js";
import { STAMPS, sayThing, shapesOf, simplified } from "./sketch-shapes.js";
import { group } from "./sketch-svg.js";
import { person, ready } from "./tablet.js";

const form = document.querySelector(".sketching");
const find = (name) => form.querySelector(`[data-${name}]`);
const paper = find("paper");
const { drawn, described } = form.elements;
const STEP = 20;
const NIB = { size: 9, thinning: 0.5, smoothing: 0.6, streamline: 0.4 };
const NEARLY = 0.75;
let sketch = Sketch.read(drawn.value);
let tool = "draw";
let stroke = null, drag = null;
let suggested = "";

function say(words) { find("said").textContent = words; }

function place({ clientX, clientY, pressure }) {
  const { left, top, width, height } = paper.getBoundingClientRect();
  return [((clientX - left) / width) * WIDTH, ((clientY - top) / height) * HEIGHT, pressure || 0.5];
}

function draw() {
  paper.replaceChildren(...sketch.things.map((thing, at) => group(shapesOf(thing), { "data-at": at, class: at === sketch.chosen ? "chosen" : "" })));
  find("things").replaceChildren(...sketch.things.map((thing, at) => {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button plain", textContent: sayThing(thing) });
    button.dataset.choose = at;
    button.setAttribute("aria-pressed", String(at === sketch.chosen));
    const item = document.createElement("li");
    item.append(button);
    return item;
  }));
  find("nothing").hidden = sketch.things.length > 0;
}

// A description to begin with, until somebody writes their own.
function suggest() {
  if (described.value && described.value !== suggested) return;
  suggested = sketch.say();
  described.value = suggested;
}

// After every step: the paper, the draft, a beginning of the description, and how much there is.
function keepStep(words) {
  drawn.value = sketch.things.length ? sketch.write() : "";
  drawn.dispatchEvent(new Event("input", { bubbles: true }));
  suggest();
  find("large").hidden = drawn.value.length < form.dataset.most * NEARLY;
  draw();
  offer();
  if (words) say(words);
}

function field(label, name, value, number) {
  const box = Object.assign(document.createElement("input"), { className: "input", value, inputMode: number ? "numeric" : "text", maxLength: number ? 2 : 40 });
  box.dataset.param = name;
  const said = Object.assign(document.createElement("label"), { textContent: label });
  said.append(box);
  const made = Object.assign(document.createElement("div"), { className: "field" });
  made.append(said);
  return made;
}

// What can be done with the thing that is chosen.
function offer(isNew = false) {
  const { thing } = sketch;
  find("chosen").hidden = !thing;
  if (!thing || (!isNew && find("params").dataset.of === String(sketch.chosen))) return;
  find("params").dataset.of = sketch.chosen;
  find("chosen-name").textContent = thing.kind === "ink" ? "The line you chose" : STAMPS[thing.kind].name;
  const parts = thing.kind === "ink" ? [] : STAMPS[thing.kind].made.map(({ name, label, least }) => field(label, name, thing.with[name], least !== undefined));
  find("params").replaceChildren(...parts, field("Label", "label", thing.label, false));
}

function choose(at) {
  sketch.chosen = at;
  draw();
  offer(true);
  if (sketch.thing) say(`Chosen: ${sayThing(sketch.thing)}.`);
}

const DEEDS = {
  undo: () => (sketch.undo() ? "The last step is undone." : "Nothing to undo."),
  redo: () => (sketch.redo() ? "Done again." : "Nothing to do again."),
  left: () => sketch.move(-STEP, 0), right: () => sketch.move(STEP, 0), up: () => sketch.move(0, -STEP), down: () => sketch.move(0, STEP),
  bigger: () => sketch.resize(1.25), smaller: () => sketch.resize(0.8),
  duplicate: () => { sketch.duplicate(); return "Doubled."; },
  remove: () => { sketch.remove(); return "Taken away."; },
};

function act(name) {
  const said = DEEDS[name]();
  if (["undo", "redo", "duplicate", "remove"].includes(name)) delete find("params").dataset.of;
  keepStep(said ?? (sketch.thing ? `${sayThing(sketch.thing)}: moved or sized.` : ""));
}

function use(name) {
  tool = name;
  paper.dataset.tool = name;
  for (const pad of form.querySelectorAll("[data-tool]:not(svg)")) pad.setAttribute("aria-pressed", String(pad.dataset.tool === name));
}

form.addEventListener("click", ({ target }) => {
  const pad = target.closest("[data-deed], [data-tool]:not(svg), [data-stamp], [data-choose]");
  if (!pad) return;
  const { deed, stamp, choose: at } = pad.dataset;
  if (deed) act(deed);
  else if (stamp) {
    sketch.stamp(stamp);
    use("choose");
    keepStep(`${STAMPS[stamp].name} is on the paper.`);
    offer(true);
  } else if (at !== undefined) {
    use("choose");
    choose(Number(at));
    form.querySelector(`[data-choose="${at}"]`)?.focus();
  } else use(pad.dataset.tool);
});
form.addEventListener("change", ({ target }) => {
  const { param } = target.dataset;
  if (!param) return;
  if (param === "label") sketch.label(target.value);
  else sketch.make({ [param]: target.value });
  target.value = param === "label" ? sketch.thing.label : sketch.thing.with[param];
  keepStep(`${sayThing(sketch.thing)}.`);
});

const KEYS = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down", "+": "bigger", "-": "smaller", d: "duplicate", Delete: "remove", Backspace: "remove" };
paper.addEventListener("keydown", (event) => {
  const isUndo = (event.ctrlKey || event.metaKey) && event.key === "z";
  const deed = isUndo ? (event.shiftKey ? "redo" : "undo") : KEYS[event.key];
  if (!deed || (!isUndo && (!sketch.thing || event.ctrlKey || event.metaKey))) return;
  event.preventDefault();
  act(deed);
});

paper.addEventListener("pointerdown", (event) => {
  if (event.button) return;
  paper.setPointerCapture(event.pointerId);
  const [x, y] = place(event);
  if (tool === "draw") {
    stroke = [place(event)];
    return;
  }
  const at = event.target.closest("[data-at]")?.dataset.at;
  choose(at === undefined ? null : Number(at));
  if (at !== undefined) drag = { x, y, by: 0, down: 0 };
});
paper.addEventListener("pointermove", (event) => {
  if (stroke) {
    const points = event.getCoalescedEvents?.() ?? [event];
    stroke.push(...(points.length ? points : [event]).map(place));
    const outline = simplified(getStroke(stroke, { ...NIB, simulatePressure: event.pointerType !== "pen" }));
    paper.querySelector("[data-wet]")?.remove();
    if (outline.length >= 6) paper.append(group([["poly", 1, outline]], { "data-wet": "" }));
  } else if (drag) {
    const [x, y] = place(event);
    Object.assign(drag, { by: x - drag.x, down: y - drag.y });
    paper.querySelector(`[data-at="${sketch.chosen}"]`)?.setAttribute("transform", `translate(${drag.by} ${drag.down})`);
  }
});
function lift(event) {
  if (stroke) {
    const dot = stroke.length === 1 ? [[stroke[0][0] + 1, stroke[0][1] + 1, 0.5]] : [];
    sketch.ink(simplified(getStroke([...stroke, ...dot], { ...NIB, last: true, simulatePressure: event.pointerType !== "pen" })));
    stroke = null;
    keepStep("");
  } else if (drag) {
    const { by, down } = drag;
    drag = null;
    if (Math.hypot(by, down) > 2) sketch.move(Math.round(by), Math.round(down));
    keepStep("");
  }
}
paper.addEventListener("pointerup", lift);
paper.addEventListener("pointercancel", () => { stroke = null; drag = null; draw(); });

form.addEventListener("captured", () => {
  sketch = new Sketch();
  drawn.value = described.value = suggested = "";
});

// One's own moments that only this tablet knows can have a sketch too; and a draft from before is put back.
async function begin() {
  for (const [kind, { name }] of Object.entries(STAMPS)) {
    const pad = Object.assign(document.createElement("button"), { type: "button", className: "pad", textContent: name });
    pad.dataset.stamp = kind;
    find("stamps").append(pad);
  }
  draw();
  const { outbox, sync } = await ready;
  if (!sync) return;
  const draft = (await outbox.drafts(person)).get(drawn.dataset.draft);
  if (draft && !sketch.things.length) {
    sketch = Sketch.read(draft);
    drawn.value = draft;
    suggest();
    draw();
    if (sketch.things.length) say(`What you had drawn is here again: ${counted(sketch.things.length, "thing")}.`);
  }
}
begin();
