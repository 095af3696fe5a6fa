// The handout's example: forward, δ by δ back along the same arrows, and a loss that falls with each step taken.

import { button, html, number, plane, slider, still, svg } from "../../assets/explorable.js";

const words = {
  es: { next: "Siguiente δ", step: "Dar un paso", ten: "Dar diez pasos", again: "Desde el principio", forward: "Hacia delante: la red responde {y} y la meta es 1. La pérdida es {loss}.", output: "La δ de la salida: ({y} − 1) · {slope} = {delta}.", hidden: "De vuelta por su flecha: {delta} · {w} = {back}; por su pendiente, {slope}: δ = {own}.", ready: "Todas las δ están. Da un paso contra la pendiente.", stepped: "Pasos dados: {count}. La pérdida es {loss}.", rate: "η, tasa de aprendizaje", network: "La red con sus salidas, y debajo de cada unidad su δ", losses: "La pérdida después de cada paso" },
  en: { next: "Next δ", step: "Take a step", ten: "Take ten steps", again: "From the start", forward: "Forward: the network answers {y} and the target is 1. The loss is {loss}.", output: "The δ of the output: ({y} − 1) · {slope} = {delta}.", hidden: "Back along its arrow: {delta} · {w} = {back}; times its slope, {slope}: δ = {own}.", ready: "All δ are there. Take a step against the slope.", stepped: "Steps taken: {count}. The loss is {loss}.", rate: "η, learning rate", network: "The network with its outputs, and below each unit its δ", losses: "The loss after each step" },
};

/** The handout's example: an input, a target, and pairs of W and b; all layers are sigmoid. */
export const example = { x: [1, 2], t: [1], network: [[[[2, -2], [-1, 1]], [0, Math.log(3)]], [[[3], [-2]], [0]]] };

const sigmoid = (a) => 1 / (1 + Math.exp(-a));

/** Return the input and the outputs of each layer. */
export function forward(x, network) {
  const values = [x];
  for (const [W, b] of network) values.push(b.map((bias, j) => sigmoid(values.at(-1).reduce((sum, value, i) => sum + value * W[i][j], bias))));
  return values;
}

/** Return half the sum of the squared errors. */
export const loss = (y, t) => y.reduce((sum, value, j) => sum + (value - t[j]) ** 2 / 2, 0);

/** Return the δ of each layer. */
export function deltas(x, t, network) {
  const values = forward(x, network), found = [];
  for (let layer = network.length; layer > 0; layer -= 1) {
    const after = found[0], W = network[layer]?.[0];
    found.unshift(values[layer].map((y, j) => (after ? after.reduce((sum, delta, k) => sum + delta * W[j][k], 0) : y - t[j]) * y * (1 - y)));
  }
  return found;
}

/** Return the network after one step of gradient descent. */
export function stepped(x, t, network, rate) {
  const values = forward(x, network), all = deltas(x, t, network);
  return network.map(([W, b], layer) => [
    W.map((row, i) => row.map((w, j) => w - rate * values[layer][i] * all[layer][j])),
    b.map((bias, j) => bias - rate * all[layer][j]),
  ]);
}

