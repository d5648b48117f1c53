// What a page is measured by: each function returns sentences that say what is wrong with the page as it is drawn now.
// Put into a page by tests/browser/looking.py; nothing here is part of the product.

window.looking = (() => {
  const LINE = 44, PAD = 64, LEAST = 1;
  const all = (what, within = document) => [...within.querySelectorAll(what)];
  const style = (e, pseudo) => getComputedStyle(e, pseudo);

  function called(e) {
    const words = (e.getAttribute("aria-label") || e.textContent || e.value || "").replace(/\s+/g, " ").trim();
    const css = typeof e.className === "string" && e.className ? `.${e.className.trim().replace(/\s+/g, ".")}` : "";
    return `<${e.localName}${e.id ? `#${e.id.slice(0, 24)}` : ""}${css}> ${words.slice(0, 50)}`;
  }

  function isSeen(e) {
    if (!e.checkVisibility({ visibilityProperty: true, opacityProperty: false, contentVisibilityAuto: true })) return false;
    const box = e.getBoundingClientRect();
    return box.width > LEAST && box.height > LEAST && !e.closest(".hidden, .skip");
  }

  // Our own 44 px, and 64 for a pad: what is pressed, with the label that presses it. What is smaller has that room to
  // itself all the same, as 2.5.8 counts it for 24 px: a square of 44 around its middle meets nothing else that is pressed.
  function targets() {
    const pressed = new Set();
    for (const e of all("a[href], button, summary, select, textarea, input:not([type=hidden])")) {
      const label = e.matches("input") && (e.closest("label") ?? (e.matches("[type=radio], [type=checkbox]") && e.labels[0]));
      if (isSeen(label || e) && !isRunning(e)) pressed.add(label || e);
    }
    const boxes = new Map([...pressed].map((e) => [e, e.getBoundingClientRect()]));
    return [...boxes].filter(([e, { width, height }]) => {
      if (e.matches(".pad")) return height < PAD - 0.5;
      return (width < LINE - 0.5 || height < LINE - 0.5) && !hasRoom(e, boxes);
    }).map(([e, box]) => `${called(e)} is ${Math.round(box.width)} × ${Math.round(box.height)} px`);
  }

  function hasRoom(e, boxes) {
    const { left, top, width, height } = boxes.get(e), half = LINE / 2;
    const [x, y] = [left + width / 2, top + height / 2];
    const [across, up] = [Math.max(half, width / 2), Math.max(half, height / 2)];
    return ![...boxes].some(([other, box]) => other !== e && !other.contains(e) && !e.contains(other)
      && box.left < x + across && box.right > x - across && box.top < y + up && box.bottom > y - up);
  }

  // A link among the words of a sentence, as 2.5.8 excepts it.
  function isRunning(e) {
    if (e.localName !== "a" || style(e).display !== "inline") return false;
    let block = e.parentElement;
    while (style(block).display === "inline") block = block.parentElement;
    const links = all("a", block).reduce((sum, a) => sum + a.textContent.replace(/\s+/g, "").length, 0);
    return block.textContent.replace(/\s+/g, "").length > links;
  }

  // 1.4.10: the page goes one way; what is truly two-dimensional scrolls in a frame of its own with a name and a tab stop.
  function wide() {
    const wrong = [], room = document.documentElement.clientWidth;
    const over = document.documentElement.scrollWidth - room;
    if (over > 0) wrong.push(`the page is ${over} px wider than the screen: ${widest(room)}`);
    for (const e of all("*")) {
      if (!/auto|scroll/.test(style(e).overflowX) || e.scrollWidth <= e.clientWidth + 1 || !isSeen(e)) continue;
      if (e.matches("textarea, select, input")) continue;
      const named = e.getAttribute("aria-label") || e.getAttribute("aria-labelledby") || e.querySelector(":scope > figcaption");
      if (!e.querySelector("table, svg")) wrong.push(`${called(e)} scrolls sideways and is no table or figure`);
      else if (!named || (e.tabIndex < 0 && !e.querySelector("a[href], button"))) wrong.push(`${called(e)} scrolls sideways without a name and a tab stop`);
    }
    return wrong;
  }

  function widest(room) {
    const past = all("body *").filter((e) => isSeen(e) && e.getBoundingClientRect().right > room + 1);
    return past.filter((e) => !past.some((other) => other !== e && e.contains(other))).slice(0, 2).map(called).join("; ");
  }

  // 1.4.4, 1.4.10, 1.4.12: nothing is cut off by its box, and no words lie on others.
  function cut() {
    const wrong = [];
    for (const e of all("body *")) {
      const { overflowX, overflowY } = style(e);
      const hides = (how) => how === "hidden" || how === "clip";
      if ((!hides(overflowX) && !hides(overflowY)) || !isSeen(e) || e.closest("svg, .hidden") || !e.textContent.trim()) continue;
      const x = hides(overflowX) && e.scrollWidth > e.clientWidth + 1, y = hides(overflowY) && e.scrollHeight > e.clientHeight + 1;
      if (x || y) wrong.push(`${called(e)} is cut: ${e.scrollWidth} × ${e.scrollHeight} in ${e.clientWidth} × ${e.clientHeight}`);
    }
    return [...wrong, ...overlaps(), ...spilt()];
  }

  // Each line of words as a box: its middle half, because lines may stand close.
  function lines() {
    const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const e = node.parentElement;
      if (!node.data.trim() || !isSeen(e) || isApart(e)) continue;
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) {
        const quarter = box.height / 4;
        if (box.width > 3) found.push({ e, node, left: box.left + 1, right: box.right - 1, top: box.top + quarter, bottom: box.bottom - quarter });
      }
    }
    return found.sort((a, b) => a.top - b.top);
  }

  function isApart(e) {
    for (let at = e; at && at !== document.body; at = at.parentElement) {
      if (at.matches("script, style, template, noscript, option, svg, .hidden") || /fixed|sticky/.test(style(at).position)) return true;
    }
    return false;
  }

  function overlaps() {
    const wrong = [], open = lines();
    for (let i = 0; i < open.length; i++) {
      for (let j = i + 1; j < open.length && open[j].top < open[i].bottom; j++) {
        const [a, b] = [open[i], open[j]];
        if (a.node === b.node) continue;
        const x = Math.min(a.right, b.right) - Math.max(a.left, b.left), y = Math.min(a.bottom, b.bottom) - b.top;
        if (x > 2 && y > 2 && !inScroller(a.e, b.e)) wrong.push(`${called(a.e)} lies on ${called(b.e)}`);
      }
    }
    return wrong;
  }

  // What has scrolled out of a frame of its own lies under nothing.
  function inScroller(a, b) {
    const frame = (e) => e.closest(".scroll, .figure, [tabindex='0']");
    return frame(a) !== frame(b);
  }

  // Words that stick out of what holds them: a button, a pad, a cell.
  function spilt() {
    return all("button, .button, .pad, .chip, td, th, .top a").filter((e) => isSeen(e) && !e.closest("svg"))
      .filter((e) => e.scrollWidth > e.clientWidth + 2 && style(e).overflowX === "visible" && e.clientWidth > 0)
      .map((e) => `${called(e)} does not hold its words: ${e.scrollWidth} px in ${e.clientWidth}`);
  }

  // 1.4.12, as the criterion gives it.
  const spaced = new CSSStyleSheet();
  spaced.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }");

  function space(on) {
    document.adoptedStyleSheets = on ? [spaced] : [];
  }

  function enlarge(on) {
    document.documentElement.style.fontSize = on ? "200%" : "";
  }

  // Forced colours: what is pressed, chosen or current differs by more than colours that are not there any more.
  function states() {
    const drawn = (e) => [undefined, "::before", "::after"].map((pseudo) => {
      const s = style(e, pseudo);
      return [s.borderTopWidth, s.borderRightWidth, s.borderBottomWidth, s.borderLeftWidth, s.borderTopStyle, s.borderBottomStyle,
        s.outlineStyle, s.outlineWidth, s.textDecorationLine, s.fontWeight, s.content, s.forcedColorAdjust === "none" && s.backgroundColor,
        s.borderBottomColor, s.borderLeftColor].join();
    }).join();
    const wrong = [];
    for (const e of all("[aria-pressed='true'], [aria-current]:not([aria-current='false']), [aria-selected='true'], input:checked")) {
      const shown = e.matches("input") ? e.closest(".pad, .chip") : e;
      if (!shown || !isSeen(shown)) continue;
      const before = drawn(shown), inside = all("*", shown).map(drawn).join();
      const undo = without(e);
      if (drawn(shown) === before && all("*", shown).map(drawn).join() === inside) wrong.push(`${called(shown)} looks as if it were not`);
      undo();
    }
    return [...wrong, ...all("svg .ink, svg .hollow, svg .accent, svg text, .mark").filter(isSeen).filter(isLost).map((e) => `${called(e)} cannot be seen`)];
  }

  function without(e) {
    if (e.matches("input")) { e.checked = false; return () => { e.checked = true; }; }
    const name = ["aria-pressed", "aria-current", "aria-selected"].find((n) => e.hasAttribute(n)), was = e.getAttribute(name);
    e.setAttribute(name, "false");
    if (name === "aria-current") e.removeAttribute(name);
    return () => e.setAttribute(name, was);
  }

  // Drawn in a colour that the page behind it has as well, or nearly.
  function isLost(e) {
    const s = style(e), back = light(style(document.body).backgroundColor);
    const drawn = [s.fill, s.stroke].filter((c) => c && c !== "none");
    return drawn.length > 0 && drawn.every((c) => { const l = light(c); return (Math.max(l, back) + 0.05) / (Math.min(l, back) + 0.05) < 3; });
  }

  function light(colour) {
    const [r, g, b] = (colour.match(/[\d.]+/g) ?? [0, 0, 0]).map(Number).map((c) => {
      const part = c / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  // Reduced motion: nothing moves for longer than a millisecond.
  function moves() {
    const long = (times) => times.split(",").some((t) => parseFloat(t) * (t.trim().endsWith("ms") ? 1 : 1000) > 1);
    return all("*").filter((e) => { const s = style(e); return long(s.transitionDuration) || (s.animationName !== "none" && long(s.animationDuration)); })
      .map((e) => `${called(e)} moves`);
  }

  // A form in error: the summary has the focus and can be seen, and each of its links leads to its field.
  function refused() {
    const summary = document.querySelector("[data-focus]");
    if (document.activeElement !== summary) return [`the focus is on ${called(document.activeElement)}`];
    const wrong = targets(), { top, bottom } = summary.getBoundingClientRect();
    if (bottom < 0 || top > innerHeight) wrong.push("the summary is not on the screen");
    for (const link of all("a[href^='#']", summary)) {
      link.click();
      const aim = document.getElementById(link.hash.slice(1));
      if (document.activeElement !== aim || !aim.checkVisibility()) wrong.push(`${link.hash} leads to ${called(document.activeElement)}`);
    }
    return wrong;
  }

  return { refused, targets, wide, cut, space, enlarge, states, moves, light };
})();

// Where the focus is, in words, and what is wrong with how it is shown: no outline that stands out, or something over it.
window.focused = () => {
  const e = document.activeElement;
  if (!e || e === document.body) return { words: "", wrong: [] };
  const shown = e.matches("input") ? e.closest(e.matches(".hidden") ? "label" : ".pad, .chip") ?? e : e;
  const words = (e.getAttribute("aria-label") || e.labels?.[0]?.textContent || e.textContent || e.value || e.id).replace(/\s+/g, " ").trim();
  const wrong = [], drawn = getComputedStyle(shown), box = shown.getBoundingClientRect();
  const back = behind(shown.parentElement ?? shown), line = looking.light(drawn.outlineColor);
  const contrast = (Math.max(line, back) + 0.05) / (Math.min(line, back) + 0.05);
  if (e.id !== "main" && (drawn.outlineStyle === "none" || parseFloat(drawn.outlineWidth) < 2 || contrast < 3)) {
    wrong.push(`the focus on ${words.slice(0, 60)} cannot be seen: ${drawn.outlineStyle} ${drawn.outlineWidth}, ${contrast.toFixed(1)}:1`);
  }
  if (box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth) wrong.push(`${words.slice(0, 60)} is off the screen`);
  else if (box.height < innerHeight / 2) wrong.push(...over(shown, box, words));
  return { words, wrong, tag: e.localName, id: e.id, main: !!e.closest("main") };
};

function behind(e) {
  for (; e; e = e.parentElement) {
    const colour = getComputedStyle(e).backgroundColor;
    if (!/rgba\(.*, 0\)|transparent/.test(colour)) return looking.light(colour);
  }
  return 1;
}

function over(shown, box, words) {
  const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1);
  return [box.top + 3, box.top + box.height / 2, box.bottom - 3].filter((y) => y > 0 && y < innerHeight).flatMap((y) => {
    const top = document.elementFromPoint(x, y);
    const own = !top || shown.contains(top) || top.contains(shown) || top.closest("label")?.contains(shown);
    return own ? [] : [`${words.slice(0, 60)} lies under <${top.localName}.${top.className}>`];
  });
}
