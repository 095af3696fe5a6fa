"""Arguments and results of calls: plain data in, plain data out."""

import copy
import datetime
import math
from typing import Any

import numpy as np
import pytest
from sandbox_calls import IDENTITY, Start, call

from capas.sandbox import Proxy, TooLargeResult, UnsendableResult


@pytest.mark.parametrize(
    "value",
    [
        *(None, True, 3, -(2**80), 2.5, math.inf, 1 + 2j, "ñandú 🦤", b"\0\xff", [], (), {}, [1, [2.0, (3,)]]),
        {"W": [1, 2], "b": {"c": (None,)}},
    ],
)
def test_plain_values_go_in_and_come_out(start: Start, value: Any) -> None:
    (back,) = call(start(IDENTITY), "f", value)
    assert type(back) is type(value)
    assert back == value


def test_nan_and_arrays_go_in_and_come_out(start: Start) -> None:
    number, array = call(start(IDENTITY), "f", math.nan, np.array([[1, 2]], dtype=np.int8))
    assert math.isnan(number)
    assert array.dtype == np.int8
    assert array.tolist() == [[1, 2]]


def test_keywords_arrive_by_name(start: Start) -> None:
    assert call(start(IDENTITY), "f", 1, b=2, a=[3]) == (1, {"b": 2, "a": [3]})


def test_a_large_array_goes_in_and_comes_out(start: Start) -> None:
    array = np.random.default_rng(0).normal(size=(1000, 1000))
    (back,) = call(start(IDENTITY), "f", array)
    assert np.array_equal(back, array)


@pytest.mark.parametrize(
    ("returned", "expected"),
    [
        ("np.float64(0.5)", np.float64(0.5)),
        ("range(3)", [0, 1, 2]),
        ("Marked([1.0, 2.0])", [1.0, 2.0]),
        ("(Marked([1.0]), Weight(2.0))", ([1.0], 2.0)),
        ("Weight(0.5)", 0.5),
        ("Count(7)", 7),
        ("Color.RED", 1),
        ("Point(1.0, 2.0)", (1.0, 2.0)),
        ("Name('a')", "a"),
        ("OrderedDict(a=Weight(1.0))", {"a": 1.0}),
        ("Wrapped()", np.array([1.0, 2.0])),
        ("np.zeros(2).view(Special)", np.zeros(2)),
        ("np.ma.masked_array([1.0, 2.0])", np.array([1.0, 2.0])),
        ("np.longdouble(0.5)", np.float64(0.5)),
        ("np.array([0.5], dtype=np.longdouble)", np.array([0.5])),
        ("np.array([0.5j], dtype=np.clongdouble)", np.array([0.5j])),
        ("np.array([1, 2], dtype='>i4')", np.array([1, 2], dtype=np.int32)),
        ("np.arange(6.0).reshape(2, 3).T[::-1]", np.arange(6.0).reshape(2, 3).T[::-1]),
    ],
)
def test_what_numpy_takes_for_numbers_comes_out_plain(start: Start, returned: str, expected: Any) -> None:
    sandbox = start(
        """
import enum
from collections import OrderedDict, namedtuple
import numpy as np
class Marked(list): pass
class Weight(float): pass
class Count(int): pass
class Name(str): pass
class Special(np.ndarray): pass
class Color(enum.IntEnum): RED = 1
class Wrapped:
    def __array__(self, dtype=None, copy=None): return np.array([1.0, 2.0])
Point = namedtuple('Point', 'x y')
""",
        f"def f():\n    return {returned}",
    )
    value = call(sandbox, "f")
    assert type(value) is type(expected)
    if isinstance(expected, np.ndarray):
        assert value.dtype == expected.dtype
        assert np.array_equal(value, expected)
    else:
        assert value == expected


