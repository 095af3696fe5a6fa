"""What a class takes for what: tables of confusions added up."""

from collections import Counter

import msgspec

from capas.grading.result import MeasuredValue

MAX_PAIRS = 6
STRENGTHS = 5
"""How many shades a table has for the share of a class that is taken for another."""


class Pair(msgspec.Struct, frozen=True):
    """How often class ``one`` was taken for ``other``: in percent of all of it, and in how many answers."""

    one: int
    other: int
    count: int
    percent: str
    answers: int


class ConfusionTable(msgspec.Struct, frozen=True):
    """The table of a class, with a strength from 0 to `STRENGTHS` for each of its numbers, and the commonest pairs."""

    title: str
    answers: int
    rows: list[list[tuple[int, int]]]
    pairs: list[Pair]


class Confusions:
    """Adds up the tables of answers; those of another size than the first are left out."""

    def __init__(self) -> None:
        self._sums: list[list[int]] = []
        self._answers = 0
        self._with_pair = Counter[tuple[int, int]]()

    def add(self, value: MeasuredValue) -> None:
        """Take the table of an answer, if it is one: square, of counts."""
        rows = [row for row in value if isinstance(row, list)] if isinstance(value, list) else []
        counts = [[one for one in row if isinstance(one, int) and one >= 0] for row in rows]
        if len(counts) < 2 or any(len(row) != len(counts) for row in counts):
            return
        if not self._sums:
            self._sums = [[0] * len(counts) for _ in counts]
        if len(counts) != len(self._sums):
            return
        self._answers += 1
        for one, row in enumerate(counts):
            for other, count in enumerate(row):
                self._sums[one][other] += count
                self._with_pair[one, other] += count > 0

    def table(self, title: str) -> ConfusionTable | None:
        """Return the table of the class; None where no answer has one."""
        if not self._answers:
            return None
        totals = [max(sum(row), 1) for row in self._sums]
        pairs = sorted(
            (
                (-count, one, other)
                for one, row in enumerate(self._sums)
                for other, count in enumerate(row)
                if one != other and count
            )
        )
        most = max((-count / totals[one] for count, one, _ in pairs), default=1.0)
        return ConfusionTable(
            title,
            self._answers,
            [
                [
                    (count, 0 if one == other else _strength(count / totals[one], most))
                    for other, count in enumerate(row)
                ]
                for one, row in enumerate(self._sums)
            ],
            [
                Pair(one, other, -count, f"{-100 * count / totals[one]:.1f}", self._with_pair[one, other])
                for count, one, other in pairs[:MAX_PAIRS]
            ],
        )


def _strength(share: float, most: float) -> int:
    """Return how strongly a share is shown; what is there at all is seen."""
    return 0 if not share else max(1, round(STRENGTHS * share / most))
