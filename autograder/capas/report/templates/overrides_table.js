"use strict";
// What pages share that are filled in and save overrides.csv: its columns, its cells, and the file itself.
const data = JSON.parse(document.getElementById("data").textContent);
const $ = (id) => document.getElementById(id);
const shown = (points) => String(Math.round(points * 1e6) / 1e6);
const columns = {};
const FORMULA = /^\s*[=+\-@＝＋－＠]/;

// The columns that are there keep their places; those that are missing go to the end.
function findColumns(...names) {
  for (const name of names) {
    columns[name] = data.header.findIndex((cell) => cell.trim().toLowerCase() === name);
    if (columns[name] < 0) columns[name] = data.header.push(name) - 1;
  }
}

const number = (text) => (/^\s*(\d+([.,]\d*)?|[.,]\d+)\s*$/.test(text) ? Number(text.trim().replace(",", ".")) : null);
const guarded = (text) => (FORMULA.test(text) ? "'" + text : text);
const unguarded = (text) => (text[0] === "'" && FORMULA.test(text.slice(1)) ? text.slice(1) : text);

// Excel knows UTF-8 by the mark in the beginning.
function saveTable(rows) {
  const cell = (text) =>
    /["\r\n]/.test(text) || /^\s|\s$/.test(text) || text.includes(data.delimiter) || text.includes(",")
      ? `"${text.replaceAll('"', '""')}"` : text;
  const csv = "\ufeff" + rows.map((row) => row.map(cell).join(data.delimiter) + "\r\n").join("");
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([csv], { type: "text/csv;charset=utf-8" }));
  link.download = "overrides.csv";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

// Points by digits, the reason by R, and what else has a key; Enter goes on from points, Escape leaves a field.
// `first` may take a key before all others; nothing but fields takes keys unless the page `isReady`.
function listenToKeys(keys, goOn, isReady = () => true, first = () => false) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.toLowerCase();
    if (event.target.matches("textarea, input:not([type=checkbox])")) {
      if (key === "escape") event.target.blur();
      if (key === "enter" && event.target.id === "points") { event.target.blur(); goOn(); event.preventDefault(); }
      return;
    }
    if (event.target.matches("select") || !isReady()) return;
    if (/^[0-9]$/.test(key)) { $("points").focus(); $("points").select(); return; }
    if (key === "r") { $("comment").focus(); event.preventDefault(); return; }
    if (first(key)) return;
    if (keys[key]) { keys[key](); event.preventDefault(); }
  });
}
