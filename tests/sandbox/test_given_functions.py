"""Functions given as arguments are called on the host's side."""

import os
from typing import Any

import numpy as np
import pytest
from sandbox_calls import Start, call

from capas.sandbox import Proxy, SandboxError, UnsendableResult

DERIVATIVE = "def derivative(f, x, h):\n    return (f(x + h) - f(x - h)) / (2 * h)"


def test_a_function_given_as_an_argument_is_called_here(start: Start) -> None:
    pids: list[int] = []

    def square(x: np.ndarray) -> np.ndarray:
        pids.append(os.getpid())
        return x**2

    slope = call(start(DERIVATIVE), "derivative", square, np.array([3.0, 4.0]), h=0.5)
    assert slope.tolist() == [6.0, 8.0]
    assert pids == [os.getpid()] * 2


@pytest.mark.parametrize(
    ("program", "argument"),
    [
        ("def f(g):\n    return g[0](3) + g[1][0](4)", [abs, (abs,)]),
        ("def f(g):\n    return g['first'](3) + g['more'][0](4)", {"first": abs, "more": [abs]}),
    ],
)
def test_functions_may_stand_inside_arguments(start: Start, program: str, argument: Any) -> None:
    assert call(start(program), "f", argument) == 7


def test_a_function_given_by_name_is_called_here(start: Start) -> None:
    assert call(start("def f(x, g):\n    return g(x=x)"), "f", 3, g=lambda x: x + 1) == 4


def test_an_exception_of_a_given_function_reaches_the_program_and_may_be_caught(start: Start) -> None:
    def fails(x: float) -> float:
        raise ValueError(f"no {x:g}")

    sandbox = start(
        "def caught(g):\n    try: g(2.0)\n    except ValueError as error: return str(error)",
        "def passed_on(g):\n    return g(3.0)",
    )
    assert call(sandbox, "caught", fails) == "no 2"
    with pytest.raises(ValueError, match=r"^no 3$"):
        call(sandbox, "passed_on", fails)
    assert not sandbox.dead


def test_an_exception_that_is_not_built_in_reaches_the_program_as_a_runtime_error(start: Start) -> None:
    class Mine(Exception):
        pass

    def fails() -> None:
        raise Mine("no")

    sandbox = start("def f(g):\n    try: g()\n    except RuntimeError as error: return str(error)")
    assert call(sandbox, "f", fails) == "no"


def test_what_a_given_function_may_not_take_or_give_is_an_error_in_the_program(start: Start) -> None:
    sandbox = start("def takes(g):\n    return g(object())", "def gives(g):\n    return g(1)")
    with pytest.raises(Exception, match="a value of type object"):
        call(sandbox, "takes", lambda x: 1)
    with pytest.raises(RuntimeError, match="a value of type object"):
        call(sandbox, "gives", lambda x: object())
    assert call(sandbox, "gives", lambda x: x) == 1


def test_a_function_given_back_may_not_travel(start: Start) -> None:
    with pytest.raises(UnsendableResult, match="a value of type function"):
        call(start("def f(g):\n    return g"), "f", abs)


def test_a_given_function_may_call_the_program_again(start: Start) -> None:
    sandbox = start(DERIVATIVE, "def cube(x):\n    return x**3")
    cube, derivative = Proxy(sandbox.call, "cube"), Proxy(sandbox.call, "derivative")
    assert derivative(cube, 2.0, 1.0) == 13
    # The derivative of the derivative of x³.
    assert derivative(lambda x: derivative(cube, x, 1.0), 2.0, 1.0) == 12


def test_errors_of_inner_calls_do_not_mix_with_the_outer_one(start: Start) -> None:
    sandbox = start("def twice(g, x):\n    return g(g(x))", "def bad(x):\n    return object() if x else 1 / 0")

    def careful(x: int) -> int:
        for argument in (0, 1):
            with pytest.raises((ZeroDivisionError, UnsendableResult)):
                call(sandbox, "bad", argument)
        return x + 1

    assert call(sandbox, "twice", careful, 1) == 3


def test_what_a_given_function_does_to_its_arguments_stays_here(start: Start) -> None:
    sandbox = start("def f(g):\n    x = [1]\n    g(x)\n    return x")
    assert call(sandbox, "f", lambda x: x.append(2)) == [1]


def test_calls_without_end_into_each_other_are_an_error(start: Start) -> None:
    sandbox = start("def f(g):\n    return g()")

    def again() -> Any:
        return call(sandbox, "f", again)

    with pytest.raises((RecursionError, SandboxError)):
        again()
