// On the list of stages: how far one is in each, as the stages' own pages keep it.

import { Store } from "./store.js";

for (const line of document.querySelectorAll(".progress")) {
  const { stage, language, questions, text } = line.dataset;
  const names = questions.split(" "), store = new Store(stage, language);
  const passed = names.filter((name) => store.passes(name)).length;
  line.textContent = `${text}: ${passed} / ${names.length}`;
  line.hidden = !passed;
}
