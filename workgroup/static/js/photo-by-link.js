// A picture that comes back with a gap task by the link of a mail: nobody is signed in, so nothing is kept on this device. Words
// and picture go together; until the server has them they stay on the page.

import { takePictures } from "./photo-form.js";

const form = document.querySelector("[data-photo-form]");
const NOT_THROUGH = "This did not get through. Words and picture are still here: press again.";

async function answerTo(body) {
  try {
    const answer = await fetch(location.href, { method: "POST", body, headers: { Accept: "application/json" } });
    if (answer.status === 410 || answer.status === 404) return { error: "This link does not take pictures any more. Sign in to send it." };
    return await answer.json();
  } catch {
    return { error: NOT_THROUGH }; // no line, or a page that asks to log in to this wifi
  }
}

takePictures(form, async (fields, pieces) => {
  const body = new FormData(form);
  body.set("picture", new Blob(pieces, { type: "image/jpeg" }), "picture.jpg");
  const { then, error } = await answerTo(body);
  if (!then) {
    if (error !== NOT_THROUGH) form.elements.photo.value = crypto.randomUUID(); // what is said anew is another picture
    throw new Error(error ?? NOT_THROUGH);
  }
  location.assign(then);
});
