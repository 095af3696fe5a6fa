"""Every solution as students really hand it in: what is harmless around it changes the score of no question.

The whole product of solutions, dresses, stages and languages takes ten minutes. Here the solutions come combined, a
variant of every question in each submission, and each such submission in one dress by turns, in one language of its
stage: so every variant comes dressed, and every dress in every stage but those that train networks. The endless cell,
which costs its deadline and something whenever a failing question is judged again, comes with a few of each stage.
"""

import copy
import json
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from build_once import Build
from quick_stages import QUICK_STAGES

from capas.bundle.build import Bundle
from capas.course.model import Course, Stage
from capas.course.solutions import Solutions
from capas.grading.grader import Grader
from capas.grading.stage import stage_grader
from capas.sandbox import Zygote
from capas.submission import Contents, SubmissionFile, read_submission
from capas.verify.samples import Sample, combine_samples

CELL_SECONDS = 1.0
ENDLESS_EVERY = 10
"""Of so many submissions one comes after an endless cell."""
BROKEN = "def not_a_question(a)\n    return a\n"


class Worn(msgspec.Struct, frozen=True):
    """A file that a sample was made into, and the name it is handed in under."""

    name: str
    data: bytes


def plain(sample: Sample, stage: Stage, _built: Bundle) -> Worn:
    return Worn(f"{stage.slug}.py", sample.as_script())


def beside_a_broken_function(sample: Sample, stage: Stage, _built: Bundle) -> Worn:
    script = f"{sample.source}\n\n{BROKEN}\n\nprint 'done'\n"
    return Worn(f"{stage.slug}.py", script.encode())


def without_tags(sample: Sample, stage: Stage, built: Bundle) -> Worn:
    notebook = json.loads(sample.as_notebook(built, stage))
    for cell in notebook["cells"]:
        cell["metadata"] = {}
        cell.pop("id", None)
    notebook["nbformat_minor"] = 0
    return _notebook(stage, notebook)


def all_in_one_cell(sample: Sample, stage: Stage, built: Bundle) -> Worn:
    return _notebook(stage, _of_cells(built, stage, sample.source))


def after_an_endless_cell(sample: Sample, stage: Stage, built: Bundle) -> Worn:
    return _notebook(stage, _of_cells(built, stage, "x = 0\nwhile True:\n    x += 1\n", sample.source))


Dress = Callable[[Sample, Stage, Bundle], Worn]
QUICK: list[Dress] = [beside_a_broken_function, without_tags, all_in_one_cell]


def dresses_for(place: int) -> list[Dress]:
    """Return the dresses of the submission at ``place`` among those of its stage."""
    dress = QUICK[place % len(QUICK)]
    return [dress, after_an_endless_cell] if place % ENDLESS_EVERY == 0 else [dress]


def _of_cells(built: Bundle, stage: Stage, *sources: str) -> dict[str, Any]:
    notebook = copy.deepcopy(json.loads(built.student_files[f"{stage.slug}.ipynb"]))
    notebook["cells"] = [
        {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": source}
        for source in sources
    ]
    notebook["nbformat_minor"] = 0
    return notebook


def _notebook(stage: Stage, notebook: dict[str, Any]) -> Worn:
    return Worn(f"{stage.slug}.ipynb", json.dumps(notebook, ensure_ascii=False).encode())


def scores(grader: Grader, worn: Worn) -> dict[str, float]:
    submission = read_submission(SubmissionFile("one", worn.name, Contents(worn.data)), grader.sought)
    assert not submission.problem
    return {question.name: question.score for question in grader.grade(submission).questions}


def differing(stage: Stage, built: Bundle, zygote: Zygote, language: str) -> list[str]:
    """Return the submissions that a dress gives other scores, with both."""
    limits = msgspec.structs.replace(stage.limits, cell_seconds=CELL_SECONDS)
    grader = stage_grader(msgspec.structs.replace(stage, limits=limits), zygote, language)
    found = []
    for place, sample in enumerate(combine_samples(stage, Solutions(stage), built)[:-1]):  # the last one is the stub
        right = scores(grader, plain(sample, stage, built))
        for dress in dresses_for(place):
            worn = scores(grader, dress(sample, stage, built))
            if worn != right:
                found.append(f"{sample.name} {dress.__name__}: {worn} instead of {right}")
    return found


@pytest.mark.slow
@pytest.mark.parametrize("place", QUICK_STAGES)
def test_every_solution_has_the_same_scores_dressed(course: Course, build: Build, zygote: Zygote, place: int) -> None:
    stage, language = course.stages[place], course.languages[(place + 1) % 2]
    assert differing(stage, build(stage, language), zygote, language) == []
