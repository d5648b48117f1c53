// A form with one button that says one of two things: `<button name value data-other="VALUE|Words">`. Once it is kept on
// this tablet it offers the other.

document.addEventListener("captured", (event) => {
  const button = event.target.querySelector("button[data-other]");
  if (!button) return;
  const [value, words] = button.dataset.other.split("|");
  const label = button.querySelector("[data-label]");
  button.dataset.other = `${button.value}|${label.textContent}`;
  button.value = value;
  label.textContent = words;
});
