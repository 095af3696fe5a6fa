"""The table of docs/handing-in.md: each row is a file that is graded here, and costs what the row says."""

import ast
import csv
import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from capas.bundle.build import Bundle
from capas.course.model import Stage

DOCUMENT = Path(__file__).parents[1] / "docs" / "handing-in.md"
ROW = re.compile(r"^\|(?P<what>[^|]+)\| (?P<cost>nothing|its question|all) \| `(?P<file>[^`]+)` \|$", re.MULTILINE)
SPOILED = "softmax_twin"
"""The question that costs its points where a row says "its question"; no other function needs it."""


class Answers:
    """Right answers of a stage, and the notebook that students get, for files to be made of."""

    def __init__(self, stage: Stage, built: Bundle):
        source = (stage.solutions / "reference.py").read_text(encoding="utf-8")
        nodes = [node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)]
        for node in nodes:
            del node.body[0]  # docstrings have signs that an old code page lacks
            node.returns = None  # students' stubs have no annotations, nor what those import
            for argument in node.args.args:
                argument.annotation = None
        self.functions = {node.name: ast.unparse(node) + "\n" for node in nodes}
        self.handed_out = built.student_files

    def script(self, before: str = "", after: str = "", **changed: str) -> str:
        """Return a `.py` with all functions, some ``changed``."""
        return "\n\n".join(["import numpy as np\n" + before, *(self.functions | changed).values(), after])

    def notebook(self, **changed: str) -> dict[str, Any]:
        """Return the notebook with each function in the cell of its stub."""
        notebook = json.loads(self.handed_out["softmax.ipynb"])
        for cell in notebook["cells"]:
            own = cell["metadata"].get("capas", {})
            if own.get("role") == "stub":
                cell["source"] = (self.functions | changed)[own["name"]]
        return notebook

    def with_cell(self, source: str) -> dict[str, Any]:
        """Return the notebook with a cell of the student's own after the first function."""
        notebook = self.notebook()
        at = next(at for at, cell in enumerate(notebook["cells"]) if str(cell["source"]).startswith("def softmax("))
        notebook["cells"].insert(at + 1, code(source))
        return notebook

    def without(self, role: str) -> dict[str, Any]:
        """Return the notebook without the kit's own cells of a ``role``."""
        notebook = self.notebook()
        notebook["cells"] = [
            cell for cell in notebook["cells"] if cell["metadata"].get("capas", {}).get("role") != role
        ]
        return notebook


def code(source: str) -> dict[str, Any]:
    return {"cell_type": "code", "id": "own", "metadata": {}, "outputs": [], "execution_count": 7, "source": source}


def as_bytes(notebook: dict[str, Any]) -> bytes:
    return json.dumps(notebook).encode()


