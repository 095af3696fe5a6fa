// What one has written, kept in this browser: for each stage in each language the cells, and which questions pass.

export const siteRoot = new URL("../", import.meta.url).pathname;

export class Store {
  constructor(stage, language) {
    this.key = `capas ${siteRoot} ${stage} ${language}`;
    this.lasting = true;
    this.kept = { cells: {}, passed: {} };
    try {
      this.kept = { ...this.kept, ...JSON.parse(localStorage.getItem(this.key) ?? "{}") };
      localStorage.setItem(`${this.key} `, "");
      localStorage.removeItem(`${this.key} `);
    } catch {
      this.lasting = false; // a private window, or a full disk
    }
  }

  #save() {
    try {
      localStorage.setItem(this.key, JSON.stringify(this.kept));
    } catch {
      this.lasting = false;
    }
  }

  source(name) {
    return this.kept.cells[name];
  }

  write(name, source, asHandedOut) {
    if (source === asHandedOut) delete this.kept.cells[name];
    else this.kept.cells[name] = source;
    delete this.kept.passed[name];
    this.#save();
  }

  pass(name) {
    this.kept.passed[name] = true;
    this.#save();
  }

  passes(name) {
    return Boolean(this.kept.passed[name]);
  }
}
