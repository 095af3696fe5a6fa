"""What a function draws with Matplotlib, as plain data: found where the function runs, and bounded before it travels.

Whether it draws with `plt` or on axes of its own, returns axes, a figure, or nothing, the description is the same.
Matplotlib is imported only here, and only when something is drawn.
"""

import contextlib
import io
import itertools
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np

from capas_check.operations import OPERATIONS

MAX_FIGURES, MAX_AXES, MAX_ARTISTS, MAX_TICKS = 10, 32, 500, 200
MAX_POINTS, MAX_PIXELS = 100_000, 400_000
"""Of all lines, points and bars together; of all images together."""
MAX_CHARACTERS = 300
PICTURE_SIZE, PICTURE_DPI, MAX_PICTURE_BYTES = (800, 600), 100, 300_000
SCALARS = (bool, int, float, complex, str, type(None))

Description = dict[str, Any]


def drawn(function: Callable[..., Any], picture: bool = False) -> Callable[..., Description]:
    """Return what calls ``function`` and describes what it drew; with ``picture`` that comes along, as PNG."""

    def draw(*arguments: Any, **keywords: Any) -> Description:
        with figures_apart() as opened:
            result = function(*arguments, **keywords)
            figures = _figures_of(result, 0) or opened
            try:
                description = _describe(_with_contents(list(dict.fromkeys(figures))))
            except _TooMuchError:
                return {"too_much": True}
            description["result"] = result if _is_plain(result, 0) else None
            description["picture"] = _png(figures[0]) if picture and figures else b""
        return description

    return draw


OPERATIONS["drawn"] = drawn


class _TooMuchError(Exception):
    """More than any picture of a course shows."""


_opened: list[Any] = []


def note(figure: Any) -> None:
    """Remember a figure that Matplotlib opened, which the function may show or close before it ends."""
    _opened.append(figure)


@contextlib.contextmanager
def figures_apart() -> Iterator[list[Any]]:
    """Give the function no figure but those that it opens, none of which stays or is shown; yield those."""
    import matplotlib.pyplot as plt
    from matplotlib._pylab_helpers import Gcf

    others, show = dict(Gcf.figs), plt.show
    Gcf.figs.clear()
    _opened.clear()
    plt.show = lambda *_arguments, **_keywords: None
    try:
        with (
            plt.rc_context({"figure.hooks": [f"{__name__}:{note.__name__}"], "figure.max_open_warning": 0}),
            plt.ioff(),
        ):
            yield _opened
    finally:
        plt.show = show
        plt.close("all")
        Gcf.figs.update(others)
        _opened.clear()


def _figures_of(result: Any, depth: int) -> list[Any]:
    """Return the figures that a result is, or is on: axes, lines, an array of axes, a grid of seaborn's."""
    if isinstance(result, dict):
        result = [*itertools.islice(result.values(), MAX_ARTISTS)]
    if isinstance(result, np.ndarray):
        result = result.ravel()[:MAX_ARTISTS].tolist() if result.dtype == object else []
    if isinstance(result, (list, tuple)):
        items = result[:MAX_ARTISTS] if depth < 4 else ()
        return [figure for item in items for figure in _figures_of(item, depth + 1)]
    figure = result
    for _ in range(4):  # of axes, then of a part of a figure
        figure, inner = getattr(figure, "figure", None), figure
        if figure is inner:
            break
    return [figure] if _is_figure(figure) else []


def _is_figure(value: Any) -> bool:
    from matplotlib.figure import Figure

    return isinstance(value, Figure)


def _with_contents(figures: list[Any]) -> list[Any]:
    """Leave out figures that were opened for nothing, where there is one with axes."""
    return ([figure for figure in figures if figure.axes] or figures)[:MAX_FIGURES]


def _is_plain(result: Any, depth: int) -> bool:
    if isinstance(result, (list, tuple)):
        return depth < 4 and len(result) <= MAX_POINTS and all(_is_plain(item, depth + 1) for item in result)
    return type(result) in SCALARS or (isinstance(result, (np.ndarray, np.generic)) and result.dtype.kind in "biufc")


