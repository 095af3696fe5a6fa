"""What students read when they check a sample: `capas_check` of the bundle, in a process of its own."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import msgspec

from capas.bundle.build import Bundle
from capas.files import UserError
from capas.verify import student_process
from capas.verify.otter_run import CaseVerdict


class StudentCheck(msgspec.Struct, frozen=True):
    """What `capas_check` says of one submission: the public cases of each question, or the error that ended it."""

    cases: dict[str, list[CaseVerdict]] = {}
    error: str = ""


def student_checks(built: Bundle, sources: Sequence[str], seconds: float) -> list[StudentCheck]:
    """Check each of ``sources`` as its author would with the files of ``built``, for ``seconds`` each at most.

    Raises:
        UserError: when the checks of the bundle cannot begin at all.
    """
    with tempfile.TemporaryDirectory(prefix="capas-student-") as name:
        folder = Path(name)
        for file, data in built.student_files.items():
            path = folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        done = subprocess.run(
            # Isolated, so that the package of the bundle is found and not ours.
            [sys.executable, "-I", student_process.__file__, str(folder), f"{seconds:g}"],
            input=json.dumps(list(sources)).encode(),
            capture_output=True,
            cwd=folder,
        )
    if done.returncode:
        last = (done.stderr.decode(errors="replace").strip() or "no output").splitlines()[-1]
        raise UserError(f"{built.stage} ({built.language}): the checks of student.zip do not begin: {last}")
    return msgspec.json.decode(done.stdout, type=list[StudentCheck])
