"""What a case states about a call: what passes, what does not, and what the student is then told."""

import functools
import math
import sys
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from capas_check import Call, CheckFailure, call, require
from capas_check.statements import traced
from capas_check.texts import Texts, load_texts

SPANISH = load_texts("es")
INT64_MIN = np.iinfo(np.int64).min


class Ended(Exception):
    """An exception as a proxy raises it, saying what became of the call."""

    def __init__(self, kind: str):
        super().__init__(f"it is {kind}")
        self.kind = kind


def giving(value: Any) -> Call:
    """Call a function ``f`` that returns ``value``."""

    def f() -> Any:
        return value

    return call(f)


def raising(error: Exception) -> Call:
    def f() -> None:
        raise error

    return call(f)


def warning(category: type[Warning]) -> Call:
    def f() -> float:
        warnings.warn("overflow encountered in exp", category, stacklevel=1)
        return 1.0

    return call(f)


def spoiling(spoil: Callable[..., object], *arguments: Any, **keywords: Any) -> Call:
    """Call a function that does ``spoil`` to its arguments and returns 1, as it should."""

    def f(*arguments: Any, **keywords: Any) -> float:
        spoil(*arguments, **keywords)
        return 1.0

    return call(f, *arguments, **keywords).returns(1)


def failure_of(state: Callable[[], object]) -> CheckFailure:
    with pytest.raises(CheckFailure) as caught:
        state()
    return caught.value


def sentence_of(state: Callable[[], object]) -> str:
    return failure_of(state).sentence(SPANISH)


FAILURES = {
    "no function": (
        lambda: call(None),
        "missing",
        "La función no existe: ejecuta su celda y comprueba que no le cambiaste el nombre.",
        "The function does not exist: run its cell, and check that you did not rename it.",
    ),
    "not a function": (
        lambda: call(3),  # type: ignore[arg-type]
        "not_a_function",
        "Se esperaba una función y hay otra cosa con ese nombre (int).",
        "A function was expected, and something else has that name (int).",
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
        "f() devolvió algo que no son números: Ended: it is unsendable",
        "f() returned something that is not numbers: Ended: it is unsendable",
    ),
    "generator": (
        lambda: giving(x for x in [1.0]).returns(1),
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
        "f() devolvió [1., inf]; se esperaba números finitos.",
        "f() returned [1., inf]; expected finite numbers.",
    ),
    "number for a list": (
        lambda: giving(3.0).returns([(1.0,), (2.0,)]),
        "shape",
        "f() devolvió 3; se esperaba una lista o tupla de 2 elementos.",
        "f() returned 3; expected a list or tuple of 2 elements.",
    ),
    "length": (
        lambda: giving([1.0]).returns((np.ones(2), np.ones(3))),
        "shape",
        "f() devolvió 1 elementos; se esperaban 2.",
        "f() returned 1 elements; expected 2.",
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


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (2, 2.0),
        (np.float32(0.1), 0.1),
        (np.array(3.0), 3),
        (np.array([1, 2], dtype=np.uint8), [1.0, 2.0]),
        ([1.0, 2.0], (1.0, 2.0)),
        ((1.0, 2.0), np.array([1.0, 2.0])),
        (range(3), [0, 1, 2]),
        (np.ma.masked_array([1.0, 2.0]), [1.0, 2.0]),
        ([], []),
        (np.zeros((0, 3)), np.zeros((0, 3))),
        ([np.ones(2), np.ones((2, 2))], (np.ones(2), np.ones((2, 2)))),
        (np.ones((2, 2)), (np.ones(2), np.ones(2))),
        ([[1.0, 2.0], [3.0]], [[1.0, 2.0], [3.0]]),
        ((1.0, [2.0, 3.0]), (1.0, [2.0, 3.0])),
        ([(1, 2), (3, 4)], [(1.0, 2.0), (3.0, 4.0)]),
    ],
)
def test_equal_numbers_pass_however_they_are_kept(value: Any, expected: Any) -> None:
    assert isinstance(giving(value).returns(expected, rtol=1e-6), Call)


