"""Measured numbers as people read them."""

from capas.course.measures import StageMeasure
from capas.course.model import Stage
from capas.grading.result import MeasuredValue, Result


def number_of(value: MeasuredValue) -> float | None:
    """Return a measured value where it is one number."""
    return value if isinstance(value, int | float) else None


def number_text(measure: StageMeasure, number: float | None) -> str:
    """Return a measured number as people read it, "–" where there is none."""
    if number is None:
        return "–"
    if measure.form == "percent":
        return f"{100 * number:.1f} %"
    return f"{number:,.0f}".replace(",", "\N{THIN SPACE}") if number == int(number) else f"{number:.3g}"


def measured_text(stage: Stage, result: Result, language: str) -> str:
    """Return the numbers that were measured of an answer, with what they are called; "" where none was."""
    numbers = [(one, number_of(result.measured(one.name))) for one in stage.measures if one.is_number]
    return " · ".join(
        f"{one.title[language]}: {number_text(one, number)}" for one, number in numbers if number is not None
    )
