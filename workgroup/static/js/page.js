// What every page does: focus goes to an error summary, a form is sent once, a select that filters sends itself.

const wrong = document.querySelector("[data-focus]");
if (wrong) wrong.focus();

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
