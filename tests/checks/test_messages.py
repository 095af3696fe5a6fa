"""The sentences in both languages, and how values are shown in them."""

import math
from string import Formatter
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from capas.checks import get_language, set_language
from capas.checks.messages import (
    HIDDEN_SENTENCES,
    LANGUAGES,
    SENTENCES,
    SHOWN_CHARACTERS,
    hidden_message,
    say,
    shape_text,
    show,
    show_apart,
)
from capas.checks.student import WORDS


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


@pytest.mark.parametrize("sentences", [SENTENCES, HIDDEN_SENTENCES, WORDS], ids=["public", "hidden", "student"])
def test_every_sentence_is_in_both_languages_with_the_same_places(sentences: dict[str, dict[str, str]]) -> None:
    for key, sentence in sentences.items():
        assert set(sentence) == {"es", "en"}, key
        assert all(sentence.values()), key
        assert sentence["es"] != sentence["en"], key
        assert placeholders(sentence["es"]) == placeholders(sentence["en"]), key


def test_hidden_sentences_have_no_place_for_a_value() -> None:
    assert not [key for key, sentence in HIDDEN_SENTENCES.items() if any(map(placeholders, sentence.values()))]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", HIDDEN_SENTENCES)
def test_a_hidden_case_tells_its_kind(kind: str, language: str) -> None:
    set_language(language)
    assert hidden_message(kind) == HIDDEN_SENTENCES[kind][language]


def test_a_hidden_case_of_no_known_kind_tells_that_it_could_not_run() -> None:
    assert hidden_message("expected 0.7311") == HIDDEN_SENTENCES["judge"]["es"]


def test_a_sentence_is_said_in_the_language_chosen() -> None:
    assert say("crashed", call="f(1)") == "f(1) cerró el programa sin devolver nada."
    set_language("en")
    assert say("crashed", call="f(1)") == "f(1) shut the program down without returning anything."


def test_a_language_without_sentences_is_refused_and_changes_nothing() -> None:
    with pytest.raises(ValueError, match="'fr'; there are es, en"):
        set_language("fr")
    assert get_language() == "es"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "None"),
        (True, "True"),
        (np.False_, "False"),
        (3, "3"),
        (np.int8(-3), "-3"),
        (1.0, "1"),
        (0.1 + 0.2, "0.3"),
        (1 / 3, "0.333333"),
        (np.float32(0.1), "0.1"),
        (1e-12, "1e-12"),
        (-0.0, "-0"),
        (math.nan, "nan"),
        (-math.inf, "-inf"),
        (1 - 2j, "(1-2j)"),
        ("a\tb", r"'a\tb'"),
        ([], "[]"),
        ((), "()"),
        ((1,), "(1,)"),
        ([1, (2.0, [3])], "[1, (2, [3])]"),
        ({"a": 1}, "{'a': 1}"),
        (np.array(2.5), "2.5"),
        (np.array([]), "[]"),
        (np.array([1, 2]), "[1, 2]"),
        (np.array([[1.0, 2.0], [3.0, 4.5]]), "[[1., 2.], [3., 4.5]]"),
        (np.array([1 / 3, 1e-9]), "[0.3333, 0.]"),
        (np.array([math.nan, math.inf]), "[nan, inf]"),
        (np.arange(1000), "[0, 1, 2, ..., 997, 998, 999]"),
        (math.sqrt, "sqrt"),
        (int, "int"),
    ],
)
def test_a_value_is_shown_as_a_student_would_write_it(value: Any, shown: str) -> None:
    assert show(value) == shown


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.complex_numbers() | st.text() | st.binary(),
    lambda inside: st.lists(inside) | st.tuples(inside, inside) | st.dictionaries(st.text(), inside),
)


@given(values)
def test_any_value_is_shown_on_one_short_line(value: Any) -> None:
    shown = show(value)
    assert len(shown) <= SHOWN_CHARACTERS
    assert shown.splitlines() == [shown]


def test_a_long_value_is_cut_where_it_can_be_seen() -> None:
    shown = show(list(range(1000)))
    assert shown.startswith("[0, 1, 2, ")
    assert shown.endswith("…")
    assert len(shown) == SHOWN_CHARACTERS


def test_a_value_that_refuses_to_be_shown_is_named_by_its_type() -> None:
    class Shy:
        def __repr__(self) -> str:
            raise ZeroDivisionError

    assert show([Shy()]) == "<list>"
    assert show(Shy()) == "<Shy>"


@pytest.mark.parametrize(
    ("returned", "expected", "shown"),
    [
        ([0.5], [0.7], ("[0.5]", "[0.7]")),
        ([0.12345678], [0.12345], ("[0.12345678]", "[0.12345]")),
        ([1.0000000001], [1.0], ("[1.0000000001]", "[1.]")),
    ],
)
def test_values_that_differ_late_are_shown_with_more_digits(
    returned: list[float], expected: list[float], shown: tuple[str, str]
) -> None:
    assert show_apart(np.array(returned), np.array(expected)) == shown


def test_values_that_do_not_differ_are_shown_all_the_same() -> None:
    assert show_apart(1.0, 1.0) == ("1", "1")


@pytest.mark.parametrize(("shape", "text"), [((), "()"), ((3,), "(3,)"), ([2, np.int64(3)], "(2, 3)")])
def test_shapes_are_written_as_numpy_does(shape: Any, text: str) -> None:
    assert shape_text(shape) == text
