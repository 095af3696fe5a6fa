"""What is told is true: over the course's own answers, and of how an answer fails that no known mistake explains."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.diagnoses import Diagnosed, StageDiagnoses, stage_diagnoses
from benchmarks.dresses import DRESSES
from capas.course.model import Course, Stage
from capas.course.solutions import Solutions
from capas.grading.diagnosis.catalogue import MistakeCatalogue
from capas.grading.diagnosis.general import parts_of
from capas.grading.diagnosis.relations import EXACT
from capas.grading.stage import stage_catalogue, stage_grader
from capas.report import diagnoses_of
from capas.report.diagnoses import GENERAL
from capas.run.workers import process_context
from capas.sandbox import Zygote
from capas.submission import Code, Submission


@pytest.fixture(scope="module")
def catalogues(course: Course) -> Callable[[str], MistakeCatalogue]:
    made: dict[str, MistakeCatalogue] = {}

    def catalogue(stage: str) -> MistakeCatalogue:
        return made.setdefault(stage, stage_catalogue(course.choose([stage])[0]))

    return catalogue


def shares(found: Iterable[Diagnosed], source: str, *verdicts: str) -> float:
    counts = Counter(one.verdict for one in found if one.source == source)
    assert counts.total()
    return sum(counts[verdict] for verdict in verdicts) / counts.total()


def assert_true(found: Sequence[Diagnosed]) -> None:
    """Assert that nothing is told falsely, nor of right answers, and enough of wrong ones."""
    assert [one for one in found if one.verdict == "false"] == []
    assert {one.told for one in found if one.source == "alternatives"} == {None}
    for dress in DRESSES:
        assert shares(found, dress, "named") >= 0.9, dress
        assert shares(found, dress, "named", "described") >= 0.95, dress
    assert shares(found, "as it is", "named") >= 0.95
    assert shares(found, "unknown", "described") >= 2 / 3
    holding = Counter(one.holds for one in found)
    # A figure, not a proof: other numbers may hide how an answer fails.
    assert holding[True] >= 0.85 * (holding[True] + holding[False])


@pytest.mark.slow
def test_what_is_told_of_every_stages_own_answers_is_true(course: Course) -> None:
    # The longest first, so that two processes end at about the same time.
    stages = sorted((stage.id for stage in course.stages), reverse=True)
    with ProcessPoolExecutor(2, process_context()) as pool:
        found = pool.map(partial(stage_diagnoses, mutants_apart=8), stages)
        assert_true([one for of_stage in found for one in of_stage])


def softmax_of(a: Any) -> np.ndarray:
    a = np.asarray(a, dtype=float)
    exponentials = np.exp(a - np.max(a, axis=-1, keepdims=True))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


def arrays_only(a: Any) -> np.ndarray:
    return softmax_of(a) if isinstance(a, np.ndarray) else a.no_such_attribute


def wrong_below_zero(a: Any) -> np.ndarray:
    return np.where(np.asarray(a) < 0, 7.0, 1 / (1 + np.exp(-np.abs(np.asarray(a, dtype=float)))))


def stepped(factor: float) -> Callable[..., Any]:
    """Return a step of descent that goes so many times as far as it should."""

    def step(network: Any, gradients: Any, learning_rate: float) -> Any:
        change = factor * learning_rate
        pairs = zip(network, gradients, strict=True)
        return [tuple(np.asarray(p) - change * np.asarray(g) for p, g in zip(*both, strict=True)) for both in pairs]

    return step


UNKNOWN = [
    ("03_softmax", "softmax", lambda a: np.round(softmax_of(a), 5), "rounds=5"),
    ("03_softmax", "softmax", arrays_only, "raises=AttributeError@lists"),
    ("03_softmax", "softmax", lambda a: softmax_of(a) + 0.25, "off_by=0.25"),
    ("03_softmax", "softmax", lambda a: softmax_of(a) * 1.7, "wrong_by_a_factor=1.7"),
    ("03_softmax", "softmax", lambda a: softmax_of(a) * np.nan, "is_not_finite"),
    ("03_softmax", "softmax", lambda a: softmax_of(a) ** 2, "is_a_function_of_what_is_right=square"),
    ("03_softmax", "softmax", lambda a: softmax_of(a) * (1 + 3e-3), "agrees_to_some_digits=2@"),
    ("03_softmax", "softmax", lambda a: softmax_of(a)[..., None], "has_an_extra_axis"),
    (
        "03_softmax",
        "softmax_jacobian",
        lambda a: np.triu(np.diag(s := softmax_of(a)) - np.outer(s, s)),
        "returns_zeros@",
    ),
    ("03_softmax", "predict", lambda p: np.asarray(p).max(axis=-1) * 0 + 2, "returns_a_constant=2"),
    ("01_linear_collapse", "linear", lambda x, w, b: np.asarray(x) @ np.asarray(w), "lacks_an_argument=b"),
    (
        "01_linear_collapse",
        "linear",
        lambda x, w, b: np.asarray(x) @ w + 2 * np.asarray(b),
        "has_an_argument_too_much=b",
    ),
    ("04_forward_propagation", "errors", np.add, "has_an_argument_with_the_other_sign=t"),
    ("05_backpropagation", "update", stepped(-1.0), "moves_the_other_way=network"),
    ("05_backpropagation", "update", stepped(3.0), "moves_too_far=network"),
    ("05_backpropagation", "update", stepped(0.3), "moves_too_little=network"),
    (
        "05_backpropagation",
        "update",
        lambda network, gradients, learning_rate: stepped(learning_rate)(network, gradients, learning_rate),
        "moves_by_another_amount=network",
    ),
    ("02_activations", "sigmoid", wrong_below_zero, "returns_a_constant=7@at_negative"),
]


@pytest.mark.parametrize(("stage", "question", "function", "kind"), UNKNOWN, ids=[one[3] for one in UNKNOWN])
def test_how_an_answer_fails_is_told(
    catalogues: Callable[[str], MistakeCatalogue], stage: str, question: str, function: Callable[..., Any], kind: str
) -> None:
    catalogue = catalogues(stage)
    outcome = catalogue.run_in_reference(question, function)
    assert not all(outcome.passed)
    known = [mistake.id for mistake, _ in catalogue.outcomes(question)]
    told = catalogue.diagnose(question, outcome, without=known)
    assert told is not None
    assert told.startswith(kind) if kind.endswith("@") else told == kind


@pytest.mark.parametrize("function", [arrays_only, *(one[2] for one in UNKNOWN[:7])])
def test_a_batch_is_not_blamed_where_a_batch_passes(
    catalogues: Callable[[str], MistakeCatalogue], function: Callable[..., Any]
) -> None:
    told = catalogues("03_softmax").diagnose("softmax", catalogues("03_softmax").run_in_reference("softmax", function))
    assert told is None or parts_of(told)[2] not in ("a_batch", "several_rows")


def naive_and_whole_batch(a: Any) -> np.ndarray:
    exponentials = np.exp(np.asarray(a, dtype=float))
    return exponentials / exponentials.sum()


COMMON = [
    ("divides by the sum of everything", lambda a: (e := np.exp(a - np.max(a))) / e.sum(), "normalizes_whole_batch"),
    ("axis 0", lambda a: (e := np.exp(a - np.max(a))) / e.sum(axis=0), "normalizes_columns"),
    ("no maximum", lambda a: (e := np.exp(np.asarray(a, float))) / e.sum(-1, keepdims=True), "overflows_without_shift"),
    ("rounds", lambda a: np.round(softmax_of(a), 1), "rounds_like_the_slide"),
    ("two at once", naive_and_whole_batch, "overflows_without_shift+normalizes_whole_batch"),
]


@pytest.mark.parametrize(("name", "function", "id_"), COMMON, ids=[one[0] for one in COMMON])
def test_the_commonest_mistakes_are_named_where_they_are_graded(
    catalogues: Callable[[str], MistakeCatalogue], softmax: Stage, name: str, function: Callable[..., Any], id_: str
) -> None:
    catalogue = catalogues("03_softmax")
    assert catalogue.diagnose("softmax", catalogue.run_in_reference("softmax", function)) == id_
    for language in softmax.languages:
        explanation = diagnoses_of(softmax, language)["softmax", id_].explanation
        mistakes = {mistake.id: mistake.explanation[language] for mistake in Solutions(softmax).mistakes}
        assert explanation == " ".join(mistakes[one] for one in id_.split("+"))


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("def predict(p):\n    yield np.argmax(p, axis=-1)", "gives_a_generator"),
        ("async def predict(p):\n    return np.argmax(p, axis=-1)", "gives_a_coroutine"),
        ("class predict:\n    def __init__(self, p):\n        self.p = p", "gives_an_object"),
        ("def predict(p):\n    print(np.argmax(p, axis=-1))", "prints_instead_of_returning"),
        ("def predict(p):\n    ...", "not_begun"),
        ('def predict(p):\n    """Which class is it?"""\n    pass', "not_begun"),
    ],
)
def test_what_is_no_function_with_a_result_has_a_sentence_of_its_own(
    softmax: Stage, zygote: Zygote, answer: str, kind: str
) -> None:
    source = Solutions(softmax).reference_source.replace("def predict(", "def _predict(") + f"\n\n{answer}\n"
    result = stage_grader(softmax, zygote, "es").grade(Submission("one", "one.py", "", Code([source])))
    assert result.questions[2].diagnosis == kind


@pytest.mark.slow
def test_every_kind_that_is_told_has_its_sentences(course: Course) -> None:
    """All that was ever told of the softmax stage's answers, with all its numbers and places, in both languages."""
    stage = course.choose(["03_softmax"])[0]
    with np.errstate(all="ignore"):
        told = {one.told for one in StageDiagnoses(stage).all() if one.verdict == "described" and one.told}
    assert len(told) > 15
    for kind in told:
        assert parts_of(kind)[0] in GENERAL
        for language in stage.languages:
            diagnosis = diagnoses_of(stage, language)["softmax", kind]
            assert diagnosis.id == kind
            assert diagnosis.explanation.endswith((".", "?"))
            assert "{" not in diagnosis.explanation


NUMBERS = st.lists(st.floats(-100, 100, allow_nan=False).filter(lambda x: abs(x) > 1e-3), min_size=3, unique=True)


@given(NUMBERS, st.sampled_from([-3.0, 0.5, 2.0, 7.25]))
def test_a_factor_is_found_and_no_other_number_is(numbers: list[float], factor: float) -> None:
    right = np.array(numbers)
    if np.unique(np.abs(right)).size >= 2:
        assert EXACT["wrong_by_a_factor"](factor * right, right) == f"{factor:.3g}"
    moved = factor * right
    moved[0] += 1.0
    assert EXACT["wrong_by_a_factor"](moved, right) is None


@given(NUMBERS, st.integers(1, 4))
def test_rounding_is_found(numbers: list[float], decimals: int) -> None:
    right = np.array(numbers)
    value = np.round(right, decimals)
    found = EXACT["rounds"](value, right)
    assert found is not None
    assert int(found) <= decimals
    # Beside the grid, or a coarser rounding might end there.
    assert EXACT["rounds"](value + 2.5 * 10.0**-decimals, right) is None
