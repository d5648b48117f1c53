// Shapes as SVG in a page: the same that the server draws from the same numbers (templates/parts/sketched.html).

const SVG = "http://www.w3.org/2000/svg";

function element(name, attributes, words) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (words !== undefined) made.textContent = words;
  return made;
}

const look = (filled) => (filled ? "ink" : "outline");

export function draw([name, ...told]) {
  if (name === "poly") {
    const [filled, places] = told;
    const pairs = places.reduce((all, value, at) => all + (at % 2 ? ` ${value}` : `${at ? "L" : "M"}${value}`), "");
    return element("path", { class: look(filled), d: `${pairs}Z` });
  }
  if (name === "line") return element("path", { class: look(0), d: `M${told[0]} ${told[1]}L${told[2]} ${told[3]}` });
  if (name === "rect") return element("rect", { class: look(told[4]), x: told[0], y: told[1], width: told[2], height: told[3] });
  if (name === "circle") return element("circle", { class: look(told[3]), cx: told[0], cy: told[1], r: told[2] });
  return element("text", { x: told[0], y: told[1], "font-size": told[2] }, told[3]);
}

// A whole sketch, as one picture with words for whoever cannot see it.
export function picture(things, described) {
  const svg = element("svg", { class: "sketched", viewBox: "0 0 1000 700", role: "img", "aria-label": described });
  for (const thing of things) svg.append(...thing.shapes.map(draw));
  return svg;
}

export function group(shapes, attributes) {
  const made = element("g", attributes);
  made.append(...shapes.map(draw));
  return made;
}