def _describe(figures: list[Any]) -> Description:
    budget = _Budget()
    axes = [
        (figure, one)
        for figure in figures
        for one in figure.axes
        if one.get_visible() and one.get_label() != "<colorbar>"
    ]
    if len(axes) > MAX_AXES:
        raise _TooMuchError
    titles = [_text(getattr(figure, "_suptitle", None)) for figure in figures]
    return {
        "title": next(filter(None, titles), ""),
        "axes": [_axes(one, [*filter(None, [one.get_legend()]), *figure.legends], budget) for figure, one in axes],
    }


class _Budget:
    """Counts what is described, and ends the description when it is too much."""

    def __init__(self) -> None:
        self._artists, self._points, self._pixels = MAX_ARTISTS, MAX_POINTS, MAX_PIXELS

    def visible(self, artists: Iterable[Any], kind: type | tuple[type, ...]) -> Iterator[Any]:
        """Yield the visible ones of a kind."""
        for artist in artists:
            if isinstance(artist, kind) and artist.get_visible():
                self._artists -= 1
                if self._artists < 0:
                    raise _TooMuchError
                yield artist

    def numbers(self, values: Any, image: bool = False) -> np.ndarray:
        """Return values as an array of floats, NaN where they are masked."""
        size = int(np.size(values))
        self._points, self._pixels = self._points - size * (not image), self._pixels - size * image
        if min(self._points, self._pixels) < 0:
            raise _TooMuchError
        return np.array(np.ma.filled(np.ma.asarray(values, dtype=float), np.nan), dtype=float)


def _axes(axes: Any, legends: list[Any], budget: _Budget) -> Description:
    from matplotlib.collections import PathCollection, PolyCollection, QuadMesh
    from matplotlib.container import BarContainer
    from matplotlib.image import AxesImage
    from matplotlib.lines import Line2D
    from matplotlib.patches import Polygon, Wedge

    bars = [one for one in axes.containers[:MAX_ARTISTS] if isinstance(one, BarContainer)]
    return {
        "title": " ".join(filter(None, (_cut(axes.get_title(place)) for place in ("left", "center", "right")))),
        "x": _axis(axes.xaxis, axes.get_xlim()),
        "y": _axis(axes.yaxis, axes.get_ylim()),
        "legend": [_text(text) for one in legends for text in one.get_texts()[:MAX_ARTISTS]] if legends else None,
        "lines": _named([_line(one, budget) for one in budget.visible(axes.lines, Line2D)], legends),
        "points": [_points(one, budget) for one in budget.visible(axes.collections, PathCollection)],
        "bars": [_bars(one, budget) for one in bars],
        "slices": [_slice(one) for one in budget.visible(axes.patches, Wedge)],
        "images": [
            budget.numbers(one.get_array(), image=True)
            for one in budget.visible([*axes.images, *axes.collections], (AxesImage, QuadMesh))
        ],
        "areas": [
            _corners(path, one, budget)
            for one in budget.visible(axes.collections, PolyCollection)
            for path in one.get_paths()[:MAX_ARTISTS]
        ]
        + [_corners(one.get_path(), one, budget) for one in budget.visible(axes.patches, Polygon)],
        "texts": [_text(one) for one in axes.texts[:MAX_ARTISTS]],
    }


def _axis(axis: Any, limits: Any) -> Description:
    places = np.array(axis.get_majorticklocs()[:MAX_TICKS], dtype=float)
    with contextlib.suppress(Exception):  # a formatter that cannot write them
        texts = axis.get_major_formatter().format_ticks(places)
        ticks = [(float(place), _cut(text)) for place, text in zip(places, texts, strict=True)]
        return _axis_parts(axis, limits, ticks)
    return _axis_parts(axis, limits, [])


def _axis_parts(axis: Any, limits: Any, ticks: list[tuple[float, str]]) -> Description:
    first, last = map(float, limits)
    return {"label": _text(axis.label), "limits": (first, last), "scale": _cut(axis.get_scale()), "ticks": ticks}


def _line(line: Any, budget: _Budget) -> Description:
    return {
        "x": budget.numbers(_days(line.get_xdata(orig=True)) if _is_period(line) else line.get_xdata(orig=False)),
        "y": budget.numbers(line.get_ydata(orig=False)),
        "label": _label(line),
        "style": _cut(line.get_linestyle()),
        "marker": _cut(line.get_marker()),
        "color": _color(line),
    }


