"""A description of what was drawn, as the judge takes it: nothing that comes from a student's process is trusted.

What `capas_check.drawn_figures` makes is read into tuples, part by part; anything else is no description.
"""

from collections.abc import Callable
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

MAX_PANELS, MAX_PARTS, MAX_TEXT = 32, 600, 300
MAX_NUMBERS = 1_000_000
"""Of a whole description: an honest one has fewer."""


class Axis(NamedTuple):
    """The x or y axis of a panel; its ticks with the places where they are."""

    label: str
    limits: tuple[float, float]
    scale: str
    ticks: tuple[tuple[float, str], ...]

    def text_at(self, place: float) -> str:
        """Return what is written nearest to a place of the axis, "" where the next text is as near, or none is."""
        places = [at for at, _ in self.ticks]
        apart = min((abs(one - other) for one, other in pairwise(places)), default=2.0)
        near = [(abs(at - place), text) for at, text in self.ticks if abs(at - place) < apart / 2]
        return min(near)[1] if near else ""


class Line(NamedTuple):
    """A line through points. Its style is "None" where only markers are drawn, its marker where there are none."""

    x: np.ndarray
    y: np.ndarray
    label: str
    style: str
    marker: str
    color: str

    @property
    def is_joined(self) -> bool:
        """Whether a line joins the points."""
        return self.style.strip().lower() not in ("", "none")


class Points(NamedTuple):
    """Points of a scatter plot, or the corners of a filled area."""

    x: np.ndarray
    y: np.ndarray
    label: str


class Bars(NamedTuple):
    """Bars beside each other, their positions those of their middles; the heights of horizontal ones are lengths."""

    positions: np.ndarray
    heights: np.ndarray
    widths: np.ndarray
    bases: np.ndarray
    label: str
    horizontal: bool


class Slice(NamedTuple):
    """A slice of a pie: its share of a whole turn."""

    share: float
    label: str


class Panel(NamedTuple):
    """Axes with all that is drawn on them; no ``legend`` is None."""

    title: str
    x: Axis
    y: Axis
    legend: "tuple[str, ...] | None"
    lines: tuple[Line, ...]
    points: tuple[Points, ...]
    bars: tuple[Bars, ...]
    slices: tuple[Slice, ...]
    images: tuple[np.ndarray, ...]
    areas: tuple[Points, ...]
    texts: tuple[str, ...]


class Figure(NamedTuple):
    """All that was drawn: the title over all panels, and beside it what the function returned, where that is plain."""

    title: str
    panels: tuple[Panel, ...]
    result: Any = None
    problem: str = ""
    """Why there is nothing to look at: "odd" for no description, "too_much" for one larger than is looked at."""


def read_figure(raw: Any) -> Figure:
    """Return the figure that a description is of; whatever comes in, there is one."""
    if type(raw) is dict and raw.get("too_much") is True:
        return Figure("", (), problem="too_much")
    try:
        figure = Figure(_text(raw["title"]), _all(raw["axes"], _panel, MAX_PANELS), raw["result"])
    except (LookupError, TypeError, ValueError, AttributeError, OverflowError):
        return Figure("", (), problem="odd")
    return figure if _size(figure.panels) <= MAX_NUMBERS else Figure("", (), problem="too_much")


def _size(value: Any) -> int:
    return sum(map(_size, value)) if isinstance(value, tuple) else int(np.size(value))


def _panel(raw: Any) -> Panel:
    legend = raw["legend"]
    return Panel(
        _text(raw["title"]),
        _axis(raw["x"]),
        _axis(raw["y"]),
        None if legend is None else _all(legend, _text),
        _all(raw["lines"], _line),
        _all(raw["points"], _points),
        _all(raw["bars"], _bars),
        _all(raw["slices"], lambda one: Slice(_number(one["share"]), _text(one["label"]))),
        _all(raw["images"], _image),
        _all(raw["areas"], _points),
        _all(raw["texts"], _text),
    )


def _axis(raw: Any) -> Axis:
    first, last = raw["limits"]
    ticks = _all(raw["ticks"], lambda tick: (_number(tick[0]), _text(tick[1])))
    return Axis(_text(raw["label"]), (_number(first), _number(last)), _text(raw["scale"]), ticks)


def _line(raw: Any) -> Line:
    x, y = _vectors(raw, "x", "y")
    return Line(x, y, _text(raw["label"]), _text(raw["style"]), _text(raw["marker"]), _text(raw["color"]))


def _points(raw: Any) -> Points:
    x, y = _vectors(raw, "x", "y")
    return Points(x, y, _text(raw["label"]))


def _bars(raw: Any) -> Bars:
    positions, heights, widths, bases = _vectors(raw, "positions", "heights", "widths", "bases")
    if type(raw["horizontal"]) is not bool:
        raise TypeError
    return Bars(positions, heights, widths, bases, _text(raw["label"]), raw["horizontal"])


def _vectors(raw: Any, *names: str) -> list[np.ndarray]:
    vectors = [raw[name] for name in names]
    if any(type(one) is not np.ndarray or one.dtype != float or one.shape != (len(vectors[0]),) for one in vectors):
        raise TypeError
    return vectors


def _image(raw: Any) -> np.ndarray:
    if type(raw) is not np.ndarray or raw.dtype != float or raw.ndim not in (1, 2, 3):
        raise TypeError
    return raw


def _all(raw: Any, read: Callable[[Any], Any], most: int = MAX_PARTS) -> tuple[Any, ...]:
    if type(raw) is not list or len(raw) > most:
        raise TypeError
    return tuple(map(read, raw))


def _text(raw: Any) -> str:
    if type(raw) is not str or len(raw) > MAX_TEXT:
        raise TypeError
    return raw


def _number(raw: Any) -> float:
    if type(raw) is not float:
        raise TypeError
    return raw
