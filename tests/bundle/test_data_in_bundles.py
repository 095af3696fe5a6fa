"""A stage with a data file, the whole way: what students get, what they see, what grades it."""

import json
import subprocess
import sys
from pathlib import Path

import msgspec
import nbformat
import pytest
from command import capas
from data_course import RIGHT, WRONG, make_data_course, rows
from nbclient import NotebookClient

from capas.bundle.build import Bundle, build_stage
from capas.bundle.problems import ProblemsFound
from capas.bundle.zip import make_zip, read_zip
from capas.canvas.description import make_page
from capas.course.model import Stage, load_course
from capas.grading.maker import StageGraders
from capas.sandbox import Zygote
from capas.submission import Code, Submission
from capas.verify.otter_run import otter_run
from capas.verify.proof import verify_stage
from capas.verify.watch import StageWatch, changed_files

NAME = "data/falls.csv"


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return make_data_course(tmp_path_factory.mktemp("physics"))


@pytest.fixture(scope="module")
def built(stage: Stage) -> Bundle:
    return build_stage(stage, "en")


def unpacked(built: Bundle, folder: Path, script: str, without: str = "") -> Path:
    """Unzip what a student gets into ``folder``, with ``script`` as the answer."""
    for name, data in (built.student_files | {"falling.py": script.encode()}).items():
        if not without or not name.startswith(without):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
    return folder


def check(folder: Path) -> str:
    command = [sys.executable, str(folder / "check.py")]
    return subprocess.run(command, cwd="/", capture_output=True, text=True, check=False).stdout


def test_zips_and_page_hold_the_file_under_its_name(stage: Stage, built: Bundle) -> None:
    assert built.student_files[NAME].decode() == rows()
    assert read_zip(built.autograder)[f"files/{NAME}"].decode() == rows()
    page = make_page(load_course(stage.root), stage, built, pdf=False)
    assert read_zip(page.files["falling.zip"])[NAME].decode() == rows()
    assert "In Colab" in page.text


def test_all_that_students_read_tells_of_it(built: Bundle) -> None:
    assert f"such as {NAME}" in built.student_files["README.txt"].decode()
    assert f"reads `{NAME}`" in built.student_files["falling.ipynb"].decode()


def test_a_script_is_checked_from_any_folder(built: Bundle, tmp_path: Path) -> None:
    told = check(unpacked(built, tmp_path, RIGHT))
    assert "Ready to hand in" in told, told
    assert "not here" not in told


def test_a_mistake_is_known_by_what_the_file_says(built: Bundle, tmp_path: Path) -> None:
    assert "You took the column of times." in check(unpacked(built, tmp_path, WRONG))


def test_a_file_that_is_missing_is_said_with_what_to_do(built: Bundle, tmp_path: Path) -> None:
    told = check(unpacked(built, tmp_path, RIGHT, without="data/"))
    assert f"are not here: {NAME}. Take the folder data" in told


def answered(built: Bundle) -> nbformat.NotebookNode:
    notebook = nbformat.reads(built.student_files["falling.ipynb"].decode(), as_version=4)
    stubs = [cell for cell in notebook.cells if cell.metadata.get("capas", {}).get("role") == "stub"]
    stubs[0].source, stubs[1].source = RIGHT.replace("ALL = ", "all_rows = "), ""
    return notebook


def run(notebook: nbformat.NotebookNode, folder: Path) -> str:
    nbformat.write(notebook, folder / "falling.ipynb")
    NotebookClient(notebook, resources={"metadata": {"path": str(folder)}}, timeout=120).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return "\n".join(output.get("text", "") + output.get("data", {}).get("text/plain", "") for output in outputs)


@pytest.mark.slow
def test_the_notebook_passes_where_it_was_unzipped(built: Bundle, tmp_path: Path) -> None:
    told = run(answered(built), unpacked(built, tmp_path, RIGHT))
    assert "Ready to hand in: falling.ipynb" in told, told
    assert "not here" not in told


@pytest.mark.slow
def test_a_notebook_alone_says_what_to_upload(built: Bundle, tmp_path: Path) -> None:
    notebook = nbformat.reads(built.student_files["falling.ipynb"].decode(), as_version=4)
    assert f"are not here: {NAME}" in run(notebook, tmp_path)


