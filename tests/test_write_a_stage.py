"""The hour of `docs/write-a-stage.md`: its files and commands do what it says, outside of this checkout."""

import csv
import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from command import capas
from written_stage import DOCUMENT, grades, steps

from capas.bundle.zip import read_zip
from capas.course.model import load_course
from capas.verify.otter_run import otter_run

ROOT = Path(__file__).parents[1]
# The first stands for any way of installing; `test_watch.py` stays and watches.
ELSEWHERE = {"pip install capas", "capas verify 01_falling --watch"}
SLOW = {"capas verify", "capas build --pdf", "otter run -a dist/en/01_falling/autograder.zip submissions/ben.py"}


def write(root: Path, file: str, text: str) -> None:
    (root / file).parent.mkdir(parents=True, exist_ok=True)
    (root / file).write_text(text, encoding="utf-8")


def assert_grades(folder: Path) -> None:
    with (folder / "grades.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["submission"]: row for row in csv.DictReader(file)}
    assert grades().keys() == rows.keys() == {"ada", "ben", "cora"}
    for name, (mean_speed, fall_time, all_) in grades().items():
        told = {key: float(rows[name][key]) for key in ("mean_speed", "fall_time", "score")}
        assert told == {"mean_speed": mean_speed, "fall_time": fall_time, "score": all_}
    page = (folder / "feedback" / "ben.html").read_text(encoding="utf-8")
    assert "You left out the root" in page
    assert "Open the hints of “How long it falls”" in page
    assert "Mean speed” in the assignment, one" not in page  # where there are none, nobody is sent to them
    assert "You left out the root" in (folder / "report.html").read_text(encoding="utf-8")


def test_each_step_of_the_hour_does_what_it_says(tmp_path: Path) -> None:
    here = tmp_path
    for file, text in steps():
        if file:
            write(here, file, text)
        elif text.startswith("cd "):
            here /= text.removeprefix("cd ")
        elif text not in ELSEWHERE | SLOW and "canvas" not in text:
            done = capas(*text.split()[1:], folder=here)
            assert (done.returncode, done.stderr) == (0, ""), f"{text}: {done.stdout}{done.stderr}"
    assert load_course(here).title == {"en": "Physics"}
    assert_grades(here / "graded")


def test_what_the_hour_leaves_out_is_tested_here() -> None:
    typed = {text for file, text in steps() if not file}
    assert typed >= ELSEWHERE | SLOW
    assert "capas demo" in DOCUMENT.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment with the wheel of this checkout, and libraries as they are here; returns its variables."""
    folder = tmp_path_factory.mktemp("installed")
    wheel = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(ROOT)]
    made = subprocess.run(wheel, capture_output=True, text=True, check=False)
    if made.returncode:
        pytest.skip(f"pip makes no wheel here: {(made.stderr.strip() or 'it does not say why').splitlines()[-1]}")
    (file,) = folder.glob("capas-*.whl")
    environment = folder / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(environment)], check=True)
    (site,) = environment.glob("lib/python*/site-packages")
    # The libraries, without the checkout that is installed beside them.
    libraries = [path for path in sys.path if path.endswith("site-packages")]
    (site / "libraries.pth").write_text("\n".join(libraries), encoding="utf-8")
    into = ["--quiet", "--no-deps", "--no-index", "--ignore-installed", "--no-warn-script-location"]
    pip = [sys.executable, "-m", "pip", "--python", str(environment / "bin/python"), "install", *into, str(file)]
    subprocess.run(pip, check=True, capture_output=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "CANVAS_", "VIRTUAL"))}
    return kept | {"PATH": f"{environment / 'bin'}{os.pathsep}{kept['PATH']}"}


def run(command: str, folder: Path, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, shell=True, cwd=folder, capture_output=True, text=True, env=environment, timeout=600, check=False
    )


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="commands are typed for a Unix shell")
def test_a_course_of_ones_own_goes_the_whole_way_from_an_installed_wheel(
    tmp_path: Path, installed: dict[str, str]
) -> None:
    where = run(
        "python -c 'import capas, capas_check; print(capas.__file__, capas_check.__file__)'", tmp_path, installed
    )
    assert where.stdout.count("/environment/lib/") == 2, where
    root = tmp_path / "physics"
    for file, text in steps():
        if file:
            write(root, file, text)
        elif text not in ELSEWHERE and not text.startswith("cd "):
            # Of Otter there is the module only, among the libraries.
            typed = text.replace("otter run", "python -m otter run")
            done = run(typed, root if root.is_dir() else tmp_path, installed)
            assert done.returncode == 0, f"{text}: {done.stdout}{done.stderr}"
            # A kernel that ends may write to it, too.
            assert "capas: " not in done.stderr, f"{text}: {done.stderr}"
    assert_grades(root / "graded")
    assert (root / "dist/en/01_falling/handout.pdf").read_bytes().startswith(b"%PDF")
    assert "imsmanifest.xml" in read_zip((root / "dist/canvas/physics.en.imscc").read_bytes())
    for name, (*_, all_) in grades().items():
        score = otter_run(root / "submissions" / f"{name}.py", root / "dist/en/01_falling/autograder.zip")
        assert (score.error, score.total) == ("", all_)
    assert_english(root)


def assert_english(root: Path) -> None:
    """What students get has a word in no other language: neither of ours nor of the kit's."""
    files = read_zip((root / "dist/en/01_falling/student.zip").read_bytes())
    notebook = json.loads(files["falling.ipynb"])
    text = "".join("".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "markdown")
    text += files["falling.py"].decode() + files["README.txt"].decode()
    text += re.sub(r"<style.*?</style>", "", (root / "graded/feedback/ben.html").read_text(encoding="utf-8"))
    assert not set(re.findall(r"[¿¡ñáéíóú]", text))
    assert not [name for name in files if re.search(r"\bes\b", name)]
