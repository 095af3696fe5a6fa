"""What a notebook draws with the student's own function, and the reference's values beside it."""

import dataclasses
import inspect

import numpy as np

from capas.course.data_files import beside_data
from capas.course.model import Stage
from capas.course.solutions import Solutions
from capas.files import UserError
from capas_check.picture import CannotDraw, Drawing, values_of
from capas_check.texts import load_texts


def drawings_of(stage: Stage, language: str, solutions: Solutions | None = None) -> dict[str, Drawing]:
    """Return the stage's drawings with their titles in ``language`` and the reference's values, to six decimals.

    Raises:
        UserError: when the reference gives nothing that can be drawn.
    """
    if not stage.drawings:
        return {}
    reference = (solutions or Solutions(stage)).reference
    made = {}
    for name, drawing in stage.drawings.items():
        where = f"{stage.assignment / 'assignment.toml'}: drawing `{name}`"
        function = getattr(reference, drawing.function)
        argument = next(iter(inspect.signature(function).parameters), "")
        interval = {"start": drawing.start, "stop": drawing.stop}
        asked = {"arguments": drawing.arguments, "pick": drawing.pick}
        one = Drawing(drawing.function, drawing.kind, drawing.title[language], argument, **interval, **asked)
        try:
            with beside_data(stage.assignment):
                right = values_of(one, function, load_texts(language))
        except CannotDraw as reason:
            raise UserError(f"{where}: {reason}") from None
        if right.ndim != 1 or len(right) < 2 or not np.isfinite(right).all():
            raise UserError(
                f"{where}: the reference gives shape {right.shape}; expected a vector of at least 2 finite numbers"
            )
        made[name] = dataclasses.replace(one, right=(np.round(right, 6) + 0.0).tolist())  # + 0.0: no -0.0
    return made
