// What does not fit in a small window: it is scrolled, by keyboard, too, and contents begin closed.

import { onceAFrame } from "./explorable.js";

/** Look at all that may be too wide as it is shown now. */
export function fit() {
  const formulas = [...document.querySelectorAll("main p math, main li math")];
  // As wide as it is by itself.
  for (const formula of formulas) formula.classList.remove("wide");
  const wide = formulas.map((formula) => formula.getBoundingClientRect().width > (formula.closest("p, li").clientWidth || Infinity));
  formulas.forEach((formula, place) => { formula.classList.toggle("wide", wide[place]); reach(formula, wide[place]); });
  const boxes = [...document.querySelectorAll(".scroll, .formula, main pre")];
  const scrolled = boxes.map((box) => box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1);
  boxes.forEach((box, place) => reach(box, scrolled[place]));
}

function reach(node, scrolls) {
  if (scrolls) node.setAttribute("tabindex", "0");
  else node.removeAttribute("tabindex");
}

const contents = document.querySelector(".contents details");
if (contents && matchMedia("(max-width: 34rem)").matches) contents.open = false;
document.fonts.ready.then(fit);
const soon = onceAFrame(fit);
addEventListener("resize", soon);
document.addEventListener("toggle", soon, true); // a hint that is opened
