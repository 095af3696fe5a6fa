"""Drawings of each kind, as a build makes them."""

from collections.abc import Callable
from typing import Any

import numpy as np

from capas_check.picture import Drawing, values_of
from capas_check.texts import load_texts


def relu(a: Any) -> Any:
    return np.maximum(0.0, a)


def make_drawing(kind: str, function: Callable[..., Any], **more: Any) -> Drawing:
    """Return a drawing with ``function`` as what is right, to six decimals."""
    fields = {"function": "relu", "kind": kind, "title": "Tu ReLU", "argument": "a", "start": -3.0, "stop": 3.0} | more
    right = np.round(values_of(Drawing(**fields), function, load_texts("es")), 6).tolist()
    return Drawing(**fields, right=right)


CURVE = make_drawing("curve", relu)
BARS = make_drawing("bars", relu, arguments=[[-1.0, 2.0, 3.0, -4.0]])
# As of a training: two things are returned, and the second is drawn.
LINE = make_drawing(
    "line", lambda start, epochs: (start, [start / (e + 1) for e in range(epochs)]), arguments=[2.0, 20], pick=1
)
