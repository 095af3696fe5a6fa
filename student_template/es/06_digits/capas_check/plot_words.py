"""A call of a function that draws, and what a case states about the words around its plot and about its axes."""

import copy
import functools
import weakref
from collections.abc import Sequence
from typing import Any, Self

import numpy as np

from capas_check import drawn_figures  # noqa: F401  it brings the operation `drawn`
from capas_check.operations import through
from capas_check.panels import Axis, Figure, Panel, read_figure
from capas_check.plot_values import Word, are_close, plain_words, says, thinned
from capas_check.statements import Call, CheckFailure

WRITTEN = ("axis", "label", "written", "wanted")
"""Words in a sentence, not values that are shown as Python writes them."""
Words = str | Sequence[str]
"""A text that must be written, or several of which one will do."""
Limits = tuple[float, float]


class DrawnCall(Call):
    """A finished call of a function that draws. Its ``value`` is what it returned, where that is plain data.

    What a statement that does not hold has found is the call's ``result``: known mistakes are recognized by it.
    """

    def __init__(self, function: Any, arguments: tuple[Any, ...], keywords: dict[str, Any]):
        self.figure, self._number, self._found = Figure("", ()), -1, list[Any]()
        drawing, own = through(function, "drawn"), weakref.ref(self)  # what is kept of a call keeps its function

        def draw(*arguments: Any, **keywords: Any) -> list[Any]:
            vars(own())["figure"] = read_figure(drawing(*arguments, **keywords))
            return []

        draw.__name__ = getattr(function, "__name__", "f")
        vars(draw)["operations"] = getattr(drawing, "operations", ())
        super().__init__(draw, arguments, keywords)

    @property
    def value(self) -> Any:
        """What the function returned, where that is plain data, None otherwise; CheckFailure when it raised."""
        _ = super().value
        return self.figure.result

    @property
    def panels(self) -> tuple[Panel, ...]:
        """What was drawn, panel by panel, for statements of one's own; CheckFailure when that is nothing."""
        _ = self.value
        if self.figure.problem == "too_much":
            raise self._failure("too_large", "plot_too_much")
        if self.figure.problem:
            raise self._failure("type", "plot_odd")
        if not self.figure.panels:
            raise self._failure("nothing_drawn", "plot_nothing")
        self._valued = True
        if self._number >= len(self.figure.panels):
            raise self._failure("drawn", "plot_panels", returned=len(self.figure.panels), expected=self._number + 1)
        return self.figure.panels if self._number < 0 else (self.figure.panels[self._number],)

    def _saw(self, *found: Any) -> None:
        self._found = [thinned(one) for one in found]

    def _failure(self, kind: str, key: str = "", place: tuple[Any, ...] = (), **values: Any) -> CheckFailure:
        words = {name: values.pop(name) for name in WRITTEN if name in values}
        noted = [Word(plain_words(words[name])) for name in ("axis", "written") if name in words]
        if self.error is None:
            self.result[:] = [Word(key or kind), *noted, *self._found]
        failure = super()._failure(kind, key, place, **values)
        return CheckFailure(kind, lambda say: failure.sentence(functools.partial(say, **words)))  # type: ignore[arg-type]


class WordsOfPlot(DrawnCall):
    """The statements about what is written on a plot, and about its axes."""

    def axes(self, number: int) -> Self:
        """Return the same picture for statements about one of its panels, the first being 0."""
        chosen = copy.copy(self)
        chosen._number = number
        return chosen

    def has_axes(self, count: int) -> Self:
        """State how many panels there are."""
        if len(self.panels) != count:
            raise self._failure("drawn", "plot_panels", returned=len(self.panels), expected=count)
        return self

    def has_title(self, text: Words = "") -> Self:
        """State that there is a title, over a panel or over all; with ``text``, that this is in it."""
        titles = [title for title in (*(panel.title for panel in self.panels), self.figure.title) if title.strip()]
        if not titles:
            raise self._failure("words", "plot_no_title")
        if not any(says(title, text, whole=False) for title in titles):
            raise self._failure("words", "plot_title", written=titles[0], wanted=_first(text))
        return self

    def has_label(self, axis: str, text: Words = "") -> Self:
        """State that the "x" or "y" axis has a label; with ``text``, that this is in it, such as a unit: "(m)"."""
        return self._label(axis, text, whole=False)

    def labels(self, x: Words = "", y: Words = "") -> Self:
        """State the labels of the axes, but for case, spaces and the signs around formulas."""
        for axis, text in (("x", x), ("y", y)):
            if text:
                self._label(axis, text, whole=True)
        return self

    def _label(self, axis: str, text: Words, whole: bool) -> Self:
        labels = [label for one in self._axes(axis) if (label := one.label).strip()]
        if not labels:
            raise self._failure("words", "plot_no_label", axis=axis)
        if not any(says(label, text, whole) for label in labels):
            key = "plot_label" if whole else "plot_label_lacks"
            raise self._failure("words", key, axis=axis, written=labels[0], wanted=_first(text))
        return self

    def has_legend(self, *texts: Words) -> Self:
        """State that a legend is shown, and that it has each of ``texts``."""
        legends = [panel.legend for panel in self.panels if panel.legend is not None]
        if not legends:
            parts = [one.label for panel in self.panels for one in (*panel.lines, *panel.points, *panel.bars)]
            raise self._failure("words", "plot_legend_not_shown" if any(parts) else "plot_no_legend")
        written = [text for legend in legends for text in legend]
        for wanted in texts:
            if not any(says(text, wanted) for text in written):
                told = ", ".join(f"“{text}”" for text in written)
                raise self._failure("words", "plot_legend", written=told, wanted=_first(wanted))
        return self

    def limits(self, x: Limits | None = None, y: Limits | None = None) -> Self:
        """State from where to where the axes go, first what is on the left, or below."""
        for axis, wanted in (("x", x), ("y", y)):
            found = [one.limits for one in self._axes(axis)]
            if wanted is not None and not any(are_close(one, wanted, 1e-6, 1e-9) for one in found):
                self._saw(np.array(found[0]))
                raise self._failure("drawn", "plot_limits", axis=axis, returned=found[0], expected=tuple(wanted))
        return self

    def scale(self, axis: str, name: str) -> Self:
        """State the scale of an axis: "linear" or "log"."""
        scales = [one.scale for one in self._axes(axis)]
        if name not in scales:
            raise self._failure("drawn", "plot_scale", axis=axis, written=scales[0], wanted=name)
        return self

    def _axes(self, axis: str) -> list[Axis]:
        if axis not in ("x", "y"):
            raise ValueError(f'axis {axis!r}: it is "x" or "y"')
        return [panel.x if axis == "x" else panel.y for panel in self.panels]


def _first(text: Words) -> str:
    return text if isinstance(text, str) else text[0]
