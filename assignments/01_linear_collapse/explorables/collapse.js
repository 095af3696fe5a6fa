// Three layers of one unit each: their product is always one line, until a jacket stands between them.

import { choice, html, number, onceAFrame, path, plane, slider, svg } from "../../assets/explorable.js";

const words = {
  es: { layer: "capa", weight: "peso", bias: "sesgo", none: "solo capas lineales", jacket: "con chaqueta", relu: "con ReLU", between: "Entre las capas", one: "Una sola capa vale lo mismo", no: "No es una recta: ninguna capa sola vale lo mismo", gap: "lo que le falta para ser lineal", label: "Lo que da la red según lo que entra" },
  en: { layer: "layer", weight: "weight", bias: "bias", none: "linear layers only", jacket: "with a jacket", relu: "with ReLU", between: "Between the layers", one: "A single layer does the same", no: "Not a line: no single layer does the same", gap: "how far it is from linear", label: "What the network gives for what comes in" },
};

const bends = { none: (a) => a, relu: (a) => Math.max(a, 0), jacket: (a) => (a < 0 ? 1 : 0) };

/** Return what three layers `[weight, bias]` give for `x`, with a bend after the first two. */
export function network(layers, bend, x) {
  return layers.reduce((value, [w, b], at) => {
    const sum = value * w + b;
    return at < layers.length - 1 ? bends[bend](sum) : sum;
  }, x);
}

/** Return the one weight and the one bias that are worth all linear layers. */
export function collapsed(layers) {
  return layers.reduce(([W, B], [w, b]) => [W * w, B * w + b], [1, 0]);
}

/** Return how far the network is from linear at two places. */
export function gap(layers, bend, u, v) {
  const f = (x) => network(layers, bend, x);
  return Math.abs(f(u + v) - f(u) - f(v) + f(0));
}

export default function show(host, { language }) {
  const say = words[language] ?? words.en;
  const layers = [[1.2, 0.5], [-0.8, 0.4], [1.5, -0.3]];
  let bend = "none";
  const space = plane({ x: [-4, 4], y: [-4, 4], label: say.label });
  const ghost = svg("path", { class: "second" }), curve = svg("path", { class: "first" });
  const told = html("p", "told");
  told.setAttribute("role", "status");
  space.node.append(ghost, curve);
  const draw = onceAFrame(() => {
    curve.setAttribute("d", path((x) => network(layers, bend, x), [-4, 4], space, 800, [-4, 4]));
    const [W, B] = collapsed(layers);
    ghost.setAttribute("d", bend === "none" ? "" : path((x) => W * x + B, [-4, 4], space, 800, [-4, 4]));
    const product = layers.map(([w]) => number(w, 1)).join(" · ");
    const line = `y = ${number(W, 2)} x ${B < 0 ? "−" : "+"} ${number(Math.abs(B), 2)}`;
    const worst = Math.max(...[-3, -1.5, 1.5, 3].flatMap((u) => [-2, 1, 2].map((v) => gap(layers, bend, u, v))));
    told.textContent = bend === "none" ? `${product} = ${number(W, 2)}.  ${say.one}: ${line}` : `${say.no} (${say.gap}: ${number(worst, 2)})`;
  });
  const sliders = layers.map((layer, at) =>
    html("div", "layer", html("strong", "", `${say.layer} ${at + 1}`),
      ...[say.weight, say.bias].map((label, which) =>
        slider({ label, min: -2, max: 2, step: 0.1, value: layer[which], digits: 1, change: (value) => { layer[which] = value; draw(); } }))));
  const kinds = ["none", "jacket", "relu"].map((kind) => [kind, say[kind]]);
  host.append(choice(say.between, kinds, bend, (kind) => { bend = kind; draw(); }), space.node, told, html("div", "layers", ...sliders));
  draw();
}
