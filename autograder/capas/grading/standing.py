"""How submissions stood and stand: whose grade is another than before, in which questions, and by how much."""

from collections.abc import Iterable, Mapping

import msgspec

from capas.grading.result import Result
from capas.texts.points import rounded, same_points


class Standing(msgspec.Struct, frozen=True):
    """How a submission stands: its score as it counts, and that of each question; of the class all that is kept.

    A question that waits for a person has no points yet: None.
    """

    file: str
    score: float
    questions: dict[str, float | None]


class Change(msgspec.Struct, frozen=True):
    """How a submission stood and stands; None where there was or is no result."""

    submission: str
    before: Standing | None
    now: Standing | None

    @property
    def file(self) -> str:
        """The name of its file."""
        standing = self.now or self.before
        return standing.file if standing else ""

    @property
    def points(self) -> float:
        """By how much the score is another; 0 where there was or is none."""
        return rounded(self.now.score - self.before.score) if self.now and self.before else 0.0

    def of_question(self, name: str) -> tuple[float | None, float | None]:
        """Return the points of a question, before and now."""
        before, now = (one.questions.get(name) if one else None for one in (self.before, self.now))
        return before, now

    def questions(self) -> list[str]:
        """Return the questions that have other points than before."""
        names = dict.fromkeys(
            [*(self.now.questions if self.now else ()), *(self.before.questions if self.before else ())]
        )
        return [name for name in names if _differ(*self.of_question(name))]

    @property
    def changed(self) -> bool:
        """Whether there are two results with other points."""
        return bool(self.now and self.before and (_differ(self.before.score, self.now.score) or self.questions()))


def _differ(one: float | None, other: float | None) -> bool:
    return one != other if one is None or other is None else not same_points(one, other)


def standings(results: Iterable[Result]) -> dict[str, Standing]:
    """Return how each submission stands."""
    return {
        result.submission: Standing(
            result.file,
            result.score,
            {one.name: None if one.name in result.waiting else one.score for one in result.questions},
        )
        for result in results
    }


def compared(before: Mapping[str, Standing], now: Mapping[str, Standing]) -> list[Change]:
    """Return every submission of either, in order."""
    return [Change(name, before.get(name), now.get(name)) for name in sorted(before.keys() | now.keys())]


def largest_first(changes: Iterable[Change]) -> list[Change]:
    """Return those that changed, the largest change of the whole score first."""
    return sorted((one for one in changes if one.changed), key=lambda one: (-abs(one.points), one.submission))
