"""Formulas of TeX as MathML, which browsers show by themselves: all of a course in one run of pandoc."""

import json
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

from capas.bundle.pandoc import pandoc_path
from capas.bundle.problems.problem import Problem, raise_problems
from capas.files import UserError

_VERSION = [1, 23]
_NO_PANDOC = "web pages need pandoc, which is not installed"
_PLACE = re.compile("\ue000(\\d+)\ue001")
_MATH = re.compile(r"<math[^>]*>.*</math>")
_TEX = re.compile(r"<semantics>(.*)<annotation[^>]*>.*?</annotation></semantics>")
_PARAGRAPH = re.compile(r"<p>(.*)</p>")
_MENDED = [
    (re.compile(r' xmlns="[^"]*"'), ""),
    (re.compile(r' style="text-align: \w+"'), ""),
    # Of a letter that is bold and italic already.
    (re.compile(r' mathvariant="bold-italic"'), ""),
]


class Formulas:
    """The formulas of pages: each is put in a place, and all are filled in at the end."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, bool], int] = {}
        self._where: list[tuple[Path, int]] = []
        self._made: list[str] = []

    def put(self, tex: str, displayed: bool, path: Path, line: int) -> str:
        """Return what stands for a formula until `filled`; it stands in a line of ``path``."""
        formula = " ".join(tex.split()), displayed
        if formula not in self._numbers:
            self._numbers[formula] = len(self._numbers)
            self._where.append((path, line))
        return f"\ue000{self._numbers[formula]}\ue001"

    def convert(self) -> None:
        """Make MathML of all formulas.

        Raises:
            UserError: when pandoc is not installed, or a formula does not parse.
        """
        self._made = _mathml(self._numbers)
        formulas = zip(self._numbers, self._where, self._made, strict=True)
        raise_problems(
            Problem(
                f"the formula `{tex[:80]}` cannot be read; pandoc, which reads it, takes LaTeX without packages", *at
            )
            for (tex, _), at, made in formulas
            if not made
        )

    def filled(self, page: str) -> str:
        """Return a page with its formulas in their places."""
        return _PLACE.sub(lambda place: self._made[int(place[1])], page)


def _mathml(formulas: Iterable[tuple[str, bool]]) -> list[str]:
    """Return each formula as MathML, "" for what does not parse."""
    blocks = [
        {"t": "Para", "c": [{"t": "Math", "c": [{"t": "DisplayMath" if displayed else "InlineMath"}, tex]}]}
        for tex, displayed in formulas
    ]
    document = json.dumps({"pandoc-api-version": _VERSION, "meta": {}, "blocks": blocks}).encode()
    command = [pandoc_path(_NO_PANDOC), "--from", "json", "--to", "html", "--mathml", "--wrap", "none"]
    done = subprocess.run(command, input=document, capture_output=True, check=False)
    if done.returncode != 0:
        raise UserError(f"pandoc says: {' '.join(done.stderr.decode(errors='replace').split())[:300]}")
    paragraphs = _PARAGRAPH.findall(done.stdout.decode())
    return [_slim(found[0]) if (found := _MATH.search(text)) else "" for text in paragraphs]


def _slim(mathml: str) -> str:
    mathml = _TEX.sub(r"\1", mathml)
    for pattern, replacement in _MENDED:
        mathml = pattern.sub(replacement, mathml)
    return mathml
