"""A command imports what it needs: nobody waits for a library that only another command uses."""

import subprocess
import sys
from pathlib import Path

import pytest

import capas
from capas.course.model import Stage

# Each takes longer to import than the whole of a light command.
NOT_TO_GRADE = ["otter", "pandas", "scipy", "IPython", "nbformat", "matplotlib", "yaml"]
HEAVY = [*NOT_TO_GRADE, "jinja2", "numpy", "msgspec", "rich.console"]

RUN = """
import atexit, sys
from capas.cli.main import main
atexit.register(lambda: print("imported:", *sys.modules))
main()
"""


def run_and_list_modules(*arguments: str) -> tuple[str, set[str]]:
    """Return what a command prints in a new process, and the modules there when it ends."""
    command = [sys.executable, "-c", RUN, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    printed, _, imported = done.stdout.rpartition("imported:")
    return printed, set(imported.split())


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["grade", "--help"], ["canvas", "push", "--help"]])
def test_a_command_that_only_tells_of_itself_imports_nothing_heavy(arguments: list[str]) -> None:
    printed, imported = run_and_list_modules(*arguments)
    assert printed.strip()
    assert "capas.cli.grade" in imported
    assert not imported.intersection(HEAVY)


def test_the_version_is_told() -> None:
    printed, _ = run_and_list_modules("--version")
    assert printed == f"capas {capas.__version__}\n"


@pytest.mark.parametrize("command", [["check"], ["grade", "--workers", "1", "--out", "out"]])
def test_grading_imports_no_more_of_otter_than_what_judges(small_course: Path, command: list[str]) -> None:
    source = (small_course / "solutions" / "03_softmax" / "reference.py").read_bytes()
    (small_course / "ana.py").write_bytes(source)
    name, *options = [str(small_course / "out") if word == "out" else word for word in command]
    here = ["--course", str(small_course)]
    _, imported = run_and_list_modules(name, "03_softmax", str(small_course / "ana.py"), *options, *here)
    assert "capas.grading.cases" in imported
    assert not imported.intersection(NOT_TO_GRADE)


@pytest.mark.parametrize("first", ["import capas.grading.cases", "import otter.test_files"])
def test_otter_itself_is_as_if_nobody_judged(first: str, softmax: Stage) -> None:
    code = f"""
import sys
from pathlib import Path
{first}
from capas.grading.cases import load_test_file
assert len(load_test_file(Path(sys.argv[1])).test_cases) > 2
import otter.test_files
own = otter.test_files.exception_test
assert otter.test_files.ExceptionTestFile is own.ExceptionTestFile and otter.Notebook
assert own.ExceptionTestFile.from_file(sys.argv[1]).test_cases
assert len(load_test_file(Path(sys.argv[1])).test_cases) > 2
"""
    subprocess.run([sys.executable, "-c", code, str(softmax.test_file("softmax"))], check=True)


def test_what_prints_does_not_import_what_grades() -> None:
    code = "import sys, capas.cli.terminal; print(*sys.modules)"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"capas.grading.grader", "capas.grading.cases", "capas.report", "capas.submission"}.intersection(shown)
