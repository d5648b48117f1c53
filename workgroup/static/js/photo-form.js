// The form in which a picture is taken: chosen or photographed, drawn over, described, and only then kept. What it belongs
// to is told by the page's own module. One picture form a page.

import { fieldsOf, missing } from "./capture.js";
import { Picture } from "./picture.js";
import { announced, cut } from "./pieces.js";

const find = (name) => document.querySelector(`[data-${name}]`);
const NOT_KEPT = "This tablet could not keep the picture. Make room, then press again.";

// `keepIt(fields, pieces)` keeps what the form says together with what is announced of the picture.
export function takePictures(form, keepIt) {
  const picture = new Picture(find("canvas"), find("square"), find("square-said"));

  function trouble(words = "") {
    find("photo-trouble").textContent = words;
    find("photo-trouble").hidden = !words;
  }

  async function take(event) {
    const [file] = event.target.files;
    event.target.value = "";
    if (!file) return;
    trouble();
    try {
      await picture.take(file);
    } catch {
      trouble("This browser cannot read that as a picture. Take it again, or choose another.");
      return;
    }
    form.hidden = false;
    find("canvas").focus();
  }

  function leave() {
    picture.clear();
    form.reset();
    form.hidden = true;
  }

  async function submitted(event) {
    event.preventDefault();
    const button = event.submitter;
    if (button?.disabled || missing(form)) return;
    if (button) button.disabled = true; // a second tap while the first is being sealed is the same picture
    trouble();
    try {
      const { bytes, width, height } = await picture.jpeg();
      await keepIt({ ...fieldsOf(form), ...(await announced(bytes)), width, height }, cut(bytes));
      leave();
    } catch (why) {
      trouble(why.message.endsWith(".") ? why.message : NOT_KEPT);
    } finally {
      if (button) button.disabled = false;
    }
  }

  for (const input of document.querySelectorAll("[data-photo-file]")) {
    input.addEventListener("change", take);
    take({ target: input }); // chosen before this module had come
  }
  form.addEventListener("submit", submitted);
  find("undo").addEventListener("click", () => {
    find("square-said").textContent = picture.undo() ? "The last smudge is undone." : "Nothing is smudged.";
  });
  find("leave")?.addEventListener("click", leave);
}
