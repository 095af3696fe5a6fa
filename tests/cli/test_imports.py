"""A command imports what it needs: nobody waits for a library that only another command uses."""

import subprocess
import sys

import pytest

import capas

# Each takes longer to import than the whole of a light command.
HEAVY = ["numpy", "otter", "pandas", "scipy", "IPython", "nbformat", "matplotlib", "msgspec", "jinja2", "rich.console"]

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
