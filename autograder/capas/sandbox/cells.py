"""Runs the cells of a program, each for as long as it may: what fails, hangs or waits costs itself.

A cell is run whole. Only where that fails is it cut into its top-level statements: those before the one that failed
have been run, and of those after it the definitions still count.
"""

import __future__

import ast
import contextlib
import gc
import time
import types
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from capas.sandbox import shell
from capas.sandbox.alarm import Alarm, Interrupted
from capas.sandbox.loading import MAX_ERROR_TEXT, CellError, ErrorKind, LeftOut
from capas.sandbox.statements import (
    Statement,
    is_constant_or_definition,
    is_definition,
    statements_of,
    what_still_counts,
)

ROOM_BYTES = 2**26
"""An interrupted cell that leaves less memory has filled it."""
REST_SECONDS = 2.0
"""How long what computes may take in a cell that was interrupted before."""

_FUTURES = 0
for _name in __future__.all_feature_names:
    _FUTURES |= getattr(__future__, _name).compiler_flag


class CellRunner:
    """Runs cells in one namespace.

    Args:
        namespace: theirs.
        cell_seconds: how long each may take.
        load_seconds: how long all may take together.
        running: is told the place of each cell before it is run, and again, with the error, after an interruption.
        file: its file's name where the program is a script, "" for a notebook.
    """

    def __init__(
        self,
        namespace: dict[str, Any],
        cell_seconds: float,
        load_seconds: float,
        running: Callable[[int, CellError | None], None],
        file: str = "",
    ):
        self._namespace = namespace
        self._cell_seconds = cell_seconds
        self._end = time.monotonic() + load_seconds
        self._running = running
        self._file = file
        self._flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
        self._alarm = Alarm()
        self._cell = 0
        self._file_name = ""

    def run(self, source: str, cell: int, left_out: LeftOut | None = None) -> list[CellError]:
        """Run the cell at ``cell``, without the statement ``left_out``, and return its errors."""
        self._cell = cell
        self._file_name = self._file or f"<cell {cell + 1}>"
        self._running(cell, None)
        wrapped = shell.wrapped_body(source)
        if wrapped is not None:
            source = "\n" + wrapped[1]
            if wrapped[0].strip().isidentifier():
                self._namespace[wrapped[0].strip()] = shell.Nothing()
        seconds = min(self._cell_seconds, self._end - time.monotonic())
        if seconds <= 0 or (left_out is not None and not left_out.line):
            return self._run_definitions(source, seconds <= 0)
        if left_out is not None:
            return self._run_statements(self._cut(source), seconds, left_out)
        try:
            code = self._compile(source)
        except Exception:  # what is wrong is found statement by statement
            return self._run_statements(self._cut(source), seconds)
        error = self._alarm.interrupt_after(seconds, lambda: self._execute(code))
        if error is None:
            return []
        return self._go_on_after(error, source, seconds)

    def _go_on_after(self, error: BaseException, source: str, seconds: float) -> list[CellError]:
        line = self._line_of(error)
        statements = self._cut(source)
        place = max((i for i, one in enumerate(statements) if one.line <= line <= one.end), default=len(statements))
        failed = statements[place] if place < len(statements) else Statement(line, line, None)
        told = self._error(error, line, failed.names)
        release(error)
        parts = what_still_counts(failed.node) if failed.node is not None else []
        rest = [*(Statement(line, line, part) for part in parts), *statements[place + 1 :]]
        return [told, *(other for other in self._run_statements(rest, seconds, None, told) if other != told)]

    def _run_statements(
        self,
        statements: Sequence[Statement],
        seconds: float,
        left_out: LeftOut | None = None,
        before: CellError | None = None,
    ) -> list[CellError]:
        """Run statements one by one; after one that failed, the last before them perhaps, only definitions."""
        errors: list[CellError] = []
        rest = _Rest(seconds)
        if before is not None:
            self._note_failure(rest, before)
        for statement in statements:
            if statement.node is None:
                errors.append(self._error(statement.error, statement.line, statement.names, "syntax"))
            elif left_out is not None and statement.line <= left_out.line <= statement.end:
                self._run_one(statement, left_out.seconds)
                rest.after_interruption()
            elif rest.counts(statement.node):
                error = self._run_one(statement, self._cell_seconds if rest.is_quick(statement.node) else rest.left())
                if error is not None:
                    errors.append(error)
                    self._note_failure(rest, error)
                    for part in what_still_counts(statement.node):
                        self._run_one(Statement(statement.line, statement.end, part), self._cell_seconds)
        return errors

    def _note_failure(self, rest: "_Rest", error: CellError) -> None:
        if error.kind == "interrupted":
            self._running(self._cell, error)
            rest.after_interruption()
        else:
            rest.after_error()

    def _run_definitions(self, source: str, is_late: bool) -> list[CellError]:
        statements = self._cut(source)
        errors: list[CellError] = []
        for statement in statements:
            if statement.node is not None and is_constant_or_definition(statement.node):
                self._run_one(statement, REST_SECONDS)
            elif is_late and not errors:
                errors.append(CellError("late", statement.line, names=statement.names))
        return errors

    def _run_one(self, statement: Statement, seconds: float) -> CellError | None:
        assert statement.node is not None
        try:
            code = self._compile(ast.Module([statement.node], []))
        except Exception as error:
            return self._error(error, getattr(error, "lineno", 0) or statement.line, statement.names, "syntax")
        error = self._alarm.interrupt_after(seconds, lambda: self._execute(code))
        if error is None:
            return None
        told = self._error(error, self._line_of(error) or statement.line, statement.names)
        release(error)
        return told

    def _cut(self, source: str) -> list[Statement]:
        statements: list[Statement] = []
        # A source can be made that takes a parser very long.
        self._alarm.interrupt_after(self._cell_seconds, lambda: statements.extend(statements_of(source)))
        return statements

    def _compile(self, source: str | ast.Module) -> types.CodeType:
        return compile(source, self._file_name, "exec", self._flags, dont_inherit=True)

    def _execute(self, code: types.CodeType) -> None:
        self._flags |= code.co_flags & _FUTURES
        value = eval(code, self._namespace)
        if isinstance(value, types.CoroutineType):  # there is an `await` in it, and no event loop in here
            try:
                while True:
                    value.send(None)
            except StopIteration:
                pass

    def _line_of(self, error: BaseException) -> int:
        """Return the line of the cell at which an error came out of it, 0 where there is none."""
        trace = error.__traceback__
        while trace is not None:
            if trace.tb_frame.f_code.co_filename == self._file_name:
                return trace.tb_lineno
            trace = trace.tb_next
        return 0

    def _error(self, error: BaseException | None, line: int, names: list[str], kind: ErrorKind = "raised") -> CellError:
        if isinstance(error, Interrupted):
            kind = "interrupted" if _has_room() else "memory"
        elif isinstance(error, MemoryError) and kind == "raised":
            kind = "memory"
        text = error.msg if isinstance(error, SyntaxError) else error_text(error or "")
        return CellError(kind, line, type(error).__name__, sendable(str(text))[:MAX_ERROR_TEXT], names)


