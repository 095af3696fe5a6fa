"""`capas check` judges a file as `capas grade` does."""

import json
import shutil
import sys
from pathlib import Path

import pytest
from command import capas

BIG = """
big = np.ones(5_000_000)
_softmax = softmax
def softmax(a):
    big.copy()
    return _softmax(a)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux only")
def test_the_limits_of_the_course_hold_for_check_as_for_grade(small_course: Path) -> None:
    course = small_course / "course.toml"
    text = course.read_text(encoding="utf-8")
    assert text.rstrip().splitlines()[-1].startswith("program_seconds")  # it ends with the limits
    course.write_text(text.rstrip() + "\nmemory_mb = 64\n", encoding="utf-8")
    reference = (small_course / "solutions/03_softmax/reference.py").read_text(encoding="utf-8")
    (small_course / "ana.py").write_text(reference + BIG, encoding="utf-8")

    checked = capas("check", "03_softmax", "ana.py", folder=small_course)
    capas("grade", "03_softmax", "ana.py", "--out", "out", "--workers", "1", folder=small_course)
    result = json.loads((small_course / "out/results/ana.json").read_text(encoding="utf-8"))
    softmax = next(question for question in result["questions"] if question["name"] == "softmax")
    public = [case["passed"] for case in softmax["cases"] if not case["hidden"]]
    assert not any(public)
    assert checked.returncode == 1


@pytest.mark.parametrize("command", [["check"], ["grade", "--out", "out", "--workers", "1"]])
def test_a_case_that_breaks_stops_grading_and_names_its_line(small_course: Path, command: list[str]) -> None:
    path = small_course / "assignments/03_softmax/tests/predict.py"
    lines = path.read_text(encoding="utf-8").splitlines()
    at = next(number for number, line in enumerate(lines) if "call(predict" in line)
    lines.insert(at, "    undefined_name")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    (small_course / "ana.py").write_text("x = 1\n", encoding="utf-8")
    done = capas(command[0], "03_softmax", "ana.py", *command[1:], folder=small_course)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert f"predict.py, line {at + 1}: case" in done.stderr
    assert "NameError" in done.stderr


@pytest.mark.parametrize(
    "broken",
    [
        # What happens at one time and not at another cannot be seen by trying the reference first.
        "    if type(predict).__name__ == 'Proxy':\n        1 / 0",
        "    assert type(predict).__name__ != 'Proxy'",
        "    call(predict, range(3))",
        "    if type(predict).__name__ == 'Proxy': exit()",
    ],
    ids=["an error", "an assertion", "an argument that cannot be sent", "the end of the program"],
)
@pytest.mark.parametrize("command", [["check"], ["grade", "--out", "out", "--workers", "1"]])
def test_a_case_that_breaks_before_it_calls_the_student_costs_nobody(
    small_course: Path, command: list[str], broken: str
) -> None:
    path = small_course / "assignments/03_softmax/tests/predict.py"
    lines = path.read_text(encoding="utf-8").splitlines()
    at = next(number for number, line in enumerate(lines) if "call(predict" in line)
    lines.insert(at, broken)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    shutil.copy(small_course / "solutions/03_softmax/reference.py", small_course / "ana.py")
    done = capas(command[0], "03_softmax", "ana.py", *command[1:], folder=small_course)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    if "exit" not in broken:  # of which only the case is known
        assert f"predict.py, line {at + 1 + broken.count(chr(10))}: case" in done.stderr
    assert "predict.py, line " in done.stderr
    assert "before it calls the student's code" in done.stderr


@pytest.mark.parametrize("answer", ["x = 1", "predict = 3", "def predict(a):\n    return 1 / 0"])
def test_what_a_student_lacks_or_breaks_is_no_fault_of_a_case(small_course: Path, answer: str) -> None:
    path = small_course / "assignments/03_softmax/tests/predict.py"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("    call(predict", "    predict([[1.0, 2.0]])[0]\n    call(predict", 1), encoding="utf-8"
    )
    (small_course / "ana.py").write_text(answer + "\n", encoding="utf-8")
    done = capas("check", "03_softmax", "ana.py", folder=small_course)
    assert (done.returncode, done.stderr) == (1, "")
