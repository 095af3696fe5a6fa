"""Runs an answer from zero, as the grader will: forgiving, each cell for as long as it may, in a process of its own."""

import ast
import contextlib
import faulthandler
import functools
import inspect
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from capas_check.limit import TookTooLong, run_limited
from capas_check.show import error_text
from capas_check.texts import load_texts

DEFINITIONS = (
    *(ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef),
    *(ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign),
)
BEGINS = re.compile(r"^(?=(?:async|class|def|from|import)\b|@|\w+ *=)", re.MULTILINE)
LEFT_SECONDS, CELL = 2.0, "<cell>"
CHILD = "import sys; sys.path[:0] = [{folder!r}]; from capas_check import zero; del sys.path[0]; zero.answer()"


class Nothing:
    """Stands for what only a notebook has: it can be called, has every attribute, and runs what a magic only wraps."""

    def __init__(self, namespace: dict[str, Any]):
        self._namespace = namespace

    def __call__(self, *_arguments: Any, **_keywords: Any) -> "Nothing":
        """Return the same again."""
        return self

    def __getattr__(self, name: str) -> "Nothing":
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def run_cell_magic(self, name: str, _line: str, body: str) -> None:
        """Do what `%%name` does with a cell."""
        if name in ("time", "timeit", "capture", "prun"):
            exec(body, self._namespace)

    def run_line_magic(self, name: str, line: str, *_more: Any) -> "Nothing":
        """Do what `%name` does with the rest of its line."""
        self.run_cell_magic(name, "", line if name == "time" else "")
        return self


def run_from_zero(job: Mapping[str, Any]) -> dict[str, Any]:
    """Return the report of `run_job`, from another process where there can be one.

    What ends that process, or keeps it busy beyond all limits, is skipped, and it is run again.
    """
    command = [sys.executable, "-c", CHILD.format(folder=str(Path(__file__).parents[1]))]
    skipped: list[str] = []
    while True:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            try:
                done = subprocess.run(
                    command,
                    input=json.dumps({**job, "skipped": skipped}).encode(),
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    cwd=folder,
                    env={**os.environ, "MPLBACKEND": "agg"},
                )
            except OSError:  # in the browser
                with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                    return run_job({**job, "skipped": []}, lambda _place: None)
        *_, last = [b"", *done.stdout.splitlines()]
        if last.startswith(b"{"):
            return json.loads(last)
        if not last or last.decode() in skipped:
            raise RuntimeError(f"the answer's process ended with {done.returncode}")
        skipped.append(last.decode())


def answer() -> None:
    """In the process of its own: run the job on the standard input, and write places, then the report."""
    out, nowhere = os.fdopen(os.dup(1), "w", encoding="ascii"), open(os.devnull, "w")  # noqa: SIM115
    os.dup2(nowhere.fileno(), 1)
    job = json.load(sys.stdin)
    longest = 3 * (job["seconds"] + sum(job["stage"].get("seconds", {}).values()))

    def begin(place: str) -> None:
        print(place, file=out, flush=True)
        faulthandler.dump_traceback_later(longest, exit=True, file=nowhere)

    print(json.dumps(run_job(job, begin)), file=out, flush=True)
    os._exit(0)  # whatever threads there are


def run_job(job: Mapping[str, Any], begin: Callable[[str], None]) -> dict[str, Any]:
    """Run what the course gives, the ``cells`` of a job, and the public cases; ``begin`` is told of each of them.

    Returns ``errors``, each the number of a cell, a line in it, and a text, and where each of the ``questions`` stands.
    """
    from capas_check.grader import Grader

    stage, skipped = job["stage"], job["skipped"]
    say = load_texts(stage["language"])
    namespace: dict[str, Any] = {"__name__": job["name"], "In": [""], "Out": {}}
    namespace |= dict.fromkeys(("grader", "get_ipython", "display"), Nothing(namespace))
    errors: list[tuple[int, int, str]] = []
    for number, cell in enumerate([*stage["given"], *job["cells"]], -len(stage["given"])):
        if str(number) in skipped:
            errors.append((number, 1, say("cell_ended")))
            continue
        begin(str(number))
        errors += [(number, line, _told(error, say)) for line, error in run_cell(cell, namespace, job["seconds"])]
    grader, standings = Grader(stage, namespace), {}
    for name in stage["tests"]:
        if name not in skipped:
            begin(name)
        standings[name] = asdict(grader.standing(name, ended=name in skipped))
    return {"errors": [error for error in errors if error[0] >= 0], "questions": standings}


def _told(error: BaseException, say: Callable[..., str]) -> str:
    if isinstance(error, (TookTooLong, SystemExit)):
        return say("cell_endless" if isinstance(error, TookTooLong) else "cell_exits")
    return error_text(error)


def run_cell(source: str, namespace: dict[str, Any], seconds: float) -> Iterator[tuple[int, BaseException]]:
    """Run a cell statement by statement, and yield its errors, each with its line.

    After a statement that failed, only what defines something is run.
    """
    failed, end = False, time.monotonic() + seconds
    for node in statements(source):
        if isinstance(node, SyntaxError):
            yield node.lineno or 1, node
        elif not failed or isinstance(node, DEFINITIONS):
            try:
                run_limited(max(end - time.monotonic(), 0.01), functools.partial(_run, node, namespace))
            except BaseException as error:
                if isinstance(error, TookTooLong):
                    end = time.monotonic() + LEFT_SECONDS
                failed = True
                yield _line_of(error) or node.lineno, error


def statements(source: str, before: int = 0) -> "list[ast.stmt | SyntaxError]":
    """Return the statements of a source that has so many lines ``before`` it.

    What does not parse costs its own lines, up to the next definition.
    """
    try:
        return [*ast.parse("\n" * before + source).body]
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        pieces = [""]
        for piece in BEGINS.split(source):
            if re.fullmatch(r"(?:@.*\n)*", pieces[-1]):  # a decorator belongs to what follows it
                pieces[-1] += piece
            else:
                pieces.append(piece)
        if len(pieces) < 2:
            told = error if isinstance(error, SyntaxError) else SyntaxError(str(error))
            above = "".join(source.splitlines(keepends=True)[: max((told.lineno or 0) - before - 1, 0)])
            sound = statements(above, before) if len(above) < len(source) else []
            return [told] if any(isinstance(node, SyntaxError) for node in sound) else [*sound, told]
        lines = [before + "".join(pieces[:number]).count("\n") for number in range(len(pieces))]
        return [node for line, piece in zip(lines, pieces, strict=True) for node in statements(piece, line)]


def _line_of(error: BaseException) -> int:
    lines = [frame.lineno or 0 for frame in traceback.extract_tb(error.__traceback__) if frame.filename == CELL]
    return lines[-1] if lines else 0


def _run(node: ast.stmt, namespace: dict[str, Any]) -> None:
    code = compile(ast.Module([node], []), CELL, "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    value = eval(code, namespace)
    with contextlib.suppress(StopIteration):
        while inspect.iscoroutine(value):
            value.send(None)
