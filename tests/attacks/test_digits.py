"""Cheating in the digits' stage: what each program in `digits/` gets of the points of `train_own`.

Each has its functions in place of the reference's. Its docstring says what it tries, and below, as TOML, what it earns:
0.5 are the points of a training within the budget, the others are for what is read right of hidden pictures.
"""

import ast
import base64
import runpy
from collections.abc import Iterator
from pathlib import Path

import msgspec
import numpy as np
import pytest

from capas.course.model import Course, Stage
from capas.grading.grader import Grader
from capas.grading.result import QuestionResult, Result
from capas.grading.stage import stage_grader
from capas.sandbox import Limits, Zygote
from capas.submission import Code, Submission

pytestmark = pytest.mark.slow
PROGRAMS = sorted((Path(__file__).parent / "digits").glob("*.py"))
SECONDS = 6.0
"""What a training may take here: as much as right ones need, and less to wait for one without an end."""


@pytest.fixture(scope="module")
def stage(course: Course) -> Stage:
    (stage,) = course.choose(["06_digits"])
    own = dict.fromkeys(stage.limits.own_seconds, SECONDS)
    return msgspec.structs.replace(stage, limits=msgspec.structs.replace(stage.limits, own_seconds=own))


@pytest.fixture(scope="module")
def grader(stage: Stage) -> Iterator[Grader]:
    with Zygote(Limits(), max_level=0) as zygote:
        yield stage_grader(stage, zygote, "en")


@pytest.fixture(scope="module")
def reference(stage: Stage) -> str:
    return (stage.solutions / "reference.py").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def pasted(stage: Stage) -> str:
    """Weights that were trained elsewhere."""
    names = runpy.run_path(str(stage.solutions / "reference.py"))
    table = np.loadtxt(stage.assignment / "data" / "digits.csv", delimiter=",", skiprows=1, dtype=int)
    parameters, _ = names["train_own"](table[:, :64], table[:, 64], 5)
    return base64.b85encode(np.concatenate([one.ravel() for one in parameters]).astype(np.float32).tobytes()).decode()


def graded(grader: Grader, reference: str, program: str) -> Result:
    result = grader.grade(Submission("one", "digits.py", "0", Code([reference, program])))
    assert result.status == "graded"
    return result


def question(result: Result, name: str) -> QuestionResult:
    return next(one for one in result.questions if one.name == name)


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_it_earns_what_it_is_worth(path: Path, grader: Grader, reference: str, pasted: str) -> None:
    text = path.read_text(encoding="utf-8")
    told = ast.get_docstring(ast.parse(text)) or ""
    assert told.startswith("A network that ")
    wanted = msgspec.toml.decode(told[told.rindex("\n\n") :])["earns"]
    found = question(graded(grader, reference, text.replace("PASTED", pasted)), "train_own")
    said = [(case.name, case.kind, case.message) for case in found.cases]
    assert found.score == wanted, said


def test_a_cheat_that_is_seen_is_on_no_leaderboard(grader: Grader, reference: str) -> None:
    for name in ("looks_pictures_up_in_a_table_of_the_public_set", "keeps_what_it_learnt_beside_its_parameters"):
        program = (Path(__file__).parent / "digits" / f"{name}.py").read_text(encoding="utf-8")
        assert graded(grader, reference, program).measured("accuracy") is None


def test_the_time_that_is_measured_is_the_judges(grader: Grader, reference: str) -> None:
    path = Path(__file__).parent / "digits" / "reads_the_clock_to_learn_how_long_it_may.py"
    seconds = graded(grader, reference, path.read_text(encoding="utf-8")).measured("seconds")
    assert isinstance(seconds, float)
    assert seconds > 0.1
