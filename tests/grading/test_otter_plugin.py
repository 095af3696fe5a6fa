"""`otter run` with `autograder.zip` gives every case what `capas grade` gives it, whatever code is handed in."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.manager import KernelManager

from capas.bundle.build import Bundle
from capas.course.model import Stage
from capas.grading.result import Result
from capas.grading.stage import stage_grader
from capas.sandbox import Zygote
from capas.submission import list_submissions, read_submission
from capas.verify.otter_run import CaseVerdict, otter_run
from capas_check.grader import Grader as StudentGrader

SLOW = pytest.mark.slow

# Added to the reference of 03_softmax: each is awkward in a way that two ways of grading could take differently.
AWKWARD = {
    "a_global_set_by_another_question": """
_s, _p = softmax, predict
def softmax(a):
    global ready
    ready = True
    return _s(a)
def predict(a):
    ready
    return _p(a)
""",
    "a_counter_that_spoils_later_calls": """
calls = 0
_s = softmax
def softmax(a):
    global calls
    calls += 1
    return _s(a) if calls < 5 else _s(a) * 2
""",
    "state_that_a_later_question_changes": """
_s, _p = softmax, predict
scale = 1.0
def predict(a):
    global scale
    scale = 2.0
    return _p(a)
def softmax(a):
    return _s(a) * scale
""",
    "a_crash_in_the_middle": """
import os
_s = softmax
def softmax(a):
    if np.ndim(a) == 2: os._exit(3)
    return _s(a)
""",
    "a_loop": "def predict(a):\n    while True: pass\n",
    "prints_and_fails_at_the_top": "print('hello' * 1000)\n1 / 0\n",
    "exit_in_a_function": "def predict(a):\n    exit()\n",
    "exit_at_the_top": "exit()\n",
    "an_error_carried_forward": "_s = softmax\ndef softmax(a):\n    return 2 * _s(a)\n",
    "ends_while_it_is_loaded": "import os\nos._exit(0)\n",
    "nothing_of_its_own": None,
    "odd_values": "def softmax(a):\n    return {1, 2}\ndef predict(a):\n    return [[1], [2, 3]]\n",
}


@pytest.fixture
def autograder(tmp_path: Path, built_softmax: Bundle) -> Path:
    path = tmp_path / "autograder.zip"
    path.write_bytes(built_softmax.autograder)
    return path


def write(folder: Path, stage: Stage, code: str | None) -> Path:
    path = folder / "ana.py"
    reference = (stage.solutions / "reference.py").read_text(encoding="utf-8")
    path.write_text("x = 1\n" if code is None else f"{reference}\n{code}", encoding="utf-8")
    return path


def grade(stage: Stage, path: Path) -> Result:
    with Zygote(stage.limits) as zygote:
        return stage_grader(stage, zygote, "es").grade(read_submission(list_submissions([path])[0]))


def agree(tmp_path: Path, stage: Stage, autograder: Path, code: str | None) -> None:
    """Assert that `otter run` says the same of every case as `capas grade`, word for word."""
    path = write(tmp_path, stage, code)
    result, otter = grade(stage, path), otter_run(path, autograder)
    assert otter.error == ""
    assert otter.cases == {
        question.name: [
            CaseVerdict(case.passed, "" if case.passed else case.message or result.message) for case in question.cases
        ]
        for question in result.questions
    }


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=() if name in ("a_global_set_by_another_question", "exit_in_a_function") else SLOW)
        for name in AWKWARD
    ],
)
def test_both_engines_give_every_case_the_same(tmp_path: Path, softmax: Stage, autograder: Path, name: str) -> None:
    agree(tmp_path, softmax, autograder, AWKWARD[name])


# Without those that would end the notebook, and those that only grading carries forward or asks again afresh.
IN_A_NOTEBOOK = [
    "a_global_set_by_another_question",
    "state_that_a_later_question_changes",
    "a_counter_that_spoils_later_calls",
    "exit_in_a_function",
]


def cases_of_notebook(stage: Stage, built: Bundle, path: Path) -> dict[str, list[bool]]:
    """Return what `grader.check` says of each public case, question by question, as a student goes through them."""
    namespace: dict[str, Any] = {"__name__": "__main__"}
    exec(path.read_text(encoding="utf-8"), namespace)
    names = [question.name for question in stage.questions]
    checks = json.loads(built.student_files["capas_check/stage.json"])
    grader = StudentGrader(checks, namespace)
    reports = {name: grader.check(name) for name in names}
    return {name: [run.passed for run in report.runs] for name, report in reports.items() if report is not None}


@pytest.mark.parametrize("name", IN_A_NOTEBOOK)
def test_the_notebook_gives_public_cases_the_same(
    tmp_path: Path, softmax: Stage, built_softmax: Bundle, name: str
) -> None:
    path = write(tmp_path, softmax, AWKWARD[name])
    in_notebook = cases_of_notebook(softmax, built_softmax, path)
    graded = {question.name: [case.passed for case in question.cases] for question in grade(softmax, path).questions}
    assert in_notebook.keys() == graded.keys()
    assert in_notebook == {question: cases[: len(in_notebook[question])] for question, cases in graded.items()}


def with_kernel(tmp_path: Path, stage: Stage, built: Bundle, metadata: dict[str, Any]) -> Path:
    """Write the student's notebook, answered, with another kernel in it."""
    notebook = json.loads(built.student_files["softmax.ipynb"])
    for name in ("kernelspec", "language_info"):
        notebook["metadata"].pop(name, None)
    notebook["metadata"] |= metadata
    stub = next(cell for cell in notebook["cells"] if cell["metadata"].get("capas", {}).get("role") == "stub")
    stub["source"] = (stage.solutions / "reference.py").read_text(encoding="utf-8")
    notebook["cells"] = [stub]
    path = tmp_path / "softmax.ipynb"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return path


