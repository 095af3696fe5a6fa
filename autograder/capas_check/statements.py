"""What a case states about a call of a student's function; the first statement that does not hold ends the case."""

import copy
import functools
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import numpy as np

from capas_check.show import as_array, show, show_apart, show_shape
from capas_check.texts import Texts

# Loose enough for any sound algorithm in double precision, and for derivatives taken numerically;
# far tighter than the difference that any known misunderstanding makes.
DEFAULT_RTOL = 1e-6
DEFAULT_ATOL = 1e-8

Sentence = Callable[[Texts], str]
"""Writes a sentence in the language of the texts it is given, when somebody asks for it."""
Path = tuple[int, ...]


class CheckFailure(AssertionError):
    """A statement that does not hold: the ``kind`` of thing that is wrong, without any value, and what to tell."""

    def __init__(self, kind: str, sentence: Sentence):
        super().__init__(kind)
        self.kind, self.sentence = kind, sentence


def call(function: Callable[..., Any] | None, *arguments: Any, **keywords: Any) -> "Call":
    """Call ``function`` once, with copies of the arguments; CheckFailure when there is no such function."""
    if function is None:
        raise CheckFailure("missing", lambda say: say("missing"))
    if not callable(function):
        raise CheckFailure("not_a_function", lambda say: say("not_a_function", type=type(function).__name__))
    return Call(function, arguments, keywords)


def require(condition: bool, *, es: str, en: str, **values: Any) -> None:
    """State a property of results that were already checked for shape and type; CheckFailure when it does not hold.

    ``es`` and ``en`` say so in Spanish and English, with ``{name}`` for each of ``values``: calls, arrays, numbers.
    """

    def sentence(say: Texts) -> str:
        written = {name: value.text if isinstance(value, Call) else value for name, value in values.items()}
        shown = {name: value if isinstance(value, str) else show(value) for name, value in written.items()}
        return {"es": es, "en": en}[say.language].format(**shown)

    if not condition:
        raise CheckFailure("property", sentence)


UNFINISHED = ("generator", "coroutine")
"""Types of what a function with `yield`, or an `async` one, returns at once: nothing of it has been run."""

_calls: ContextVar["list[Call] | None"] = ContextVar("calls", default=None)


@contextmanager
def traced() -> Iterator[list["Call"]]:
    """Gather the calls that are made inside the block."""
    calls: list[Call] = []
    token = _calls.set(calls)
    try:
        yield calls
    finally:
        _calls.reset(token)