@pytest.mark.parametrize(
    ("returned", "why"),
    [
        ("f", "a value of type function"),
        ("print", "a value of type builtin_function_or_method"),
        ("(x for x in 'ab')", "a value of type generator"),
        ("[object()]", "a value of type object"),
        ("np", "a value of type module"),
        ("{object()}", "a value of type object"),
        ("{1: object()}", "a value of type object"),
        ("{1: 2}.keys()", "a value of type dict_keys"),
        ("np.array([object()])", "a value of type object"),
        ("endless", "RecursionError"),
        ("'\\ud800'", "text with a lone surrogate"),
        ("Trap()", "MemoryError"),
    ],
)
def test_a_result_that_may_not_travel_is_said_and_the_sandbox_lives_on(start: Start, returned: str, why: str) -> None:
    sandbox = start(
        """
import numpy as np
endless = []
endless.append(endless)
class Trap:
    def __getattribute__(self, name): raise MemoryError
""",
        f"def f():\n    return {returned}",
        "def g():\n    return 5",
    )
    with pytest.raises(UnsendableResult, match=f"^{why}"):
        call(sandbox, "f")
    assert call(sandbox, "g") == 5


@pytest.mark.parametrize(
    ("returned", "why"),
    [
        ("2**5000", "an integer of more than 4096 bits"),
        ("bytes(65 * 2**20)", "65 MB"),
        ("np.zeros((3000, 3000))", r"an array of shape \(3000, 3000\)"),
        ("np.zeros((0, 10**8))", r"an array of shape \(0, 100000000\)"),
        ("[0] * 10**6", "more than 100000 items"),
    ],
)
def test_a_result_far_too_large_is_said_to_be_so_and_the_sandbox_lives_on(
    start: Start, returned: str, why: str
) -> None:
    sandbox = start("import numpy as np", f"def f():\n    return {returned}", "def g():\n    return 5")
    with pytest.raises(TooLargeResult, match=f"^{why}$"):
        call(sandbox, "f")
    assert call(sandbox, "g") == 5


def test_values_are_fetched_by_name(start: Start) -> None:
    sandbox = start("import numpy as np\nx = [1.0]\nW = np.eye(2)\ns = {object()}")
    assert sandbox.get("x") == [1.0]
    assert np.array_equal(sandbox.get("W"), np.eye(2))
    with pytest.raises(UnsendableResult):
        sandbox.get("s")


def test_a_proxy_has_the_name_of_its_function_and_is_not_copied() -> None:
    calls: list[Any] = []
    proxy = Proxy(lambda *call: calls.append(call), "softmax")
    assert proxy.__name__ == "softmax"
    assert copy.deepcopy([proxy])[0] is proxy
    proxy(1, axis=0)
    assert calls == [("softmax", (1,), {"axis": 0})]


def test_what_the_host_may_not_send_is_not_sent_and_the_sandbox_lives_on(start: Start) -> None:
    sandbox = start(IDENTITY)
    with pytest.raises(Exception, match="a value of type range"):
        call(sandbox, "f", range(1))
    assert call(sandbox, "f", 1) == (1,)


@pytest.mark.parametrize(
    ("returned", "value"),
    [
        ("{1.0, np.float64(2)}", {1.0, 2.0}),
        ("frozenset({('a', 1)})", frozenset({("a", 1)})),
        ("collections.Counter(['a', 'b', 'a'])", {"a": 2, "b": 1}),
        ("{np.int64(1): np.str_('one')}", {1: "one"}),
        ("datetime.date(2024, 2, 29)", datetime.date(2024, 2, 29)),
        ("bytearray(b'ab')", b"ab"),
    ],
)
def test_what_is_as_good_as_plain_arrives_as_such(start: Start, returned: str, value: Any) -> None:
    sandbox = start("import collections, datetime, numpy as np", f"def f():\n    return {returned}")
    result = sandbox.call("f", (), {})
    assert type(result) is type(value)
    assert result == value


def test_a_set_that_is_changed_in_place_is_changed_here_too(start: Start) -> None:
    sandbox = start("def f(values):\n    values.add('more')")
    argument = {"one"}
    sandbox.call("f", (argument,), {})
    assert argument == {"one", "more"}
