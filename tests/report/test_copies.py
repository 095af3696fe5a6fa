"""Code that is shared though names were changed is found, and what is alike by chance is not told."""

import itertools

import numpy as np
import pytest
from copying import named, results_of, ways
from disguise import disguised, plain
from honest import honest_class
from hypothesis import given, settings
from hypothesis import strategies as st

from capas.course.model import Course, Stage
from capas.course.solutions import Solutions
from capas.report.code_tokens import MAX_CHARACTERS, codes_of, definitions_in
from capas.report.copies import (
    SHORTEST,
    WHOLE,
    Alike,
    Answers,
    find_alike,
    handed_out_hashes,
    most_alike,
)
from capas.report.copies_page import groups_of_copies
from capas.report.copy_groups import Shared, grouped
from capas.report.fingerprints import GRAM, NONE, WINDOW, fingerprints


def test_three_copies_with_changed_names_are_found_among_sixty(backpropagation: Stage, class_of_60) -> None:
    assert len(class_of_60) == 60
    results = results_of(backpropagation, list(class_of_60))
    sources = {name: [source] for name, source in class_of_60.items()}
    (group,) = groups_of_copies(backpropagation, results, sources)
    assert group.members == ["copy_0", "copy_1", "copy_2", "original"]
    told = {one.question: one.share for one in group.alike if one.members == group.members}
    assert {WHOLE, "backpropagate", "train"} <= set(told)
    assert min(told.values()) > 0.8


def test_without_the_copies_nothing_is_told(backpropagation: Stage, class_of_60) -> None:
    sources = {name: [source] for name, source in class_of_60.items() if not name.startswith("copy")}
    assert groups_of_copies(backpropagation, results_of(backpropagation, list(sources)), sources) == []


def test_independent_solutions_of_every_stage_are_not_told(course: Course) -> None:
    for stage in course.stages:
        solutions, by_question = Solutions(stage), ways(stage)
        sources = {"reference": [solutions.reference_source]}
        for number in range(min(map(len, by_question.values()))):
            chosen = [by_question[name][number] for name in named(stage)]
            sources[f"student_{number}"] = [solutions.combined_source(chosen)]
        assert len(sources) > 3
        assert groups_of_copies(stage, results_of(stage, list(sources)), sources) == [], stage.id


def test_three_hundred_honest_variants_are_not_told(course: Course) -> None:
    for stage in course.stages:
        sources = {name: [source] for name, source in honest_class(stage, 60, seed=1).items()}
        assert len(set(map(str, sources.values()))) > 50
        assert groups_of_copies(stage, results_of(stage, list(sources)), sources) == [], stage.id


def test_a_copy_among_honest_variants_is_told(course: Course) -> None:
    for stage in course.stages[-2:]:
        sources = honest_class(stage, 60, seed=2)
        sources["copy"] = disguised(sources["honest_007"], {*named(stage), *stage.given}, 3)
        told = groups_of_copies(stage, results_of(stage, list(sources)), {name: [one] for name, one in sources.items()})
        assert [group.members for group in told] == [["copy", "honest_007"]], stage.id


def test_no_two_right_answers_to_a_question_come_near_what_is_told(course: Course) -> None:
    most = 0
    # Other ways to train a network share long helpers, which one author wrote once.
    for stage in (stage for stage in course.stages if not stage.limits.own_seconds):
        solutions, by_question = Solutions(stage), ways(stage)
        for name, variants in by_question.items():
            sources = [solutions.reference_source, *(solutions.variant_source(variant) for variant in variants)]
            prints = [fingerprints(definitions_in([source])[name].codes) for source in sources]
            for one, other in itertools.combinations(prints, 2):
                most = max(most, len(np.intersect1d(one, other)))
    assert 0 < most <= 0.6 * SHORTEST


@pytest.mark.parametrize("seed", range(6))
def test_names_numbers_comments_layout_and_order_change_nothing(course: Course, seed: int) -> None:
    for stage in course.stages:
        solutions, by_question = Solutions(stage), ways(stage)
        chosen = [by_question[name][seed % len(by_question[name])] for name in named(stage)]
        source = solutions.combined_source(chosen)
        kept = {*named(stage), *stage.given}
        before = Answers([plain(source)], named(stage)).fingerprints(NONE)
        after = Answers([disguised(source, kept, seed)], named(stage)).fingerprints(NONE)
        assert before.keys() == after.keys() == {*named(stage), WHOLE}
        for name, prints in before.items():
            assert np.array_equal(prints, after[name]), (stage.id, name)


def test_cells_or_one_file_are_the_same() -> None:
    cells = ["def f(a):\n    return helper(a) * 3 - sum(a) / (len(a) + 1)", "def helper(b):\n    return [b, b, [b]]"]
    together = Answers(["\n\n".join(reversed(cells))], ["f"]).fingerprints(NONE)
    assert np.array_equal(together["f"], Answers(cells, ["f"]).fingerprints(NONE)["f"])
    assert len(together["f"]) > len(Answers(cells[:1], ["f"]).fingerprints(NONE)["f"]) > 0


@given(
    st.lists(st.integers(0, 9), min_size=GRAM + WINDOW - 1, max_size=40),
    st.lists(st.integers(10, 19), max_size=30),
    st.lists(st.integers(20, 29), max_size=30),
)
def test_what_is_as_long_as_promised_is_always_found(shared: list[int], before: list[int], after: list[int]) -> None:
    both = fingerprints(before + shared), fingerprints(shared + after)
    assert len(np.intersect1d(*both)) > 0


