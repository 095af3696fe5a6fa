"""Draws an answer: one line where it agrees with what is right; where it departs, the place is marked."""

import io
from typing import Any

import numpy as np

from capas_check.answer import Answer, show_number
from capas_check.texts import Texts

INK, STUDENT, MARK = "#222222", "#0072B2", "#E69F00"
NO_FRAME = dict.fromkeys(("axes.spines.top", "axes.spines.right", "legend.frameon"), False)
STYLE: Any = {"figure.figsize": (7.2, 3.4), "font.size": 12, "hatch.linewidth": 0.6, **NO_FRAME}


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
    axes, drawing, values = figure.subplots(), answer.drawing, answer.values
    low, high = _heights(answer)
    outside = values is not None and (np.isfinite(values) & ((values < low) | (values > high))).any()
    names = say("draw_outside" if outside else "draw_mine", name=drawing.function), say("draw_right")
    (_bars if drawing.kind == "bars" else _line)(answer, axes, *names)
    axes.set(xlabel=drawing.argument if drawing.kind == "curve" else say(f"draw_{drawing.kind}_axis"), ylim=(low, high))
    figure.legend(loc="outside lower center", ncols=2)


def _heights(answer: Answer) -> tuple[float, float]:
    """Return the heights that are shown: all of what is right, and not so much more that it becomes a flat line."""
    right, with_zero = answer.right, answer.drawing.kind == "bars"
    floor = 0.0 if with_zero else float(right.min())
    low, high = min(floor, float(right.min())), max(floor, float(right.max()))
    span = high - low or abs(high) or 1.0
    shown = right if answer.values is None else answer.values[np.isfinite(answer.values)]
    if shown.size:
        low, high = min(low, max(shown.min(), low - span)), max(high, min(shown.max(), high + span))
    margin = 0.1 * (high - low or 1.0)
    return low if with_zero and low == 0 else low - margin, high + margin


def _line(answer: Answer, axes: Any, mine: str, right: str) -> None:
    x, curve = answer.drawing.x, answer.drawing.kind == "curve"
    axes.grid(color="#E5E5E5")
    dashed = {"linestyle": "--", "color": INK, "linewidth": 1.8, "label": right}
    if answer.values is None:
        axes.plot(x, answer.right, **dashed)
        return
    axes.plot(x, answer.values, color=STUDENT, linewidth=2.6, label=mine)
    for first, last in answer.stretches:
        margin = 0.0 if curve and first < last else 0.5 * (x[1] - x[0])
        _mark(axes, x[first] - margin, x[last] + margin)
        shown = slice(max(first - 1, 0), last + 2)
        axes.plot(x[shown], answer.right[shown], **dashed)
        dashed["label"] = None


def _bars(answer: Answer, axes: Any, mine: str, right: str) -> None:
    x, values = answer.drawing.x, answer.values
    axes.set_xticks(x)
    width, shift = (0.38, 0.2) if values is not None and not answer.agrees else (0.6, 0.0)
    if values is not None:
        bars = axes.bar(x - shift, np.where(np.isfinite(values), values, 0.0), width, color=STUDENT, label=mine)
        axes.bar_label(bars, [show_number(value) for value in values])
        for first, last in answer.stretches:
            _mark(axes, first - 0.46, last + 0.46)
    if not answer.agrees:
        bars = axes.bar(x + shift, answer.right, width, facecolor="white", edgecolor=INK, linestyle="--", label=right)
        axes.bar_label(bars, [show_number(value) for value in answer.right])


def _mark(axes: Any, first: float, last: float) -> None:
    axes.axvspan(first, last, facecolor=MARK, alpha=0.18, zorder=0)
    axes.axvspan(first, last, facecolor="none", edgecolor=MARK, hatch="//", linewidth=0.0, alpha=0.5, zorder=0)
