// A student's function beside what is right, as SVG in the colours of the page.

import { html, svg } from "./elements.js";

const WIDTH = 640, HEIGHT = 300, LEFT = 52, RIGHT = 14, TOP = 14, BOTTOM = 44;

const written = (value, digits = 3) => String(Number(value.toPrecision(digits))).replace("-", "−");

function ticks(low, high) {
  const rough = (high - low) / 5, power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 5, 10].find((factor) => factor * power >= rough);
  const places = [];
  for (let place = Math.ceil(low / step) * step; place <= high + step / 1e6; place += step) places.push(Number(place.toPrecision(12)));
  return places;
}

// All of what is right, and not so much more that it becomes a flat line.
function heights(drawing) {
  const zero = drawing.kind === "bars" ? [0] : [];
  const right = [...drawing.right, ...zero], top = Math.max(...right), bottom = Math.min(...right);
  const span = top - bottom || Math.abs(top) || 1;
  const all = [...right, ...drawing.values.filter((value) => value !== null)].map((value) => Math.min(Math.max(value, bottom - span), top + span));
  const low = Math.min(...all), high = Math.max(...all), margin = 0.1 * (high - low || 1);
  return [zero.length && low === 0 ? 0 : low - margin, high + margin];
}

/** Return a figure of a drawing, as `checks.py` tells of it. */
export function picture(drawing) {
  const node = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "curve", role: "img" });
  node.setAttribute("aria-label", `${drawing.title}. ${drawing.lines.join(" ")}`);
  const [low, high] = heights(drawing);
  const bars = drawing.kind === "bars", half = bars ? 0.6 : 0;
  const first = drawing.x[0] - half, last = drawing.x.at(-1) + half;
  const across = (x) => LEFT + ((x - first) / (last - first)) * (WIDTH - LEFT - RIGHT);
  const up = (y) => HEIGHT - BOTTOM - ((Math.min(Math.max(y, low), high) - low) / (high - low)) * (HEIGHT - TOP - BOTTOM);
  for (const y of ticks(low, high)) {
    node.append(svg("line", { class: "grid", x1: LEFT, x2: WIDTH - RIGHT, y1: up(y), y2: up(y) }));
    node.append(svg("text", { x: LEFT - 8, y: up(y) + 4, "text-anchor": "end" }, written(y)));
  }
  for (const x of bars ? drawing.x : ticks(first, last)) {
    node.append(svg("text", { x: across(x), y: HEIGHT - BOTTOM + 18, "text-anchor": "middle" }, written(x)));
  }
  node.append(svg("text", { x: (LEFT + WIDTH - RIGHT) / 2, y: HEIGHT - 8, "text-anchor": "middle" }, drawing.axis));
  const step = drawing.x.length > 1 ? drawing.x[1] - drawing.x[0] : 1;
  for (const [begin, end] of drawing.stretches) {
    const margin = drawing.kind === "curve" && begin < end ? 0 : 0.46 * step;
    const x = across(drawing.x[begin] - margin);
    node.append(svg("rect", { class: "wrong", x, y: TOP, width: across(drawing.x[end] + margin) - x, height: HEIGHT - TOP - BOTTOM }));
  }
  (bars ? drawBars : drawLines)(node, drawing, across, up);
  const caption = html("figcaption", "", key("mine", drawing.mine));
  if (!bars || !drawing.agrees) caption.append(key("right", drawing.correct));
  return html("figure", "comparison", node, caption);
}

const key = (kind, text) => html("span", `key ${kind}`, text);

function drawLines(node, drawing, across, up) {
  const path = (values) => {
    let pen = "M", d = "";
    values.forEach((value, place) => {
      if (value === null) { pen = "M"; return; }
      d += `${pen}${across(drawing.x[place]).toFixed(1)} ${up(value).toFixed(1)}`;
      pen = "L";
    });
    return d;
  };
  if (drawing.values.length) node.append(svg("path", { class: "mine", d: path(drawing.values) }));
  node.append(svg("path", { class: "right", d: path(drawing.right) }));
}

function drawBars(node, drawing, across, up) {
  const unit = across(1) - across(0), width = drawing.agrees ? 0.6 : 0.38, shift = drawing.agrees ? 0 : 0.2;
  const draw = (values, kind, side) => values.forEach((value, place) => {
    const y = up(Math.max(value ?? 0, 0)), x = across(drawing.x[place] + side) - (unit * width) / 2;
    node.append(svg("rect", { class: kind, x, y, width: unit * width, height: Math.max(up(Math.min(value ?? 0, 0)) - y, 0.5) }));
    node.append(svg("text", { x: x + (unit * width) / 2, y: y - 5, "text-anchor": "middle" }, value === null ? "?" : written(value, 4)));
  });
  draw(drawing.values, "mine", -shift);
  if (!drawing.agrees) draw(drawing.right, "right", shift);
}
