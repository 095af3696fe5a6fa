// What one has written, kept in this browser: for each stage in each language the cells, and which questions pass.

export const siteRoot = new URL("../", import.meta.url).pathname;

// Questions have any name, those of an object's own functions, too.
const table = (entries) => Object.assign(Object.create(null), entries !== null && typeof entries === "object" ? entries : {});

export class Store {
  constructor(stage, language) {
    this.key = `capas ${siteRoot} ${stage} ${language}`;
    this.lasting = true;
    this.kept = { cells: table(), passed: table() };
    this.#read();
    this.#save();
  }

  // Another tab may have written meanwhile.
  #read() {
    if (!this.lasting) return;
    let text;
    try {
      text = localStorage.getItem(this.key);
    } catch {
      this.lasting = false; // a private window
      return;
    }
    try {
      const { cells, passed } = JSON.parse(text ?? "{}");
      this.kept = { cells: table(cells), passed: table(passed) };
    } catch {
      // spoilt by another program: begun anew
    }
  }

  #save() {
    try {
      localStorage.setItem(this.key, JSON.stringify(this.kept));
      this.lasting = true;
    } catch {
      this.lasting = false; // full, or a private window
    }
  }

  source(name) {
    const source = this.kept.cells[name];
    return typeof source === "string" ? source : undefined;
  }

  write(name, source, asHandedOut) {
    this.#read();
    if (source === (this.source(name) ?? asHandedOut)) return;
    if (source === asHandedOut) delete this.kept.cells[name];
    else this.kept.cells[name] = source;
    delete this.kept.passed[name];
    this.#save();
  }

  pass(name) {
    this.#read();
    this.kept.passed[name] = true;
    this.#save();
  }

  passes(name) {
    return this.kept.passed[name] === true;
  }

  /** Call `changed` when another tab has written. */
  watch(changed) {
    addEventListener("storage", (event) => {
      if (event.key !== this.key) return;
      this.#read();
      changed();
    });
  }
}
