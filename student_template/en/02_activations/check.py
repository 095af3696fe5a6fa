"""Checks activations.py against the public cases. Usage: python check.py [question]

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
'jacket': r'''from otter.test_files import test_case

OK_FORMAT = False

name = "jacket"
points = None

@test_case(points=0.25, hidden=False)
def temperature_falls(jacket):
    import numpy as np
    from capas.checks import call
    call(jacket, np.array([24.0, 20.0, 17.0, 14.0, 9.0]), 16.0).returns([0.0, 0.0, 0.0, 1.0, 1.0])

@test_case(points=0.25, hidden=False)
def right_at_the_threshold(jacket):
    import numpy as np
    from capas.checks import call
    call(jacket, np.array([16.1, 16.0, 15.9]), 16.0).returns([0.0, 0.0, 1.0])

''',
'sigmoid': r'''from otter.test_files import test_case

OK_FORMAT = False

name = "sigmoid"
points = None

@test_case(points=0.5, hidden=False)
def by_hand(sigmoid):
    import numpy as np
    from capas.checks import call
    call(sigmoid, np.log([1.0, 3.0, 1 / 3, 4.0])).returns([0.5, 0.75, 0.25, 0.8])

@test_case(points=0.25, hidden=False)
def two_rows(sigmoid):
    import numpy as np
    from capas.checks import call
    expected = [[0.5, 0.7311, 0.8808], [0.2689, 0.1192, 0.0474]]
    call(sigmoid, np.array([[0.0, 1.0, 2.0], [-1.0, -2.0, -3.0]])).returns(expected, rtol=0, atol=0.0001)

''',
'sigmoid_derivative': r'''from otter.test_files import test_case

OK_FORMAT = False

name = "sigmoid_derivative"
points = None

@test_case(points=0.5, hidden=False)
def by_hand(sigmoid_derivative):
    import numpy as np
    from capas.checks import call
    call(sigmoid_derivative, np.log([1.0, 3.0, 1 / 3, 4.0])).returns([0.25, 0.1875, 0.1875, 0.16])

@test_case(points=0.25, hidden=False)
def two_rows(sigmoid_derivative):
    import numpy as np
    from capas.checks import call
    expected = [[0.25, 0.1966, 0.105], [0.1966, 0.105, 0.0452]]
    call(sigmoid_derivative, np.array([[0.0, 1.0, 2.0], [-1.0, -2.0, -3.0]])).returns(expected, rtol=0, atol=0.0001)

''',
'tanh': r'''from otter.test_files import test_case

OK_FORMAT = False

name = "tanh"
points = None

@test_case(points=0.5, hidden=False)
def by_hand(tanh):
    import numpy as np
    from capas.checks import call
    call(tanh, np.log([1.0, 2.0, 0.5, 3.0])).returns([0.0, 0.6, -0.6, 0.8])

@test_case(points=0.25, hidden=False)
def two_rows(tanh):
    import numpy as np
    from capas.checks import call
    expected = [[0.0, 0.4621, 0.7616], [-0.7616, -0.964, -0.9951]]
    call(tanh, np.array([[0.0, 0.5, 1.0], [-1.0, -2.0, -3.0]])).returns(expected, rtol=0, atol=0.0001)

''',
'tanh_derivative': r'''from otter.test_files import test_case

OK_FORMAT = False

name = "tanh_derivative"
points = None

@test_case(points=0.5, hidden=False)
def by_hand(tanh_derivative):
    import numpy as np
    from capas.checks import call
    call(tanh_derivative, np.log([1.0, 2.0, 0.5, 3.0])).returns([1.0, 0.64, 0.64, 0.36])

@test_case(points=0.25, hidden=False)
def two_rows(tanh_derivative):
    import numpy as np
    from capas.checks import call
    expected = [[1.0, 0.7864, 0.42], [0.42, 0.0707, 0.0099]]
    call(tanh_derivative, np.array([[0.0, 0.5, 1.0], [-1.0, -2.0, -3.0]])).returns(expected, rtol=0, atol=0.0001)

''',
'relu': r'''from otter.test_files import test_case

OK_FORMAT = False

name = "relu"
points = None

@test_case(points=0.25, hidden=False)
def five_numbers(relu):
    import numpy as np
    from capas.checks import call
    call(relu, np.array([-2.0, -0.5, 0.0, 0.5, 3.0])).returns([0.0, 0.0, 0.0, 0.5, 3.0])

@test_case(points=0.25, hidden=False)
def two_rows(relu):
    import numpy as np
    from capas.checks import call
    call(relu, np.array([[1.0, -2.0, 3.0], [-4.0, 5.0, -6.0]])).returns([[1.0, 0.0, 3.0], [0.0, 5.0, 0.0]]).leaves_arguments()

''',
'relu_derivative': r'''from otter.test_files import test_case

OK_FORMAT = False

name = "relu_derivative"
points = None

@test_case(points=0.25, hidden=False)
def five_numbers(relu_derivative):
    import numpy as np
    from capas.checks import call
    call(relu_derivative, np.array([-2.0, -0.5, 0.0, 0.5, 3.0])).returns([0.0, 0.0, 0.0, 1.0, 1.0])

@test_case(points=0.25, hidden=False)
def two_rows_of_integers(relu_derivative):
    import numpy as np
    from capas.checks import call
    call(relu_derivative, np.array([[1, -2, 3], [-4, 5, -6]])).returns([[1.0, 0.0, 1.0], [0.0, 1.0, 0.0]])

''',
'numerical_derivative': r'''from otter.test_files import test_case

OK_FORMAT = False

name = "numerical_derivative"
points = None

@test_case(points=0.25, hidden=False)
def cube_with_a_large_step(numerical_derivative):
    import numpy as np
    from capas.checks import call

    def cube(a):
        """Return a³ of each element."""
        return np.asarray(a) ** 3
    call(numerical_derivative, cube, np.array([0.0, 1.0, 2.0]), h=0.5).returns([0.25, 3.25, 12.25])

@test_case(points=0.25, hidden=False)
def square_of_two_rows(numerical_derivative):
    import numpy as np
    from capas.checks import call

    def square(a):
        """Return a² of each element."""
        return np.asarray(a) ** 2
    batch = np.array([[1.0, -2.0, 3.0], [0.0, 0.5, -1.0]])
    call(numerical_derivative, square, batch, h=0.25).returns([[2.0, -4.0, 6.0], [0.0, 1.0, -2.0]])

''',
}
_known = {'48a9dc2c98bb6fb83225': 'The comparison points the other way: you put the jacket on when it is warm.',
 'd537da4b95317057318a': 'You put it on right at the threshold. The assignment says only below it.',
 'db057a350269105eacc6': 'You return True and False. The decision is asked for as a number, because the next layer '
                         'will compute with it.',
 '511d4181a98462fd9f79': 'An `if` decides only once. With an array there is one decision an element, and Python cannot '
                         'know which of them you mean.',
 '767f893e99e816441012': 'You compare with zero, not with the threshold you are given: everyone feels cold at a '
                         'different temperature.',
 '4e2ba55172f101e2a924': 'You return −1 for no. This activation is binary with two other values.',
 '023087288f2aee3b55fc': 'The exponent has lost its sign: your curve falls where the sigmoid rises.',
 'a175d1e13c9c7fc06a8f': 'Parentheses are missing: 1 / 1 + e^−a is 1 + e^−a, because division comes before addition.',
 '567d9bb826bc18de43c8': 'math.exp works on a single number; arrays and lists come in here too.',
 '46c8527263b29a1b0184': 'You share the exponentials out among all elements. The sigmoid looks at each number by '
                         'itself; the function that looks at the set is softmax.',
 'd6571295f9e0b714b4f9': 'You stretch tanh to (0, 1), but the curve rises twice as fast as the sigmoid.',
 '546f156e3253a629a193': 'You compute a (1 − a), as if a were already the output of the sigmoid. The function receives '
                         'the point at which to differentiate.',
 '2c7e3199ab247344c1c1': 'You apply the sigmoid twice: the derivative is taken at σ(a) and not at a.',
 '3109d305d522e4ce273c': 'The derivative comes out negative, but the sigmoid never falls: differentiating e^−a brings '
                         'one sign, and differentiating the quotient another.',
 '7f4ccb9d3b42f3372f52': 'You return 1 − σ(a): one of the two factors is missing, and so the slope does not die away '
                         'on the left.',
 '9e7eb0b682807c330c60': "1 − y² is the form of another activation's derivative: the one that goes from −1 to 1.",
 '34ceb8b57ec7801ca54e': 'You approximate the derivative by a difference to one side with a large step: the error '
                         'shows in the third decimal.',
 'e0eab67fd7e7dc46f782': 'The sign is reversed: tanh has the same sign as a.',
 '542164cd281f133aa108': '2σ(a) − 1 goes from −1 to 1, but it rises half as fast as tanh.',
 'd8ca93d4cd83c9875826': 'You compute the tangent, the one of angles. The hyperbolic one is made of exponentials and '
                         'never leaves (−1, 1).',
 '8657e6331896200b61d8': 'Parentheses are missing: only e^−a is divided by e^a.',
 '88978988db86db5f0a69': 'You replace the curve by three straight lines: they agree with tanh at 0 and far away, but '
                         'not in between.',
 'e31221cb2f0fdfefc6d5': 'math.tanh works on a single number; arrays and lists come in here too.',
 '0599a93d063f4e6f9259': 'You compute 1 − a², as if a were already the output of tanh. The function receives the point '
                         'at which to differentiate.',
 '5b4b29545f7ac06a6ab3': 'You apply tanh twice: the derivative is taken at tanh(a) and not at a.',
 'b0ddc79c958d8ef43984': 'The denominator lacks its square: at 0 your slope comes out as 2.',
 '3133b804adb1b9b24536': 'tanh lacks its square: your slope is greater to the left of 0 than to the right, and that of '
                         'tanh is the same on both sides.',
 '8428b1c8c52c71bc0811': "y (1 − y) is the form of another activation's derivative: the one that goes from 0 to 1.",
 '22fa895c7fe0230e11fc': 'The derivative comes out negative, but tanh never falls: the subtraction is the wrong way '
                         'round.',
 'dc1637f8dffa8d781522': 'The fraction is upside down: your slope grows away from 0, and the curve flattens out.',
 'f831c5d2716226fcca78': "You put the zeros into the very array you were given: the caller's negative numbers are "
                         'lost.',
 'd9d8e1726d3829cf7926': "Python's max compares two whole things and picks one. With an array the comparison goes "
                         'element by element.',
 'a242645e2d4da962ebea': 'np.max(a, 0) looks for the largest along axis 0: that 0 is an axis, not the number to '
                         'compare with.',
 'edb999f9443985a7751e': 'You take the minimum where the maximum belongs: the negative gets through and the positive '
                         'is stopped.',
 '4e3f1d36b6739368cda9': 'You take the sign away instead of putting a zero: negatives should be stopped, not made '
                         'positive.',
 'd0732b67ebb05476752b': 'You take the negatives out of the array. The output needs one value for each input, the '
                         'negative ones too.',
 '51bdf8683e57eea3b114': 'You put a ceiling at 1 as well. ReLU has no upper bound: the positive passes just as it '
                         'comes.',
 'c4918e16908de0c233fb': 'You let a little of the negative through. That is another activation (leaky ReLU); in this '
                         'one the negative gives 0.',
 '69d18eb29ba41af333d8': 'You return a 1 where a is positive: that is the slope of ReLU, not its value.',
 'aecdd7a1ee8b85aa3231': "At 0 you return 1. The lecture's convention for that point is the other one.",
 '3659a059bc98063d4290': "At 0 you return the mean of the two slopes. The lecture's convention for that point is "
                         'another.',
 'ff5f35d69c08fbc2ed38': 'You return True and False. A derivative is a number: it is there to be multiplied by.',
 'c9ca704b3ce0cd9fb389': 'You return the sign. To the left of 0 ReLU is flat: it does not fall.',
 '34079836100f3f0088d7': 'You return relu(a). What is asked is how much the output changes when a changes, not the '
                         'output.',
 'c1aa67c4892629a9a1e7': 'You divide relu(a) by a: the idea gives the slope nearly always, but at 0 it becomes zero '
                         'over zero.',
 '7d6007c2ee63977efc23': 'An `if` decides only once. With an array there is one slope an element.',
 '2f318be9e1b539e11843': 'You measure only forwards, from a to a + h. The central difference stands on both sides.',
 '02b86895bae881377953': 'You measure only backwards, from a − h to a. The central difference stands on both sides.',
 '1ff036afa8781a013ab1': 'Your slope comes out twice as large: look at the distance between the two points where you '
                         'evaluate f.',
 '587e6a589211369dea9f': 'You divide by 2 but not by the step: that is half of what f rises, not its slope.',
 'd50a494378f9c64251f8': 'Parentheses are missing: `/ 2 * h` divides by 2 and then multiplies by h.',
 '5b00feff813f16f9a40c': 'You always use the same step and do not look at the h you are given.',
 '3035280eea8b2df68027': "You take half a step to each side. In this question's formula h is what is taken to each "
                         'side.',
 'bd5a15a7290609deb869': 'You add the two values of f instead of subtracting them: a slope compares, it does not pile '
                         'up.',
 'e29d2b58a31b5195c86d': 'You subtract the wrong way round: where f rises, your slope comes out negative.',
 '72d326ae1536dc066e9a': 'You add up all elements and return a single number. One derivative an element is asked for.',
 '33910fe7b10ec07ddd3c': 'You measure from one element of the array to the next. The elements are not neighbours on a '
                         'curve: each is a point of its own at which the slope is asked for.'}


def main():
    import pathlib, sys, traceback
    _start(_modules)
    from capas.checks import set_language
    from capas.checks.output import show_readable
    from capas.checks.student import Grader
    show_readable()
    set_language('en')
    path = pathlib.Path(__file__).with_name('activations.py')
    if not path.is_file():
        sys.exit('There is no activations.py beside check.py.')
    namespace = {"__name__": "student", "__file__": str(path)}
    try:
        exec(compile(path.read_bytes(), path.name, "exec"), namespace)
    except SystemExit as exit:
        lines = [frame.lineno for frame in traceback.extract_tb(exit.__traceback__) if frame.filename == path.name]
        print('activations.py, line {line}: here your code closes the program, with exit(), quit() or sys.exit(). Remove it.'.format(line=lines[-1]))
        sys.exit(1)
    except Exception:
        print('activations.py cannot be run:')
        traceback.print_exc(limit=-1)
        sys.exit(1)
    grader = Grader(_tests, {'jacket': (2.0, 1.5), 'sigmoid': (3.0, 2.25), 'sigmoid_derivative': (3.0, 2.25), 'tanh': (3.0, 2.25), 'tanh_derivative': (3.0, 2.25), 'relu': (2.0, 1.5), 'relu_derivative': (2.0, 1.5), 'numerical_derivative': (2.0, 1.5)}, namespace, 'activations.py', _known)
    for question in sys.argv[1:] or _tests:
        print(grader.check(question), end="\n\n")
    if not sys.argv[1:]:
        print(grader.summary())


main()
