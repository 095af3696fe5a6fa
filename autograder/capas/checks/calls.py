"""One call of a student's function and the statements a case can make about it."""

import copy
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

import numpy as np

from capas.checks.messages import get_language, say, shape_text, show, show_apart

# Loose enough for any sound algorithm in double precision, and for derivatives taken numerically;
# far tighter than the difference that any known misunderstanding makes.
DEFAULT_RTOL = 1e-6
DEFAULT_ATOL = 1e-8


class CheckFailure(AssertionError):
    """A statement that does not hold. ``kind`` says what sort of thing is wrong, without any value.

    Args:
        kind: the sort of thing.
        message: writes the sentence for students; called when somebody asks for it.
    """

    def __init__(self, kind: str, message: Callable[[], str]):
        super().__init__()
        self.kind = kind
        self._message = message

    def __str__(self) -> str:
        return self._text

    @cached_property
    def _text(self) -> str:
        return self._message()


def call(function: Callable[..., Any] | None, *arguments: Any, **keywords: Any) -> "Call":
    """Call ``function`` once, with copies of the arguments, and return what can be stated about it.

    Raises:
        CheckFailure: when there is no such function.
    """
    if function is None:
        raise CheckFailure("missing", lambda: say("missing"))
    if not callable(function):
        raise CheckFailure("not_a_function", lambda: say("not_a_function", type=type(function).__name__))
    return Call(function, arguments, keywords)


def require(condition: bool, *, es: str, en: str, **values: Any) -> None:
    """State a property of results that were already checked for shape and type.

    Args:
        condition: what must hold.
        es: what to say in Spanish when it does not, with ``{name}`` for each of ``values``.
        en: the same in English.
        values: calls, arrays, numbers; written out only when the sentence is needed.

    Raises:
        CheckFailure: with the sentence in the current language when ``condition`` is false.
    """
    if not condition:
        raise CheckFailure("property", lambda: _sentence({"es": es, "en": en}[get_language()], values))


def _sentence(template: str, values: dict[str, Any]) -> str:
    shown = {
        name: value.text if isinstance(value, Call) else value if isinstance(value, str) else show(value)
        for name, value in values.items()
    }
    return template.format(**shown)


@contextmanager
def traced() -> Iterator[list["Call"]]:
    """Gather the calls that are made inside the block."""
    global _trace
    outer, _trace = _trace, []
    try:
        yield _trace
    finally:
        _trace = outer


_trace: "list[Call] | None" = None


