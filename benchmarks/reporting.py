"""`capas report` of a class with every student's page: seconds, memory, and the class's page in Chromium."""

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec

from benchmarks.class_in_browser import Seen, look_at
from capas.bundle.build import build_stage
from capas.course.model import Stage
from capas.course.solutions import Solutions
from capas.grading.maker import graders_of
from capas.grading.result import QuestionResult, Result
from capas.grading.stage import stage_grader
from capas.report.copies import Answers
from capas.report.write import REPORT_FILE
from capas.run.results_folder import ResultsFolder, Run
from capas.sandbox import Zygote
from capas.submission import Contents, SubmissionFile, hash_of, read_submission
from capas.verify.samples import make_samples

ROOT = Path(__file__).parents[1]
LANGUAGE = "es"
AT_ONCE = 100
"""How many results are written at once, so that what makes the class is small, too."""

Answered = dict[str, list[tuple[str, QuestionResult]]]
"""Of each question the answers that there are: the code, and what came of it."""


class Reported(msgspec.Struct, frozen=True):
    """Seconds by the clock and on the processor, the most megabytes, those of the class's page, and how that is."""

    seconds: float
    processor: float
    megabytes: float
    page_megabytes: float
    seen: Seen | None


def measure_report(stage: Stage, size: int) -> Reported:
    """Write the report of ``size`` submissions as a teacher does, with the command."""
    with tempfile.TemporaryDirectory() as name:
        graded, submissions = Path(name, "graded"), Path(name, "submissions")
        _make_class(stage, size, graded, submissions)
        command = [sys.executable, "-m", "capas.cli.main", "report", graded, "--submissions", submissions]
        begin = time.perf_counter()
        process = subprocess.Popen([*map(str, command), "--course", str(ROOT)], stdout=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise RuntimeError(f"capas report ended with {process.returncode}")
        page = graded / REPORT_FILE
        processor = used.ru_utime + used.ru_stime
        return Reported(seconds, processor, used.ru_maxrss / 1024, page.stat().st_size / 2**20, look_at(page))


def _make_class(stage: Stage, size: int, graded: Path, submissions: Path) -> None:
    """Write a class of which each answers each question in some way of those there are, each with a line of its own."""
    model, answered = _answered(stage)
    chooser = random.Random(5)
    submissions.mkdir()
    key = graders_of(stage, LANGUAGE).key()
    with ResultsFolder(graded, Run(stage.id, LANGUAGE)) as folder:
        for first in range(0, size, AT_ONCE):
            numbers = range(first, min(first + AT_ONCE, size))
            folder.add([_hand_in(number, model, answered, chooser, submissions) for number in numbers], key)
        folder.finish([question.name for question in stage.all_questions])


def _hand_in(number: int, model: Result, answered: Answered, chooser: random.Random, submissions: Path) -> Result:
    chosen = [chooser.choice(answers) for answers in answered.values()]
    data = "\n\n\n".join([f"import numpy as np\n\n# student {number}", *(code for code, _ in chosen)]).encode()
    name = f"student_{number:05d}"
    (submissions / f"{name}.py").write_bytes(data)
    questions = [question for _, question in chosen]
    known = {"submission": name, "file": f"{name}.py", "sha256": hash_of(data)}
    return msgspec.structs.replace(
        model, score=sum(question.score for question in questions), questions=questions, **known
    )


def _answered(stage: Stage) -> tuple[Result, Answered]:
    """Return a result, and of each question every answer of the stage's solutions with what came of it, graded once."""
    solutions = Solutions(stage)
    names = [question.name for question in stage.questions]
    answered: Answered = {name: [] for name in names}
    with Zygote(stage.limits) as zygote:
        grader = stage_grader(stage, zygote, LANGUAGE)
        results = []
        for sample in make_samples(stage, solutions, build_stage(stage, LANGUAGE)):
            one = SubmissionFile(sample.id, f"{sample.id}.py", Contents(sample.as_script()))
            results.append(grader.grade(read_submission(one)))
            for question in _of_interest(sample.question, results[-1]):
                code = "\n\n".join(part.text for part in Answers([sample.source], names).of(question.name))
                answered[question.name].append((code, question))
    return results[0], answered


def _of_interest(name: str, result: Result) -> Iterator[QuestionResult]:
    return (question for question in result.questions if name in ("", question.name))