class Call:
    """A finished call: ``arguments`` are as they were before, ``result`` what came back, ``error`` what was raised."""

    def __init__(self, function: Callable[..., Any], arguments: tuple[Any, ...], keywords: dict[str, Any]):
        self._function, self._before, self.arguments = function, (arguments, keywords), arguments
        # Lists and arrays are copied, functions are not: deepcopy knows the difference.
        self._after = copy.deepcopy((arguments, keywords))
        self.result: Any = None
        self.error: BaseException | None = None
        self._valued = False
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                self.result = function(*self._after[0], **self._after[1])
            # Whatever the student's code raises is what we report; a person's Ctrl-C goes on.
            except (Exception, SystemExit) as error:
                if getattr(error, "kind", "") == "argument":  # the case's own, which never got there
                    raise
                self.error = error
        # Of NumPy's warnings the first.
        self.warning = next((str(one.message) for one in caught if issubclass(one.category, RuntimeWarning)), None)
        if (calls := _calls.get()) is not None:
            calls.append(self)

    @functools.cached_property
    def text(self) -> str:
        """The call as a student would write it."""
        arguments, keywords = self._before
        shown = [*map(show, arguments), *(f"{name}={show(value)}" for name, value in keywords.items())]
        return f"{getattr(self._function, '__name__', 'f')}({', '.join(shown)})"

    def changed_arguments(self) -> list[tuple[Any, Any]]:
        """Return the arguments that the call changed, each as it was and as it is now."""
        before, after = ([*arguments, *keywords.values()] for arguments, keywords in (self._before, self._after))
        return [(old, new) for old, new in zip(before, after, strict=True) if not _identical(old, new)]

    @property
    def value(self) -> Any:
        """What the function returned, untouched; CheckFailure when it raised instead."""
        if self.error is not None:
            raise self._failure_of(self.error) from None
        return self.result

    def returns(self, expected: Any, *, rtol: float = DEFAULT_RTOL, atol: float = DEFAULT_ATOL) -> "Call":
        """State that the result equals ``expected``: structure, then shape, then type, then value.

        A list or tuple that holds arrays, lists of unlike shapes or tuples is compared item by item; anything else as
        one array of numbers. CheckFailure tells the first difference.
        """
        self._compare(self.value, expected, (), rtol, atol)
        self._valued = True
        return self

    def array(self, shape: tuple[int, ...]) -> np.ndarray:
        """Return the result as a float array after stating that it is finite and has ``shape``."""
        result = self._numbers(self.value, shape, (), lambda say: say("an_array", shape=show_shape(shape)))
        if not np.all(np.isfinite(result)):
            raise self._failure("value", "value", returned=lambda _: show(result), expected=lambda say: say("finite"))
        self._valued = True
        return result.astype(float)

    def leaves_arguments(self) -> "Call":
        """State that the arguments are as they were. Only after ``returns``: None leaves them alone too."""
        self._expect_a_value("leaves_arguments")
        if changed := self.changed_arguments():
            before, after = changed[0]
            shown = {"before": lambda _: show(before), "after": lambda _: show(after)}
            raise self._failure("changed_arguments", "changed_arguments", (), **shown)
        return self

    def warns_nothing(self) -> "Call":
        """State that NumPy gave no warning. Only after ``returns``."""
        self._expect_a_value("warns_nothing")
        if self.warning is not None:
            raise self._failure("warned", "warned", warning=self.warning)
        return self

    def raises(self, expected: type[Exception]) -> "Call":
        """State that the call ended with ``expected``."""
        name, error = expected.__name__, self.error
        if error is None:
            raise self._failure("did_not_raise", "did_not_raise", expected=name, returned=lambda _: show(self.result))
        failure = self._failure_of(error)
        if failure.kind != "raised":
            raise failure from None
        if not isinstance(error, expected):
            raise self._failure("did_not_raise", "raised_other", expected=name, error=_error_text(error)) from None
        return self

    def _expect_a_value(self, statement: str) -> None:
        if not self._valued:
            raise RuntimeError(f"{statement}() needs returns() or array() before it")

    def _failure(self, kind: str, key: str, path: Path = (), **values: "str | int | Sentence") -> CheckFailure:
        """Return the failure told by the sentence ``key``; ``values`` that take time to write are functions."""

        def sentence(say: Texts) -> str:
            written = {name: value(say) if callable(value) else value for name, value in values.items()}
            where = say("item", path="".join(f"[{index}]" for index in path), call=self.text) if path else self.text
            return say(key, call=where, **written)

        return CheckFailure(kind, sentence)

    @property
    def error_kind(self) -> str:
        """What sort of end the call came to: "exited", what a proxy's exception says, or "raised"."""
        return "exited" if isinstance(self.error, SystemExit) else str(getattr(self.error, "kind", "raised"))

    def _failure_of(self, error: BaseException) -> CheckFailure:
        key = self.error_kind if self.error_kind in ("timeout", "crashed", "exited", "unsendable") else "raised"
        unfinished = next((name for name in UNFINISHED if str(error).endswith(f"of type {name}")), "")
        if key == "unsendable" and unfinished:
            return self._failure("type", unfinished)
        return self._failure("type" if key == "unsendable" else key, key, error=_error_text(error))

    def _compare(self, value: Any, expected: Any, path: Path, rtol: float, atol: float) -> None:
        if not _is_structure(expected):
            self._compare_numbers(value, expected, path, rtol, atol)
            return
        self._refuse_unfinished(value, path)
        if value is None:
            raise self._failure("nothing", "nothing", path, expected=lambda _: show(expected))
        if not isinstance(value, (list, tuple, np.ndarray)) or getattr(value, "shape", None) == ():
            shown = {"returned": lambda _: show(value), "expected_length": len(expected)}
            raise self._failure("shape", "not_a_sequence", path, **shown)
        if len(value) != len(expected):
            raise self._failure("shape", "length", path, length=len(value), expected_length=len(expected))
        for index, (item, expected_item) in enumerate(zip(value, expected, strict=True)):
            self._compare(item, expected_item, (*path, index), rtol, atol)

    def _compare_numbers(self, value: Any, expected: Any, path: Path, rtol: float, atol: float) -> None:
        target = np.asarray(expected)
        result = self._numbers(value, target.shape, path, lambda _: show(target))
        # In floats, as integers would wrap around. Neither NaN nor infinity can ever pass.
        with np.errstate(all="ignore"):
            difference = np.abs(np.subtract(result, target, dtype=float))
            close = np.isfinite(difference) & (difference <= atol + rtol * np.abs(target))
        if not np.all(close):
            apart = functools.cache(lambda: show_apart(result, target))
            raise self._failure("value", "value", path, returned=lambda _: apart()[0], expected=lambda _: apart()[1])

    def _refuse_unfinished(self, value: Any, path: Path) -> None:
        if type(value).__name__ in UNFINISHED:
            raise self._failure("type", type(value).__name__, path)

    def _numbers(self, value: Any, shape: tuple[int, ...], path: Path, expected: Sentence) -> np.ndarray:
        if value is None:
            raise self._failure("nothing", "nothing", path, expected=expected)
        self._refuse_unfinished(value, path)
        result = as_array(value)
        if result.dtype.kind not in "biufc":
            raise self._failure("type", "type", path, returned=lambda _: show(value), type=type(value).__name__)
        if result.shape != shape:
            shapes = {"shape": show_shape(result.shape), "expected_shape": show_shape(shape)}
            raise self._failure("shape", "shape", path, returned=lambda _: show(result), **shapes)
        if result.dtype.kind in "bc":
            raise self._failure("type", "not_numbers", path, returned=lambda _: show(result), dtype=str(result.dtype))
        return result


def _error_text(error: BaseException) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())}"[:300]


def _is_structure(expected: Any) -> bool:
    """Tell whether ``expected`` is a list of separate results rather than one array written as a list."""
    if not isinstance(expected, (list, tuple)):
        return False
    if any(isinstance(item, (np.ndarray, tuple)) for item in expected):
        return True
    try:
        np.asarray(expected)
    except ValueError:  # lists of unlike shapes
        return True
    return any(_is_structure(item) for item in expected)


def _identical(old: Any, new: Any) -> bool:
    if callable(old) or old is new:  # NaN does not equal itself
        return True
    if type(old) is not type(new):
        return False
    if isinstance(old, np.ndarray):
        return (old.dtype, old.shape, old.tobytes()) == (new.dtype, new.shape, new.tobytes())
    if isinstance(old, (list, tuple)):
        return len(old) == len(new) and all(map(_identical, old, new))
    if isinstance(old, dict):
        return old.keys() == new.keys() and all(_identical(old[key], new[key]) for key in old)
    return bool(old == new)
