// The paper: what is drawn by hand (sketch-hand.js), what stamps are placed, and every way to move them without dragging. Each
// step is kept as a draft on this tablet; the sketch itself is an entry like any other (capture.js).

import "./capture.js";
import { counted } from "./marks.js";
import { byHand } from "./sketch-hand.js";
import { Sketch } from "./sketch-model.js";
import { STAMPS, sayThing, shapesOf } from "./sketch-shapes.js";
import { group } from "./sketch-svg.js";
import { begun, person } from "./tablet.js";

const form = document.querySelector(".sketching");
const find = (name) => form.querySelector(`[data-${name}]`);
const paper = find("paper");
const { drawn, described } = form.elements;
const STEP = 20;
const NEARLY = 0.75;
let sketch = Sketch.read(drawn.value);
let tool = "draw";
let suggested = "";

function say(words) { find("said").textContent = words; }

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

byHand(paper, {
  isDrawing: () => tool === "draw",
  draw,
  pick: (at) => choose(at),
  ink: (outline) => { sketch.ink(outline); keepStep(""); },
  move: (by, down) => { sketch.move(by, down); keepStep(""); },
});

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
  const { outbox, sync } = await begun;
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
