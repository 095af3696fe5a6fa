// Asks the worker for checks, one after the other, and ends it when it does not answer.

import { addressOf, fetched, textAt } from "./files.js";

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
    this.started ??= this.#start().catch((error) => {
      this.#end(); // the next time begins anew
      this.tell("broken");
      throw error;
    });
    return this.started;
  }

  async #start() {
    this.tell("loading");
    const assets = new URL("./", import.meta.url);
    const [program, data] = await Promise.all([textAt(new URL("checks.py", assets)), fetched("checks.txt")]);
    const files = Object.fromEntries(this.stage.data.map((name) => [name, new URL(addressOf(name), document.baseURI).href]));
    this.worker = new Worker(new URL("worker.js", assets), { type: "module" });
    const index = new URL(this.stage.pyodide.index, document.baseURI).href;
    this.worker.postMessage({ kind: "start", program, data, files, pyodide: { ...this.stage.pyodide, index } });
    const answer = await this.#answer(0);
    if (answer.kind !== "ready") throw new Error(answer.message);
    this.tell("ready", answer.loaded);
  }

  /**
   * Return what the worker says next; a limit in milliseconds starts anew with each sign of life. It is "dead" when there
   * was none at all.
   */
  #answer(limit) {
    return new Promise((resolve) => {
      let place = "", kind = "dead", timer;
      const wait = (seconds = 0) => {
        clearTimeout(timer);
        const most = Math.max(limit, 1000 * seconds + GRACE); // some questions may take longer
        if (limit) timer = setTimeout(() => resolve({ kind, name: place, seconds: (most - GRACE) / 1000 }), most);
      };
      wait();
      this.worker.onerror = (event) => { event.preventDefault(); clearTimeout(timer); resolve({ kind: "broken", message: event.message ?? "" }); };
      this.worker.onmessage = ({ data }) => {
        if (data.kind === "at") {
          place = data.name; // none while cases run
          kind = "endless";
          wait(data.seconds);
        } else if (data.kind === "loads") {
          kind = "endless";
          clearTimeout(timer); // a library, over whatever net there is
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

  async #check(question, cells, again = false) {
    await this.warm();
    // A cell that never ended is left out until it changes, but for its own question.
    const run = cells.filter((cell) => cell.name === question || this.endless.get(cell.name) !== cell.source || !cell.name);
    this.worker.postMessage({ kind: "check", job: { question, cells: run }, libraries: this.stage.libraries });
    const answer = await this.#answer(LIMIT + GRACE);
    if (answer.kind === "result") return answer.result;
    this.#end();
    if (answer.kind === "dead" && !again) return this.#check(question, cells, true); // it ended after an earlier check
    this.warm().catch(() => {});
    const guilty = cells.find((cell) => cell.name && cell.name === answer.name);
    if (answer.kind === "endless" && guilty && guilty.name !== question) {
      this.endless.set(guilty.name, guilty.source);
      return this.#check(question, cells);
    }
    const ended = answer.kind === "dead" ? "broken" : answer.kind;
    return { question, good: false, begun: true, ended, seconds: answer.seconds };
  }
}
