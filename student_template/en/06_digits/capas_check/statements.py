"""What a case states about a call of a student's function; the first statement that does not hold ends the case."""

import copy
import importlib
import warnings
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from typing import Any

import numpy as np

from capas_check.limit import TookTooLong
from capas_check.show import as_array, error_text, is_object, show, show_apart, tables_for, type_name
from capas_check.texts import Texts

# Six digits: loose enough for any sound algorithm, and for derivatives taken numerically; far tighter than the
# difference that any known misunderstanding makes. Of numbers in float32 five, counted from the largest of them.
DEFAULT_RTOL, DEFAULT_ATOL, FLOAT32_TOLERANCE = 1e-6, 1e-8, 1e-5

COMPARED = ("returned", "expected", "before", "after")  # what sentences show with as many digits as it takes to differ
UNFINISHED = ("generator", "coroutine")  # what `yield` and `async` make of a function: nothing of it has been run


class CheckFailure(AssertionError):
    """A statement that does not hold: the ``kind`` of thing that is wrong, and what writes a ``sentence`` about it."""

    def __init__(self, kind: str, sentence: Callable[[Texts], str]):
        super().__init__(kind)
        self.kind, self.sentence = kind, sentence


def call(function: Callable[..., Any] | None, *arguments: Any, **keywords: Any) -> "Call":
    """Call ``function`` once, with copies of the arguments; CheckFailure when there is no such function."""
    if not callable(function):
        kind = "missing" if function is None else "not_a_function"
        raise CheckFailure(kind, lambda say: say(kind, type=getattr(function, "form", type(function).__name__)))
    return Call(function, arguments, keywords)


def require(condition: bool, **told: Any) -> None:
    """State a property of results that were already checked for shape and type; CheckFailure when it does not hold.

    ``en="…"`` says so in English, other languages likewise, with ``{name}`` for what else is named: calls, arrays,
    numbers.
    """
    if not condition:
        written = {name: value.text if isinstance(value, Call) else value for name, value in told.items()}
        shown = {name: value if isinstance(value, str) else show(value) for name, value in written.items()}
        raise CheckFailure("property", lambda say: told.get(say["language"], told.get("en", "")).format(**shown))


calls_of_case: ContextVar["list[Call] | None"] = ContextVar("calls_of_case", default=None)  # while a case runs
measures_of_case: ContextVar["dict[str, Any] | None"] = ContextVar("measures_of_case", default=None)
shared_calls: ContextVar["list[tuple[Any, Any]] | None"] = ContextVar("shared_calls", default=None)  # of some cases


