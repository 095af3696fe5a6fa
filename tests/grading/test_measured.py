"""Measures and shared calls before the judge: in results, in every process, once a sandbox."""

from pathlib import Path

import msgspec
import pytest
from measured_course import REFERENCE, TRAIN, make_measured_course

from capas.grading.grader import Grader
from capas.grading.otter_plugin import make_grader
from capas.grading.result import Result, encode_result, read_result
from capas.grading.stage import stage_grader
from capas.sandbox import Zygote
from capas.submission import Code, Submission

# Each training leaves a mark in what it returns.
COUNTING = REFERENCE.replace(
    "    points, labels = np", "    global COUNT\n    COUNT = globals().get('COUNT', 0) + 1\n    points, labels = np", 1
)
SLOW = REFERENCE.replace("    points, labels = np", "    import time; time.sleep(1.5)\n    points, labels = np", 1)
"""Longer than the course's `call_seconds`, and shorter than the question's `seconds`."""
BAD = REFERENCE.replace("np.argmin", "np.argmax")


@pytest.fixture(scope="module")
def grader(tmp_path_factory: pytest.TempPathFactory, zygote: Zygote) -> Grader:
    return stage_grader(make_measured_course(tmp_path_factory.mktemp("course")), zygote, "en")


def graded(grader: Grader, source: str) -> Result:
    return grader.grade(Submission("one", "one.py", "", Code([source])))


def test_measures_are_in_the_result_and_in_its_file(tmp_path: Path, grader: Grader) -> None:
    result = graded(grader, REFERENCE)
    assert result.score == 5
    assert (result.measured("accuracy"), result.measured("parameters")) == (1.0, 4)
    assert result.measured("confusion") == [[4, 0], [0, 4]]
    assert result.measured("curve") == [1.0, 0.5, 0.25]
    seconds = result.measured("seconds")
    assert isinstance(seconds, float)
    assert seconds > 0
    (tmp_path / "r.json").write_bytes(encode_result(result))
    assert read_result(tmp_path / "r.json") == result
    assert b'"learnt": 1.0' in encode_result(result)
    plain = [case for question in result.questions for case in question.cases if not case.measures]
    assert b"measures" not in msgspec.json.encode(plain)


def test_a_measure_that_does_not_suffice_is_in_the_result_too(grader: Grader) -> None:
    result = graded(grader, BAD)
    assert result.measured("accuracy") == 0.0
    learns, half, *_ = result.questions[0].cases
    assert learns.kind == half.kind == "measure"
    assert learns.message == "learnt: 0; at least 1 is asked for."
    assert "0.5" not in half.message
    assert "asked for" in half.message


def test_a_question_may_take_longer_than_others_and_is_trained_once(grader: Grader) -> None:
    result = graded(grader, SLOW)
    assert result.score == 5
    assert result.questions[0].cases[2].measures
    seconds = result.measured("seconds")
    assert isinstance(seconds, float)
    assert seconds > 1.5


def test_an_answer_that_fails_is_trained_twice_and_no_more(tmp_path: Path, zygote: Zygote) -> None:
    stage = make_measured_course(tmp_path / "course")
    notes = tmp_path / "trainings"
    noting = BAD.replace(
        "    points, labels = np", f"    open({str(notes)!r}, 'a').write('trained ')\n    points, labels = np", 1
    )
    result = graded(stage_grader(stage, zygote, "en"), noting)
    assert [case.kind for case in result.questions[0].cases] == ["measure"] * 3
    assert notes.read_text() == "trained " * 2


def test_training_that_does_not_end_costs_its_deadline_once_and_is_no_fault_of_the_case(
    tmp_path: Path, zygote: Zygote
) -> None:
    stage = make_measured_course(tmp_path / "course")
    limits = msgspec.structs.replace(stage.limits, own_seconds={"train": 1.5})
    grader = stage_grader(msgspec.structs.replace(stage, limits=limits), zygote, "en")
    endless = REFERENCE.replace("    points, labels = np", "    while True: pass\n    points, labels = np", 1)
    result = graded(grader, endless)
    assert [case.kind for case in result.questions[0].cases] == ["timeout"] * 3
    assert result.measured("accuracy") is None


def test_one_call_serves_public_and_hidden_cases(tmp_path: Path, zygote: Zygote) -> None:
    counted = TRAIN.replace(
        '    measure("seconds"', '    measure("trainings", int(call(predict, "count", 0).value))\n    measure("seconds"'
    )
    stage = make_measured_course(tmp_path / "course", counted)
    source = COUNTING.replace(
        '    """The mean nearest to each point."""\n',
        '    """The mean nearest to each point."""\n    if isinstance(parameters, str):\n        return COUNT\n',
    ).replace("def train", "COUNT = 0\n\n\ndef train")
    (stage.solutions / "reference.py").write_text(source, encoding="utf-8")
    result = graded(stage_grader(stage, zygote, "en"), source)
    assert result.measured("trainings") == 1


def test_no_case_with_a_shared_call_is_asked_ahead(grader: Grader) -> None:
    plans = grader._plans
    assert plans is not None
    train, predict = grader._test_files
    # The calls after training have what the reference learnt, which goes into no sandbox.
    assert not any(plans.plan_of(case) for case in train.test_cases)
    assert all(plans.plan_of(case) for case in predict.test_cases)


def test_the_plugin_of_otter_keeps_deadlines_and_measures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stage = make_measured_course(tmp_path / "course")
    monkeypatch.chdir(stage.assignment)
    config = {
        "stage": stage.id,
        "language": "en",
        "questions": ["train", "predict"],
        "limits": msgspec.to_builtins(stage.limits),
        "reference": REFERENCE,
    }
    ours = make_grader(msgspec.json.encode(config).decode())
    result = graded(ours, SLOW)
    assert (result.score, result.measured("accuracy")) == (5, 1.0)
