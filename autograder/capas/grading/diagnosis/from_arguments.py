"""How wrong results relate to what was given: an argument that is missing in them, a step from it to the wrong side.

A kind names the argument: ``lacks_an_argument=b``, ``moves_the_other_way=network``.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from capas.grading.diagnosis.comparison import Piece, numbers_of
from capas.grading.diagnosis.relations import same

Relation = Callable[[np.ndarray, np.ndarray, np.ndarray], bool]
"""Takes what came out, what is right, and an argument in that place, all of shape ``(n,)``."""


def _moves_the_other_way(value: np.ndarray, right: np.ndarray, given: np.ndarray) -> bool:
    return same(value - given, given - right)


def _moves_too_far(value: np.ndarray, right: np.ndarray, given: np.ndarray) -> bool:
    step, right_step = value - given, right - given
    return bool(np.all((step * right_step > 0) & (np.abs(step) > np.abs(right_step))))


def _moves_too_little(value: np.ndarray, right: np.ndarray, given: np.ndarray) -> bool:
    step, right_step = value - given, right - given
    return bool(np.all((step * right_step > 0) & (np.abs(step) < np.abs(right_step))))


def _other_sign(value: np.ndarray, right: np.ndarray, given: np.ndarray) -> bool:
    return same(value + 2 * given, right) or same(value - 2 * given, right)


def _moves_otherwise(value: np.ndarray, right: np.ndarray, given: np.ndarray) -> bool:
    return bool(np.all((value - given) * (right - given) > 0))


TERMS: dict[str, Relation] = {
    "lacks_an_argument": lambda value, right, given: same(value + given, right),
    "has_an_argument_too_much": lambda value, right, given: same(value - given, right),
    "has_an_argument_with_the_other_sign": _other_sign,
}
"""Relations of a result to an argument that is added in it, or should not be."""
STEPS: dict[str, Relation] = {
    "moves_the_other_way": _moves_the_other_way,
    "moves_too_far": _moves_too_far,
    "moves_too_little": _moves_too_little,
    "moves_by_another_amount": _moves_otherwise,
}
"""Relations of a result built as an argument is: a network, and the same after a step."""


def from_arguments(pieces: Sequence[Piece], reference: Callable[..., Any]) -> Iterator[str]:
    """Yield how all that is wrong relates to one argument of its call."""
    wrong = [piece for piece in pieces if piece.is_wrong]
    code = getattr(reference, "__code__", None)
    names = code.co_varnames[: code.co_argcount] if code else ()
    if not all(piece.compares and np.isfinite(np.asarray(piece.numbers)).all() for piece in wrong):
        return
    for place, name in enumerate(names):
        relations, given = (STEPS, _part_of_an_argument) if _starts_from(pieces, place) else (TERMS, _argument)
        for how, relation in relations.items():
            if all(_holds(relation, piece, given(piece, place)) for piece in wrong):
                yield f"{how}={name}"


def _starts_from(pieces: Sequence[Piece], place: int) -> bool:
    """Tell whether what is right is an argument after a step: most of it is nearer to the argument than 0 is."""
    parts = [(piece.right, _part_of_an_argument(piece, place)) for piece in pieces if piece.compares]
    pairs = [(right, given) for right, given in parts if given is not None]
    if not pairs or len(pairs) < len(parts):
        return False
    right, given = (np.concatenate([pair[side].ravel() for pair in pairs]) for side in (0, 1))
    return bool(np.median(np.abs(right - given)) < np.median(np.abs(given)) / 2)


def _holds(relation: Relation, piece: Piece, given: np.ndarray | None) -> bool:
    numbers = piece.numbers
    if numbers is None or given is None or not np.isfinite(given).all():
        return False
    return relation(numbers[piece.wrong], piece.right[piece.wrong], given[piece.wrong])


def _argument(piece: Piece, place: int) -> np.ndarray | None:
    """Return a whole argument, spread over the shape of the result where NumPy would."""
    if piece.path or place >= len(piece.call.arguments):
        return None
    given = numbers_of(piece.call.arguments[place])
    if given is None or not given.ndim or given.ndim > piece.right.ndim:
        return None
    try:
        return np.broadcast_to(given, piece.right.shape)
    except ValueError:
        return None


def _part_of_an_argument(piece: Piece, place: int) -> np.ndarray | None:
    """Return what stands in an argument where the piece stands in the result."""
    if not piece.path or place >= len(piece.call.arguments):
        return None
    part: Any = piece.call.arguments[place]
    for index in piece.path:
        if not isinstance(part, (list, tuple)) or index >= len(part):
            return None
        part = part[index]
    given = numbers_of(part)
    return given if given is not None and given.shape == piece.right.shape else None
