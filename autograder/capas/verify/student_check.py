"""What students read when they check a sample: `capas_check` of the bundle, in a process of its own."""

import contextlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec

from capas.bundle.build import Bundle
from capas.files import UserError
from capas.sandbox.preload import modules_for
from capas.verify import student_process
from capas.verify.otter_run import CaseVerdict


class StudentCheck(msgspec.Struct, frozen=True):
    """What `capas_check` says of one submission: the public cases of each question, or the error that ended it."""

    cases: dict[str, list[CaseVerdict]] = {}
    error: str = ""


def student_checks(
    built: Bundle,
    sources: Sequence[str],
    seconds: float,
    workers: int = 1,
    on_done: Callable[[], None] = lambda: None,
) -> list[StudentCheck]:
    """Check each of ``sources`` as its author would with the files of ``built``, for ``seconds`` each at most.

    Args:
        built: what students get.
        sources: submissions, as Python.
        seconds: how long each may take.
        workers: how many are checked at once.
        on_done: told when one more is checked.

    Raises:
        UserError: when the checks of the bundle cannot begin at all.
    """
    with tempfile.TemporaryDirectory(prefix="capas-student-") as name:
        folder = Path(name)
        for file, data in built.student_files.items():
            path = folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        shares = [list(sources[start::workers]) for start in range(min(workers, len(sources)))]
        with ThreadPoolExecutor(workers) as pool:  # the threads only wait
            checked = list(pool.map(lambda share: _check(built, folder, share, seconds, on_done), shares))
    return [checked[place % workers][place // workers] for place in range(len(sources))]


def _check(
    built: Bundle, folder: Path, sources: Sequence[str], seconds: float, on_done: Callable[[], None]
) -> list[StudentCheck]:
    # Isolated, so that the package of the bundle is found and not ours.
    command = [sys.executable, "-I", student_process.__file__, str(folder), f"{seconds:g}"]
    checks = []
    with tempfile.TemporaryFile() as errors:
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": errors}
        with subprocess.Popen(command, cwd=folder, **pipes) as process:
            assert process.stdin
            assert process.stdout
            with contextlib.suppress(BrokenPipeError), process.stdin:  # of one that ended before it read
                process.stdin.write(json.dumps([sorted(modules_for(sources)), sources]).encode())
            for line in process.stdout:
                checks.append(msgspec.json.decode(line, type=StudentCheck))
                on_done()
        errors.seek(0)
        said = errors.read().decode(errors="replace").strip()
    if process.returncode:
        last = (said or "no output").splitlines()[-1]
        raise UserError(f"{built.stage} ({built.language}): the checks of student.zip do not begin: {last}")
    return checks
