"""What a case states about a plot: what its lines, points and bars show, and what is written on it.

::

    picture = draw(fall_plot, times, heights)
    picture.line(times, heights).has_label("x", "(s)").has_label("y", "(m)").has_title()

On more than one panel (Matplotlib's axes) a statement holds where it holds on one; ``picture.axes(0)`` is the first.
"""

from collections.abc import Callable, Sequence
from typing import Any, Self

import numpy as np

from capas_check.panels import Line
from capas_check.plot_values import are_close, bars_of, first_difference, in_order, numbers, pairs, plain_words, says
from capas_check.plot_words import Words, WordsOfPlot
from capas_check.statements import DEFAULT_ATOL, DEFAULT_RTOL, call


def draw(function: Callable[..., Any] | None, *arguments: Any, **keywords: Any) -> "Picture":
    """Call ``function`` once, with copies of the arguments, and look at what it draws, be it returned or not."""
    if not callable(function):
        call(function)  # says why not
    return Picture(function, arguments, keywords)


class Picture(WordsOfPlot):
    """A finished call of a function that draws, with statements about what is on its panels.

    Numbers are equal within ``rtol`` and ``atol``, as in `Call.returns`.
    """

    def line(
        self, x: Any, y: Any, *, label: Words = "", rtol: float = DEFAULT_RTOL, atol: float = DEFAULT_ATOL
    ) -> Self:
        """State that some line goes through these points, in any order of x; with ``label`` the one so called."""
        wanted = pairs(self._places(x, "x"), self._places(y, "y"))
        lines = self._lines(label)
        drawn = [pairs(line.x, line.y) for line in lines]
        if any(_same(one, wanted, rtol, atol) for one in drawn):
            return self
        if not lines:
            dotted = any(_same(one, wanted, rtol, atol) for one in self._dots())
            raise self._failure("drawn", "plot_not_joined" if dotted else "plot_no_line")
        if any(_same(one[::-1], wanted, rtol, atol) for one in drawn):
            raise self._failure("drawn", "plot_exchanged")
        drawn, wanted = [in_order(one) for one in drawn], in_order(wanted)
        nearest = next((one for one in drawn if one.shape == wanted.shape), drawn[0])
        nearest = next((one for one in drawn if are_close(one[0], wanted[0], rtol, atol)), nearest)
        self._saw(nearest)
        if nearest.shape != wanted.shape:
            raise self._failure("drawn", "plot_length", returned=nearest.shape[1], expected=wanted.shape[1])
        place = first_difference(nearest.T, wanted.T, rtol, atol)
        found, right = nearest[:, place].tolist(), wanted[:, place].tolist()
        if are_close(nearest[0], wanted[0], rtol, atol):
            raise self._failure("drawn", "plot_line_y", at=found[0], returned=found[1], expected=right[1])
        raise self._failure("drawn", "plot_line_point", number=place + 1, returned=tuple(found), expected=tuple(right))

    def curve(
        self,
        function: Callable[[Any], Any],
        start: float,
        stop: float,
        *,
        points: int = 20,
        label: Words = "",
        rtol: float = DEFAULT_RTOL,
        atol: float = DEFAULT_ATOL,
    ) -> Self:
        """State that some line is that of ``function``, called with an array, from ``start`` to ``stop``.

        Its points may be any, if there are as many as ``points``.
        """
        drawn = [in_order(pairs(line.x, line.y)) for line in self._lines(label) if line.x.size]
        if not drawn:
            raise self._failure("drawn", "plot_no_line")
        rights = [np.broadcast_to(np.asarray(function(one[0].copy()), dtype=float), one[0].shape) for one in drawn]
        ends = np.array([start, stop], dtype=float)
        follows = [are_close(one[1], right, rtol, atol) for one, right in zip(drawn, rights, strict=True)]
        spans = [are_close(one[0, [0, -1]], ends, rtol, 1e-9 * float(np.ptp(ends))) for one in drawn]
        if any(a and b and one.shape[1] >= points for a, b, one in zip(follows, spans, drawn, strict=True)):
            return self
        line, right = drawn[0], rights[0]
        self._saw(line)
        if not follows[0]:
            place = first_difference(line[1], right, rtol, atol)
            at, returned = line[:, place].tolist()
            raise self._failure("drawn", "plot_line_y", at=at, returned=returned, expected=right[place])
        if not spans[0]:
            raise self._failure(
                "drawn", "plot_range", returned=tuple(line[0, [0, -1]].tolist()), expected=(start, stop)
            )
        raise self._failure("drawn", "plot_few_points", returned=line.shape[1], expected=points)

    def scatter(
        self, x: Any, y: Any, *, label: Words = "", rtol: float = DEFAULT_RTOL, atol: float = DEFAULT_ATOL
    ) -> Self:
        """State that these points are drawn, in any order, and no line joins them."""
        wanted = in_order(pairs(self._places(x, "x"), self._places(y, "y")))
        dots = self._dots(label)
        groups = [*dots, np.concatenate(dots, axis=1)] if dots else []
        if any(_same(group, wanted, rtol, atol) for group in groups):
            return self
        if not dots:
            joined = any(_same(pairs(line.x, line.y), wanted, rtol, atol) for line in self._lines(label))
            raise self._failure("drawn", "plot_joined" if joined else "plot_no_points")
        if any(_same(group[::-1], wanted, rtol, atol) for group in groups):
            raise self._failure("drawn", "plot_exchanged")
        found = in_order(groups[-1])
        self._saw(found)
        if found.shape != wanted.shape:
            raise self._failure("drawn", "plot_count", returned=found.shape[1], expected=wanted.shape[1])
        place = first_difference(found.T, wanted.T, rtol, atol)
        raise self._failure(
            "drawn", "plot_point", returned=tuple(found[:, place].tolist()), expected=tuple(wanted[:, place].tolist())
        )

    def bars(
        self,
        heights: Any,
        labels: "Sequence[Any] | None" = None,
        *,
        edges: Any = None,
        label: Words = "",
        rtol: float = DEFAULT_RTOL,
        atol: float = DEFAULT_ATOL,
    ) -> Self:
        """State the bars' heights, the lengths of horizontal ones: from first to last, or of each under its label.

        With ``edges`` also where they are: one number more than there are bars. Of bars in several colours ``label`` is
        what those of one are called.
        """
        found, wanted = bars_of(self.panels), numbers(heights)
        if not found:
            raise self._failure("drawn", "plot_no_bars")
        found = [one for one in found if not label or says(one.label, label)]
        if not found:
            raise self._failure("words", "plot_bars_label", wanted=label if isinstance(label, str) else label[0])
        names = [str(name) for name in (labels if labels is not None else range(1, len(wanted) + 1))]
        alike = [one for one in found if len(one.heights) == len(wanted)]
        named = [one for one in (one if labels is None else one.of(labels) for one in alike) if one is not None]
        high = [one for one in named if are_close(one.heights, wanted, rtol, atol)]
        bars = (high or named or alike or found)[0]
        self._saw(bars.heights)
        if not alike:
            raise self._failure("drawn", "plot_bar_count", returned=len(bars.heights), expected=len(wanted))
        if not named:
            told = ", ".join(f"“{name}”" for name in bars.names)
            raise self._failure("words", "plot_bar_names", written=told, wanted=", ".join(names))
        if not high:
            place = first_difference(bars.heights, wanted, rtol, atol)
            returned, expected = bars.heights[place], wanted[place]
            raise self._failure("drawn", "plot_bar", label=names[place], returned=returned, expected=expected)
        right = bars.edges if edges is None else np.array([numbers(edges)[:-1], numbers(edges)[1:]]).T
        if not any(are_close(one.edges, right, rtol, atol) for one in high):
            self._saw(bars.edges)
            place = first_difference(bars.edges, right, rtol, atol)
            returned, expected = (tuple(one[place].tolist()) for one in (bars.edges, right))
            raise self._failure("drawn", "plot_edges", label=names[place], returned=returned, expected=expected)
        return self

    def histogram(self, values: Any, bins: Any = 10, **options: Any) -> Self:
        """State that the bars are those of ``np.histogram(values, bins)``; its other options may be given, too."""
        counts, edges = np.histogram(numbers(values), bins, **options)
        return self.bars(counts, edges=edges)

    def pie(self, shares: Any, labels: "Sequence[Any] | None" = None) -> Self:
        """State the slices of a pie, in any unit, from first to last; with ``labels`` what they are called."""
        slices = [one for panel in self.panels for one in panel.slices]
        if not slices:
            raise self._failure("drawn", "plot_no_pie")
        wanted, found = numbers(shares) / np.sum(numbers(shares)), np.array([one.share for one in slices])
        self._saw(found)
        if not are_close(found, wanted, 1e-5, 1e-5):
            raise self._failure("drawn", "plot_pie", returned=found, expected=wanted)
        texts = [plain_words(text) for panel in self.panels for text in (*panel.texts, *(panel.legend or ()))]
        for one, name in zip(slices, labels or (), strict=False):
            if not says(one.label, str(name)) and plain_words(str(name)) not in texts:
                raise self._failure("words", "plot_slice", wanted=str(name))
        return self

    def image(self, values: Any, *, rtol: float = DEFAULT_RTOL, atol: float = DEFAULT_ATOL) -> Self:
        """State that an image shows this array, of shape (rows, columns), or with colours (rows, columns, 3)."""
        images, wanted = [one for panel in self.panels for one in panel.images], numbers(values)
        if not images:
            raise self._failure("drawn", "plot_no_image")
        if any(are_close(one, wanted, rtol, atol) for one in images):
            return self
        image = next((one for one in images if one.shape == wanted.shape), images[0])
        self._saw(image)
        for key, turned in (("plot_image_transposed", image.swapaxes(0, -1)), ("plot_image_flipped", image[::-1])):
            if image.ndim == 2 and are_close(turned, wanted, rtol, atol):
                raise self._failure("drawn", key)
        if image.shape != wanted.shape:
            raise self._failure("drawn", "plot_image_shape", returned=image.shape, expected=wanted.shape)
        raise self._failure("drawn", "plot_image", returned=image, expected=wanted)

    def _lines(self, label: Words) -> list[Line]:
        """Return the lines that join points; CheckFailure when there are some and none is called as asked."""
        lines = [line for panel in self.panels for line in panel.lines if line.is_joined]
        named = [line for line in lines if not label or says(line.label, label)]
        if lines and not named:
            told = ", ".join(f"“{line.label}”" for line in lines)
            raise self._failure(
                "words", "plot_line_label", written=told, wanted=label if isinstance(label, str) else label[0]
            )
        return named

    def _dots(self, label: Words = "") -> list[np.ndarray]:
        """Return the points that no line joins, group by group."""
        marked = [line for panel in self.panels for line in panel.lines if not line.is_joined and line.x.size]
        groups = [*(one for panel in self.panels for one in panel.points), *marked]
        return [pairs(one.x, one.y) for one in groups if not label or says(one.label, label)]

    def _places(self, values: Any, axis: str) -> np.ndarray:
        """Return values as numbers; of texts the places where an axis has them, NaN where it has none."""
        if not any(isinstance(value, str) for value in np.ravel(np.asarray(values, dtype=object))):
            return numbers(values)
        places = {plain_words(text): place for one in self._axes(axis) for place, text in one.ticks}
        return np.array([places.get(plain_words(str(value)), np.nan) for value in values])


def _same(points: np.ndarray, wanted: np.ndarray, rtol: float, atol: float) -> bool:
    """Tell whether points are the same, as they come or from left to right."""
    ordered = (in_order(points), in_order(wanted))
    return are_close(points, wanted, rtol, atol) or are_close(*ordered, rtol, atol)
