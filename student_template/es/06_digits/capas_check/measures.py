"""Numbers that a case measures, which its result keeps whether or not they suffice, and calls that cases share.

::

    trained = once(train_own, pictures, labels, 0)
    guesses = call(predict_own, trained.value, hidden_pictures).array((300,))
    measure("accuracy", np.mean(guesses == hidden_labels), es="aciertos").at_least(0.9)
"""

import re
import time
from collections.abc import Callable
from typing import Any, Self

import numpy as np

from capas_check.operations import through
from capas_check.show import as_array, show, show_apart
from capas_check.statements import Call, CheckFailure, call, calls_of_case, frozen, measures_of_case, shared_calls
from capas_check.texts import Texts

MAX_MEASURES, MAX_POINTS, MAX_ROWS = 12, 200, 30
"""Of one case, of a list, and of a table in either direction: results of a whole class stay small."""
DIGITS = 6
"""Of the numbers that are kept. Statements look at all of them."""
SEED = 20_260_101
"""Where the global generators begin before a call that cases share, so that it does the same everywhere."""


def measure(name: str, value: Any, **titles: str) -> "Measure":
    """Keep a number under ``name`` in the case's result; or a list of numbers, such as a learning curve, or a table.

    Of a list longer than `MAX_POINTS` as many are kept, evenly; of numbers that are not finite, that they are not.
    ``es="…"`` is what it is called in Spanish, other languages likewise; by default as its ``name``.
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", name):
        raise ValueError(f"measure({name!r}): a name is of lower-case letters, digits and _, such as accuracy")
    made, known = Measure(name, value, titles), measures_of_case.get()
    if known is not None:
        if len(known) >= MAX_MEASURES and name not in known:
            raise ValueError(f"measure({name!r}): a case may measure {MAX_MEASURES} things")
        known[name] = made
    return made


class Measure:
    """What was measured: ``kept`` is its value as the result has it, plain data."""

    def __init__(self, name: str, value: Any, titles: dict[str, str]):
        self.name, self._titles = name, titles
        array = as_array(value)
        too_large = array.ndim > 2 or (array.ndim == 2 and max(array.shape) > MAX_ROWS)
        if array.dtype.kind not in "biuf" or too_large:
            text = show(value)
            raise CheckFailure("type", lambda say: say("measure_of_no_numbers", name=self.title(say), value=text))
        if array.ndim == 1 and array.size > MAX_POINTS:
            array = array[np.linspace(0, array.size - 1, MAX_POINTS).round().astype(int)]
        self._number = array[()] if array.ndim == 0 else None
        self.kept: Any = _plain(array.tolist())

    def title(self, say: Texts) -> str:
        """Return what it is called in the language of ``say``."""
        return self._titles.get(say["language"], self.name)

    def text(self, say: Texts) -> str:
        """Return what to tell the student: a number; of a list or a table nothing."""
        return "" if self._number is None else f"{self.title(say)}: {show(self._number)}"

    def at_least(self, bound: float) -> Self:
        """State that the number is ``bound`` or more; what is not finite never is."""
        return self._state(bound, "measure_low", lambda number: number >= bound)

    def at_most(self, bound: float) -> Self:
        """State that the number is ``bound`` or less; what is not finite never is."""
        return self._state(bound, "measure_high", lambda number: number <= bound)

    def _state(self, bound: float, key: str, holds: Callable[[Any], Any]) -> Self:
        number = self._number
        if number is None:
            raise ValueError(f"measure({self.name!r}): a list or table is neither more nor less than a number")
        if not (np.isfinite(number) and holds(number)):
            value, wanted = show_apart(number, bound)
            raise CheckFailure("measure", lambda say: say(key, name=self.title(say), value=value, bound=wanted))
        return self


def _plain(value: Any) -> Any:
    """Return numbers as they are kept: of few digits, None for what is not finite."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, int):
        return int(value)
    return float(f"{value:.{DIGITS}g}") if np.isfinite(value) else None


def once(function: Callable[..., Any] | None, *arguments: Any, **keywords: Any) -> "SharedCall":
    """Call ``function`` as `call` does, and only once however many cases of a question make the same call.

    For what takes long, such as training. It is to return plain data. Python's and NumPy's global generators begin
    at a fixed seed.
    """
    if not callable(function):
        call(function)  # says why not
    seeded = through(function, "seeded", seed=SEED)  # in any case: so it is never asked ahead
    made = (getattr(function, "__name__", ""), frozen((arguments, keywords)))
    shared = shared_calls.get()
    shared = [] if shared is None else shared
    if found := next((one for what, one in shared if what == made), None):
        if (calls := calls_of_case.get()) is not None:
            calls.append(found)
        return found
    one = SharedCall(seeded, arguments, keywords)
    shared.append((made, one))
    return one


class SharedCall(Call):
    """A finished call that several cases look at, and how many ``seconds`` it took."""

    is_shared = True

    def __init__(self, function: Callable[..., Any], arguments: tuple[Any, ...], keywords: dict[str, Any]):
        begin = time.perf_counter()
        super().__init__(function, arguments, keywords)
        self.seconds = time.perf_counter() - begin
