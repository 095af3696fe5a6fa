"""Questions that are plots, graded: right ones in any dress, mistakes by their names, what a stub draws."""

import gc
import json
import weakref
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure
from plot_course import IMPORTS, QUESTIONS, made_plot_stage

from capas.bundle.build import build_stage
from capas.course.model import Stage
from capas.course.solutions import Solutions
from capas.course.variants import replace_definition
from capas.files import UserError
from capas.grading.grader import Grader
from capas.grading.kept import KeptCalls, LargeValue, is_large
from capas.grading.result import NOT_BEGUN, QuestionResult
from capas.grading.stage import stage_grader
from capas.sandbox import Zygote
from capas.submission import Code, Submission
from capas.verify.proof import verify_stage
from capas_check import CheckFailure
from capas_check.fingerprint import fingerprint
from capas_check.grader import Grader as OwnGrader
from capas_check.plots import Picture, draw
from capas_check.statements import calls_of_case
from capas_check.texts import load_texts


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return made_plot_stage(tmp_path_factory.mktemp("plots") / "physics")


@pytest.fixture(scope="module")
def grader(stage: Stage, zygote: Zygote) -> Grader:
    return stage_grader(stage, zygote, "en")


def graded(grader: Grader, source: str) -> dict[str, QuestionResult]:
    result = grader.grade(Submission("one", "one.py", "", Code([source])))
    assert result.status == "graded"
    return {question.name: question for question in result.questions}


def variants(stage: Stage, file: str) -> list[tuple[str, str, str]]:
    """Return the question, the name and the program of each alternative, or of each mistake."""
    solutions = Solutions(stage)
    text = (stage.solutions / f"{file}.py").read_text(encoding="utf-8")
    return [
        (one.question, one.id, replace_definition(solutions.reference_source, text, one.id, one.question))
        for one in getattr(solutions, file)
    ]


def test_right_plots_have_all_points_however_they_are_drawn(stage: Stage, grader: Grader) -> None:
    for question, name, source in variants(stage, "alternatives"):
        assert graded(grader, source)[question].score == 5, name


def test_mistakes_are_named_and_cost_their_question_only(stage: Stage, grader: Grader) -> None:
    for question, name, source in variants(stage, "mistakes"):
        questions = graded(grader, source)
        assert questions[question].diagnosis == name
        assert [one for one in QUESTIONS if questions[one].score < 5] == [question], name


def test_a_mistake_in_another_dress_is_the_same_mistake(grader: Grader) -> None:
    other = (
        "def sine_plot(times, angles):\n    axes = plt.subplots(figsize=(3, 3))[1]\n"
        "    axes.plot(times, [np.sin(one * 180 / np.pi) for one in angles], 'r--', label='x')\n"
        "    axes.set(title='Other', xlabel='seconds (s)', ylabel='other')\n    axes.legend()\n    return [axes]\n"
    )
    assert graded(grader, IMPORTS + other)["sine_plot"].diagnosis == "degrees"


def test_what_no_known_mistake_explains_has_no_diagnosis(grader: Grader) -> None:
    """The first two cases call with the same arguments, and only one of them fails."""
    other = "def sine_plot(times, angles):\n    plt.plot(times, np.sin(angles))\n    plt.xlabel('t (s)')\n"
    question = graded(grader, IMPORTS + other)["sine_plot"]
    assert [case.passed for case in question.cases] == [True, False, True]
    assert question.diagnosis is None


def test_what_was_not_begun_has_no_points(grader: Grader) -> None:
    stubs = "".join(f"def {question}(*given):\n    ...\n\n\n" for question in QUESTIONS)
    for question in graded(grader, stubs).values():
        assert (question.score, question.diagnosis) == (0, NOT_BEGUN)


def test_hidden_cases_tell_no_points_and_public_ones_what_is_wrong(grader: Grader) -> None:
    wrong = IMPORTS + "def sine_plot(times, angles):\n    plt.plot(times, 2 * np.sin(angles))\n"
    the_line, what_is_written, another_line = graded(grader, wrong)["sine_plot"].cases
    assert "the line is at y = 0.958851 where x = 0.5; expected y = 0.479426." in the_line.message
    assert what_is_written.message.endswith("has no title.")
    assert (another_line.kind, another_line.message) == (
        "drawn",
        "Hidden case: what your code draws is not what is expected.",
    )


def test_the_students_own_check_says_the_same(stage: Stage, grader: Grader) -> None:
    own = json.loads(build_stage(stage, "en").student_files["capas_check/stage.json"])
    for question, name, source in variants(stage, "mistakes"):
        namespace: dict[str, Any] = {}
        exec(source, namespace)
        shown = OwnGrader(own, namespace).check(question)
        assert shown is not None
        says = load_texts("en")
        public = [case for case in graded(grader, source)[question].cases if not case.hidden]
        assert [run.message(says) for run in shown.runs] == [case.message for case in public], name


def test_a_plot_statement_about_a_reference_that_draws_nothing_is_the_authors(tmp_path: Path, zygote: Zygote) -> None:
    stage = made_plot_stage(tmp_path / "physics")
    path = stage.solutions / "reference.py"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace('    pd.Series(speeds).plot.hist(bins=5, xlabel="speed (m/s)")', "    return 3"), "utf-8"
    )
    with pytest.raises(UserError) as caught:
        stage_grader(stage, zygote, "en")
    cases = stage.test_file("speeds_hist").read_text(encoding="utf-8").splitlines()
    line = cases.index("@test_case(points=3)") + 1
    assert f"tests/speeds_hist.py, line {line}: case `the_bins` looks at a plot" in str(caught.value)
    assert "the reference's function draws nothing; let it draw" in str(caught.value)


@pytest.mark.slow
def test_the_course_verifies_with_otter_too(stage: Stage) -> None:
    report = verify_stage(stage, "en", 2, quick=True)
    assert report.problems == []
    assert [row.named for row in report.questions] == [(3, 3), (1, 1), (1, 1)]


def test_of_a_large_plot_little_is_kept() -> None:
    calls = KeptCalls()
    calls_of_case.set(calls)
    try:
        picture = draw(lambda: Figure().subplots().imshow(np.ones((600, 600))))
    finally:
        calls_of_case.set(None)
    picture.image(np.ones((600, 600)))
    with pytest.raises(CheckFailure):
        picture.image(np.zeros((600, 600)))
    (kept,) = calls
    assert isinstance(kept, Picture)
    assert isinstance(kept.figure, LargeValue)
    assert len(fingerprint("drawn", calls)) == 4
    alive = weakref.ref(picture)
    del picture
    gc.collect()
    assert alive() is None
    assert not is_large(vars(kept)["result"], 10_000)
