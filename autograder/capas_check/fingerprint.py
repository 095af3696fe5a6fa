"""Fingerprints of what a function did in a case, to be compared with those of known mistakes.

They are of values to nine digits, shapes, errors by type, warnings, and arguments that changed. Functions with the same
fingerprint cannot be told apart by that case; no code and no input can be read from it.
"""

import hashlib
from collections.abc import Sequence
from typing import Any

import numpy as np

from capas_check.show import as_array
from capas_check.statements import Call

BITS, NOTHING_BELOW = 30, 1e-12  # nine digits


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
    array = as_array(value)
    if array.dtype.kind not in "biufc":
        if isinstance(value, (list, tuple)):
            return b"[" + b",".join(map(_of_value, value)) + b"]"
        return b"function" if callable(value) else type(value).__name__.encode()
    numbers = np.array([np.real(array), np.imag(array)], dtype=float)
    mantissas, exponents = np.frexp(np.where(np.abs(numbers) <= NOTHING_BELOW, 0.0, numbers))
    with np.errstate(over="ignore"):
        rounded = np.ldexp(np.round(mantissas * 2.0**BITS), exponents - BITS)
    rounded = np.where(np.isnan(rounded), np.nan, rounded + 0.0)  # NaN has many forms, and zero two signs
    kind = array.dtype.kind if array.dtype.kind in "bc" else "number"
    return f"{kind} {array.shape}".encode() + rounded.tobytes()
