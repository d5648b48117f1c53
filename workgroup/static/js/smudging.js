// What is smudged on a picture: squares of a coarse grid, each painted over with one colour, so that no face and no letter
// can be worked out from it. Holds which squares, and the order they were smudged in for undo; the picture is handed in.

export const ACROSS = 24; // squares along the longer side

export class Smudges {
  constructor(width, height) {
    Object.assign(this, { width, height, side: Math.ceil(Math.max(width, height) / ACROSS) });
    this.columns = Math.ceil(width / this.side);
    this.rows = Math.ceil(height / this.side);
    this.squares = new Set();
    this.strokes = []; // each a list of [square, was it smudged before]
  }

  // The square at a place of the picture, in its own pixels, or null beside it.
  at(x, y) {
    if (x < 0 || y < 0 || x >= this.width || y >= this.height) return null;
    return Math.floor(y / this.side) * this.columns + Math.floor(x / this.side);
  }

  begin() { this.strokes.push([]); }

  set(square, isSmudged) {
    if (square === null || this.squares.has(square) === isSmudged) return false;
    this.strokes.at(-1).push([square, !isSmudged]);
    this.squares[isSmudged ? "add" : "delete"](square);
    return true;
  }

  // Smudge along a line that a finger drew, also between two places that it was seen at. Returns the squares.
  along(from, to) {
    const steps = Math.max(1, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / (this.side / 2)));
    const found = [];
    for (let step = 0; step <= steps; step += 1) {
      const square = this.at(from.x + ((to.x - from.x) * step) / steps, from.y + ((to.y - from.y) * step) / steps);
      if (this.set(square, true)) found.push(square);
    }
    return found;
  }

  toggle(square) {
    this.begin();
    this.set(square, !this.squares.has(square));
    return [square];
  }

  // Take the last stroke back; returns the squares that changed.
  undo() {
    while (this.strokes.length && !this.strokes.at(-1).length) this.strokes.pop();
    const stroke = this.strokes.pop() ?? [];
    for (const [square, was] of stroke) this.squares[was ? "add" : "delete"](square);
    return stroke.map(([square]) => square);
  }

  box(square) {
    const x = (square % this.columns) * this.side, y = Math.floor(square / this.columns) * this.side;
    return [x, y, Math.min(this.side, this.width - x), Math.min(this.side, this.height - y)];
  }

  // Paint one square: in its one colour, or as it was.
  paint(context, clean, square) {
    const box = this.box(square);
    if (this.squares.has(square)) {
      context.fillStyle = mean(clean.getContext("2d").getImageData(...box).data);
      context.fillRect(...box);
    } else {
      context.drawImage(clean, ...box, ...box);
    }
  }
}

export function mean(data) {
  const sum = [0, 0, 0];
  for (let at = 0; at < data.length; at += 4) for (const part of [0, 1, 2]) sum[part] += data[at + part];
  return `rgb(${sum.map((one) => Math.round((one * 4) / data.length)).join(",")})`;
}
