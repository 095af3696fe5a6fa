const say = (key, values = {}) =>
  data.say["by_hand_" + key].replace(/\{(\w+)\}/g, (place, name) => (name in values ? values[name] : place));
let question, at = 0, unsaved = false;
findColumns("student", "question", "points", "reason", "rubric");

// A grade is the rubric's items and a comment, or points that were typed; what a row says of it is read back.
function readGrade(one, answer) {
  const place = (data.places[answer.id] || {})[one.name];
  if (place === undefined) return;
  const row = data.rows[place];
  const cell = (name) => row[columns[name]] || "";
  let kept = { items: [], comment: "" };
  try { kept = Object.assign(kept, JSON.parse(cell("rubric"))); } catch { /* none, or written by somebody else */ }
  if (!Array.isArray(kept.items)) kept.items = [];
  for (const item of kept.items) {
    const known = one.rubric.find((other) => other.key === String(item.key));
    if (known) Object.assign(known, { points: Number(item.points), text: String(item.text) });
    else one.rubric.push({ key: String(item.key), points: Number(item.points), text: String(item.text) });
  }
  const items = new Set(kept.items.map((item) => String(item.key)));
  answer.grade = { items, comment: String(kept.comment), typed: cell("points") };
  const told = unguarded(cell("reason"));
  if (told !== reason(one, answer.grade)) Object.assign(answer.grade, { items: new Set(), comment: told });
}

const ticked = (one, grade) => one.rubric.filter((item) => grade.items.has(item.key));
const reason = (one, grade) => [...ticked(one, grade).map((item) => item.text), grade.comment].filter(Boolean).join("; ");

function pointsText(one, grade) {
  if (grade.typed !== null) return grade.typed;
  const sum = ticked(one, grade).reduce((total, item) => total + item.points, 0);
  return shown(Math.min(one.points, Math.max(0, sum)));
}

function wrong(one, grade) {
  const points = number(pointsText(one, grade));
  return points === null || points > one.points + 1e-9;
}

function current() { return question.answers[at]; }
const isDone = (answer) => Boolean(answer.grade) && !wrong(question, answer.grade);

function begun() {
  const answer = current();
  answer.grade = answer.grade || { items: new Set(), comment: "", typed: null };
  answer.changed = true;
  unsaved = true;
  return answer.grade;
}

function labelOf(answer, place) { return `${answer.grade ? "✔" : "…"} ${answer.name || say("number", { number: place + 1 })}`; }

function show(what = {}) {
  const answer = current();
  const done = question.answers.filter(isDone).length;
  $("progress").textContent =
    say("done", { done, all: question.answers.length, nothing: question.nothing }) + (unsaved ? " " + say("unsaved") : "");
  $("most").textContent = say("of", { points: shown(question.points) });
  for (const id of ["points", "comment", "add", "previous", "next", "waiting", "clear"]) $(id).disabled = !answer;
  if (!answer) { $("who").textContent = "–"; $("answer").textContent = ""; $("rubric").replaceChildren(); return; }
  $("who").textContent = `${answer.name || say("number", { number: at + 1 })} (${at + 1}/${question.answers.length})`;
  $("answer").textContent = answer.text || say("gone");
  $("student").selectedIndex = at;
  $("student").options[at].textContent = labelOf(answer, at);
  if (what.focus !== "points") $("points").value = answer.grade ? pointsText(question, answer.grade) : "";
  if (what.focus !== "comment") $("comment").value = answer.grade ? answer.grade.comment : "";
  $("points").placeholder = say("not_graded");
  $("wrong").textContent = answer.grade && wrong(question, answer.grade) ? `0 – ${shown(question.points)}` : "";
  if (what.focus !== "rubric") showRubric();
}

function showRubric() {
  $("rubric").replaceChildren(...question.rubric.map((item, place) => {
    const row = document.createElement("li");
    const box = Object.assign(document.createElement("input"), { type: "checkbox" });
    const points = Object.assign(document.createElement("input"), { className: "points", value: shown(item.points) });
    const text = Object.assign(document.createElement("textarea"), { className: "text", rows: 2, value: item.text });
    const key = Object.assign(document.createElement("kbd"), { textContent: "ABCDEFGH"[place] || "" });
    box.checked = Boolean(current().grade) && current().grade.items.has(item.key);
    box.setAttribute("aria-label", item.text);
    points.setAttribute("aria-label", say("points_of_item"));
    text.setAttribute("aria-label", say("text_of_item"));
    box.addEventListener("change", () => toggle(place));
    // Changed here, an item changes for everybody who has it.
    points.addEventListener("input", () => {
      const value = Number(points.value.replace(",", "."));
      if (points.value.trim() && Number.isFinite(value)) change(item, { points: value });
    });
    text.addEventListener("input", () => change(item, { text: text.value }));
    row.append(box, points, text, ...(key.textContent ? [key] : []));
    return row;
  }));
}

