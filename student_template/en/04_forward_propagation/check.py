"""Checks forward_propagation.py against the public cases. Usage: python check.py [question]

Needs NumPy and Otter: pip install numpy otter-grader
"""

def _start(modules):
    import sys, types
    sys.modules["capas"] = types.ModuleType("capas")
    for name, text in modules.items():
        module = sys.modules[name] = types.ModuleType(name)
        exec(compile(text, f"<{name}>", "exec"), module.__dict__)
    sys.modules["capas.checks"].__path__ = []

_modules = {
'capas.checks.messages': r'''"""The sentences of the checks, in the languages students read, and how values are shown in them."""

from collections.abc import Sequence
from typing import Any

import numpy as np

SHOWN_CHARACTERS = 240
PRECISION = 4

_language = "es"


def set_language(language: str) -> None:
    """Choose the language of all messages from now on: ``"es"`` or ``"en"``.

    Raises:
        ValueError: for a language that has no sentences.
    """
    global _language
    if language not in LANGUAGES:
        raise ValueError(f"no messages in {language!r}; there are {', '.join(LANGUAGES)}")
    _language = language


def get_language() -> str:
    """Return the language in which messages are written now."""
    return _language


def say(key: str, **values: object) -> str:
    """Return the sentence ``key`` in the current language, filled with ``values``."""
    return SENTENCES[key][_language].format(**values)


def show(value: Any, precision: int = PRECISION) -> str:
    """Return ``value`` as a student would write it, shortened to one line."""
    try:
        text = " ".join(_plain(value, precision).split())
    except Exception:  # a __repr__ of the student's that fails, or a list that holds itself
        text = f"<{type(value).__name__}>"
    # NumPy pads numbers to line up in columns, which a single line does not need.
    text = text.replace(" ,", ",").replace("[ ", "[").replace(" ]", "]")
    return text if len(text) <= SHOWN_CHARACTERS else text[: SHOWN_CHARACTERS - 1] + "…"


def show_apart(returned: Any, expected: Any) -> tuple[str, str]:
    """Return both values with as many digits as it takes to see that they differ."""
    for precision in (PRECISION, 8, 16):
        shown = show(returned, precision), show(expected, precision)
        if shown[0] != shown[1]:
            break
    return shown


def shape_text(shape: Sequence[int]) -> str:
    """Return a shape as NumPy prints it; a lone number has shape ``()``."""
    return str(tuple(int(length) for length in shape))


def _plain(value: Any, precision: int) -> str:
    if isinstance(value, np.ndarray) and value.ndim:
        return np.array2string(
            value, separator=", ", precision=precision, threshold=40, edgeitems=3, suppress_small=True
        )
    if isinstance(value, np.ndarray):
        return _plain(value.item(), precision)
    if isinstance(value, (bool, np.bool_)):
        return str(bool(value))
    if isinstance(value, (float, np.floating)):
        return f"{float(value):.{precision + 2}g}"
    if isinstance(value, np.generic):
        return str(value.item())
    if isinstance(value, tuple):
        inside = ", ".join(_plain(item, precision) for item in value)
        return f"({inside},)" if len(value) == 1 else f"({inside})"
    if isinstance(value, list):
        return "[" + ", ".join(_plain(item, precision) for item in value) + "]"
    if callable(value):
        return str(getattr(value, "__name__", "f"))
    return repr(value)


# Every sentence in every language; {call} is the call as a student would write it.
SENTENCES: dict[str, dict[str, str]] = {
    "missing": {
        "es": "La función no existe: ejecuta su celda y comprueba que no le cambiaste el nombre.",
        "en": "The function does not exist: run its cell, and check that you did not rename it.",
    },
    "not_a_function": {
        "es": "Se esperaba una función y hay otra cosa con ese nombre ({type}).",
        "en": "A function was expected, and something else has that name ({type}).",
    },
    "raised": {
        "es": "{call} terminó con un error: {error}",
        "en": "{call} ended with an error: {error}",
    },
    "timeout": {
        "es": "{call} no terminó a tiempo: ¿hay un bucle que no acaba?",
        "en": "{call} did not finish in time: is there a loop that never ends?",
    },
    "crashed": {
        "es": "{call} cerró el programa sin devolver nada.",
        "en": "{call} shut the program down without returning anything.",
    },
    "exited": {
        "es": "{call} pidió cerrar el programa, con exit(), quit() o sys.exit(). Quítalo: basta con return.",
        "en": "{call} asked to close the program, with exit(), quit() or sys.exit(). Remove it: return is enough.",
    },
    "a_function": {
        "es": "Tu función",
        "en": "Your function",
    },
    "unsendable": {
        "es": "{call} devolvió algo que no son números: {error}",
        "en": "{call} returned something that is not numbers: {error}",
    },
    "nothing": {
        "es": "{call} devolvió None; se esperaba {expected}. ¿Falta el return?",
        "en": "{call} returned None; expected {expected}. Is the return missing?",
    },
    "an_array": {
        "es": "un arreglo de números de forma {shape}",
        "en": "an array of numbers of shape {shape}",
    },
    "finite": {
        "es": "números finitos",
        "en": "finite numbers",
    },
    "type": {
        "es": "{call} devolvió {returned}, de tipo {type}; se esperaban números.",
        "en": "{call} returned {returned}, of type {type}; numbers were expected.",
    },
    "not_numbers": {
        "es": "{call} devolvió {returned}, con dtype {dtype}; se esperaban números.",
        "en": "{call} returned {returned}, with dtype {dtype}; numbers were expected.",
    },
    "shape": {
        "es": "{call} devolvió la forma {shape}; se esperaba la forma {expected_shape}. Devolvió {returned}.",
        "en": "{call} returned shape {shape}; expected shape {expected_shape}. It returned {returned}.",
    },
    "value": {
        "es": "{call} devolvió {returned}; se esperaba {expected}.",
        "en": "{call} returned {returned}; expected {expected}.",
    },
    "length": {
        "es": "{call} devolvió {length} elementos; se esperaban {expected_length}.",
        "en": "{call} returned {length} elements; expected {expected_length}.",
    },
    "not_a_sequence": {
        "es": "{call} devolvió {returned}; se esperaba una lista o tupla de {expected_length} elementos.",
        "en": "{call} returned {returned}; expected a list or tuple of {expected_length} elements.",
    },
    "changed_arguments": {
        "es": "{call} cambió el argumento que recibió: valía {before} y quedó en {after}.",
        "en": "{call} changed the argument it was given: it was {before} and became {after}.",
    },
    "warned": {
        "es": "{call} dio un aviso de NumPy: {warning}. Con estos valores el cálculo no debe desbordarse.",
        "en": "{call} gave a NumPy warning: {warning}. With these values nothing should overflow.",
    },
    "did_not_raise": {
        "es": "{call} debía terminar con {expected} y devolvió {returned}.",
        "en": "{call} should have ended with {expected}, and returned {returned}.",
    },
    "raised_other": {
        "es": "{call} debía terminar con {expected} y terminó con: {error}",
        "en": "{call} should have ended with {expected}, and ended with: {error}",
    },
    "item": {
        "es": "el elemento {path} de {call}",
        "en": "element {path} of {call}",
    },
}

# What may be said of a hidden case: what kind of thing went wrong, never with which values.
HIDDEN_SENTENCES: dict[str, dict[str, str]] = {
    "missing": SENTENCES["missing"],
    "not_a_function": {
        "es": "Se esperaba una función y hay otra cosa con ese nombre.",
        "en": "A function was expected, and something else has that name.",
    },
    "raised": {
        "es": "Prueba oculta: tu función terminó con un error.",
        "en": "Hidden case: your function ended with an error.",
    },
    "timeout": {
        "es": "Prueba oculta: tu función no terminó a tiempo.",
        "en": "Hidden case: your function did not finish in time.",
    },
    "crashed": {
        "es": "Prueba oculta: tu función cerró el programa sin devolver nada.",
        "en": "Hidden case: your function shut the program down without returning anything.",
    },
    "exited": {
        "es": "Prueba oculta: tu función pidió cerrar el programa, con exit(), quit() o sys.exit().",
        "en": "Hidden case: your function asked to close the program, with exit(), quit() or sys.exit().",
    },
    "nothing": {
        "es": "Prueba oculta: tu función devolvió None.",
        "en": "Hidden case: your function returned None.",
    },
    "type": {
        "es": "Prueba oculta: tu función devolvió algo que no son números.",
        "en": "Hidden case: your function returned something that is not numbers.",
    },
    "shape": {
        "es": "Prueba oculta: la forma de lo que devuelve tu función no es la esperada.",
        "en": "Hidden case: what your function returns does not have the expected shape.",
    },
    "value": {
        "es": "Prueba oculta: la forma es la esperada, los valores no.",
        "en": "Hidden case: the shape is the expected one, the values are not.",
    },
    "changed_arguments": {
        "es": "Prueba oculta: tu función cambia el argumento que recibe.",
        "en": "Hidden case: your function changes the argument it is given.",
    },
    "warned": {
        "es": "Prueba oculta: el cálculo se desborda con valores grandes.",
        "en": "Hidden case: the computation overflows with large values.",
    },
    "did_not_raise": {
        "es": "Prueba oculta: tu función debía terminar con un error y no lo hizo.",
        "en": "Hidden case: your function should have ended with an error and did not.",
    },
    "property": {
        "es": "Prueba oculta: el resultado no cumple una propiedad que el enunciado pide.",
        "en": "Hidden case: the result lacks a property that the assignment asks for.",
    },
    "judge": {
        "es": "Prueba oculta: la prueba no pudo ejecutarse con lo que devolvió tu función.",
        "en": "Hidden case: the case could not be run with what your function returned.",
    },
}

LANGUAGES = tuple(SENTENCES["missing"])


def hidden_message(kind: str) -> str:
    """Return what may be told of a hidden case that failed as ``kind``: no input, no expected value."""
    return HIDDEN_SENTENCES.get(kind, HIDDEN_SENTENCES["judge"])[_language]
''',
'capas.checks.calls': r'''"""One call of a student's function and the statements a case can make about it."""

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
''',
'capas.checks.fingerprint': r'''"""Fingerprints of what a function did in a case, to be compared with those of known mistakes.

A fingerprint says what came out of the calls of a case: values to nine digits, shapes, errors by type, warnings,
arguments that changed. Two functions with the same fingerprint cannot be told apart by that case. No code and
no input can be read from it.
"""

import hashlib
from collections.abc import Sequence
from typing import Any

import numpy as np

from capas.checks.calls import Call

DIGITS = 9
NOTHING_BELOW = 1e-12


def fingerprint(calls: Sequence[Call]) -> bytes:
    """Return the fingerprint of a case from its calls, in order."""
    return hashlib.sha256(b"".join(_of_call(call) for call in calls)).digest()


def fingerprint_key(question: str, cases: Sequence[Sequence[Call]]) -> str:
    """Return one short text for what a function did in several cases of a question."""
    return hashlib.sha256(question.encode() + b"".join(fingerprint(calls) for calls in cases)).hexdigest()[:20]


def _of_call(call: Call) -> bytes:
    error = call.error
    parts = [
        _of_value(call.result) if error is None else b"raised " + _error_name(call).encode(),
        b"warned" if call.warned else b"",
        *(b"changed " + _of_value(after) for after in call.changed_arguments()),
    ]
    return hashlib.sha256(b"\0".join(parts)).digest()


def _error_name(call: Call) -> str:
    return type(call.error).__name__ if call.error_kind == "raised" else call.error_kind


def _of_value(value: Any) -> bytes:
    """Return bytes that are the same for values that are the same to nine digits."""
    if value is None:
        return b"None"
    if callable(value):
        return b"function"
    try:
        array = np.asarray(value)
    except Exception:
        array = np.asarray(None)
    if array.dtype.kind in "iufb":
        return _of_array(array)
    if isinstance(value, (list, tuple)):
        return b"[" + b",".join(_of_value(item) for item in value) + b"]"
    if array.dtype.kind == "c":
        return b"complex" + _of_array(np.real(array)) + _of_array(np.imag(array))
    return type(value).__name__.encode()


def _of_array(array: np.ndarray) -> bytes:
    kind = b"truth" if array.dtype.kind == "b" else b"number"
    numbers = array.astype(float)
    sizes = np.abs(numbers)
    with np.errstate(all="ignore"):
        exponents = np.where(sizes > NOTHING_BELOW, np.floor(np.log10(sizes)), 0.0)
        mantissas = np.round(np.where(sizes > NOTHING_BELOW, numbers, numbers * 0.0) / 10.0**exponents, DIGITS - 1)
    # What was rounded up to the next power of ten is written as that: 0.9999999999999999 as 1.0.
    carried = np.abs(mantissas) >= 10.0
    exponents, mantissas = exponents + carried, np.where(carried, mantissas / 10.0, mantissas)
    # Zero has two signs, and NaN many forms.
    mantissas = np.where(np.isnan(mantissas), np.nan, mantissas) + 0.0
    return kind + str(array.shape).encode() + exponents.tobytes() + mantissas.tobytes()
''',
'capas.checks.otter_files': r'''"""Otter's own test-file classes, loaded without the rest of Otter.

`otter.test_files` is all of Otter that judges. Importing it as usual also imports Otter's notebook front,
pandas and nbconvert (0.5 s, and more packages than a browser's Python has); here it is loaded without them,
the same files from the same place.
"""

import importlib.util
import sys
import types
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from capas.checks.calls import Call, CheckFailure, traced
from capas.checks.messages import say

PASSED = "✅ Test case passed"
FAILED = "❌ Test case failed\n"
"""What Otter says of a case that passed, and before the message of one that did not."""


@contextmanager
def otter_without_its_front() -> Iterator[None]:
    """Make `otter.test_files` importable alone; afterwards `import otter` gives the whole of it as usual.

    Raises:
        ImportError: when Otter is not installed.
    """
    if "otter" in sys.modules:
        yield
        return
    spec = importlib.util.find_spec("otter")
    if spec is None or spec.submodule_search_locations is None:
        raise ImportError("Otter is not installed; run: pip install 'otter-grader>=7,<8'", name="otter")
    package = types.ModuleType("otter")
    package.__path__ = list(spec.submodule_search_locations)
    sys.modules["otter"] = package
    # Beside JupyterLab, a library of a library reads a grammar of web addresses for two seconds; none is needed.
    unneeded = {} if "rfc3987_syntax" in sys.modules else {"rfc3987_syntax": None}
    sys.modules.update(unneeded)  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in ("otter", *unneeded):
            del sys.modules[name]


class CaseRun(NamedTuple):
    """One run of a case: what ended it, None where it passed, and the calls it made.

    ``at_fault`` says that the case itself broke: it ended before it asked anything of the student's code. Where the
    environment does not count what it is asked for (``asked``), it is False.
    """

    case: Any
    error: BaseException | None
    calls: list[Call]
    at_fault: bool = False

    @property
    def passed(self) -> bool:
        """Whether nothing ended the case before its end."""
        return self.error is None

    @property
    def kind(self) -> str:
        """What kind of thing was wrong (see `capas.checks`), "" where nothing was."""
        return str(getattr(self.error, "kind", "judge")) if self.error is not None else ""


def run_case(case: Any, environment: Any) -> CaseRun:
    """Run one of Otter's cases on the names of ``environment``."""
    error: BaseException | None = None
    asked = getattr(environment, "asked", None)
    with traced() as calls:
        try:
            case.body.call_func(environment)
        except SystemExit:  # `exit()` in a function that the case calls by itself
            error = CheckFailure("exited", lambda: say("exited", call=say("a_function")))
        except Exception as failure:
            error = failure
    at_fault = error is not None and asked is not None and asked == environment.asked
    return CaseRun(case, error, calls, at_fault)


def watched_test_file() -> type[Any]:
    """Return Otter's class of exception-based test files, watched case by case.

    It reads files, runs cases and counts points as Otter does. Besides, ``runs`` has a `CaseRun` for each case,
    and messages say what happened, not in which line of the test.
    """
    with otter_without_its_front():
        from otter.test_files.abstract_test import TestCaseResult
        from otter.test_files.exception_test import ExceptionTestFile

    class WatchedTestFile(ExceptionTestFile):
        def run(self, global_environment: Any) -> None:
            # Told to this object only when all is done: a student may stop an endless loop at any moment.
            runs = [run_case(case, global_environment) for case in self.test_cases]
            self.runs: list[CaseRun] = runs
            self.test_case_results = [
                TestCaseResult(test_case=run.case, message=_message(run), passed=run.passed) for run in runs
            ]

    return WatchedTestFile


def _message(run: CaseRun) -> str:
    if run.passed:
        return PASSED
    # Nobody reads what a hidden case says, and writing it takes longer than the case.
    if run.case.hidden:
        return FAILED
    return FAILED + (
        str(run.error) if isinstance(run.error, AssertionError) else f"{type(run.error).__name__}: {run.error}"
    )
''',
'capas.checks': r'''"""What a test case says about a student's function; ships to students, imports only NumPy.

A case calls the function once and states what must hold::

    call(softmax, [[1.0, 2.0], [3.0, 5.0]]).returns([[0.27, 0.73], [0.12, 0.88]], rtol=0.02)

The first statement that does not hold ends the case with a message in the student's language.
"""

from capas.checks.calls import Call, CheckFailure, call, require
from capas.checks.messages import get_language, set_language

__all__ = ["Call", "CheckFailure", "call", "get_language", "require", "set_language"]
''',
'capas.checks.output': r'''"""Text for an output that cannot show every character: a Windows pipe, an old terminal, a file in ASCII."""

import codecs
import sys
import unicodedata

READABLE = "capas.readable"
"""The name of the error handler that `show_readable` gives to the standard streams."""

SIGNS = {
    "✔": "+",
    "✘": "x",
    "❌": "x",
    "·": "-",
    "–": "-",
    "—": "-",
    "−": "-",
    "→": "->",
    "≈": "~",
    "×": "x",
    "«": '"',
    "»": '"',
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
}


def readable(character: str) -> str:
    """Return what stands for a character in ASCII: a sign's likeness, a letter without its accent, or ``?``."""
    if character in SIGNS:
        return SIGNS[character]
    plain = unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode("ascii")
    return plain or "?"


def _replace(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(readable, error.object[error.start : error.end])), error.end


def show_readable() -> None:
    """Let standard output and standard error replace what their encoding lacks instead of failing."""
    codecs.register_error(READABLE, _replace)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)  # notebooks have streams of their own, which show all
        if reconfigure is not None:
            reconfigure(errors=READABLE)
''',
'capas.checks.student': r'''"""What a student sees: the ``grader`` of the notebook, and of `python check.py` beside a `.py`.

The public cases are run by Otter's own class; the words around them are the course's.
"""

import html
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import numpy as np

from capas.checks.fingerprint import fingerprint_key
from capas.checks.messages import get_language
from capas.checks.otter_files import FAILED, watched_test_file

WORDS: dict[str, dict[str, str]] = {
    "all_pass": {
        "es": "Pruebas públicas: pasan todas ({total}).",
        "en": "Public cases: all pass ({total}).",
    },
    "some_pass": {
        "es": "Pruebas públicas: pasan {passed} de {total}.",
        "en": "Public cases: {passed} of {total} pass.",
    },
    "hidden": {
        "es": "Esta no es todavía la nota: las pruebas ocultas deciden {hidden} de los {points} puntos.",
        "en": "This is not the grade yet: hidden cases decide {hidden} of the {points} points.",
    },
    "advice": {"es": "Lo que parece que pasa: {advice}", "en": "What seems to be the matter: {advice}"},
    "case": {"es": "Prueba {number}", "en": "Case {number}"},
    "passes": {"es": "pasa", "en": "passes"},
    "fails": {"es": "no pasa", "en": "fails"},
    "unknown": {
        "es": "No hay ninguna pregunta llamada {name}. Las preguntas son: {names}.",
        "en": "There is no question called {name}. The questions are: {names}.",
    },
    "no_drawing": {
        "es": "No hay ningún dibujo llamado {name}. Los dibujos son: {names}.",
        "en": "There is no drawing called {name}. The drawings are: {names}.",
    },
    "summary": {"es": "Resumen de las pruebas públicas", "en": "Summary of the public cases"},
    "hand_in": {
        "es": "Cuando termines, guarda tu trabajo y entrega un solo archivo: {file}.",
        "en": "When you are done, save your work and hand in a single file: {file}.",
    },
}


class Grader:
    """Checks a student's functions against the public cases.

    Args:
        tests: the text of each question's public test file, in order.
        points: points of each question, and how many of them hidden cases decide.
        namespace: where the student's functions are.
        file: the name of the file to hand in.
        known: what to tell a student whose function does what a known mistake does, by fingerprint.
        drawings: what `capas.checks.drawing` needs for each picture.
    """

    def __init__(
        self,
        tests: dict[str, str],
        points: dict[str, tuple[float, float]],
        namespace: dict[str, Any],
        file: str,
        known: dict[str, str] | None = None,
        drawings: dict[str, dict[str, Any]] | None = None,
    ):
        kind = watched_test_file()
        self._files = {name: kind.from_string(source, name) for name, source in tests.items()}
        self._points = points
        self._namespace = namespace
        self._file = file
        self._known = known or {}
        self._drawings = drawings or {}

    def check(self, question: str) -> "Report | None":
        """Run the public cases of one question and return what to show."""
        if question not in self._files:
            print(_say("unknown", name=question, names=", ".join(self._files)))
            return None
        return self._check(question)

    def _check(self, question: str) -> "Report":
        test_file = self._files[question]
        with _exit_raises(self._namespace):
            test_file.run(self._namespace)
        key = fingerprint_key(question, [run.calls for run in test_file.runs])
        return Report(question, test_file.test_case_results, *self._points[question], self._known.get(key, ""))

    def draw(self, name: str) -> Any:
        """Draw the student's function beside what is right, and return what to show."""
        if name not in self._drawings:
            print(_say("no_drawing", name=name, names=", ".join(self._drawings)))
            return None
        # `check.py` draws nothing and goes without this module.
        from capas.checks.drawing import draw

        drawing = self._drawings[name]
        with _exit_raises(self._namespace):
            return draw(drawing, self._namespace.get(drawing["function"]))

    def summary(self) -> "Summary":
        """Run the public cases of every question and return a table, with what to hand in."""
        return Summary([self._check(question) for question in self._files], self._file)


@contextmanager
def _exit_raises(namespace: dict[str, Any]) -> Iterator[None]:
    """Make a notebook's `exit` and `quit` raise SystemExit, as they do in a script: so a check can tell of it.

    Jupyter's own return at once, and end the notebook without a word a moment later.
    """
    own = {name: namespace[name] for name in ("exit", "quit") if _is_of_ipython(namespace.get(name))}
    namespace.update(dict.fromkeys(own, _exit))
    try:
        yield
    finally:
        namespace.update((name, value) for name, value in own.items() if namespace.get(name) is _exit)


def _is_of_ipython(value: Any) -> bool:
    return type(value).__module__.partition(".")[0] in ("IPython", "ipykernel")


def _exit(*_arguments: Any) -> NoReturn:
    raise SystemExit


class Report:
    """The outcome of one question, as text and as HTML."""

    def __init__(self, question: str, outcomes: list[Any], points: float, hidden: float, advice: str = ""):
        self.question = question
        self.points = points
        self.hidden = hidden
        self.advice = advice
        self.outcomes = [(outcome.passed, str(outcome.message).removeprefix(FAILED)) for outcome in outcomes]

    @property
    def passed(self) -> int:
        """How many public cases pass."""
        return sum(passed for passed, _ in self.outcomes)

    @property
    def all_pass(self) -> bool:
        """Whether every public case passes."""
        return self.passed == len(self.outcomes)

    def lines(self) -> list[str]:
        """Return the sentences after the cases."""
        key = "all_pass" if self.all_pass else "some_pass"
        hidden = _say("hidden", hidden=points_text(self.hidden), points=points_text(self.points))
        advice = [_say("advice", advice=self.advice)] if self.advice else []
        return [_say(key, passed=self.passed, total=len(self.outcomes)), *advice, hidden]

    def __repr__(self) -> str:
        shown = [self.question]
        for number, (passed, message) in enumerate(self.outcomes, 1):
            case = _say("case", number=number)
            shown.append(f"  ✔ {case}: {_say('passes')}" if passed else f"  ✘ {case}: {message}")
        return "\n".join([*shown, *(f"  {line}" for line in self.lines())])

    def _repr_html_(self) -> str:
        rows = []
        for number, (passed, message) in enumerate(self.outcomes, 1):
            case = html.escape(_say("case", number=number))
            text = _say("passes") if passed else message
            mark = "✔" if passed else "✘"
            rows.append(f"<li>{mark} <b>{case}</b>: {html.escape(text)}</li>")
        lines = "<br>".join(html.escape(line) for line in self.lines())
        color = "#0b6e4f" if self.all_pass else "#b3261e"
        return (
            f'<div style="border-left:4px solid {color};padding:0.2em 0.8em">'
            f"<b><code>{html.escape(self.question)}</code></b>"
            f'<ul style="list-style:none;padding:0;margin:0.3em 0">{"".join(rows)}</ul>'
            f"{lines}</div>"
        )


class Summary:
    """All questions in one table."""

    def __init__(self, reports: list[Report], file: str):
        self.reports = reports
        self._hand_in = _say("hand_in", file=file)

    def __repr__(self) -> str:
        rows = [f"  {_mark(report)} {report.question}: {report.lines()[0]}" for report in self.reports]
        return "\n".join([_say("summary"), *rows, self._hand_in])

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<li>{_mark(report)} <code>{html.escape(report.question)}</code>: {html.escape(report.lines()[0])}</li>"
            for report in self.reports
        )
        return (
            f"<div><b>{html.escape(_say('summary'))}</b>"
            f'<ul style="list-style:none;padding:0;margin:0.3em 0">{rows}</ul>{html.escape(self._hand_in)}</div>'
        )


def points_text(points: float) -> str:
    """Return points as the grader writes them: the shortest exact decimal, without an exponent."""
    short = float(f"{points:.12g}")
    exact = short if abs(short - points) <= 1e-13 * max(abs(short), abs(points)) else points
    return np.format_float_positional(exact + 0.0, trim="-")


def _mark(report: Report) -> str:
    return "✔" if report.all_pass else "✘"


def _say(key: str, **values: object) -> str:
    return WORDS[key][get_language()].format(**values)
''',
}

