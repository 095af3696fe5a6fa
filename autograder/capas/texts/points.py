"""Points as people read them, and as other programs do: exact, and never with an exponent."""

import math
from decimal import Decimal

_DIGITS = 12
_NOISE = 1e-13
"""Relative: what adding up a few hundred numbers may leave behind."""


def rounded(points: float) -> float:
    """Return ``points`` without what adding up left in its last digits: 0.3 for 0.1 + 0.2, 1/3 for 1/3."""
    short = float(f"{points:.{_DIGITS}g}")
    # + 0.0: no -0.0
    return (short if math.isclose(short, points, rel_tol=_NOISE) else float(points)) + 0.0


def same_points(one: float, other: float) -> bool:
    """Tell whether two numbers of points are the same but for what adding up left behind."""
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)


def points_text(points: float) -> str:
    """Return ``points`` as its shortest exact decimal: `7`, `2.25`, `0.3333333333333333`, `1000000`."""
    return format(Decimal(repr(rounded(points))).normalize(), "f")


def signed_points(points: float) -> str:
    """Return by how much points changed: `+2.25`, `−1`, `0`."""
    return f"+{points_text(points)}" if points > 0 else points_text(points).replace("-", "\N{MINUS SIGN}")
