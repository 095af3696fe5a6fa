"""Slips of a first author in questions that are tables, variables, classes, plots, texts, chance: one line each."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from command import capas
from example import copied_course

FALLING, MEASURING = "assignments/01_falling", "assignments/02_measuring"
FALLING_CODE, MEASURING_CODE = "solutions/01_falling", "solutions/02_measuring"
FALL_TIME = "call(fall_time, 20.0, 10.0).returns(2.0)"


def told_of(root: Path, stage: str) -> str:
    """Build a stage that has a slip; return the one line that is told."""
    done = capas("build", stage, folder=root)
    assert (done.returncode, done.stdout) == (2, ""), done
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
    assert not (root / "dist").exists()
    return done.stderr


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (
            f"{FALLING_CODE}/reference.py",
            'return {"height": "m", "time"',
            'import decimal\n    return decimal.Decimal(1) or {"height": "m", "time"',
            "tests/unit_of.py, line 10: case `units_of_the_handout`: the function returns a value of type Decimal,",
        ),
        (
            f"{MEASURING_CODE}/reference.py",
            "return falls.assign(g=2 *",
            "import fractions\n    return falls.assign(g=fractions.Fraction(1, 2)) if len(falls) else (2 *",
            "tests/with_gravity.py, line 11: case `example_by_hand`: the function returns a value of type Fraction,",
        ),
        (
            f"{FALLING}/tests/fall_time.py",
            FALL_TIME,
            "from capas_check.plots import draw; draw(fall_time, 20.0).line([1], [2])",
            "case `example_by_hand` looks at a plot, and the reference's function draws nothing; let it draw",
        ),
        (
            f"{MEASURING_CODE}/reference.py",
            'print(f"{ball}: {g:.2f} m/s²")',
            "pass",
            "looks at what is printed, and the reference's function prints nothing; let it print",
        ),
        (
            f"{MEASURING_CODE}/reference.py",
            'means.to_csv(path, header=["g"], index_label="ball")',
            "print(means)",
            "case `two_balls` looks at files, and the reference's function writes none; let it write in the folder",
        ),
        (
            f"{FALLING}/tests/fall_time.py",
            "@test_case(points=",
            "@test_case  # points=",
            "tests/fall_time.py, line 11: `@test_case` needs parentheses: @test_case(points=2)",
        ),
        (
            f"{FALLING_CODE}/reference.py",
            'return {"height": "m", "time"',
            'import nbformat\n    return {"height": "m", "time"',
            "`nbformat` is not in `libraries` of course.toml: it is not there where submissions are graded; add it, or",
        ),
        (
            f"{FALLING}/tests/fall_time.py",
            "@test_case(points=",
            "import nbformat\n\n\n@test_case(points=",
            "`nbformat` is not in `libraries` of course.toml: it is not there where submissions are graded; add it, or",
        ),
        (
            f"{FALLING}/assignment.toml",
            "title.en",
            "title",
            '`title`: expected a text in each language, as in title.en = "…", got a text in quotes',
        ),
        (
            f"{FALLING}/tests/fall_time.py",
            "@test_case(points=1)\ndef example_by_hand",
            "@test_case(points=1)\ndef another(fall_time):\n    pass\n\n\ndef example_by_hand",
            "line 16: nothing uses `example_by_hand`; write @test_case(points=2) above it if it is a case",
        ),
        (
            f"{FALLING}/tests/fall_time.py",
            FALL_TIME,
            "from capas_check import require; require(fall_time(1.0) > 0, en='{time} is below 0')",
            "line 13: the sentence of `require` in `en` speaks of {time}, and nothing is named so; add time=…",
        ),
        (
            f"{FALLING}/tests/fall_time.py",
            FALL_TIME,
            "from capas_check import require; require(fall_time(1.0) > 0, en='{t:.2f} is below 0', t=1.0)",
            "`require` in `en` has {t:.2f}; it is filled in as text: write {t}",
        ),
        (
            f"{FALLING}/tests/fall_time.py",
            FALL_TIME,
            "from capas_check import require; require(fall_time(1.0) > 0, en='{ is below 0')",
            "`require` in `en` has a brace alone; write {{ and }} for braces that are shown",
        ),
        (
            f"{FALLING}/figures.py",
            "    return ",
            "    return None and ",
            "figures.py: `falling` cannot be drawn: TypeError: it returns nothing; let it return the figure of",
        ),
        (
            f"{FALLING}/tests/fall_plot.py",
            ".line(t, 20.0",
            ".line(t[1:], 20.0",
            "8 values of x and 9 of y: there must be as many of both",
        ),
        (
            f"{FALLING}/tests/Pendulum.py",
            'method(pendulum, "period").returns(2.006',
            "pendulum.period().returns(2.006",
            "no statement is called `period`; there are `array`, `leaves_arguments`, `raises`, `returns`, "
            '`warns_nothing`; of an object, method(…, "period")',
        ),
        (f"{FALLING}/tests/Pendulum.py", '"period").returns(2', '"periode").returns(2', "has no method periode"),
        (f"{FALLING}/tests/Pendulum.py", '"length").returns(1', '"lenght").returns(1', "has no attribute lenght"),
        (f"{FALLING}/tests/Pendulum.py", '"length").returns(1', '"period").returns(1', "period, but it is a method"),
        (
            f"{FALLING}/tests/fall_plot.py",
            "import draw",
            "import drow",
            "tests/fall_plot.py, line 4: `capas_check.plots` has no `drow`; did you mean `draw`?",
        ),
        (f"{FALLING}/tests/fall_plot.py", "check.plots", "check.plot", "`capas_check` has no `plot`; its modules for"),
        (f"{FALLING}/tests/fall_plot.py", 'has_label("x"', 'has_label("z"', """axis 'z': it is "x" or "y\""""),
        (
            f"{FALLING}/tests/floating.py",
            '.returns({"cork"})',
            '.returns(one for one in ["cork"])',
            "line 12: case `example_by_hand` breaks, with the reference too: TypeError: returns() got a "
            "generator, which nothing equals; write list(…) around it",
        ),
        (f"{FALLING}/tests/floating.py", '{"cork"}', '{["cork"]}', "line 12: case `example_by_hand` breaks, with the"),
        (
            f"{FALLING}/tests/unit_of.py",
            '.returns("m")',
            '.retruns("m")',
            "called `retruns`; did you mean `returns`? there are",
        ),
        (
            f"{FALLING}/tests/gravity.py",
            "variable(gravity=gravity).returns",
            "variable(gravity).returns",
            "variable() takes one variable by its name: variable(gravity=gravity)",
        ),
        (
            f"{FALLING}/tests/fall_time.py",
            FALL_TIME,
            "from capas_check.variables import variable; variable(fall_time=fall_time).returns(2.0)",
            "case `example_by_hand` cannot pass with the reference: fall_time is a function or a class; a value was",
        ),
        (
            f"{FALLING}/handout.en.md",
            "<!-- question: gravity -->",
            "",
            "handout.en.md: question `gravity` has 0 places; expected exactly one line <!-- question: gravity -->",
        ),
        (
            f"{FALLING}/handout.en.md",
            "pendulum.png",
            "pendulm.png",
            "line 95: the image `pictures/pendulm.png` does not",
        ),
        (f"{FALLING}/handout.en.md", "figure: falling", "figure: faling", "line 78: a place for the figure `faling`,"),
        (
            f"{FALLING_CODE}/mistakes.py",
            "def rounded():\n    return 10.0",
            "class rounded:\n    value = 10.0",
            "`rounded`: `gravity` is a variable; expected a function without parameters, which returns the value of",
        ),
        (
            f"{FALLING_CODE}/mistakes.py",
            "class NoRoot:\n",
            "def NoRoot(length):\n    return length\n\n\nclass Other:\n",
            "`NoRoot`: `Pendulum` is a class; expected a class, under `class`",
        ),
        (
            f"{FALLING_CODE}/mistakes.py",
            "def no_root(height, gravity=9.81):\n    return 2 * height / gravity\n",
            "class no_root:\n    pass\n",
            "`no_root`: `fall_time` is a function; expected a function, under `def`",
        ),
        (f"{MEASURING}/tests/print_means.py", "printed(print_means, means)", "call(print_means, means)", "name 'call'"),
        (
            f"{MEASURING}/tests/noisy_times.py",
            "samples(10_000",
            "samples(10",
            "10 values are too few to tell chance from",
        ),
        (f"{MEASURING}/tests/read_falls.py", "data/falls", "data/fals", "No such file or directory: 'data/fals.csv'"),
    ],
)
def test_a_slip_is_one_line(tmp_path: Path, file: str, old: str, new: str, told: str) -> None:
    root = copied_course(tmp_path / "physics")
    text = (root / file).read_text(encoding="utf-8")
    assert old in text
    times = -1 if "data/fals" in new else 1  # the hidden case opens it by itself
    (root / file).write_text(text.replace(old, new, times), encoding="utf-8")
    assert told in told_of(root, Path(file).parts[1])


def large(data: Path) -> None:
    with (data / "large.bin").open("wb") as file:
        file.truncate(60 * 2**20)


def outside(data: Path) -> None:
    (data.parents[2] / "elsewhere.csv").write_text("1\n", encoding="utf-8")
    os.symlink(data.parents[2] / "elsewhere.csv", data / "elsewhere.csv")


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (large, "more than the 50 MB that a stage may have; make them smaller, or raise `data_mb` in course.toml"),
        (outside, "data/elsewhere.csv: leads out of the data folder; put the file itself there"),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_data_that_students_cannot_get_is_one_line(tmp_path: Path, make: Callable[[Path], None], told: str) -> None:
    root = copied_course(tmp_path / "physics")
    make(root / MEASURING / "data")
    assert told in told_of(root, "02_measuring")
