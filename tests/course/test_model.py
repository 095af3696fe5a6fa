"""A mistake in a teacher's file is told with file, key and what is expected."""

from pathlib import Path

import pytest

from capas.bundle.build import build_stage
from capas.course.model import Course, load_course
from capas.course.solutions import Solutions
from capas.files import UserError
from capas.grading.stage import stage_test_files


def spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def load_all(root: Path) -> None:
    stage = load_course(root).stages[0]
    stage_test_files(stage)
    Solutions(stage)
    build_stage(stage, "es")


ASSIGNMENT = "assignments/03_softmax/assignment.toml"
TESTS = "assignments/03_softmax/tests/softmax.py"
REFERENCE = "solutions/03_softmax/reference.py"
MISTAKES = "solutions/03_softmax/mistakes.py"
HANDOUT = "assignments/03_softmax/handout.es.md"


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("course.toml", 'stages = ["03_softmax"]', 'stages = ["03_softmax"', "course.toml: not valid TOML"),
        ("course.toml", 'stages = ["03_softmax"]', "stages = []", "`stages` is empty; `capas new stage NAME"),
        ("course.toml", '["03_softmax"]', '["03 softmax"]', "`stages`: `03 softmax` cannot name a stage"),
        ("course.toml", '["es", "en"]', '["es", "english"]', "`languages`: `english` is no code of two letters"),
        ("course.toml", 'stages = ["03_softmax"]', "stages = 3", "`stages`: expected a list, got a whole number"),
        ("course.toml", 'stages = ["03_softmax"]', 'stages = ["09_none"]', "09_none/assignment.toml does not exist"),
        ("course.toml", 'languages = ["es", "en"]', "languages = []", "`languages` must name at least one"),
        ("course.toml", "title.en", "title.fr", "title: expected a text for language `en`"),
        (
            ASSIGNMENT,
            "points = 7",
            'points = "7"',
            "line 6: `points`: expected a number, got a text in quotes",
        ),
        (ASSIGNMENT, "minutes = 5", "minutes = 7.5", "`minutes`: expected a whole number, got one with decimals"),
        (ASSIGNMENT, "minutes = 5", "minutes = 0", "question `predict`: `minutes` is 0; expected a number above 0"),
        (ASSIGNMENT, "points = 7", "points = -7", "question `softmax`: `points` is -7; expected a number above 0"),
        (ASSIGNMENT, "points = 7", "points = 8", "its cases give 7 points; assignment.toml gives `softmax` 8"),
        (ASSIGNMENT, "points = 7\n", "", "line 4: `points` is missing in question `softmax`"),
        (ASSIGNMENT, "points = 7", "point = 7", "line 6: `point`: no such key in question `softmax`"),
        (
            ASSIGNMENT,
            "minutes = 25\ndifficulty = 2",
            "minutes = 25\nminuets = 2\ndifficulty = 2",
            "line 8: `minuets`: no such key in question `softmax`; did you mean `minutes`? keys are",
        ),
        ("course.toml", "call_seconds = 2.0", "call_seconds = 0", "`call_seconds` in `limits` is 0; expected a number"),
        ("course.toml", "call_seconds = 2.0", "call_seconds = nan", "`call_seconds` in `limits` is nan; expected"),
        ("course.toml", "call_seconds = 2.0", "call_seconds = 1e300", "is 1e+300; expected a number above 0, at most"),
        ("course.toml", "program_seconds = 60.0", "memory_mb = 9_999_999_999", "expected a number above 0, at most"),
        ("course.toml", '["es", "en"]', '["es", "es"]', "`languages` lists `es` 2 times"),
        (ASSIGNMENT, "points = 7", "points = nan", "question `softmax`: `points` is"),
        (ASSIGNMENT, "points = 7", "points = inf", "question `softmax`: `points` is"),
        ("course.toml", "call_seconds = 2.0", "calls = 2", "`calls`: no such key in `limits`; keys are `cell_seconds`"),
        ("course.toml", '["03_softmax"]', '["03_softmax", "03_softmax"]', "`stages` lists `03_softmax` 2 times"),
        (ASSIGNMENT, "difficulty = 3", "difficulty = 9", "`difficulty` is 9; expected 1, 2 or 3"),
        (ASSIGNMENT, 'name = "predict"', 'name = "softmax"', "two questions are named `softmax`"),
        (
            ASSIGNMENT,
            "difficulty = 3",
            'together = ["predicts"]',
            "`together` names `predicts`, which is no other question",
        ),
        (ASSIGNMENT, "difficulty = 3", 'together = ["softmax_jacobian"]', "`together` names `softmax_jacobian`, which"),
        (ASSIGNMENT, 'name = "predict"', 'name = "Predict me"', "expected the name of a function"),
        (ASSIGNMENT, 'title.en = "Softmax twins"', "", "title of question `softmax_twin`: expected a text for"),
        (HANDOUT, "<!-- question: predict -->", "", "handout.es.md: question `predict` has 0 places"),
        (HANDOUT, "<!-- question: predict -->", "<!-- question: foretell -->", "question `predict` has 0 places"),
        (HANDOUT, "<!-- question: predict -->", "<!-- video: predict -->", "unknown place `video`"),
        (HANDOUT, "<!-- draw: softmax -->", "", "drawing `softmax` has 0 places"),
        (HANDOUT, "<!-- draw: softmax -->", "<!-- draw: sofmax -->", "a place for the drawing `sofmax`, which"),
        (ASSIGNMENT, "[drawings.softmax]", '[drawings."my softmax"]', "drawing `my softmax`: expected a name in"),
        (ASSIGNMENT, 'function = "softmax"', 'function = "sofmax"', "`function` is `sofmax`, which is no question"),
        (ASSIGNMENT, 'kind = "bars"', 'kind = "pie"', "expected one of curve, bars, line, g"),
        (ASSIGNMENT, 'kind = "bars"', 'kind = "curve"', "a curve needs `start` below `stop`"),
        (ASSIGNMENT, "arguments = [[-0.21, 0.47, 1.72]]", "", "drawing `softmax`: expected `arguments`"),
        (ASSIGNMENT, "arguments = [[-0.21, 0.47, 1.72]]", "arguments = [[[1.0, 2.0]]]", "gives shape (1, 2); expected"),
        (ASSIGNMENT, "arguments = [[-0.21, 0.47, 1.72]]", "arguments = [1, 2]", "drawing `softmax`: softmax terminó"),
        (ASSIGNMENT, 'title.en = "Your softmax', 'title.fr = "Your softmax', "title of drawing `softmax`: expected a"),
        (
            TESTS,
            'name = "softmax"',
            "import sys\n\nsys.exit(0)",
            "line 13: Otter cannot read it: SystemExit: 0",
        ),
        (MISTAKES, '"""', '"""\0', "mistakes.py: not valid Python: source code"),
        (TESTS, "def large_values(softmax):", "def large_values(sofmax):", "`large_values` asks for `sofmax`"),
        (TESTS, 'name = "softmax"', 'name = "softmaks"', "name = 'softmaks'; expected 'softmax'"),
        (TESTS, "import numpy as np", "import numpy as", "line 5: not valid Python"),
        (TESTS, ", hidden=True", "", "no hidden case; every question needs public and hidden ones"),
        (REFERENCE, "def predict(", "def foretell(", "no function, class or variable `predict`"),
        (REFERENCE, "import numpy as np", "import nonumpy as np", "cannot be run: ModuleNotFoundError"),
        (MISTAKES, '"softmax_twin",\n', '"softmax_twins",\n', "the stage has no question `softmax_twins`"),
    ],
)
def test_a_mistake_in_a_file_is_one_clear_line(small_course: Path, file: str, old: str, new: str, told: str) -> None:
    spoil(small_course / file, old, new)
    with pytest.raises(UserError) as caught:
        load_all(small_course)
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)
    assert file in str(caught.value) or "assignment.toml" in str(caught.value)


