"""What kind of input a call got, and where in a result something stands: by this is told when it goes wrong."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from capas.grading.diagnosis.comparison import Piece, numbers_of
from capas_check import Call

LARGE, SMALL = 30.0, 0.1
"""Beyond the one, exponentials are far from 1; numbers below the other are told apart from 0 by few decimals."""


def features_of(piece: Piece) -> list[str]:
    """Return what is special of the input that a piece came of, and of its place in the result."""
    return [*_of_the_place(piece), *call_features(piece.call)]


def call_features(call: Call) -> list[str]:
    """Return what is special of the arguments of a call, the plainest first."""
    everything = [*call.arguments, *call.keywords.values()]
    arrays = [array for argument in everything for array in _arrays(argument)]
    first = numbers_of(everything[0]) if everything else None
    features: list[str] = []
    if first is not None:
        features += _of_the_first(first)
    features += [f"word={word}" for word in words_of(call)]
    kinds = {array.dtype.kind for array in arrays}
    if any(_has_list(argument) for argument in everything):
        features.append("lists")
    if kinds == {"i", "f"}:
        features.append("whole_beside_decimals")
    elif kinds == {"i"}:
        features.append("whole_numbers")
    sizes = [float(np.max(np.abs(array))) for array in arrays if array.size]
    if sizes:
        features += ["large"] if max(sizes) >= LARGE else ["small"] if max(sizes) <= SMALL else []
    layers = [len(argument) for argument in everything if _is_network(argument)]
    if layers:
        features.append("one_layer" if layers[0] == 1 else "several_layers")
    counts = [value for value in everything if isinstance(value, int) and not isinstance(value, bool)]
    if counts:
        features.append("none_of_them" if counts[-1] == 0 else "once" if counts[-1] == 1 else "more_than_once")
    return features


def words_of(call: Call) -> list[str]:
    """Return the words that a call was given."""
    return [word for argument in [*call.arguments, *call.keywords.values()] for word in _words(argument)]


def _of_the_first(values: np.ndarray) -> Iterator[str]:
    yield {0: "a_number", 1: "a_single_sample", 2: "a_batch"}.get(values.ndim, "many_axes")
    if values.ndim == 2:
        rows, columns = values.shape
        yield "one_row" if rows == 1 else "several_rows"
        yield "square" if rows == columns else "not_square"
        if columns == 1:
            yield "one_column"
    if values.size == 0:
        yield "nothing"
        return
    if values.size == 1:
        yield "one_number"
    if (values < 0).any():
        yield "all_negative" if (values < 0).all() else "negative"
    else:
        yield "none_negative"
    if (values == 0).any():
        yield "zeros"
    if values.ndim in (1, 2) and values.size > 1:
        rows = np.atleast_2d(values)
        if (np.sum(rows == rows.max(axis=1, keepdims=True), axis=1) > 1).any():
            yield "ties"


def _of_the_place(piece: Piece) -> Iterator[str]:
    if not piece.path:
        return
    first, last = piece.path[0] == 0, piece.path[0] == piece.lengths[0] - 1
    if piece.lengths[0] > 1:
        yield from ["first_item"] if first else ["not_first_item"]
        yield from ["last_item"] if last else ["not_last_item"]
    if len(piece.path) > 1 and piece.lengths[-1] == 2:
        yield "weights" if piece.path[-1] == 0 else "biases"


Place = Callable[[Piece], np.ndarray | None]
"""Where in a result something holds, of its shape, or None where that makes no sense."""


def _of_input(holds: Callable[[np.ndarray], np.ndarray]) -> Place:
    def place(piece: Piece) -> np.ndarray | None:
        values = numbers_of(piece.call.arguments[0]) if piece.call.arguments else None
        return holds(values) if values is not None and values.shape == piece.right.shape else None

    return place


def _of_row(holds: Callable[[np.ndarray], np.ndarray]) -> Place:
    """Return a place that is told by each row of the input beside its largest number or the like."""
    return _of_input(lambda values: holds(values) if values.ndim in (1, 2) else np.zeros(values.shape, dtype=bool))


def _of_right(holds: Callable[[np.ndarray], np.ndarray]) -> Place:
    return lambda piece: holds(piece.right)


def _at(axis: int, index: int) -> Place:
    def place(piece: Piece) -> np.ndarray | None:
        if piece.right.ndim < -axis or piece.right.shape[axis] < 2:
            return None
        mask = np.zeros(piece.right.shape, dtype=bool)
        np.moveaxis(mask, axis, 0)[index] = True
        return mask

    return place


def _diagonal(piece: Piece) -> np.ndarray | None:
    square = piece.right.ndim == 2 and piece.right.shape[0] == piece.right.shape[1]
    return np.eye(piece.right.shape[0], dtype=bool) if square else None


def _off_diagonal(piece: Piece) -> np.ndarray | None:
    diagonal = _diagonal(piece)
    return None if diagonal is None else ~diagonal


PLACES: dict[str, Place] = {
    "at_zero": _of_input(lambda values: values == 0),
    "at_negative": _of_input(lambda values: values < 0),
    "at_positive": _of_input(lambda values: values > 0),
    "at_not_positive": _of_input(lambda values: values <= 0),
    "at_not_negative": _of_input(lambda values: values >= 0),
    "at_the_largest": _of_row(lambda values: values == values.max(axis=-1, keepdims=True, initial=-np.inf)),
    "at_the_smallest": _of_row(lambda values: values == values.min(axis=-1, keepdims=True, initial=np.inf)),
    "at_large": _of_input(lambda values: np.abs(values) >= LARGE),
    "at_above_one": _of_input(lambda values: np.abs(values) > 1),
    "at_below_one": _of_input(lambda values: np.abs(values) < 1),
    "on_the_diagonal": _diagonal,
    "off_the_diagonal": _off_diagonal,
    "in_the_first_column": _at(-1, 0),
    "in_the_last_column": _at(-1, -1),
    "in_the_first_row": _at(-2, 0),
    "in_the_last_row": _at(-2, -1),
    "where_zero_is_right": _of_right(lambda right: right == 0),
    "where_negative_is_right": _of_right(lambda right: right < 0),
    "where_positive_is_right": _of_right(lambda right: right > 0),
}
"""Places of a result, by the number of the first argument that stands there, by row and column, by what is right."""


def _arrays(value: Any, depth: int = 0) -> Iterator[np.ndarray]:
    """Yield the arrays of real numbers in an argument, which may be a list of layers."""
    if isinstance(value, (bool, str)) or callable(value):
        return
    numbers = numbers_of(value)
    if numbers is not None:
        array = np.asarray(value)
        yield array if array.dtype.kind in "if" else numbers
    elif isinstance(value, (list, tuple)) and depth < 3:
        for item in value:
            yield from _arrays(item, depth + 1)


def _has_list(value: Any, depth: int = 0) -> bool:
    """Tell whether numbers are given as a list, here or in a list of layers."""
    if isinstance(value, list) and value and numbers_of(value) is not None:
        return not any(isinstance(item, np.ndarray) for item in value)
    return isinstance(value, (list, tuple)) and depth < 3 and any(_has_list(item, depth + 1) for item in value)


def _words(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    words = isinstance(value, (list, tuple)) and all(isinstance(item, str) for item in value)
    return list(dict.fromkeys(value)) if words else []


def _is_network(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and bool(value) and all(isinstance(item, tuple) for item in value)
