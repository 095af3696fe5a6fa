"""What a submission may import, at the command line: told before grading, shown by the doctor."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from command import capas
from rich.console import Console

from capas.cli import doctor
from capas.sandbox import Limits, Zygote

SCIPY = "from scipy import special\n\ndef softmax(a):\n    return special.softmax(a, axis=-1)\n"


def name_libraries(root: Path, *names: str) -> None:
    path = root / "course.toml"
    lines = path.read_text(encoding="utf-8").splitlines()
    (at,) = [number for number, line in enumerate(lines) if line.startswith("libraries")]
    lines[at] = f"libraries = {json.dumps(names)}"
    path.write_text("\n".join(lines), encoding="utf-8")


def test_what_scipy_gives_is_graded_as_any_other_answer(small_course: Path) -> None:
    (small_course / "ana.py").write_text(SCIPY, encoding="utf-8")
    done = capas("grade", "03_softmax", "ana.py", "--out", "out", "--workers", "1", folder=small_course)
    assert done.returncode == 0, done.stderr
    result = json.loads((small_course / "out/results/ana.json").read_text(encoding="utf-8"))
    softmax = next(question for question in result["questions"] if question["name"] == "softmax")
    assert softmax["score"] == softmax["points"]


@pytest.mark.parametrize("command", [["grade", "--out", "out"], ["check"]])
def test_a_library_that_is_missing_is_told_before_anything_is_graded(small_course: Path, command: list[str]) -> None:
    name_libraries(small_course, "numpy", "no-such-library>=2")
    (small_course / "ana.py").write_text(SCIPY, encoding="utf-8")
    done = capas(command[0], "03_softmax", "ana.py", *command[1:], folder=small_course)
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert "course.toml lets submissions import no-such-library>=2 (not installed here)" in line
    assert line.endswith("run: python -m pip install 'no-such-library>=2'")
    assert not (small_course / "out").exists()


def test_the_doctor_shows_each_library_with_its_version(small_course: Path) -> None:
    done = capas("doctor", folder=small_course)
    assert done.returncode == 0, done.stderr
    for name in ("numpy", "scipy", "matplotlib", "pandas"):
        assert f"✔ {name} " in done.stdout
    name_libraries(small_course, "numpy>=999", "no-such-library")
    done = capas("doctor", folder=small_course)
    assert done.returncode == 1
    assert "✘ numpy>=999: " in done.stdout
    assert "✘ no-such-library: is not installed; run: python -m pip install no-such-library" in done.stdout
    assert "scipy" not in done.stdout


def test_the_doctor_works_where_there_is_no_course(tmp_path: Path) -> None:
    done = capas("doctor", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "✔ pandas " in done.stdout


def doctor_process(folder: Path, site: Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "capas.cli", "doctor"]
    environment = os.environ | {"PYTHONPATH": str(site)}
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, env=environment, check=False)


def test_the_doctor_tells_of_a_library_that_student_code_cannot_import(small_course: Path, tmp_path: Path) -> None:
    # Installed for the teacher's own Python only: a sandbox, which has nothing of the caller's, does not find it.
    site = tmp_path / "site"
    (site / "ghost-1.0.dist-info").mkdir(parents=True)
    (site / "ghost-1.0.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: ghost\nVersion: 1.0\n")
    (site / "ghost.py").write_text("")
    name_libraries(small_course, "numpy", "ghost")
    done = doctor_process(small_course, site)
    assert done.returncode == 1
    assert "✘ ghost: 1.0 is installed, and a sandbox cannot import ghost: ModuleNotFoundError" in done.stdout


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("time; time.sleep(60)", "it takes longer than a cell may"),
        ("signal, time; signal.pthread_sigmask(0, range(1, 64)); time.sleep(60)", "it takes longer than a cell may"),
        ("os; os._exit(3)", "its process ends"),
    ],
)
def test_the_doctor_tells_of_an_import_that_hangs_or_crashes(
    zygote: Zygote, monkeypatch: pytest.MonkeyPatch, statement: str, told: str
) -> None:
    monkeypatch.setattr(doctor, "module_names", lambda requirement: [statement])
    shown = io.StringIO()
    limits = Limits(cell_seconds=1.0, load_seconds=2.0)
    assert not doctor.show_libraries(Console(file=shown, width=200), ["numpy"], zygote, limits)
    assert "✘ numpy: " in shown.getvalue()
    assert told in shown.getvalue()


OTHERS = """import os, seaborn as sns
from sklearn import svm
import matplotlib.pyplot as plt
from mpl_toolkits import mplot3d
from IPython.display import display
def plot():
    from torch import nn
"""


def test_check_says_which_libraries_are_not_there_where_it_is_graded(small_course: Path) -> None:
    broken = "import jax\ndef softmax(a)\n"
    cells = [{"cell_type": "code", "source": text, "metadata": {}, "outputs": []} for text in (OTHERS, broken)]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (small_course / "ana.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    done = capas("check", "03_softmax", "ana.ipynb", "--lang", "en", folder=small_course)
    told = "is not among the libraries there are where this is graded: numpy, scipy, matplotlib, pandas."
    assert done.stderr == ""
    assert [line for line in done.stdout.splitlines() if told in line] == [
        f"`{name}` {told}" for name in ("jax", "seaborn", "sklearn", "torch")
    ]
    name_libraries(small_course, "numpy", "matplotlib")
    (small_course / "ana.ipynb").write_text(json.dumps(notebook).replace("seaborn", "scipy"), encoding="utf-8")
    done = capas("check", "03_softmax", "ana.ipynb", folder=small_course)
    assert "`scipy` no está entre las bibliotecas que hay donde se califica: numpy, matplotlib." in done.stdout


def test_a_right_answer_with_another_library_in_it_passes_its_check(small_course: Path) -> None:
    reference = (small_course / "solutions/03_softmax/reference.py").read_text(encoding="utf-8")
    (small_course / "ana.py").write_text(reference + "\ntry:\n    import seaborn\nexcept ImportError:\n    pass\n")
    done = capas("check", "03_softmax", "ana.py", "--lang", "en", folder=small_course)
    assert done.returncode == 0, done.stderr
    assert "`seaborn` is not among" in done.stdout
