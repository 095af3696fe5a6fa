"""No question takes a right answer that was spoilt in one of the ways that only some inputs show."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from capas.course.model import open_course
from capas.course.solutions import Solutions
from capas.grading.stage import stage_catalogue

Function = Callable[..., Any]
NEVER_LARGE = {
    "output_delta": {"y", "t"},
    "hidden_delta": {"y"},
    "backpropagate": {"t"},
    "train": {"t", "network", "training", "validation"},
    "learning_curve": {"training_losses", "validation_losses"},
    "predict": {"probabilities"},
    "scale": {"pictures"},
}
"""Arguments that are probabilities or targets, ink, or a network whose answers would all be 0 and 1."""
WHOLE_RESULTS = {"width", "depth", "count_parameters", "jacket", "relu_derivative", "predict"}
WHOLE_RESULTS |= {"scale", "one_hot", "confusion_matrix"}
"""Questions whose right results have no decimals, or as few as sixteenths have."""
WHOLE_OF_WHOLE = {"relu", "output_delta"}
"""Questions whose right results for whole numbers are whole."""
ANY_IS_RIGHT = {"initialize", "softmax_twin", "split", "batches", "learning_curve"}
"""Questions with many right results, which need no decimals."""


def arrays(value: Any) -> Iterator[np.ndarray]:
    """Yield the arrays in an argument."""
    if isinstance(value, np.ndarray):
        yield value
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from arrays(item)


def of_each(change: Callable[[np.ndarray], np.ndarray], result: Any) -> Any:
    """Return a result with every array in it changed; a number is one."""
    if isinstance(result, tuple) or (isinstance(result, list) and any(map(np.ndim, result))):
        return type(result)(of_each(change, item) for item in result)
    return change(np.asarray(result))


def clips_in_place(right: Function, place: int, axes: int) -> Function:
    """Return ``right`` that cuts extremes in the arrays it is given, if they have so many axes."""

    def function(*arguments: Any, **keywords: Any) -> Any:
        result = right(*arguments, **keywords)
        for array in arrays(arguments[place]):
            if array.ndim == axes:
                np.clip(array, -500, 500, out=array)
        return result

    return function


def of_the_type_of(right: Function, place: int) -> Function:
    """Return ``right`` with results cut to whole numbers where that argument holds some."""

    def function(*arguments: Any, **keywords: Any) -> Any:
        result = right(*arguments, **keywords)
        whole = any(array.dtype.kind == "i" for array in arrays(arguments[place]))
        return of_each(lambda one: one.astype(int) if whole else one, result)

    return function


def rounds(right: Function) -> Function:
    """Return ``right`` with results rounded to as many decimals as any handout shows."""
    return lambda *arguments, **keywords: of_each(lambda one: np.round(one, 6), right(*arguments, **keywords))


def drops_small_ones(right: Function) -> Function:
    """Return ``right`` with 0 for results that are small."""
    return lambda *arguments, **keywords: of_each(
        lambda one: np.where(np.abs(one) < 1e-4, 0, one), right(*arguments, **keywords)
    )


@pytest.mark.parametrize("stage", [stage.id for stage in open_course(None).stages])
def test_careless_answers_lose_points(stage: str) -> None:
    chosen = open_course(None).choose([stage])[0]
    catalogue, reference, accepted = stage_catalogue(chosen), Solutions(chosen).reference, list[str]()
    # What is measured of questions that go together is no value that could be a little off.
    for question in [question.name for question in chosen.questions if not question.together]:
        right: Function = getattr(reference, question)
        seen = [call for calls in catalogue.run_in_reference(question, right).calls for call in calls]
        careless: dict[str, Function] = {}
        for place, name in enumerate(right.__code__.co_varnames[: right.__code__.co_argcount]):
            given = [array for call in seen if place < len(call.arguments) for array in arrays(call.arguments[place])]
            decimal = [array for array in given if array.dtype.kind == "f" and array.size]
            if name not in NEVER_LARGE.get(question, set()):
                for axes in {array.ndim for array in decimal} & {1, 2}:
                    careless[f"clips {name} of {axes} axes in place"] = clips_in_place(right, place, axes)
            if decimal and len(decimal) < len(given) and question not in WHOLE_RESULTS | ANY_IS_RIGHT | WHOLE_OF_WHOLE:
                careless[f"result of the type of {name}"] = of_the_type_of(right, place)
        if question not in WHOLE_RESULTS | ANY_IS_RIGHT:
            careless |= {"rounds": rounds(right), "drops small results": drops_small_ones(right)}
        with np.errstate(all="ignore"):
            accepted += [
                f"{question}: {how}"
                for how, function in careless.items()
                if all(catalogue.run_in_reference(question, function).passed)
            ]
    assert not accepted
