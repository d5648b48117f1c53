// Forms that are captured: `<form data-capture="KIND" data-fields="{…}">` is kept in the outbox first, online too, drawn
// at once and then sent. Without this module, or where the browser keeps nothing, the form posts as any other.

import { isSaidNotKept, notHere, sayKept, sayNotKept } from "./not-kept.js";
import { keep, person, ready } from "./tablet.js";

const FORM_ONLY = ["change_id", "from"]; // for the page's own post, not part of what is said; so is `data-post-only`
const taken = new WeakSet();

// What a form says: its own fixed fields, then what was typed and pressed.
export function fieldsOf(form, submitter) {
  const fields = JSON.parse(form.dataset.fields ?? "{}");
  const data = new FormData(form);
  if (submitter?.name) data.append(submitter.name, submitter.value); // Safari before 16.4 leaves the pressed button out
  for (const name of new Set(data.keys())) {
    if (FORM_ONLY.includes(name) || form.querySelector(`[name="${CSS.escape(name)}"][data-post-only]`)) continue;
    const values = data.getAll(name).filter((value) => typeof value === "string" && value !== "");
    const isMany = values.length > 1 || form.querySelector(`[name="${CSS.escape(name)}"][data-many]`);
    if (values.length) fields[name] = isMany ? values : values[0];
  }
  return fields;
}

function labelOf(form) {
  return form.dataset.label ?? document.querySelector("h1")?.textContent.trim() ?? document.title;
}

// Keep what a form says. Returns the entry once it is safe on this tablet.
export async function capture(form, submitter, more = {}) {
  const kind = form.dataset.capture;
  const id = form.elements.change_id?.value || crypto.randomUUID();
  const page = { path: location.pathname + location.search, label: labelOf(form) };
  const entry = { id, kind, fields: { ...fieldsOf(form, submitter), ...more }, page, draft: form.querySelector("[data-draft]")?.dataset.draft };
  const kept = await keep(entry).catch(async (trouble) => { throw await sayNotKept(form, trouble); });
  sayKept(form);
  if (form.elements.change_id) form.elements.change_id.value = crypto.randomUUID();
  form.dispatchEvent(new CustomEvent("captured", { bubbles: true, detail: kept }));
  return kept;
}

// Say beside the field what is missing, as the server would; the first one takes the focus.
export function missing(form) {
  let first = null;
  for (const field of form.querySelectorAll("[data-needed]")) {
    const box = field.closest(".field") ?? field.parentElement;
    const isEmpty = field.matches("[type=radio]")
      ? !form.querySelector(`[name="${CSS.escape(field.name)}"]:checked`) : !field.value.trim();
    box.classList.toggle("wrong", isEmpty);
    let error = box.querySelector("[data-missing]");
    if (!isEmpty) {
      error?.remove();
      field.removeAttribute("aria-invalid");
      continue;
    }
    first ??= field;
    field.setAttribute("aria-invalid", "true");
    if (error) continue;
    error = Object.assign(document.createElement("p"), { className: "error", textContent: field.dataset.needed });
    error.dataset.missing = "";
    error.setAttribute("role", "alert");
    (field.closest("label") ?? field).before(error); // in front of a choice, not among its words
  }
  first?.focus();
  return Boolean(first);
}

export function postAsAnyOther(form, submitter) {
  if (submitter?.name) {
    const said = Object.assign(document.createElement("input"), { type: "hidden", name: submitter.name, value: submitter.value });
    form.append(said);
  }
  HTMLFormElement.prototype.submit.call(form);
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.dataset.capture || event.defaultPrevented) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (taken.has(form) || missing(form)) return;
  taken.add(form); // a second tap while the first is being sealed is the same entry
  try {
    const { sync } = await ready;
    if (!sync && person) await sayNotKept(form, notHere());
    if (!sync) throw notHere();
    await capture(form, event.submitter);
    if (form.dataset.then) location.assign(form.dataset.then);
    else if (form.dataset.keeps === undefined) form.reset();
  } catch {
    if (!isSaidNotKept(form)) postAsAnyOther(form, event.submitter);
  } finally {
    taken.delete(form);
  }
}, true);
