"""What a student's functions did in each case, as fingerprints that can be compared with those of known mistakes.

A fingerprint says what came out of the calls of a case: values to nine digits, shapes, errors by type, warnings,
arguments that changed. Two functions with the same fingerprint cannot be told apart by that case. No code and
no input can be read from it.
"""

import copy
import hashlib
import warnings
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

DIGITS = 9
NOTHING_BELOW = 1e-12


def fingerprint_key(question: str, fingerprints: Sequence[bytes]) -> str:
    """Return one short text for what a function did in several cases of a question."""
    return hashlib.sha256(question.encode() + b"".join(fingerprints)).hexdigest()[:20]


class Recorded:
    """One call as it was: what went in, and what came out or was raised."""

    def __init__(self, function: str, arguments: tuple[Any, ...]):
        self.function = function
        self.arguments = arguments
        self.value: Any = None
        self.error: Exception | None = None


class Recorder:
    """A namespace whose functions are watched, to be given to Otter's test files in place of the namespace.

    ``fingerprints`` has one entry a case that was begun, ``calls`` the calls of each.
    """

    def __init__(self, namespace: Mapping[str, Any]):
        self._namespace = namespace
        self.fingerprints: list[bytes] = []
        self.calls: list[list[Recorded]] = []

    def begin_case(self) -> None:
        """Start the record of the next case."""
        self.fingerprints.append(b"")
        self.calls.append([])

    def get(self, name: str, default: Any = None) -> Any:
        """Return a name of the namespace, watched if it is a function."""
        value = self._namespace.get(name, default)
        return _Watched(value, name, self) if callable(value) else value

    def add(self, call: Recorded, fingerprint: bytes) -> None:
        """Keep a call of the present case."""
        if not self.calls:
            self.begin_case()
        self.calls[-1].append(call)
        self.fingerprints[-1] = hashlib.sha256(self.fingerprints[-1] + fingerprint).digest()


class _Watched:
    """A function that leaves a record of every call."""

    def __init__(self, function: Callable[..., Any], name: str, recorder: Recorder):
        self._function = function
        self._name = name
        self._recorder = recorder
        self.__name__ = getattr(function, "__name__", name)

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        call = Recorded(self._name, copy.deepcopy(arguments))
        before = [_of_value(argument) for argument in arguments]
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                call.value = self._function(*arguments, **keywords)
            except Exception as error:
                call.error = error
        for warning in caught:
            warnings.warn(warning.message, warning.category, stacklevel=2)
        after = [_of_value(argument) for argument in arguments]
        warned = any(issubclass(warning.category, RuntimeWarning) for warning in caught)
        parts = [
            self._name.encode(),
            _of_value(call.value) if call.error is None else b"raised " + _error_name(call.error).encode(),
            b"warned" if warned else b"",
            *(new for old, new in zip(before, after, strict=True) if new != old),
        ]
        self._recorder.add(call, hashlib.sha256(b"\0".join(parts)).digest())
        if call.error is not None:
            raise call.error
        return call.value

    def __deepcopy__(self, _memo: dict[int, Any]) -> "_Watched":
        return self  # as a function would


def _error_name(error: Exception) -> str:
    return str(getattr(error, "kind", type(error).__name__))


def _of_value(value: Any) -> bytes:
    """Return bytes that are the same for values that are the same to nine digits."""
    if value is None:
        return b"None"
    if callable(value):
        return b"function"
    try:
        array = np.asarray(value)
    except Exception:
        array = np.asarray(None)
    if array.dtype.kind in "iufb":
        return _of_array(array)
    if isinstance(value, (list, tuple)):
        return b"[" + b",".join(_of_value(item) for item in value) + b"]"
    if array.dtype.kind == "c":
        return b"complex" + _of_array(np.real(array)) + _of_array(np.imag(array))
    return type(value).__name__.encode()


def _of_array(array: np.ndarray) -> bytes:
    kind = b"truth" if array.dtype.kind == "b" else b"number"
    numbers = array.astype(float)
    sizes = np.abs(numbers)
    with np.errstate(all="ignore"):
        exponents = np.where(sizes > NOTHING_BELOW, np.floor(np.log10(sizes)), 0.0)
        mantissas = np.round(np.where(sizes > NOTHING_BELOW, numbers, numbers * 0.0) / 10.0**exponents, DIGITS - 1)
    # Zero has two signs, and NaN many forms.
    mantissas = np.where(np.isnan(mantissas), np.nan, mantissas) + 0.0
    return kind + str(array.shape).encode() + exponents.tobytes() + mantissas.tobytes()
