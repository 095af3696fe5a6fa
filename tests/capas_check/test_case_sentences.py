"""What a student is told of a statement that does not hold: its kind, and its sentence in both languages."""

import functools
import math
from typing import Any

import numpy as np
import pytest
from made_calls import SPANISH, Ended, failure_of, giving, raising, sentence_of, spoiling, warning

from capas_check import CheckFailure, call, require
from capas_check.texts import Texts, load_texts

FAILURES = {
    "no function": (
        lambda: call(None),
        "missing",
        "Nada tiene ese nombre todavía: ejecuta su celda y comprueba que no lo cambiaste.",
        "Nothing has that name yet: run its cell, and check that you did not rename it.",
    ),
    "not a function": (
        lambda: call(3),  # type: ignore[arg-type]
        "not_a_function",
        "Se esperaba una función o una clase y hay otra cosa con ese nombre (int).",
        "A function or class was expected, and something else has that name (int).",
    ),
    "error": (
        lambda: raising(ValueError("shapes do\n not fit")).returns(1),
        "raised",
        "f() terminó con un error: ValueError: shapes do not fit",
        "f() ended with an error: ValueError: shapes do not fit",
    ),
    "time": (
        lambda: raising(Ended("timeout")).returns(1),
        "timeout",
        "f() no terminó a tiempo: ¿hay un bucle que no acaba?",
        "f() did not finish in time: is there a loop that never ends?",
    ),
    "crash": (
        lambda: raising(Ended("crashed")).array((2,)),
        "crashed",
        "f() cerró el programa sin devolver nada.",
        "f() shut the program down without returning anything.",
    ),
    "result that cannot travel": (
        lambda: raising(Ended("unsendable")).returns(1),
        "type",
        "f() devolvió algo que no se puede comparar: Ended: it is unsendable",
        "f() returned something that cannot be compared: Ended: it is unsendable",
    ),
    "generator": (
        lambda: giving(x for x in [1.0]).returns(1),
        "type",
        "f() devolvió un generador y no un valor: ¿hay un yield donde debía ir return?",
        "f() returned a generator, not a value: is there a yield where a return was meant?",
    ),
    "generator that cannot travel": (
        lambda: raising(Ended("unsendable", "a value of type generator")).array((2,)),
        "type",
        "f() devolvió un generador y no un valor: ¿hay un yield donde debía ir return?",
        "f() returned a generator, not a value: is there a yield where a return was meant?",
    ),
    "None for a value": (
        lambda: giving(None).returns([1.0, 2.0]),
        "nothing",
        "f() devolvió None; se esperaba [1., 2.]. ¿Falta el return?",
        "f() returned None; expected [1., 2.]. Is the return missing?",
    ),
    "None for an array": (
        lambda: giving(None).array((2, 3)),
        "nothing",
        "f() devolvió None; se esperaba un arreglo de números de forma (2, 3). ¿Falta el return?",
        "f() returned None; expected an array of numbers of shape (2, 3). Is the return missing?",
    ),
    "text": (
        lambda: giving("1.0").returns(1.0),
        "type",
        "f() devolvió '1.0', de tipo str; se esperaban números.",
        "f() returned '1.0', of type str; numbers were expected.",
    ),
    "truth values": (
        lambda: giving(np.array([True, False])).returns([1, 0]),
        "type",
        "f() devolvió [True, False], con dtype bool; se esperaban números.",
        "f() returned [True, False], with dtype bool; numbers were expected.",
    ),
    "shape": (
        lambda: giving([[1.0, 2.0]]).returns([1.0, 2.0]),
        "shape",
        "f() devolvió la forma (1, 2); se esperaba la forma (2,). Devolvió [[1., 2.]].",
        "f() returned shape (1, 2); expected shape (2,). It returned [[1., 2.]].",
    ),
    "value": (
        lambda: giving([1.0, 2.5]).returns([1.0, 2.0]),
        "value",
        "f() devolvió [1., 2.5]; se esperaba [1., 2.].",
        "f() returned [1., 2.5]; expected [1., 2.].",
    ),
    "not finite": (
        lambda: giving([1.0, math.inf]).array((2,)),
        "value",
        "f() devolvió [1., inf]; se esperaban números finitos.",
        "f() returned [1., inf]; expected finite numbers.",
    ),
    "number for a list": (
        lambda: giving(3.0).returns([(1.0,), (2.0,)]),
        "shape",
        "f() devolvió 3; se esperaba una lista o tupla de longitud 2.",
        "f() returned 3; expected a list or tuple of length 2.",
    ),
    "length": (
        lambda: giving([1.0]).returns((np.ones(2), np.ones(3))),
        "shape",
        "f() devolvió algo de longitud 1; se esperaba longitud 2.",
        "f() returned something of length 1; expected length 2.",
    ),
    "inside a structure": (
        lambda: giving(([1.0], [2.0, 3.0])).returns((np.array([1.0]), np.array([2.0, 4.0]))),
        "value",
        "el elemento [1] de f() devolvió [2., 3.]; se esperaba [2., 4.].",
        "element [1] of f() returned [2., 3.]; expected [2., 4.].",
    ),
    "changed argument": (
        lambda: spoiling(lambda x: x.append(3), [1, 2]).leaves_arguments(),
        "changed_arguments",
        "f([1, 2]) cambió el argumento que recibió: valía [1, 2] y quedó en [1, 2, 3].",
        "f([1, 2]) changed the argument it was given: it was [1, 2] and became [1, 2, 3].",
    ),
    "warning": (
        lambda: warning(RuntimeWarning).returns(1).warns_nothing(),
        "warned",
        "f() dio un aviso de NumPy: overflow encountered in exp. Con estos valores el cálculo no debe desbordarse.",
        "f() gave a NumPy warning: overflow encountered in exp. With these values nothing should overflow.",
    ),
    "no error": (
        lambda: giving(2.0).raises(ValueError),
        "did_not_raise",
        "f() debía terminar con ValueError y devolvió 2.",
        "f() should have ended with ValueError, and returned 2.",
    ),
    "another error": (
        lambda: raising(KeyError("w")).raises(ValueError),
        "did_not_raise",
        "f() debía terminar con ValueError y terminó con: KeyError: 'w'",
        "f() should have ended with ValueError, and ended with: KeyError: 'w'",
    ),
    "property": (
        lambda: require(False, es="Las filas no suman 1.", en="The rows do not add up to 1."),
        "property",
        "Las filas no suman 1.",
        "The rows do not add up to 1.",
    ),
}


