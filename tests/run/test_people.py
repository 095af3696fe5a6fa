"""Students are found by their names, however these are written, and people of one name are told apart."""

import sys
import unicodedata
from collections.abc import Callable
from random import Random
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capas.run.desk import entry_by_name
from capas.run.people import People, Person, folded
from capas.submission.manifest import Entry

Form = Literal["NFC", "NFD", "NFKC", "NFKD"]

NAMES = {
    "garcialopezmaria": "García López, María",
    "munozpenainaki": "Muñoz Peña, Iñaki",
    "guellmullerjurgen": "Güell-Müller, Jürgen",
    "obrienchloe": "O'Brien, Chloé",
    "dangelozoe": "D’Angelo, Zoë",
    "strausslukasz": "Strauß, Łukasz",
    "sorensenthora": "Sørensen, Þóra",
    "diazanamaria": "Díaz, Ana-María",
}
"""By what Canvas writes into the name of a file, the name of the gradebook."""


def person(submission: str, entry: Entry | None = None) -> Person:
    return Person(
        submission, f"{submission}.ipynb", 20.0, {}, entry or entry_by_name(submission, f"{submission}.ipynb")
    )


@pytest.fixture(scope="module")
def uploaded() -> People:
    """A class as a zip of Canvas names it; no gradebook is at hand."""
    return People(person(f"{name}_{12000 + at}_{67800 + at}_softmax") for at, name in enumerate(NAMES))


def natural(name: str) -> str:
    """Return a name as it is said: what stands before the comma comes last."""
    family, _, given_name = name.partition(", ")
    return f"{given_name} {family}"


@pytest.mark.parametrize("stored", NAMES)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_name_with_accents_is_that_of_canvas_without(uploaded: People, stored: str, form: Form) -> None:
    name = unicodedata.normalize(form, NAMES[stored])
    plain = "".join(one for one in unicodedata.normalize("NFKD", name) if not unicodedata.combining(one))
    for written in (name, natural(name), name.upper(), name.replace(",", ""), name.replace("-", " "), plain):
        found = uploaded.find(written)
        assert [one.submission.partition("_")[0] for one in found] == [stored], written


@pytest.mark.parametrize("apostrophe", "'’‘ʼ`´")
def test_an_apostrophe_is_one_however_it_is_typed(uploaded: People, apostrophe: str) -> None:
    for name, stored in (("O{}Brien, Chloé", "obrienchloe"), ("Zoë D{}Angelo", "dangelozoe")):
        (found,) = uploaded.find(name.format(apostrophe))
        assert found.submission.startswith(stored)


def test_people_of_one_name_are_told_apart() -> None:
    entries = {
        f"li_{at}": Entry("x", "collected", user=f"{at}", full_name="Lí, Wéi", section=section, login=f"wei{at}")
        for at, section in enumerate(("A", "B"))
    }
    people = People(person(name, entry) for name, entry in entries.items())
    assert {one.shown() for one in people.find("wei li")} == {"li_0 (Lí, Wéi, A, wei0)", "li_1 (Lí, Wéi, B, wei1)"}
    assert [one.submission for one in people.find("WEI1")] == ["li_1"]


LETTERS = "aábcdeéfghiíjklłmnñoóøpqrstuúüvwxyzþđæß"
WORDS = st.lists(st.text(LETTERS, min_size=1, max_size=8), min_size=1, max_size=4)


@given(WORDS, st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]), st.sampled_from([str.upper, str.lower, str.title]))
def test_folding_forgets_accents_case_and_form(words: list[str], form: Form, case: Callable[[str], str]) -> None:
    name = " ".join(words)
    assert folded(unicodedata.normalize(form, case(name))) == folded(name)


def test_what_unicode_takes_apart_is_folded_at_once() -> None:
    compound = [chr(code) for code in range(sys.maxunicode) if unicodedata.decomposition(chr(code))]
    assert folded("𝕋𝕙𝕖 𝔉𝔬𝔵 Ⅻ") == "the fox xii"
    assert [one for one in compound if folded(folded(one)) != folded(one)] == []


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(WORDS, st.randoms(use_true_random=False), st.sampled_from([" ", "-", "  ", " - ", "_"]))
def test_a_full_name_is_found_in_any_order_of_its_words(words: list[str], chooser: Random, between: str) -> None:
    one = person("x_1", Entry("x", "collected", full_name=", ".join([words[0], " ".join(words[1:])])))
    shuffled = list(words)
    chooser.shuffle(shuffled)
    assert People([one]).find(between.join(shuffled)) == [one]


@given(st.lists(WORDS, min_size=2, max_size=4, unique_by=lambda words: "".join(sorted(folded("".join(words))))))
def test_whose_letters_differ_is_somebody_else(names: list[list[str]]) -> None:
    full_names = [" ".join(words) for words in names]
    people = [person(f"#{at}", Entry(f"{at}", "collected", full_name=name)) for at, name in enumerate(full_names)]
    everybody = People(people)
    for one, name in zip(people, full_names, strict=True):
        assert everybody.find(name) == [one]


@given(st.permutations(["garcía", "lópez", "maría"]))
def test_canvas_may_put_any_of_the_names_first(words: list[str]) -> None:
    stored = folded("".join(words))
    everybody = People([person(f"{stored}_12345_678911_softmax")])
    assert all(everybody.find(" ".join(words[at:] + words[:at])) for at in range(3))
