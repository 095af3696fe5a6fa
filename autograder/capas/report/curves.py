"""Learning curves, each as small as a word."""

import msgspec

from capas.grading.result import MeasuredValue
from capas.texts import program_texts

WIDTH, HEIGHT, MARGIN, MAX_POINTS = 96, 28, 2, 48
"""Of the picture, and as many points as its width shows: a page may have thousands."""


class Curve(msgspec.Struct, frozen=True):
    """A curve as the ``points`` of a line, and in words."""

    points: str
    told: str


def curve_of(value: MeasuredValue, language: str) -> Curve | None:
    """Return the curve of a measured list, from 0 to its largest number; None where there are not two numbers."""
    if not isinstance(value, list):
        return None
    pairs = [(place, one) for place, one in enumerate(value) if isinstance(one, int | float)]
    if len(pairs) < 2:
        return None
    low = min(0.0, *(number for _, number in pairs))
    high = max(number for _, number in pairs)
    across, up = (WIDTH - 2 * MARGIN) / (len(value) - 1), (HEIGHT - 2 * MARGIN) / ((high - low) or 1)
    shown = [pairs[round(index * (len(pairs) - 1) / (MAX_POINTS - 1))] for index in range(MAX_POINTS)]
    dots = dict.fromkeys(
        f"{MARGIN + across * place:.0f},{HEIGHT - MARGIN - up * (number - low):.0f}"
        for place, number in (shown if len(pairs) > MAX_POINTS else pairs)
    )
    say = program_texts(language)
    told = say("board_curve", first=f"{pairs[0][1]:.3g}", last=f"{pairs[-1][1]:.3g}", count=len(value))
    return Curve(" ".join(dots), told)
