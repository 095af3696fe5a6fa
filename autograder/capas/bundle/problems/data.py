"""Problems in the data files of a stage: what cannot be given to students, or what grading would not find."""

from capas.bundle.problems.problem import Problem
from capas.course import data_files
from capas.course.model import Stage


def data_problems(stage: Stage) -> list[Problem]:
    """Return the problems of the files in the stage's `data/`."""
    return [Problem(told, path) for path, told in data_files.data_problems(stage)]
