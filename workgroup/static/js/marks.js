// The mark of where an entry is, by shape, word and time: ring = here, ticked disc = sent, half disc = waiting,
// crossed square = refused, two sheets = in two versions. Drawn with the page's own document, never from text.

const SVG = "http://www.w3.org/2000/svg";
const SHAPES = {
  here: [["circle", { cx: 8, cy: 8, r: 5.5, class: "line" }]],
  sent: [["circle", { cx: 8, cy: 8, r: 7 }], ["path", { d: "M4.5 8.5 7 11l4.5-5.5", class: "cut" }]],
  waiting: [["circle", { cx: 8, cy: 8, r: 5.5, class: "line" }], ["path", { d: "M8 2.5a5.5 5.5 0 0 1 0 11z" }]],
  refused: [["rect", { x: 2, y: 2, width: 12, height: 12, class: "line" }], ["path", { d: "m5 5 6 6m0-6-6 6", class: "line" }]],
  versions: [["path", { d: "M2 4h8v10H2z", class: "line" }], ["path", { d: "M6 4V2h8v10h-4", class: "line" }]],
};
SHAPES.aside = SHAPES.refused;

export function shape(name) {
  const svg = document.createElementNS(SVG, "svg");
  for (const [key, value] of [["viewBox", "0 0 16 16"], ["class", "mark"], ["aria-hidden", "true"]]) svg.setAttribute(key, value);
  for (const [tag, attributes] of SHAPES[name]) {
    const part = document.createElementNS(SVG, tag);
    for (const [key, value] of Object.entries(attributes)) part.setAttribute(key, value);
    svg.append(part);
  }
  return svg;
}

export function time(moment) {
  return new Date(moment).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/London" });
}

// A time as people say it: 10:41, yesterday 10:41, Tue 9 Mar 10:41.
export function when(moment, now = new Date()) {
  const day = (at) => new Date(at).toLocaleDateString("en-GB", { timeZone: "Europe/London" });
  if (day(moment) === day(now)) return time(moment);
  if (day(moment) === day(now - 86_400_000)) return `yesterday ${time(moment)}`;
  const said = new Date(moment).toLocaleDateString("en-GB", { weekday: "short", day: "numeric", month: "short", timeZone: "Europe/London" });
  return `${said.replace(",", "")} ${time(moment)}`;
}

export function counted(number, one, many = `${one}s`) {
  return `${number.toLocaleString("en-GB")} ${number === 1 ? one : many}`;
}

// Of an entry with a picture: its words have gone, and the picture follows.
function photoStandingOf({ photo, sent_at }) {
  if (photo.standing === "here") return ["waiting", `picture still here, ${photo.sent} of ${counted(photo.pieces, "piece")} sent`];
  if (photo.standing === "refused") return ["refused", "picture refused"];
  return photo.standing === "gone" ? ["aside", "picture taken away"] : ["sent", `sent ${when(sent_at)}`];
}

// Which shape and words say where an entry stands.
export function standingOf(entry) {
  if (entry.standing === "sent" && entry.photo) return photoStandingOf(entry);
  if (entry.standing === "sent" && entry.versions) return ["versions", "in two versions"];
  if (entry.standing === "sent") return ["sent", `sent ${when(entry.sent_at)}`];
  if (entry.standing === "waiting") return ["waiting", "waits for what it belongs to"];
  if (entry.standing === "refused") return ["refused", "refused"];
  if (entry.standing === "aside") return ["aside", "put aside"];
  return ["here", "on this tablet"];
}

export function say(element, name, words) {
  element.replaceChildren(shape(name), document.createTextNode(` ${words}`));
}
