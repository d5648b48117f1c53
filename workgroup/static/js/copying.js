// Addresses to hand on, in the chat of a call for one: a button beside each copies it. Without this the address is a link
// that can be marked and copied by hand.

function reveal() {
  for (const button of document.querySelectorAll("[data-copy]")) button.hidden = !navigator.clipboard;
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copy]");
  if (!button) return;
  const said = button.parentElement.querySelector("[role=status]");
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    said.textContent = "Copied.";
  } catch {
    said.textContent = "This browser does not let it be copied by a button: mark the address and copy it.";
  }
});
document.addEventListener("htmx:afterSettle", reveal);
reveal();
