"""Questions that are a variable or a class behave as functions do: stubs, variants, both engines, diagnoses, pages."""

from pathlib import Path

import pytest
from kinds_course import REFERENCE, made_stage

from capas.bundle.build import build_stage
from capas.bundle.problems import stage_problems
from capas.course.model import Stage
from capas.files import UserError
from capas.grading.result import Result
from capas.grading.stage import stage_grader
from capas.sandbox import Zygote
from capas.submission import Contents, SubmissionFile, read_submission
from capas.verify.proof import verify_stage
from capas.verify.student_check import student_checks


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return made_stage(tmp_path_factory.mktemp("kinds") / "physics")


@pytest.fixture(scope="module")
def zygote(stage: Stage):
    with Zygote(stage.limits) as zygote:
        yield zygote


def graded(stage: Stage, zygote: Zygote, source: str) -> Result:
    grader = stage_grader(stage, zygote, "en")
    file = SubmissionFile("ana", "ana.py", Contents(source.encode()))
    return grader.grade(read_submission(file, grader.sought))


def changed(old: str, new: str) -> str:
    assert old in REFERENCE
    return REFERENCE.replace(old, new)


def test_all_that_was_written_behaves(stage: Stage) -> None:
    report = verify_stage(stage, "en", 2, with_otter=False, quick=True)
    assert report.problems == []
    rows = {row.name: (row.alternatives, row.mistakes, row.named) for row in report.questions}
    assert rows == {
        "gravity": ((1, 1), (1, 1), (1, 1)),
        "Pendulum": ((1, 1), (2, 2), (2, 2)),
        "weight": ((0, 0), (0, 0), (0, 0)),
    }


@pytest.mark.slow
def test_otter_says_the_same(stage: Stage) -> None:
    report = verify_stage(stage, "en", 2, quick=True)
    assert report.problems == []
    assert report.compared > 0


def test_stubs_keep_what_is_asked_and_nothing_of_the_answer(stage: Stage) -> None:
    stub = build_stage(stage, "en").student_files["swinging.py"].decode()
    assert "# Gravity on Earth, in m/s².\ngravity = ...\n" in stub
    assert 'class Pendulum:\n    """A pendulum of a length in m.\n' in stub
    assert "    def period(self, gravity=9.81):\n        ...\n" in stub
    assert not any(word in stub for word in ("SOLUTION", "sqrt", "self.length", "float", "= 9.81\n", "Any"))
    spanish = build_stage(stage, "es").student_files["swinging.py"].decode()
    assert "# Di aquí qué es el valor, y en qué unidades.\ngravity = ...\n" in spanish


@pytest.mark.parametrize(
    ("old", "new", "question", "told"),
    [
        ("gravity: float = 9.81\n", "", "gravity", "There is no variable `gravity`"),
        ("gravity: float = 9.81\n", "gravity = None\n", "gravity", "gravity has no value yet"),
        ("gravity: float = 9.81\n", "def gravity():\n    return 9.81\n", "gravity", "gravity is a function or a class"),
        ("gravity: float = 9.81\n", "gravity = (x for x in [1])\n", "gravity", "gravity is a generator, not a value."),
        ("gravity: float = 9.81\n", "gravity = -9.81\n", "gravity", "-9.81 is not near 10."),
        ("class Pendulum:", "class Pendulums:", "Pendulum", "There is no class `Pendulum`, but there is `Pendulums`"),
        ("def period(", "def periods(", "Pendulum", "Pendulum(1) has no method period."),
        ("self.length = length", "self.long = length", "Pendulum", "Pendulum(1) has no attribute length."),
        ("self.length = length", "self.length = lengths", "Pendulum", "Pendulum(1) ended with an error: NameError"),
        ("class Pendulum:", "Pendulum = 3\nclass Other:", "Pendulum", "A function or class was expected"),
    ],
)
def test_what_is_not_there_is_told_of_its_kind(
    stage: Stage, zygote: Zygote, old: str, new: str, question: str, told: str
) -> None:
    result = next(one for one in graded(stage, zygote, changed(old, new)).questions if one.name == question)
    assert told in result.cases[0].message
    assert result.score == 0


