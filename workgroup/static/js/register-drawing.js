// The register drawn from its model with the page's own templates: a school's row, whoever else came, the small form behind
// a name. Only what is another now is drawn again.

import { time } from "./marks.js";
import { summaryOf } from "./register-model.js";

const ICONS = { present: "here", apologies: "apologies", absent: "no-word", "not expected": "not-expected" };
const template = (name) => document.getElementById(name).content.cloneNode(true).firstElementChild;

function saysOf(mark) {
  if (mark.status === "present") return [mark.came ?? time(mark.in_at), mark.left && `to ${mark.left}`, !mark.by_leader && "checked in"].filter(Boolean).join(", ");
  if (mark.status === "apologies") return mark.told_on ? `Told us ${dayOf(mark.told_on)}` : "Apologies";
  return mark.status === "absent" ? "No word" : "Not expected";
}

function dayOf(day) {
  return new Date(`${day}T12:00:00Z`).toLocaleDateString("en-GB", { weekday: "short", day: "numeric", month: "short" }).replace(",", "");
}

// Change only what is another now, so that the finger and the focus stay where they are.
function put(place, key, make) {
  if (place.dataset.drawn_as === key) return;
  const hadFocus = place.contains(document.activeElement);
  place.dataset.drawn_as = key;
  place.replaceChildren(...make());
  if (hadFocus) place.querySelector("button, a")?.focus();
}

function cell({ id, name }, mark) {
  if (!mark) {
    const made = template("unmarked");
    made.querySelector("[data-name]").textContent = name;
    made.querySelector("[data-here]").dataset.here = id;
    Object.assign(made.querySelector("[data-ask]").dataset, { ask: id });
    made.querySelector("[data-for]").textContent = `: ${name}`;
    return [...made.childNodes];
  }
  const made = template("marked");
  made.classList.toggle("here", mark.status === "present");
  made.dataset.ask = id;
  made.querySelector("[data-icon]").replaceWith(document.getElementById(`icon-${ICONS[mark.status]}`).content.cloneNode(true));
  made.querySelector("[data-name]").textContent = name;
  made.querySelector("[data-says]").textContent = saysOf(mark);
  return [made];
}

export function makeDrawing(root, facts, register) {
  const find = (name) => root.querySelector(`[data-${name}]`);

  function drawRow(row) {
    const people = register.ofRow(row.id);
    const place = root.querySelector(`[data-row="${row.id}"]`);
    const rest = register.restOf(row.id);
    const marks = people.map(({ id }) => register.of(id));
    const unmarked = marks.filter((mark) => !mark).length;
    const words = unmarked === people.length && people.length === 2 ? "Both here" : unmarked === people.length ? "All here" : "Rest here";
    const both = place.querySelector("[data-both-place]");
    put(both, unmarked && rest.length ? words : marks.map((mark) => mark.status).join(), () => {
      if (!unmarked || !rest.length) return [Object.assign(document.createElement("p"), { className: "who", textContent: summaryOf(marks.map((mark) => mark.status)) })];
      const made = template("both");
      made.dataset.both = row.id;
      made.querySelector("[data-name]").textContent = words;
      made.querySelector("[data-for]").textContent = `: ${row.name}`;
      return [made];
    });
    for (const one of people) {
      const mark = register.of(one.id);
      put(place.querySelector(`[data-person="${one.id}"]`), mark ? `${mark.status} ${saysOf(mark)}` : "unmarked", () => cell(one, mark));
    }
  }

  function drawOthers() {
    const others = register.others.filter((mark) => mark.status !== "not expected");
    const key = others.map((mark) => `${mark.id}${mark.status}`).join();
    put(find("others"), key, () => others.map((mark) => {
      const made = template("other");
      made.querySelector("[data-school]").textContent = facts.schools[mark.school] ?? "Another school";
      made.querySelector("[data-as]").textContent = mark.attending_as;
      const instead = register.people.find((one) => one.id === mark.substitute_for)?.name;
      made.querySelector("[data-instead]").textContent = instead ? `for ${instead}` : "";
      const name = mark.visitor ?? mark.name ?? facts.names[mark.person] ?? "";
      const key = mark.person ?? `${mark.visitor}|${mark.school ?? ""}`;
      made.querySelector("[data-cell]").append(...cell({ id: key, name }, mark));
      return made;
    }));
  }

  function drawAsk(asked) {
    const old = find("asking");
    if (old?.dataset.asking === asked) return;
    old?.remove();
    if (!asked) return;
    const mark = register.of(asked);
    const one = register.people.find(({ id }) => id === asked);
    const form = template("asking");
    form.dataset.asking = asked;
    form.querySelector("legend").textContent = one?.name ?? mark?.visitor ?? facts.names[asked] ?? "";
    form.elements.in_time.value = mark?.came ?? (mark?.status === "present" ? time(mark.in_at) : "");
    form.elements.out_time.value = mark?.left ?? "";
    form.elements.told_on.value = mark?.told_on ?? "";
    for (const pad of form.querySelectorAll("[name=status]")) pad.setAttribute("aria-pressed", String(pad.value === mark?.status));
    const cellOf = root.querySelector(`[data-ask="${CSS.escape(asked)}"]`);
    cellOf.closest(".school-row").append(form);
    form.querySelector("[name=status]").focus();
  }

  return { drawRow, drawOthers, drawAsk };
}
