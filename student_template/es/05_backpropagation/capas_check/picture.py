"""A student's function beside what is right: told in sentences, and drawn with what departs from it marked."""

import io
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from capas_check.show import as_array, error_text, show
from capas_check.statements import Call
from capas_check.texts import Texts

POINTS, MAX_STRETCHES, RTOL, ATOL = 121, 3, 1e-5, 2e-6  # what is right is shipped with 6 decimals

INK, STUDENT, MARK = "#222222", "#0072B2", "#E69F00"
STYLE: Any = dict.fromkeys(("axes.spines.top", "axes.spines.right", "legend.frameon"), False)
STYLE |= {"figure.figsize": (7.2, 3.4), "font.size": 12, "hatch.linewidth": 0.6}


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
    """A function's ``values``, shape ``(n,)`` or None; ``stretches`` are first and last index of each wrong piece."""

    drawing: Drawing
    values: np.ndarray | None
    agrees: bool
    stretches: list[tuple[int, int]]
    lines: list[str]


class CannotDraw(Exception):
    """What the function gave is no picture; the text says why, in the student's language."""


def compare(drawing: Drawing, function: Any, say: Texts) -> Answer:
    """Return a student's ``function`` beside what is right; it may be anything, also None."""
    try:
        return answer_of(drawing, values_of(drawing, function, say), say)
    except CannotDraw as reason:
        return Answer(drawing, None, False, [], [str(reason)])


def answer_of(drawing: Drawing, values: np.ndarray, say: Texts) -> Answer:
    """Return ``values`` beside what is right; CannotDraw where they are not of its shape."""
    right, name = np.array(drawing.right), drawing.function
    if values.shape != right.shape:
        key = "draw_shape_curve" if drawing.kind == "curve" else "draw_shape"
        raise CannotDraw(say(key, name=name, expected=show(right.shape), shape=show(values.shape)))
    wrong = ~np.isclose(values, right, rtol=RTOL, atol=ATOL)
    if not wrong.any():
        return Answer(drawing, values, True, [], [say("draw_agrees", name=name)])
    stretches = _stretches(wrong, drawing.kind == "curve")
    lines = [say("draw_departs", name=name, where=_where(drawing, stretches, say))]
    most = np.abs(values - right).max()
    lines += [say("draw_small", most=f"{most:.2g}")] if most < 0.02 * np.ptp(right) else []
    return Answer(drawing, values, False, stretches, lines)


def values_of(drawing: Drawing, function: Any, say: Texts) -> np.ndarray:
    """Return the values of ``function`` that are drawn, as floats; CannotDraw says what it gave instead of numbers."""

    def refusal(key: str, **values: object) -> CannotDraw:
        return CannotDraw(say(key, name=drawing.function, **values))

    if not callable(function):
        raise refusal("draw_missing")
    arguments = [drawing.x] if drawing.kind == "curve" else [_as_arrays(one, list) for one in drawing.arguments]
    done = Call(function, tuple(arguments), {})
    if done.error is not None:
        key = {"exited": "draw_exited", "timeout": "draw_timeout"}.get(done.error_kind, "draw_raised")
        raise refusal(key, error=error_text(done.error)) from None
    if (result := done.result) is None:
        raise refusal("draw_nothing")
    if drawing.pick is not None:
        if not isinstance(result, (tuple, list)) or len(result) <= drawing.pick:
            raise refusal("draw_no_item", pick=drawing.pick, type=type(result).__name__)
        result = result[drawing.pick]
    values = as_array(result)
    if values.dtype.kind not in "iuf":
        raise refusal("draw_not_numbers", type=type(result).__name__)
    return values.astype(float)


def _as_arrays(value: Any, kind: type) -> Any:
    """Turn lists of numbers into arrays; lists of anything else into lists, and into tuples inside those."""
    if not isinstance(value, list):
        return value
    try:
        return np.array(value, dtype=float)
    except ValueError:
        return kind(_as_arrays(item, tuple) for item in value)


