"use strict";
// Headings become buttons that sort their table, and the list of all can be searched; without this script the tables
// are as they are. Of a long table so many rows are shown at once that it is laid out in no time.
const MOST = 100;
const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[\s_'’]+/g, " ").trim();
const $ = (id) => document.getElementById(id);

// What is shown of a table: its rows in order, those that are wanted, at most so many.
class Rows {
  constructor(table) {
    this.body = table.tBodies[0];
    this.all = [...this.body.rows];
    this.first = this.all;
    this.most = MOST;
    this.wanted = () => true;
    this.orders = new Map();
    this.told = () => {};
    this.more = document.createElement("button");
    this.more.type = "button";
    this.more.className = "more";
    this.more.addEventListener("click", () => this.showAll());
    table.parentElement.after(this.more);
    addEventListener("beforeprint", () => this.showAll());
    this.show();
  }
  showAll() { this.most = Infinity; this.show(); }
  show() {
    const rows = this.all.filter(this.wanted);
    const shown = rows.slice(0, this.most);
    if (rows.length > this.most || this.body.rows.length !== shown.length || shown.some((row, at) => row !== this.body.rows[at])) {
      this.body.replaceChildren(...shown);
    }
    this.more.hidden = shown.length === rows.length;
    this.more.textContent = `${document.body.dataset.all} (${rows.length})`;
    this.told(rows.length);
  }
  // Numbers come in their order before texts in theirs; an order is kept, as it is asked for again.
  sort(column, down) {
    if (!this.orders.has(column)) {
      const keys = new Map(this.first.map((row) => {
        const text = row.cells[column].dataset.value ?? row.cells[column].textContent.trim();
        return [row, { text, number: text === "" ? NaN : Number(text) }];
      }));
      const compare = (a, b) => {
        const [one, other] = [keys.get(a), keys.get(b)];
        if (Number.isNaN(one.number) && Number.isNaN(other.number)) return collator.compare(one.text, other.text);
        return Number.isNaN(one.number) - Number.isNaN(other.number) || one.number - other.number;
      };
      this.orders.set(column, [...this.first].sort(compare));
    }
    const order = this.orders.get(column);
    this.all = down ? [...order].reverse() : order;
    this.show();
  }
}

function makeSortable(table) {
  const rows = new Rows(table);
  const headings = [...table.tHead.rows[0].cells];
  headings.forEach((heading, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => {
      const down = heading.getAttribute("aria-sort") === "ascending";
      headings.forEach((other) => other.removeAttribute("aria-sort"));
      heading.setAttribute("aria-sort", down ? "descending" : "ascending");
      rows.sort(column, down);
    });
  });
  return rows;
}

// A row is wanted when every word is in it, and one and the same question is as was chosen.
function makeSearchable(rows) {
  const known = new Map(rows.all.map((row) => [row, {
    text: folded(row.textContent + " " + row.dataset.find),
    lost: (row.dataset.lost || "").split(" ").filter(Boolean).map((one) => one.split(":")),
    marks: (row.dataset.marks || "").split(" "),
    score: Number(row.dataset.score || 0),
  }]));
  // A page has those fields that its table needs.
  const fields = ["words", "question", "diagnosis", "mark", "least", "most"].filter($);
  const value = (id) => (fields.includes(id) ? $(id).value.trim() : "");
  const limit = (id, otherwise) => {
    const number = Number(value(id).replace(",", "."));
    return value(id) === "" || Number.isNaN(number) ? otherwise : number;
  };
  const search = () => {
    const words = folded(value("words")).split(" ");
    const [question, diagnosis, mark] = ["question", "diagnosis", "mark"].map(value);
    const [least, most] = [limit("least", -Infinity), limit("most", Infinity)];
    rows.wanted = (row) => {
      const one = known.get(row);
      return one.score >= least && one.score <= most && (!mark || one.marks.includes(mark)) &&
        ((!question && !diagnosis) ||
          one.lost.some(([name, what]) => (!question || name === question) && (!diagnosis || what === diagnosis))) &&
        words.every((word) => one.text.includes(word));
    };
    rows.most = MOST;
    rows.show();
  };
  rows.told = (count) => { $("found").textContent = `${count} / ${rows.all.length}`; };
  for (const id of fields) $(id).addEventListener("input", search);
  $("clear").addEventListener("click", () => {
    for (const id of fields) $(id).value = "";
    search();
    $("words").focus();
  });
  $("search").hidden = false;
  search();
}

for (const table of document.querySelectorAll("table.sortable")) {
  const rows = makeSortable(table);
  if (table.id === "submissions" && $("search")) makeSearchable(rows);
}
