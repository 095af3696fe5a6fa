"""What a notebook draws with the student's own function, and the reference's values beside it."""

import inspect
from typing import Any

import msgspec
import numpy as np

from capas.checks.drawing import CannotDraw, values_of
from capas.course.model import Stage
from capas.course.solutions import Solutions
from capas.files import UserError


def drawings_of(stage: Stage, language: str, solutions: Solutions | None = None) -> dict[str, dict[str, Any]]:
    """Return what the notebook needs for each drawing: its description, and the reference's values."""
    if not stage.drawings:
        return {}
    reference = (solutions or Solutions(stage)).reference
    made = {}
    for name, drawing in stage.drawings.items():
        function = getattr(reference, drawing.function)
        made[name] = msgspec.to_builtins(drawing) | {
            "title": drawing.title[language],
            "argument": next(iter(inspect.signature(function).parameters), ""),
        }
        try:
            right = values_of(made[name], function)
        except CannotDraw as reason:
            raise UserError(f"{stage.assignment / 'assignment.toml'}: drawing `{name}`: {reason}") from None
        if right.ndim != 1 or len(right) < 2 or not np.isfinite(right).all():
            raise UserError(
                f"{stage.assignment / 'assignment.toml'}: drawing `{name}`: the reference gives shape {right.shape}; "
                "expected a vector of at least 2 finite numbers"
            )
        made[name]["right"] = (np.round(right, 6) + 0.0).tolist()  # + 0.0: no -0.0
    return made