export default function show(host, { language }) {
  const say = words[language] ?? words.en, { x, t } = example, sizes = [2, 2, 1];
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
  let { network } = example, known = 0, rate = 2, losses = [loss(forward(x, network).at(-1), t)], running = 0;
  const drawing = svg("svg", { viewBox: "0 0 560 250", class: "network", role: "img", "aria-label": say.network });
  const at = (column, unit) => [70 + 210 * column, 112 + 108 * (unit - (sizes[column] - 1) / 2)];
  const arrows = [], units = [];
  sizes.slice(1).forEach((size, layer) => {
    for (let i = 0; i < sizes[layer]; i += 1) for (let j = 0; j < size; j += 1) {
      const [x1, y1] = at(layer, i), [x2, y2] = at(layer + 1, j), share = 0.34 + 0.08 * (i - j);
      const line = svg("line", { x1, y1, x2, y2 }), text = svg("text", { x: x1 + share * (x2 - x1), y: y1 + share * (y2 - y1) - 5, "text-anchor": "middle" });
      arrows.push({ layer, i, j, line, text });
      drawing.append(line, text);
    }
  });
  sizes.forEach((size, column) => {
    for (let unit = 0; unit < size; unit += 1) {
      const [cx, cy] = at(column, unit), circle = svg("circle", { cx, cy, r: 28 });
      const value = svg("text", { x: cx, y: cy + 5, "text-anchor": "middle" }), delta = svg("text", { x: cx, y: cy + 46, "text-anchor": "middle", class: "delta" });
      units.push({ column, unit, circle, value, delta });
      drawing.append(circle, value, delta);
    }
  });
  const space = plane({ height: 170, x: [0, 40], y: [0, 0.15], label: say.losses }), curve = svg("path", { class: "first" }), dot = svg("circle", { r: 5, class: "dot" });
  space.node.append(curve, dot);
  const told = html("p", "told");
  told.setAttribute("role", "status");
  const order = [[2, 0], [1, 0], [1, 1]];
  function draw() {
    const values = forward(x, network), all = deltas(x, t, network), now = losses.length === 1 ? order[known - 1] : undefined;
    const has = (column, unit) => losses.length > 1 || order.slice(0, known).some(([one, other]) => one === column && other === unit);
    for (const { column, unit, circle, value, delta } of units) {
      value.textContent = number(values[column][unit], column ? 3 : 0);
      delta.textContent = column && has(column, unit) ? `δ = ${number(all[column - 1][unit], 5)}` : "";
      circle.setAttribute("class", now && now[0] === column && now[1] === unit ? "now" : "known");
    }
    for (const { layer, i, j, line, text } of arrows) {
      text.textContent = number(network[layer][0][i][j], 2).replace(/\.00$/, "");
      const used = now && now[0] === layer && now[1] === i && layer === 1;
      line.setAttribute("class", used ? "now" : "");
    }
    const shown = losses.slice(-41), from = losses.length - shown.length;
    curve.setAttribute("d", shown.map((one, place) => `${place ? "L" : "M"}${space.across(place).toFixed(1)} ${space.up(Math.min(one, 0.15)).toFixed(1)}`).join(""));
    dot.setAttribute("cx", space.across(shown.length - 1));
    dot.setAttribute("cy", space.up(Math.min(shown.at(-1), 0.15)));
    space.node.dataset.from = from;
    next.disabled = losses.length > 1 || known === order.length;
    for (const one of [step, ten]) one.disabled = losses.length === 1 && known < order.length;
    told.textContent = sentence(values, all);
  }
  function sentence(values, all) {
    if (losses.length > 1) return fill(say.stepped, { count: losses.length - 1, loss: number(losses.at(-1), 5) });
    const y = values[2][0], delta = number(all[1][0], 3);
    if (!known) return fill(say.forward, { y: number(y, 3), loss: number(losses[0], 3) });
    if (known === 1) return fill(say.output, { y: number(y, 3), slope: number(y * (1 - y), 2), delta });
    const j = known - 2, hidden = values[1][j], w = network[1][0][j][0];
    const told = fill(say.hidden, { delta, w: w < 0 ? `(${number(w, 0)})` : number(w, 0), back: number(all[1][0] * w, 3), slope: number(hidden * (1 - hidden), 4), own: number(all[0][j], 6) });
    return known === order.length ? `${told} ${say.ready}` : told;
  }
  function take() {
    network = stepped(x, t, network, rate);
    losses.push(loss(forward(x, network).at(-1), t));
    draw();
  }
  function many(count) {
    clearTimeout(running);
    if (still()) { for (let i = 0; i < count; i += 1) take(); return; }
    const go = (left) => { take(); if (left > 1) running = setTimeout(() => go(left - 1), 90); };
    go(count);
  }
  const next = button(say.next, () => { known += 1; draw(); if (next.disabled) step.focus(); });
  const step = button(say.step, take), ten = button(say.ten, () => many(10));
  const again = button(say.again, () => { clearTimeout(running); ({ network } = example); known = 0; losses = losses.slice(0, 1); draw(); });
  host.append(drawing, told, html("div", "actions", next, step, ten, again), space.node,
    slider({ label: say.rate, min: 0.5, max: 20, step: 0.5, value: rate, digits: 1, change: (value) => { rate = value; } }));
  draw();
}