def test_a_notebook_of_a_kernel_that_nobody_has_is_graded(
    tmp_path: Path, softmax: Stage, built_softmax: Bundle, autograder: Path
) -> None:
    kernel = {"kernelspec": {"name": "conda-env-x-py", "display_name": "Python [conda env:x]", "language": "python"}}
    score = otter_run(with_kernel(tmp_path, softmax, built_softmax, kernel), autograder)
    assert (score.total, score.error) == (20, "")


@pytest.mark.slow
@pytest.mark.parametrize(
    "metadata",
    [
        {},
        {"kernelspec": {"display_name": "Python 3.12.1 ('.venv': venv)"}},
        {"kernelspec": {"name": "ir", "display_name": "R", "language": "R"}, "language_info": {"name": "R"}},
        {"kernelspec": "python3"},
        {"kernelspec": {"name": "", "display_name": ""}},
        {"kernelspec": None, "language_info": {"name": "python", "version": 3}},
    ],
    ids=["none", "display_name", "r", "text", "empty", "null"],
)
def test_any_kernel_that_a_notebook_names_is_graded(
    tmp_path: Path, softmax: Stage, built_softmax: Bundle, autograder: Path, metadata: dict[str, Any]
) -> None:
    score = otter_run(with_kernel(tmp_path, softmax, built_softmax, metadata), autograder)
    assert (score.total, score.error) == (20, "")


def changed(autograder: Path, name: str, old: str, new: str | None) -> None:
    """Change a file in an autograder's zip; None takes it out."""
    with zipfile.ZipFile(autograder) as archive:
        files = {entry: archive.read(entry) for entry in archive.namelist()}
    if new is None:
        del files[name]
    else:
        assert old.encode() in files[name]
        files[name] = files[name].replace(old.encode(), new.encode(), 1)
    with zipfile.ZipFile(autograder, "w") as archive:
        for entry, data in files.items():
            archive.writestr(entry, data)


def test_a_case_that_breaks_is_an_error_and_no_zero(tmp_path: Path, softmax: Stage, autograder: Path) -> None:
    changed(autograder, "tests/predict.py", "    call(predict", "    1 / 0\n    call(predict")
    score = otter_run(write(tmp_path, softmax, ""), autograder)
    assert score.scores == {}
    assert "predict.py, line " in score.error
    assert "ZeroDivisionError" in score.error


def test_a_test_file_that_is_missing_is_an_error_and_no_zero(tmp_path: Path, softmax: Stage, autograder: Path) -> None:
    changed(autograder, "tests/predict.py", "", None)
    score = otter_run(write(tmp_path, softmax, ""), autograder)
    assert score.scores == {}
    assert "predict.py does not exist" in score.error
    # A kernel that this process starts afterwards is not of Otter's kind, which is found in its own folder only.
    assert KernelManager().transport == "tcp"