@pytest.mark.parametrize(
    ("value", "expected", "kind"),
    [
        (math.nan, 0.0, "value"),
        (math.nan, math.nan, "value"),
        (math.inf, 1e308, "value"),
        (-math.inf, math.inf, "value"),
        (math.inf, math.inf, "value"),
        (1.0, math.inf, "value"),
        ([1.0, math.nan], [1.0, 2.0], "value"),
        (np.array([math.nan]), [math.inf], "value"),
        (np.array([INT64_MIN]), [0], "value"),
        (np.array([7 + INT64_MIN]), [7], "value"),
        (None, 0.0, "nothing"),
        (None, [], "nothing"),
        (None, (np.ones(2), np.ones(3)), "nothing"),
        ([None], (np.ones(2),), "nothing"),
        ([None, None], [0.0, 0.0], "type"),
        ([], 0.0, "shape"),
        ([], [0.0], "shape"),
        ([[]], [], "shape"),
        ((), (np.ones(1),), "shape"),
        (1.0, [1.0], "shape"),
        ([1.0], 1.0, "shape"),
        ([1.0], [1.0, 1.0], "shape"),
        (1.0, np.ones((2, 2)), "shape"),
        (np.ones(3), np.ones((2, 3)), "shape"),
        (np.ones((2, 3, 1)), np.ones((2, 3)), "shape"),
        (np.ones((2, 3)), np.ones((3, 2)), "shape"),
        (np.array(1.0), (np.ones(1), np.ones(1)), "shape"),
        ({0: 1.0, 1: 1.0}, (np.ones(()), np.ones(())), "shape"),
        ("ab", (np.ones(1), np.ones(1)), "shape"),
        (True, 1, "type"),
        (1 + 0j, 1, "type"),
        ("1", 1, "type"),
        (b"1", 1, "type"),
        ({1.0}, 1.0, "type"),
        ({"a": 1.0}, [1.0], "type"),
        ([[1.0, 2.0], [3.0]], np.ones((2, 2)), "type"),
        (np.array([1, "a"], dtype=object), [1, 1], "type"),
        (2**70, 2.0**70, "type"),
        (np.array(["2024-01-01"], dtype="datetime64[D]"), [0], "type"),
        (len, 1.0, "type"),
    ],
)
def test_what_never_passes(value: Any, expected: Any, kind: str) -> None:
    assert failure_of(lambda: giving(value).returns(expected)).kind == kind


def test_a_value_that_numpy_cannot_take_is_of_the_wrong_type() -> None:
    class Unwilling:
        def __array__(self, *_arguments: Any, **_keywords: Any) -> np.ndarray:
            raise OSError("no")

    assert failure_of(lambda: giving(Unwilling()).returns([1.0])).kind == "type"


def test_a_value_that_cannot_be_shown_is_of_the_wrong_type() -> None:
    class Shy:
        def __repr__(self) -> str:
            raise ZeroDivisionError

    endless: list[Any] = []
    endless.append(endless)
    assert "<Shy>" in sentence_of(lambda: giving(Shy()).returns(1))
    assert "<list>" in sentence_of(lambda: giving(endless).returns(1))


arrays = hnp.arrays(float, hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=3), elements=st.floats(-9, 9))
filled = hnp.arrays(float, hnp.array_shapes(min_dims=0, max_dims=3, max_side=3), elements=st.floats(-9, 9))


@given(arrays)
def test_an_array_equals_itself_and_its_list(array: np.ndarray) -> None:
    giving(array.copy()).returns(array, rtol=0, atol=0)
    giving(array.tolist()).returns(array.tolist(), rtol=0, atol=0)


@given(filled, st.data(), st.sampled_from([math.nan, math.inf, -math.inf]))
def test_one_number_that_is_not_finite_spoils_an_array(array: np.ndarray, data: st.DataObject, bad: float) -> None:
    spoiled = array.copy()
    spoiled.flat[data.draw(st.integers(0, array.size - 1))] = bad
    assert failure_of(lambda: giving(spoiled).returns(array, rtol=1e9, atol=1e9)).kind == "value"
    assert failure_of(lambda: giving(spoiled).array(array.shape)).kind == "value"


