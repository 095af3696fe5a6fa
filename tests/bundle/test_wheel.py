"""The wheel in `autograder.zip`: what grades, and nothing that it cannot do without."""

import ast
import io
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

from capas.bundle.build import Bundle
from capas.bundle.wheel import LEFT_OUT, UNNEEDED, make_wheel, program_files
from capas.bundle.zip import read_zip

# Nothing of this checkout may be found: only the wheel's files and installed libraries.
GRADE = """
import json, sys
sys.path[:] = [sys.argv[1], *(path for path in sys.path if not path.startswith(sys.argv[2]))]
import msgspec
from capas.grading import otter_plugin
from capas.submission import NOTHING_SOUGHT, Contents, SubmissionFile, read_submission
read = read_submission(SubmissionFile("", "ana.py", Contents(sys.argv[4].encode())), NOTHING_SOUGHT)
submission = msgspec.json.encode(read).decode()
otter_plugin._hand_out = lambda result: print(json.dumps([result.status, result.score, result.points]))
otter_plugin.enter(sys.argv[3], submission)
print(json.dumps([module.__file__ for name, module in sys.modules.items() if name.split(".")[0] == "capas"]))
"""

ONLY_WITH = {"capas_check/tables.py": {"pandas"}}
"""What is loaded only in courses that name the library themselves."""
MAX_BYTES = 450_000


def test_the_plugin_grades_with_the_wheel_alone(tmp_path: Path, built_softmax: Bundle, softmax) -> None:
    files = read_zip(built_softmax.autograder)
    config = next(iter(json.loads(files["otter_config.json"])["plugins"][0].values()))
    wheel = next(data for name, data in files.items() if name.endswith(".whl"))
    site = tmp_path / "site"
    zipfile.ZipFile(io.BytesIO(wheel)).extractall(site)
    for name, data in files.items():
        if name.startswith(("tests/", "data/")):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_bytes(data)
    reference = (softmax.solutions / "reference.py").read_text(encoding="utf-8")
    checkout = str(Path(__file__).parents[2] / "autograder")
    command = [sys.executable, "-c", GRADE, str(site), checkout, json.dumps(config), reference]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    result, modules = map(json.loads, done.stdout.splitlines())
    assert result == ["graded", softmax.points, softmax.points]
    assert all(path.startswith(str(site)) for path in modules)


def test_what_only_builds_reports_or_prints_stays_behind() -> None:
    files = read_zip(make_wheel())
    rooms = {name.split("/")[1].removesuffix(".py") for name in files if name.startswith("capas/")}
    assert not rooms & {"bundle", "canvas", "cli", "report", "run", "verify"}
    assert {"grading", "sandbox", "submission"} <= rooms
    assert len(make_wheel()) < MAX_BYTES


def test_no_command_is_declared_that_is_not_there() -> None:
    assert not [name for name in read_zip(make_wheel()) if name.endswith("entry_points.txt")]


def test_its_modules_import_only_rooms_and_libraries_that_come_with_it() -> None:
    absent = {*(f"capas.{room}" for room in LEFT_OUT), *UNNEEDED, "markdown_it"}
    for name, data in read_zip(make_wheel()).items():
        if not name.endswith(".py"):
            continue
        for node in ast.walk(ast.parse(data)):
            modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            modules += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for module in modules:
                parts = module.split(".")
                assert not {parts[0], ".".join(parts[:2])} & absent - ONLY_WITH.get(name, set()), (name, module)


def test_its_requirements_are_those_of_the_program_less_the_unneeded() -> None:
    files = read_zip(make_wheel())
    metadata = next(data.decode() for name, data in files.items() if name.endswith("METADATA"))
    needs = set(re.findall(r"^Requires-Dist: ([\w-]+)", metadata, re.MULTILINE))
    assert {"numpy", "msgspec", "nbformat", "ipykernel"} <= needs
    assert not needs & set(UNNEEDED)


def test_a_stamp_covers_the_whole_program() -> None:
    assert {"capas/bundle/build.py", "capas/cli/main.py", "capas/grading/judge.py"} <= set(program_files())
