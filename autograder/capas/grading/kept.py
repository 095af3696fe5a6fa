"""What is kept of a case that has been run: its calls, and of a large value only what it can be recognized by.

Submissions may return a million numbers at every call. A case looks at them once; what explains its failure later
needs values only of the size that cases work with.
"""

import copy
import sys
import time
import zlib
from typing import Any

import msgspec
import numpy as np

from capas_check import Call
from capas_check.grader import CaseRun
from capas_check.show import tables_for

MAX_KEPT_BYTES = 3 * 2**19
"""Of all values of one call: far more than most cases ask for, and enough for the weights of a network for images."""

WHOLE = ("_function", "arguments", "keywords", "after")
"""What of a call is not replaced as a whole where it is large."""


class LargeValue:
    """Stands for a value that is not kept.

    ``form`` is its type, shape, and checksum: what its fingerprint is made of. Two of them are the same where it is.
    """

    def __init__(self, value: Any):
        array = value if isinstance(value, np.ndarray) else None
        shape = "" if array is None else f"{array.dtype} {array.shape} "
        self.form = f"{type(value).__name__} {shape}{_checksum(value)}"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LargeValue) and self.form == other.form

    def __hash__(self) -> int:
        return hash(self.form)


def _checksum(value: Any) -> str:
    try:
        data = np.ascontiguousarray(value).data if isinstance(value, np.ndarray) else _encoder.encode(value)
        return f"{zlib.crc32(data):08x}"
    except Exception:  # objects, or whole numbers of any length
        return f"unlike any other {time.monotonic_ns()}"


def _plain(value: Any) -> Any:
    if tables := tables_for(value):
        return type(value).__name__, tables.contents(value)
    array = np.asarray(value)
    return type(value).__name__, array.dtype.str, array.shape, array.tobytes()


_encoder = msgspec.msgpack.Encoder(enc_hook=_plain, order="deterministic")  # of sets, and of dicts


def is_large(value: Any, max_bytes: int = MAX_KEPT_BYTES) -> bool:
    """Tell whether a value takes more memory than is kept of one call, or than ``max_bytes``."""
    total, waiting = 0, [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, (list, tuple, set, frozenset)):
            waiting += item
        elif isinstance(item, dict):
            waiting += [*item, *item.values()]
        total += item.nbytes if isinstance(item, np.ndarray) else sys.getsizeof(item)
        if total > max_bytes:
            return True
    return False


class KeptCalls(list[Call]):
    """The calls of a case, without the large values in them."""

    def append(self, call: Call, /) -> None:
        """Add a call that has ended. The case that made it goes on with all its values."""
        if call.error is not None:
            call.error = call.error.with_traceback(None)  # its frames hold what was sent and received
        if is_large([value for name, value in vars(call).items() if name != "_function"]):
            call = copy.copy(call)
            vars(call).update((name, _kept(value)) for name, value in vars(call).items() if name not in WHOLE)
            call.arguments, call.keywords = _kept_arguments(call.arguments, call.keywords)
            call.after = _kept_arguments(*call.after)
        super().append(call)


def _kept(value: Any) -> Any:
    return LargeValue(value) if is_large(value) else value


def _kept_arguments(arguments: tuple[Any, ...], keywords: dict[str, Any]) -> tuple[tuple[Any, ...], dict[str, Any]]:
    return tuple(map(_kept, arguments)), {name: _kept(value) for name, value in keywords.items()}


def forget_frames(run: CaseRun) -> None:
    """Drop what the failure of a case holds beside its text: the frames it passed through, and all values in them."""
    if run.failure is not None:
        run.failure.__traceback__ = run.failure.__context__ = run.failure.__cause__ = None
