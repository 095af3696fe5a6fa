// A digit drawn by mouse, finger or keys goes through the network: the picture, the hidden layer, ten probabilities.

import { button, html, number, onceAFrame, svg } from "../../assets/explorable.js";
import { read } from "./digit_network.js";
import { linesOf, pictureOf } from "./digit_picture.js";
import { accuracy } from "./weights.js";

const words = {
  es: { draw: "Tu dibujo", picture: "Entran 64 números", hidden: "Capa escondida: 32 unidades, ReLU", output: "Salen diez probabilidades: softmax", area: "Hoja para dibujar, de 16 × 16 casillas", keys: "Con teclas: las flechas mueven la casilla, espacio la pinta o la borra, Mayús con flechas pinta al pasar.", clear: "Borrar", blank: "La hoja está vacía: dibuja un dígito.", sees: "Ve un {digit}, con probabilidad {share}.", doubts: "Duda: un {digit} ({share}) o un {other} ({next}).", cell: "fila {row}, columna {column}, {state}", full: "pintada", empty: "vacía", awake: "{count} de 32 unidades responden", right: "De las imágenes de validación acierta el {part} %." },
  en: { draw: "Your drawing", picture: "64 numbers come in", hidden: "Hidden layer: 32 units, ReLU", output: "Ten probabilities come out: softmax", area: "Sheet to draw on, of 16 × 16 cells", keys: "By keys: arrows move the cell, space inks it or clears it, Shift with arrows inks on the way.", clear: "Clear", blank: "The sheet is empty: draw a digit.", sees: "It sees {digit}, with probability {share}.", doubts: "It wavers: {digit} ({share}) or {other} ({next}).", cell: "row {row}, column {column}, {state}", full: "inked", empty: "empty", awake: "{count} of 32 units respond", right: "It reads {part}% of the validation pictures right." },
};
const CELLS = 16, SURE = 0.6, ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** A drawing to begin with; the first line that is drawn takes its place. */
export const example = [[[4.4, 3.6], [5, 3.1], [5.6, 2.6], [6.2, 2.2], [7, 2], [7.8, 1.9], [8.6, 2], [9.3, 2.3], [9.9, 2.8], [10.3, 3.3], [10.5, 3.9], [10.4, 4.6], [10.2, 5.3], [9.8, 5.9], [9.2, 6.5], [8.6, 6.9], [8, 7.1], [7.4, 7.3], [6.8, 7.4], [7.6, 7.4], [8.5, 7.5], [9.2, 7.7], [9.9, 8.1], [10.5, 8.7], [10.9, 9.4], [11.1, 10.2], [11, 11], [10.8, 11.8], [10.4, 12.5], [9.7, 13.1], [9, 13.6], [8.2, 13.9], [7.3, 14], [6.5, 13.9], [5.8, 13.7], [5.1, 13.3], [4.4, 12.9]]];

/** Return the order of the digits, most probable first. */
export const ranked = (probabilities) => probabilities.map((_share, digit) => digit).sort((one, other) => probabilities[other] - probabilities[one]);

export default function show(host, { language }) {
  const say = words[language] ?? words.en;
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
  const told = html("p", "told"), place = html("p", "unseen"), keys = html("p", "keys", say.keys);
  for (const node of [told, place]) node.setAttribute("role", "status");
  const picture = cells("counts", 8, 8, say.picture), hidden = cells("units", 8, 4, say.hidden), bars = rows();
  const draw = onceAFrame(() => {
    const lines = linesOf(sheet.strokes, sheet.cells), counts = pictureOf(lines);
    const { hidden: outputs, probabilities } = read(counts), [first, second] = ranked(probabilities), most = Math.max(...outputs);
    const drawn = lines.length > 0, share = (digit) => number(probabilities[digit], 2);
    picture.set(counts.map((count) => [count / 16, String(count)]));
    hidden.set(outputs.map((output) => [drawn ? output / most : 0, ""]));
    hidden.node.setAttribute("aria-label", `${say.hidden}; ${fill(say.awake, { count: drawn ? outputs.filter(Boolean).length : 0 })}`);
    bars.set(drawn ? probabilities : [], first);
    const values = { digit: first, other: second, share: share(first), next: share(second) };
    const text = !drawn ? say.blank : fill(probabilities[first] < SURE ? say.doubts : say.sees, values);
    if (told.textContent !== text) told.textContent = text;
  });
  const sheet = sheetOf(say.area, draw, (column, row, inked) => {
    place.textContent = fill(say.cell, { row: row + 1, column: column + 1, state: inked ? say.full : say.empty });
  });
  const part = (name, text, ...nodes) => html("div", `part ${name}`, html("p", "part-label", text), ...nodes);
  host.append(html("div", "digit",
    part("sheet-part", `1. ${say.draw}`, sheet.node, place),
    html("div", "answer-part", told, html("div", "actions", button(say.clear, sheet.clear)), keys),
    part("counts-part", `2. ${say.picture}`, picture.node),
    part("units-part", `3. ${say.hidden}`, hidden.node),
    part("bars-part", `4. ${say.output}`, bars.node, html("p", "keys", fill(say.right, { part: number(100 * accuracy, 1) })))));
  draw();
}

