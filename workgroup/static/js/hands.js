// Which hand holds this tablet: the pads lie at that edge. Remembered by this browser alone, in a cookie, so that the page
// comes as it was left.

const A_YEAR = 31_536_000;

const remembered = () => (/(?:^|; )hand=left(?:;|$)/.test(document.cookie) ? "left" : "right");

// Draw the page for the hand that is remembered, and offer the other one.
export function useHands(root) {
  const form = root.querySelector("[data-hands]");
  root.dataset.hand = remembered(); // a page that this tablet had kept may say the one from before
  form.hidden = false;
  form.elements.hand.value = root.dataset.hand;
  form.addEventListener("change", () => {
    root.dataset.hand = form.elements.hand.value;
    const secure = location.protocol === "https:" ? "; secure" : "";
    document.cookie = `hand=${root.dataset.hand}; path=/; max-age=${A_YEAR}; samesite=lax${secure}`;
  });
}
