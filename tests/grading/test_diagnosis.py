"""Every mistake of the catalogue is named, alternatives never are, and an error costs its points once."""

import pytest

from capas.course.model import Course, Stage
from capas.course.solutions import Solutions
from capas.grading.carried_errors import uses_any
from capas.grading.grader import Grader
from capas.grading.result import QuestionResult, Result
from capas.grading.stage import stage_catalogue, stage_grader
from capas.report import diagnoses_of
from capas.sandbox import Zygote
from capas.submission import Code, Submission


@pytest.fixture(scope="module")
def grader(softmax: Stage, zygote: Zygote) -> Grader:
    return stage_grader(softmax, zygote, "es")


def graded(grader: Grader, source: str) -> Result:
    return grader.grade(Submission("one", "one.py", "", Code([source])))


def question_of(result: Result, name: str) -> QuestionResult:
    return next(question for question in result.questions if question.name == name)


def with_function(softmax: Stage, body: str) -> str:
    return Solutions(softmax).reference_source + "\n" + body


@pytest.mark.slow
def test_every_mistake_of_every_stage_is_told_from_the_others(course: Course) -> None:
    """Over the whole catalogue: nine in ten named as themselves or as one that behaves the same, none as another."""
    named = total = 0
    for stage in course.stages:
        diagnostician = stage_catalogue(stage)
        for question in stage.questions:
            outcomes = diagnostician.outcomes(question.name)
            alike = {
                mistake.id: {other.id for other, known in outcomes if known.agrees(own)} for mistake, own in outcomes
            }
            for mistake, outcome in outcomes:
                diagnosis = diagnostician.diagnose(question.name, outcome)
                total += 1
                named += diagnosis in alike[mistake.id]
                catalogue = {other.id for other, _ in outcomes}
                assert diagnosis not in catalogue - alike[mistake.id], f"{mistake.id} is taken for {diagnosis}"
    assert total > 300
    assert named >= 0.9 * total


@pytest.mark.slow
def test_no_alternative_is_diagnosed(course: Course) -> None:
    for stage in course.stages:
        diagnostician = stage_catalogue(stage)
        for alternative in Solutions(stage).alternatives:
            outcome = diagnostician.run_in_reference(alternative.question, alternative.answer)
            assert all(outcome.passed), alternative.id


def test_a_mistake_is_named_in_the_result(grader: Grader, softmax: Stage) -> None:
    source = with_function(
        softmax,
        "def softmax(x):\n    e = np.exp(x - np.max(x))\n    total = e.sum()\n"
        "    return np.array([v / total for v in e])",
    )
    result = graded(grader, source)
    assert question_of(result, "softmax").diagnosis == "normalizes_whole_batch"


def test_a_mistake_costs_only_its_question(grader: Grader, softmax: Stage) -> None:
    result = graded(grader, with_function(softmax, "def softmax(a):\n    return np.asarray(a) * 0"))
    jacobian = question_of(result, "softmax_jacobian")
    assert (jacobian.score, jacobian.carried_forward, jacobian.diagnosis) == (6, True, None)
    assert question_of(result, "softmax").score == 0


def test_what_other_questions_spoil_is_right_and_not_carried(grader: Grader, softmax: Stage) -> None:
    source = Solutions(softmax).reference_source
    names = [question.name for question in softmax.questions]
    function = (
        "def {name}(*them):\n"
        "    seen.append({name!r})\n"
        "    return private[{name!r}](*them) if set(seen) == {{{name!r}}} else None\n"
    )
    cells = [f"private, seen = {{}}, []\nexec({source!r}, private)"]
    cells += [function.format(name=name) + f"mentioned = {name}" for name in names]
    result = grader.grade(Submission("a", "a.py", "", Code(cells)))
    assert [question.score for question in result.questions] == [question.points for question in softmax.questions]
    assert not any(question.carried_forward for question in result.questions)


def test_an_error_of_its_own_is_not_carried_away(grader: Grader, softmax: Stage) -> None:
    source = with_function(softmax, "def softmax_jacobian(a):\n    return np.diag(softmax(a))")
    jacobian = question_of(graded(grader, source), "softmax_jacobian")
    assert (jacobian.score, jacobian.carried_forward) == (0, False)