/** Return the sheet: what is drawn on it, and how to clear it. `change` and `moved` are called as that happens. */
function sheetOf(label, change, moved) {
  const node = svg("svg", { viewBox: `0 0 ${CELLS} ${CELLS}`, class: "sheet", role: "application", tabindex: 0, "aria-label": label });
  const grid = svg("path", { class: "grid", d: Array.from({ length: CELLS - 1 }, (_one, i) => `M${i + 1} 0V${CELLS}M0 ${i + 1}H${CELLS}`).join("") });
  const ink = svg("path", { class: "ink" }), cursor = svg("rect", { class: "cursor", width: 1, height: 1 });
  node.append(grid, ink, cursor);
  const sheet = { node, strokes: example, cells: [], clear: () => { start(); redraw(); } };
  let at = [7, 7], untouched = true, pen = null;
  const start = () => { Object.assign(sheet, { strokes: [], cells: [] }); untouched = false; };
  const begin = () => { if (untouched) start(); };
  const inked = () => sheet.cells.findIndex(([column, row]) => column === at[0] && row === at[1]);
  function redraw() {
    ink.setAttribute("d", linesOf(sheet.strokes, sheet.cells).map(([x0, y0, x1, y1]) => `M${x0} ${y0}L${x1} ${y1}`).join(""));
    cursor.setAttribute("x", at[0]);
    cursor.setAttribute("y", at[1]);
    change();
  }
  function point(event) {
    const box = node.getBoundingClientRect(), last = sheet.strokes.at(-1);
    const next = [((event.clientX - box.left) / box.width) * CELLS, ((event.clientY - box.top) / box.height) * CELLS];
    // A point for each quarter of a cell is enough, and keeps long lines quick.
    if (!last.length || Math.hypot(next[0] - last.at(-1)[0], next[1] - last.at(-1)[1]) > 0.25) last.push(next);
  }
  node.addEventListener("pointerdown", (event) => {
    if (event.button || pen !== null) return;
    begin();
    pen = event.pointerId;
    node.setPointerCapture(pen);
    sheet.strokes.push([]);
    point(event);
    redraw();
  });
  node.addEventListener("pointermove", (event) => {
    if (event.pointerId !== pen) return;
    const passed = event.getCoalescedEvents?.() ?? [];
    for (const one of passed.length ? passed : [event]) point(one);
    redraw();
  });
  // A stroke is no gesture: else the browser may take the tap that follows it for the end of a scroll.
  node.addEventListener("touchstart", (event) => event.preventDefault(), { passive: false });
  for (const end of ["pointerup", "pointercancel"]) node.addEventListener(end, (event) => { if (event.pointerId === pen) pen = null; });
  node.addEventListener("keydown", (event) => {
    const arrow = ARROWS[event.key];
    if (event.ctrlKey || event.altKey || event.metaKey || !(arrow || event.key === " ")) return;
    event.preventDefault();
    if (arrow) at = at.map((one, i) => Math.min(Math.max(one + arrow[i], 0), CELLS - 1));
    if (!arrow || event.shiftKey) {
      begin();
      const found = inked();
      if (found < 0) sheet.cells.push(at);
      else if (!arrow) sheet.cells.splice(found, 1);
    }
    moved(...at, inked() >= 0);
    redraw();
  });
  redraw();
  return sheet;
}

/** Return squares that are as dark as their value, 0 to 1, with a text in each. */
function cells(name, columns, rows, label) {
  const node = svg("svg", { viewBox: `0 0 ${columns} ${rows}`, class: `cells ${name}`, role: "img", "aria-label": label });
  const all = Array.from({ length: columns * rows }, (_one, i) => {
    const x = i % columns, y = Math.floor(i / columns);
    const box = svg("rect", { x: x + 0.04, y: y + 0.04, width: 0.92, height: 0.92 }), text = svg("text", { x: x + 0.5, y: y + 0.64, "text-anchor": "middle" });
    node.append(box, text);
    return [box, text];
  });
  const before = [];
  const set = (values) => values.forEach(([value, text], i) => {
    const shown = value.toFixed(2);
    if (before[i] === shown) return;
    before[i] = shown;
    all[i][0].style.fillOpacity = shown;
    all[i][1].textContent = text;
    all[i][1].setAttribute("class", value > 0.6 ? "on-dark" : "");
  });
  return { node, set };
}

/** Return ten bars, a digit each. */
function rows() {
  const bars = Array.from({ length: 10 }, () => html("span", "fill")), shares = bars.map(() => html("span", "share"));
  const all = bars.map((bar, digit) => html("div", "digit-row", html("span", "", String(digit)), html("span", "track", bar), shares[digit]));
  const set = (probabilities, first) => all.forEach((row, digit) => {
    const share = probabilities[digit];
    row.classList.toggle("first", share !== undefined && digit === first);
    bars[digit].style.width = `${100 * (share ?? 0)}%`;
    shares[digit].textContent = share === undefined ? "–" : number(share, 2);
  });
  return { node: html("div", "digit-rows", ...all), set };
}
