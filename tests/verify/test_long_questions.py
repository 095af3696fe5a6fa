"""A quick proof asks a question that may take long of those alone that may answer it otherwise than the reference."""

from pathlib import Path
from typing import Any

import pytest
from measured_course import STAGE, make_measured_course

from capas.course.model import load_course
from capas.verify import proof as proof_module
from capas.verify.proof import verify_stage

QUESTION = """
[[questions]]
name = "middle"
points = 1
title.en = "The middle"
title.es = "La mitad"
docstring.es = "La mitad de dos números."
"""

PLACE = "\n## {title}\n\n*1 {point}*\n\n<!-- question: middle -->\n"

CASES = """
from otter.test_files import test_case

from capas_check import call

OK_FORMAT = False
name = "middle"
points = 1


@test_case(points=0.5)
def example(middle):
    call(middle, 2.0, 4.0).returns(3.0)


@test_case(points=0.5, hidden=True)
def another(middle):
    call(middle, 5.0, 7.0).returns(6.0)
"""

ANSWER = '''

def middle(a, b):
    """The middle of two numbers."""
    # BEGIN SOLUTION
    return (a + b) / 2
    # END SOLUTION
'''

MISTAKES = """

@mistake("middle", en="You add.", es="Sumas.")
def adds(a, b):
    return a + b
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The course that measures, with a question that has nothing to do with its training."""
    make_measured_course(tmp_path)
    assignment, solutions = tmp_path / "assignments" / STAGE, tmp_path / "solutions" / STAGE
    (assignment / "tests" / "middle.py").write_text(CASES.lstrip(), encoding="utf-8")
    for path, more in (
        (assignment / "assignment.toml", QUESTION),
        (assignment / "handout.en.md", PLACE.format(title="The middle", point="point")),
        (assignment / "handout.es.md", PLACE.format(title="La mitad", point="punto")),
        (solutions / "reference.py", ANSWER),
        (solutions / "mistakes.py", MISTAKES),
    ):
        path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    return tmp_path


def test_it_is_asked_where_it_may_be_another(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, grade = dict[str, set[str]](), proof_module.grade_samples

    def noting(*arguments: Any) -> Any:
        files = grade(*arguments)
        for file in files:
            asked[file.sample.name] = {question.name for question in file.result.questions}
        return files

    monkeypatch.setattr(proof_module, "grade_samples", noting)
    proof = verify_stage(load_course(root).stages[0], "en", 1, with_otter=False, quick=True)
    assert [row.name for row in proof.questions] == ["train", "predict", "middle"]
    assert [row.mistakes for row in proof.questions] == [(0, 0), (0, 1), (1, 1)]
    assert asked.pop("mistake adds") == {"predict", "middle"}
    assert {"reference reference", "stub stub", "mistake always_the_first"} <= set(asked)
    assert all(questions == {"train", "predict", "middle"} for questions in asked.values())
    # The cases of the long question call the other; what harms it is found.
    told = [problem for problem in proof.problems if "always_the_first" in problem]
    assert len(told) == 1
    assert told[0].endswith("costs points in train, too")
