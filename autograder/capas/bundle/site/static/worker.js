// Runs Python away from the page, which stays alive whatever a student's code does.

let checks = null;
let deadline = 0;

// Pyodide asks here, every few steps of Python, whether it is to be interrupted: 2 is what Ctrl-C sends.
const clock = {
  get 0() {
    if (!deadline || performance.now() < deadline) return 0;
    deadline = 0;
    return 2;
  },
  set 0(_seen) {},
};

const until = (seconds) => { deadline = seconds ? performance.now() + 1000 * seconds : 0; };
const at = (name, seconds = 0) => postMessage({ kind: "at", name, seconds });

onmessage = async ({ data: message }) => {
  try {
    if (message.kind === "start") await start(message);
    if (message.kind === "check") await check(message);
  } catch (error) {
    postMessage({ kind: "broken", message: String(error).slice(0, 500) });
  }
};

async function start({ pyodide: place, program, data, files }) {
  guard(place);
  const { loadPyodide } = await load(place, "pyodide.mjs");
  if (Object.keys(place.integrity).length) await load(place, "pyodide.asm.js");
  const options = place.packages ? { packageBaseUrl: place.packages } : {};
  // NumPy comes over the net while Python starts.
  self.pyodide = await loadPyodide({ indexURL: place.index, packages: ["numpy"], ...options });
  for (const [name, address] of Object.entries(files)) {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    pyodide.FS.mkdirTree(name.split("/").slice(0, -1).join("/") || ".");
    pyodide.FS.writeFile(name, new Uint8Array(await answer.arrayBuffer()));
  }
  const names = pyodide.toPy({});
  pyodide.runPython(program, { globals: names });
  const make = names.get("Checks");
  checks = make(data, at, until);
  pyodide.setInterruptBuffer(clock);
  const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
  postMessage({ kind: "ready", loaded });
}

async function check({ job, libraries }) {
  const source = job.cells.map((cell) => cell.source).join("\n");
  const wanted = libraries.filter((name) => new RegExp(`^\\s*(import|from)\\s+${name}\\b`, "m").test(source));
  if (wanted.length) {
    postMessage({ kind: "loads" });
    const imports = wanted.map((name) => `import ${name}`).join("\n");
    await pyodide.loadPackagesFromImports(imports, { messageCallback: () => {}, errorCallback: () => {} });
  }
  postMessage({ kind: "result", result: JSON.parse(checks.check(JSON.stringify(job))) });
}

// Load a module of Pyodide: what comes from elsewhere only if it is what this site was made for.
async function load(place, name) {
  const integrity = place.integrity[name];
  if (!integrity) return import(place.index + name);
  const answer = await fetch(place.index + name, { integrity });
  const address = URL.createObjectURL(new Blob([await answer.text()], { type: "text/javascript" }));
  return import(address);
}

// The other files Pyodide fetches itself; its list of packages has their hashes. It waits for ever for one that does
// not come, so that the page is told.
function guard(place) {
  const fetchAsIs = self.fetch;
  self.fetch = (address, options) => {
    const url = String(address?.url ?? address);
    const integrity = url.startsWith(place.index) ? place.integrity[url.slice(place.index.length)] : undefined;
    const answer = fetchAsIs(address, integrity ? { ...options, integrity } : options);
    const lacks = () => checks || postMessage({ kind: "broken", message: `${url} did not come` });
    answer.then(({ ok }) => ok || lacks(), lacks);
    return answer;
  };
}
