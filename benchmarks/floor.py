"""The least that grading could take: the same calls in one warm process, plus one bare sandbox's life a submission.

`python -m benchmarks.floor STAGE SIZE` prints the seconds of both, one a line. A sandbox's life is to fork, confine,
load the submission's source, and end; nothing is asked of it. Reading what was handed in is not counted.
"""

import contextlib
import io
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from benchmarks.measure import timed
from capas.bundle.build import build_stage
from capas.course.model import Stage, load_course
from capas.course.solutions import Solutions
from capas.grading.cases import JudgeFile
from capas.grading.stage import stage_test_files
from capas.sandbox import Sandbox, Zygote
from capas.verify.samples import make_samples

ROOT = Path(__file__).parents[1]
MEMORY_BYTES = 4 * 2**30


class Floor(NamedTuple):
    """Seconds."""

    calls: float
    sandboxes: float


def floor(stage: str, size: int) -> Floor:
    """Return the seconds for ``size`` submissions like those of `honest_class`, each judged once as written."""
    command = [sys.executable, "-m", "benchmarks.floor", stage, str(size)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return Floor(*map(float, done.stdout.split()))


def _judge(test_files: list[JudgeFile], namespace: dict[str, object]) -> None:
    for test_file in test_files:
        test_file.run(namespace)


def main() -> None:
    """Measure, and print the seconds."""
    (stage,) = load_course(ROOT).choose([sys.argv[1]])
    # A mistake may fill the memory, which ends its call here, too.
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
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
        with Zygote(stage.limits) as zygote:
            sources = [samples[number % len(samples)].source for number in range(int(sys.argv[2]))]
            for source in sources:
                zygote.for_program([source])  # libraries are loaded before the fork, as they are when it is graded
            _live(zygote, stage, sources[0])
            lives = timed(lambda: [_live(zygote, stage, source) for source in sources]).median
    print(total, lives)


def _live(zygote: Zygote, stage: Stage, source: str) -> None:
    with Sandbox(zygote.for_program([source]), stage.limits) as sandbox:
        sandbox.load([source])


if __name__ == "__main__":
    main()
