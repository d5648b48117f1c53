// What every page does: focus goes to an error summary, a form is sent once, a select that filters sends itself.

// a browser that keeps nothing throws already when it is asked
const remembered = (() => { try { return sessionStorage; } catch { return null; } })();
const wrong = document.querySelector("[data-focus]");
if (wrong) {
  // an address that names a place on the page would take the focus there instead, once it has loaded
  if (location.hash) history.replaceState(history.state, "", location.pathname + location.search);
  wrong.focus();
}

// The skip link leaves no mark in the address: a form that is posted later would come back to it.
document.querySelector(".skip")?.addEventListener("click", (event) => {
  const page = document.getElementById("main");
  event.preventDefault();
  page.scrollIntoView();
  page.focus();
});

document.addEventListener("htmx:afterSettle", (event) => {
  event.target.querySelector?.("[data-focus]")?.focus();
});

// A second tap while the first is on its way is the same change (the hidden id says so); this only calms the button.
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!button || event.defaultPrevented || event.target.method === "get") return;
  setTimeout(() => button.setAttribute("aria-disabled", "true"), 0);
  setTimeout(() => button.removeAttribute("aria-disabled"), 4000);
});

// A deed on one entry brings the page anew: the focus goes back to that entry, where what undoes the deed stands.
const DEED_ON = "workgroup-deed-on";

document.addEventListener("submit", (event) => {
  const entry = event.target.closest("[data-entry]");
  setTimeout(() => {
    if (entry && !event.defaultPrevented) remembered?.setItem(DEED_ON, `${location.pathname} ${entry.dataset.entry}`);
  }, 0);
});

const [where, id] = remembered?.getItem(DEED_ON)?.split(" ") ?? [];
remembered?.removeItem(DEED_ON);
if (where === location.pathname && !location.hash && !wrong) {
  document.querySelector(`[data-entry="${CSS.escape(id)}"]`)?.querySelector("button, a[href], summary")?.focus();
}

document.addEventListener("change", (event) => {
  if (event.target.closest("[data-send-on-change]")) event.target.form.requestSubmit();
});

// A part that the server could not keep is not swapped in: what was typed stays where it is, with the reason above it.
document.addEventListener("htmx:responseError", ({ detail }) => {
  const form = detail.elt.closest("form");
  if (!form || form.previousElementSibling?.matches("[data-unkept]")) return;
  const said = document.createElement("p");
  said.className = "notice wrong";
  said.dataset.unkept = "";
  said.setAttribute("role", "alert");
  said.textContent = "Nothing was saved: the server could not keep it. What you typed is still here; send it again in a minute.";
  form.before(said);
});
