"""Kinds of error that need no catalogue: returned nothing, transposed, wrong by a sign, and their like."""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
import numpy as np

from capas.grading.cases import JudgeFile
from capas_check import Call
from capas_check.fingerprint import fingerprint


class Outcome(msgspec.Struct, frozen=True):
    """What a function did in the cases of its question, in order."""

    passed: list[bool]
    fingerprints: list[bytes]
    calls: list[list[Call]]
    kinds: list[str]
    """For each failing case what kind of thing was wrong (see `capas_check`), "" for the others."""
    hidden: list[bool]


def outcome_of(test_file: JudgeFile) -> Outcome:
    """Return what the test file's last run saw."""
    runs = test_file.runs
    return Outcome(
        [run.passed for run in runs],
        [fingerprint(run.calls) for run in runs],
        [run.calls for run in runs],
        [run.kind for run in runs],
        [bool(run.case.hidden) for run in runs],
    )


_BY_KIND = {
    "timeout": "never_ends",
    "crashed": "ends_the_program",
    "exited": "ends_the_program",
    "missing": "not_defined",
}


def general_kind(outcome: Outcome, reference: Callable[..., Any]) -> str | None:
    """Return the kind of error that explains every failing case, or None."""
    failing = [index for index, passed in enumerate(outcome.passed) if not passed]
    kinds = {outcome.kinds[index] for index in failing}
    for kind in ("timeout", "crashed", "exited", "missing"):
        if kinds == {kind}:
            return _BY_KIND[kind]
    if kinds == {"changed_arguments"}:
        return "changes_its_arguments"
    if kinds == {"warned"}:
        return "overflows"
    compared = [pair for index in failing for pair in _compared(outcome.calls[index], reference)]
    if compared:
        for name, holds in _COMPARISONS.items():
            if all(holds(value, right) for value, right in compared):
                return name
    if _only_single_samples(outcome):
        return "works_on_one_sample_only"
    public = [passed for passed, hidden in zip(outcome.passed, outcome.hidden, strict=True) if not hidden]
    hidden = [passed for passed, hidden in zip(outcome.passed, outcome.hidden, strict=True) if hidden]
    if all(public) and hidden and not any(hidden):
        return "right_on_public_cases_only"
    return None


def _compared(calls: Sequence[Call], reference: Callable[..., Any]) -> list[tuple[Any, np.ndarray]]:
    """Return what came out of the calls that differ from the reference, each beside what is right."""
    pairs = []
    for call in calls:
        if call.error is not None:
            continue
        try:
            right = np.asarray(reference(*call.arguments), dtype=float)
        except Exception:
            continue
        if not _close(call.result, right):
            pairs.append((call.result, right))
    return pairs


def _numbers(value: Any) -> np.ndarray | None:
    """Return a value as an array of floats of its shape, None where it is not real numbers."""
    try:
        array = np.asarray(value)
    except Exception:
        return None
    return array.astype(float) if array.dtype.kind in "iufb" else None


# The predicates below take what a function returned (anything), and what is right (floats of any shape).
def _close(value: Any, right: np.ndarray) -> bool:
    """Tell whether both have one shape and, up to rounding, the same numbers."""
    numbers = _numbers(value)
    if numbers is None or numbers.shape != right.shape:
        return False
    # Far more than another order of the same sums changes, and far less than any mistake does.
    return np.allclose(numbers, right, rtol=1e-6, atol=1e-8)


def _is_transposed(value: Any, right: np.ndarray) -> bool:
    """Tell whether ``value`` is (m, n) where (n, m) is right, with the numbers in each other's places."""
    numbers = _numbers(value)
    return numbers is not None and right.ndim == 2 and _close(numbers.T, right)


def _same_numbers(value: Any, right: np.ndarray) -> bool:
    """Tell whether the numbers are right in their order, whatever the shape."""
    numbers = _numbers(value)
    return numbers is not None and numbers.size == right.size and _close(numbers.ravel(), right.ravel())


def _has_extra_axis(value: Any, right: np.ndarray) -> bool:
    """Tell whether the numbers are right with more axes: (1, n) for (n,)."""
    return _same_numbers(value, right) and np.ndim(value) > right.ndim


def _is_flattened(value: Any, right: np.ndarray) -> bool:
    """Tell whether the numbers are right with fewer axes: (m n,) for (m, n)."""
    return _same_numbers(value, right) and np.ndim(value) < right.ndim


def _is_truncated(value: Any, right: np.ndarray) -> bool:
    """Tell whether all numbers are whole ones less than 1 from the right ones, of which some are not whole."""
    numbers = _numbers(value)
    if numbers is None or numbers.shape != right.shape or not np.all(numbers == np.round(numbers)):
        return False
    return bool(np.all(np.abs(numbers - right) < 1) and np.any(np.abs(right - np.round(right)) > 1e-6))


def _has_other_sign(value: Any, right: np.ndarray) -> bool:
    """Tell whether ``-value`` is right, and not all zeros."""
    numbers = _numbers(value)
    return numbers is not None and bool(np.any(right != 0)) and _close(-numbers, right)


def _is_overflowing(value: Any, right: np.ndarray) -> bool:
    """Tell whether the shape is right and some number is infinite or not a number."""
    numbers = _numbers(value)
    return numbers is not None and numbers.shape == right.shape and not np.all(np.isfinite(numbers))


def _is_multiple(value: Any, right: np.ndarray) -> bool:
    """Tell whether ``value`` is ``right`` times one factor, found by least squares: value·right / right·right.

    With fewer than two different numbers other than 0 in ``right`` nothing is told: any constant would be a multiple.
    """
    numbers = _numbers(value)
    if numbers is None or numbers.shape != right.shape or np.unique(right[right != 0]).size < 2:
        return False
    factor = float(np.sum(numbers * right) / np.sum(right * right))
    return abs(factor) > 1e-6 and _close(numbers / factor, right)


_COMPARISONS: dict[str, Callable[[Any, np.ndarray], bool]] = {
    "returns_nothing": lambda value, right: value is None,
    "transposed": _is_transposed,
    "has_an_extra_axis": _has_extra_axis,
    "flattens_the_batch": _is_flattened,
    "overflows": _is_overflowing,
    "has_the_other_sign": _has_other_sign,
    "truncates_to_integers": _is_truncated,
    "wrong_by_a_factor": _is_multiple,
}


def _only_single_samples(outcome: Outcome) -> bool:
    """Tell whether all that fails got several rows, and something with a single sample passes."""

    def rows(index: int) -> list[int]:
        return [_rank(call.arguments[0]) for call in outcome.calls[index] if call.arguments]

    failing = [rows(index) for index, passed in enumerate(outcome.passed) if not passed]
    passing = [rows(index) for index, passed in enumerate(outcome.passed) if passed]
    return all(2 in ranks for ranks in failing) and any(ranks and max(ranks) < 2 for ranks in passing)


def _rank(value: Any) -> int:
    numbers = _numbers(value)
    return -1 if numbers is None else numbers.ndim
