"""Helpers that remember give what they would give anew, and nobody can spoil what they remember."""

import numpy as np

from capas.remember import remember_helpers

SOURCE = """
import numpy as np
calls = []

def doubled(values, scale=2):
    calls.append(1)
    return [np.asarray(value) * scale for value in values]

def applied(function, value):
    calls.append(1)
    return function(value)
"""


def helpers() -> dict:
    namespace: dict = {}
    exec(SOURCE, namespace)
    remember_helpers(namespace)
    return namespace


def test_the_same_plain_data_is_worked_out_once() -> None:
    space = helpers()
    first = space["doubled"]([np.array([1.0, 2.0]), 3])
    again = space["doubled"]([np.array([1.0, 2.0]), 3])
    assert len(space["calls"]) == 1
    assert np.array_equal(first[0], again[0])


def test_what_looks_alike_is_told_apart() -> None:
    space = helpers()
    for values in ([1], [1.0], [True], (1,), [np.array(1)], [np.array([1])], [np.array([1.0])], [np.array([[1]])]):
        space["doubled"](values)
    space["doubled"]([1], scale=3)
    assert len(space["calls"]) == 9


def test_a_changed_result_changes_nothing_for_the_next() -> None:
    space = helpers()
    space["doubled"]([np.array([1.0])])[0][:] = 99
    assert space["doubled"]([np.array([1.0])])[0].tolist() == [2.0]


def test_functions_and_generators_are_never_remembered() -> None:
    space = helpers()
    assert [space["applied"](lambda value, by=by: value + by, 1) for by in (1, 2)] == [2, 3]
    rng = np.random.default_rng(0)
    assert space["applied"](lambda _: rng.normal(), 0) != space["applied"](lambda _: rng.normal(), 0)
