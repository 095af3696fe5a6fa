"""What passes as equal to text, truth values, dates, sets, dicts and all of them nested, and what is told otherwise."""

import copy
import datetime
import fractions
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_calls import SPANISH, failure_of, giving, sentence_of, spoiling

from capas_check import CheckFailure, call
from capas_check.texts import load_texts

ENGLISH = load_texts("en")
DAY, NOON = datetime.date(2024, 2, 29), datetime.datetime(2024, 2, 29, 12)


class Pendulum:
    """An object of a student's class, which would pass for anything if it were asked."""

    form = "anything"

    def __eq__(self, other: object) -> bool:
        return True

    def __repr__(self) -> str:
        return "'hi'"

    __hash__ = object.__hash__


# As a class in a student's notebook or file.
Pendulum.__module__ = "student"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("hi", "hi"),
        (np.str_("hi"), "hi"),
        (np.array("hi"), "hi"),
        (b"hi", b"hi"),
        (bytearray(b"hi"), b"hi"),
        (True, True),
        (np.bool_(False), False),
        (np.array(True), True),
        (None, None),
        (DAY, DAY),
        (np.datetime64("2024-02-29"), DAY),
        (np.datetime64("2024-02-29T12:00"), NOON),
        (NOON, np.datetime64("2024-02-29T12:00:00", "ns")),
        (pd.Timestamp(NOON), NOON),
        (datetime.timedelta(hours=1), np.timedelta64(1, "h")),
        (pd.NaT, pd.NaT),
        (1 + 2j, 1 + 2j),
        (1.0, 1 + 1e-12j),
        (["a", "b"], ("a", "b")),
        (("a", "b"), ["a", "b"]),
        (np.array(["a", "b"]), ["a", "b"]),
        (np.array(["a", "b"], dtype=object), ["a", "b"]),
        (["a", "b"], np.array(["a", "b"])),
        (np.array([[True], [False]]), [[True], [False]]),
        (pd.Series(["a", "b"]), ["a", "b"]),
        (pd.Index(["a", "b"]), ["a", "b"]),
        ((True, 2), (True, 2.0)),
        ([("Ana", 1.7)], [("Ana", 1.7 + 1e-12)]),
        ({1, 2}, {2.0, 1.0}),
        ({0.1 + 0.2, "a"}, {0.3, "a"}),
        (frozenset("ab"), {"b", "a"}),
        ({("a", 1)}, {("a", 1)}),
        ({"a": 1, "b": 2}, {"b": 2.0, "a": 1.0}),
        ({"a": [1, 2]}, {"a": np.array([1.0, 2.0])}),
        ({1: {"a": {"b"}}}, {1.0: {"a": {"b"}}}),
        ({"a": range(3)}, {"a": [0, 1, 2]}),
    ],
)
def test_equal_values_pass_however_they_are_kept(value: Any, expected: Any) -> None:
    assert giving(value).returns(expected).leaves_arguments()


@pytest.mark.parametrize(
    ("value", "expected", "kind"),
    [
        (1, True, "type"),
        (True, "True", "type"),
        (np.array([1, 0]), [True, False], "type"),
        ("a", b"a", "type"),
        (b"a", "a", "type"),
        ("a", ["a"], "type"),
        (["a"], "a", "type"),
        ("ab", ["a", "b"], "type"),
        ({"a", "b"}, ["a", "b"], "type"),
        (["a", "b"], {"a", "b"}, "type"),
        ([("a", 1)], {"a": 1}, "type"),
        (NOON, DAY, "type"),
        (DAY, NOON, "type"),
        (pd.NaT, NOON, "differs"),
        (0, None, "differs"),
        ("", None, "type"),
        (None, "", "nothing"),
        ([None], ["a"], "nothing"),
        ({True}, {1}, "parts"),
        ({1: "a"}, {True: "a"}, "parts"),
        ({(True, 2)}, {(1, 2)}, "parts"),
        ({"a": True}, {"a": 1}, "type"),
        ({"a": "1"}, {"a": 1}, "type"),
        ({"a": None}, {"a": 1}, "nothing"),
        ({"a": float("nan")}, {"a": float("nan")}, "value"),
        ({1.0, 2.0}, {1.0, 2.1}, "parts"),
        ({1.0}, {1.0, 1.0 + 1e-9}, "parts"),
        (2j, 1j, "differs"),
        (Pendulum(), "hi", "type"),
        (Pendulum(), None, "differs"),
        ([Pendulum()], ["hi"], "type"),
        ({Pendulum()}, {"hi"}, "parts"),
        (fractions.Fraction(1, 2), "1/2", "type"),
        ({"a": 1}.keys(), ["a"], "type"),
        (len, "len", "type"),
    ],
)
def test_what_never_passes(value: Any, expected: Any, kind: str) -> None:
    assert failure_of(lambda: giving(value).returns(expected)).kind == kind


