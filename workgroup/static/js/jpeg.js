// A JPEG with nothing in it but the picture: every segment that does not draw it is left out. A canvas writes no place and
// no time, but some browsers add a profile or a note of their own; the server refuses what is left of such things. Pure.

import { joined } from "./sealing.js";

const SOI = 0xd8, EOI = 0xd9, SOS = 0xda;
const DRAWS = new Set([0xc0, 0xc1, 0xc2, 0xc4, 0xdb, 0xdd, SOS]); // frames, tables, scans

function isPlain(marker, words) {
  const starts = (text) => [...text].every((letter, at) => words[at] === letter.charCodeAt(0));
  if (marker === 0xe0) return starts("JFIF\0") && words.length === 14 && !words[12] && !words[13];
  if (marker === 0xee) return starts("Adobe") && words.length === 12;
  return DRAWS.has(marker);
}

// Within a scan ff is followed by 00, or restarts it; anything else is the next marker.
function endOfScan(bytes, from) {
  for (let at = from; at + 1 < bytes.length; at += 1) {
    const next = bytes[at + 1];
    if (bytes[at] === 0xff && next !== 0 && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  throw new Error("This picture is cut off.");
}

// Return the picture alone; throws when these bytes are no JPEG.
export function plain(bytes) {
  if (bytes[0] !== 0xff || bytes[1] !== SOI) throw new Error("This is not a JPEG picture.");
  const kept = [bytes.subarray(0, 2)];
  for (let at = 2; ;) {
    const marker = bytes[at + 1];
    if (bytes[at] !== 0xff || marker === undefined) throw new Error("This picture is broken.");
    if (marker === EOI) break;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    let end = at + 2 + bytes[at + 2] * 256 + bytes[at + 3];
    if (!(end <= bytes.length)) throw new Error("This picture is cut off.");
    if (isPlain(marker, bytes.subarray(at + 4, end))) {
      if (marker === SOS) end = endOfScan(bytes, end);
      kept.push(bytes.subarray(at, end));
    }
    at = end;
  }
  kept.push(Uint8Array.of(0xff, EOI));
  return joined(kept);
}
