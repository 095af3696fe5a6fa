"""The process in which students' checks run: `capas_check` as a bundle has it, and nothing of `capas`.

`python student_process.py FOLDER SECONDS`, with the bundle's files in FOLDER, reads heavy modules to load and a list of
submissions, as JSON, and writes a line of JSON with what `capas_check` says of each, once it is known. Each runs in a
process of its own, forked with everything loaded, for so many seconds at most.
"""

import contextlib
import importlib
import io
import json
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

CaseVerdicts = dict[str, list[dict[str, Any]]]
"""For each question, of each public case, whether it ``passed`` and the ``message``."""


def main() -> None:
    """Answer one list of submissions."""
    folder, seconds = Path(sys.argv[1]), float(sys.argv[2])
    sys.path.insert(0, str(folder))
    stage = json.loads((folder / "capas_check/stage.json").read_text(encoding="utf-8"))
    from capas_check import grader  # noqa: F401  loaded before anything is forked

    modules, sources = json.loads(sys.stdin.buffer.read())
    for module in modules:  # which many submissions import, and each would load anew
        with contextlib.suppress(Exception):
            importlib.import_module(module)
    for source in sources:
        answer = _answer_in_fork(stage, source, seconds) if hasattr(os, "fork") else _answer(stage, source)
        print(json.dumps(answer), flush=True)


def check(stage: dict[str, Any], source: str) -> CaseVerdicts:
    """Run ``source`` as `check.py` does, and the public cases of every question on it."""
    from capas_check.grader import Grader
    from capas_check.texts import load_texts

    namespace = {"__name__": "student"}
    say = load_texts(stage["language"])
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        exec(compile(source, stage["file"], "exec"), namespace)
        grader = Grader(stage, namespace)
        reports = {question: grader.check(question) for question in stage["tests"]}
    return {
        question: [{"passed": run.passed, "message": run.message(say)} for run in report.runs]
        for question, report in reports.items()
        if report
    }


@contextlib.contextmanager
def _folder_of_its_own() -> Iterator[None]:
    """Let a submission write where no other finds it, with the data that is here."""
    here = Path.cwd()
    with tempfile.TemporaryDirectory(prefix="capas-student-", ignore_cleanup_errors=True) as folder:
        if (here / "data").is_dir():
            shutil.copytree(here / "data", Path(folder) / "data")
        with contextlib.chdir(folder):
            yield


def _answer(stage: dict[str, Any], source: str) -> dict[str, Any]:
    try:
        with _folder_of_its_own():
            return {"cases": check(stage, source)}
    except (Exception, SystemExit) as error:
        return {"error": f"{type(error).__name__}: {error}"}


def _answer_in_fork(stage: dict[str, Any], source: str, seconds: float) -> dict[str, Any]:
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(reader)
            signal.setitimer(signal.ITIMER_REAL, seconds)  # no handler: it ends the process, whatever that does
            with open(writer, "w", encoding="utf-8") as pipe:
                json.dump(_answer(stage, source), pipe)
        finally:
            os._exit(0)
    os.close(writer)
    with open(reader, encoding="utf-8") as pipe:
        text = pipe.read()
    status = os.waitpid(pid, 0)[1]
    if os.WIFSIGNALED(status):
        ended = os.WTERMSIG(status)
        return {"error": f"did not end within {seconds:g} s" if ended == signal.SIGALRM else f"ended by signal {ended}"}
    return json.loads(text) if text else {"error": "ended the process"}


if __name__ == "__main__":
    main()
