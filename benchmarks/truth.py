"""Whether a diagnosis is true, looked at in another way than where it is made: number by number, over all cases."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from capas.grading.diagnosis.catalogue import BOTH
from capas.grading.diagnosis.outcome import Outcome


def same_behaviour(one: Outcome, other: Outcome) -> bool:
    """Tell whether two functions pass the same cases, and give the same in those that fail."""
    return one.passed == other.passed and all(same_calls(one, other, place) for place in one.failing)


def same_calls(one: Outcome, other: Outcome, place: int) -> bool:
    """Tell whether the calls of one case ended alike, up to rounding in float32."""
    calls, others = one.calls[place], other.calls[place]
    return (
        one.kinds[place] == other.kinds[place]
        and len(calls) == len(others)
        and all(
            type(mine.error) is type(theirs.error) and near(mine.result, theirs.result)
            for mine, theirs in zip(calls, others, strict=True)
        )
    )


def near(value: Any, other: Any) -> bool:
    """Tell whether two results are the same up to rounding in float32."""
    try:
        one, two = np.asarray(value, dtype=float), np.asarray(other, dtype=float)
    except (TypeError, ValueError):
        if isinstance(value, (list, tuple)) and isinstance(other, (list, tuple)):
            return len(value) == len(other) and all(map(near, value, other))
        return type(value) is type(other)
    if one.shape != two.shape:
        return False
    largest = np.max(np.abs(two), initial=0.0, where=np.isfinite(two))
    return bool(np.allclose(one, two, rtol=1e-4, atol=1e-5 * largest, equal_nan=True))


def names_known(told: str, outcome: Outcome, known: Mapping[str, Outcome]) -> bool:
    """Tell whether the mistakes named, one or two at once, pass what passes and do what is done where it fails."""
    mistakes = [known[id_] for id_ in told.split(BOTH)]
    for place, passed in enumerate(outcome.passed):
        wrong = [mistake for mistake in mistakes if not mistake.passed[place]]
        if passed != (not wrong) or (len(wrong) == 1 and not same_calls(outcome, wrong[0], place)):
            return False
    return True