function change(item, values) {
  Object.assign(item, values);
  for (const answer of question.answers) {
    if (answer.grade && answer.grade.items.has(item.key)) {
      Object.assign(answer, { changed: true });
      if ("points" in values) answer.grade.typed = null;
      unsaved = true;
    }
  }
  show({ focus: "rubric" });
}

function toggle(place) {
  const item = question.rubric[place];
  if (!item || !current()) return;
  const grade = begun();
  grade.items.has(item.key) ? grade.items.delete(item.key) : grade.items.add(item.key);
  grade.typed = null;
  show();
}

function go(step) {
  if (!current()) return;
  at = Math.min(question.answers.length - 1, Math.max(0, at + step));
  show();
}

function goWaiting() {
  const from = question.answers.findIndex((answer, place) => place > at && !isDone(answer));
  const first = from < 0 ? question.answers.findIndex((answer) => !isDone(answer)) : from;
  if (first >= 0) at = first;
  show();
}

function clear() {
  const answer = current();
  if (!answer || !answer.grade) return;
  Object.assign(answer, { grade: null, changed: true });
  unsaved = true;
  show();
}

function choose(place) {
  question = data.questions[place];
  at = 0;
  $("student").replaceChildren(...question.answers.map((answer, index) => new Option(labelOf(answer, index))));
  const waiting = question.answers.findIndex((answer) => !isDone(answer));
  at = Math.max(0, waiting);
  show();
}

// Rows that were there stay as they are, in their order; those of texts graded here are changed, added, or left out.
function table() {
  const rows = data.rows.map((row) => row.slice());
  const added = [];
  const gone = new Set();
  for (const one of data.questions) {
    for (const answer of one.answers.filter((each) => each.changed)) {
      const place = (data.places[answer.id] || {})[one.name];
      if (!answer.grade || wrong(one, answer.grade)) {
        if (place !== undefined && !answer.grade) gone.add(place);
        continue;
      }
      const row = place === undefined ? added[added.push([]) - 1] : rows[place];
      while (row.length < data.header.length) row.push("");
      const told = reason(one, answer.grade);
      if (place === undefined) {
        row[columns.student] = guarded(answer.id);
        row[columns.question] = one.name;
      }
      row[columns.points] = pointsText(one, answer.grade);
      row[columns.reason] = guarded(told);
      row[columns.rubric] = JSON.stringify({ items: ticked(one, answer.grade), comment: answer.grade.comment });
    }
  }
  return [data.header, ...rows.filter((_, place) => !gone.has(place)), ...added];
}

function save() {
  saveTable(table());
  unsaved = false;
  show();
  $("saved").textContent = say("saved");
}

for (const one of data.questions) {
  for (const answer of one.answers) readGrade(one, answer);
  $("question").append(new Option(one.title));
}
$("question").addEventListener("change", () => choose($("question").selectedIndex));
$("student").addEventListener("change", () => { at = $("student").selectedIndex; show(); });
$("points").addEventListener("input", () => { begun().typed = $("points").value; show({ focus: "points" }); });
$("comment").addEventListener("input", () => { begun().comment = $("comment").value; show({ focus: "comment" }); });
$("add").addEventListener("click", () => {
  let key = question.rubric.length + 1;
  while (question.rubric.some((item) => item.key === "n" + key)) key += 1;
  question.rubric.push({ key: "n" + key, points: 0, text: say("new_item") });
  toggle(question.rubric.length - 1);
  const text = $("rubric").lastElementChild.querySelector(".text");
  text.focus();
  text.select();
});
const actions = { previous: () => go(-1), next: () => go(1), waiting: goWaiting, clear, save };
for (const [id, action] of Object.entries(actions)) $(id).addEventListener("click", action);
const keys = { j: () => go(1), arrowright: () => go(1), k: () => go(-1), arrowleft: () => go(-1), n: goWaiting, x: clear, s: save };
listenToKeys(keys, goWaiting, current, (key) => {
  const item = "abcdefgh".indexOf(key);
  if (key.length !== 1 || item < 0) return false;
  toggle(item);
  return true;
});
addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
choose(0);