@pytest.mark.parametrize("name", FAILURES)
@pytest.mark.parametrize("language", ["es", "en"])
def test_a_failure_has_its_kind_and_its_sentence(name: str, language: str) -> None:
    state, kind, spanish, english = FAILURES[name]
    failure = failure_of(state)
    assert (failure.kind, failure.sentence(load_texts(language))) == (kind, spanish if language == "es" else english)


def test_without_its_sentence_a_failure_tells_its_kind_and_no_value() -> None:
    assert [str(failure_of(state)) for state, *_ in FAILURES.values()] == [kind for _, kind, *_ in FAILURES.values()]


def test_a_value_that_cannot_be_shown_is_of_the_wrong_type() -> None:
    class Shy:
        def __repr__(self) -> str:
            raise ZeroDivisionError

    endless: list[Any] = []
    endless.append(endless)
    assert "<Shy>" in sentence_of(lambda: giving(Shy()).returns(1))
    assert "<list>" in sentence_of(lambda: giving(endless).returns(1))


def test_a_long_error_is_cut() -> None:
    assert len(sentence_of(lambda: raising(ValueError("x" * 10_000)).returns(1))) < 400


def test_a_requirement_that_holds_says_nothing() -> None:
    require(True, es="no", en="no")


def test_a_failure_is_an_assertion_that_fails() -> None:
    assert isinstance(failure_of(lambda: call(None)), AssertionError)


def test_the_call_is_written_as_a_student_would() -> None:
    def numerical_derivative(*_arguments: Any, **_keywords: Any) -> float:
        return 1.0

    done = call(numerical_derivative, math.sqrt, np.array([[1.0, 2.0]]), (1,), None, h=1e-5)
    assert done.text == "numerical_derivative(sqrt, [[1., 2.]], (1,), None, h=1e-05)"


def test_a_function_without_a_name_is_f() -> None:
    assert call(functools.partial(math.sqrt, 4.0)).text == "f()"


def test_braces_in_values_are_shown_as_they_are() -> None:
    assert sentence_of(lambda: giving("{call}").returns(1)).startswith("f() devolvió '{call}', de tipo str")


def test_a_sentence_is_written_when_somebody_asks_for_it() -> None:
    written: list[str] = []

    def sentence(say: Texts) -> str:
        written.append(say["language"])
        return say("crashed", call="f(1)")

    failure = CheckFailure("crashed", sentence)
    assert (str(failure), written) == ("crashed", [])
    assert failure.sentence(SPANISH) == "f(1) cerró el programa sin devolver nada."
    assert failure.sentence(load_texts("en")) == "f(1) shut the program down without returning anything."
    assert written == ["es", "en"]


def test_a_requirement_shows_calls_arrays_and_numbers_in_its_sentence() -> None:
    done = giving([1.0, 2.0])
    places = {"done": done, "array": np.array([0.5]), "number": 1 / 3, "word": "{x}"}
    state = functools.partial(require, False, es="{done}: {array}, {number} y {word}", en="{done}", **places)
    assert sentence_of(state) == "f(): [0.5], 0.333333 y {x}"
    assert failure_of(state).sentence(load_texts("en")) == "f()"
