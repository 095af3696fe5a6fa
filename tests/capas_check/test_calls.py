"""What else a case states about a call: its arguments, warnings and errors; and what a call leaves to others."""

import math
import sys
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from made_calls import SPANISH, Ended, failure_of, giving, raising, sentence_of, spoiling, warning

from capas_check import Call, call
from capas_check.grader import run_case


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
    def refuses() -> None:
        raise Ended("argument")

    def case() -> None:
        call(refuses)

    run = run_case(case, {})
    assert isinstance(run.failure, Ended)
    assert run.calls == []


def test_what_a_call_changed_is_told_as_it_was_and_as_it_is() -> None:
    done = spoiling(lambda x, y, z: (x.append(2), z.clear()), [1], [0], z={"a": 1})
    assert done.changed_arguments() == [([1], [1, 2]), ({"a": 1}, {})]


def test_an_argument_that_changed_a_little_is_told_with_digits_enough() -> None:
    told = sentence_of(lambda: spoiling(lambda x: x.__setitem__(0, 1.0000001), [1.0]).leaves_arguments())
    assert told == "f([1]) cambió el argumento que recibió: valía [1] y quedó en [1.0000001]."
