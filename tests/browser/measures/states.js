// States and drawings in the reader's own colours, what moves, where the focus is, and a form in error.

Object.assign(looking, (() => {
  const { all, called, isSeen, style } = looking;

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
    const wrong = looking.targets(), { top, bottom } = summary.getBoundingClientRect();
    if (bottom < 0 || top > innerHeight) wrong.push("the summary is not on the screen");
    for (const link of all("a[href^='#']", summary)) {
      link.click();
      const aim = document.getElementById(link.hash.slice(1));
      if (document.activeElement !== aim || !aim.checkVisibility()) wrong.push(`${link.hash} leads to ${called(document.activeElement)}`);
    }
    return wrong;
  }

  return { light, moves, refused, states };
})());

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
