"""A class small enough to read, graded in both languages."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from copying import copying_class
from made import found, with_mistakes
from made_texts import with_text

from capas.bundle.build import Bundle
from capas.course.model import Course, Stage
from capas.grading.result import Result
from capas.grading.stage import stage_grader
from capas.sandbox import Zygote
from capas.submission import SubmissionFile, read_submission

Grade = Callable[[Stage, Sequence[SubmissionFile], str], list[Result]]


@pytest.fixture(scope="session")
def activations(course: Course) -> Stage:
    return course.choose(["02_activations"])[0]


@pytest.fixture(scope="session")
def backpropagation(course: Course) -> Stage:
    return course.choose(["05_backpropagation"])[0]


@pytest.fixture(scope="session")
def class_of_60(backpropagation: Stage) -> dict[str, str]:
    """Fifty-six who answer in common ways, an original, and three who have that with other names."""
    return copying_class(backpropagation)


@pytest.fixture(scope="session")
def text_stage(softmax: Stage) -> Stage:
    """A stage with a question that a person grades."""
    return with_text(softmax)


@pytest.fixture(scope="session")
def grade(zygote: Zygote) -> Grade:
    """Grades in this process, with the zygote that the other tests use."""

    def graded(stage: Stage, submissions: Sequence[SubmissionFile], language: str) -> list[Result]:
        grader = stage_grader(stage, zygote, language)
        return [grader.grade(read_submission(one)) for one in submissions]

    return graded


@pytest.fixture(scope="session")
def small_class(softmax: Stage, built_softmax: Bundle) -> list[SubmissionFile]:
    reference = (softmax.solutions / "reference.py").read_bytes()
    overflowing = with_mistakes(softmax, "overflows_without_shift")
    return found(
        {
            "ana.py": reference,
            "bruno.py": with_mistakes(softmax, "normalizes_whole_batch"),
            "carla.py": with_mistakes(softmax, "normalizes_whole_batch", "counts_from_one", "the_same_vector"),
            "diego.py": overflowing,
            "elena.py": b"# the same, otherwise laid out\n\n" + overflowing,
            "félix.ipynb": b"",
            "gabriela.ipynb": built_softmax.student_files["softmax.ipynb"],
            "hugo.py": reference,
        }
    )


@pytest.fixture(scope="session")
def golden() -> Callable[[str, str], None]:
    """Compares a text with a file in `golden/`; with `CAPAS_GOLDEN=write` it writes the file."""

    def compare(name: str, text: str) -> None:
        path = Path(__file__).with_name("golden") / name
        if os.environ.get("CAPAS_GOLDEN") == "write":
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8"), f"{name}: look at it, then write it with CAPAS_GOLDEN=write"

    return compare
