"""Which known mistakes, one or two at once, explain all that a function did in the cases of its question."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from capas.course.solutions import Variant
from capas.grading.diagnosis.outcome import SAME, Outcome
from capas_check.fingerprint import distance

Known = tuple[Variant, Outcome]
"""A mistake, and what it does."""
Explanation = tuple[Known, ...]
"""One mistake, or two that were made at once."""


def explanations(outcome: Outcome, known: Sequence[Known]) -> list[Explanation]:
    """Return the nearest mistakes that do what the outcome is of; where none does so alone, the nearest two."""
    alone = [((one,), distance(outcome.fingerprints, one[1].fingerprints)) for one in known]
    return _nearest(alone) or _nearest(_together(outcome, known))


def _nearest(far: Iterable[tuple[Explanation, float | None]]) -> list[Explanation]:
    possible = [(some, one) for some, one in far if one is not None]
    nearest = min((one for _, one in possible), default=0.0)
    return [some for some, one in possible if one <= SAME + 10 * nearest]


def _together(outcome: Outcome, known: Sequence[Known]) -> Iterator[tuple[Explanation, float | None]]:
    failing = set(outcome.failing)
    some = [(mistake, theirs) for mistake, theirs in known if set(theirs.failing) < failing]
    for one, other in combinations(some, 2):
        if {*one[1].failing, *other[1].failing} == failing:
            yield (one, other), _apart(outcome, one[1], other[1])


def _apart(outcome: Outcome, one: Outcome, other: Outcome) -> float | None:
    """Return how far a function is from two mistakes in the cases where only one of them fails; each has to have some.

    Where both fail, what comes out may be anything.
    """
    far = []
    for mistake, second in ((one, other), (other, one)):
        places = [place for place in mistake.failing if second.passed[place]]
        ours, theirs = ([that.fingerprints[place] for place in places] for that in (outcome, mistake))
        far.append(distance(ours, theirs) if places else None)
    return None if None in far else max(far)