def test_the_students_check_says_the_same_words(stage: Stage, zygote: Zygote) -> None:
    source = changed("gravity: float = 9.81\n", "gravity = [9.81]\n").replace("def period(", "def periods(")
    (check,) = student_checks(build_stage(stage, "en"), [source], 60.0)
    result = graded(stage, zygote, source)
    for question in result.questions[:2]:
        assert [case.message for case in check.cases[question.name]] == [question.cases[0].message]


def test_an_error_in_a_variable_costs_points_once(stage: Stage, zygote: Zygote) -> None:
    result = graded(stage, zygote, changed("gravity: float = 9.81", "gravity = 32.2"))
    scores = {
        question.name: (question.score, question.diagnosis, question.carried_forward) for question in result.questions
    }
    assert scores["gravity"] == (0.0, "in_feet", False)
    assert scores["weight"] == (5.0, None, True)


def test_what_was_handed_out_is_not_begun(stage: Stage, zygote: Zygote) -> None:
    stub = build_stage(stage, "en").student_files["swinging.py"].decode()
    assert {question.diagnosis for question in graded(stage, zygote, stub).questions} == {"not_begun"}


HOSTILE = """
class Meta(type):
    def __instancecheck__(cls, other):
        raise SystemExit
    def __call__(cls, *arguments):
        made = super().__call__(*arguments)
        return made

class Pendulum(metaclass=Meta):
    __module__ = "numpy"
    __name__ = "softmax"
    def __init__(self, length):
        self.length = self
    def __eq__(self, other):
        return self
    __hash__ = None
    __class__ = property(lambda self: exit())
    def __repr__(self):
        exit()
    def __getattr__(self, name):
        return self
    def __array__(self, *a, **k):
        exit()
    def period(self, gravity=9.81):
        return [self] * 10_000_000
"""


@pytest.mark.parametrize("module", ['"numpy"', "3", "[]", '"__main__"'])
def test_a_class_that_lies_about_itself_costs_its_own_question(stage: Stage, zygote: Zygote, module: str) -> None:
    source = "gravity = 9.81\ndef weight(mass):\n    return mass * gravity\n" + HOSTILE.replace('"numpy"', module)
    result = graded(stage, zygote, source)
    assert result.status == "graded"
    assert [question.score for question in result.questions] == [5.0, 0.0, 5.0]


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (
            "tests/Pendulum.py",
            '"period")',
            '"perod")',
            "cannot pass with the reference: Pendulum(1) has",
        ),
        ("reference.py", "# Gravity on Earth, in m/s².\n", "", "`gravity` has no comment above it"),
        ("reference.py", "gravity: float = 9.81", "gravity: float", "no function, class or variable `gravity`"),
        ("reference.py", "gravity: float = 9.81", "gravity = open", "gravity is a function or a class; a value was"),
        ("reference.py", "gravity: float = 9.81", "gravity = [math]", "is a value of type module"),
        ("reference.py", '    """A pendulum', '    # """A pendulum', "reference.py"),
        ("mistakes.py", "def in_feet():", "def in_feet(x):", "`gravity` is a variable; expected a function without"),
        ("mistakes.py", "return 32.2", "return 1 / 0", "`in_feet` returns no value: ZeroDivisionError"),
        (
            "mistakes.py",
            "class Forgets:",
            "def Forgets(x):\n    pass\nclass Forgotten:",
            "`Pendulum` is a class; expected",
        ),
    ],
)
def test_slips_are_one_line(tmp_path: Path, file: str, old: str, new: str, told: str) -> None:
    stage = made_stage(tmp_path / "physics")
    path = (stage.assignment if "/" in file else stage.solutions) / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    said = [str(problem) for problem in stage_problems(stage, ["en"])]
    if not said:
        with pytest.raises(UserError) as caught:
            build_stage(stage, "en")
        said = [str(caught.value)]
    assert any(told in line for line in said), said
    assert not any("\n" in line for line in said)
