"""A class with files that are too much to read: they are told so, and nobody else notices; so it is in the report."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from capas.cli.main import app
from capas.run.results_folder import read_results_folder
from capas.submission import bounded

ROOT = Path(__file__).parents[2]
SOURCE = (ROOT / "solutions/03_softmax/reference.py").read_bytes()
BOUNDS = bounded.Bounds(seconds=1.0, memory_mb=96)
MOST_MB = 600
"""Of any process, with libraries: reading asked for gigabytes."""
MEASURED = f"""
import resource, sys
from capas.cli.main import app
from capas.submission import bounded
bounded.BOUNDS = bounded.Bounds(seconds={BOUNDS.seconds}, memory_mb={BOUNDS.memory_mb})
for arguments in (sys.argv[1:], ["report", sys.argv[5], "--submissions", sys.argv[3]]):
    app(arguments, standalone_mode=False)
most = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(*(int(kilobytes) // 1024 for kilobytes in (most, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)))
"""
"""Grades and reports in a process of its own, and says how many MB it took, and the largest of those it started.

What the system says of the process by `getrusage` counts what the tests took before it was started.
"""
pytestmark = pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="the memory of a process is told in /proc"
)


@pytest.fixture(autouse=True)
def small_bounds(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(bounded, "BOUNDS", BOUNDS)
    yield
    bounded._worker.end()


def notebook(source: str, outputs: str = "") -> bytes:
    cell = f'{{"cell_type": "code", "metadata": {{}}, "source": {json.dumps(source)}, "outputs": [{outputs}]}}'
    return f'{{"cells": [{cell}], "metadata": {{}}, "nbformat": 4, "nbformat_minor": 5}}'.encode()


def bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for number in range(3):
            archive.writestr(f"a{number}.py", b"x = 1\n" * 2_000_000)


@pytest.fixture
def class_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "class"
    folder.mkdir()
    for number in range(3):
        (folder / f"honest{number}.py").write_bytes(SOURCE + b"\nx = %d\n" % number)
    (folder / "lines.py").write_bytes(b"x\n" * 1_000_000)
    (folder / "cells.ipynb").write_bytes(notebook("[" + "1," * 600_000 + "]"))
    (folder / "outputs.ipynb").write_bytes(notebook(SOURCE.decode(), ",".join(["[]"] * 3_000_000)))
    bomb(folder / "bomb.zip")
    return folder


def test_giants_cost_their_neighbours_nothing(class_folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = ["grade", "03_softmax", str(class_folder), "--out", str(out)]
    ran = subprocess.run(
        [sys.executable, "-c", MEASURED, *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert all(int(megabytes) < MOST_MB for megabytes in ran.stdout.splitlines()[-1].split())
    results = {result.submission: result for result in read_results_folder(out).results}
    assert {id_ for id_, one in results.items() if one.score == 20.0} == {"honest0", "honest1", "honest2", "outputs"}
    for giant in ("lines", "cells", "bomb"):
        assert results[giant].status == "unreadable"
        assert results[giant].sha256
        if giant != "bomb":  # whose files are too large, too
            assert "demasiado para leerlo" in results[giant].message

    names = {path.name for path in (out / "feedback").iterdir()}
    assert names >= {f"{id_}.html" for id_ in results} | {f"honest{number}.py" for number in range(3)}
    assert "outputs.ipynb" not in names


@pytest.mark.parametrize("name", ["lines.py", "cells.ipynb"])
def test_one_giant_is_checked(class_folder: Path, name: str) -> None:
    ran = CliRunner().invoke(app, ["check", "03_softmax", str(class_folder / name), "--course", str(ROOT)])
    assert ran.exit_code == 1, ran.output
    assert "demasiado para leerlo" in " ".join(ran.output.split())
