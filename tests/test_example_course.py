"""The example course outside of this checkout: a teacher of physics, in English, with every kind of question."""

import csv
import io
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest
from command import capas
from example import STAGES, copied_course, samples_of, stages_of, words_of, write_class
from nbclient import NotebookClient

from capas.bundle.zip import make_zip, read_zip
from capas.course.model import Stage
from capas.verify.otter_run import otter_run

OTHERS_WORDS = re.compile(r"[¿¡ñáéíóú]|neural|softmax|sigmoid|backprop|neurona", re.IGNORECASE)
"""What has no place in this course: another language, and another subject."""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied_course(tmp_path_factory.mktemp("teacher") / "physics")


def run_capas(*arguments: object, folder: Path) -> str:
    done = capas(*arguments, folder=folder)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
    return done.stdout


def scores(folder: Path) -> dict[str, float]:
    with (folder / "grades.csv").open(encoding="utf-8", newline="") as file:
        return {row["submission"]: float(row["score"]) for row in csv.DictReader(file)}


@pytest.mark.parametrize("stage_id", STAGES)
def test_a_class_is_graded_and_told_in_the_courses_own_words(root: Path, tmp_path: Path, stage_id: str) -> None:
    stage = next(one for one in stages_of(root) if one.id == stage_id)
    kinds = write_class(stage, tmp_path / "submissions")
    run_capas("grade", stage_id, tmp_path / "submissions", "--out", tmp_path / "graded", folder=root)
    run_capas("report", tmp_path / "graded", "--submissions", tmp_path / "submissions", folder=root)
    got = scores(tmp_path / "graded")
    assert got.keys() == kinds.keys()
    for student, kind in kinds.items():
        if kind in ("reference", "alternative"):
            assert got[student] == stage.points
        else:
            assert got[student] == 0 if kind == "stub" else got[student] < stage.points
    pages = [*(tmp_path / "graded" / "feedback").glob("*.html"), tmp_path / "graded" / "report.html"]
    assert len(pages) == len(kinds) + 1
    for page in pages:
        text = re.sub(r"<style.*?</style>|data:image/[^\"')]*", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert not OTHERS_WORDS.findall(text), page.name
        assert "Traceback" not in text


@pytest.mark.parametrize("stage_id", STAGES)
def test_what_students_get_is_of_this_course_alone(root: Path, stage_id: str) -> None:
    stage = next(one for one in stages_of(root) if one.id == stage_id)
    built, _ = samples_of(stage)
    files = built.student_files
    texts = [words_of(files[f"{stage.slug}.ipynb"]), files["README.txt"].decode(), files[f"{stage.slug}.py"].decode()]
    assert not OTHERS_WORDS.findall("\n".join(texts))
    assert "BEGIN SOLUTION" not in "\n".join(texts)
    assert [name for name in files if name.startswith("data/")] == (
        ["data/falls.csv"] if "measuring" in stage_id else []
    )
    installed = next(line for line in texts[1].splitlines() if "pip install" in line)
    assert ("pandas" in installed) is ("measuring" in stage_id)
    assert "scipy" not in installed


def solved_folder(stage: Stage, folder: Path) -> Path:
    """Unpack what students get, and solve the notebook and the script."""
    built, samples = samples_of(stage)
    zipfile.ZipFile(io.BytesIO(make_zip(built.student_files))).extractall(folder)
    (folder / f"{stage.slug}.ipynb").write_bytes(samples[0].as_notebook(built, stage))
    (folder / f"{stage.slug}.py").write_bytes(samples[0].as_script())
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("stage_id", STAGES)
def test_a_student_solves_the_notebook_and_the_script(root: Path, tmp_path: Path, stage_id: str) -> None:
    stage = next(one for one in stages_of(root) if one.id == stage_id)
    work = solved_folder(stage, tmp_path / "work")
    notebook = nbformat.reads((work / f"{stage.slug}.ipynb").read_text(encoding="utf-8"), as_version=4)
    NotebookClient(notebook, resources={"metadata": {"path": str(work)}}, timeout=180).execute()
    shown = [json.dumps(cell.outputs) for cell in notebook.cells if cell.source.startswith("grader.")]
    assert len(shown) == len(stage.questions) + 1
    assert all("all pass" in text for text in shown)
    assert f"Ready to hand in: {stage.slug}.ipynb" in shown[-1]
    done = subprocess.run([sys.executable, "check.py"], cwd=work, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"Ready to hand in: {stage.slug}.py" in done.stdout


@pytest.mark.slow
@pytest.mark.timeout(2400)
def test_the_course_goes_the_whole_way(root: Path, tmp_path: Path) -> None:
    told = run_capas("verify", "--quick", folder=root)
    assert "Everything behaves." in told
    run_capas("build", "--pdf", folder=root)
    for stage in stages_of(root):
        folder = root / "dist/en" / stage.id
        assert (folder / "handout.pdf").read_bytes().startswith(b"%PDF")
        write_class(stage, tmp_path / stage.id)
        run_capas("grade", stage.id, tmp_path / stage.id, "--out", tmp_path / "graded" / stage.id, folder=root)
        ours = scores(tmp_path / "graded" / stage.id)
        for file in sorted((tmp_path / stage.id).iterdir())[:3]:
            theirs = otter_run(file, folder / "autograder.zip")
            assert (theirs.error, theirs.total) == ("", ours[file.stem])
    run_capas("canvas", "package", folder=root)
    (package,) = (root / "dist/canvas").glob("*.imscc")
    assert "imsmanifest.xml" in read_zip(package.read_bytes())
    assert "student's page" in run_capas("demo", folder=root)