@given(filled, st.data(), st.floats(0.01, 0.1))
def test_the_tolerance_divides_right_from_wrong(array: np.ndarray, data: st.DataObject, atol: float) -> None:
    index = data.draw(st.integers(0, array.size - 1))
    near, far = array.copy(), array.copy()
    near.flat[index] += 0.9 * atol
    far.flat[index] -= 1.1 * atol
    giving(near).returns(array, rtol=0, atol=atol)
    assert failure_of(lambda: giving(far).returns(array, rtol=0, atol=atol)).kind == "value"


def test_the_relative_tolerance_is_of_the_expected_value() -> None:
    giving(1009.0).returns(1000.0, rtol=0.01, atol=0)
    assert failure_of(lambda: giving(0.0).returns(1e-3, rtol=0.5, atol=0)).kind == "value"


@given(hnp.mutually_broadcastable_shapes(num_shapes=2, max_dims=3, max_side=3))
def test_broadcasting_never_passes(shapes: hnp.BroadcastableShapes) -> None:
    one, other = shapes.input_shapes
    if one == other:
        giving(np.ones(one)).returns(np.ones(other))
    else:
        assert failure_of(lambda: giving(np.ones(one)).returns(np.ones(other))).kind == "shape"
        assert failure_of(lambda: giving(np.ones(one)).array(other)).kind == "shape"


def test_array_gives_floats_of_the_shape() -> None:
    result = giving([[1, 2, 3]]).array((1, 3))
    assert result.dtype == float
    assert result.tolist() == [[1.0, 2.0, 3.0]]


def test_array_does_not_hand_out_the_result_itself() -> None:
    returned = np.zeros(2)
    giving(returned).array((2,))[0] = 5
    assert returned[0] == 0


@pytest.mark.parametrize(("value", "kind"), [(["a"], "type"), ([True], "type"), ([1j], "type"), ([], "shape")])
def test_array_takes_only_numbers(value: Any, kind: str) -> None:
    assert failure_of(lambda: giving(value).array((1,))).kind == kind


def test_the_function_is_called_once_with_its_arguments() -> None:
    seen: list[tuple[Any, ...]] = []

    def f(*arguments: Any, **keywords: Any) -> float:
        seen.append((arguments, keywords))
        return 1.0

    call(f, 1, [2], h=3).returns(1).array(())
    assert seen == [((1, [2]), {"h": 3})]


def test_value_is_what_the_function_returned() -> None:
    returned = object()
    assert giving(returned).value is returned
    assert failure_of(lambda: raising(ValueError("no")).value).kind == "raised"


def test_the_case_keeps_its_arguments() -> None:
    x, rows = np.zeros(2), [[1.0]]
    spoiling(lambda x, rows: (x.fill(9), rows[0].append(9)), x, rows)
    assert x.tolist() == [0, 0]
    assert rows == [[1.0]]


def nothing(*_arguments: Any, **_keywords: Any) -> None:
    """Leave the arguments alone."""


@pytest.mark.parametrize(
    "argument",
    [
        *(None, 3, 2.5, math.nan, "text", [1, [2.0, math.nan]], (1, [2]), np.array([math.nan, 1.0]), np.float64(2)),
        *(math.sqrt, {"W": np.ones((2, 2)), "b": [0.0, math.nan]}, [np.ones(2), np.ones(3)], {}, [], np.zeros((0, 2))),
    ],
)
def test_arguments_left_alone(argument: Any) -> None:
    spoiling(nothing, argument).leaves_arguments()
    spoiling(nothing, argument=argument).leaves_arguments()


