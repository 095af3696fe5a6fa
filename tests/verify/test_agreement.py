"""A disagreement between those who judge is found, whatever it is about, and told in one line."""

from pathlib import Path

import msgspec
import pytest

from capas.bundle.build import Bundle
from capas.course.model import Stage
from capas.course.solutions import Solutions
from capas.grading.result import CaseResult, Isolation, QuestionResult, Result
from capas.verify.agreement import differences_from_check, differences_from_otter
from capas.verify.graded_samples import grade_samples
from capas.verify.otter_run import CaseVerdict, OtterScore
from capas.verify.samples import make_samples
from capas.verify.student_check import StudentCheck, student_checks

WHERE = "mistake m (.py, es)"
PASSES, FAILS, HIDDEN = CaseVerdict(True, ""), CaseVerdict(False, "f(1) is 2"), CaseVerdict(False, "a hidden case")


def result(carried_forward: bool = False, message: str = "") -> Result:
    """The result of a question with two public cases, of which one passes, and a hidden one that does not."""
    cases = [
        CaseResult("one", False, 1.0, True),
        CaseResult("two", False, 1.0, False, "value", FAILS.message),
        CaseResult("three", True, 1.0, False, "value", "" if message else HIDDEN.message),
    ]
    question = QuestionResult("f", 1.0, 3.0, carried_forward, None, cases)
    return Result("id", "f.py", "", "stage", "graded", 1.0, 3.0, [question], Isolation(0, []), "", message)


def test_public_cases_that_agree() -> None:
    assert differences_from_check(WHERE, result(), StudentCheck({"f": [PASSES, FAILS]})) == []


@pytest.mark.parametrize(
    ("cases", "told"),
    [
        (
            [PASSES, CaseVerdict(False, "f(1) is 3")],
            ["case `two`: capas grade says it fails: 'f(1) is 2', capas_check it fails: 'f(1) is 3'"],
        ),
        ([PASSES, PASSES], ["case `two`: capas grade says it fails: 'f(1) is 2', capas_check it passes"]),
        (
            [CaseVerdict(False, "a\nb"), FAILS],
            ["case `one`: capas grade says it passes, capas_check it fails: 'a\\nb'"],
        ),
    ],
)
def test_a_public_case_with_another_verdict_or_message(cases: list[CaseVerdict], told: list[str]) -> None:
    found = differences_from_check(WHERE, result(), StudentCheck({"f": cases}))
    assert found == [f"{WHERE}: question `f`, {words}" for words in told]


@pytest.mark.parametrize(("cases", "count"), [({}, 0), ({"f": [PASSES]}, 1), ({"f": [PASSES, FAILS, FAILS]}, 3)])
def test_cases_that_are_missing_or_too_many(cases: dict[str, list[CaseVerdict]], count: int) -> None:
    found = differences_from_check(WHERE, result(), StudentCheck(cases))
    assert found == [f"{WHERE}: question `f`: capas grade ran 2 cases, capas_check {count}"]


def test_checks_that_could_not_run() -> None:
    found = differences_from_check(WHERE, result(), StudentCheck(error="did not end within 3 s"))
    assert found == [f"{WHERE}: capas_check failed: did not end within 3 s"]


def test_of_an_error_carried_forward_the_check_may_say_something_else() -> None:
    assert differences_from_check(WHERE, result(carried_forward=True), StudentCheck({"f": [FAILS, FAILS]})) == []


def otter(*cases: CaseVerdict, score: float = 1.0) -> OtterScore:
    return OtterScore({"f": score}, 0.0, "", {"f": list(cases)})


def test_otter_that_agrees_in_hidden_cases_too() -> None:
    assert differences_from_otter(WHERE, result(), otter(PASSES, FAILS, HIDDEN)) == []


def test_otter_tells_why_nothing_ran_where_a_case_says_nothing() -> None:
    nothing_ran = CaseVerdict(False, "the program has no end")
    assert differences_from_otter(WHERE, result(message=nothing_ran.message), otter(PASSES, FAILS, nothing_ran)) == []


def test_another_message_of_a_hidden_case_in_otter() -> None:
    (found,) = differences_from_otter(WHERE, result(), otter(PASSES, FAILS, CaseVerdict(False, "expected 7")))
    told = "case `three`: capas grade says it fails: 'a hidden case', otter run it fails: 'expected 7'"
    assert found == f"{WHERE}: question `f`, {told}"


def test_another_score_in_otter() -> None:
    found = differences_from_otter(WHERE, result(), otter(PASSES, FAILS, HIDDEN, score=1.5))
    assert found == [f"{WHERE}: question `f`: capas grade gives 1 points, otter run 1.5"]
    assert "otter run none" in differences_from_otter(WHERE, result(), OtterScore({}, 0.0))[0]


def test_otter_that_could_not_run() -> None:
    assert differences_from_otter(WHERE, result(), OtterScore({}, 0.0, "NoSuchKernel: x")) == [
        f"{WHERE}: otter run failed: NoSuchKernel: x"
    ]


def planted(built: Bundle, file: str, old: str, new: str) -> Bundle:
    """Return the bundle with one thing changed in what students get."""
    text = built.student_files[f"capas_check/{file}"].decode()
    assert old in text
    changed = {f"capas_check/{file}": text.replace(old, new).encode()}
    return msgspec.structs.replace(built, student_files=built.student_files | changed)


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("texts/es.json", "{call} devolvió {returned}; se", "{call} dio {returned}; se", "dio ["),
        ("statements.py", "if not np.all(close):", "if False:", "capas_check it passes"),
        ("show.py", "DIGITS = 240, 2000, 4", "DIGITS = 240, 2000, 3", "[0.101, 0.2"),
    ],
)
def test_a_difference_planted_in_what_students_get_is_found(
    tmp_path: Path, softmax: Stage, built_softmax: Bundle, file: str, old: str, new: str, told: str
) -> None:
    samples = make_samples(softmax, Solutions(softmax), built_softmax)
    mistake = next(sample for sample in samples if sample.id == "reversed_sign")
    (graded,) = grade_samples(softmax, [(mistake, "py")], built_softmax, tmp_path / "graded", 1)
    (sound,) = student_checks(built_softmax, [mistake.source], 60.0)
    assert differences_from_check(graded.name, graded.result, sound) == []
    (check,) = student_checks(planted(built_softmax, file, old, new), [mistake.source], 60.0)
    found = differences_from_check(graded.name, graded.result, check)
    assert found
    assert all(line.startswith("mistake reversed_sign (.py, es): question `softmax`, case `") for line in found)
    assert any(told in line for line in found)
