// What a page is measured by: each function returns sentences that say what is wrong with the page as it is drawn now. Put
// into a page by tests/browser/looking.py; nothing here is part of the product. Here: what is pressed, and how wide it is.

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

  // Every table says what it is, by a caption or the frame it scrolls in, and its headings what they head.
  function tables() {
    return all("table").filter(isSeen).flatMap((e) => {
      const frame = e.closest("[role=region], figure");
      const named = e.caption || e.ariaLabel || e.getAttribute("aria-labelledby") || frame?.ariaLabel || frame?.getAttribute("aria-labelledby");
      const loose = all("th", e).filter((th) => !th.scope);
      return [...(named ? [] : [`${called(e)} has no name`]), ...loose.map((th) => `${called(th)} heads nothing`)];
    });
  }

  return { all, called, isSeen, style, tables, targets, wide };
})();