@settings(max_examples=300)
@given(st.text(alphabet="\"'\\#()[]{}:=.\n \tdefclassa1@;é", max_size=200))
def test_anything_has_tokens(text: str) -> None:
    Answers([text, f"def f(a):\n{text}"], ["f"]).fingerprints(NONE)
    assert codes_of(text) == codes_of(text)


@pytest.mark.parametrize("piece", ['"""\\', "'''", '"\\\n', "(", "def f(", "\\", "a.", "def a(): b\n", "f'{x}'"])
def test_giants_take_no_more_than_their_length(piece: str) -> None:
    text = piece * (MAX_CHARACTERS // len(piece))
    Answers([text], ["f"]).fingerprints(NONE)
    assert definitions_in([text + " " * len(piece), "x" * MAX_CHARACTERS, "def f():\n    return 1"]).keys() <= {
        "f",
        "a",
    }


def test_code_that_is_no_python_any_more_has_its_answers() -> None:
    definitions = definitions_in(["a = (1,\ndef f(x:\n    return x +* 2\n", "def g(x):\n  '''open\n  return x"])
    assert list(definitions) == ["a", "f", "g"]


def test_a_stub_below_an_answer_hides_nothing() -> None:
    cells = ["def f(a):\n    return a + 1", "def f(a):\n    ..."]
    assert definitions_in(cells)["f"].text == cells[0] == definitions_in(cells[::-1])["f"].text


def test_a_method_named_like_a_library_function_changes_nothing() -> None:
    code = "import numpy as np\nclass Own:\n    def {0}(self, a):\n        return np.tanh(a) - a\n"
    code += "def f(a):\n    return [np.tanh(a), Own().{0}(a), np.tanh(-a)]"
    first, second = (definitions_in([code.format(name)]) for name in ("tanh", "squash"))
    assert [first[name].codes for name in ("Own", "f")] == [second[name].codes for name in ("Own", "f")]


def test_a_method_is_no_use_of_what_has_its_name_at_the_top() -> None:
    cells = [
        "def helper(a):\n    return a",
        "def f(a):\n    class Own:\n        def helper(self): ...\n    return a.helper",
    ]
    assert [one.name for one in Answers(cells, ["f"]).of("f")] == ["f"]


def test_an_unindented_docstring_ends_no_function() -> None:
    body = 'def f(a):\n    """says\nthis\n"""\n    return a + 1'
    assert definitions_in([body])["f"].codes == definitions_in(["def f(a):\n    return a + 1"])["f"].codes


LONG = "def f(a):\n" + "\n".join(
    f"    {'abcdefgh'[n % 8]} = a{'+-*/%'[n % 5]}{'(' * (n % 4)}b{')' * (n % 4)}{' @ c' * (n % 7)}" for n in range(40)
)


def test_what_was_handed_out_or_many_wrote_is_left_out() -> None:
    two = {name: Answers([LONG], ["f"]).fingerprints(NONE) for name in "ab"}
    assert {one.question for one in find_alike(two)} == {"f", WHOLE}
    handed_out = handed_out_hashes([LONG])
    assert find_alike({name: Answers([LONG], ["f"]).fingerprints(handed_out) for name in "ab"}) == []
    for size, told in ((most_alike(40), True), (most_alike(40) + 1, False)):
        many = {f"s{number}": two["a"] if number < size else {"f": NONE, WHOLE: NONE} for number in range(40)}
        assert bool(find_alike(many)) is told


def test_a_group_is_where_each_shares_with_each() -> None:
    chain = [Alike("f", "a", "b", 30, 1.0), Alike("f", "b", "c", 50, 0.9)]
    assert [group.members for group in grouped(chain)] == [["b", "c"], ["a", "b"]]
    in_different_questions = [*chain, Alike("g", "a", "c", 40, 1.0)]
    assert [group.members for group in grouped(in_different_questions)] == [["b", "c"], ["a", "c"], ["a", "b"]]
    (group,) = grouped([*chain, Alike("f", "a", "c", 40, 0.8)])
    assert group.members == ["a", "b", "c"]
    assert group.alike == [Shared("f", ["a", "b", "c"], 30, 0.8)]


def test_what_some_of_a_group_share_besides_is_told_with_it() -> None:
    pairs = [Alike("f", *names, 30, 1.0) for names in itertools.combinations("abc", 2)]
    pairs += [Alike(WHOLE, "b", "c", 60, 0.8), Alike("g", "x", "y", 25, 0.9)]
    first, second = grouped(reversed(pairs))
    assert (first.members, second.members) == (["a", "b", "c"], ["x", "y"])
    assert [(one.question, one.members) for one in first.alike] == [("f", ["a", "b", "c"]), (WHOLE, ["b", "c"])]


@given(st.sets(st.tuples(st.sampled_from("fg"), st.integers(0, 7), st.integers(0, 7)), max_size=40))
def test_all_pairs_are_in_a_group_and_no_others(drawn: set[tuple[str, int, int]]) -> None:
    pairs = [Alike(question, str(one), str(other), 30, 1.0) for question, one, other in drawn if one < other]
    wanted = {(pair.question, pair.first, pair.second) for pair in pairs}
    told = {
        (one.question, *names)
        for group in grouped(pairs)
        for one in group.alike
        for names in itertools.combinations(one.members, 2)
    }
    assert told == wanted
    for group in grouped(pairs):
        assert any(one.members == group.members for one in group.alike)


def test_a_class_of_nothing_and_of_one() -> None:
    assert find_alike({}) == []
    assert find_alike({"a": {}}) == []
    assert find_alike({"a": {WHOLE: NONE}, "b": {WHOLE: NONE}}) == []
    assert grouped([]) == []
