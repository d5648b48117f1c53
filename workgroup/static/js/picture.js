// The picture that is being drawn over: read from a file, made small, smudged by finger or by keys. Nothing of it is kept
// until somebody presses *Keep the picture*; until then it lies in two canvases and nowhere else.

import { plain } from "./jpeg.js";
import { Smudges } from "./smudging.js";

const LONGEST = 1600; // pixels
const QUALITIES = [0.8, 0.6, 0.4];
const MOST_BYTES = 3 * 1024 * 1024;
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class Picture {
  // `canvas` is drawn over, `square` shows where the keys are, `said` tells it in words.
  constructor(canvas, square, said) {
    Object.assign(this, { canvas, square, said, clean: document.createElement("canvas"), column: 0, row: 0, from: null });
    canvas.addEventListener("pointerdown", (event) => this.#down(event));
    canvas.addEventListener("pointermove", (event) => this.#move(event));
    for (const name of ["pointerup", "pointercancel"]) canvas.addEventListener(name, () => { this.from = null; });
    canvas.addEventListener("keydown", (event) => this.#key(event));
    canvas.addEventListener("focus", () => { square.hidden = !canvas.matches(":focus-visible"); });
    canvas.addEventListener("blur", () => { square.hidden = true; });
  }

  // Take a file in; throws when this browser cannot read it as a picture.
  async take(file) {
    const address = URL.createObjectURL(file);
    const image = new Image();
    try {
      image.src = address;
      await image.decode();
    } finally {
      URL.revokeObjectURL(address);
    }
    const scale = Math.min(1, LONGEST / Math.max(image.naturalWidth, image.naturalHeight));
    for (const canvas of [this.clean, this.canvas]) {
      canvas.width = Math.max(1, Math.round(image.naturalWidth * scale));
      canvas.height = Math.max(1, Math.round(image.naturalHeight * scale));
      const context = canvas.getContext("2d", { willReadFrequently: true });
      context.fillStyle = "#fff"; // what is see-through would turn black
      context.fillRect(0, 0, canvas.width, canvas.height);
      context.drawImage(image, 0, 0, canvas.width, canvas.height);
    }
    this.smudges = new Smudges(this.canvas.width, this.canvas.height);
    Object.assign(this, { column: 0, row: 0 });
    this.#point();
  }

  undo() {
    const squares = this.smudges.undo();
    this.#paint(squares);
    return squares.length;
  }

  // The picture as a JPEG with nothing else in it: `{bytes, width, height}`.
  async jpeg() {
    const { width, height } = this.canvas;
    for (const quality of QUALITIES) {
      const blob = await new Promise((done) => this.canvas.toBlob(done, "image/jpeg", quality));
      const bytes = plain(new Uint8Array(await blob.arrayBuffer()));
      if (bytes.length <= MOST_BYTES) return { bytes, width, height };
    }
    throw new Error("This picture stays too large. Take it again from further away.");
  }

  // Forget it.
  clear() {
    for (const canvas of [this.clean, this.canvas]) Object.assign(canvas, { width: 1, height: 1 });
  }

  #paint(squares) {
    const context = this.canvas.getContext("2d");
    for (const square of squares) this.smudges.paint(context, this.clean, square);
  }

  #place(event) {
    const { left, top, width, height } = this.canvas.getBoundingClientRect();
    const x = ((event.clientX - left) / width) * this.canvas.width;
    return { x, y: ((event.clientY - top) / height) * this.canvas.height };
  }

  #down(event) {
    if (event.button !== 0) return;
    this.canvas.setPointerCapture(event.pointerId);
    this.smudges.begin();
    this.from = this.#place(event);
    this.#paint(this.smudges.along(this.from, this.from));
  }

  #move(event) {
    if (!this.from) return;
    const to = this.#place(event);
    this.#paint(this.smudges.along(this.from, to));
    this.from = to;
  }

  #key(event) {
    const { columns, rows } = this.smudges;
    const move = MOVES[event.key];
    if (!move && event.key !== " ") return;
    event.preventDefault();
    if (move) {
      this.column = Math.min(columns - 1, Math.max(0, this.column + move[0]));
      this.row = Math.min(rows - 1, Math.max(0, this.row + move[1]));
    } else {
      this.#paint(this.smudges.toggle(this.row * columns + this.column));
    }
    this.#point();
    this.square.hidden = false;
    const isSmudged = this.smudges.squares.has(this.row * columns + this.column);
    this.said.textContent = `Row ${this.row + 1} of ${rows}, column ${this.column + 1} of ${columns}: ${isSmudged ? "smudged" : "clear"}`;
  }

  #point() {
    const [x, y, width, height] = this.smudges.box(this.row * this.smudges.columns + this.column);
    const share = (one, of) => `${(100 * one) / of}%`;
    const across = this.canvas.width, down = this.canvas.height;
    Object.assign(this.square.style, { left: share(x, across), top: share(y, down), width: share(width, across), height: share(height, down) });
  }
}
