"""The student's own check, `capas check` and the graded page say the same of the same answer."""

import json

import pytest
from build_once import Build

from capas.cli.terminal import check_lines
from capas.course.model import Stage
from capas.course.solutions import Solutions
from capas.grading.stage import stage_grader
from capas.report import diagnoses_of
from capas.report.student_feedback import feedback_for
from capas.sandbox import Zygote
from capas.submission import Code, Submission
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
        lines = check_lines(graded, diagnosis.explanation if diagnosis else "", language)
        is_general = diagnosis is not None and diagnosis.is_general and diagnosis.id != "not_begun"
        # What no known mistake explains is told where the right results are known.
        extra = {line for line in lines if is_general and diagnosis and diagnosis.explanation in line}
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
