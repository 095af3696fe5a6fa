"""Comparing what was drawn with what should be: points in any order, bars, and words however they are written."""

import datetime
import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np

from capas_check.panels import Panel

MOST_NOTED = 1000
_TEX = re.compile(r"\\(?:mathrm|mathit|text|rm|,|;|:|!| )|[\s${}~]")


class Word:
    """A word of what was found; fingerprints take its ``form``."""

    def __init__(self, form: str):
        self.form = form


def numbers(values: Any) -> np.ndarray:
    """Return values as floats, dates as the days since 1970 that Matplotlib draws them at."""
    first = next(iter(np.ravel(np.asarray(values, dtype=object))), None)
    if isinstance(first, (datetime.date, np.datetime64)):
        values = np.asarray(values, "datetime64[us]").astype(np.int64) / 86_400e6
    return np.asarray(values, dtype=float)


def pairs(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return points as an array of shape (2, n), in the order in which they are drawn."""
    if np.size(x) != np.size(y):
        raise ValueError(f"{np.size(x)} values of x and {np.size(y)} of y: there must be as many of both")
    return np.array([np.ravel(x), np.ravel(y)])


def in_order(points: np.ndarray) -> np.ndarray:
    """Return points from left to right; of those above each other, which rounding may have moved, the lowest first."""
    finite = np.abs(points[0][np.isfinite(points[0])])
    x = np.round(points[0] / (np.max(finite, initial=0.0) or 1.0), 9)
    return points[:, np.lexsort((points[1], x))]


def are_close(values: Any, right: Any, rtol: float, atol: float) -> bool:
    """Tell whether arrays have the same shape and numbers."""
    return np.shape(values) == np.shape(right) and bool(np.all(np.isclose(values, right, rtol, atol, equal_nan=True)))


def first_difference(values: Any, right: Any, rtol: float, atol: float) -> int:
    """Return the first place where arrays of one length differ."""
    same = np.isclose(values, right, rtol, atol, equal_nan=True)
    return int(np.argmin(same.reshape(len(same), -1).all(axis=1)))


def thinned(values: np.ndarray) -> np.ndarray:
    """Return what is noted of many numbers."""
    flat = np.ravel(values)
    return flat[:: len(flat) // MOST_NOTED + 1]


def plain_words(text: str) -> str:
    """Return a text without what can be written otherwise: case, spaces, the signs around formulas."""
    return _TEX.sub("", text).casefold()


def says(written: str, wanted: "str | Sequence[str]", whole: bool = True) -> bool:
    """Tell whether one of the ``wanted`` texts is what is written, or without ``whole`` a part of it."""
    texts = [plain_words(one) for one in ([wanted] if isinstance(wanted, str) else wanted)]
    return any(plain_words(written) == one if whole else one in plain_words(written) for one in texts)


class Bars(NamedTuple):
    """Bars in order of their positions, each with the name under it, "" for none; and what they are called together."""

    heights: np.ndarray
    edges: np.ndarray
    names: tuple[str, ...]
    label: str

    def of(self, wanted: Sequence[Any]) -> "Bars | None":
        """Return the bars in the order of the names that are wanted; None where these are not the names."""
        names, wanted = [plain_words(name) for name in self.names], [plain_words(str(name)) for name in wanted]
        if sorted(names) != sorted(wanted) or len(set(names)) != len(names):
            return self if names == wanted else None
        order = [names.index(name) for name in wanted]
        return Bars(self.heights[order], self.edges[order], tuple(self.names[place] for place in order), self.label)


def bars_of(panels: Iterable[Panel]) -> list[Bars]:
    """Return the bars that were drawn together, and of each panel all in one."""
    found = []
    for panel in panels:
        groups = [[one] for one in panel.bars] + ([list(panel.bars)] if len(panel.bars) > 1 else [])
        for group in groups:
            positions, heights, widths = (
                np.concatenate([getattr(one, name) for one in group]) for name in ("positions", "heights", "widths")
            )
            order = np.argsort(positions, kind="stable")
            axis = panel.y if group[0].horizontal else panel.x
            edges = np.array([positions - widths / 2, positions + widths / 2]).T
            names = tuple(axis.text_at(place) for place in positions[order].tolist())
            found.append(Bars(heights[order], edges[order], names, group[0].label if len(group) == 1 else ""))
    return found
