"""What is wrong with a file of the course."""

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
