"""A class's report with every student's page: how long it takes, and how much memory."""

import resource
import tempfile
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import msgspec

from benchmarks.measure import timed
from capas.bundle.build import build_stage
from capas.course.model import Stage
from capas.course.solutions import Solutions
from capas.grading.result import Result
from capas.grading.stage import stage_grader
from capas.report.write import REPORT_FILE, write_report
from capas.sandbox import Zygote
from capas.submission import Contents, SubmissionFile, hash_of, read_submission
from capas.verify.samples import make_samples


class Reported(msgspec.Struct, frozen=True):
    """Seconds, the most megabytes that the process ever had, and those of the class's page."""

    seconds: float
    megabytes: float
    page_megabytes: float


def measure_report(stage: Stage, size: int) -> Reported:
    """Write the report of ``size`` submissions, in a process of its own so that its memory is its own."""
    with ProcessPoolExecutor(1, get_context("spawn")) as processes:
        return processes.submit(_report, stage, size).result()


def _report(stage: Stage, size: int) -> Reported:
    results, files = _class(stage, size)
    with tempfile.TemporaryDirectory() as name:
        out = Path(name)
        (out / "feedback").mkdir()
        seconds = timed(lambda: write_report(stage, results, out, "es", "es", files)).median
        page = (out / REPORT_FILE).stat().st_size
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Reported(seconds, most, page / 2**20)


def _class(stage: Stage, size: int) -> tuple[list[Result], list[SubmissionFile]]:
    """Return a class, each sample graded once, with a line of its own in each submission."""
    samples = make_samples(stage, Solutions(stage), build_stage(stage, "es"))
    results, files, graded = [], [], {}
    with Zygote(stage.limits) as zygote:
        grader = stage_grader(stage, zygote, "es")
        for number in range(size):
            sample = samples[number % len(samples)]
            one = SubmissionFile(
                f"{number:06d}", f"{number:06d}.py", Contents(sample.as_script() + b"\n# %d\n" % number)
            )
            if sample.id not in graded:
                graded[sample.id] = grader.grade(read_submission(one))
            known = {"submission": one.id, "file": one.file, "sha256": hash_of(one.read())}
            results.append(msgspec.structs.replace(graded[sample.id], **known))
            files.append(one)
    return results, files
