"""Fingerprints of what a function did in a case, to be compared with those of known mistakes: no code is in them.

Of numbers they hold two sums, which rounding in float32 or in another order changes far less than most mistakes do.
"""

import hashlib
from collections.abc import Sequence
from typing import Any

import numpy as np

from capas_check.show import as_array, show, tables_for
from capas_check.statements import Call

SMALL, TOLERANCE, STEP, MAX_DEPTH = 1e-3, 2e-5, 1e-6, 8

Fingerprint = Sequence[Any]  # whether the case passed, a hash of all that is no number, the sums


def fingerprint(kind: str, calls: Sequence[Call]) -> Fingerprint:
    """Return the fingerprint of a case from the ``kind`` of its failure, "" where it passes, and its calls in order."""
    forms, numbers = [kind], list[float]()
    for call in calls:
        forms += [call.noted, type(call.error).__name__ if call.error_kind == "raised" else call.error_kind]
        forms += [_form(value, numbers) for value in (call.result, *(after for _, after in call.changed_arguments()))]
    # Nearly logarithms, so that large numbers do not hide small ones.
    values, places = np.arcsinh(np.clip(numbers, -1e300, 1e300) / SMALL), np.arange(1, len(numbers) + 1)
    sums = [values @ weights / max(len(numbers), 1) ** 0.5 for weights in (np.cos(places), np.sin(places))]
    return not kind, hashlib.sha256("\0".join(forms).encode()).hexdigest()[:6], *(round(float(one), 8) for one in sums)


def _form(value: Any, numbers: list[float], depth: int = 0) -> str:
    """Put the numbers of a value into ``numbers``, zero for those that are not finite, and return all else as text."""
    kind = ""
    if tables := tables_for(value):
        kind, value = "table", tables.contents(value)
    elif isinstance(value, (dict, set, frozenset)):  # in an order that is the same in every process
        ordered = sorted(value, key=lambda one: one if isinstance(one, str) else show(one))
        if isinstance(value, dict):
            ordered = [(one, value[one]) for one in ordered]
        kind, value = "dict" if isinstance(value, dict) else "set", ordered
    elif (array := as_array(value)).dtype.kind in "biufc":
        flat = np.array([np.real(array), np.imag(array)], dtype=float).ravel()
        numbers += np.where(np.isfinite(flat), flat, 0.0).tolist()
        special = [(place, flat[place]) for place in np.flatnonzero(~np.isfinite(flat)).tolist()]
        return f"{array.dtype.kind if array.dtype.kind in 'bc' else 'number'} {array.shape} {special}"
    if isinstance(value, (list, tuple, np.ndarray)) and depth < MAX_DEPTH:  # one may hold itself
        return f"{kind}[{','.join(_form(item, numbers, depth + 1) for item in value)}]"
    if isinstance(value, (str, bytes)):
        return f"'{value}" if isinstance(value, str) else f"b{value.hex()}"
    return "function" if callable(value) else show(value)


def distance(prints: Sequence[Fingerprint], known: Sequence[Fingerprint]) -> float | None:
    """Return how far apart two functions are, None unless they pass the same cases and do the same in the others."""
    pairs = [*zip(prints, known, strict=True)]
    if any(one[0] != other[0] or (not one[0] and one[1] != other[1]) for one, other in pairs):
        return None
    apart = [np.subtract(one[2:], other[2:]) for one, other in pairs if not one[0]]
    return far if (far := float(np.max(np.abs(apart), initial=0.0))) <= TOLERANCE else None


def unpacked(known: Sequence[Any]) -> Fingerprint:
    """Return the fingerprint of a known mistake in a case, of which a bundle has nothing where it passes."""
    return (False, known[0], *(STEP * value for value in known[1:])) if known else (True, "", 0, 0)