class _Rest:
    """What still counts of a cell, and for how long it may run: all of it, at first."""

    def __init__(self, seconds: float):
        self._end = time.monotonic() + seconds
        self._counts: Callable[[ast.stmt], bool] | None = None

    def counts(self, node: ast.stmt) -> bool:
        """Tell whether a statement is run."""
        return self._counts is None or self._counts(node)

    def is_quick(self, node: ast.stmt) -> bool:
        """Tell whether a statement may take a cell's whole time, as all it can wait for is an import."""
        return self._counts is not None and is_constant_or_definition(node)

    def left(self) -> float:
        """Return how many seconds other statements may take."""
        return self._end - time.monotonic()

    def after_error(self) -> None:
        """Run definitions only."""
        self._counts = self._counts or is_definition

    def after_interruption(self) -> None:
        """Run definitions only, for a short while; after another interruption only those that compute nothing."""
        self._counts = is_definition if self._counts is None else is_constant_or_definition
        self._end = time.monotonic() + REST_SECONDS


def release(error: BaseException) -> None:
    """Give back what the frames hold that an exception went through."""
    waiting: list[BaseException | None] = [error]
    seen: set[int] = set()
    while waiting:
        present = waiting.pop()
        if present is None or id(present) in seen:
            continue
        seen.add(id(present))
        trace, present.__traceback__ = present.__traceback__, None
        while trace is not None:
            with contextlib.suppress(RuntimeError):  # it is running still
                trace.tb_frame.clear()
            trace = trace.tb_next
        waiting += [present.__cause__, present.__context__]
    if isinstance(error, MemoryError):
        gc.collect()


def _has_room() -> bool:
    """Tell whether there is memory left for what comes; asking for it does not touch it."""
    try:
        np.empty(ROOM_BYTES, np.uint8)
    except MemoryError:
        return False
    return True


def error_text(error: BaseException | str) -> str:
    """Return the message of an exception of the program's, which may be anything."""
    try:
        return sendable(str(error)[:20_000])
    except BaseException:  # a __str__ of the program's own may do anything
        return ""


def sendable(text: str) -> str:
    """Return ``text`` without lone surrogates, which may not travel."""
    return text.encode("utf-8", "replace").decode()
