// What the pictures that move are made of: parts of SVG, sliders, buttons, and numbers as the page's language has them.

import { button, html, svg } from "./elements.js";

export { button, html, svg };

/** Return a number as it is written on the page. */
export function number(value, digits = 2) {
  const rounded = Math.abs(value) < 0.5 * 10 ** -digits ? 0 : value;
  return rounded.toFixed(digits).replace("-", "−");
}

/** Return a slider with its label and its value, which can be dragged, touched, and moved by keys. */
export function slider({ label, min, max, step, value, digits = 2, change }) {
  const input = html("input"), shown = html("output", "", number(value, digits));
  Object.assign(input, { type: "range", min, max, step, value });
  input.addEventListener("input", () => { shown.textContent = number(input.valueAsNumber, digits); change(input.valueAsNumber); });
  const node = html("label", "slider", html("span", "", label), input, shown);
  node.set = (other) => { input.value = other; shown.textContent = number(input.valueAsNumber, digits); };
  return node;
}

/** Return a group of buttons of which one is chosen. */
export function choice(label, options, chosen, change) {
  const group = html("fieldset", "choice", html("legend", "unseen", label)), name = `choice-${Math.random().toString(36).slice(2)}`;
  for (const [value, text] of options) {
    const input = html("input");
    Object.assign(input, { type: "radio", name, value, checked: value === chosen });
    input.addEventListener("change", () => change(value));
    group.append(html("label", "", input, html("span", "", text)));
  }
  return group;
}

/** Return what draws at most once a frame, however often it is called. */
export function onceAFrame(draw) {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; draw(); });
  };
}

/** Whether the reader asked for less motion: then nothing moves by itself. */
export const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Return axes for functions: an SVG, and where a point of the plane is in it. */
export function plane({ width = 560, height = 260, x: [x0, x1], y: [y0, y1], label }) {
  const left = 40, right = 12, top = 10, bottom = 26;
  const node = svg("svg", { viewBox: `0 0 ${width} ${height}`, class: "plane", role: "img", "aria-label": label });
  const across = (x) => left + ((x - x0) / (x1 - x0)) * (width - left - right);
  const up = (y) => height - bottom - ((y - y0) / (y1 - y0)) * (height - top - bottom);
  for (const x of marks(x0, x1)) {
    node.append(svg("line", { class: x === 0 ? "axis" : "grid", x1: across(x), x2: across(x), y1: up(y0), y2: up(y1) }));
    node.append(svg("text", { x: across(x), y: height - 8, "text-anchor": "middle" }, number(x, Number.isInteger(x) ? 0 : 1)));
  }
  for (const y of marks(y0, y1)) {
    node.append(svg("line", { class: y === 0 ? "axis" : "grid", x1: left, x2: width - right, y1: up(y), y2: up(y) }));
    node.append(svg("text", { x: left - 6, y: up(y) + 4, "text-anchor": "end" }, number(y, Number.isInteger(y) ? 0 : 2)));
  }
  return { node, across, up };
}

function marks(low, high) {
  const step = [0.1, 0.25, 0.5, 1, 2, 5, 10].find((one) => (high - low) / one <= 8.01) ?? 20, places = [];
  for (let place = Math.ceil(low / step); place * step <= high + 1e-9; place += 1) places.push(place * step);
  return places;
}

/** Return the path of a function over an interval, as far as it is within the heights `low` to `high`. */
export function path(f, [from, to], { across, up }, steps = 160, [low, high] = [-Infinity, Infinity]) {
  let d = "", pen = "M";
  for (let i = 0; i <= steps; i += 1) {
    const x = from + ((to - from) * i) / steps, y = f(x);
    if (y < low || y > high) { pen = "M"; continue; }
    d += `${pen}${across(x).toFixed(1)} ${up(y).toFixed(1)}`;
    pen = "L";
  }
  return d;
}
