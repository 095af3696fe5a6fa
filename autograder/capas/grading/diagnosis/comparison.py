"""What came out of the calls of a question, piece by piece beside what is right."""

import copy
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec
import numpy as np

from capas.grading.diagnosis.outcome import Outcome
from capas_check import Call, CheckFailure
from capas_check.operations import Beside, Operation, apply
from capas_check.show import as_array, is_object, tables_for
from capas_check.values import compare

SAME_FUNCTION = ("seeded", "with_generator", "repeated", "printed", "written")
"""Operations that leave a function what it is."""


class Piece(msgspec.Struct, frozen=True):
    """One array of a result, or a whole result that is no such array, beside what is right.

    ``case`` is the place of its case, ``call`` made it, ``path`` is where it stands in the result, ``lengths`` how many
    stand beside it at each step. ``value`` is anything, ``right`` an array of floats, or a list of unlike things where
    ``value`` is not built like it; a list with what is right alone where that is not of numbers. ``wrong`` tells where
    they differ: of the shape of ``right``, or a single truth where shapes differ.
    """

    case: int
    call: Call
    path: tuple[int, ...]
    lengths: tuple[int, ...]
    value: Any
    right: Any
    wrong: np.ndarray

    @property
    def is_wrong(self) -> bool:
        """Whether anything is."""
        return bool(self.wrong.any())

    @property
    def numbers(self) -> np.ndarray | None:
        """The value as floats, None where it is not real numbers."""
        return numbers_of(self.value)

    @property
    def compares(self) -> bool:
        """Whether number stands beside number."""
        numbers = self.numbers
        return numbers is not None and isinstance(self.right, np.ndarray) and numbers.shape == self.right.shape


def numbers_of(value: Any) -> np.ndarray | None:
    """Return a value as an array of floats of its shape, None where it is not real numbers."""
    array = as_array(value)
    return array.astype(float) if array.dtype.kind in "iufb" else None


def pieces_of(outcome: Outcome, reference: Callable[..., Any]) -> list[Piece]:
    """Return all pieces of all calls of the function that ended, of those whose right result is known."""
    pieces: list[Piece] = []
    if isinstance(reference, type):
        return pieces
    for case, calls in enumerate(outcome.calls):
        for call in calls:
            if type(call) is not Call:  # of what was drawn, or of a member, the reference returns nothing comparable
                continue
            try:
                right = right_result(call, reference)
            except Exception:  # a case that asks for an error
                continue
            if call.error is not None or is_object(right):  # what an object is, what is asked of it tells
                continue
            if not _is_numbers(right):
                wrong = not outcome.passed[case] and not is_as_expected(call, right)
                pieces.append(Piece(case, call, (), (), call.result, [right], np.asarray(wrong)))
                continue
            parts = list(_parts(call.result, right, (), ()))
            pieces += [Piece(case, call, *part, _differs(*part[2:], outcome.passed[case])) for part in parts]
    return pieces


def is_as_expected(call: Call, right: Any) -> bool:
    """Tell whether a result that is not of numbers only is the right one."""
    try:
        compare(call, right, rtol=1e-6, atol=1e-12)
    except CheckFailure:
        return False
    return True


def right_result(call: Call, reference: Callable[..., Any]) -> Any:
    """Return what a call would have given of the reference, called as it was: with the same seed, as often.

    Raises:
        LookupError: when it was no call of the question's function, but of an object's method or the like.
    """
    if not is_of_the_question(call):
        raise LookupError
    for operation in operations_of(call):
        reference = apply(operation, reference)
    answer = reference(*copy.deepcopy(call.arguments), **copy.deepcopy(call.keywords))
    return answer.result if isinstance(answer, Beside) else answer


def is_of_the_question(call: Call) -> bool:
    """Tell whether the question's function was called, and not an object's method or the like."""
    return all(name in SAME_FUNCTION for name, _ in operations_of(call))


def operations_of(call: Call) -> Sequence[Operation]:
    """Return what was done to the function that was called."""
    return getattr(call._function, "operations", ())


def _is_numbers(right: Any) -> bool:
    """Tell whether a right result is of numbers only: of texts or dicts is known only whether they are right."""
    if isinstance(right, (list, tuple)) and as_array(right).dtype.kind not in "iufb":
        return all(map(_is_numbers, right))
    return as_array(right).dtype.kind in "iufb" and not tables_for(right)


def _parts(
    value: Any, right: Any, path: tuple[int, ...], lengths: tuple[int, ...]
) -> Iterator[tuple[tuple[int, ...], tuple[int, ...], Any, Any]]:
    if not _is_structure(right):
        yield path, lengths, value, np.asarray(right, dtype=float)
    elif isinstance(value, (list, tuple)) and len(value) == len(right):
        for place, (item, right_item) in enumerate(zip(value, right, strict=True)):
            yield from _parts(item, right_item, (*path, place), (*lengths, len(right)))
    else:
        yield path, lengths, value, right


def _is_structure(right: Any) -> bool:
    return isinstance(right, (list, tuple)) and any(isinstance(item, (np.ndarray, list, tuple)) for item in right)


def _differs(value: Any, right: Any, passed: bool) -> np.ndarray:
    """Return where a piece differs from what is right; in a case that passes it does nowhere."""
    numbers = numbers_of(value)
    if not isinstance(right, np.ndarray) or numbers is None or numbers.shape != right.shape:
        return np.asarray(not passed)
    if passed:
        return np.zeros(right.shape, dtype=bool)
    # Far more than another order of the same sums changes, and far less than any mistake does.
    return ~np.isclose(numbers, right, rtol=1e-6, atol=1e-12)