def zipped(files: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def with_outputs(notebook: dict[str, Any]) -> bytes:
    output = {"output_type": "stream", "name": "stdout", "text": "y" * 5_000_000}
    return as_bytes(notebook | {"cells": [*notebook["cells"], code("print('y' * 5_000_000)") | {"outputs": [output]}]})


def merged_check(notebook: dict[str, Any]) -> bytes:
    cell = next(cell for cell in notebook["cells"] if str(cell["source"]).startswith("def softmax("))
    cell["source"] += '\ngrader.check("softmax")\n'
    return as_bytes(notebook)


def untagged(notebook: dict[str, Any]) -> bytes:
    return as_bytes(notebook | {"cells": [cell | {"metadata": {}} for cell in notebook["cells"]]})


FILES: dict[str, Callable[[Answers], bytes]] = {
    "Copia de softmax (1).ipynb": lambda a: as_bytes(a.notebook()),
    "printed_5_MB.ipynb": lambda a: with_outputs(a.notebook()),
    "utf_16.py": lambda a: a.script().encode("utf-16"),
    "windows_1252.py": lambda a: a.script("# «función»\n").encode("cp1252"),
    "notebook.txt": lambda a: as_bytes(a.notebook()),
    "notebook_without_ending": lambda a: as_bytes(a.notebook()),
    "notebook_named.py": lambda a: as_bytes(a.notebook()),
    "script_named.ipynb": lambda a: a.script().encode(),
    "mac.zip": lambda a: zipped({"softmax.ipynb": as_bytes(a.notebook()), "__MACOSX/._softmax.ipynb": b"\0\5"}),
    "zip_in_a.zip": lambda a: zipped({"work.zip": zipped({"softmax.py": a.script().encode()})}),
    "whole_folder.zip": lambda a: zipped(
        {f"03_softmax/{name}": data for name, data in (a.handed_out | {"softmax.py": a.script().encode()}).items()}
    ),
    "own_module.zip": lambda a: zipped(
        {"softmax.py": a.script("from helpers import one\n").encode(), "helpers.py": b"one = 1\n"}
    ),
    "no_import_cell.ipynb": lambda a: as_bytes(a.without("given")),
    "no_start_cell.ipynb": lambda a: as_bytes(a.without("start")),
    "check_in_the_answer.ipynb": lambda a: merged_check(a.notebook()),
    "lost_tags.ipynb": lambda a: untagged(a.notebook()),
    "scratch_fails.ipynb": lambda a: as_bytes(a.with_cell("np.loadtxt('mine.csv')")),
    "scratch_never_ends.ipynb": lambda a: as_bytes(a.with_cell("while True:\n    pass")),
    "scratch_asks.ipynb": lambda a: as_bytes(a.with_cell("x = input('x = ')")),
    "scratch_leaves.ipynb": lambda a: as_bytes(a.with_cell("import sys\nsys.exit()")),
    "scratch_cannot_be_read.ipynb": lambda a: as_bytes(a.with_cell("for i in range(3)\n    print(i)")),
    "scratch_imports_seaborn.ipynb": lambda a: as_bytes(a.with_cell("import seaborn as sns")),
    "magics.ipynb": lambda a: as_bytes(a.with_cell("%matplotlib inline\n!pip install rich")),
    "scipy.ipynb": lambda a: as_bytes(
        a.notebook(softmax="from scipy import special\ndef softmax(a):\n    return special.softmax(a, axis=-1)\n")
    ),
    "main_program.py": lambda a: a.script(after="if __name__ == '__main__':\n    input()\n    1 / 0\n").encode(),
    "asks_at_the_start.py": lambda a: a.script("n = input('n = ')\n").encode(),
    "missing_colon.py": lambda a: a.script(**{SPOILED: "def softmax_twin(a)\n    return a + 1\n"}).encode(),
    "missing_colon.ipynb": lambda a: as_bytes(a.notebook(**{SPOILED: "def softmax_twin(a)\n    return a + 1\n"})),
    "needs_torch.ipynb": lambda a: as_bytes(
        a.notebook(**{SPOILED: "import torch\ndef softmax_twin(a):\n    return torch.tensor(a) + 1\n"})
    ),
    "never_returns.ipynb": lambda a: as_bytes(
        a.notebook(**{SPOILED: "def softmax_twin(a):\n    while True:\n        pass\n"})
    ),
    "another_name.ipynb": lambda a: as_bytes(a.notebook(**{SPOILED: "def twin(a):\n    return np.asarray(a) + 1\n"})),
    "prints.ipynb": lambda a: as_bytes(a.notebook(**{SPOILED: "def softmax_twin(a):\n    print(np.asarray(a) + 1)\n"})),
    "as_it_was_handed_out.ipynb": lambda a: a.handed_out["softmax.ipynb"],
    "cut_off.ipynb": lambda a: as_bytes(a.notebook())[:20_000],
    "empty.ipynb": lambda _: b"",
    "page_of_a_drive.ipynb": lambda _: b"<!DOCTYPE html><html><title>softmax.ipynb</title></html>",
    "check.py": lambda a: a.handed_out["check.py"],
    "printed.pdf": lambda _: b"%PDF-1.7\n",
}


@pytest.fixture(scope="module")
def scores(softmax: Stage, built_softmax: Bundle, tmp_path_factory: pytest.TempPathFactory) -> dict[str, float]:
    """Return the score of each file, all graded as a class is."""
    folder = tmp_path_factory.mktemp("handed_in")
    answers = Answers(softmax, built_softmax)
    for number, (name, make) in enumerate(FILES.items()):
        # Each in its student's folder, as a platform unpacks them.
        path = folder / "class" / f"student_{number}" / name
        path.parent.mkdir(parents=True)
        path.write_bytes(make(answers))
    command = [sys.executable, "-m", "capas.cli", "grade", "03_softmax", "class", "--out", "out"]
    command += ["--course", str(softmax.root)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    with (folder / "out" / "grades.csv").open(encoding="utf-8") as file:
        return {row["file"]: float(row["score"]) for row in csv.DictReader(file)}


def test_every_row_is_a_file_that_is_graded_here_and_every_file_has_a_row() -> None:
    rows = [row["file"] for row in ROW.finditer(DOCUMENT.read_text(encoding="utf-8"))]
    assert sorted(rows) == sorted(FILES)


@pytest.mark.parametrize("file", FILES)
def test_it_costs_what_the_row_says(scores: dict[str, float], softmax: Stage, file: str) -> None:
    rows = {row["file"]: row["cost"] for row in ROW.finditer(DOCUMENT.read_text(encoding="utf-8"))}
    spoiled = next(question.points for question in softmax.questions if question.name == SPOILED)
    left = {"nothing": softmax.points, "its question": softmax.points - spoiled, "all": 0.0}
    assert scores[file] == left[rows[file]]
