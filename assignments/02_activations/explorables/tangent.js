// A point on an activation's curve, its tangent, and below the derivative: where that is nearly 0, a unit hardly learns.

import { choice, html, number, onceAFrame, path, plane, slider, svg } from "../../assets/explorable.js";

const words = {
  es: { which: "Activación", place: "a", curve: "La activación y su tangente", below: "Su derivada", slope: "pendiente", flat: "saturada: casi no aprende", value: "valor" },
  en: { which: "Activation", place: "a", curve: "The activation and its tangent", below: "Its derivative", slope: "slope", flat: "saturated: it hardly learns", value: "value" },
};

/** Each activation with its derivative, and what to show of both. */
export const activations = {
  sigmoid: { f: (a) => 1 / (1 + Math.exp(-a)), slope: (a) => { const y = 1 / (1 + Math.exp(-a)); return y * (1 - y); }, y: [-0.25, 1.25], dy: [0, 0.3] },
  tanh: { f: Math.tanh, slope: (a) => 1 - Math.tanh(a) ** 2, y: [-1.5, 1.5], dy: [0, 1.2] },
  relu: { f: (a) => Math.max(a, 0), slope: (a) => (a > 0 ? 1 : 0), y: [-1, 6], dy: [-0.25, 1.25] },
};

/** Below this share of the largest slope a unit is called saturated. */
const SATURATED = 0.1;

export const saturated = (name, a) => activations[name].slope(a) < SATURATED * Math.max(activations[name].slope(0), activations[name].slope(1));

export default function show(host, { language }) {
  const say = words[language] ?? words.en, box = html("div"), told = html("p", "told");
  told.setAttribute("role", "status");
  let name = "sigmoid", place = 1, draw = () => {};
  function build() {
    const { f, slope, y, dy } = activations[name];
    const above = plane({ height: 230, x: [-6, 6], y, label: say.curve }), below = plane({ height: 130, x: [-6, 6], y: dy, label: say.below });
    const tangent = svg("path", { class: "second" }), dots = [svg("circle", { r: 6, class: "dot" }), svg("circle", { r: 6, class: "dot" })];
    above.node.append(svg("path", { class: "first", d: path(f, [-6, 6], above, 240) }), tangent, dots[0]);
    below.node.append(svg("path", { class: "third", d: path(slope, [-6, 6], below, 480) }), dots[1]);
    box.replaceChildren(above.node, below.node);
    draw = onceAFrame(() => {
      const value = f(place), m = slope(place), reach = 1.6;
      tangent.setAttribute("d", path((x) => value + m * (x - place), [place - reach, place + reach], above, 1));
      for (const [dot, space, height] of [[dots[0], above, value], [dots[1], below, m]]) {
        dot.setAttribute("cx", space.across(place));
        dot.setAttribute("cy", space.up(height));
        dot.classList.toggle("flat", saturated(name, place));
      }
      told.textContent = `${name}(${number(place, 1)}) = ${number(value, 4)}, ${say.slope} ${number(m, 4)}${saturated(name, place) ? ` · ${say.flat}` : ""}`;
    });
    draw();
  }
  host.append(
    choice(say.which, Object.keys(activations).map((key) => [key, key]), name, (key) => { name = key; build(); }), box, told,
    slider({ label: say.place, min: -6, max: 6, step: 0.1, value: place, digits: 1, change: (value) => { place = value; draw(); } }));
  build();
}
