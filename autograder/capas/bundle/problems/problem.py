"""What is wrong with a file of the course."""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from capas.files import UserError


class Problem(msgspec.Struct, frozen=True):
    """One problem in one line: where, and what to do. ``path`` is None where ``text`` says it already."""

    text: str
    path: Path | None = None
    line: int | None = None
    endless: bool = False
    """Whether what it tells of must not be run again here: it would not come back."""

    def __str__(self) -> str:
        """Return the line as people read it."""
        if self.path is None:
            return self.text
        line = "" if self.line is None else f", line {self.line}"
        return f"{self.path}{line}: {self.text}"


class ProblemsFound(UserError):
    """Files of the course have problems: one line each."""

    def __init__(self, problems: list[Problem]):
        if len(problems) == 1:
            super().__init__(str(problems[0]))
        else:
            super().__init__(f"{len(problems)} problems:\n" + "\n".join(f"  {problem}" for problem in problems))


def raise_problems(problems: Iterable[Problem]) -> None:
    """Stop where there are problems, each told once, in the order of their places.

    Raises:
        ProblemsFound: with a line for each.
    """
    if found := sorted(set(problems), key=lambda one: (str(one.path), one.line or 0)):
        raise ProblemsFound(found)
