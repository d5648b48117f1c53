// Changing what was refused: each of its fields that a person wrote, and those that the refusal names, in a small form.

import { changes, send } from "./tablet.js";

// What people write themselves: [label, type of its box]. Ids and stamps are not for changing.
const WRITTEN = {
  words: ["Your words", "textarea"], described: ["What it shows", "textarea"], topic: ["What it was about", "text"],
  title: ["What happens", "text"], code: ["Who, by code", "text"], second: ["When, on the lesson clock", "text"],
  visitor: ["The visitor’s name", "text"], year_group: ["Year group", "text"], colleagues: ["How many colleagues", "text"],
  on_day: ["Day", "date"], told_on: ["Told on", "date"], in_time: ["Came at", "time"], out_time: ["Left at", "time"],
};

const ANSWER = /^answers-\d+-words$/; // of a reflection: what answers one more question

// The names of an entry's fields that can be changed here, in the order above.
export function changeable({ fields, errors }) {
  const written = Object.keys(WRITTEN).filter((name) => (name in fields && !Array.isArray(fields[name])) || errors?.[name]);
  return [...written, ...Object.keys(fields).filter((name) => ANSWER.test(name))];
}

function boxFor(name, value, errors) {
  const [label, type] = WRITTEN[name] ?? ["More that you wrote", "textarea"];
  const field = Object.assign(document.createElement("div"), { className: "field" });
  const box = type === "textarea" ? Object.assign(document.createElement("textarea"), { rows: 3 })
    : Object.assign(document.createElement("input"), { type });
  Object.assign(box, { className: "input", name, value: value ?? "" });
  const said = Object.assign(document.createElement("label"), { textContent: label });
  said.append(box);
  field.append(said);
  if (errors?.length) {
    field.classList.add("wrong");
    box.setAttribute("aria-invalid", "true");
  }
  return field;
}

// The words stay in their boxes; in the meantime it was sent from another page, or somebody else signed in.
function sayNot(item) {
  const why = item.querySelector("[data-why]");
  why.textContent = "This was not changed: it was sent from another page, or you are signed out by now. Open this page again to see.";
  why.hidden = false;
}

// Open the form of an entry's item; `keepIt` is its button.
export function edit(item, entry, outbox, keepIt) {
  const form = item.querySelector("[data-edit]");
  const names = changeable(entry);
  form.replaceChildren(...names.map((name) => boxFor(name, entry.fields[name], entry.errors?.[name])));
  form.hidden = false;
  (form.querySelector("[aria-invalid]") ?? form.elements[0]).focus();
  const keep = async (event) => {
    event.preventDefault();
    const fields = { ...entry.fields };
    for (const name of names) fields[name] = form.elements[name].value;
    const changed = await outbox.change(entry.id, fields).catch(() => null);
    if (!changed) return sayNot(item);
    form.hidden = true;
    changes.dispatchEvent(new Event("change"));
    send();
  };
  form.onsubmit = keep;
  keepIt.addEventListener("click", keep);
  item.querySelector("[data-deeds]").replaceChildren(keepIt);
}
