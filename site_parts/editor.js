// What the site takes of CodeMirror 6, in one module: `editor.min.js` in the site's static files is made of this.

import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { python } from "@codemirror/legacy-modes/mode/python";
import { EditorState, Prec } from "@codemirror/state";
import { drawSelection, EditorView, highlightSpecialChars, keymap } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const colours = HighlightStyle.define([
  { tag: tags.keyword, class: "tok-keyword" },
  { tag: [tags.string, tags.special(tags.string)], class: "tok-string" },
  { tag: tags.comment, class: "tok-comment" },
  { tag: [tags.number, tags.bool, tags.null], class: "tok-number" },
  { tag: [tags.definition(tags.variableName), tags.standard(tags.variableName)], class: "tok-name" },
]);

/**
 * Put an editor for Python into `parent`.
 *
 * `attributes` are those of the element that is typed into; `changed` is called with the text, `run` for Ctrl-Enter.
 * Returns `text()`, `replace(text)`, which can be undone, and `focus()`.
 */
export function createEditor({ parent, text, attributes, changed, run }) {
  const keys = [{ key: "Mod-Enter", run: () => (run(), true) }];
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        Prec.highest(keymap.of(keys)),
        keymap.of([indentWithTab, ...defaultKeymap, ...historyKeymap]),
        history(),
        drawSelection(),
        highlightSpecialChars(),
        bracketMatching(),
        indentOnInput(),
        indentUnit.of("    "),
        EditorState.tabSize.of(4),
        StreamLanguage.define(python),
        syntaxHighlighting(colours),
        EditorView.contentAttributes.of(attributes),
        EditorView.updateListener.of((update) => update.docChanged && changed(update.state.doc.toString())),
      ],
    }),
  });
  return {
    text: () => view.state.doc.toString(),
    replace: (other) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: other } }),
    focus: () => view.focus(),
  };
}
