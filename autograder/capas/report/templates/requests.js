const say = (key, values = {}) =>
  data.say[key].replace(/\{(\w+)\}/g, (place, name) => (name in values ? values[name] : place));
const NOTE = "note";
let at = 0, unsaved = false;
findColumns("student", "question", "points", "reason", "requests");

// A question of a student is decided once, so requests about the same one share its row: points or a note, and why.
const answers = new Map();
for (const request of data.requests) {
  const key = JSON.stringify([request.id, request.question]);
  if (!answers.has(key)) answers.set(key, readRow(request));
  request.answer = answers.get(key);
}

function readRow(request) {
  const place = (data.places[request.id] || {})[request.question];
  const cell = (name) => (place === undefined ? "" : data.rows[place][columns[name]] || "");
  const codes = new Set(cell("requests").split(" ").filter(Boolean));
  return { id: request.id, question: request.question, place, points: cell("points").trim(), comment: unguarded(cell("reason")), codes };
}

const current = () => data.requests[at];
const isNote = (answer) => answer.points.toLowerCase() === NOTE;

function wrong(request) {
  const { points, comment } = request.answer;
  if (isNote(request.answer)) return comment.trim() ? "" : say("wrong", { most: shown(request.most) });
  const value = number(points);
  return value === null || value > request.most + 1e-9 ? say("wrong", { most: shown(request.most) }) : "";
}

const isDone = (request) => request.answer.codes.has(request.code) && !wrong(request);
const label = (request) => `${isDone(request) ? "✔" : "…"} ${request.name} · ${request.title}`;

// What is entered answers this request; what it holds of others that were answered before stays.
function entered(values, what) {
  const answer = current().answer;
  Object.assign(answer, values, { changed: true });
  answer.codes.add(current().code);
  unsaved = true;
  show(what);
}

function show(focus = "") {
  const request = current(), { answer } = request, done = data.requests.filter(isDone).length;
  $("progress").textContent = say("done", { done, all: data.requests.length }) + (unsaved ? " " + say("unsaved") : "");
  $("request").selectedIndex = at;
  data.requests.forEach((one, place) => { $("request").options[place].textContent = label(one); });
  $("who").textContent = `${request.name} (${at + 1}/${data.requests.length})`;
  $("about").textContent = request.title;
  $("reason").textContent = request.reason || "–";
  fill("told", request.told);
  fill("decided", request.decided);
  $("source").textContent = request.source === null ? say("no_code") : request.source || say("nothing");
  $("score").textContent = say("kept", { score: request.score, most: shown(request.most) });
  $("back").textContent = say("more", { points: shown(request.back) });
  $("back").append(Object.assign(document.createElement("kbd"), { textContent: "P" }));
  $("most").textContent = `0 – ${shown(request.most)}`;
  $("note").setAttribute("aria-pressed", String(isNote(answer)));
  if (focus !== "points") $("points").value = isNote(answer) ? "" : answer.points;
  if (focus !== "comment") $("comment").value = answer.comment;
  $("wrong").textContent = answer.codes.has(request.code) ? wrong(request) : "";
}

function fill(id, texts) {
  $(id).replaceChildren(...texts.map((text) => {
    const inner = Object.assign(document.createElement("bdi"), { textContent: text, className: "message" });
    const item = document.createElement("li");
    item.append(inner);
    return item;
  }));
}

function go(step) {
  at = Math.min(data.requests.length - 1, Math.max(0, at + step));
  show();
}

function goOpen() {
  const next = data.requests.findIndex((request, place) => place > at && !isDone(request));
  const first = next < 0 ? data.requests.findIndex((request) => !isDone(request)) : next;
  if (first >= 0) at = first;
  show();
}

// Back to what the file says of it.
function clear() {
  const kept = readRow(current());
  kept.codes.delete(current().code);
  Object.assign(current().answer, kept, { changed: kept.place !== undefined });
  unsaved = true;
  show();
}

// Rows that were there stay as they are, in their order; those of questions answered here are changed or added.
function table() {
  const rows = data.rows.map((row) => row.slice()), added = [];
  for (const answer of answers.values()) {
    const asked = data.requests.filter((request) => request.answer === answer);
    const answered = asked.filter((request) => answer.codes.has(request.code));
    if (!answer.changed || asked.some((request) => answered.includes(request) && wrong(request))) continue;
    if (answer.place === undefined && !answered.length) continue;
    const row = answer.place === undefined ? added[added.push([]) - 1] : rows[answer.place];
    while (row.length < data.header.length) row.push("");
    if (answer.place === undefined) {
      row[columns.student] = guarded(answer.id);
      row[columns.question] = answer.question;
    }
    row[columns.points] = answer.points;
    row[columns.reason] = guarded(answer.comment);
    row[columns.requests] = [...answer.codes].join(" ");
  }
  return [data.header, ...rows, ...added];
}

function save() {
  saveTable(table());
  unsaved = false;
  show();
  $("saved").textContent = say("saved");
}

$("request").replaceChildren(...data.requests.map((request) => new Option(label(request))));
$("request").addEventListener("change", () => { at = $("request").selectedIndex; show(); });
$("points").addEventListener("input", () => entered({ points: $("points").value.trim() }, "points"));
$("comment").addEventListener("input", () => {
  // A note is what an answer is as long as nobody gives points.
  const points = current().answer.points || NOTE;
  entered({ comment: $("comment").value, points }, "comment");
});
const actions = {
  back: () => entered({ points: shown(current().back) }),
  note: () => { entered({ points: NOTE }); $("comment").focus(); },
  previous: () => go(-1), next: () => go(1), waiting: goOpen, clear, save,
};
for (const [id, action] of Object.entries(actions)) $(id).addEventListener("click", action);
const keys = {
  j: actions.next, arrowright: actions.next, k: actions.previous, arrowleft: actions.previous,
  n: goOpen, x: clear, s: save, p: actions.back, o: actions.note,
};
listenToKeys(keys, goOpen);
addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
at = Math.max(0, data.requests.findIndex((request) => !isDone(request)));
show();