@pytest.mark.parametrize(
    ("argument", "spoil"),
    [
        (np.ones(2), lambda x: x.fill(0)),
        (np.zeros(2), lambda x: np.negative(x, out=x)),
        (np.ones((2, 3)), lambda x: setattr(x, "shape", (3, 2))),
        ([1.0, 2.0], lambda x: x.reverse()),
        ([1, 2], lambda x: x.__setitem__(0, 1.0)),
        ([[1.0], [2.0]], lambda x: x[1].clear()),
        ([np.ones(2)], lambda x: x[0].fill(0)),
        ((np.ones(2), np.ones(3)), lambda x: x[1].fill(0)),
        ({"W": np.ones((2, 2))}, lambda x: x["W"].fill(0)),
        ({"W": 1}, lambda x: x.update(b=2)),
        ({"W": 1}, lambda x: x.clear()),
    ],
)
def test_a_changed_argument_is_seen(argument: Any, spoil: Callable[..., object]) -> None:
    assert failure_of(lambda: spoiling(spoil, argument).leaves_arguments()).kind == "changed_arguments"
    assert failure_of(lambda: spoiling(lambda a: spoil(a), a=argument).leaves_arguments()).kind == "changed_arguments"


@pytest.mark.parametrize("statement", ["leaves_arguments", "warns_nothing"])
def test_a_case_must_state_a_value_first(statement: str) -> None:
    with pytest.raises(RuntimeError, match=statement):
        getattr(giving(1.0), statement)()


@pytest.mark.parametrize("state", [lambda done: done.returns(1), lambda done: done.array(())])
def test_after_a_value_the_rest_may_be_stated(state: Callable[[Call], object]) -> None:
    done = giving(1.0)
    state(done)
    assert done.leaves_arguments().warns_nothing() is done


def test_a_failed_value_is_not_a_stated_one() -> None:
    done = giving(2.0)
    failure_of(lambda: done.returns(1))
    with pytest.raises(RuntimeError):
        done.leaves_arguments()


def test_only_runtime_warnings_count() -> None:
    warning(DeprecationWarning).returns(1).warns_nothing()
    warning(UserWarning).returns(1).warns_nothing()


def test_warnings_are_seen_even_where_they_are_ignored() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        done = warning(RuntimeWarning)
    assert failure_of(lambda: done.returns(1).warns_nothing()).kind == "warned"


def test_raises_takes_the_exception_and_what_derives_from_it() -> None:
    assert isinstance(raising(ValueError("no")).raises(ValueError), Call)
    assert isinstance(raising(KeyError("no")).raises(LookupError), Call)


@pytest.mark.parametrize("expected", [ValueError, Exception])
@pytest.mark.parametrize(("became", "kind"), [("timeout", "timeout"), ("crashed", "crashed"), ("unsendable", "type")])
def test_a_call_that_was_cut_short_did_not_raise(expected: type[Exception], became: str, kind: str) -> None:
    assert failure_of(lambda: raising(Ended(became)).raises(expected)).kind == kind


def test_a_kind_that_a_student_makes_up_is_just_an_error() -> None:
    assert failure_of(lambda: raising(Ended("full marks")).returns(1)).kind == "raised"


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
        written.append(say.language)
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


def leave(_: float) -> float:
    sys.exit()


def test_leaving_is_no_error_that_a_case_may_ask_for() -> None:
    failure = failure_of(lambda: call(leave, 1.0).raises(ValueError))
    assert failure.kind == "exited"
    assert "cerrar el programa" in failure.sentence(SPANISH)


def test_the_program_stopped_by_a_person_stops() -> None:
    def stopped() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        call(stopped)


def test_an_argument_that_could_not_be_sent_is_the_case_s_fault_and_no_end_of_a_call() -> None:
    with traced() as calls, pytest.raises(Ended, match="argument"):
        raising(Ended("argument"))
    assert calls == []


def test_calls_are_gathered_by_the_innermost_block() -> None:
    with traced() as outer:
        first = giving(1)
        with traced() as inner:
            second = giving(2)
        third = giving(3)
    giving(4)
    assert (outer, inner) == ([first, third], [second])


def test_what_a_call_changed_is_told_as_it_was_and_as_it_is() -> None:
    done = spoiling(lambda x, y, z: (x.append(2), z.clear()), [1], [0], z={"a": 1})
    assert done.changed_arguments() == [([1], [1, 2]), ({"a": 1}, {})]
