// Asks the worker for checks, one after the other, and ends it when it does not answer.

const GRACE = 1000; // milliseconds beyond what Python itself is given, which ends most loops
const LIMIT = 3000;

export class Checker {
  /**
   * `stage` is what the page knows of its stage; `tell` is called with "loading", "ready" or "broken".
   */
  constructor(stage, tell) {
    this.stage = stage;
    this.tell = tell;
    this.queue = Promise.resolve();
    this.started = null;
    this.endless = new Map(); // cells that never ended, by name, as they were then
  }

  /** Begin to load Python, once. */
  warm() {
    this.started ??= this.#start();
    return this.started;
  }

  async #start() {
    this.tell("loading");
    const assets = new URL("./", import.meta.url);
    const [program, data] = await Promise.all(
      [new URL("checks.py", assets), new URL("files/checks.txt", document.baseURI)].map(async (address) => (await fetch(address)).text()),
    );
    const files = Object.fromEntries(this.stage.data.map((name) => [name, new URL(`files/${name}`, document.baseURI).href]));
    this.worker = new Worker(new URL("worker.js", assets), { type: "module" });
    const index = new URL(this.stage.pyodide.index, document.baseURI).href;
    this.worker.postMessage({ kind: "start", program, data, files, pyodide: { ...this.stage.pyodide, index } });
    const answer = await this.#answer(0);
    if (answer.kind !== "ready") {
      this.#end();
      this.tell("broken");
      throw new Error(answer.message);
    }
    this.tell("ready", answer.loaded);
  }

  /** Return what the worker says next; a limit in milliseconds starts anew with each sign of life. */
  #answer(limit) {
    return new Promise((resolve) => {
      let place = "", timer;
      const wait = (seconds = 0) => {
        clearTimeout(timer);
        const most = Math.max(limit, 1000 * seconds + GRACE); // some questions may take longer
        if (limit) timer = setTimeout(() => resolve({ kind: "endless", name: place, seconds: (most - GRACE) / 1000 }), most);
      };
      wait();
      this.worker.onerror = (event) => { event.preventDefault(); clearTimeout(timer); resolve({ kind: "broken", message: event.message ?? "" }); };
      this.worker.onmessage = ({ data }) => {
        if (data.kind === "at") {
          place = data.name; // none while cases run
          wait(data.seconds);
        } else {
          clearTimeout(timer);
          resolve(data);
        }
      };
    });
  }

  #end() {
    this.worker?.terminate();
    this.worker = this.started = null;
  }

  /** Check a question; `cells` are those of the page, in order. One check runs at a time. */
  check(question, cells) {
    const next = this.queue.then(() => this.#check(question, cells));
    this.queue = next.catch(() => {});
    return next;
  }

  async #check(question, cells) {
    await this.warm();
    // A cell that never ended is left out until it changes, but for its own question.
    const run = cells.filter((cell) => cell.name === question || this.endless.get(cell.name) !== cell.source || !cell.name);
    this.worker.postMessage({ kind: "check", job: { question, cells: run }, libraries: this.stage.libraries });
    const answer = await this.#answer(LIMIT + GRACE);
    if (answer.kind === "result") return answer.result;
    this.#end();
    this.warm().catch(() => {});
    const guilty = cells.find((cell) => cell.name && cell.name === answer.name);
    if (answer.kind === "endless" && guilty && guilty.name !== question) {
      this.endless.set(guilty.name, guilty.source);
      return this.#check(question, cells);
    }
    return { question, good: false, begun: true, ended: answer.kind, seconds: answer.seconds };
  }
}
