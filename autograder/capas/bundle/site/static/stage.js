// A stage's page: an editor at each question, its checks, and the work as a file.

import { Checker } from "./checker.js";
import { createEditor } from "./editor.min.js";
import { button, html } from "./elements.js";
import { answersIn, download, fetched, notebookWith, scriptWith } from "./files.js";
import { fit } from "./fit.js";
import { keep } from "./offline.js";
import { picture } from "./picture.js";
import { Store } from "./store.js";

const stage = JSON.parse(document.getElementById("stage").textContent);
const { texts, cells } = stage;
const store = new Store(stage.id, stage.language);
const checker = new Checker(stage, showPython);
const stubs = cells.filter((cell) => cell.role === "stub");
const places = new Map();

const say = (key, values = {}) => texts[key].replace(/\{(\w+)\}/g, (_all, name) => values[name]);

const LARGEST = 50_000_000; // bytes of a file that is opened: notebooks with all their pictures are smaller

const source = (cell) => places.get(cell.name)?.editor.text() ?? cell.source;
const currentCells = () => cells.filter((cell) => cell.role !== "answer").map((cell) => ({ ...cell, source: source(cell) }));
const answers = () => Object.fromEntries(stubs.map((cell) => [cell.name, source(cell)]));

// The places to answer

for (const cell of stubs) {
  const place = document.querySelector(`.answer[data-question="${cell.name}"]`);
  const parent = html("div", "editor"), status = html("span", "status"), result = html("div", "result");
  const keys = html("span", "soft keys", say("site_keys"));
  status.setAttribute("role", "status");
  result.setAttribute("aria-live", "polite");
  keys.id = `keys-${cell.name}`;
  place.querySelector("pre.stub").replaceWith(parent);
  const run = button(say("site_check"), () => check(cell), "check");
  const again = button(say("site_reset"), () => reset(cell));
  place.append(html("div", "actions", run, again, keys, status), result);
  const editor = createEditor({
    parent,
    text: store.source(cell.name) ?? cell.source,
    // The class wraps long lines, which a phone would hide.
    attributes: { class: "cm-lineWrapping", "aria-label": say("site_editor", { name: cell.name }), "aria-describedby": keys.id, tabindex: "0" },
    changed: (text) => changed(cell, text),
    run: () => check(cell),
  });
  parent.addEventListener("focusin", () => checker.warm().catch(() => {}), { once: true });
  places.set(cell.name, { place, editor, run, status, result });
  mark(cell);
}

function changed(cell, text) {
  store.write(cell.name, text, cell.source);
  const { result, status } = places.get(cell.name);
  result.classList.add("old");
  mark(cell);
  if (!store.lasting) status.textContent = say("site_not_kept");
}

store.watch(() => {
  for (const cell of stubs) {
    const text = store.source(cell.name) ?? cell.source;
    if (text !== source(cell)) places.get(cell.name).editor.replace(text);
    mark(cell);
  }
});

function mark(cell) {
  const passes = store.passes(cell.name);
  places.get(cell.name).place.classList.toggle("passes", passes);
  const id = places.get(cell.name).place.closest("section")?.getAttribute("aria-labelledby");
  document.querySelector(`.contents a[href="#${CSS.escape(id ?? "")}"]`)?.classList.toggle("passes", passes);
}

function reset(cell) {
  const { editor, status, result } = places.get(cell.name);
  editor.replace(cell.source);
  editor.focus();
  result.replaceChildren();
  status.textContent = say("site_was_reset");
}

async function check(cell) {
  const { run, status, result, editor } = places.get(cell.name);
  if (run.getAttribute("aria-busy") === "true") return;
  const asked = editor.text();
  run.setAttribute("aria-busy", "true");
  status.textContent = say("site_checking");
  try {
    const told = await checker.check(cell.name, currentCells());
    result.classList.toggle("old", editor.text() !== asked);
    result.replaceChildren(...shown(told));
    if (told.good && editor.text() === asked) store.pass(cell.name);
    mark(cell);
    status.textContent = "";
  } catch (error) {
    console.error(error);
    result.replaceChildren(html("p", "bad", say(navigator.onLine ? "site_no_python" : "site_no_net")));
    status.textContent = "";
  } finally {
    run.removeAttribute("aria-busy");
  }
}

// What is told of a check

function shown(told) {
  if (told.ended) return [html("p", "bad", say(told.ended === "endless" ? "site_endless" : "site_broke", told))];
  const nodes = told.errors.map((text) => html("p", "bad", text));
  if (told.cases.length) {
    const list = html("ul", "cases");
    for (const { passed, text } of told.cases) list.append(html("li", passed ? "good" : "bad", text));
    nodes.push(list);
  }
  for (const line of told.lines) nodes.push(html("p", told.advice && line.startsWith(told.advice) ? "advice" : "told", line));
  for (const drawing of told.drawings) {
    if (drawing.values.length) nodes.push(picture(drawing));
    nodes.push(...drawing.lines.map((line) => html("p", drawing.agrees ? "told good" : "told", line)));
  }
  if (told.printed) {
    const text = told.printed + (told.more ? `\n${say("site_more_printed")}` : "");
    nodes.push(html("p", "label", say("site_printed")), html("pre", "printed", text));
  }
  if (told.good) nodes[0].closest("ul")?.classList.add("all");
  return nodes;
}

function showPython(state, loaded) {
  const told = { loading: say("site_loading"), ready: "", broken: "" }[state];
  for (const { run, status } of places.values()) {
    if (run.getAttribute("aria-busy") === "true") status.textContent = told || say("site_checking");
  }
  if (state === "ready") keep([stage.notebook, stage.script, "checks.txt", ...stage.data], loaded, showKept).catch(console.error);
}

function showKept() {
  const told = document.querySelector(".offline");
  told.textContent = say("site_kept");
  told.title = say("site_kept_long");
}

// The work as a file

const own = document.querySelector(".handin .own"), saved = html("p", "status");
saved.setAttribute("role", "status");
const showSaved = (text) => { saved.textContent = text; };

async function takeOut(name) {
  let text;
  try {
    text = await fetched(name);
  } catch {
    showSaved(say("site_no_file", { file: name }));
    return;
  }
  download(name, name.endsWith(".py") ? scriptWith(text, cells, answers()) : notebookWith(text, answers()));
}

async function open(file) {
  let found = {};
  try {
    if (file.size <= LARGEST) found = answersIn(await file.text(), cells);
  } catch {
    // told below: no answer was found
  }
  const names = Object.keys(found);
  for (const name of names) places.get(name).editor.replace(found[name]);
  showSaved(names.length ? say("site_opened", { file: file.name, names: names.join(", ") }) : say("site_nothing_in_file", { file: file.name }));
}

if (own) {
  const chosen = html("input"), label = html("label", "button quiet", say("site_open"), chosen);
  chosen.type = "file";
  chosen.accept = ".py,.ipynb";
  chosen.addEventListener("change", async () => {
    if (chosen.files.length) await open(chosen.files[0]);
    chosen.value = "";
  });
  const names = [stage.notebook, stage.script];
  own.replaceChildren(
    html("p", "", say("site_take_out")),
    html("div", "actions", ...names.map((name) => button(name, () => takeOut(name), "check take")), label),
    saved,
  );
}

// The pictures that move

for (const figure of document.querySelectorAll(".explorable")) {
  const address = new URL(figure.dataset.module, document.baseURI);
  import(address).then(({ default: show }) => {
    show(figure.querySelector(".host"), { language: stage.language });
    figure.hidden = false;
    fit();
  }).catch(console.error);
}
