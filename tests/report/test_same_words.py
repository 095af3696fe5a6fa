"""The student's own check, `capas check` and the graded page say the same of the same answer."""

import json
from collections.abc import Callable, Iterator
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from build_once import Build

from benchmarks.diagnoses import StageDiagnoses, both
from capas.cli.terminal import check_lines
from capas.course.model import Course, Stage
from capas.course.solutions import Solutions
from capas.grading.stage import stage_grader
from capas.report import diagnoses_of
from capas.report.student_feedback import feedback_for
from capas.sandbox import Zygote
from capas.submission import Code, Submission
from capas.verify.mutants import stage_mutants
from capas_check.grader import Grader
from capas_check.texts import load_texts

ANSWERS = {
    "right": "def softmax(a):\n    e = np.exp(a - np.max(a, axis=-1, keepdims=True))\n"
    "    return e / e.sum(axis=-1, keepdims=True)\n",
    "divides by the sum of everything": "def softmax(a):\n    e = np.exp(a - np.max(a))\n    return e / e.sum()\n",
    "axis 0": "def softmax(a):\n    e = np.exp(a - np.max(a))\n    return e / e.sum(axis=0)\n",
    "rounds": "def softmax(a):\n    a = np.asarray(a, dtype=float)\n"
    "    e = np.exp(a - np.max(a, axis=-1, keepdims=True))\n"
    "    return np.round(e / e.sum(axis=-1, keepdims=True), 1)\n",
    "returns nothing": "def softmax(a):\n    a = a - 1\n",
    "not begun": "def softmax(a):\n    ...\n",
    "ends with an error": "def softmax(a):\n    return np.exp(a) / nobody\n",
}


@pytest.mark.parametrize("language", ["es", "en"])
def test_check_and_page_say_what_the_students_own_check_says(
    softmax: Stage, build: Build, zygote: Zygote, language: str
) -> None:
    stage = json.loads(build(softmax, language).student_files["capas_check/stage.json"])
    grader, diagnoses = stage_grader(softmax, zygote, language), diagnoses_of(softmax, language)
    named = 0
    for name, answer in ANSWERS.items():
        source = Solutions(softmax).reference_source.replace("def softmax(", "def _softmax(") + f"\n\n{answer}"
        result = grader.grade(Submission(name, "one.py", "", Code([source])))
        namespace: dict[str, object] = {}
        exec(source, namespace)
        own = Grader(stage, namespace).check("softmax")
        assert own is not None
        graded = next(question for question in result.questions if question.name == "softmax")
        diagnosis = diagnoses.get(("softmax", graded.diagnosis or ""))
        lines = check_lines(graded, diagnosis, language)
        in_general = diagnosis.in_general if diagnosis and diagnosis.id != "not_begun" else ""
        # What no known mistake explains is told where the right results are known.
        extra = {line for line in lines if in_general and in_general in line}
        assert [line for line in lines if line not in extra] == repr(own).split("\n"), name

        page = feedback_for(softmax, result, diagnoses, {}, language).questions[0]
        messages = [run.message(load_texts(language)) for run in own.runs if not run.passed]
        told = [case.message for case in page.public if not case.passed]
        # The page says, besides, where a function is defined twice.
        assert all(message in one for message, one in zip(messages, told, strict=True)), name
        if diagnosis and not diagnosis.is_general:
            named += 1
            assert page.explanation == diagnosis.explanation
            assert any(diagnosis.explanation in line for line in own.lines), name
    assert named >= 3


ROOT = Path(__file__).parents[2]


def wrong_answers(stage: Stage, solutions: Solutions) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Yield some known mistakes, some of two at once, and some that no catalogue holds, each with its question."""
    known = solutions.mistakes
    yield from ((mistake.question, mistake.answer) for mistake in islice(known, 0, None, 4))
    for one, other in islice(pairwise(known), 0, None, 3):
        if one.question == other.question:
            right = getattr(solutions.reference, one.question)
            yield one.question, both(one.answer, other.answer, right)
    for question, mutants in stage_mutants(stage, solutions).items():
        for mutant in islice(mutants, 0, None, 7):
            namespace: dict[str, Any] = {}
            exec(compile(mutant.source, "<mutant>", "exec"), namespace)
            yield question, namespace[question]


@pytest.mark.parametrize(
    "stage_id", ["03_", *(pytest.param(other, marks=pytest.mark.slow) for other in ("01_", "02_", "04_", "05_"))]
)
def test_feedback_never_says_less_than_the_notebook_did(course: Course, stage_id: str) -> None:
    (stage,) = [one for one in course.stages if one.id.startswith(stage_id)]
    answers, said = StageDiagnoses(stage), 0
    reference, diagnoses = vars(answers.solutions.reference), {one: diagnoses_of(stage, one) for one in stage.languages}
    files = {one: ROOT / f"student_template/{one}/{stage.id}/capas_check/stage.json" for one in stage.languages}
    bundles = {one: json.loads(file.read_text(encoding="utf-8")) for one, file in files.items()}
    for question, function in wrong_answers(stage, answers.solutions):
        with np.errstate(all="ignore"):
            id_ = answers.catalogue.diagnose(question, answers.run(question, function))
        for language in stage.languages:
            own = Grader(bundles[language], {**reference, question: function}).check(question)
            advice = load_texts(language)("advice", advice="")
            told = [line.removeprefix(advice) for line in own.lines if line.startswith(advice)] if own else []
            page = diagnoses[language].get((question, id_ or ""))
            said += len(told)
            # Where known mistakes explain the hidden cases as well, these are named.
            if told and not (page and not page.in_general and page.of_mistakes == page.explanation):
                assert page, (question, told)
                assert told[0] in page.explanation, (question, id_, told)
    assert said >= 10
