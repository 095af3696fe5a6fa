"""Helpers that remember give what they would give anew, and nobody can spoil what they remember."""

import struct

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from capas.grading.memoize import memoize_helpers

SOURCE = """
import struct

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
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
    memoize_helpers(namespace)
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


def described(value: object) -> str:
    """Return all that a helper could see of plain data: types, bits, order."""
    if isinstance(value, (list, tuple)):
        return f"{type(value)}({[described(item) for item in value]})"
    if isinstance(value, dict):
        return f"{type(value)}({[(described(key), described(item)) for key, item in value.items()]})"
    if isinstance(value, np.ndarray):
        return f"{value.dtype.str}{value.shape}{value.strides}{value.tobytes()}"
    if isinstance(value, np.generic):
        return f"{type(value)}{value.tobytes()}"
    if type(value) is float:
        return f"float{struct.pack('d', value)}"
    if type(value) is complex:
        return f"complex{struct.pack('dd', value.real, value.imag)}"
    return f"{type(value)}{value!r}"


class Text(str):
    """A text of another type."""

    __slots__ = ()


class Whole(int):
    """A number of another type."""


floats = st.sampled_from(
    [0.0, -0.0, 1.0, np.nan, -np.nan, np.inf, struct.unpack("d", b"\1" + bytes(5) + b"\xf8\x7f")[0]]
)
atoms = st.one_of(
    floats,
    st.sampled_from(
        [None, True, False, 0, 1, "", "1", Text("1"), Whole(1), b"1", 1j, complex(-0.0, 0.0), complex(0, 0)]
    ),
    st.sampled_from([np.float64(0.0), np.float64(-0.0), np.float32(1), np.int64(1), np.bool_(True)]),
    st.sampled_from([np.ones((2, 2)), np.asfortranarray(np.ones((2, 2))), np.zeros(2), -np.zeros(2), np.zeros(4)[::2]]),
)
keys = st.sampled_from(["a", "b", 1, True, 1.0, 0.0, -0.0])
values = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.lists(inner, max_size=2), st.lists(inner, max_size=2).map(tuple), st.dictionaries(keys, inner, max_size=2)
    ),
    max_leaves=4,
)


@given(st.lists(values, min_size=2, max_size=6))
def test_what_is_remembered_is_never_of_another_argument(arguments: list[object]) -> None:
    space: dict = {"described": described}
    exec("def seen(value):\n    return described(value)", space)
    memoize_helpers(space)
    for argument in arguments:
        assert space["seen"](argument) == described(argument)


def test_a_dict_is_not_the_tuple_of_its_items_and_order_is_seen() -> None:
    space: dict = {"described": described}
    exec("def seen(value):\n    return described(value)", space)
    memoize_helpers(space)
    for argument in (
        {"a": 1},
        (("a", 1),),
        {"a": 1, "b": 2},
        {"b": 2, "a": 1},
        0.0,
        -0.0,
        1,
        True,
        1.0,
        Text("1"),
        "1",
    ):
        assert space["seen"](argument) == described(argument)


def test_a_helper_that_changes_its_argument_does_so_every_time() -> None:
    space: dict = {}
    exec("def fill(values):\n    values[:] = 7\n    return values", space)
    memoize_helpers(space)
    for _ in range(2):
        array = np.zeros(2)
        space["fill"](array)
        assert array.tolist() == [7, 7]


def test_a_generator_is_handed_out_and_not_remembered() -> None:
    space: dict = {}
    exec("def rows(n):\n    yield from range(n)", space)
    memoize_helpers(space)
    assert [list(space["rows"](2)) for _ in range(2)] == [[0, 1], [0, 1]]


def test_a_result_that_is_its_argument_is_not_spoiled_by_it() -> None:
    space: dict = {}
    exec("def same(values):\n    return values", space)
    memoize_helpers(space)
    first = np.zeros(2)
    space["same"](first)
    first[:] = 9
    assert space["same"](np.zeros(2)).tolist() == [0, 0]
