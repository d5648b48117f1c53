// The agenda's blocks dragged by their handle to another place; without it, or by keyboard, the buttons do the same.

// Where a block dropped at this height goes, counted from 1: behind every block whose middle lies above it.
export function placeAt(middles, height) {
  return middles.filter((middle) => middle < height).length + 1;
}

function drag(item, down) {
  const list = item.parentElement;
  const middles = [...list.children].filter((one) => one !== item).map((one) => {
    const { top, height } = one.getBoundingClientRect();
    return top + height / 2;
  });
  const box = item.getBoundingClientRect();
  const was = [...list.children].indexOf(item) + 1;
  const scrolled = scrollY;
  let moved = 0;
  const handle = down.target;
  handle.setPointerCapture(down.pointerId);
  item.classList.add("dragged");

  function move(event) {
    moved = event.clientY - down.clientY + scrollY - scrolled;
    item.style.translate = `0 ${moved}px`;
    const edge = 72; // near the edge of the screen the page goes along
    if (event.clientY < edge) scrollBy(0, -12);
    else if (event.clientY > innerHeight - edge) scrollBy(0, 12);
  }
  function end(event) {
    handle.removeEventListener("pointermove", move);
    for (const kind of ["pointerup", "pointercancel"]) handle.removeEventListener(kind, end);
    item.classList.remove("dragged");
    item.removeAttribute("style"); // the policy forbids what htmx would do with an empty one
    const place = placeAt(middles, box.top + box.height / 2 + moved);
    if (event.type === "pointerup" && place !== was) send(item, place);
  }
  handle.addEventListener("pointermove", move);
  for (const kind of ["pointerup", "pointercancel"]) handle.addEventListener(kind, end);
}

function send(item, place) {
  const form = item.querySelector("form[hx-post]");
  const said = document.createElement("input");
  Object.assign(said, { type: "hidden", name: "place", value: place });
  form.append(said);
  form.requestSubmit();
}

function show() {
  for (const handle of document.querySelectorAll("[data-agenda] [data-handle]")) handle.hidden = false;
}

// A block that has changed its place is said aloud, and the focus stays with it: a button that is at its end has none.
let moved = null;

function remember({ detail: { elt } }) {
  moved = elt.closest?.("[data-agenda] > li") ? elt.querySelector("button[id]").id : null;
}

function tell() {
  const button = moved && document.getElementById(moved);
  if (!button) return;
  const item = button.closest("li"), all = [...item.parentElement.children];
  const title = item.querySelector(".words").textContent;
  document.querySelector("[data-agenda-said]").textContent = `${title} is now ${all.indexOf(item) + 1} of ${all.length}.`;
  if (button.disabled) item.querySelector("button[id]:not([disabled])")?.focus();
  moved = null;
}

if (typeof document !== "undefined") {
  show();
  document.addEventListener("htmx:afterSettle", show);
  document.addEventListener("htmx:beforeRequest", remember);
  document.addEventListener("htmx:afterSettle", tell);
  document.addEventListener("pointerdown", (down) => {
    const item = down.target.closest("[data-handle]")?.closest("[data-agenda] > li");
    if (!item || down.button) return;
    down.preventDefault();
    drag(item, down);
  });
}
