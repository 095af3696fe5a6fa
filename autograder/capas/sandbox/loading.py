"""What is to be loaded into a sandbox, and what came of it."""

from collections.abc import Sequence
from typing import Literal

import msgspec

from capas.sandbox.shared import NO_DATA, SharedData

MAX_ERRORS, MAX_ERROR_TEXT, MAX_NAMES = 50, 500, 50
"""Of one cell; a program that behaves keeps to these by itself."""


class ProgramSource(msgspec.Struct, frozen=True):
    """A program: the cells that the course gives, then the student's own, in one namespace.

    ``file`` is the name it was handed in under. With ``is_script`` it is imported as a module of that name, without
    it is `__main__`. ``files`` are what the program may import or read, contents by relative path; ``data`` is what the
    course gives to read, and takes the place of files of the same names. ``tables`` tells whether tables of pandas come
    and go as such; where the cases work with none, they come as arrays. ``draws`` tells whether cases look at what
    functions draw. ``shell`` tells whether the cells are run as a kernel would, see
    `capas.sandbox.shell_cells`; all of them are in ``cells`` then.
    """

    cells: Sequence[str]
    given: Sequence[str] = ()
    is_script: bool = False
    file: str = ""
    files: dict[str, bytes] = {}
    tables: bool = False
    draws: bool = False
    data: SharedData = NO_DATA
    shell: bool = False


class LeftOut(msgspec.Struct, frozen=True):
    """A statement that is not run to its end, as it is known to hang or to fill the memory: ``line`` is in it.

    It is stopped after ``seconds``, or not run at all with 0. Where ``line`` is 0, only the definitions, imports and
    constants of the whole cell are run.
    """

    cell: int
    line: int = 0
    seconds: float = 0.0


ErrorKind = Literal["syntax", "raised", "interrupted", "memory", "crashed", "late"]


class CellError(msgspec.Struct, frozen=True):
    """Why a statement of a cell counts for nothing.

    ``kind`` is "syntax" (it cannot be parsed), "raised", "interrupted" (the cell's time was used up), "memory",
    "crashed" (it ended the process), or "late" (not run, as all time for loading was used up). ``line`` is in the
    cell, from 1, 0 where it is not known. ``exception`` is the type's name and ``text`` its message. ``names`` are
    those that the statement would have defined.
    """

    kind: ErrorKind
    line: int = 0
    exception: str = ""
    text: str = ""
    names: list[str] = []


class CellReport(msgspec.Struct, frozen=True):
    """The errors of one cell, by its place among the student's, from 0."""

    cell: int
    errors: list[CellError]


class Loaded(msgspec.Struct, frozen=True):
    """What a program defined: names of functions and of other values; and a report of each cell that had errors."""

    functions: list[str]
    values: list[str]
    reports: list[CellReport]

    @property
    def errors(self) -> list[str]:
        """All errors as text, in the order of the cells."""
        return [f"{error.exception}: {error.text}" for report in self.reports for error in report.errors]


def plausible_reports(reports: Sequence[CellReport], cells: int) -> list[CellReport]:
    """Return the reports of a program that may have made them up, cut to what an honest one sends."""
    return [
        CellReport(report.cell, [_plausible(error) for error in report.errors[:MAX_ERRORS]])
        for report in reports[:cells]
        if 0 <= report.cell < cells
    ]


def _plausible(error: CellError) -> CellError:
    name = error.exception[:100]
    return CellError(
        error.kind,
        max(0, min(error.line, 10**6)),
        name if not name or name.isidentifier() else "Exception",
        error.text[:MAX_ERROR_TEXT],
        [name[:100] for name in error.names[:MAX_NAMES]],
    )
