"""The receipt that a student's own check shows is the one in the results, whatever else is in the file."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from capas.cli.main import app
from capas.course.model import Stage
from capas.submission.answer import read_answer
from capas_check.notebook import Notebook, receipt

SOURCES = ["import numpy as np", "def softmax(a):\n    return a / 1\n\n\n", ""]


def notebook(sources: list[str], output: str = "") -> bytes:
    outputs = [{"output_type": "stream", "name": "stdout", "text": [output]}]
    cells = [
        {"cell_type": "code", "metadata": {}, "source": one.splitlines(True), "outputs": outputs} for one in sources
    ]
    text = [{"cell_type": "markdown", "metadata": {}, "source": ["# Title"]}]
    return json.dumps({"cells": text + cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def test_outputs_change_the_file_and_not_its_receipt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    before, after = notebook(SOURCES), notebook(SOURCES, "Recibo: 12345678")
    Path("softmax.ipynb").write_bytes(before)
    saved = Notebook(["softmax"], {}).saved()
    assert saved is not None
    assert receipt(saved.cells) == read_answer("softmax.ipynb", before).code.receipt
    assert receipt(saved.cells) == read_answer("another.ipynb", after).code.receipt
    assert receipt(saved.cells) != read_answer("softmax.ipynb", notebook([*SOURCES, "x = 1"])).code.receipt


def test_check_py_and_the_results_have_one_receipt(softmax: Stage, tmp_path: Path) -> None:
    handed_out = softmax.root / "student_template" / "es" / softmax.id
    text = (handed_out / "softmax.py").read_text(encoding="utf-8").replace("\n", "\r\n") + "# café\r\n"
    for path in handed_out.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            copy = tmp_path / "work" / path.relative_to(handed_out)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    (tmp_path / "work/softmax.py").write_bytes(text.encode())
    done = subprocess.run(
        [sys.executable, "check.py"], cwd=tmp_path / "work", capture_output=True, encoding="utf-8", timeout=300
    )
    course, out = ["--course", str(softmax.root)], ["--out", str(tmp_path / "out"), "--feedback"]
    ran = CliRunner().invoke(app, ["grade", softmax.id, str(tmp_path / "work/softmax.py"), *out, *course])
    assert ran.exit_code == 0, ran.output
    (row,) = csv.DictReader((tmp_path / "out/grades.csv").open(encoding="utf-8"))
    assert f"Recibo: {row['receipt']}." in done.stdout
    (result,) = (tmp_path / "out/results").glob("*.json")
    assert json.loads(result.read_text(encoding="utf-8"))["receipt"] == row["receipt"]
    (page,) = (tmp_path / "out/feedback").glob("*.html")
    assert f"recibo: <code>{row['receipt']}</code>" in page.read_text(encoding="utf-8")
