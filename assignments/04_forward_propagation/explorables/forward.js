// The handout's example goes through its network, one unit after the other.

import { button, html, number, slider, svg } from "../../assets/explorable.js";

const words = {
  es: { next: "Siguiente paso", again: "Desde el principio", start: "Entran los datos. Da el primer paso.", unit: "Unidad", input: "entrada", done: "Esta es la respuesta de la red.", label: "La red [2, 3, 2] con sus números" },
  en: { next: "Next step", again: "From the start", start: "The data come in. Take the first step.", unit: "Unit", input: "input", done: "This is the network's answer.", label: "The network [2, 3, 2] with its numbers" },
};

/** The network of the handout's example: pairs of W and b, with ReLU after each. */
export const example = [
  [[[1, 2, 0], [-1, 0, 1]], [0, 0, 1]],
  [[[5, 1], [1, -2], [-1, 1]], [0, 3]],
];

/** Return the sums and the outputs of each layer for the input `x`. */
export function forward(x, network) {
  let values = x;
  return network.map(([W, b]) => {
    const sums = b.map((bias, j) => values.reduce((sum, value, i) => sum + value * W[i][j], bias));
    values = sums.map((sum) => Math.max(sum, 0));
    return { sums, outputs: values };
  });
}

/** Return a unit's sum as it is written. */
export function written(values, weights, bias) {
  const term = (value) => (value < 0 ? `(${number(value, 1)})` : number(value, 1)).replace(/\.0/g, "");
  return [...values.map((value, i) => `${term(value)} · ${term(weights[i])}`), term(bias)].join(" + ");
}

export default function show(host, { language }) {
  const say = words[language] ?? words.en, x = [1, 2], sizes = [2, 3, 2], steps = [];
  sizes.slice(1).forEach((size, layer) => { for (let unit = 0; unit < size; unit += 1) steps.push([layer, unit]); });
  let step = 0;
  const drawing = svg("svg", { viewBox: "0 0 560 270", class: "network", role: "img", "aria-label": say.label });
  const at = (column, unit) => [70 + 210 * column, 135 + 84 * (unit - (sizes[column] - 1) / 2)];
  const arrows = [], units = [];
  example.forEach(([W], layer) => W.forEach((row, i) => row.forEach((weight, j) => {
    const [x1, y1] = at(layer, i), [x2, y2] = at(layer + 1, j), t = 0.3 + 0.13 * ((i + 2 * j) % 3);
    const line = svg("line", { x1, y1, x2, y2 }), text = svg("text", { x: x1 + t * (x2 - x1), y: y1 + t * (y2 - y1) - 4, "text-anchor": "middle" }, number(weight, 0));
    arrows.push({ layer, unit: j, line, text });
    drawing.append(line, text);
  })));
  sizes.forEach((size, column) => {
    for (let unit = 0; unit < size; unit += 1) {
      const [cx, cy] = at(column, unit), circle = svg("circle", { cx, cy, r: 27 }), text = svg("text", { x: cx, y: cy + 5, "text-anchor": "middle" });
      units.push({ column, unit, circle, text });
      drawing.append(circle, text);
    }
  });
  const told = html("p", "told");
  told.setAttribute("role", "status");
  function draw() {
    const layers = forward(x, example), now = steps[step - 1];
    const values = [x, ...layers.map((layer) => layer.outputs)];
    const known = (column, unit) => !column || steps.slice(0, step).some(([layer, one]) => layer === column - 1 && one === unit);
    const short = (value) => number(value, 1).replace(/\.0$/, "");
    for (const { column, unit, circle, text } of units) {
      text.textContent = known(column, unit) ? short(values[column][unit]) : "";
      circle.setAttribute("class", now && now[0] === column - 1 && now[1] === unit ? "now" : known(column, unit) ? "known" : "");
    }
    for (const { layer, unit, line, text } of arrows) {
      const used = Boolean(now) && now[0] === layer && now[1] === unit;
      line.setAttribute("class", used ? "now" : "");
      text.setAttribute("class", used ? "now" : "");
    }
    next.disabled = step === steps.length;
    if (!now) { told.textContent = say.start; return; }
    const [layer, unit] = now, [W, b] = example[layer], sum = layers[layer].sums[unit];
    const left = `${written(values[layer], W.map((row) => row[unit]), b[unit])} = ${short(sum)}`;
    told.textContent = `${left}; relu(${short(sum)}) = ${short(Math.max(sum, 0))}. ${step === steps.length ? say.done : ""}`;
  }
  const next = button(say.next, () => { step += 1; draw(); }), again = button(say.again, () => { step = 0; draw(); next.focus(); });
  const inputs = x.map((value, i) => slider({ label: `${say.input} ${i + 1}`, min: -3, max: 3, step: 0.5, value, digits: 1, change: (other) => { x[i] = other; draw(); } }));
  host.append(drawing, told, html("div", "actions", next, again), html("div", "layers", ...inputs));
  draw();
}