def _is_period(line: Any) -> bool:
    """Tell whether pandas drew a series of times, which it places by numbers of its own."""
    return type(line.get_xdata(orig=True)).__name__ == "PeriodIndex"


def _days(periods: Any) -> np.ndarray:
    return np.asarray(periods.to_timestamp(), "datetime64[us]").astype(np.int64) / 86_400e6


def _points(points: Any, budget: _Budget) -> Description:
    offsets = budget.numbers(points.get_offsets()).reshape(-1, 2)
    return {"x": offsets[:, 0].copy(), "y": offsets[:, 1].copy(), "label": _label(points)}


def _bars(bars: Any, budget: _Budget) -> Description:
    corners = [(bar.get_x(), bar.get_y(), bar.get_width(), bar.get_height()) for bar in bars.patches[:MAX_POINTS]]
    x, y, width, height = budget.numbers(corners).reshape(-1, 4).T.copy()
    horizontal = getattr(bars, "orientation", None) == "horizontal"
    start, extent, base, value = (y, height, x, width) if horizontal else (x, width, y, height)
    sides = {"positions": start + extent / 2, "widths": np.abs(extent), "bases": base, "heights": value}
    return {**sides, "label": _label(bars), "horizontal": horizontal}


def _slice(wedge: Any) -> Description:
    return {"share": float(abs(wedge.theta2 - wedge.theta1) / 360), "label": _label(wedge)}


def _named(lines: list[Description], legends: list[Any]) -> list[Description]:
    """Give lines without a label what the legend calls a line of their looks: ``legend(["one", "other"])``."""
    for handle, text in [pair for one in legends for pair in zip(one.legend_handles, one.get_texts(), strict=False)]:
        looks = ("", _color(handle), _cut(getattr(handle, "get_linestyle", str)()))
        alike = [line for line in lines if (line["label"], line["color"], line["style"]) == looks]
        if alike and (name := _text(text)) not in [line["label"] for line in lines]:
            alike[0]["label"] = name
    return lines


def _color(line: Any) -> str:
    with contextlib.suppress(Exception):
        from matplotlib.colors import to_hex

        return _cut(to_hex(line.get_color()))
    return ""


def _corners(path: Any, artist: Any, budget: _Budget) -> Description:
    corners = budget.numbers(path.vertices).reshape(-1, 2)
    return {"x": corners[:, 0].copy(), "y": corners[:, 1].copy(), "label": _label(artist)}


def _label(artist: Any) -> str:
    """Return what an artist is called in a legend; labels that Matplotlib gives by itself are none."""
    label = _cut(artist.get_label())
    return "" if label.startswith("_") else label


def _text(artist: Any) -> str:
    return "" if artist is None else _cut(artist.get_text())


def _cut(text: Any) -> str:
    """Return a text of the length that is looked at, "" for what is none; signs that cannot travel become �."""
    cut = str.__getitem__(text, slice(MAX_CHARACTERS)) if isinstance(text, str) else ""
    return str.encode(cut, "utf-8", "replace").decode()


def _png(figure: Any) -> bytes:
    """Return a picture of a figure, none where it cannot be drawn small enough."""
    with contextlib.suppress(Exception):  # a formula may be none, a size impossible
        width, height = map(float, figure.get_size_inches())
        dpi = min(PICTURE_DPI, PICTURE_SIZE[0] / width, PICTURE_SIZE[1] / height)
        figure.set_dpi(dpi)
        around = figure.get_tightbbox()
        # What lies far outside is left there.
        box = "tight" if around.width <= 1.5 * width and around.height <= 1.5 * height else None
        for scale in (0.95, 0.6, 0.3):
            file = io.BytesIO()
            figure.savefig(file, format="png", dpi=scale * dpi, bbox_inches=box, facecolor="white")
            data = file.getvalue()
            size = int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
            if len(data) <= MAX_PICTURE_BYTES and size[0] <= PICTURE_SIZE[0] and size[1] <= PICTURE_SIZE[1]:
                return data
    return b""
