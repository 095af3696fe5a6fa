"""How long it takes to find code that a class shares: made of one stage's solutions, in any mixture."""

import random
import resource
from collections.abc import Iterator

from benchmarks.measure import timed
from capas.course.model import Stage
from capas.course.solutions import Solutions
from capas.grading.result import Isolation, QuestionResult, Result
from capas.report.class_list import HandedIn
from capas.report.copies import Answers
from capas.report.copies_page import copies_page, groups_of_copies
from capas.report.copy_groups import Group

COLUMNS = ["stage", "submissions", "found in", "page of the first pairs", "groups", "memory"]


def rows(stage: Stage, size: int) -> Iterator[list[str]]:
    """Yield how long it takes, for a class of ``size``, beside what it takes of memory."""
    sources = mixed_class(stage, size)
    results = [_result(stage, name) for name in sources]
    groups: list[Group] = []
    before = _megabytes()
    found = timed(lambda: groups.extend(groups_of_copies(stage, results, sources)))
    page = timed(lambda: copies_page(stage, results, groups, sources, HandedIn(), "en"))
    memory = f"+{_megabytes() - before:.0f} MB"
    yield [stage.id, f"{size:,}", found.text(), page.text(), str(len(groups)), memory]


def mixed_class(stage: Stage, size: int) -> dict[str, list[str]]:
    """Return sources of ``size`` submissions: to each question the reference, an alternative or a mistake."""
    solutions, chooser = Solutions(stage), random.Random(5)
    names = [question.name for question in stage.questions]
    answers = {name: [_answer(solutions.reference_source, name, names)] for name in names}
    for variant in (*solutions.alternatives, *solutions.mistakes):
        answers[variant.question].append(_answer(solutions.variant_source(variant), variant.question, names))
    return {
        f"student_{number:05d}": [f"# student {number}\n", *(chooser.choice(answers[name]) for name in names)]
        for number in range(size)
    }


def _answer(source: str, name: str, names: list[str]) -> str:
    return "\n\n".join(one.text for one in Answers([source], names).of(name))


def _result(stage: Stage, name: str) -> Result:
    questions = [QuestionResult(one.name, 0.0, one.points, False, None, []) for one in stage.questions]
    return Result(name, f"{name}.py", "", stage.id, "graded", 0, stage.points, questions, Isolation(0, []), "0", "")


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
