"""A handout's Markdown as HTML that holds nothing but what Markdown makes: no raw HTML, and so no script, gets in."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

from capas.bundle.problems.problem import Problem
from capas.bundle.site.formulas import Formulas

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HINT = re.compile(r"<details>\s*<summary>[^<>]*</summary>|</details>")
_PLAIN_TAG = re.compile(r"</?(?:br|kbd|sub|sup)\s*/?>")


class Prose:
    """Makes HTML of Markdown; formulas are put in ``formulas``, and what may not be there is in ``problems``."""

    def __init__(self, formulas: Formulas) -> None:
        self.formulas, self.problems = formulas, list[Problem]()
        self._markdown = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
        self._markdown.use(dollarmath_plugin, allow_labels=False, double_inline=True)
        rules: dict[str, Callable[..., str]] = {
            "math_inline": lambda _self, tokens, at, _options, env: self._math(tokens[at], env, displayed=False),
            "math_inline_double": lambda _self, tokens, at, _options, env: self._math(tokens[at], env, displayed=True),
            "math_block": lambda _self, tokens, at, _options, env: self._math(tokens[at], env, displayed=True),
            "html_block": lambda _self, tokens, at, _options, env: self._html(tokens[at], env, _HINT),
            "html_inline": lambda _self, tokens, at, _options, env: self._html(tokens[at], env, _PLAIN_TAG),
            "table_open": lambda *_rest: '<div class="scroll"><table>\n',
            "table_close": lambda *_rest: "</table></div>\n",
            "blockquote_open": lambda *_rest: '<div class="note">\n',
            "blockquote_close": lambda *_rest: "</div>\n",
        }
        for name, rule in rules.items():
            self._markdown.add_render_rule(name, rule)

    def html(self, text: str, path: Path, line: int = 1) -> str:
        """Return ``text``, whose first line is ``line`` of ``path``, as HTML with places for formulas."""
        environment = {"path": path, "line": line}
        tokens = self._markdown.parse(text, environment)
        _note_lines(tokens)
        _mark_costs(tokens)
        return self._markdown.renderer.render(tokens, self._markdown.options, environment)

    def line_of_text(self, text: str, path: Path, line: int = 1) -> str:
        """Return ``text``, which is a heading, as HTML."""
        environment = {"path": path, "line": line}
        tokens = self._markdown.parseInline(text, environment)
        _note_lines(tokens)
        return self._markdown.renderer.render(tokens, self._markdown.options, environment)

    def _math(self, token: Token, environment: Any, *, displayed: bool) -> str:
        place = self.formulas.put(token.content, displayed, environment["path"], _line(token, environment))
        return f'<div class="formula">{place}</div>\n' if token.block else place

    def _html(self, token: Token, environment: Any, allowed: re.Pattern[str]) -> str:
        html = _COMMENT.sub("", token.content).strip()
        if html and not allowed.fullmatch(html):
            told = (
                f"`{html.splitlines()[0][:60]}` is HTML, which web pages do not take from a handout; write it in "
                "Markdown, code between backquotes, and a hint as <details><summary>…</summary> alone on its line"
            )
            self.problems.append(Problem(told, environment["path"], _line(token, environment)))
            return ""
        return f"{html}\n" if token.block else html


def _note_lines(tokens: Sequence[Token], line: int = 0) -> None:
    """Give every token its line in the text, 0 for the first: inside of a paragraph there are line breaks."""
    for token in tokens:
        line = token.map[0] if token.map else line
        token.meta["line"] = line
        inner = line
        for child in token.children or ():
            child.meta["line"] = inner
            inner += child.type in ("softbreak", "hardbreak")


def _line(token: Token, environment: Any) -> int:
    return environment["line"] + token.meta["line"]


def _mark_costs(tokens: Sequence[Token]) -> None:
    """Mark a paragraph right below a heading that is all in italics: what a question brings and takes."""
    if len(tokens) > 1 and tokens[0].type == "paragraph_open":
        kinds = [child.type for child in tokens[1].children or ()]
        if kinds == ["em_open", "text", "em_close"]:
            tokens[0].attrSet("class", "costs")


def plain(html: str) -> str:
    """Return the text of HTML, without its tags and the places of formulas."""
    return re.sub(r"<[^>]*>|[\ue000-\uf8ff]", "", html)


def slug(text: str, taken: set[str]) -> str:
    """Return a name for a place in a page, which is put among those that are ``taken``."""
    base = re.sub(r"[^\w]+", "-", text.lower()).strip("-") or "section"
    name, number = base, 1
    while name in taken:
        number += 1
        name = f"{base}-{number}"
    taken.add(name)
    return name
