"""The command line at its edges: files written, exit codes, and one line for a mistake."""

import csv
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from command import capas

from capas.bundle.build import Bundle

ROOT = Path(__file__).parents[2]
REFERENCE = (ROOT / "solutions/03_softmax/reference.py").read_text(encoding="utf-8")


def capas_process(*arguments: object, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run the command as a shell does, in a process of its own."""
    command = [sys.executable, "-m", "capas.cli", *map(str, arguments)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)


def told_in_one_line(done: subprocess.CompletedProcess[str], *words: str) -> None:
    assert done.returncode == 2, done.stdout + done.stderr
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("capas: ")
    for word in words:
        assert word in lines[0]


@pytest.fixture
def submissions(tmp_path: Path, built_softmax: Bundle) -> Path:
    folder = tmp_path / "submissions"
    folder.mkdir()
    (folder / "ana peña.py").write_text(REFERENCE, encoding="utf-8")
    (folder / "vacío.ipynb").write_bytes(b"")
    (folder / "stub.ipynb").write_bytes(built_softmax.student_files["softmax.ipynb"])
    with zipfile.ZipFile(folder / "zipped.zip", "w") as archive:
        archive.writestr("entrega/softmax.py", REFERENCE)
    return folder


def test_grade_writes_a_result_each_and_a_table(submissions: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = capas_process("grade", "03_softmax", submissions, "--out", out, "--workers", 2)
    assert done.returncode == 0, done.stderr
    assert sorted(path.stem for path in (out / "results").glob("*.json")) == ["ana_peña", "stub", "vacío", "zipped"]
    result = json.loads((out / "results/ana_peña.json").read_text(encoding="utf-8"))
    assert list(result)[:8] == ["submission", "file", "sha256", "stage", "status", "score", "points", "questions"]
    assert (result["score"], result["points"], result["status"]) == (20.0, 20.0, "graded")
    assert set(result["questions"][0]) == {"name", "score", "points", "carried_forward", "diagnosis", "cases"}
    assert set(result["questions"][0]["cases"][0]) == {
        "name",
        "hidden",
        "points",
        "passed",
        "kind",
        "message",
        "looks_at",
        "judged",
    }
    assert set(result["isolation"]) == {"level", "layers"}
    rows = list(csv.DictReader((out / "grades.csv").open(encoding="utf-8")))
    assert {row["submission"]: row["score"] for row in rows} == {
        "ana_peña": "20",
        "stub": "0",
        "vacío": "0",
        "zipped": "20",
    }
    unreadable = json.loads((out / "results/vacío.json").read_text(encoding="utf-8"))
    assert unreadable["status"] == "unreadable"
    assert "vacío" in unreadable["message"]
    assert [question["score"] for question in unreadable["questions"]] == [0, 0, 0, 0]


def test_a_zip_of_a_class_is_many_submissions(submissions: Path, tmp_path: Path) -> None:
    archive_path = tmp_path / "class.zip"
    with zipfile.ZipFile(archive_path, "w") as archive:
        for path in submissions.iterdir():
            archive.write(path, f"class/{path.name}")
    done = capas("grade", "03_softmax", archive_path, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "out/results").glob("*.json"))) == 4


def test_a_second_run_keeps_results_and_grades_what_changed(submissions: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    capas("grade", "03_softmax", submissions, "--out", out)
    kept, changed = out / "results/zipped.json", out / "results/ana_peña.json"
    before = kept.stat().st_ino, changed.read_bytes()
    (submissions / "ana peña.py").write_text(REFERENCE.replace("1.0", "0.0"), encoding="utf-8")
    capas("grade", "03_softmax", submissions, "--out", out)
    assert json.loads(changed.read_bytes())["score"] == 15
    assert kept.read_bytes() == (out / "results/zipped.json").read_bytes()
    (submissions / "ana peña.py").write_text(REFERENCE, encoding="utf-8")
    capas("grade", "03_softmax", submissions, "--out", out, "--fresh")
    assert changed.read_bytes() == before[1]


def test_check_shows_public_cases_only(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.py"
    wrong.write_text(REFERENCE.replace("axis=-1, keepdims=True)\n    # END", "axis=0, keepdims=True)\n    # END"))
    done = capas("check", "03_softmax", wrong)
    assert done.returncode == 1
    # By its number, as the student's own check counts it.
    assert "✘ Prueba 2: softmax(" in done.stdout
    assert "se esperaba" in done.stdout
    assert "large_values" not in done.stdout
    assert capas("check", "03_softmax", ROOT / "solutions/03_softmax/reference.py").returncode == 0


def test_feedback_language(tmp_path: Path) -> None:
    stub = tmp_path / "stub.py"
    stub.write_text("def softmax(a):\n    return a\n")
    assert "expected" in capas("check", "03_softmax", stub, "--lang", "en").stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["grade", "03_softmax", "nowhere", "--out", "OUT"], ["nowhere does not exist"]),
        (["grade", "03_softmax", "EMPTY", "--out", "OUT"], ["nothing to grade"]),
        (["grade", "99_none", "EMPTY", "--out", "OUT"], ["unknown stage '99_none'", "03_softmax"]),
        (["build", "99_none"], ["unknown stage"]),
        (["verify", "99_none"], ["unknown stage"]),
        (["build", "--lang", "fr"], ["no language 'fr'", "es, en"]),
        (["check", "03_softmax", "nowhere.py"], ["nowhere.py does not exist"]),
        (["build", "--course", "EMPTY"], ["no course.toml there"]),
    ],
)
def test_wrong_use_is_one_line_and_exit_code_2(tmp_path: Path, arguments: list[str], words: list[str]) -> None:
    (tmp_path / "empty").mkdir()
    places = {"OUT": str(tmp_path / "out"), "EMPTY": str(tmp_path / "empty")}
    told_in_one_line(capas(*[places.get(argument, argument) for argument in arguments]), *words)
    assert not (tmp_path / "out").exists()


def test_outside_a_course(tmp_path: Path) -> None:
    told_in_one_line(capas_process("build", folder=tmp_path), "no course.toml", "--course")


def test_a_broken_stage_leaves_what_was_built(small_course: Path) -> None:
    assert capas("build", "--lang", "es", folder=small_course).returncode == 0
    files = {path: path.read_bytes() for path in small_course.rglob("*") if path.is_file()}
    toml = small_course / "assignments/03_softmax/assignment.toml"
    toml.write_text("title = [", encoding="utf-8")
    told_in_one_line(capas("build", folder=small_course), "assignment.toml", "not valid TOML")
    assert {path: path.read_bytes() for path in files if path != toml} == {
        path: data for path, data in files.items() if path != toml
    }


def test_results_of_another_stage_are_not_mixed(submissions: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert capas("grade", "03_softmax", submissions, "--out", out).returncode == 0
    done = capas("grade", "02_activations", submissions, "--out", out)
    told_in_one_line(done, "holds results of 03_softmax; choose another --out for 02_activations")
    assert len(list((out / "results").glob("*.json"))) == 4


def test_one_more_file_adds_one_result_and_removing_is_asked_for(submissions: Path, tmp_path: Path) -> None:
    out, late = tmp_path / "out", tmp_path / "late.py"
    late.write_text(REFERENCE, encoding="utf-8")
    assert capas("grade", "03_softmax", submissions, "--out", out, "--feedback").returncode == 0
    assert capas("grade", "03_softmax", late, "--out", out, "--feedback").returncode == 0
    names = {"ana_peña", "late", "stub", "vacío", "zipped"}
    assert {path.stem for path in (out / "results").iterdir()} == names
    assert {path.stem for path in (out / "feedback").glob("*.html")} == names
    assert (out / "feedback/stub.ipynb").exists()
    rows = list(csv.DictReader((out / "grades.csv").open(encoding="utf-8")))
    assert {row["submission"] for row in rows} == names
    done = capas("grade", "03_softmax", late, "--out", out, "--prune")
    assert "--prune removes 4 results of submissions not given: ana_peña, stub, vacío, zipped" in done.stdout
    assert [path.name for path in (out / "results").iterdir()] == ["late.json"]
    assert [path.name for path in (out / "feedback").glob("*.html")] == ["late.html"]


def test_a_collection_with_nothing_to_grade_removes_nothing(submissions: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert capas("grade", "03_softmax", submissions / "stub.ipynb", "--out", out).returncode == 0
    with zipfile.ZipFile(tmp_path / "submissions.zip", "w") as archive:
        archive.writestr("garcia_4211_text.html", "hola")
        archive.writestr("lopez_4212_text.html", "hola")
    for prune in ((), ("--prune",)):
        done = capas("grade", "03_softmax", tmp_path / "submissions.zip", "--out", out, *prune)
        told_in_one_line(done, "nothing to grade in", "submissions.zip")
        assert [path.name for path in (out / "results").iterdir()] == ["stub.json"]


def test_results_of_questions_that_are_gone_are_told_in_one_line(small_course: Path, tmp_path: Path) -> None:
    (tmp_path / "ana.py").write_text(REFERENCE, encoding="utf-8")
    out = tmp_path / "out"
    assert capas("grade", "03_softmax", tmp_path / "ana.py", "--out", out, folder=small_course).returncode == 0
    toml = small_course / "assignments/03_softmax/assignment.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace('"predict"', '"foretell"'), encoding="utf-8")
    for name in (
        "assignments/03_softmax/tests/predict.py",
        "solutions/03_softmax/reference.py",
        "solutions/03_softmax/mistakes.py",
    ):
        path = small_course / name
        path.write_text(path.read_text(encoding="utf-8").replace("predict", "foretell"), encoding="utf-8")
    (small_course / "assignments/03_softmax/tests/predict.py").rename(
        small_course / "assignments/03_softmax/tests/foretell.py"
    )
    done = capas("report", out, folder=small_course)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    others, left = done.stderr.splitlines()
    assert others.startswith(f"capas: 1 of 1 results in {out} were graded with other cases")
    assert left.startswith(f"capas: the 1 results in {out} are not of the questions that 03_softmax has now")


def test_help_names_every_command() -> None:
    shown = capas_process("--help").stdout
    for command in ("build", "grade", "check", "verify", "demo"):
        assert command in shown


@pytest.mark.slow
def test_verify_without_otter_proves_the_stage(quick_course: Path, tmp_path: Path) -> None:
    done = capas("verify", "03_softmax", "--no-otter", "--json", tmp_path / "proof.json", folder=quick_course)
    assert done.returncode == 0, done.stdout
    (proof,) = json.loads((tmp_path / "proof.json").read_bytes())
    assert proof["problems"] == []
    assert len(proof["questions"]) == 4


@pytest.mark.slow
def test_verify_tells_what_the_cases_judge_wrongly(quick_course: Path) -> None:
    solutions = quick_course / "solutions/03_softmax"
    with (solutions / "mistakes.py").open("a", encoding="utf-8") as file:
        file.write('\n\n@mistake("predict", es="x", en="x")\ndef harmless(p):\n    return np.argmax(p, axis=-1)\n')
    with (solutions / "alternatives.py").open("a", encoding="utf-8") as file:
        file.write('\n\n@alternative("predict")\ndef wrong(p):\n    return np.argmin(p, axis=-1)\n')
    done = capas("verify", "03_softmax", "--no-otter", folder=quick_course)
    assert done.returncode == 1
    assert re.search(r"mistake harmless \(\.\w+, es\): not caught by `predict`", done.stdout), done.stdout
    assert re.search(r"alternative wrong \(\.\w+, es\): fails `predict`", done.stdout), done.stdout


@pytest.mark.slow
def test_demo_goes_the_whole_way(tmp_path: Path) -> None:
    done = capas_process("demo", "--out", tmp_path / "demo")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Try next" in done.stdout
    told_in_one_line(capas("demo", "--out", tmp_path), "choose another --out")
