"""Questions whose functions print, write or draw by chance: every judge says the same, and mistakes are named."""

from pathlib import Path

import pytest

from capas.bundle.problems import stage_problems
from capas.course.model import Stage, load_course
from capas.course.scaffold import new_course, new_stage, read_question_names
from capas.grading.result import QuestionResult
from capas.grading.stage import stage_grader
from capas.sandbox import Zygote
from capas.submission import Code, Submission
from capas.verify.proof import verify_stage

REFERENCE = '''
"""Functions that do more than return."""

import random

import numpy as np


def greet(name):
    """Greet."""
    # BEGIN SOLUTION
    print(f"Hello, {name}!")
    # END SOLUTION


def save(values):
    """Write each value on a line of `values.txt`."""
    # BEGIN SOLUTION
    with open("values.txt", "w") as file:
        file.writelines(f"{value}\\n" for value in values)
    greet("Ana")
    # END SOLUTION


def roll(n):
    """Roll a die n times."""
    # BEGIN SOLUTION
    return [random.randint(1, 6) for _ in range(n)]
    # END SOLUTION
'''
HEAD = "from otter.test_files import test_case\nOK_FORMAT = False\nname = {name!r}\npoints = 2\n"
CASES = {
    "greet": """
from capas_check.output import printed
@test_case(points=1)
def one(greet):
    printed(greet, "Ana").prints("Hello, Ana!").returns(None)
@test_case(points=1, hidden=True)
def other(greet):
    printed(greet, "Ben").prints("Hello, Ben!")
""",
    "save": """
from capas_check.output import written
@test_case(points=1)
def one(save):
    written(save, [1, 2]).writes("values.txt", "1\\n2")
@test_case(points=1, hidden=True)
def again(save):
    written(save, [1, 2, 3]).writes("values.txt", "1\\n2\\n3")
    written(save, [4]).writes("values.txt", "4").prints("Hello, Ana!")
""",
    "roll": """
from capas_check import call
from capas_check.distributions import repeated, samples, seeded
@test_case(points=1)
def a_seed(roll):
    samples(2000, roll, 2000).proportions(dict.fromkeys(range(1, 7), 1 / 6))
@test_case(points=1, hidden=True)
def not_always_the_same(roll):
    repeated(2, roll, 40).differs()
""",
}
MISTAKES = """
import random

import numpy as np

from capas.course.solutions import mistake


@mistake("greet", en="You return the text.")
def returns(name):
    return f"Hello, {name}!"


@mistake("greet", en="Where is the sign?")
def no_sign(name):
    print(f"Hello, {name}")


@mistake("save", en="You add to what is there.")
def appends(values):
    from reference import greet
    with open("values.txt", "a") as file:
        file.writelines(f"{value}\\n" for value in values)
    greet("Ana")


@mistake("save", en="Each value has its line.")
def one_line(values):
    with open("values.txt", "w") as file:
        file.write(" ".join(map(str, values)))


@mistake("roll", en="There are six sides.")
def five_sides(n):
    return [random.randint(1, 5) for _ in range(n)]


@mistake("roll", en="You begin at a seed each time.")
def seeds(n):
    random.seed(3)
    return [random.randint(1, 6) for _ in range(n)]
"""
ALTERNATIVES = """
import numpy as np

from capas.course.solutions import alternative


@alternative("roll")
def generator(n):
    return np.random.default_rng().integers(1, 7, n)


@alternative("roll")
def by_numpy(n):
    return np.random.randint(1, 7, n)


@alternative("greet")
def in_parts(name):
    print("Hello, ", name, sep="", end="!  ")
"""


def made_stage(root: Path) -> Stage:
    new_course(root, "en")
    new_stage(root, "01_acting", read_question_names("greet,save,roll"))
    solutions, tests = root / "solutions/01_acting", root / "assignments/01_acting/tests"
    for name, text in {"reference": REFERENCE, "mistakes": MISTAKES, "alternatives": ALTERNATIVES}.items():
        (solutions / f"{name}.py").write_text(text.lstrip(), encoding="utf-8")
    for name, text in CASES.items():
        (tests / f"{name}.py").write_text(HEAD.format(name=name) + text, encoding="utf-8")
    for path in (root / "assignments/01_acting").glob("*.*"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("*5 points", "*2 points").replace("points = 5", "points = 2"), encoding="utf-8")
    return load_course(root).stages[0]


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return made_stage(tmp_path_factory.mktemp("course") / "physics")


def test_all_who_judge_say_the_same(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    report = verify_stage(stage, "en", 1, with_otter=False)
    assert report.problems == []
    assert [(row.name, row.mistakes, row.named) for row in report.questions] == [
        (name, (2, 2), (2, 2)) for name in ("greet", "save", "roll")
    ]
    assert list(tmp_path.iterdir()) == []  # what the reference writes it writes elsewhere


def test_an_author_who_asks_for_too_few_values_is_told_where(tmp_path: Path) -> None:
    stage = made_stage(tmp_path / "physics")
    path = stage.test_file("roll")
    text = path.read_text(encoding="utf-8").replace("samples(2000, roll, 2000)", "samples(50, roll, 50)")
    path.write_text(text, encoding="utf-8")
    line = text[: text.index("samples(50")].count("\n") + 1
    (problem,) = stage_problems(stage, ["en"])
    assert str(problem).startswith(
        f"{path}, line {line}: case `a_seed` breaks, with the reference too: ValueError: 50 values"
    )


@pytest.mark.slow
def test_otter_says_the_same(stage: Stage) -> None:
    assert verify_stage(stage, "en", 2, quick=True).problems == []


def graded(stage: Stage, zygote: Zygote, source: str) -> dict[str, QuestionResult]:
    result = stage_grader(stage, zygote, "en").grade(Submission("one", "one.py", "", Code([source])))
    return {question.name: question for question in result.questions}


def test_what_a_right_function_of_ours_prints_is_printed_where_it_is_called(
    stage: Stage, zygote: Zygote, capsys: pytest.CaptureFixture[str]
) -> None:
    """An error in `greet` costs nothing in `save`, which calls it."""
    source = REFERENCE.replace("Hello, {name}!", "Hi, {name}!")
    questions = graded(stage, zygote, source)
    assert [questions[name].score for name in CASES] == [0, 2, 2]
    assert questions["save"].carried_forward
    assert capsys.readouterr().out == ""


def test_what_is_drawn_by_chance_is_named_after_no_mistake(stage: Stage, zygote: Zygote) -> None:
    source = "import numpy as np\ndef roll(n):\n    return np.random.default_rng().integers(1, 6, n)\n"
    first, second = (graded(stage, zygote, source)["roll"] for _ in range(2))
    assert (first.score, first.diagnosis) == (second.score, second.diagnosis)
    assert first.diagnosis is None
    assert "were" in first.cases[0].message
