"""Whether a diagnosis is true, looked at in another way than where it is made: number by number, over all cases."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from capas.grading.diagnosis.catalogue import BOTH
from capas.grading.diagnosis.general import kinds_of, parts_of
from capas.grading.diagnosis.outcome import Outcome
from capas.grading.diagnosis.quoted import CHOSEN
from capas_check import Call

FACTOR = 1.0 + 2.0**-4
"""By which inputs are changed: signs, zeros, ties, shapes and types stay as they are."""


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
    # Nearer than 1e-8 is the same for cases, too.
    return bool(np.allclose(one, two, rtol=1e-4, atol=max(1e-5 * largest, 1e-8), equal_nan=True))


def names_known(told: str, outcome: Outcome, known: Mapping[str, Outcome]) -> bool:
    """Tell whether the mistakes named, one or two at once, pass what passes and do what is done where it fails."""
    mistakes = [known[id_] for id_ in told.split(BOTH)]
    for place, passed in enumerate(outcome.passed):
        wrong = [mistake for mistake in mistakes if not mistake.passed[place]]
        if passed != (not wrong) or (len(wrong) == 1 and not same_calls(outcome, wrong[0], place)):
            return False
    return True


def holds_for_others(
    told: str, outcome: Outcome, function: Callable[..., Any], reference: Callable[..., Any]
) -> bool | None:
    """Tell whether a general kind is as true for other numbers; None where the function is right with those.

    All decimals that the calls of the cases were given are changed, and the function is called anew.
    """
    calls = [[_elsewhere(call, function) for call in calls] for calls in outcome.calls]
    passed = [
        before and all(_is_right(call, reference) for call in case)
        for before, case in zip(outcome.passed, calls, strict=True)
    ]
    kinds = ["" if good else kind or "value" for good, kind in zip(passed, outcome.kinds, strict=True)]
    if all(passed):
        return None
    untold = not parts_of(told)[1]
    others = {_said(kind, untold) for kind in kinds_of(Outcome(passed, [], calls, kinds, outcome.hidden), reference)}
    return _said(told) in others


def _said(kind: str, leaves_out: bool = False) -> tuple[str, ...]:
    """Return what a kind claims: which number comes out every time, and how many digits agree, depends on the input.

    Where something that the function chooses was not told, as only hidden cases show it, ``leaves_out`` is true.
    """
    how, what, *where = parts_of(kind)
    untold = how in ("agrees_to_some_digits", "returns_a_constant") or (leaves_out and how in CHOSEN)
    return (how, "" if untold else what, *where)


def _elsewhere(call: Call, function: Callable[..., Any]) -> Call:
    return Call(function, tuple(map(_changed, call.arguments)), {k: _changed(v) for k, v in call.keywords.items()})


def _changed(value: Any) -> Any:
    if isinstance(value, float) or (isinstance(value, np.ndarray) and value.dtype.kind == "f"):
        return value * FACTOR
    return type(value)(map(_changed, value)) if isinstance(value, (list, tuple)) else value


def _is_right(call: Call, reference: Callable[..., Any]) -> bool:
    try:
        right = reference(*call.arguments, **call.keywords)
    except Exception as error:
        return type(call.error) is type(error)
    return call.error is None and near(call.result, right)
