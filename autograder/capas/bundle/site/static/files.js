// The work as a file to hand in, and back again: a `.py` or a notebook, as students got them, with their cells in it.

/** Return the text at an address. */
export async function textAt(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.text();
}

/** Return the text of a file that students get. */
export const fetched = (name) => textAt(new URL(addressOf(name), document.baseURI));

/** Return where a file is that students get; its name may have any character. */
export const addressOf = (name) => `files/${name.split("/").map(encodeURIComponent).join("/")}`;

/** Return the script with the sources of `answers` in the places of the stubs. */
export function scriptWith(script, cells, answers) {
  for (const { role, name, source } of cells) {
    const stub = source.replace(/^\n+|\n+$/g, "");
    if (role === "stub" && Object.hasOwn(answers, name)) script = script.replace(stub, () => answers[name].replace(/^\n+|\s+$/g, ""));
  }
  return script;
}

/** Return the notebook, as text, with the sources of `answers` in its cells. */
export function notebookWith(text, answers) {
  const notebook = JSON.parse(text);
  for (const cell of notebook.cells) {
    const own = cell.metadata.capas ?? {};
    if (own.role === "stub" && Object.hasOwn(answers, own.name)) cell.source = answers[own.name];
  }
  return `${JSON.stringify(notebook, null, 1)}\n`;
}

/** Return the answers in a file that was taken out, here or elsewhere; none where it is another one. */
export function answersIn(text, cells) {
  const sources = text.trimStart().startsWith("{") ? notebookSources(text) : [["", text]];
  const names = cells.filter((cell) => cell.name).map((cell) => cell.name);
  const known = new Map(cells.map((cell) => [cell.name, cell]));
  const answers = {};
  let before = "";
  for (const [name, source] of sources) {
    const pieces = name ? [[name, source]] : cut(source, names);
    for (const [piece, body] of pieces) {
      const cell = known.get(piece);
      if (cell?.role === "stub") {
        answers[piece] = before + (Object.hasOwn(answers, piece) ? `${answers[piece]}\n\n` : "") + body;
        before = "";
      } else {
        before += ownLines(body, cell, cells);
      }
    }
  }
  return answers;
}

function notebookSources(text) {
  const notebook = JSON.parse(text);
  return notebook.cells
    .filter((cell) => cell.cell_type === "code" && !["start", "check", "figure", "finish"].includes(cell.metadata.capas?.role))
    .map((cell) => [cell.metadata.capas?.role === "stub" ? cell.metadata.capas.name : "", [].concat(cell.source).join("")]);
}

// Cut a script where one of the names is defined; comments and decorators right above belong to what follows.
function cut(source, names) {
  const pieces = [["", []]];
  let waiting = [];
  for (const line of source.split("\n")) {
    const found = line.match(/^(?:async\s+)?(?:def|class)\s+(\w+)|^(\w+)\s*(?::[^=]+)?=(?!=)/);
    const name = found?.[1] ?? found?.[2];
    if (names.includes(name)) {
      pieces.push([name, waiting]);
      waiting = [];
    } else if (/^[#@]/.test(line)) {
      waiting.push(line);
      continue;
    }
    pieces.at(-1)[1].push(...waiting, line);
    waiting = [];
  }
  pieces.at(-1)[1].push(...waiting);
  return pieces.map(([name, lines]) => [name, lines.join("\n").replace(/^\n+|\s+$/g, "")]);
}

// What a student wrote among what was given: all but the lines that were there, and comments at the top.
function ownLines(body, cell, cells) {
  const handedOut = new Set((cell ? [cell] : cells).flatMap((one) => one.source.split("\n")));
  const own = body.split("\n").filter((line) => !handedOut.has(line) && !line.startsWith("#"));
  const text = own.join("\n").trim();
  return text ? `${own.join("\n").replace(/^\n+|\s+$/g, "")}\n\n` : "";
}

/** Give the reader a file. */
export function download(name, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: name.endsWith(".py") ? "text/x-python" : "application/x-ipynb+json" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