def scores(folder: Path) -> dict[str, tuple[float, str]]:
    results = [json.loads(path.read_text(encoding="utf-8")) for path in (folder / "results").glob("*.json")]
    return {one["submission"]: (one["score"], one.get("message", "")) for one in results}


def handed_in(folder: Path, built: Bundle) -> dict[str, tuple[Path, float]]:
    """Write submissions; return each with the points that it deserves."""
    folder.mkdir()
    changed = (built.student_files | {NAME: b"t,height\n0,1\n"} | {"falling.py": RIGHT.encode()}).items()
    own = RIGHT.replace("data/falls.csv", "data/own.csv").encode()
    files = {
        "right.py": (RIGHT.encode(), 10.0),
        "wrong.py": (WRONG.encode(), 5.0),
        "changed.zip": (make_zip({f"02_falling/{name}": data for name, data in changed}), 10.0),
        "own.zip": (make_zip({"a/falling.py": own, "a/data/own.csv": rows().encode()}), 10.0),
    }
    for name, (data, _) in files.items():
        (folder / name).write_bytes(data)
    return {name.partition(".")[0]: (folder / name, score) for name, (_, score) in files.items()}


def test_capas_grades_with_the_course_own_file(stage: Stage, built: Bundle, tmp_path: Path) -> None:
    files = handed_in(tmp_path / "in", built)
    done = capas("grade", "02_falling", tmp_path / "in", "--out", tmp_path / "out", folder=stage.root)
    assert done.returncode == 0, done.stderr
    graded = scores(tmp_path / "out")
    assert {id_: score for id_, (score, _) in graded.items()} == {id_: score for id_, (_, score) in files.items()}
    assert f"handed in changed: {NAME}" in graded["changed"][1]
    assert not graded["right"][1]
    checked = capas("check", "02_falling", tmp_path / "in" / "right.py", folder=stage.root)
    assert checked.returncode == 0, checked.stdout


@pytest.mark.slow
def test_otter_gives_the_same_points(built: Bundle, tmp_path: Path) -> None:
    (tmp_path / "autograder.zip").write_bytes(built.autograder)
    for path, score in handed_in(tmp_path / "in", built).values():
        if path.suffix == ".py":  # Otter takes no zips
            told = otter_run(path, tmp_path / "autograder.zip")
            assert (told.error, told.total) == ("", score)


def test_what_is_wrong_with_a_data_file_is_said_before_anything_is_built(tmp_path: Path) -> None:
    stage = make_data_course(tmp_path)
    (stage.assignment / "data" / "helpers.py").write_text("x = 1\n")
    with pytest.raises(ProblemsFound, match=r"helpers\.py: is code.*in the reference"):
        build_stage(stage, "en")


def test_another_machine_grades_with_the_file_that_is_sent_along(stage: Stage) -> None:
    packed = StageGraders(stage, "en").pack()
    sent = msgspec.structs.replace(packed, stage=msgspec.structs.replace(packed.stage, root=Path("/nowhere")))
    with Zygote(stage.limits) as zygote:
        grader = sent.grader(zygote)
        scores = [grader.grade(Submission("a", "a.py", "", Code([source]))) for source in (RIGHT, WRONG)]
    assert [result.score for result in scores] == [10, 5]
    assert scores[1].questions[0].diagnosis == "takes_times"


def test_a_stage_that_is_being_written_is_looked_at_again_when_its_data_change(tmp_path: Path) -> None:
    stage = make_data_course(tmp_path)
    watch = StageWatch(tmp_path, stage.id, "en")
    try:
        assert watch.look().wrong == []
        before = watch.files()
        (stage.assignment / NAME).write_text(rows().replace("20.0000", "90.0000"), encoding="utf-8")
        assert changed_files(before, watch.files()) == [stage.assignment / NAME]
        assert any("mean_height: reference: fails `example`" in told for told in watch.look().wrong)
    finally:
        watch.close()


@pytest.mark.slow
def test_all_who_judge_agree(stage: Stage) -> None:
    report = verify_stage(stage, "en", 2)
    assert report.problems == []
    assert report.compared > 0
