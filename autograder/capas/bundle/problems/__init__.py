"""What is wrong with a stage's files, one line a problem: told by `capas build` and by `capas verify`."""

from collections.abc import Iterable, Sequence

from capas.bundle.problems.cases import case_problems
from capas.bundle.problems.data import data_problems
from capas.bundle.problems.handouts import handout_problems
from capas.bundle.problems.libraries import library_problems
from capas.bundle.problems.looked_at import looked_at_problems
from capas.bundle.problems.problem import Problem, ProblemsFound
from capas.bundle.problems.solutions import solution_problems
from capas.course.model import Stage

__all__ = ["Problem", "ProblemsFound", "require_no_problems", "stage_problems"]


def stage_problems(stage: Stage, languages: Sequence[str]) -> list[Problem]:
    """Return all problems of the stage's files; the solutions are run only where the cases have none."""
    problems = data_problems(stage)
    problems += [problem for language in languages for problem in handout_problems(stage, language)]
    cases = case_problems(stage)
    if cases or problems:
        return [*problems, *cases, *([] if cases else solution_problems(stage))]
    if libraries := library_problems(stage):
        return libraries
    return [*looked_at_problems(stage, languages), *solution_problems(stage)]


def require_no_problems(stages: Iterable[tuple[Stage, Sequence[str]]]) -> None:
    """Stop where the files of stages have problems, in the languages that are named for each.

    Raises:
        ProblemsFound: with a line for each.
    """
    problems = [problem for stage, languages in stages if languages for problem in stage_problems(stage, languages)]
    if problems:
        raise ProblemsFound(problems)
