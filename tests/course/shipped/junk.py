"""Functions that answer without having understood anything.

The text of this module is handed in as a cell behind the reference's; `put_junk` then defines the junk.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

Function = Callable[..., Any]

CONSTANTS = {
    "none": None,
    "nan": float("nan"),
    "infinity": float("inf"),
    "zero": 0.0,
    "one": 1.0,
    "true": True,
    "text": "1.0",
    "empty_list": [],
    "empty_array": np.zeros(0),
    "array_of_rank_3": np.zeros((1, 1, 1)),
    "list_of_none": [None, None],
    "pair_of_none": (None, None),
}
OF_THE_FIRST_ARGUMENT = {
    "the_argument": lambda argument: argument,
    "zeros_like_it": lambda argument: np.zeros(np.shape(argument)),
    "ones_like_it": lambda argument: np.ones(np.shape(argument)),
    "nan_like_it": lambda argument: np.full(np.shape(argument), np.nan),
}
# Of every array and number in the right result, such that its shape is always wrong, or its values are.
OF_THE_RESULT = {
    "axis_in_front": lambda array: array[None],
    "axis_behind": lambda array: array[..., None],
    "flattened": lambda array: array[:, None] if array.ndim == 1 else array.ravel(),
    "first_element": lambda array: array[0] if array.ndim else array[None],
    "one_row_for_all": lambda array: array[:1] if array.ndim and len(array) > 1 else array[None],
    "zeros_of_its_shape": lambda array: np.zeros(array.shape),
    "ones_of_its_shape": lambda array: np.ones(array.shape),
    "nan_of_its_shape": lambda array: np.full(array.shape, np.nan),
}
MOST_CALLS = 12

RECORD: list[tuple[Any, Any, Any]] = []
"""For every call of a public case: its arguments, their shapes, and the right result or error."""


def put_junk(namespace: dict[str, Any], right: Function) -> None:
    """Define the junk that may stand for the function ``right``, and ``record_right`` that fills `RECORD`."""
    junk = {
        "raises": always_raising,
        "right_on_the_public_cases": memoriser(lambda text, _: text),
        "right_on_the_public_shapes": memoriser(lambda _, shapes: shapes),
    }
    junk |= {name: always(value) for name, value in CONSTANTS.items()}
    junk |= {name: of_first(change) for name, change in OF_THE_FIRST_ARGUMENT.items()}
    junk |= {name: of_result(change, right) for name, change in OF_THE_RESULT.items()}
    namespace |= {"record_right": recording(right), "recorded_calls": lambda: len(RECORD), "JUNK": list(junk), **junk}
    # How many calls will be recorded is not known yet.
    namespace |= {f"result_of_call_{index}": of_call(index) for index in range(MOST_CALLS)}


def always_raising(*_arguments: Any, **_keywords: Any) -> None:
    raise ValueError("no")


def always(value: Any) -> Function:
    return lambda *_, **__: value


def of_call(index: int) -> Function:
    return lambda *_, **__: again(RECORD[index][2])


def of_first(change: Function) -> Function:
    return lambda *arguments, **_: change(arguments[0])


def of_result(change: Function, right: Function) -> Function:
    return lambda *arguments, **keywords: everywhere(change, right(*arguments, **keywords))


def everywhere(change: Function, value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return type(value)(everywhere(change, item) for item in value)
    return change(np.asarray(value))


def recording(right: Function) -> Function:
    def record_right(*arguments: Any, **keywords: Any) -> Any:
        given = [*arguments, *keywords.values()]
        try:
            result = right(*arguments, **keywords)
        except ValueError as error:
            result = error
        RECORD.append((text_of(given), shapes_of(given), result))
        return again(result)

    return record_right


def again(result: Any) -> Any:
    if isinstance(result, ValueError):
        raise result
    return result


def memoriser(choose: Callable[[Any, Any], Any]) -> Function:
    """Return what answers a call like the recorded one that ``choose`` takes for the same, others like the last."""

    def recall(*arguments: Any, **keywords: Any) -> Any:
        given = [*arguments, *keywords.values()]
        wanted = choose(text_of(given), shapes_of(given))
        results = [result for text, shapes, result in RECORD if choose(text, shapes) == wanted]
        return again((results or [RECORD[-1][2]])[0])

    return recall


def text_of(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return f"{type(value).__name__}({', '.join(map(text_of, value))})"
    if isinstance(value, np.ndarray):
        return f"array of {value.tolist()}"
    # A function comes as another one in every call.
    return "function" if callable(value) else repr(value)


def shapes_of(value: Any) -> Any:
    if isinstance(value, list):
        return [shapes_of(item) for item in value]
    if isinstance(value, tuple):
        return tuple(shapes_of(item) for item in value)
    return "function" if callable(value) else np.shape(value)