def test_a_body_without_markers_is_told(small_course: Path) -> None:
    spoil(small_course / REFERENCE, "# END SOLUTION", "# THE END")
    with pytest.raises(UserError, match="needs its body between # BEGIN SOLUTION and # END SOLUTION"):
        load_all(small_course)


def test_a_drawing_stands_after_its_question(small_course: Path) -> None:
    spoil(small_course / HANDOUT, "<!-- draw: softmax -->", "")
    spoil(small_course / HANDOUT, "<!-- question: softmax -->", "<!-- draw: softmax -->\n\n<!-- question: softmax -->")
    with pytest.raises(UserError, match="the drawing `softmax` stands before its question, `softmax`"):
        load_all(small_course)


def test_an_explanation_must_be_there_in_every_language(small_course: Path) -> None:
    text = (small_course / MISTAKES).read_text(encoding="utf-8")
    start = text.index("    en=")
    (small_course / MISTAKES).write_text(text[:start] + "    fr=" + text[start + 7 :], encoding="utf-8")
    with pytest.raises(UserError, match="expected an explanation in language `en`"):
        load_all(small_course)


def test_a_variant_may_not_use_what_it_stands_for(small_course: Path) -> None:
    with (small_course / MISTAKES).open("a", encoding="utf-8") as file:
        file.write('\n\n@mistake("softmax", es="x", en="x")\ndef circular(a):\n    return softmax(a)\n')
    with pytest.raises(UserError, match="`circular`: uses `softmax`, which it stands for"):
        load_all(small_course)


def test_the_points_of_the_course(softmax) -> None:
    assert softmax.points == 20
    assert [question.points for question in softmax.questions] == [7, 6, 2, 5]


def test_stages_are_chosen_from_anything_that_gives_names(course: Course) -> None:
    assert [stage.id for stage in course.choose(iter(["03_softmax", "03_softmax"]))] == ["03_softmax"]
    assert course.choose(iter([])) == course.stages
    with pytest.raises(UserError, match="unknown stage '09'"):
        course.choose(iter(["03_softmax", "09"]))
