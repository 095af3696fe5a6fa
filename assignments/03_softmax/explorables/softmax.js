// Three numbers, their probabilities, and the table of derivatives; adding the same to all changes none of them.

import { button, html, number, onceAFrame, slider } from "../../assets/explorable.js";

const words = {
  es: { names: ["camiseta", "suéter", "chaqueta"], probability: "probabilidad", table: "Jacobiano: qué le pasa a cada salida (fila) si sube cada número (columna)", twin: "Gemelo: suma 1 a los tres", back: "El ejemplo de la clase", sum: "suma" },
  en: { names: ["T-shirt", "sweater", "jacket"], probability: "probability", table: "Jacobian: what happens to each output (row) if each number (column) grows", twin: "Twin: add 1 to all three", back: "The example from class", sum: "sum" },
};
const EXAMPLE = [-0.21, 0.47, 1.72];

/** Return the softmax of a list of numbers. */
export function softmax(a) {
  const most = Math.max(...a), powers = a.map((value) => Math.exp(value - most)), sum = powers.reduce((all, one) => all + one, 0);
  return powers.map((power) => power / sum);
}

/** Return the Jacobian of the softmax: entry ij is the derivative of output i by number j. */
export function jacobian(a) {
  const s = softmax(a);
  return s.map((si, i) => s.map((sj, j) => si * ((i === j ? 1 : 0) - sj)));
}

export default function show(host, { language }) {
  const say = words[language] ?? words.en, a = [...EXAMPLE];
  const bars = a.map(() => html("span", "fill")), shares = a.map(() => html("span", "share"));
  const cells = a.map(() => a.map(() => html("td")));
  const body = html("tbody", "", ...cells.map((row, i) => { const head = html("th", "", say.names[i]); head.scope = "row"; return html("tr", "", head, ...row); }));
  const heads = say.names.map((name) => { const head = html("th", "", name); head.scope = "col"; return head; });
  const table = html("table", "heat", html("caption", "", say.table), html("thead", "", html("tr", "", html("td"), ...heads)), body);
  const draw = onceAFrame(() => {
    softmax(a).forEach((share, i) => { bars[i].style.width = `${100 * share}%`; shares[i].textContent = number(share, 4); });
    jacobian(a).forEach((row, i) => row.forEach((value, j) => {
      cells[i][j].textContent = number(value, 4);
      cells[i][j].style.setProperty("--heat", Math.min(Math.abs(value) / 0.25, 1));
      cells[i][j].className = value < 0 ? "falls" : "rises";
    }));
  });
  const sliders = a.map((value, i) => slider({ label: say.names[i], min: -6, max: 6, step: 0.01, value, change: (other) => { a[i] = other; draw(); } }));
  const set = (values) => { values.forEach((value, i) => { a[i] = value; sliders[i].set(value); }); draw(); };
  const rows = a.map((_value, i) => html("div", "bar-row", sliders[i], html("span", "track", bars[i]), shares[i]));
  host.append(html("div", "bars", ...rows), html("div", "actions", button(say.twin, () => set(a.map((value) => Math.min(value + 1, 6)))), button(say.back, () => set(EXAMPLE))), html("div", "scroll", table));
  draw();
}
