"""What the judge keeps of what came back, and what it does with answers far larger than any case asks for."""

import functools
import tracemalloc
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from capas.course.model import Stage
from capas.course.solutions import Solutions
from capas.grading.grader import Grader
from capas.grading.kept import MAX_KEPT_BYTES, KeptCalls, LargeValue, is_large
from capas.grading.stage import stage_grader
from capas.sandbox import Zygote
from capas.submission import Code, Submission
from capas_check import Call, call
from capas_check.fingerprint import fingerprint
from capas_check.output import written
from capas_check.show import MAX_CHARACTERS, as_array, show
from capas_check.statements import calls_of_case
from capas_check.texts import load_texts


@pytest.fixture(scope="module")
def grader(softmax: Stage, zygote: Zygote) -> Grader:
    return stage_grader(softmax, zygote, "es")


LARGE = {
    "numbers": np.ones(10**6),
    "no numbers": np.full(10**6, np.nan),
    "booleans": [np.ones(10**6, bool)] * 15,
    "mixed": [1, "a", None, 2.5, [], True, {}] * 13_000,
    "texts": ["x" * 10_000, *[""] * 90_000],
    "one text": "a " * 8_000_000,
    "names": {str(number): number for number in range(49_000)},
    "large integers": [2**4095] * 10_000,
    "nested": [functools.reduce(lambda inside, _: [inside, 2.0, "x"], range(20), [1.0])] * 1000,
    "many axes": np.ones((2,) * 19),
}


@pytest.mark.parametrize("returned", LARGE.values(), ids=LARGE.keys())
def test_a_case_costs_the_judge_little_memory_whatever_it_gets(returned: Any) -> None:
    """NumPy's memory is counted too. What is given is there before, and as copies in a proxy's answers."""
    answers = 3
    tracemalloc.start()
    try:
        calls = KeptCalls()
        messages = []
        for _ in range(answers):
            done = call(lambda: returned)
            with pytest.raises(AssertionError) as failed:
                done.returns([[1.0, 2.0], [3.0, 4.0]])
            messages.append(failed.value.sentence(load_texts("es")))  # type: ignore[attr-defined]
            calls.append(done)
        prints = fingerprint("value", calls)
        del failed, done
        left, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert left < 2e5
    assert peak < 40e6
    assert max(map(len, messages)) < 600
    assert len(prints) == 4


def test_large_answers_at_every_call_are_gone_when_they_have_been_judged(grader: Grader, softmax: Stage) -> None:
    functions = [f"def {question.name}(*given):\n    return np.ones(10**6)" for question in softmax.questions]
    source = "\n".join(["import numpy as np", *functions])
    tracemalloc.start()
    try:
        result = grader.grade(Submission("one", "one.py", "", Code([source])))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (result.status, result.score) == ("graded", 0)
    assert peak < 100e6


def test_what_is_too_large_is_said_as_such(grader: Grader, softmax: Stage) -> None:
    source = Solutions(softmax).reference_source + "\ndef softmax(a):\n    return np.zeros((3000, 3000))"
    result = grader.grade(Submission("one", "one.py", "", Code([source])))
    (question,) = (question for question in result.questions if question.name == "softmax")
    assert {case.kind for case in question.cases} == {"too_large"}
    assert "devolvió muchos más números de los que se esperaban" in question.cases[0].message
    assert question.cases[-1].message.endswith("tu código dio muchos más números de los que se esperaban.")


def kept(function: Any, *arguments: Any) -> Call:
    calls = KeptCalls()
    calls.append(call(function, *arguments))
    return calls[0]


def test_large_values_are_known_again_by_type_shape_and_contents() -> None:
    values = [np.ones(10**6), np.ones((10, 10**5)), np.zeros(10**6), np.zeros(10**6, "f4"), [1.0] * 10**5, "x" * 10**7]
    calls = [kept(lambda value=value: value) for value in values]
    prints = [fingerprint("", [one])[1] for one in calls]
    assert len({*prints}) == len(values)
    assert all(isinstance(one.result, LargeValue) for one in calls)
    again = [fingerprint("", [kept(lambda value=value: value)])[1] for value in values]
    assert again == prints


def test_what_no_checksum_can_be_made_of_is_unlike_anything() -> None:
    assert LargeValue([object()]) != LargeValue([object()])
    assert LargeValue([10**30]) != LargeValue([10**30])


def test_a_large_value_put_into_an_argument_is_not_kept_either() -> None:
    def fill(x: list[float]) -> None:
        x[:] = [1.5] * 10**5

    given = [1.0]
    done = kept(fill, given)
    ((before, after),) = done.changed_arguments()
    assert before == [1.0]
    assert isinstance(after, LargeValue)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inside: st.lists(inside) | st.tuples(inside, inside) | st.dictionaries(st.text(), inside),
)


@given(values)
def test_small_values_are_kept_as_they_are(value: Any) -> None:
    done = kept(lambda: value)
    assert is_large(value) or done.result is value


def test_a_value_that_holds_itself_is_large() -> None:
    endless: list[Any] = []
    endless.append(endless)
    assert is_large(endless)
    assert not is_large(np.zeros(MAX_KEPT_BYTES // 8 - 100))


@pytest.mark.parametrize("value", [[10**9 * "x"[:0]] * 10**6, [["a" * 1000] * 30] * 3000, [np.zeros((2,) * 10)] * 900])
def test_a_large_value_is_shown_by_its_beginning(value: Any) -> None:
    tracemalloc.start()
    try:
        shown = show(value)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(shown) == MAX_CHARACTERS
    assert peak < 1e6


def test_texts_among_numbers_are_no_array_of_texts() -> None:
    """It would have room for the longest in each place: 40 GB here."""
    assert as_array(["x" * 10**5, *[""] * 10**5]).dtype == object


def test_a_failure_keeps_no_value() -> None:
    value = np.ones(10)
    done = call(lambda: value)
    with pytest.raises(AssertionError) as failed:
        done.returns([1.0])
    value[:] = 7
    assert "[1., 1., 1." in failed.value.sentence(load_texts("en"))  # type: ignore[attr-defined]


def test_files_that_a_call_wrote_are_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    def save() -> None:
        for name in "abc":
            Path(name).write_bytes(b"x" * 2**20)

    calls = KeptCalls()
    calls_of_case.set(calls)
    try:
        done = written(save)
    finally:
        calls_of_case.set(None)
    assert len(done.files) == 3
    assert isinstance(vars(calls[0])["_files"], LargeValue)
    assert fingerprint("written", calls) == fingerprint("written", [done])
