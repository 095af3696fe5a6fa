"""A student's function beside what is right, as numbers and sentences; `picture.py` draws it."""

import copy
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from capas_check.show import as_array, show_shape
from capas_check.texts import Texts

POINTS = 121
RTOL, ATOL = 1e-5, 2e-6  # what is right is shipped with 6 decimals
MAX_STRETCHES = 3


@dataclass(frozen=True)
class Drawing:
    """A picture of a function: a ``curve`` from ``start`` to ``stop``, or ``bars`` or a ``line`` of what it returns.

    ``argument`` names its first argument; ``arguments`` it is called with where it is no curve; ``pick`` is the place
    of what is drawn among several things returned; ``right`` are the values that are right.
    """

    function: str
    kind: str
    title: str
    argument: str
    right: list[float] = field(default_factory=list)
    start: float = 0.0
    stop: float = 0.0
    arguments: list[Any] = field(default_factory=list)
    pick: int | None = None

    @property
    def x(self) -> np.ndarray:
        """The places along the axis, shape ``(n,)``."""
        if self.kind != "curve":
            return np.arange(len(self.right))
        # Rounded, so that the middle of a symmetric interval is 0 and nothing near it.
        return np.round(np.linspace(self.start, self.stop, POINTS), 9) + 0.0


@dataclass(frozen=True)
class Answer:
    """A function's ``values`` beside what is ``right``, both of shape ``(n,)``, and sentences about them.

    Values are None where the function gave nothing to be drawn; ``stretches`` are the first and the last index of
    each piece that is wrong.
    """

    drawing: Drawing
    values: np.ndarray | None
    right: np.ndarray
    stretches: list[tuple[int, int]]
    lines: list[str]

    @property
    def agrees(self) -> bool:
        """Whether the function gives what is right all over the picture."""
        return self.values is not None and not self.stretches


class CannotDraw(Exception):
    """What the function gave is no picture; the text says why, in the student's language."""


def compare(drawing: Drawing, function: Any, say: Texts) -> Answer:
    """Return a student's ``function`` beside what is right; it may be anything, also None."""
    right, name = np.array(drawing.right), drawing.function
    try:
        values = values_of(drawing, function, say)
        if values.shape != right.shape:
            shapes = {"expected": show_shape(right.shape), "shape": show_shape(values.shape)}
            raise CannotDraw(say("draw_shape_curve" if drawing.kind == "curve" else "draw_shape", name=name, **shapes))
    except CannotDraw as reason:
        return Answer(drawing, None, right, [], [str(reason)])
    return answer_of(drawing, values, say)


def answer_of(drawing: Drawing, values: np.ndarray, say: Texts) -> Answer:
    """Return ``values``, of the shape of what is right, beside it."""
    right, name = np.array(drawing.right), drawing.function
    stretches = _stretches(drawing, ~np.isclose(values, right, rtol=RTOL, atol=ATOL))
    if not stretches:
        return Answer(drawing, values, right, [], [say("draw_agrees", name=name)])
    lines = [say("draw_departs", name=name, where=_where(drawing, stretches, say))]
    most = float(np.abs(values - right).max())
    if most < 0.02 * np.ptp(right):
        lines.append(say("draw_small", most=f"{most:.2g}"))
    return Answer(drawing, values, right, stretches, lines)


def values_of(drawing: Drawing, function: Any, say: Texts) -> np.ndarray:
    """Return the values of ``function`` that are drawn, as floats; CannotDraw says what it gave instead of numbers."""
    name = drawing.function
    if not callable(function):
        raise CannotDraw(say("draw_missing", name=name))
    arguments = [drawing.x] if drawing.kind == "curve" else [_as_arrays(one, list) for one in drawing.arguments]
    try:
        # The checks tell of NumPy's warnings; here they would only stand between a student and the picture.
        with np.errstate(all="ignore"):
            result = function(*arguments)
    except SystemExit:
        raise CannotDraw(say("draw_exited", name=name)) from None
    except Exception as error:
        raise CannotDraw(say("draw_raised", name=name, error=f"{type(error).__name__}: {error}".rstrip(": "))) from None
    if result is None:
        raise CannotDraw(say("draw_nothing", name=name))
    if drawing.pick is not None:
        if not isinstance(result, (tuple, list)) or len(result) <= drawing.pick:
            raise CannotDraw(say("draw_no_item", name=name, pick=drawing.pick, type=type(result).__name__))
        result = result[drawing.pick]
    values = as_array(result)
    if values.dtype.kind not in "iuf":
        raise CannotDraw(say("draw_not_numbers", name=name, type=type(result).__name__))
    return values.astype(float)


def _as_arrays(value: Any, kind: type) -> Any:
    """Turn lists of numbers into arrays; lists of anything else into lists, and into tuples inside those."""
    if not isinstance(value, list):
        return copy.deepcopy(value)
    try:
        return np.array(value, dtype=float)
    except ValueError:
        return kind(_as_arrays(item, tuple) for item in value)


def _stretches(drawing: Drawing, wrong: np.ndarray) -> list[tuple[int, int]]:
    places = np.flatnonzero(wrong)
    if not places.size:
        return []
    curve, end = drawing.kind == "curve", len(wrong) - 1
    # A curve may touch what is right for a point or two while it crosses it.
    pieces = np.split(places, np.flatnonzero(np.diff(places) > (3 if curve else 1)) + 1)
    ends = [(int(piece[0]), int(piece[-1])) for piece in pieces]
    # It leaves what is right somewhere before the first point that is wrong.
    return [
        (max(first - 1, 0), min(last + 1, end)) if curve and first < last else (first, last) for first, last in ends
    ]


def _where(drawing: Drawing, stretches: list[tuple[int, int]], say: Texts) -> str:
    def text(first: int, last: int) -> str:
        key = f"draw_{drawing.kind}" + ("_at" if first == last else "")
        return say(key, axis=drawing.argument, first=show_number(drawing.x[first]), last=show_number(drawing.x[last]))

    if len(stretches) > MAX_STRETCHES:
        return say("draw_pieces", count=len(stretches), where=text(stretches[0][0], stretches[-1][1]))
    *others, last = [text(*stretch) for stretch in stretches]
    return ", ".join(others) + say("draw_and") + last if others else last


def show_number(value: float) -> str:
    """Return a number as it is written in a picture: four digits, with a minus sign that can be seen."""
    return f"{value:.4g}".replace("-", "−")
