"""No hidden case passes a function that has not understood anything: the cases are robust.

Every question gets each function of `junk.py` in its place, in one sandbox, and every hidden case must fail.
"""

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from capas.course.data_files import beside_data
from capas.course.model import Question, Stage, load_course
from capas.course.solutions import Solutions
from capas.grading.cases import JudgeFile, case_name
from capas.grading.judge import result_of_runs
from capas.grading.result import QuestionResult
from capas.grading.stage import question_test_file
from capas.sandbox import Limits, Zygote
from capas.sandbox.program import Namespace, Program
from capas_check import Call

ROOT = Path(__file__).parents[3]
COURSE = load_course(ROOT)
QUESTIONS = [
    pytest.param(
        stage, question, id=f"{stage.id}-{question.name}", marks=[pytest.mark.slow] if question.seconds else []
    )
    for stage in COURSE.stages
    for question in stage.questions
]
# A plot has no result that junk could be made of.
WITH_RESULTS = [one for one in QUESTIONS if one.id != "06_digits-learning_curve"]
JUNK_SOURCE = Path(__file__).with_name("junk.py").read_text(encoding="utf-8")
# So long that no case fails because its time is up.
LIMITS = Limits(load_seconds=120, call_seconds=120, program_seconds=600)

# Hidden cases that a junk function passes, and why that cannot be otherwise.
TRAINED = ("result_of_call_0", "right_on_the_public_cases", "right_on_the_public_shapes")
EXCEPTIONS: dict[tuple[str, str, str], str] = {
    ("train_own", case, junk): "all cases look at one training; what the public one got is the trained network"
    for case in ("ninety_percent", "ninety_four_percent", "ninety_six_and_a_half_percent")
    for junk in TRAINED
}


def only(test_file: JudgeFile, hidden: bool) -> JudgeFile:
    part = copy.copy(test_file)
    part.test_cases = [case for case in test_file.test_cases if case.hidden is hidden]
    return part


def judge(test_file: JudgeFile, namespace: Namespace, name: str) -> QuestionResult:
    """Judge the function ``name`` as the question of ``test_file``."""
    namespace[test_file.name] = namespace[name]
    test_file.run(namespace)
    return result_of_runs(test_file, "es", {})


@pytest.mark.parametrize(("stage", "question"), WITH_RESULTS)
def test_no_hidden_case_passes_junk(zygote: Zygote, stage: Stage, question: Question) -> None:
    name, test_file = question.name, question_test_file(stage, question)
    public, hidden = only(test_file, hidden=False), only(test_file, hidden=True)
    cells = [Solutions(stage).reference_source, JUNK_SOURCE, f"put_junk(globals(), {name})"]
    with Program(zygote, LIMITS, cells) as program:
        assert not any(program.loaded.errors)
        namespace = program.namespace()
        recorded = judge(public, namespace, "record_right")
        assert recorded.score == recorded.points
        by_heart = judge(public, namespace, "right_on_the_public_cases")
        assert by_heart.score == by_heart.points
        calls = namespace["recorded_calls"]()
        assert 0 < calls <= namespace.get("MOST_CALLS")
        passed = set()
        for junk in [*namespace.get("JUNK"), *(f"result_of_call_{index}" for index in range(calls))]:
            result = judge(hidden, namespace, junk)
            passed |= {(name, case.name, junk) for case in result.cases if case.passed}
        # It was the junk that failed: the sandbox is still the one that knows the record, and what is right passes.
        assert namespace["recorded_calls"]() == calls
        control = judge(hidden, namespace, "record_right")
    assert control.score == control.points
    assert passed == {key for key in EXCEPTIONS if key[0] == name}


# Cases that expect something empty, and what else they expect in the same call.
EMPTY = {
    ("train", case): "without epochs there are no losses; the network must be the given one"
    for case in ("one_epoch_and_none", "no_epochs")
}


def numbers_in(expected: Any) -> Iterator[np.ndarray]:
    """Yield the arrays that the judge compares with, one by one."""
    try:
        yield np.asarray(expected, dtype=float)
    except ValueError:  # not one array but several
        for item in expected:
            yield from numbers_in(item)


@pytest.mark.parametrize(("stage", "question"), QUESTIONS)
def test_what_is_expected_is_finite_and_not_empty(
    monkeypatch: pytest.MonkeyPatch, stage: Stage, question: Question
) -> None:
    expected: list[np.ndarray] = []
    returns = Call.returns

    def noting(self: Call, value: Any, **tolerances: float) -> Call:
        expected.extend(numbers_in(value))
        return returns(self, value, **tolerances)

    monkeypatch.setattr(Call, "returns", noting)
    reference = vars(Solutions(stage).reference)
    for case in question_test_file(stage, question).test_cases:
        expected.clear()
        with beside_data(stage.assignment):
            case.body.call_func(reference)
        assert all(np.all(np.isfinite(array)) for array in expected), case_name(case)
        some_empty = any(array.size == 0 for array in expected)
        assert some_empty == ((question.name, case_name(case)) in EMPTY), case_name(case)
