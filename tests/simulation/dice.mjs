// Chance from a seed: the same seed throws the same dice (mulberry32).

export class Dice {
  constructor(seed) {
    this.state = (seed * 2654435761) >>> 0;
  }

  next() {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  // A whole number from `low` to `high`, both included.
  from(low, high) { return low + Math.floor(this.next() * (high - low + 1)); }
  one(list) { return list[this.from(0, list.length - 1)]; }
  chance(share) { return this.next() < share; }

  // One name of `{name: weight}`.
  weighed(weights) {
    let place = this.next() * Object.values(weights).reduce((a, b) => a + b, 0);
    for (const [name, weight] of Object.entries(weights)) {
      place -= weight;
      if (place < 0) return name;
    }
    return Object.keys(weights).at(-1);
  }

  uuid() {
    const hex = Array.from({ length: 32 }, () => this.from(0, 15).toString(16));
    hex[12] = "4";
    hex[16] = "8";
    const text = hex.join("");
    return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join("-");
  }
}