@pytest.mark.parametrize(
    ("function", "kind"),
    [
        ("def softmax_jacobian(a):\n    s = softmax(a)\n    J = np.diag(s) - np.outer(s, s)", "returns_nothing"),
        ("def softmax_jacobian(a):\n    print('here it is')", "prints_instead_of_returning"),
        (
            "def softmax_jacobian(a):\n    s = softmax(a)\n    return (np.diag(s) - np.outer(s, s))[None]",
            "has_an_extra_axis",
        ),
        (
            "def softmax_jacobian(a):\n    s = softmax(a)\n    return (np.diag(s) - np.outer(s, s)).ravel()",
            "flattens_the_batch",
        ),
        (
            "def softmax_jacobian(a):\n    s = softmax(a)\n    return 3 * (np.diag(s) - np.outer(s, s))",
            "wrong_by_a_factor=3",
        ),
        ("def softmax_jacobian(a):\n    while True:\n        pass", "never_ends"),
        ("def softmax_jacobian(a):\n    import os\n    os._exit(0)", "ends_the_program"),
        ("del softmax_jacobian", "not_defined"),
        (
            "def softmax_jacobian(a):\n    a = np.asarray(a)\n    if a.shape == (2,):\n"
            "        return [[0.1875, -0.1875], [-0.1875, 0.1875]]\n"
            "    return [[0.0911, -0.0203, -0.0708], [-0.0203, 0.1601, -0.1398], [-0.0708, -0.1398, 0.2106]]",
            "right_on_public_cases_only",
        ),
    ],
)
def test_kinds_of_error_that_need_no_catalogue(grader: Grader, softmax: Stage, function: str, kind: str) -> None:
    result = graded(grader, with_function(softmax, function))
    assert question_of(result, "softmax_jacobian").diagnosis == kind
    assert all(diagnoses_of(softmax, language)["softmax_jacobian", kind].explanation for language in softmax.languages)


def test_in_doubt_there_is_no_diagnosis(grader: Grader, softmax: Stage) -> None:
    noise = "def predict(p):\n    return np.argmax(p, axis=-1) * 5 % 3 + np.argmin(p, axis=-1) - 1"
    assert question_of(graded(grader, with_function(softmax, noise)), "predict").diagnosis is None


def test_whatever_comes_back_the_grader_goes_on(grader: Grader, softmax: Stage) -> None:
    ragged = "def predict(p):\n    return [[1], [2, [3, 'x']], {'a': p}]"
    result = graded(grader, with_function(softmax, ragged))
    assert result.status == "graded"
    assert question_of(result, "predict").score == 0


def test_only_code_that_uses_other_questions_is_judged_again() -> None:
    assert uses_any(["def f(a):\n    return softmax(a)"], {"softmax"})
    assert not uses_any(["def softmax(a):\n    return a"], {"softmax"})
    assert not uses_any(["def f(:"], {"softmax"})


def test_the_notebooks_check_names_the_mistake(softmax: Stage, built_softmax, capsys, tmp_path) -> None:
    import subprocess
    import sys

    files = built_softmax.student_files
    (tmp_path / "capas_check" / "texts").mkdir(parents=True)
    for name in files:
        if name == "check.py" or name.startswith("capas_check/"):
            (tmp_path / name).write_bytes(files[name])
    stub = files["softmax.py"].decode()
    wrong = "    e = np.exp(a - np.max(a))\n    return e / e.sum()\n"
    (tmp_path / "softmax.py").write_text(stub.replace("    ...\n", wrong, 1))
    done = subprocess.run([sys.executable, "check.py", "softmax"], cwd=tmp_path, capture_output=True, text=True)
    explanation = next(m for m in Solutions(softmax).mistakes if m.id == "normalizes_whole_batch").explanation["es"]
    assert explanation in done.stdout
    (tmp_path / "softmax.py").write_text(stub)
    done = subprocess.run([sys.executable, "check.py", "softmax"], cwd=tmp_path, capture_output=True, text=True)
    assert "Lo que parece que pasa" not in done.stdout
