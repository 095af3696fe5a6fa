"""Errors carried forward: a question is judged with the stage's other functions right.

An error costs points once, as when a person grades and follows it through. A question that fails is judged again in
a program in which the names of earlier questions call back to the reference, in the judge's process; the reference's
source never enters the sandbox. What
writes files or draws by chance does so where it runs, and is not carried; what is printed is, as the sandbox prints it.
A variable has the reference's value there, where that can travel; what the student computed from it before stays. A
class is as the student wrote it: nothing calls back for an object.
"""

import ast
import functools
import itertools
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from capas.course.question_kinds import kind_of
from capas.grading.stateless import reached_names
from capas.sandbox import ProgramSource, wire

_WORD = re.compile(r"[^\W\d]\w*")


def may_matter(source: ProgramSource, question: str, names: set[str]) -> bool:
    """Tell whether an answer could be another if ``names`` of its program stood for something else."""
    if not uses_any(source.cells, names):
        return False
    reached = reached_names(source)
    return reached is None or not names.isdisjoint(reached.get(question, names))


def uses_any(cells: Sequence[str], names: set[str]) -> bool:
    """Tell whether the code reads any of ``names``, so that replacing them could change something."""
    return not names.isdisjoint(_names_read(tuple(cells)))


@functools.lru_cache(maxsize=1)  # asked for each question that fails
def _names_read(cells: tuple[str, ...]) -> frozenset[str]:
    names: set[str] = set()
    for cell in cells:
        try:
            tree = ast.parse(cell)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            names.update(_WORD.findall(cell))  # of what does not parse, the rest is run
            continue
        names.update(
            node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
        )
    return frozenset(names)


def others(reference: Mapping[str, Any], question: str, without: Collection[str] = ()) -> dict[str, Any]:
    """Return the reference's answers to the questions before ``question``, save those ``without`` which it must go.

    Of later ones none: two questions answered by calls of each other would both be carried.
    """
    earlier = itertools.takewhile(lambda name: name != question, reference)
    return {name: reference[name] for name in earlier if name not in without and _can_be_handed_over(reference[name])}


def _can_be_handed_over(answer: Any) -> bool:
    kind = kind_of(answer)
    if kind != "variable":
        return kind == "function"
    try:
        wire.pack(answer)
    except wire.WireError:
        return False
    return True
