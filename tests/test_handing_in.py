"""The table of docs/handing-in.md: each row is a file that is graded here, and costs what the row says.

Every kind of file is made of the answers of every stage whose questions take no time, in both languages. The fast tests
grade all of one stage, by the command, and each of some other; the slow ones all of each of these stages.
`test_handing_in_to_otter.py` has what of them `otter run` takes.
"""

import csv
import re
from pathlib import Path

import msgspec
import pytest
from command import capas
from handed_in_answers import Answers
from handed_in_kinds import FILES
from quick_stages import QUICK_STAGES

from capas.course.model import Course, Stage
from capas.grading.result import Result
from capas.grading.stage import stage_grader
from capas.sandbox import Zygote
from capas.submission import Contents, SubmissionFile, read_submission

DOCUMENT = Path(__file__).parents[1] / "docs" / "handing-in.md"
ROW = re.compile(r"^\|(?P<what>[^|]+)\| (?P<cost>nothing|its question|all) \| `(?P<file>[^`]+)` \|$", re.MULTILINE)
SOFTMAX = "softmax"
CELL_SECONDS = 1.0
"""Of the ten that a cell has by default: more than any of these cells needs that ends."""
SAID = {
    "other_stage.ipynb": "{other}",
    "scratch_never_ends.ipynb": "while True:",
    "scratch_waits.ipynb": "import time",
    "scratch_eats_memory.ipynb": "x = []",
    "missing_colon.py": "SyntaxError: expected ':'",
    "missing_colon.ipynb": "SyntaxError: expected ':'",
    "pasted_minus.py": "U+2212",
    "curly_quotes.ipynb": "{quotes}",
    "other_alphabet.ipynb": "U+04",
    "asks_in_a_function.ipynb": "`input()`",
    "only_a_kept_copy.zip": ".ipynb_checkpoints/",
    "mixed_tabs.ipynb": "TabError",
    "in_a_class.ipynb": "`class Net:`",
    "needs_torch.ipynb": "torch",
    "capital.ipynb": "{capital}",
    "generator.ipynb": "yield",
    "became_a_number.ipynb": "`{spoiled}`",
}
"""What the result must say, besides the score."""


def costs() -> dict[str, str]:
    return {row["file"]: row["cost"] for row in ROW.finditer(DOCUMENT.read_text(encoding="utf-8"))}


def left(stage: Stage, answers: Answers, file: str) -> float:
    """Return the points that a file has by the table."""
    spoiled = next(question.points for question in stage.questions if question.name == answers.spoiled)
    cost = costs()[file.format(slug=SOFTMAX)]
    return {"nothing": stage.points, "its question": stage.points - spoiled, "all": 0.0}[cost]


def quick(stage: Stage) -> Stage:
    return msgspec.structs.replace(stage, limits=msgspec.structs.replace(stage.limits, cell_seconds=CELL_SECONDS))


def test_every_row_is_a_file_that_is_graded_here_and_every_file_has_a_row() -> None:
    rows = [row["file"] for row in ROW.finditer(DOCUMENT.read_text(encoding="utf-8"))]
    assert sorted(rows) == sorted(file.format(slug=SOFTMAX) for file in FILES)


def test_each_file_costs_what_its_row_says(course: Course, softmax: Stage, tmp_path: Path) -> None:
    """All files of one stage, graded as a class is."""
    answers = Answers(course, softmax, "es")
    for number, (name, make) in enumerate(FILES.items()):
        # Each in its student's folder, as a platform unpacks them.
        path = tmp_path / "class" / f"student_{number}" / name.format(slug=softmax.slug)
        path.parent.mkdir(parents=True)
        path.write_bytes(make(answers))
    text = (softmax.root / "course.toml").read_text(encoding="utf-8")
    (tmp_path / "course.toml").write_text(re.sub("cell_seconds = .*", f"cell_seconds = {CELL_SECONDS}", text))
    for name in ("assignments", "solutions"):
        (tmp_path / name).symlink_to(softmax.root / name)
    done = capas("grade", softmax.id, "class", "--out", "out", "--course", ".", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    with (tmp_path / "out" / "grades.csv").open(encoding="utf-8") as file:
        scores = {row["file"]: float(row["score"]) for row in csv.DictReader(file)}
    assert scores == {file.format(slug=softmax.slug): left(softmax, answers, file) for file in FILES}


def wrong(answers: Answers, zygote: Zygote, files: list[str]) -> list[str]:
    """Return which of ``files`` have another score than by the table, or are not told what they should be."""
    stage = answers.stage
    grader = stage_grader(quick(stage), zygote, answers.language)
    quotes = {"es": "comillas rectas", "en": "straight ones"}[answers.language]
    values = {
        "quotes": quotes,
        "other": answers.other_stage.id,
        "spoiled": answers.spoiled,
        "capital": answers.spoiled.capitalize(),
    }
    found = []
    for file in files:
        name = file.format(slug=stage.slug)
        handed_in = SubmissionFile("mine", name, Contents(FILES[file](answers)))
        result = grader.grade(read_submission(handed_in, grader.sought))
        wanted, words = left(stage, answers, file), SAID.get(file, "").format(**values)
        if result.score != wanted or words not in told(result):
            found.append(f"{name}: {result.score:g} of {wanted:g}, told {told(result)[:300]}, not {words!r}")
    return found


def told(result: Result) -> str:
    return " ".join([result.message, *(case.message for question in result.questions for case in question.cases)])


STAGES, LANGUAGES = QUICK_STAGES, ("es", "en")


@pytest.mark.parametrize("at", STAGES)
def test_each_kind_costs_the_same_in_some_stage(course: Course, zygote: Zygote, at: int) -> None:
    answers = Answers(course, course.stages[at], LANGUAGES[(at + 1) % 2])
    assert wrong(answers, zygote, list(FILES)[at :: len(STAGES)]) == []


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("at", STAGES)
def test_every_kind_costs_the_same_in_every_stage(course: Course, zygote: Zygote, at: int, language: str) -> None:
    # In a stage by turns in one language or the other, which differ in nothing but words.
    answers = Answers(course, course.stages[at], language)
    assert wrong(answers, zygote, list(FILES)[(at + (language == "en")) % 2 :: 2]) == []


def test_these_are_stages_and_languages_of_the_course(course: Course) -> None:
    assert len(STAGES) >= 5
    assert list(LANGUAGES) == course.languages
