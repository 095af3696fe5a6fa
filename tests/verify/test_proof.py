"""What `capas verify` calls sound is sound: problems of files are listed along with what it proved."""

from pathlib import Path

from capas.course.model import load_course
from capas.verify.proof import verify_stage

STAGE = "assignments/03_softmax"


def spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_problems_of_files_stand_beside_what_was_proved(small_course: Path) -> None:
    handout = small_course / STAGE / "handout.en.md"
    spoil(handout, "*7 points", "*8 points")
    # A case that asks for nothing: the empty stub passes it.
    tests = small_course / STAGE / "tests/softmax.py"
    spoil(tests, "def lecture_example(softmax):\n", "def lecture_example(softmax):\n    return\n")
    proof = verify_stage(load_course(small_course).stages[0], "es", 2, with_otter=False)
    assert len(proof.questions) == 4
    assert any(problem.startswith(f"{handout}, line ") and "says 8 points" in problem for problem in proof.problems)
    stub = [problem for problem in proof.problems if problem.startswith("stub stub (.py)")]
    said = "question `softmax`, case `lecture_example`: the empty stub passes it; it must score 0"
    assert stub == [f"stub stub (.py): {said}"]


def test_what_cannot_be_built_is_told_with_all_else(small_course: Path) -> None:
    spoil(small_course / STAGE / "handout.en.md", "*7 points", "*8 points")
    spoil(small_course / STAGE / "handout.es.md", "<!-- question: predict -->", "")
    proof = verify_stage(load_course(small_course).stages[0], "es", 1, with_otter=False)
    assert proof.questions == []
    assert len(proof.problems) == 2


def test_an_endless_reference_does_not_keep_verify(small_course: Path) -> None:
    spoil(small_course / "course.toml", "program_seconds = 60.0", "program_seconds = 3.0")
    with (small_course / "solutions/03_softmax/reference.py").open("a", encoding="utf-8") as file:
        file.write("\n\nwhile True:\n    pass\n")
    proof = verify_stage(load_course(small_course).stages[0], "es", 1, with_otter=False)
    (problem,) = proof.problems
    assert "reference.py: cannot be loaded: does not end within 3 s" in problem
