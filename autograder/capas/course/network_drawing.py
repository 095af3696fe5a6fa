"""Drawing that several stages share: networks of layers, of any sizes."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes

INK, PALE, ACCENT, SECOND, THIRD = "#222222", "#B8B8B8", "#0072B2", "#D55E00", "#009E73"

Unit = tuple[int, int]
"""A unit by its layer and its place in it, both from 0."""


def draw_network(
    axes: "Axes",
    layer_sizes: Sequence[int],
    *,
    values: Mapping[Unit, str] | None = None,
    arrows: Mapping[tuple[Unit, Unit], str] | None = None,
    highlighted: Sequence[Unit] = (),
    radius: float = 0.22,
    gaps: tuple[float, float] = (2.0, 0.7),
    backward: bool = False,
) -> dict[Unit, tuple[float, float]]:
    """Draw a fully connected network, input on the left, and return where each unit's centre is.

    Args:
        axes: where to draw; its frame is taken away.
        layer_sizes: units of each layer, input first.
        values: what to write inside units.
        arrows: connections to stress, with what to write on each.
        highlighted: units to fill with colour.
        radius: of a unit.
        gaps: how far apart layers are, and units in a layer, from centre to centre.
        backward: arrow heads point from output to input.
    """
    from matplotlib.patches import Circle

    values, arrows = values or {}, arrows or {}
    places = {
        (layer, unit): (gaps[0] * layer, gaps[1] * ((size - 1) / 2 - unit))
        for layer, size in enumerate(layer_sizes)
        for unit in range(size)
    }
    for layer, size in enumerate(layer_sizes[1:], 1):
        for unit in range(size):
            for before in range(layer_sizes[layer - 1]):
                pair = ((layer - 1, before), (layer, unit))
                _connect(axes, places[pair[0]], places[pair[1]], radius, arrows.get(pair), backward)
    for unit, (x, y) in places.items():
        face = ACCENT if unit in highlighted else "white"
        axes.add_patch(Circle((x, y), radius, facecolor=face, edgecolor=INK, linewidth=1.4, zorder=3))
        if unit in values:
            color = "white" if unit in highlighted else INK
            axes.text(x, y, values[unit], ha="center", va="center", color=color, zorder=4)
    tallest = gaps[1] * (max(layer_sizes) - 1) / 2 + radius
    axes.set_xlim(-radius - 0.3, gaps[0] * (len(layer_sizes) - 1) + radius + 0.3)
    axes.set_ylim(-tallest - 0.35, tallest + 0.35)
    axes.set_aspect("equal")
    axes.axis("off")
    return places


def _connect(
    axes: "Axes", start: tuple[float, float], end: tuple[float, float], radius: float, label: str | None, backward: bool
) -> None:
    stressed = label is not None
    first, last = (end, start) if backward else (start, end)
    length = ((last[0] - first[0]) ** 2 + (last[1] - first[1]) ** 2) ** 0.5
    dx, dy = (last[0] - first[0]) / length, (last[1] - first[1]) / length
    axes.annotate(
        "",
        xy=(last[0] - radius * dx, last[1] - radius * dy),
        xytext=(first[0] + radius * dx, first[1] + radius * dy),
        arrowprops={
            "arrowstyle": "-|>" if stressed else "-",
            "color": SECOND if stressed else PALE,
            "linewidth": 2.0 if stressed else 0.8,
            "shrinkA": 0,
            "shrinkB": 0,
        },
        zorder=2 if stressed else 1,
    )
    if label:
        axes.text(
            (start[0] + end[0]) / 2,
            (start[1] + end[1]) / 2 + 0.12,
            label,
            color=SECOND,
            ha="center",
            va="bottom",
            zorder=5,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.0, "alpha": 0.85},
        )