class Call:
    """A finished call: its ``arguments`` before and ``after``, ``result`` what came back, ``error`` what was raised."""

    def __init__(self, function: Callable[..., Any], arguments: tuple[Any, ...], keywords: dict[str, Any]):
        self._function, self.arguments, self.keywords = function, arguments, keywords
        # Plain data is copied; functions and objects are passed on as they are.
        self.after = copy.deepcopy((arguments, keywords), {id(one): one for one in _objects_in([arguments, keywords])})
        self.result: Any = None
        self.error: BaseException | None = None
        self._valued, self.modules, self.noted = False, set[str](), ""
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                self.result = function(*self.after[0], **self.after[1])
            # Whatever the student's code raises is what we report; a person's Ctrl-C goes on.
            except (Exception, SystemExit, TookTooLong) as error:
                if getattr(error, "kind", "") == "argument":  # the case's own, which never got there
                    raise
                self.error = error
        self.warning = next((str(one.message) for one in caught if issubclass(one.category, RuntimeWarning)), None)
        if (calls := calls_of_case.get()) is not None:
            calls.append(self)

    @property
    def text(self) -> str:
        """The call as a student would write it."""
        shown = [*map(show, self.arguments), *(f"{name}={show(value)}" for name, value in self.keywords.items())]
        return f"{getattr(self._function, '__name__', 'f')}({', '.join(shown)})"

    def changed_arguments(self) -> list[tuple[Any, Any]]:
        """Return the arguments that the call changed, each as it was and as it is now."""
        both = (self.arguments, self.keywords), self.after
        before, after = ([*arguments, *keywords.values()] for arguments, keywords in both)
        return [(old, new) for old, new in zip(before, after, strict=True) if frozen(old) != frozen(new)]

    @property
    def error_kind(self) -> str:
        """What sort of end the call came to: "raised", or what else became of it, as a proxy's exception says."""
        kind = "exited" if isinstance(self.error, SystemExit) else getattr(self.error, "kind", "raised")
        return kind if kind in ("timeout", "crashed", "exited", "too_large", "unsendable") else "raised"

    @property
    def value(self) -> Any:
        """What the function returned, untouched; CheckFailure when it raised instead."""
        if self.error is not None:
            raise self._ended(self.error) from None
        if (kind := type(self.result).__name__) in UNFINISHED:
            raise self._failure("type", kind)
        return self.result

    def returns(self, expected: Any, *, rtol: float = DEFAULT_RTOL, atol: float = DEFAULT_ATOL) -> "Call":
        """State that the result equals ``expected``; CheckFailure tells the first difference in shape, type, or value.

        A list or tuple that holds arrays, lists of unlike shapes or tuples is compared item by item. What is not of
        numbers only, `capas_check.values` compares.
        """
        if is_numeric(expected):
            self.compare_numbers(self.value, expected, (), rtol, atol)
        else:
            self.load("values").compare(self, expected, rtol, atol)
        self._valued = True
        return self

    def load(self, module: str) -> Any:
        """Return an optional module of this package; a bundle has those that its cases load when it is built."""
        self.modules.add(module)
        return importlib.import_module(f"capas_check.{module}")

    def compare_numbers(self, found: Any, expected: Any, place: tuple[Any, ...], rtol: float, atol: float) -> None:
        """State that what is ``found`` at a ``place`` in the result is of the same numbers as ``expected``."""
        for inner, value, target in self._pairs(found, expected, place):
            result = self._numbers(value, target.shape, inner)
            # In floats, as integers would wrap around. Neither NaN nor infinity can ever pass.
            with np.errstate(all="ignore"):
                difference = np.abs(np.subtract(result, target, dtype=float))
                coarse = FLOAT32_TOLERANCE * np.max(np.abs(target), initial=0) if result.dtype == np.float32 else 0
                close = np.isfinite(difference) & (difference <= np.maximum(atol + rtol * np.abs(target), coarse))
            if not np.all(close):
                raise self._failure("value", "", inner, returned=result, expected=target)

    def array(self, shape: tuple[int, ...]) -> np.ndarray:
        """Return the result as a float array after stating that it is finite and has ``shape``."""
        if self.value is None:
            raise self._failure("nothing", "nothing_of_shape", expected_shape=shape)
        result = self._numbers(self.result, shape, ())
        if not np.all(np.isfinite(result)):
            raise self._failure("value", "not_finite", returned=result)
        self._valued = True
        return result.astype(float)

    def leaves_arguments(self) -> "Call":
        """State that the arguments are as they were. Only after ``returns``: None leaves them alone too."""
        self._expect_a_value("leaves_arguments")
        for before, after in self.changed_arguments():
            raise self._failure("changed_arguments", before=before, after=after)
        return self

    def warns_nothing(self) -> "Call":
        """State that NumPy gave no warning. Only after ``returns``."""
        self._expect_a_value("warns_nothing")
        if self.warning is not None:
            raise self._failure("warned", warning=self.warning)
        return self

    def raises(self, expected: type[Exception]) -> "Call":
        """State that the call ended with ``expected``."""
        if self.error is None:
            raise self._failure("did_not_raise", returned=self.result, expected=expected)
        if self.error_kind != "raised":
            raise self._ended(self.error) from None
        if not isinstance(self.error, expected):
            raise self._failure("did_not_raise", "raised_other", expected=expected, error=error_text(self.error))
        return self

    def _expect_a_value(self, statement: str) -> None:
        if not self._valued:
            raise RuntimeError(f"{statement}() needs returns() or array() before it")

    def _ended(self, error: BaseException) -> CheckFailure:
        if self.error_kind != "unsendable":
            return self._failure(self.error_kind, error=error_text(error))
        key = next((name for name in UNFINISHED if str(error).endswith(f"of type {name}")), "unsendable")
        return self._failure("type", key, error=error_text(error))

    def _failure(self, kind: str, key: str = "", place: tuple[Any, ...] = (), **values: Any) -> CheckFailure:
        """Return the failure told by the sentence ``key``, filled in with ``values``; ``place`` is where it is."""
        texts = {name: value if isinstance(value, str) else show(value) for name, value in values.items()}
        shown = {name: value for name, value in values.items() if name in COMPARED}
        texts |= zip(shown, show_apart(*shown.values()), strict=True)
        key, text, path = key or kind, self.text, "".join(f"[{show(index)}]" for index in place)
        return CheckFailure(
            kind, lambda say: say(key, call=say("item", path=path, call=text) if path else text, **texts)
        )

    def _pairs(self, value: Any, expected: Any, place: tuple[Any, ...]) -> Iterator[tuple[Any, Any, np.ndarray]]:
        """Yield what is to be an array beside the array that it should be: one pair, or one for each in a structure."""
        structured = _is_structure(expected)
        if value is None:
            raise self._failure("nothing", "", place, expected=expected if structured else np.asarray(expected))
        if not structured:
            yield place, value, np.asarray(expected)
        elif not isinstance(value, (list, tuple, np.ndarray)) or getattr(value, "shape", None) == ():
            raise self._failure("shape", "not_a_sequence", place, returned=value, expected_length=len(expected))
        elif len(value) != len(expected):
            raise self._failure("shape", "length", place, length=len(value), expected_length=len(expected))
        else:
            for index, (item, expected_item) in enumerate(zip(value, expected, strict=True)):
                yield from self._pairs(item, expected_item, (*place, index))

    def _numbers(self, value: Any, shape: tuple[int, ...], place: tuple[Any, ...]) -> np.ndarray:
        result = as_array(value)
        if result.size > max(1_000_000, 2 * np.prod(shape)):
            raise self._failure("too_large", "", place)
        if result.dtype.kind not in "biufc":
            raise self._failure("type", "", place, returned=value, type=type_name(value))
        if result.shape != shape:
            raise self._failure("shape", "", place, returned=result, shape=result.shape, expected_shape=shape)
        if result.dtype.kind in "bc":
            raise self._failure("type", "not_numbers", place, returned=result, dtype=str(result.dtype))
        return result


