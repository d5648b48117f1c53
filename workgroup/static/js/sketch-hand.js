// Finger, pencil and mouse on the paper: a stroke is drawn wet until it is lifted, a thing that is picked goes along.

import { getStroke } from "../lib/perfect-freehand.js";
import { HEIGHT, WIDTH } from "./sketch-model.js";
import { simplified } from "./sketch-shapes.js";
import { group } from "./sketch-svg.js";

const NIB = { size: 9, thinning: 0.5, smoothing: 0.6, streamline: 0.4 };
const STILL = 2; // moved by less, it was only touched

// `isDrawing()` tells whether the next finger draws; what it did is told: `ink(outline)`, `pick(at)` or `pick(null)`,
// `move(by, down)`; `draw()` draws the paper as it was.
export function byHand(paper, { isDrawing, ink, pick, move, draw }) {
  let stroke = null, drag = null;

  function place({ clientX, clientY, pressure }) {
    const { left, top, width, height } = paper.getBoundingClientRect();
    return [((clientX - left) / width) * WIDTH, ((clientY - top) / height) * HEIGHT, pressure || 0.5];
  }

  const outlineOf = (points, { pointerType }, last = false) => simplified(getStroke(points, { ...NIB, last, simulatePressure: pointerType !== "pen" }));

  function goOn(event) {
    const points = event.getCoalescedEvents?.() ?? [];
    stroke.push(...(points.length ? points : [event]).map(place));
    const outline = outlineOf(stroke, event);
    paper.querySelector("[data-wet]")?.remove();
    if (outline.length >= 6) paper.append(group([["poly", 1, outline]], { "data-wet": "" }));
  }

  paper.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    paper.setPointerCapture(event.pointerId);
    const [x, y] = place(event);
    if (isDrawing()) {
      stroke = [place(event)];
      return;
    }
    const at = event.target.closest("[data-at]")?.dataset.at;
    pick(at === undefined ? null : Number(at));
    drag = at === undefined ? null : { at, x, y, by: 0, down: 0 };
  });
  paper.addEventListener("pointermove", (event) => {
    if (stroke) return goOn(event);
    if (!drag) return;
    const [x, y] = place(event);
    Object.assign(drag, { by: x - drag.x, down: y - drag.y });
    paper.querySelector(`[data-at="${drag.at}"]`)?.setAttribute("transform", `translate(${drag.by} ${drag.down})`);
  });
  paper.addEventListener("pointerup", (event) => {
    if (stroke) {
      const dot = stroke.length === 1 ? [[stroke[0][0] + 1, stroke[0][1] + 1, 0.5]] : [];
      const outline = outlineOf([...stroke, ...dot], event, true);
      stroke = null;
      ink(outline);
    } else if (drag) {
      const { by, down } = drag;
      drag = null;
      if (Math.hypot(by, down) > STILL) move(Math.round(by), Math.round(down));
      else draw();
    }
  });
  paper.addEventListener("pointercancel", () => {
    stroke = drag = null;
    draw();
  });
}
