"""Fingerprints of what a function did in a case, to be compared with those of known mistakes.

A fingerprint says what came out of the calls of a case: values to nine digits, shapes, errors by type, warnings,
arguments that changed. Two functions with the same fingerprint cannot be told apart by that case. No code and
no input can be read from it.
"""

import hashlib
from collections.abc import Sequence
from typing import Any

import numpy as np

from capas_check.show import as_array
from capas_check.statements import Call

DIGITS = 9
NOTHING_BELOW = 1e-12


def fingerprint(calls: Sequence[Call]) -> bytes:
    """Return the fingerprint of a case from its calls, in order."""
    return hashlib.sha256(b"".join(_of_call(call) for call in calls)).digest()


def fingerprint_key(question: str, cases: Sequence[Sequence[Call]]) -> str:
    """Return one short text for what a function did in several cases of a question."""
    return hashlib.sha256(question.encode() + b"".join(fingerprint(calls) for calls in cases)).hexdigest()[:20]


def _of_call(call: Call) -> bytes:
    kind = type(call.error).__name__ if call.error_kind == "raised" else call.error_kind
    parts = [
        _of_value(call.result) if call.error is None else b"raised " + kind.encode(),
        b"warned" if call.warning else b"",
        *(b"changed " + _of_value(after) for _, after in call.changed_arguments()),
    ]
    return hashlib.sha256(b"\0".join(parts)).digest()


def _of_value(value: Any) -> bytes:
    """Return bytes that are the same for values that are the same to nine digits."""
    if value is None or callable(value):
        return b"None" if value is None else b"function"
    array = as_array(value)
    if array.dtype.kind in "iufb":
        return _of_array(array)
    if isinstance(value, (list, tuple)):
        return b"[" + b",".join(_of_value(item) for item in value) + b"]"
    if array.dtype.kind == "c":
        return b"complex" + _of_array(np.real(array)) + _of_array(np.imag(array))
    return type(value).__name__.encode()


def _of_array(array: np.ndarray) -> bytes:
    numbers = array.astype(float)
    with np.errstate(all="ignore"):
        numbers = np.where(np.abs(numbers) > NOTHING_BELOW, numbers, numbers * 0.0)
        exponents = np.where(numbers == 0, 0.0, np.floor(np.log10(np.abs(numbers))))
        mantissas = np.round(numbers / 10.0**exponents, DIGITS - 1)
    # What was rounded up to the next power of ten is written as that: 0.9999999999999999 as 1.0.
    carried = np.abs(mantissas) >= 10.0
    exponents, mantissas = exponents + carried, np.where(carried, mantissas / 10.0, mantissas)
    # Infinity has no mantissa, NaN many forms, zero two signs.
    mantissas = np.where(np.isinf(numbers), numbers, np.where(np.isnan(numbers), np.nan, mantissas)) + 0.0
    exponents = np.where(np.isfinite(numbers), exponents, 0.0)
    kind = "truth" if array.dtype.kind == "b" else "number"
    return f"{kind} {array.shape} ".encode() + exponents.tobytes() + mantissas.tobytes()
