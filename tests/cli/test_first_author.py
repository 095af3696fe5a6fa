"""Every slip of who writes a first stage is one line, with the file, the question or key, and what may stand there."""

from pathlib import Path

import pytest
from command import capas

from capas.course.scaffold import new_course, new_stage, read_question_names

STAGE, SOLUTIONS = "assignments/01_falling", "solutions/01_falling"
TOML, HANDOUT, CASES = f"{STAGE}/assignment.toml", f"{STAGE}/handout.en.md", f"{STAGE}/tests/mean_speed.py"
REFERENCE = f"{SOLUTIONS}/reference.py"
PLACE = "<!-- question: mean_speed -->"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    new_course(tmp_path / "physics", "en")
    new_stage(tmp_path / "physics", "01_falling", read_question_names("mean_speed,fall_time"))
    return tmp_path / "physics"


def spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (
            TOML,
            "minutes = 15",
            "minuts = 15",
            "`minuts`: no such key in question `mean_speed`; did you mean `minutes`?",
        ),
        (TOML, "[[questions]]", "[[question]]", "`question`: no such key in the file; did you mean `questions`?"),
        (
            TOML,
            "minutes = 15",
            "minutes = 7.5",
            "`minutes`: expected a whole number, got one with decimals, in question",
        ),
        (TOML, "points = 5", "points = 6", "its cases give 5 points; assignment.toml gives `mean_speed` 6"),
        (TOML, 'name = "mean_speed"', 'name = "MeanSpeed"', "MeanSpeed.py does not exist; every question needs"),
        (TOML, 'name = "mean_speed"', 'name = "lambda"', "question `lambda`: expected the name of a function"),
        (TOML, 'title.en = "Mean speed"', "", "is missing in question `mean_speed`; every one needs it"),
        (TOML, 'title.en = "Mean speed"', 'title.es = "x"', "title of question `mean_speed`: expected a text for"),
        (TOML, 'name = "mean_speed"', "", "`name` is missing in number 1 of `questions`; every one needs it"),
        (TOML, 'name = "mean_speed"', 'name = "np"', "question `np`: expected the name of a function"),
        ("course.toml", '["en"]', '"en"', "`languages`: expected a list, got a text in quotes"),
        ("course.toml", "libraries", "library", "`library`: no such key in the file; did you mean `libraries`?"),
        ("course.toml", '"01_falling"', '"01_faling"', "01_faling/assignment.toml does not exist; every stage named"),
        (CASES, "@test_case(points=3, hidden=True)", "", "line 19: nothing uses `negative_numbers`; write @test_case("),
        (CASES, "points=3, hidden=True", "points=3", "no hidden case; every question needs public and hidden ones, "),
        (CASES, "points=2", "points=2, hidden=True", "no public case; every question needs public and hidden ones, "),
        (CASES, "points=2", "points=1", "its cases give 4 points; assignment.toml gives `mean_speed` 5"),
        (
            CASES,
            "def negative_numbers(mean_speed)",
            "def negative_numbers(speed)",
            "asks for `speed`, which is no function",
        ),
        (CASES, ".returns(-3.0)", ".return_(-3.0)", "line 21: case `negative_numbers` breaks, with the reference too"),
        (
            CASES,
            "call(mean_speed, -1.5)",
            'call(mean_speed, __import__("fractions").Fraction(-3, 2))',
            "case `negative_numbers`: the function is called with a value of type Fraction, which cannot be sent",
        ),
        (
            REFERENCE,
            "return 2 * x",
            "return (x for _ in range(2))",
            "case `example_of_the_handout`: the function returns a value of type generator, which cannot be sent",
        ),
        (HANDOUT, PLACE, "", "handout.en.md: question `mean_speed` has 0 places; expected exactly one line " + PLACE),
        (HANDOUT, PLACE, f"{PLACE}\n\n{PLACE}", "question `mean_speed` has 2 places; expected exactly one line"),
        (HANDOUT, PLACE, "<!-- question: mean_sped -->", "question `mean_speed` has 0 places"),
        (HANDOUT, PLACE, f"Here: {PLACE}", "question `mean_speed` has 0 places; expected exactly one line"),
        (HANDOUT, "*5 points", "*4 points", "says 4 points for `mean_speed`; assignment.toml gives it 5"),
        (
            REFERENCE,
            "def mean_speed",
            "def mean_sped",
            "no function, class or variable `mean_speed`; the reference must define",
        ),
        (REFERENCE, "    # END SOLUTION\n", "", "`mean_speed` needs its body between # BEGIN SOLUTION and # END"),
        (REFERENCE, "return 2 * x", "return 2 * ", "reference.py, line 11: not valid Python"),
    ],
)
def test_a_slip_is_one_line(root: Path, file: str, old: str, new: str, told: str) -> None:
    spoil(root / file, old, new)
    done = capas("build", folder=root)
    assert done.returncode == 2, done
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert told in done.stderr
    assert Path(file).name in done.stderr or "tests/mean_speed.py" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (root / "dist").exists()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (None, "does not exist; every question needs one test file of its name"),
        (
            'OK_FORMAT = False\nname = "mean_speed"\npoints = 5\n',
            "no case; every question needs public and hidden ones",
        ),
        ("", "Otter cannot read it: ValueError"),
    ],
)
def test_a_question_without_cases_is_one_line(root: Path, text: str | None, told: str) -> None:
    (root / CASES).unlink()
    if text is not None:
        (root / CASES).write_text(text, encoding="utf-8")
    done = capas("build", folder=root)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert f"tests/mean_speed.py{'' if text is None else ':'} {told}" in done.stderr


def test_verify_names_the_case_in_which_a_stub_scores(root: Path) -> None:
    spoil(root / CASES, "call(mean_speed, 3.0).returns(6.0)", "call(mean_speed, 3.0)")
    done = capas("verify", "--no-otter", folder=root)
    assert done.returncode == 1
    assert (
        "question `mean_speed`, case `example_of_the_handout`: the empty stub passes it; it must score 0"
        in " ".join(done.stdout.split())
    )


def test_a_sentence_that_a_language_lacks_is_told_before_a_student_misses_it(root: Path) -> None:
    spoil(root / CASES, "import call", "import call, require")
    spoil(root / CASES, "    call(mean_speed, 0.0)", '    require(True, es="Sí.")\n    call(mean_speed, 0.0)')
    done = capas("build", folder=root)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert 'mean_speed.py, line 22: `require` has no sentence in language `en`; add en="…"' in done.stderr