def _stretches(wrong: np.ndarray, curve: bool) -> list[tuple[int, int]]:
    places = np.flatnonzero(wrong)
    # A curve may touch what is right for a point or two while it crosses it.
    pieces = np.split(places, np.flatnonzero(np.diff(places) > (3 if curve else 1)) + 1)
    ends = [(int(piece[0]), int(piece[-1])) for piece in pieces]
    # It leaves what is right somewhere before the first point that is wrong.
    wider = [(max(first - 1, 0), min(last + 1, len(wrong) - 1)) for first, last in ends]
    return [wide if curve and first < last else (first, last) for (first, last), wide in zip(ends, wider, strict=True)]


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


def draw_png(answer: Answer, say: Texts) -> bytes:
    """Return the picture as PNG; ImportError where Matplotlib is missing."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context(STYLE):
        figure = Figure(layout="constrained")
        paint(answer, figure, say)
        file = io.BytesIO()
        figure.savefig(file, format="png", dpi=110, facecolor="white")
    return file.getvalue()


def paint(answer: Answer, figure: Any, say: Texts) -> None:
    """Draw ``answer`` on an empty Matplotlib figure."""
    axes, drawing, values, x = figure.subplots(), answer.drawing, answer.values, answer.drawing.x
    low, high = _heights(answer)
    outside = values is not None and (np.isfinite(values) & ((values < low) | (values > high))).any()
    names = say("draw_outside" if outside else "draw_mine", name=drawing.function), say("draw_right")
    (_bars if drawing.kind == "bars" else _line)(answer, axes, *names)
    for first, last in answer.stretches:
        margin = 0.0 if drawing.kind == "curve" and first < last else 0.46 * (x[1] - x[0])
        place = x[first] - margin, x[last] + margin
        axes.axvspan(*place, facecolor=MARK, alpha=0.18, zorder=0)
        axes.axvspan(*place, facecolor="none", edgecolor=MARK, hatch="//", linewidth=0.0, alpha=0.5, zorder=0)
    axes.set(xlabel=drawing.argument if drawing.kind == "curve" else say(f"draw_{drawing.kind}_axis"), ylim=(low, high))
    figure.legend(loc="outside lower center", ncols=2)


def _heights(answer: Answer) -> tuple[float, float]:
    """Return the heights that are shown: all of what is right, and not so much more that it becomes a flat line."""
    with_zero = answer.drawing.kind == "bars"
    right = np.append(answer.drawing.right, [0.0] if with_zero else [])
    span = np.ptp(right) or abs(right.max()) or 1.0
    shown = right if answer.values is None else answer.values[np.isfinite(answer.values)]
    heights = np.clip([*shown, *right], right.min() - span, right.max() + span)
    low, high = heights.min(), heights.max()
    margin = 0.1 * (high - low or 1.0)
    return low if with_zero and low == 0 else low - margin, high + margin


def _line(answer: Answer, axes: Any, mine: str, right: str) -> None:
    x, pieces = answer.drawing.x, [slice(None)]
    axes.grid(color="#E5E5E5")
    if answer.values is not None:
        axes.plot(x, answer.values, color=STUDENT, linewidth=2.6, label=mine)
        pieces = [slice(max(first - 1, 0), last + 2) for first, last in answer.stretches]
    for number, piece in enumerate(pieces):
        axes.plot(x[piece], answer.drawing.right[piece], "--", color=INK, linewidth=1.8, label="" if number else right)


def _bars(answer: Answer, axes: Any, mine: str, right: str) -> None:
    x, values, expected = answer.drawing.x, answer.values, answer.drawing.right
    axes.set_xticks(x)
    width, shift = (0.38, 0.2) if answer.stretches else (0.6, 0.0)
    if values is not None:
        bars = axes.bar(x - shift, np.where(np.isfinite(values), values, 0.0), width, color=STUDENT, label=mine)
        axes.bar_label(bars, map(show_number, values))
    if not answer.agrees:
        bars = axes.bar(x + shift, expected, width, facecolor="white", edgecolor=INK, linestyle="--", label=right)
        axes.bar_label(bars, map(show_number, expected))