@pytest.mark.parametrize(
    ("value", "expected", "told"),
    [
        (
            "Hola Ana",
            "Hola, Ana",
            "f() devolvió 'Hola Ana'; se esperaba 'Hola, Ana'. "
            "Difieren desde el carácter 5: ' Ana', donde se esperaba ', Ana'.",
        ),
        (
            "hi ",
            "hi",
            "f() devolvió 'hi '; se esperaba 'hi'. "
            "Solo difieren espacios o fines de línea, desde el carácter 3: ' ', donde se esperaba ''.",
        ),
        (
            "a  b\r\n",
            "a b\n",
            "f() devolvió 'a  b\\r\\n'; se esperaba 'a b\\n'. "
            "Solo difieren espacios o fines de línea, desde el carácter 3: ' b\\r\\n', donde se esperaba 'b\\n'.",
        ),
        (
            "HI",
            "Hi",
            "f() devolvió 'HI'; se esperaba 'Hi'. "
            "Solo difieren mayúsculas, desde el carácter 2: 'I', donde se esperaba 'i'.",
        ),
        (
            "a\nbc\nd",
            "a\nbx\nd",
            "f() devolvió 'a\\nbc\\nd'; se esperaba 'a\\nbx\\nd'. "
            "Difieren desde la línea 2, carácter 2: 'c\\nd', donde se esperaba 'x\\nd'.",
        ),
        (
            b"ab",
            b"a",
            "f() devolvió b'ab'; se esperaba b'a'. Difieren desde el carácter 2: b'b', donde se esperaba b''.",
        ),
        (3, "a", "f() devolvió 3, de tipo int; se esperaba 'a', de tipo str."),
        (None, {"a": 1}, "f() devolvió None; se esperaba {'a': 1}. ¿Falta el return?"),
        (False, True, "f() devolvió False; se esperaba True."),
        (["a"], ["a", "b"], "f() devolvió ['a'], de longitud 1; se esperaba ['a', 'b'], de longitud 2."),
        ({"a", "c"}, {"a", "b"}, "f() devolvió {'a', 'c'}; falta ['b'] y sobra ['c']."),
        ({"a"}, {"a", "b"}, "f() devolvió {'a'}; falta ['b']."),
        ({"a", "b"}, {"a"}, "f() devolvió {'a', 'b'}; sobra ['b']."),
        ({"a": 1}, {"a": 1, "b": 2}, "f() devolvió {'a': 1}; faltan las claves ['b']."),
        ({"a": 1, "b": 2}, {"a": 1}, "f() devolvió {'a': 1, 'b': 2}; sobran las claves ['b']."),
        ({"a": 1}, {"b": 1}, "f() devolvió {'a': 1}; faltan las claves ['b'] y sobran ['a']."),
        ({"a": {2: [1, 2]}}, {"a": {2: [1, 3]}}, "el elemento ['a'][2] de f() devolvió [1, 2]; se esperaba [1, 3]."),
        (Pendulum(), "hi", "f() devolvió <Pendulum>, de tipo Pendulum; se esperaba 'hi', de tipo str."),
        (
            [fractions.Fraction(1, 2)],
            ["1/2"],
            "f() devolvió algo que no se puede comparar: a value of type Fraction",
        ),
    ],
)
def test_what_is_told_shows_what_differs(value: Any, expected: Any, told: str) -> None:
    assert sentence_of(lambda: giving(value).returns(expected)) == told


plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**6), 10**6)
    | st.floats(-1e6, 1e6)
    | st.text(max_size=5)
    | st.binary(max_size=5)
    | st.dates()
    | st.datetimes()
    | st.sets(st.text(max_size=3) | st.integers(), max_size=3),
    lambda inside: (
        st.lists(inside, max_size=4)
        | st.tuples(inside, inside)
        | st.dictionaries(st.text(max_size=3), inside, max_size=4)
    ),
    max_leaves=12,
)


@given(plain)
def test_any_value_equals_its_copy(value: Any) -> None:
    assert giving(copy.deepcopy(value)).returns(value)


@given(plain, plain)
def test_equality_goes_both_ways_and_every_difference_has_a_sentence(one: Any, other: Any) -> None:
    def fails(value: Any, expected: Any) -> bool:
        failure = None
        try:
            giving(value).returns(expected, rtol=0)
        except CheckFailure as error:
            failure = error
        assert failure is None or all(failure.sentence(say) for say in (SPANISH, ENGLISH))
        return failure is not None

    assert fails(one, other) == fails(other, one)


@given(plain, st.data())
def test_one_leaf_that_is_another_spoils_it_all(value: Any, data: st.DataObject) -> None:
    wrapped: Any = {"value": value, "leaf": "right"}
    for _ in range(data.draw(st.integers(0, 3))):
        wraps: list[Any] = [{"in": wrapped}, [0, wrapped], (wrapped, "x")]
        wrapped = data.draw(st.sampled_from(wraps))
    spoiled = eval(repr(wrapped).replace("'right'", "'wrong'"), {"datetime": datetime})
    told = sentence_of(lambda: giving(spoiled).returns(wrapped))
    assert "['leaf'] de f() devolvió 'wrong'; se esperaba 'right'" in told


@pytest.mark.parametrize(
    ("spoil", "given_", "told"),
    [
        (lambda x: x.add(3), {1}, "f({1}) cambió el argumento que recibió: valía {1} y quedó en {1, 3}."),
        (lambda x: x["a"].pop(), {"a": [1]}, "valía {'a': [1]} y quedó en {'a': []}."),
        (lambda x: x.update(b={2}), {"b": {1}}, "valía {'b': {1}} y quedó en {'b': {2}}."),
        (lambda x: x.__setitem__(0, "z"), np.array(["a", None], dtype=object), "y quedó en ['z', None]."),
    ],
)
def test_a_set_or_dict_that_was_changed_is_told(spoil: Any, given_: Any, told: str) -> None:
    done = spoiling(spoil, given_)
    assert told in sentence_of(done.leaves_arguments)


FAR = pd.DatetimeIndex(np.array([2**60], "M8[s]")).tz_localize("UTC").tz_convert("Europe/Madrid")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (10**400, 1j),
        ([1, 10**400], [1, 1j]),
        ({10**400}, {1.5}),
        (pd.Timestamp(np.datetime64(2**60, "s")), NOON),
        (pd.Series(FAR), ["a"]),
        (pd.Series(["a", None, "b"]), pd.Series([1, "a", None], dtype=object)),
    ],
)
def test_what_cannot_be_compared_is_another_value(value: Any, expected: Any) -> None:
    assert failure_of(lambda: giving(value).returns(expected)).kind == "differs"


@pytest.mark.parametrize(
    "value", [{1, "a"}, {"a": {1}}, [{"a"}], np.array(["a", None], dtype=object), [Pendulum()], {"p": Pendulum()}]
)
def test_what_was_left_alone_is_not_told(value: Any) -> None:
    assert spoiling(lambda _x: None, value).leaves_arguments()


def test_objects_are_passed_on_as_they_are_and_containers_as_copies() -> None:
    pendulum, given_ = Pendulum(), {"list": [1]}
    pendulums = [pendulum, {"one": (pendulum,)}]

    def f(x: Any, y: Any) -> bool:
        same = x[0] is pendulum and x[1]["one"][0] is pendulum
        y["list"].append(2)
        return same and x is not pendulums and y is not given_

    assert call(f, pendulums, given_).returns(True)
    assert given_ == {"list": [1]}
