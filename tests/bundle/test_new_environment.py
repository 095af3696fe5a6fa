"""What students get works at once in a Python that has nothing else, as VS Code makes it, and without the net."""

import io
import json
import os
import shutil
import subprocess
import venv
import zipfile
from pathlib import Path

import nbformat
import pytest
from build_once import Build
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import run_sync
from nbclient import NotebookClient

from capas.bundle.zip import make_zip
from capas.course.model import Course, Stage
from capas.course.solutions import Solutions
from capas.submission import OWN_CELL
from capas.verify.samples import make_samples

SECONDS = 300
KERNEL = "new_environment"


def python_of(environment: Path) -> Path:
    return environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def run(command: list[str], folder: Path) -> "subprocess.CompletedProcess[str]":
    # Of our own environment nothing may be found.
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "JUPYTER"))}
    return subprocess.run(
        command, cwd=folder, capture_output=True, encoding="utf-8", env=environment | {"PYTHONUTF8": "1"}, check=False
    )


@pytest.fixture(scope="module")
def bare_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    environment = tmp_path_factory.mktemp("bare")
    venv.create(environment, with_pip=False)
    return python_of(environment)


@pytest.fixture(scope="module")
def new_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python with a kernel, NumPy and Matplotlib, and what these bring."""
    environment = tmp_path_factory.mktemp("new")
    venv.create(environment, with_pip=True)
    python = python_of(environment)
    done = run([str(python), "-m", "pip", "install", "--quiet", "ipykernel", "numpy", "matplotlib"], environment)
    if done.returncode:
        pytest.skip(f"pip installs nothing here: {(done.stderr.strip() or 'it does not say why').splitlines()[-1]}")
    ours = "import importlib.util as u; print([n for n in ('capas', 'capas_check', 'otter', 'yaml') if u.find_spec(n)])"
    assert run([str(python), "-c", ours], environment).stdout == "[]\n"
    return python


def without_net() -> list[str]:
    """Return what a command begins with to be run without the net, nothing where this machine cannot do that."""
    for command in (["unshare", "-n"], ["unshare", "-rn"]):
        if (
            shutil.which(command[0])
            and subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0
        ):
            return command
    return []


def make_kernel(python: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncKernelManager:
    """Return a kernel of ``python`` without the net; it talks through files, which need none."""
    specification = folder / "jupyter" / "kernels" / KERNEL
    specification.mkdir(parents=True)
    command = [*without_net(), str(python), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    (specification / "kernel.json").write_text(
        json.dumps({"argv": command, "display_name": KERNEL, "language": "python"}), encoding="utf-8"
    )
    monkeypatch.setenv("JUPYTER_PATH", str(folder / "jupyter"))
    for name in ("PYTHONPATH", "MPLBACKEND"):
        monkeypatch.delenv(name, raising=False)
    return AsyncKernelManager(kernel_name=KERNEL, transport="ipc", ip=str(folder / "kernel"))


def shown_by(cell: nbformat.NotebookNode) -> str:
    return "".join(
        output.get("text", "") + output.get("data", {}).get("text/html", output.get("data", {}).get("text/plain", ""))
        for output in cell.get("outputs", [])
    )


def run_notebook(
    stage: Stage, build: Build, language: str, python: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> list[tuple[str, str]]:
    """Unpack what students get, put the sample of a ``kind`` into its notebook and run it to its last cell.

    Returns the role of each cell of code and what it shows.
    """
    built = build(stage, language)
    work = folder / "work"
    zipfile.ZipFile(io.BytesIO(make_zip(built.student_files))).extractall(work)
    sample = next(sample for sample in make_samples(stage, Solutions(stage), built) if sample.kind == kind)
    notebook = nbformat.reads(sample.as_notebook(built, stage).decode(), as_version=4)
    manager = make_kernel(python, folder, monkeypatch)
    nbformat.write(notebook, work / f"{stage.slug}.ipynb")
    client = NotebookClient(notebook, km=manager, resources={"metadata": {"path": str(work)}}, timeout=SECONDS)
    try:
        client.execute()
    finally:
        run_sync(manager.shutdown_kernel)(now=True)  # a kernel that was given to the client is not ended by it
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return [(cell.metadata[OWN_CELL].get("role", ""), shown_by(cell)) for cell in code]


TOLD = {
    "es": ("Todo listo", "pasan todas", "todavía no está listo para entregar"),
    "en": ("All set", "all pass", "not ready to hand in yet"),
}

HAND_IN = {"es": "Listo para entregar", "en": "Ready to hand in"}


@pytest.mark.slow
@pytest.mark.parametrize(("number", "language"), [(0, "es"), (1, "es"), (2, "es"), (2, "en"), (3, "es"), (4, "es")])
def test_a_solved_notebook_runs_to_its_last_cell(
    course: Course,
    build: Build,
    new_python: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    language: str,
) -> None:
    stage = course.stages[number]
    shown = run_notebook(stage, build, language, new_python, tmp_path, monkeypatch, "reference")
    ready, all_pass, _not_ready = TOLD[language]
    checks = [text for role, text in shown if role == "check"]
    assert ready in shown[0][1]
    assert len(checks) == len(stage.questions)
    assert all(all_pass in text for text in checks)
    assert f"{HAND_IN[language]}: {stage.slug}.ipynb" in shown[-1][1]
    drawn = [text for role, text in shown if role == "figure"]
    assert sum("data:image/png;base64," in text for text in drawn) == len(stage.drawings)


@pytest.mark.slow
def test_an_untouched_notebook_runs_to_its_last_cell(
    softmax: Stage, build: Build, new_python: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = run_notebook(softmax, build, "es", new_python, tmp_path, monkeypatch, "stub")
    assert TOLD["es"][0] in shown[0][1]
    assert all("sin empezar" in text for role, text in shown if role == "check")
    assert TOLD["es"][2] in shown[-1][1]


@pytest.mark.slow
def test_check_py_needs_numpy_and_nothing_else(softmax: Stage, build: Build, new_python: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(io.BytesIO(make_zip(build(softmax, "es").student_files))).extractall(tmp_path)
    (tmp_path / f"{softmax.slug}.py").write_text(Solutions(softmax).reference_source, encoding="utf-8")
    done = run([*without_net(), str(new_python), "check.py"], tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("pasan todas (") == 2 * len(softmax.questions)  # each in its check and in the summary


@pytest.mark.parametrize(
    ("language", "install"), [("es", "ejecuta %pip install numpy en otra celda"), ("en", "run %pip install numpy in a")]
)
def test_without_numpy_the_first_cell_and_check_py_say_what_to_install(
    softmax: Stage, build: Build, bare_python: Path, tmp_path: Path, language: str, install: str
) -> None:
    built = build(softmax, language)
    zipfile.ZipFile(io.BytesIO(make_zip(built.student_files))).extractall(tmp_path)
    notebook = nbformat.reads(built.student_files[f"{softmax.slug}.ipynb"].decode(), as_version=4)
    first = next(cell.source for cell in notebook.cells if cell.cell_type == "code")
    for folder in (tmp_path, tmp_path / "alone"):  # with the folder of the checks beside it, and without
        folder.mkdir(exist_ok=True)
        (folder / "first_cell.py").write_text(first, encoding="utf-8")
        done = run([str(bare_python), "first_cell.py"], folder)
        assert (done.returncode, done.stderr) == (0, "")
        assert install in done.stdout
    done = run([str(bare_python), "check.py"], tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.endswith(": pip install numpy\n")
    assert done.stderr.count("\n") == 1
