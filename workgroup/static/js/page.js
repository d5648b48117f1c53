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