_tests = {
'initialize': r'''from otter.test_files import test_case

OK_FORMAT = False

name = "initialize"
points = None

@test_case(points=0.5, hidden=False)
def shapes_and_zero_biases(initialize):
    import numpy as np
    from capas.checks import call, require

    def check_network(finished, shapes):
        """State that the result is a network with weights of these shapes and biases zero; return the weights."""
        stand_ins = [(np.linspace(-0.5, 0.5, n_in * n_out).reshape(n_in, n_out), np.zeros(n_out)) for n_in, n_out in shapes]
        finished.returns(stand_ins, rtol=0, atol=1000000.0)
        for layer, (_, b) in enumerate(finished.value):
            require(not np.any(b), es='{call}: los sesgos del par {layer} son {b}; se esperaban solo ceros.', en='{call}: the biases of pair {layer} are {b}; only zeros were expected.', call=finished, layer=layer, b=b)
        return [np.asarray(W, dtype=float) for W, _ in finished.value]
    check_network(call(initialize, [3, 5, 4, 2], 7), [(3, 5), (5, 4), (4, 2)])

@test_case(points=0.5, hidden=False)
def same_seed_same_network(initialize):
    import numpy as np
    from capas.checks import call, require

    def check_network(finished, shapes):
        """State that the result is a network with weights of these shapes and biases zero; return the weights."""
        stand_ins = [(np.linspace(-0.5, 0.5, n_in * n_out).reshape(n_in, n_out), np.zeros(n_out)) for n_in, n_out in shapes]
        finished.returns(stand_ins, rtol=0, atol=1000000.0)
        for layer, (_, b) in enumerate(finished.value):
            require(not np.any(b), es='{call}: los sesgos del par {layer} son {b}; se esperaban solo ceros.', en='{call}: the biases of pair {layer} are {b}; only zeros were expected.', call=finished, layer=layer, b=b)
        return [np.asarray(W, dtype=float) for W, _ in finished.value]

    def check_all_unlike(finished, weights):
        """State that the weights of each layer are different numbers, as drawn numbers are."""
        for layer, W in enumerate(weights):
            different = len(np.unique(W))
            require(different > 0.99 * W.size, es='{call}: la W del par {layer} tiene {size} pesos; números distintos entre ellos: {different}. Los pesos se sacan al azar, uno por uno.', en='{call}: the W of pair {layer} has {size} weights; different numbers among them: {different}. Weights are drawn at random, one by one.', call=finished, layer=layer, size=W.size, different=different)

    def equal(weights, others):
        """Tell whether two networks have the same weights."""
        return all((np.array_equal(W, other) for W, other in zip(weights, others, strict=True)))
    shapes = [(3, 4), (4, 2)]
    first, other, again = (call(initialize, [3, 4, 2], seed) for seed in (7, 8, 7))
    weights = check_network(first, shapes)
    check_all_unlike(first, weights)
    require(equal(weights, check_network(again, shapes)), es='{first} devolvió dos redes distintas al llamarla dos veces; con la misma semilla debe ser la misma.', en='{first} returned two different networks when called twice; the same seed must give the same one.', first=first)
    require(not equal(weights, check_network(other, shapes)), es='{first} y {other} devolvieron la misma red; otra semilla debe dar otra red.', en='{first} and {other} returned the same network; another seed must give another one.', first=first, other=other)

''',
'layer_forward': r'''from otter.test_files import test_case

OK_FORMAT = False

name = "layer_forward"
points = None

@test_case(points=0.25, hidden=False)
def sums_by_hand(layer_forward):
    import numpy as np
    from capas.checks import call
    W = np.array([[1.0, 2.0, 0.0], [-1.0, 0.0, 1.0]])
    call(layer_forward, np.array([1.0, 2.0]), W, np.array([0.0, -2.0, 0.0]), 'linear').returns([-1, 0, 2])

@test_case(points=0.25, hidden=False)
def sigmoid_by_hand(layer_forward):
    import numpy as np
    from capas.checks import call
    W = np.log(3.0) * np.array([[2.0, 2.0, -1.0], [0.0, -1.0, 1.0]])
    b = np.log(3.0) * np.array([-1.0, 0.0, -2.0])
    call(layer_forward, np.array([1.0, 2.0]), W, b, 'sigmoid').returns([0.75, 0.5, 0.25])

@test_case(points=0.25, hidden=False)
def softmax_of_the_lecture(layer_forward):
    import numpy as np
    from capas.checks import call
    W = np.array([[-0.62, 0.24, 1.44], [0.21, 0.03, 0.08]])
    b = np.array([-0.01, 0.17, 0.12])
    expected = [[0.1014, 0.2001, 0.6985], [0.3333, 0.3333, 0.3333]]
    call(layer_forward, np.array([[1.0, 2.0], [0.0, 1.0]]), W, b, 'softmax').returns(expected, rtol=0, atol=0.0001)

@test_case(points=0.25, hidden=False)
def relu_and_an_unknown_name(layer_forward):
    import numpy as np
    from capas.checks import call
    batch = np.array([[1.0, 2.0], [0.0, 3.0], [2.0, 1.0]])
    W = np.array([[1.0, 2.0, 0.0], [-1.0, 0.0, 1.0]])
    b = np.array([0.0, -2.0, 0.0])
    call(layer_forward, batch, W, b, 'relu').returns([[0, 0, 2], [0, 0, 3], [1, 2, 1]])
    call(layer_forward, batch, W, b, 'swish').raises(ValueError)

''',
'forward': r'''from otter.test_files import test_case

OK_FORMAT = False

name = "forward"
points = None

@test_case(points=0.5, hidden=False)
def two_layers_by_hand(forward):
    import numpy as np
    from capas.checks import call
    network = [(np.array([[1.0, 2.0, 0.0], [-1.0, 0.0, 1.0]]), np.array([0.0, 0.0, 1.0])), (np.array([[5.0, 1.0], [1.0, -2.0], [-1.0, 1.0]]), np.array([0.0, 3.0]))]
    expected = [np.array([1, 2]), np.array([0, 2, 3]), np.array([0, 2])]
    call(forward, np.array([1.0, 2.0]), network, ['relu', 'relu']).returns(expected)

@test_case(points=0.5, hidden=False)
def exclusive_or(forward):
    import numpy as np
    from capas.checks import call
    batch = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    network = [(np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([0.0, -1.0])), (np.array([[1.0], [-2.0]]), np.array([0.0]))]
    expected = [batch, np.array([[0, 0], [1, 0], [1, 0], [2, 1]]), np.array([[0], [1], [1], [0]])]
    call(forward, batch, network, ['relu', 'linear']).returns(expected)

@test_case(points=0.5, hidden=False)
def three_activations(forward):
    import numpy as np
    from capas.checks import call
    network = [(np.array([[-1.0, 2.0]]) * np.log(3.0), np.array([0.0, -1.0]) * np.log(3.0)), (np.array([[2.0, -4.0], [1.0, 0.0]]), np.array([0.75, 0.0])), (np.array([[0.5, 1.0], [7.0, 7.0]]) * np.log(3.0), np.array([0.0, -2.0]) * np.log(3.0))]
    expected = [np.array([1]), np.array([0.25, 0.75]), np.array([2, 0]), np.array([0.75, 0.25])]
    call(forward, np.array([1.0]), network, ['sigmoid', 'relu', 'softmax']).returns(expected)

''',
'errors': r'''from otter.test_files import test_case

OK_FORMAT = False

name = "errors"
points = None

@test_case(points=0.25, hidden=False)
def lecture_example(errors):
    import numpy as np
    from capas.checks import call
    call(errors, np.array([0.1, 0.2, 0.7]), np.array([0.0, 0.0, 1.0])).returns([0.1, 0.2, -0.3])

@test_case(points=0.25, hidden=False)
def two_samples(errors):
    import numpy as np
    from capas.checks import call
    y = np.array([[0.1, 0.2, 0.7], [0.5, 0.25, 0.25]])
    t = np.array([[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]])
    call(errors, y, t).returns([[0.1, 0.2, -0.3], [-0.5, 0.25, 0.25]])

''',
'squared_loss': r'''from otter.test_files import test_case

OK_FORMAT = False

name = "squared_loss"
points = None

@test_case(points=0.5, hidden=False)
def lecture_example(squared_loss):
    import numpy as np
    from capas.checks import call
    call(squared_loss, np.array([0.1, 0.2, 0.7]), np.array([0.0, 0.0, 1.0])).returns(0.07)

@test_case(points=0.5, hidden=False)
def mean_of_two_samples(squared_loss):
    import numpy as np
    from capas.checks import call
    y = np.array([[0.1, 0.2, 0.7], [0.5, 0.25, 0.25]])
    t = np.array([[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]])
    call(squared_loss, y, t).returns(0.12875)

''',
}
_known = {'0d31fecc24fde52e2292': 'All weights start at zero. All units of a layer then compute the same, and will go on doing '
                         'so.',
 'e6ac1484c187cfdb2fde': 'All weights of a layer are the same number: the standard deviation says how far they spread, '
                         'not what they are.',
 'b8e4a3242e13145d1205': 'The seed is written inside the function: whichever is asked for, the same network comes out.',
 '5328282f61097b47ce4d': 'W is transposed: its rows should be the units from which the arrows leave, its columns those '
                         'at which they arrive.',
 'cddb2aaef18000951080': 'The biases are random numbers too; another start is asked for them.',
 '4e16653626b3db54c0f7': "Each bias is a matrix of one row: for a single sample, the layer's output will gain an axis "
                         'nobody asked for.',
 '760ad68a0465314111df': 'You make one pair for each number in the list. The input layer computes nothing: no arrow '
                         'arrives there.',
 '5f746e7dc8f856064d70': 'You return two lists, one of weights and one of biases; a list of pairs is asked for.',
 '00a8ee41f68fecc31c97': 'The bias is missing: b comes into the function and changes nothing.',
 'df0953c4e97be51c6669': 'You put W before x. With samples in rows the shapes do not fit, and where they do other '
                         'units get mixed.',
 '49a0a5c98750ed0d21d0': 'The asterisk multiplies element by element. Each unit adds up all its inputs, each with its '
                         'weight.',
 '668c2feef0df5e96e284': 'The bias comes after the activation: it no longer moves the point at which the unit '
                         'responds, it only raises or lowers the answer.',
 'ac8187e937c1d5a10c4b': 'You activate the inputs and then combine them. In a layer the non-linearity comes last.',
 'a54f9eeb8dcd6c3d2550': 'You add b to the weights: the bias gets multiplied by the inputs, when it should act even if '
                         'all were zero.',
 '50ecc2d6a19310d475ed': 'You stand b up as a column: that makes one bias a sample, and biases belong to units.',
 'd4dc0004b4d5cdbfb30e': "You gather the sum on top of b: for one sample you change the network's biases, and a batch "
                         'does not fit.',
 'ff91eb0993c5d38dbffa': 'You apply the activation twice: the second time it works on numbers that were already '
                         'transformed.',
 'e3dd5ddbc28adfc52c9c': 'You always use the sigmoid: the name you are given decides nothing.',
 'df0a6d25aaf91250f015': 'You return the sums as they come: the activation is missing.',
 '700845ade977a71d9b95': "In softmax you divide by the sum of the whole batch: one sample's probabilities depend on "
                         'the others.',
 '335e8b3f76306db0946e': 'An unknown name passes for "linear": whoever mistypes one will never find out.',
 '57ea2dd7873d803e96c1': 'For an unknown name the dictionary fails, with an error about itself and not about the '
                         'activation; another kind of error is asked for.',
 'f6deb43c42547a49ca76': 'You print a message and go on: a print stops nobody, and your function returns None.',
 'be1876eccbc09aa3c6ba': 'You return only the last output. To learn, those of the layers in between will be needed '
                         'too.',
 '8d310918ee7d9612c0ce': 'The input is missing from the start of the list.',
 '7c8317eda210bec7bbbf': 'The last layer goes without an activation. It too has a name in the list.',
 '4fdef6990e7f1b30cc07': 'You activate what the layer had already activated: each activation is applied twice.',
 '0fb28dbafc00b71a2044': 'All layers are given the input x. What goes into a layer is what comes out of the one '
                         'before.',
 '69763c2871d90eb06b6e': 'You use the first activation in every layer; each layer has its own.',
 '3cbb85a2dbc8ea15ae61': 'You do not use the biases: of each pair only W makes it into the computation.',
 'b2a6c37d07f4008e7c55': "You keep each layer's sums, before they are activated; the outputs are asked for.",
 '1226ec9120fb7af469b2': 'There is no activation at all: the whole network is a single linear transformation again.',
 'bec52a01b8d4b310b044': 'The return is inside the loop: the function ends at the first layer.',
 'd06ac631f7c8116ccd95': 'The list is back to front: it is asked for in the order in which things happen, from input '
                         'to output.',
 'c90d68decda351f7c575': 'You return a list for each sample; one for each layer is asked for, with all samples of the '
                         'batch inside.',
 'b5ecdddb748fda9a5089': 'The sign is reversed: a positive error should say that the network said too much.',
 '3ad7047a152b379372d6': 'The absolute value wipes out the sign: one can no longer tell whether the network said too '
                         'much or too little.',
 'fe8a4ae77242abaf903d': 'You square: that is a step towards the loss; here the errors are asked for as they are.',
 '44870497d447bf635f51': 'You average over the batch: the errors of different samples make up for each other and '
                         'vanish.',
 '2c3649d667a4176ff6fd': 'You add up the errors of each sample; one error for each output is asked for.',
 '1b6710919f6c7c4bb916': 'You only note where there is a difference; how large it is and to which side is missing.',
 'b32c4c0a0656fec23f97': 'The ½ of the formula is missing.',
 'c40a5b187a4203332f3a': 'You average over the outputs too. In the formula outputs are added up; only samples are '
                         'averaged over.',
 '71997e84180466214e51': 'You add up the samples instead of averaging them: a larger batch looks worse just for being '
                         'larger.',
 '3c1712eb242136344106': 'You use the absolute value where the formula has a square.',
 '4bf050b22af1a81633f1': 'You take len(y) for the number of samples. For a single sample it counts something else.',
 '804f83bdd06a3afb8239': 'You return one loss a sample; the last step is missing, the one that leaves a single number.',
 '2deb43ef7504e7ed8ba6': 'You average down the columns and return one loss for each output; a single number is asked '
                         'for.',
 '3bdb7e284f37c29c9767': 'You first add up the errors and then square: those of opposite sign wipe each other out.',
 'd09be39a1158c7a8a3a1': 'You take the root: that is the distance between output and target, and the loss uses its '
                         'square.'}


