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
    numbers = array.astype(float).ravel().tolist()
    digits = ["0" if abs(number) <= NOTHING_BELOW else f"{number:.{DIGITS - 1}e}" for number in numbers]
    return f"{'truth' if array.dtype.kind == 'b' else 'number'} {array.shape} {' '.join(digits)}".encode()
