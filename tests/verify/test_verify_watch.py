"""`capas verify --watch` says of each change what it did, and judges only what it touched."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from capas.course.scaffold import new_course, new_stage, read_question_names
from capas.verify.watch import StageView, StageWatch, changed_files, differences

MISTAKE = """from capas.course.solutions import mistake


@mistake("mean_speed", en="You forgot to double.")
def not_doubled(x):
    return x
"""
TESTS, REFERENCE = "assignments/01_falling/tests/mean_speed.py", "solutions/01_falling/reference.py"
MISTAKES, ALTERNATIVES = "solutions/01_falling/mistakes.py", "solutions/01_falling/alternatives.py"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    new_course(tmp_path / "physics", "en")
    new_stage(tmp_path / "physics", "01_falling", read_question_names("mean_speed,fall_time"))
    (tmp_path / "physics" / MISTAKES).write_text(MISTAKE, encoding="utf-8")
    return tmp_path / "physics"


@pytest.fixture
def watch(root: Path) -> Iterator[StageWatch]:
    watching = StageWatch(root, "01_falling", "en")
    yield watching
    watching.close()


def change(root: Path, file: str, old: str, new: str) -> None:
    text = (root / file).read_text(encoding="utf-8")
    assert old in text
    (root / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def looked_again(watch: StageWatch, before: StageView) -> tuple[list[str], int]:
    after = watch.look()
    return differences(before, after), after.judged


def test_a_case_changes_the_verdicts_of_its_question_only(root: Path, watch: StageWatch) -> None:
    before = watch.look()
    assert (before.wrong, before.judged) == ([], 5)  # a reference and a stub for each question, and the mistake
    change(root, TESTS, "returns(6.0)", "returns(3.0)")
    lines, judged = looked_again(watch, before)
    assert judged == 3
    assert lines == [
        "mean_speed: reference: fails `example_of_the_handout`: mean_speed(3) returned 6; expected 3. (before: passes)",
        "mean_speed: mistake `not_doubled`: is caught by `negative_numbers`"
        " (before: is caught by `example_of_the_handout`, `negative_numbers`)",
    ]
    change(root, TESTS, "returns(3.0)", "returns(6.0)")
    after = watch.look()
    assert (after.wrong, after.judged) == ([], 0)  # what was judged once is known


def test_a_new_case_and_one_that_is_gone_are_named(root: Path, watch: StageWatch) -> None:
    before = watch.look()
    change(root, TESTS, "def negative_numbers", "def below_zero")
    lines, _ = looked_again(watch, before)
    assert "mean_speed: case `below_zero` is new: hidden, 3 points" in lines
    assert "mean_speed: case `negative_numbers` is gone" in lines


def test_a_function_of_the_reference_touches_those_that_use_it(root: Path, watch: StageWatch) -> None:
    change(root, REFERENCE, "return 2 * x", "return doubled(x)")
    with (root / REFERENCE).open("a", encoding="utf-8") as file:
        file.write("\n\ndef doubled(x):\n    return x + x\n")
    before = watch.look()
    assert before.wrong == []
    change(root, REFERENCE, "return x + x", "return x + x + 1")
    lines, _judged = looked_again(watch, before)
    assert {line.partition(": ")[0] for line in lines} == {"mean_speed"}


def test_a_comment_judges_nothing_again_but_the_stub(root: Path, watch: StageWatch) -> None:
    before = watch.look()
    with (root / MISTAKES).open("a", encoding="utf-8") as file:
        file.write("\n# To be gone on with.\n")
    assert looked_again(watch, before) == ([], 0)


def test_mistakes_and_alternatives_come_and_go(root: Path, watch: StageWatch) -> None:
    before = watch.look()
    (root / ALTERNATIVES).write_text(
        "from capas.course.solutions import alternative\n\n\n"
        '@alternative("fall_time")\ndef added(x):\n    return x + x\n',
        encoding="utf-8",
    )
    assert looked_again(watch, before) == (["fall_time: alternative `added` is new: passes"], 1)
    before = watch.look()
    (root / MISTAKES).unlink()
    assert looked_again(watch, before) == (["mean_speed: mistake `not_doubled` is gone"], 0)


@pytest.mark.parametrize(
    ("file", "old", "new", "wrong"),
    [
        (MISTAKES, "return x", "return 2 * x", "mean_speed: mistake `not_doubled`: is not caught by any case"),
        (REFERENCE, "# BEGIN SOLUTION", "y = 6.0\n    # BEGIN SOLUTION", None),
        (
            REFERENCE,
            "    # BEGIN SOLUTION\n    return 2 * x",
            "    if x == 3.0:\n        return 6.0\n    # BEGIN SOLUTION\n    return 2 * x",
            "mean_speed: empty stub: scores in `example_of_the_handout`; it must score 0",
        ),
    ],
)
def test_what_does_not_behave_is_named(
    root: Path, watch: StageWatch, file: str, old: str, new: str, wrong: str | None
) -> None:
    watch.look()
    change(root, file, old, new)
    assert watch.look().wrong == ([] if wrong is None else [wrong])


def test_a_broken_file_is_a_line_and_the_verdicts_stay(root: Path, watch: StageWatch) -> None:
    before = watch.look()
    change(root, REFERENCE, "return 2 * x", "return 2 *")
    broken = watch.look()
    (line,) = differences(before, broken)
    assert "reference.py, line 11: not valid Python" in line
    assert broken.verdicts == before.verdicts
    change(root, REFERENCE, "return 2 *", "return 2 * x")
    assert differences(broken, watch.look()) == [f"no longer: {line}"]


def test_which_files_changed(root: Path, watch: StageWatch) -> None:
    before = watch.files()
    assert root / "course.toml" in before
    (root / MISTAKES).unlink()
    (root / TESTS).write_text("other", encoding="utf-8")
    (root / TESTS).with_name(".mean_speed.py.swp").write_text("an editor's own", encoding="utf-8")
    (root / TESTS).with_name("sedXyZ").write_text("an editor's own", encoding="utf-8")
    assert changed_files(before, watch.files()) == [root / TESTS, root / MISTAKES]
    assert changed_files(before, before) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no Ctrl-C to one process")
def test_the_command_says_what_a_save_did_and_ends_with_ctrl_c(root: Path) -> None:
    command = [sys.executable, "-m", "capas.cli", "verify", "01_falling", "--watch"]
    with subprocess.Popen(
        command,
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # Whatever runs these tests in the background has it ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        assert process.stdout
        assert process.stderr
        for line in process.stdout:
            if line.startswith("Watching"):
                break
        change(root, TESTS, "returns(6.0)", "returns(5.0)")
        said = [next(process.stdout) for _ in range(3)]
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 1
        error = process.stderr.read()
    assert "01_falling: mean_speed.py (" in said[0]
    assert "reference: fails `example_of_the_handout`: mean_speed(3) returned 6; expected 5." in said[1]
    assert "Traceback" not in error
