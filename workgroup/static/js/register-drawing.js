// The register drawn from its model with the page's own templates: a school's row, whoever else came, the small form behind
// a name. Only what is another now is drawn again.

import { time } from "./marks.js";
import { cell, saysOf, template } from "./register-cell.js";
import { keyOf, summaryOf, waitedFor } from "./register-model.js";

const SHORT = { present: "here", apologies: "apologies", absent: "no word", "not expected": "not expected" };

// Only what changed is put anew: a status is read out whenever its text is set, changed or not.
function say(place, words) {
  if (place.textContent !== words) place.textContent = words;
}

// Change only what is another now, so that the finger and the focus stay where they are.
function put(place, key, make) {
  if (place.dataset.drawn_as === key) return;
  const hadFocus = place.contains(document.activeElement);
  place.dataset.drawn_as = key;
  place.replaceChildren(...make());
  if (hadFocus) place.querySelector("button")?.focus();
}

export function makeDrawing(root, facts, register) {
  const find = (name) => root.querySelector(`[data-${name}]`);
  const padOf = (key) => root.querySelector(`[data-ask="${CSS.escape(key)}"]`);
  const nameOf = (mark) => register.people.find(({ id }) => id === mark.person)?.name ?? mark.visitor ?? facts.names[mark.person] ?? "";

  function drawCell(place, one, mark) {
    put(place, mark ? `${mark.status} ${saysOf(mark, facts.starts)}` : "unmarked", () => cell(one, mark, facts.starts));
    const standing = place.querySelector("[data-standing-here]");
    if (standing) standing.hidden = !["here", "waiting"].includes(mark?.standing);
  }

  function drawRow(row) {
    const people = register.ofRow(row.id);
    const place = root.querySelector(`[data-row="${row.id}"]`);
    const words = facts.is_cancelled ? null : register.bothOf(row.id);
    const summary = summaryOf(people.map(({ id }) => register.of(id)?.status));
    put(place.querySelector("[data-both-place]"), `${Boolean(words)} ${words ?? summary}`, () => {
      if (!words) return [Object.assign(document.createElement("p"), { className: "who", textContent: summary })];
      const made = template("both");
      made.dataset.both = row.id;
      made.querySelector("[data-name]").textContent = words;
      made.querySelector("[data-for]").textContent = `: ${row.name}`;
      return [made];
    });
    for (const one of people) drawCell(place.querySelector(`[data-person="${one.id}"]`), one, register.of(one.id));
  }

  // Substitutes, visitors, leaders: a row stays the same element as long as its person is there.
  function drawOthers() {
    const place = find("others");
    const order = (mark) => `${mark.attending_as} ${nameOf(mark)} ${keyOf(mark)}`;
    const others = register.others.sort((a, b) => (order(a) < order(b) ? -1 : 1));
    const here = others.filter((mark) => mark.status !== "not expected");
    const keys = new Set(here.map(keyOf));
    for (const old of [...place.children]) if (!keys.has(old.dataset.other)) old.remove();
    for (const [index, mark] of here.entries()) {
      const key = keyOf(mark);
      const row = [...place.children].find((one) => one.dataset.other === key) ?? template("other");
      row.dataset.other = key;
      if (place.children[index] !== row) place.insertBefore(row, place.children[index] ?? null);
      const instead = register.people.find((one) => one.id === mark.substitute_for)?.name;
      say(row.querySelector("[data-school]"), facts.schools[mark.school] ?? mark.comes_from ?? "Another school");
      say(row.querySelector("[data-as]"), mark.attending_as);
      say(row.querySelector("[data-instead]"), instead ? `for ${instead}` : "");
      drawCell(row.querySelector("[data-cell]"), { id: key, name: nameOf(mark) }, mark);
    }
    const away = others.filter((mark) => mark.status === "not expected").map(nameOf);
    say(find("away"), away.length ? `Not expected: ${away.join(", ")}` : "");
  }

  function drawAsk(asked) {
    const old = root.querySelector("form.ask");
    if (asked && old?.dataset.asking === asked) return;
    old?.remove();
    const pad = asked && padOf(asked);
    if (!pad) return;
    const mark = register.of(asked);
    const form = template("asking");
    form.dataset.asking = asked;
    form.querySelector("legend").textContent = register.people.find(({ id }) => id === asked)?.name ?? nameOf(mark);
    form.elements.in_time.value = mark?.in_time ?? (mark?.in_at ? time(mark.in_at) : "");
    form.elements.out_time.value = mark?.out_time ?? (mark?.out_at ? time(mark.out_at) : "");
    form.elements.told_on.value = mark?.told_on ?? "";
    form.elements.substitute_for.value = mark?.substitute_for ?? "";
    form.querySelector("[data-for-others]").hidden = !["visitor", "substitute"].includes(mark?.attending_as);
    for (const status of form.querySelectorAll("[name=status]")) status.setAttribute("aria-pressed", String(status.value === mark?.status));
    pad.closest(".school-row").append(form);
    form.querySelector("[name=status]").focus();
  }

  function drawFoot(last, refused) {
    const names = refused.map((one) => `${one.page?.who ?? "Somebody"}: ${Object.values(one.errors ?? {}).flat().join(" ")}`);
    find("refused").hidden = !names.length;
    say(find("refused").querySelector("span"), names.join(" "));
    find("undo").hidden = !last;
    if (!last) return;
    const [{ mark }] = last.marks;
    const who = last.marks.length > 1 ? `${last.marks.length} people` : nameOf(mark);
    say(find("undo").querySelector("button"), `Undo: ${who}, ${SHORT[mark.status]} ${time(mark.at)}`);
  }

  // `near` is whom the last tap was about: there the focus goes when what had it is gone.
  function draw({ asked, near, last, refused }) {
    const focused = root.contains(document.activeElement) ? document.activeElement : null;
    const { here, expected, waited } = register.count;
    say(find("here-count"), `${here} of ${expected} here.`);
    say(find("waited"), waitedFor(waited, expected));
    for (const row of register.rows) drawRow(row);
    drawOthers();
    drawFoot(last, refused);
    drawAsk(asked);
    const isLost = focused && !root.contains(document.activeElement);
    const isHidden = focused && document.activeElement === focused && focused.closest("[hidden]");
    if (isLost || isHidden) (near && padOf(near) ? padOf(near) : root.querySelector("[data-undo]:not([hidden]) button, .pad"))?.focus();
  }

  return { draw };
}
