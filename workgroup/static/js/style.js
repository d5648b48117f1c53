// The page of the look: the shapes of where an entry is, drawn as on every other page.

import { say } from "./marks.js";

for (const one of document.querySelectorAll("[data-shape]")) say(one, one.dataset.shape, one.textContent);
