"""The least that grading could take: the same calls in one warm process, plus one bare fork a submission.

`python -m benchmarks.floor STAGE SIZE` prints seconds. It is a process of its own; forks are counted in yet another,
with nothing but NumPy loaded, where they are as cheap as a sandbox's could be. Reading and loading code is not counted.
"""

import contextlib
import io
import subprocess
import sys
import time
from pathlib import Path

from capas.bundle.build import build_stage
from capas.course.model import load_course
from capas.course.solutions import Solutions
from capas.grading.cases import JudgeFile
from capas.grading.stage import stage_test_files
from capas.verify.samples import make_samples

ROOT = Path(__file__).parents[1]

FORKS = """
import os, sys, time
import numpy
begin = time.perf_counter()
for _ in range(int(sys.argv[1])):
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)
print(time.perf_counter() - begin)
"""


def floor(stage: str, size: int) -> float:
    """Return the seconds for ``size`` submissions like those of `honest_class`, each judged once as written."""
    command = [sys.executable, "-m", "benchmarks.floor", stage, str(size)]
    return float(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)


def _judge(test_files: list[JudgeFile], namespace: dict[str, object]) -> None:
    for test_file in test_files:
        test_file.run(namespace)


def main() -> None:
    """Measure, and print the seconds."""
    (stage,) = load_course(ROOT).choose([sys.argv[1]])
    test_files = stage_test_files(stage)
    samples = make_samples(stage, Solutions(stage), build_stage(stage, "es"))
    namespaces: list[dict[str, object]] = []
    total = 0.0
    with contextlib.redirect_stdout(io.StringIO()):
        for sample in samples:
            namespaces.append({"__name__": "__main__"})
            exec(compile(sample.source, sample.id, "exec"), namespaces[-1])
        _judge(test_files, namespaces[0])
        for number in range(int(sys.argv[2])):
            begin = time.perf_counter()
            _judge(test_files, namespaces[number % len(namespaces)])
            total += time.perf_counter() - begin
    forks = subprocess.run([sys.executable, "-c", FORKS, sys.argv[2]], check=True, capture_output=True, text=True)
    print(total + float(forks.stdout))


if __name__ == "__main__":
    main()
