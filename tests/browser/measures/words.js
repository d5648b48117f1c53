// Words that are cut off, covered, or stick out of what holds them; and more room for them.

Object.assign(looking, (() => {
  const { all, called, isSeen, style } = looking;

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

  return { cut, enlarge, space };
})());
