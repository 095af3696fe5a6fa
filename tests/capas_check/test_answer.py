"""What is said of a student's function beside what is right."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_drawings import BARS, CURVE, LINE, make_drawing, relu

from capas_check.picture import Answer, CannotDraw, Drawing, compare, show_number, values_of
from capas_check.texts import load_texts

SPANISH, ENGLISH = load_texts("es"), load_texts("en")


def spanish(drawing: Drawing, function: Any) -> Answer:
    return compare(drawing, function, SPANISH)


def test_where_both_agree_nothing_is_marked() -> None:
    answer = spanish(CURVE, relu)
    assert answer.agrees
    assert answer.stretches == []
    assert answer.lines == ["Tu relu coincide con lo correcto en todo el dibujo."]
    assert compare(CURVE, relu, ENGLISH).lines == ["Your relu agrees with what is right all over the picture."]


@pytest.mark.parametrize(
    ("wrong", "said_es", "said_en"),
    [
        (np.abs, "entre a = −3 y a = 0", "between a = −3 and a = 0"),
        (lambda a: np.minimum(relu(a), 1), "entre a = 1 y a = 3", "between a = 1 and a = 3"),
        (lambda a: np.where(a == 0, 1, relu(a)), "en a = 0", "at a = 0"),
        (
            lambda a: np.where(np.abs(a) > 2, 5, relu(a)),
            "entre a = −3 y a = −2 y entre a = 2 y a = 3",
            "between a = −3 and a = −2 and between a = 2 and a = 3",
        ),
        (
            lambda a: relu(a) + (np.round(a * 20).astype(int) % 20 == 0),
            "en 7 trozos, entre a = −3 y a = 3",
            "in 7 pieces, between a = −3 and a = 3",
        ),
        (lambda a: np.where(a > 0, np.nan, 0.0), "entre a = 0 y a = 3", "between a = 0 and a = 3"),
        (lambda a: relu(a) * 1e300, "entre a = 0 y a = 3", "between a = 0 and a = 3"),
        (lambda a: a * np.inf, "entre a = −3 y a = 3", "between a = −3 and a = 3"),
    ],
)
def test_where_a_curve_is_wrong_is_said(wrong: Callable[..., Any], said_es: str, said_en: str) -> None:
    for answer, sentence in (
        (compare(CURVE, wrong, SPANISH), f"Tu relu se aparta de lo correcto {said_es}."),
        (compare(CURVE, wrong, ENGLISH), f"Your relu departs from what is right {said_en}."),
    ):
        assert not answer.agrees
        assert answer.stretches
        assert answer.lines[0] == sentence


def test_a_difference_too_small_to_be_seen_is_said_to_be() -> None:
    assert spanish(CURVE, lambda a: np.where(a < 0, 0.01 * a, a)).lines == [
        "Tu relu se aparta de lo correcto entre a = −3 y a = 0.",
        "La diferencia es pequeña, como mucho 0.03: en el dibujo casi no se ve.",
    ]


def test_the_places_of_bars_and_the_epochs_of_a_line() -> None:
    assert spanish(BARS, relu).agrees
    assert "en el elemento 0 y en el elemento 3." in spanish(BARS, np.abs).lines[0]
    assert "desde el elemento 0 hasta el 3." in spanish(BARS, lambda a: relu(a) + 1).lines[0]
    losses = [2.0 / (epoch + 1) for epoch in range(20)]
    assert spanish(LINE, lambda start, epochs: [None, losses]).agrees
    late = spanish(LINE, lambda start, epochs: ("network", [*losses[:5], *losses[4:-1]]))
    assert late.lines[0] == "Tu relu se aparta de lo correcto desde la época 5 hasta la 19."
    once = spanish(LINE, lambda start, epochs: (None, [*losses[:7], 0.0, *losses[8:]]))
    assert once.lines[0] == "Tu relu se aparta de lo correcto en la época 7."


@given(st.sets(st.integers(0, 19)))
def test_every_place_of_a_line_that_is_wrong_and_no_other_is_in_a_stretch(places: set[int]) -> None:
    losses = np.array(LINE.right)
    losses[list(places)] += 1
    answer = spanish(LINE, lambda start, epochs: (None, losses))
    assert {place for first, last in answer.stretches for place in range(first, last + 1)} == places
    assert answer.agrees == (not places)


@given(st.sets(st.integers(0, 120)))
def test_every_place_of_a_curve_that_is_wrong_is_in_a_stretch(places: set[int]) -> None:
    values = np.array(CURVE.right)
    values[list(places)] += 1
    answer = spanish(CURVE, lambda a: values)
    assert places <= {place for first, last in answer.stretches for place in range(first, last + 1)}
    assert answer.agrees == (not places)


def raises(a: Any) -> Any:
    raise ValueError("no dice nada")


def leaves(a: Any) -> Any:
    raise SystemExit


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (None, "Todavía no hay ninguna función relu"),
        (3.0, "Todavía no hay ninguna función relu"),
        (lambda a: ..., "relu devolvió algo que no son números, de tipo ellipsis"),
        (lambda a: None, "relu devuelve None: completa su celda"),
        (raises, "relu terminó con un error, ValueError: no dice nada. Corrige"),
        (leaves, "relu pidió cerrar el programa, con exit(), quit() o sys.exit()."),
        (lambda a: 1 / 0, "relu terminó con un error, ZeroDivisionError: division by zero."),
        (lambda a, b: a, "relu terminó con un error, TypeError"),
        (lambda a: 0.5, "recibe muchos números a la vez, de forma (121,), y debe dar otros tantos: dio ()."),
        (lambda a: a[:5], "dio (5,)."),
        (lambda a: "0.5", "no son números, de tipo str"),
        (lambda a: [a, 3], "no son números, de tipo list"),
        (lambda a: a > 0, "no son números, de tipo ndarray"),
        (lambda a: a + 1j, "no son números, de tipo ndarray"),
    ],
)
def test_what_cannot_be_drawn_is_said(function: Any, said: str) -> None:
    answer = spanish(CURVE, function)
    assert not answer.agrees
    assert answer.values is None
    assert said in answer.lines[0]


def test_bars_of_another_shape() -> None:
    assert spanish(BARS, lambda a: a[:2]).lines == ["Aquí relu debe dar la forma (4,) y dio la forma (2,)."]


@pytest.mark.parametrize("result", [None, 3.0, (1.0,), ([0.1],), {}])
def test_a_result_without_the_part_that_is_drawn(result: Any) -> None:
    answer = spanish(LINE, lambda start, epochs: result)
    assert ("None" if result is None else "posición 1") in answer.lines[0]


def test_every_sentence_is_there_in_english() -> None:
    for function in (None, lambda a: None, raises, leaves, lambda a: 0.5, lambda a: "x"):
        (line,) = compare(CURVE, function, ENGLISH).lines
        assert "relu" in line
        assert not {"función", "forma", "celda"} & set(line.split())


@pytest.mark.parametrize(("say", "words"), [(SPANISH, "cerrar el programa"), (ENGLISH, "close the program")])
def test_a_function_that_leaves_cannot_be_drawn(say: Any, words: str) -> None:
    with pytest.raises(CannotDraw, match=words):
        values_of(CURVE, leaves, say)


def test_a_function_gets_arrays_and_pairs_and_its_changes_are_its_own() -> None:
    given: list[Any] = []

    def spoils(x: Any, network: Any, name: str, options: Any) -> Any:
        given.append([x.copy(), network.copy(), name, {**options, "rates": list(options["rates"])}])
        x[:] = 0
        network.clear()
        options["rates"].clear()
        return [1.0, 2.0]

    arguments = [[[0, 1], [1, 0]], [[[[1, 2], [2, 1]], [-2, 0]], [[[-1], [1]], [0]]], "tanh", {"rates": [0.1]}]
    drawing = make_drawing("bars", spoils, arguments=arguments)
    spanish(drawing, spoils)
    assert len(given) == 2
    for x, network, name, options in given:
        assert x.tolist() == [[0, 1], [1, 0]]
        assert isinstance(network, list)
        assert len(network) == 2
        assert (name, options) == ("tanh", {"rates": [0.1]})
    assert drawing.arguments[1] == [[[[1, 2], [2, 1]], [-2, 0]], [[[-1], [1]], [0]]]


def test_a_network_is_a_list_of_pairs() -> None:
    kinds: list[Any] = []

    def look(network: Any) -> Any:
        kinds.append([(type(layer), type(layer[0]), layer[0].shape, layer[1].shape) for layer in network])
        return [1.0, 2.0]

    make_drawing("bars", look, arguments=[[[[[1, 2], [2, 1]], [-2, 0]], [[[-1], [1]], [0]]]])
    assert kinds == [[(tuple, np.ndarray, (2, 2), (2,)), (tuple, np.ndarray, (2, 1), (1,))]]


def test_numbers_have_a_minus_that_can_be_seen() -> None:
    assert [show_number(value) for value in (-0.5, 1 / 3, 2.0, float("nan"))] == ["−0.5", "0.3333", "2", "nan"]