def main():
    import pathlib, sys, traceback
    _start(_modules)
    from capas.checks import set_language
    from capas.checks.output import show_readable
    from capas.checks.student import Grader
    show_readable()
    set_language('en')
    path = pathlib.Path(__file__).with_name('forward_propagation.py')
    if not path.is_file():
        sys.exit('There is no forward_propagation.py beside check.py.')
    namespace = {"__name__": "student", "__file__": str(path)}
    try:
        exec(compile(path.read_bytes(), path.name, "exec"), namespace)
    except SystemExit as exit:
        lines = [frame.lineno for frame in traceback.extract_tb(exit.__traceback__) if frame.filename == path.name]
        print('forward_propagation.py, line {line}: here your code closes the program, with exit(), quit() or sys.exit(). Remove it.'.format(line=lines[-1]))
        sys.exit(1)
    except Exception:
        print('forward_propagation.py cannot be run:')
        traceback.print_exc(limit=-1)
        sys.exit(1)
    grader = Grader(_tests, {'initialize': (4.0, 3.0), 'layer_forward': (4.0, 3.0), 'forward': (6.0, 4.5), 'errors': (2.0, 1.5), 'squared_loss': (4.0, 3.0)}, namespace, 'forward_propagation.py', _known)
    for question in sys.argv[1:] or _tests:
        print(grader.check(question), end="\n\n")
    if not sys.argv[1:]:
        print(grader.summary())


main()