class Call:
    """A finished call: what went in, and what came out or was raised."""

    def __init__(self, function: Callable[..., Any], arguments: tuple[Any, ...], keywords: dict[str, Any]):
        self._function = function
        self._before = (arguments, keywords)
        # Lists and arrays are copied, functions are not: deepcopy knows the difference.
        self._after = copy.deepcopy((arguments, keywords))
        self._value: Any = None
        self._error: BaseException | None = None
        self._valued = False
        with warnings.catch_warnings(record=True) as self._warnings:
            warnings.simplefilter("always")
            try:
                self._value = function(*self._after[0], **self._after[1])
            # Whatever the student's code raises is what we report; a person's Ctrl-C goes on.
            except (Exception, SystemExit) as error:
                if getattr(error, "kind", "") == "argument":  # it never got there
                    raise
                self._error = error
        if _trace is not None:
            _trace.append(self)

    @cached_property
    def text(self) -> str:
        """The call as a student would write it."""
        return _call_text(self._function, *self._before)

    @property
    def arguments(self) -> tuple[Any, ...]:
        """The positional arguments, as they were before the call."""
        return self._before[0]

    @property
    def result(self) -> Any:
        """What came back, None where an error was raised."""
        return self._value

    @property
    def error(self) -> BaseException | None:
        """What was raised, if anything: an exception, or the SystemExit of `exit()`."""
        return self._error

    @property
    def error_kind(self) -> str:
        """What sort of end the call came to: that of a proxy's exception, "exited", or "raised"."""
        kind = getattr(self._error, "kind", "raised")
        return "exited" if isinstance(self._error, SystemExit) else str(kind)

    @property
    def warned(self) -> bool:
        """Whether NumPy gave a warning."""
        return any(issubclass(warning.category, RuntimeWarning) for warning in self._warnings)

    def changed_arguments(self) -> list[Any]:
        """Return the arguments that the call changed, as they are now."""
        return [new for old, new in self._argument_pairs() if not _identical(old, new)]

    def _argument_pairs(self) -> list[tuple[Any, Any]]:
        before = [*self._before[0], *self._before[1].values()]
        after = [*self._after[0], *self._after[1].values()]
        return list(zip(before, after, strict=True))

    @property
    def value(self) -> Any:
        """What the function returned, untouched.

        Raises:
            CheckFailure: when it raised instead.
        """
        if self._error is not None:
            raise self._failure(self._error) from None
        return self._value

    def returns(self, expected: Any, *, rtol: float = DEFAULT_RTOL, atol: float = DEFAULT_ATOL) -> "Call":
        """State that the result equals ``expected``: structure, then shape, then type, then value.

        A list or tuple that holds arrays, lists of unlike shapes or tuples is compared item by item;
        anything else as one array of numbers.

        Raises:
            CheckFailure: at the first difference.
        """
        self._compare(self.value, expected, (), rtol, atol)
        self._valued = True
        return self

    def array(self, shape: tuple[int, ...]) -> np.ndarray:
        """Return the result as a float array after stating that it is finite and has ``shape``.

        Raises:
            CheckFailure: when it is not.
        """
        result = self._numbers(self.value, shape, (), lambda: say("an_array", shape=shape_text(shape)))
        if not np.all(np.isfinite(result)):
            raise CheckFailure(
                "value", lambda: say("value", call=self.text, returned=show(result), expected=say("finite"))
            )
        self._valued = True
        return result.astype(float)

    def leaves_arguments(self) -> "Call":
        """State that the arguments are as they were. Only after ``returns``: None leaves them alone too.

        Raises:
            CheckFailure: when one changed.
            RuntimeError: when the case has not stated a value first; the case is at fault.
        """
        if not self._valued:
            raise RuntimeError("leaves_arguments() needs returns() or array() before it")
        changed = next((pair for pair in self._argument_pairs() if not _identical(*pair)), None)
        if changed is not None:
            before, after = changed
            raise CheckFailure(
                "changed_arguments",
                lambda: say("changed_arguments", call=self.text, before=show(before), after=show(after)),
            )
        return self

    def warns_nothing(self) -> "Call":
        """State that NumPy gave no warning. Only after ``returns``.

        Raises:
            CheckFailure: when one was given.
            RuntimeError: when the case has not stated a value first; the case is at fault.
        """
        if not self._valued:
            raise RuntimeError("warns_nothing() needs returns() or array() before it")
        first = next((each for each in self._warnings if issubclass(each.category, RuntimeWarning)), None)
        if first is not None:
            raise CheckFailure("warned", lambda: say("warned", call=self.text, warning=str(first.message)))
        return self

    def raises(self, expected: type[Exception]) -> "Call":
        """State that the call ended with ``expected``.

        Raises:
            CheckFailure: when it returned, or ended otherwise.
        """
        name = expected.__name__
        if self._error is None:
            raise CheckFailure(
                "did_not_raise", lambda: say("did_not_raise", call=self.text, expected=name, returned=show(self._value))
            )
        error = self._error
        failure = self._failure(error)
        if failure.kind != "raised":
            raise failure from None
        if not isinstance(error, expected):
            raise CheckFailure(
                "did_not_raise", lambda: say("raised_other", call=self.text, expected=name, error=_error_text(error))
            ) from None
        return self

    def _failure(self, error: BaseException) -> CheckFailure:
        # A proxy's exception says what became of the call; a student's own is just "raised".
        kind = self.error_kind
        if kind not in ("timeout", "crashed", "exited", "unsendable"):
            kind = "raised"
        return CheckFailure(
            "type" if kind == "unsendable" else kind, lambda: say(kind, call=self.text, error=_error_text(error))
        )

    def _compare(self, value: Any, expected: Any, path: tuple[int, ...], rtol: float, atol: float) -> None:
        if not _is_structure(expected):
            self._compare_numbers(value, expected, path, rtol, atol)
            return
        if value is None:
            raise CheckFailure("nothing", lambda: say("nothing", call=self._where(path), expected=show(expected)))
        if not isinstance(value, (list, tuple, np.ndarray)) or getattr(value, "shape", None) == ():
            raise CheckFailure(
                "shape",
                lambda: say(
                    "not_a_sequence", call=self._where(path), returned=show(value), expected_length=len(expected)
                ),
            )
        if len(value) != len(expected):
            raise CheckFailure(
                "shape", lambda: say("length", call=self._where(path), length=len(value), expected_length=len(expected))
            )
        for index, (item, expected_item) in enumerate(zip(value, expected, strict=True)):
            self._compare(item, expected_item, (*path, index), rtol, atol)

    def _compare_numbers(self, value: Any, expected: Any, path: tuple[int, ...], rtol: float, atol: float) -> None:
        target = np.asarray(expected)
        result = self._numbers(value, target.shape, path, lambda: show(target))
        # In floats, as integers would wrap around. Neither NaN nor infinity can ever pass.
        with np.errstate(all="ignore"):
            difference = np.abs(np.subtract(result, target, dtype=float))
            close = np.isfinite(difference) & (difference <= atol + rtol * np.abs(target))
        if not np.all(close):
            raise CheckFailure("value", lambda: self._unequal(result, target, path))

    def _unequal(self, result: np.ndarray, target: np.ndarray, path: tuple[int, ...]) -> str:
        returned, wanted = show_apart(result, target)
        return say("value", call=self._where(path), returned=returned, expected=wanted)

    def _numbers(
        self, value: Any, shape: tuple[int, ...], path: tuple[int, ...], expected: Callable[[], str]
    ) -> np.ndarray:
        if value is None:
            raise CheckFailure("nothing", lambda: say("nothing", call=self._where(path), expected=expected()))
        try:
            result = np.asarray(value)
        except Exception:
            result = np.asarray(None)
        if result.dtype.kind not in "biufc":
            raise CheckFailure(
                "type", lambda: say("type", call=self._where(path), returned=show(value), type=type(value).__name__)
            )
        if result.shape != shape:
            raise CheckFailure(
                "shape",
                lambda: say(
                    "shape",
                    call=self._where(path),
                    shape=shape_text(result.shape),
                    expected_shape=shape_text(shape),
                    returned=show(result),
                ),
            )
        if result.dtype.kind in "bc":
            raise CheckFailure(
                "type", lambda: say("not_numbers", call=self._where(path), returned=show(result), dtype=result.dtype)
            )
        return result

    def _where(self, path: tuple[int, ...]) -> str:
        if not path:
            return self.text
        return say("item", path="".join(f"[{index}]" for index in path), call=self.text)


def _call_text(function: Callable[..., Any], arguments: tuple[Any, ...], keywords: dict[str, Any]) -> str:
    shown = [show(argument) for argument in arguments]
    shown += [f"{name}={show(argument)}" for name, argument in keywords.items()]
    return f"{getattr(function, '__name__', 'f')}({', '.join(shown)})"


def _error_text(error: BaseException) -> str:
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text}"[:300]


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
    if isinstance(old, np.ndarray):
        return (
            isinstance(new, np.ndarray)
            and old.dtype == new.dtype
            and old.shape == new.shape
            and old.tobytes() == new.tobytes()
        )
    if isinstance(old, (list, tuple)):
        return (
            type(old) is type(new)
            and len(old) == len(new)
            and all(_identical(before, after) for before, after in zip(old, new, strict=True))
        )
    if isinstance(old, dict):
        return (
            type(old) is type(new) and old.keys() == new.keys() and all(_identical(old[key], new[key]) for key in old)
        )
    if callable(old) or old is new:  # NaN does not equal itself
        return True
    return type(old) is type(new) and old == new
