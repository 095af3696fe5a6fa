"""What `capas verify` calls sound is sound: problems of files are listed along with what it proved."""

from collections.abc import Callable
from pathlib import Path

import pytest

from capas.bundle import build
from capas.course.model import load_course
from capas.verify import proof as proof_module
from capas.verify.otter_run import OtterScore
from capas.verify.proof import verify_stage

STAGE = "assignments/03_softmax"


def spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_problems_of_files_stand_beside_what_was_proved(quick_course: Path) -> None:
    handout = quick_course / STAGE / "handout.en.md"
    spoil(handout, "*7 points", "*8 points")
    # A case that asks for nothing: the empty stub passes it.
    tests = quick_course / STAGE / "tests/softmax.py"
    spoil(tests, "def lecture_example(softmax):\n", "def lecture_example(softmax):\n    return\n")
    proof = verify_stage(load_course(quick_course).stages[0], "es", 2, with_otter=False)
    assert len(proof.questions) == 4
    assert any(problem.startswith(f"{handout}, line ") and "says 8 points" in problem for problem in proof.problems)
    stub = [problem for problem in proof.problems if problem.startswith("stub stub (.py, es)")]
    said = "question `softmax`, case `lecture_example`: the empty stub passes it; it must score 0"
    assert stub == [f"stub stub (.py, es): {said}"]


def test_what_cannot_be_built_is_told_with_all_else(quick_course: Path) -> None:
    spoil(quick_course / STAGE / "handout.en.md", "*7 points", "*8 points")
    spoil(quick_course / STAGE / "handout.es.md", "<!-- question: predict -->", "")
    proof = verify_stage(load_course(quick_course).stages[0], "es", 1, with_otter=False)
    assert proof.questions == []
    assert len(proof.problems) == 2


def test_an_endless_reference_does_not_keep_verify(quick_course: Path) -> None:
    spoil(quick_course / "course.toml", "program_seconds = 60.0", "program_seconds = 3.0")
    with (quick_course / "solutions/03_softmax/reference.py").open("a", encoding="utf-8") as file:
        file.write("\n\nwhile True:\n    pass\n")
    proof = verify_stage(load_course(quick_course).stages[0], "es", 1, with_otter=False)
    (problem,) = proof.problems
    assert "reference.py: cannot be loaded: does not end within 3 s" in problem


@pytest.mark.slow
def test_otter_gets_every_sample_in_both_formats_and_both_languages(
    quick_course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here Otter says nothing at all; every sample is told of, and where nothing is said is a disagreement."""
    asked: list[tuple[Path, Path]] = []

    whole: list[tuple[Path, Path]] = []

    def ask(kept: list[tuple[Path, Path]]) -> Callable[..., list[OtterScore]]:
        return lambda pairs, _workers, _on_done: kept.extend(pairs) or [OtterScore({}, 0.0) for _ in pairs]

    monkeypatch.setattr(proof_module, "warm_otter_run_all", ask(asked))
    monkeypatch.setattr(proof_module, "otter_run_all", ask(whole))
    proof = verify_stage(load_course(quick_course).stages[0], "es", 2)
    submissions = [path.stem.rpartition("_")[0] for path, _ in asked]
    assert proof.compared == len(asked) == 2 * len(set(submissions))
    for name in set(submissions):
        own = [pair for pair, submission in zip(asked, submissions, strict=True) if submission == name]
        assert {path.suffix for path, _ in own} == {".py", ".ipynb"}
        assert {autograder.stem for _, autograder in own} == {"autograder_es", "autograder_en"}
        assert all(path.parents[1].name == autograder.stem.removeprefix("autograder_") for path, autograder in own)
    assert {(path.suffix, autograder.stem) for path, autograder in asked} == {
        (suffix, f"autograder_{language}") for suffix in (".py", ".ipynb") for language in ("es", "en")
    }
    assert set(whole) <= set(asked)
    assert len(set(whole)) == len(whole) == 20
    assert {path.suffix for path, _ in whole} == {".py", ".ipynb"}
    assert len(proof.problems) == 2 * 4 * len(asked)  # of each question the score, and that there are no cases


@pytest.mark.slow
def test_what_students_read_otherwise_than_the_grader_says_is_a_problem(
    quick_course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted in the second language, in which each sample is graded in one format."""
    real = build.check_files

    def check_files(stage: dict[str, object], language: str, modules: frozenset[str]) -> dict[str, bytes]:
        files, path = real(stage, language, modules), "capas_check/statements.py"
        strict = b"FLOAT32_TOLERANCE = 1e-6,"
        assert strict in files[path]
        tolerant = files[path].replace(strict, b"FLOAT32_TOLERANCE = 1e6,")
        return files | {path: tolerant} if language == "en" else files

    monkeypatch.setattr(build, "check_files", check_files)
    with (quick_course / "solutions/03_softmax/mistakes.py").open("a", encoding="utf-8") as file:
        file.write(
            '\n\n@mistake("predict", es="x", en="x")\ndef least_probable(p):\n    return np.argmin(p, axis=-1)\n'
        )
    proof = verify_stage(load_course(quick_course).stages[0], "es", 2, with_otter=False)
    mistakes = {line.partition(": ")[0] for line in proof.problems}
    assert mistakes & {"mistake least_probable (.py, en)", "mistake least_probable (.ipynb, en)"}
    assert all(", en): question `" in line and line.endswith(", capas_check it passes") for line in proof.problems)
