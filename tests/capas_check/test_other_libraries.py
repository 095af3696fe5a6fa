"""A library that is not there where it is graded is told of before handing in, as a note: it fails nothing."""

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from capas.bundle.build import Bundle
from capas.bundle.zip import make_zip

TOLD = "`seaborn` no está entre las bibliotecas que hay donde se califica: numpy, scipy, matplotlib, pandas."
STUDENT = '''
import os, json
import numpy as np
import helpers
from scipy import special
import matplotlib.pyplot as plt
"""
import pandas
from the lecture
"""


def softmax(a):
    {}
    return special.softmax(np.asarray(a, dtype=float), axis=-1)
'''


@pytest.fixture
def folder(built_softmax: Bundle, tmp_path: Path) -> Path:
    """What students get, with a module of their own, where a library is installed that the course does not name."""
    zipfile.ZipFile(io.BytesIO(make_zip(built_softmax.student_files))).extractall(tmp_path / "work")
    (tmp_path / "work" / "helpers.py").write_text("")
    (tmp_path / "site-packages").mkdir()
    (tmp_path / "site-packages" / "seaborn.py").write_text("")
    return tmp_path / "work"


def run(folder: Path, *arguments: str) -> str:
    environment = os.environ | {"PYTHONPATH": str(folder.parent / "site-packages"), "PYTHONUTF8": "1"}
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=environment, check=False)
    assert done.stderr == ""
    return done.stdout


def check(folder: Path, line: str, *questions: str) -> str:
    (folder / "softmax.py").write_text(STUDENT.format(line), encoding="utf-8")
    return run(folder, "check.py", *questions)


def test_check_py_says_it_and_the_cases_pass(folder: Path) -> None:
    shown = check(folder, "import seaborn as sns", "softmax")
    assert shown.count(TOLD) == 1
    assert "pasan todas (2)" in shown
    assert shown.count("no está entre las bibliotecas") == 1
    *_, summary = check(folder, "from seaborn import __name__").split("\n\n")
    assert summary.count(TOLD) == 1


def test_what_is_there_is_not_told(folder: Path) -> None:
    assert "bibliotecas" not in check(folder, "pass")


# As Jupyter runs a notebook: each cell in the same namespace, which has the sources so far.
NOTEBOOK = """
import json, sys
cells = json.load(open("softmax.ipynb", encoding="utf-8"))["cells"]
start = next(cell["source"] for cell in cells if cell["metadata"].get("capas", {}).get("role") == "start")
namespace = {"_ih": [""]}
for source in ("".join(start), *sys.argv[1:]):
    namespace["_ih"].append(source)
    exec(source, namespace)
print(repr(namespace["grader"].check("softmax")))
print(namespace["grader"].summary()._repr_html_())
"""


@pytest.mark.parametrize(
    "line",
    ["import seaborn", "import os, seaborn as sns  # a, b", "if True:\n    from seaborn import __name__ as name"],
)
def test_a_notebook_says_it_in_its_check_and_in_its_summary(folder: Path, line: str) -> None:
    check, summary = run(folder, "-c", NOTEBOOK, STUDENT.format("pass"), line).split("<div", 1)
    assert check.count(TOLD) == 1
    assert "pasan todas (2)" in check
    assert summary.count(TOLD) == 1


def test_a_notebook_says_nothing_of_what_is_there(folder: Path) -> None:
    assert "no está entre" not in run(folder, "-c", NOTEBOOK, STUDENT.format("pass"))