def _is_structure(expected: Any) -> bool:
    """Tell whether ``expected`` is a list of separate results rather than one array written as a list."""
    if not isinstance(expected, (list, tuple)):
        return False
    separate = any(isinstance(item, (np.ndarray, tuple)) or _is_structure(item) for item in expected)
    return separate or as_array(expected).dtype == object  # lists of unlike shapes


def is_numeric(expected: Any) -> bool:
    """Tell whether ``expected`` is of numbers only, in arrays, lists and tuples."""
    if isinstance(expected, (list, tuple)):
        return all(map(is_numeric, expected))
    return as_array(expected).dtype.kind in "iuf" and not tables_for(expected)


def _objects_in(value: Any) -> Iterator[Any]:
    """Yield the objects in lists and the like that are no plain data."""
    if isinstance(value, (list, tuple, dict)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _objects_in(item)
    elif is_object(value):
        yield value


def frozen(value: Any) -> Any:
    """Return what equals that of another value only if both are the same to the bit; functions are all alike."""
    if isinstance(value, np.ndarray) and value.dtype != object:
        return value.dtype, value.shape, value.tobytes()
    if isinstance(value, (list, tuple, set, frozenset, np.ndarray)):
        items = map(frozen, value)
        return type(value), frozenset(items) if isinstance(value, (set, frozenset)) else tuple(items)
    if isinstance(value, dict):
        return dict, {key: frozen(item) for key, item in value.items()}
    if tables := tables_for(value):
        return frozen(tables.contents(value))
    return None if callable(value) else (type(value), id(value) if is_object(value) else value)
