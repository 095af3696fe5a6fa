"""The sentences of the checks, in the languages students read, and how values are shown in them."""

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
