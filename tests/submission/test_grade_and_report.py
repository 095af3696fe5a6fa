"""The same class in whatever form it comes gives the same results, and each student their own file back."""

import io
import json
import multiprocessing
import random
import sys
import zipfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
from command import capas

from capas.bundle.build import Bundle
from capas.course.model import Stage
from capas.grading.maker import StageGraders
from capas.run.pool import GradingRun, grade_all
from capas.run.workers import process_context
from capas.submission import SubmissionFile, hash_of, list_submissions

ROOT = Path(__file__).parents[2]
REFERENCE = (ROOT / "solutions/03_softmax/reference.py").read_text(encoding="utf-8")


def zip_of(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def notebooks(template: bytes, size: int) -> dict[str, bytes]:
    """Return notebooks that are all right, each with another padding of 40 kB."""
    dice = random.Random(size)
    files = {}
    for number in range(size):
        notebook = json.loads(template)
        stubs = [c for c in notebook["cells"] if c["metadata"].get("capas", {}).get("role") == "stub"]
        stubs[-1]["source"] = f"{REFERENCE}\n# student {number}\n"
        notebook["cells"].append({"cell_type": "markdown", "metadata": {}, "source": dice.randbytes(20_000).hex()})
        files[f"s{number:04d}.ipynb"] = json.dumps(notebook).encode()
    return files


def in_all_forms(folder: Path, files: dict[str, bytes]) -> dict[str, list[Path]]:
    """Write a class as files, as a folder, as a zip, and as a zip of zips."""
    (folder / "folder").mkdir(parents=True)
    for name, data in files.items():
        (folder / "folder" / name).write_bytes(data)
    (folder / "class.zip").write_bytes(zip_of(files))
    inner = {name.replace(".ipynb", ".zip"): zip_of({"work.ipynb": data}) for name, data in files.items()}
    (folder / "zips.zip").write_bytes(zip_of(inner))
    return {
        "files": sorted((folder / "folder").iterdir()),
        "folder": [folder / "folder"],
        "zip": [folder / "class.zip"],
        "zip of zips": [folder / "zips.zip"],
    }


def graded(stage: Stage, paths: list[Path], out: Path, workers: int) -> dict[str, tuple[str, float]]:
    results = grade_all(GradingRun(StageGraders(stage, "es"), out, workers), list_submissions(paths))
    return {result.submission: (result.status, result.score) for result in results}


def test_a_class_in_any_form_gives_the_same_results(softmax: Stage, built_softmax: Bundle, tmp_path: Path) -> None:
    files = notebooks(built_softmax.student_files["softmax.ipynb"], 12)
    expected = {name.removesuffix(".ipynb"): ("graded", 20.0) for name in files}
    for form, paths in in_all_forms(tmp_path / "class", files).items():
        assert graded(softmax, paths, tmp_path / form, 2) == expected, form


def read_all(files: Sequence[SubmissionFile]) -> dict[str, str]:
    return {file.id: hash_of(file.read()) for file in files}


@pytest.mark.slow
def test_a_class_of_500_in_any_form_with_any_number_of_workers(
    softmax: Stage, built_softmax: Bundle, tmp_path: Path
) -> None:
    files = notebooks(built_softmax.student_files["softmax.ipynb"], 500)
    expected = {name.removesuffix(".ipynb"): ("graded", 20.0) for name in files}
    for form, paths in in_all_forms(tmp_path / "class", files).items():
        listed = list_submissions(paths)
        hashes = read_all(listed)
        # Ten times over, by processes forked while the zip is open here.
        with ProcessPoolExecutor(4, process_context()) as pool:
            for read in pool.map(read_all, [listed[turn:] + listed[:turn] for turn in range(0, 500, 50)]):
                assert read == hashes, form
        # What is read is the same in every form; a zip is the one that processes share while the first has it open.
        for workers in (1, 4) if form == "zip" else ():
            assert graded(softmax, paths, tmp_path / f"{form} {workers}", workers) == expected, (form, workers)


@pytest.fixture
def class_zip(tmp_path: Path) -> Path:
    """A class's zip: Ana handed in a zip, Berta and Carla plain files."""
    path = tmp_path / "class.zip"
    notebook = {
        "cells": [{"cell_type": "code", "metadata": {}, "source": "BERTA = 1", "outputs": [], "execution_count": None}],
        "metadata": {},
        "nbformat": 4,
        "nbformat_minor": 4,
    }
    files = {
        "ana.zip": zip_of({"work.py": b"ANA = 1\n"}),
        "berta.ipynb": json.dumps(notebook).encode(),
        "carla.py": b"CARLA = 1\n",
    }
    path.write_bytes(zip_of(files))
    return path


def owners(feedback: Path) -> dict[str, list[str]]:
    return {
        path.name: [name for name in ("ANA", "BERTA", "CARLA") if f"{name} = 1" in path.read_text(encoding="utf-8")]
        for path in feedback.iterdir()
        if path.suffix != ".html"
    }


def test_each_student_of_a_class_zip_gets_their_own_file_back(class_zip: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = capas("grade", "03_softmax", class_zip, "--out", out, "--workers", 1, "--feedback")
    assert done.returncode == 0, done.stderr
    theirs = {"ana.py": ["ANA"], "berta.ipynb": ["BERTA"], "carla.py": ["CARLA"]}
    assert owners(out / "feedback") == theirs
    # Handed in again since: no file is made of what was not graded. What is not at hand now stays as it was made.
    with zipfile.ZipFile(class_zip) as archive:
        ana = archive.read("ana.zip")
    class_zip.write_bytes(zip_of({"ana.zip": ana, "carla.py": b"CARLA = 2\n"}))
    done = capas("report", out, "--submissions", class_zip)
    assert done.returncode == 0, done.stderr
    assert owners(out / "feedback") == {"ana.py": ["ANA"], "berta.ipynb": ["BERTA"]}


def test_a_link_to_the_reference_gets_no_points_and_gives_nothing_away(tmp_path: Path) -> None:
    folder, out = tmp_path / "submissions", tmp_path / "out"
    folder.mkdir()
    (folder / "eve.py").symlink_to(ROOT / "solutions/03_softmax/reference.py")
    (folder / "ana.py").write_text("x = 1\n")
    done = capas("grade", "03_softmax", folder, "--out", out, "--workers", 1, "--feedback")
    assert done.returncode == 0, done.stderr
    result = json.loads((out / "results/eve.json").read_bytes())
    assert (result["status"], result["score"]) == ("unreadable", 0)
    assert "enlace" in result["message"]
    for path in (out / "feedback").iterdir():
        assert "BEGIN SOLUTION" not in path.read_text(encoding="utf-8")


def test_results_inside_what_is_graded_are_not_graded(tmp_path: Path) -> None:
    (tmp_path / "ana.py").write_text("x = 1\n")
    for out in (tmp_path / "graded", tmp_path / "graded", tmp_path, tmp_path, tmp_path / "again"):
        done = capas("grade", "03_softmax", tmp_path, "--out", out, "--workers", 1, "--feedback")
        assert done.returncode == 0, done.stderr
        assert [path.name for path in (out / "results").iterdir()] == ["ana.json"]


def test_an_export_with_nothing_to_grade_is_told_and_removes_nothing(tmp_path: Path) -> None:
    (tmp_path / "ana.py").write_text("x = 1\n")
    out = tmp_path / "out"
    assert capas("grade", "03_softmax", tmp_path / "ana.py", "--out", out, "--workers", 1).returncode == 0
    export = tmp_path / "submissions.zip"
    export.write_bytes(zip_of({"garcia_4211_text.html": b"hola", "lopez_4212_text.html": b"hola"}))
    for command in (["grade", "03_softmax", export, "--out", out], ["report", out, "--submissions", export]):
        done = capas(*command)
        assert done.returncode == 2
        assert done.stderr.count("\n") == 1
        assert "nothing to grade" in done.stderr
        assert (out / "results/ana.json").is_file()


def test_processes_here_are_forked_on_linux() -> None:
    """What the tests above prove of forks holds only where there are some."""
    if sys.platform == "linux":
        assert process_context().get_start_method() in multiprocessing.get_all_start_methods()
        assert process_context().get_start_method() == "fork"
