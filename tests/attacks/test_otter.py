"""The same attacks under `otter run` with `autograder.zip`: the score of `capas grade`, and nothing harmed."""

import io
import json
import pickle
import re
import zipfile
from pathlib import Path

import nbformat
import pytest

from capas.bundle.build import Bundle
from capas.course.model import Stage
from capas.grading.stage import stage_grader
from capas.sandbox import Zygote
from capas.submission import list_submissions, read_submission
from capas.verify.otter_run import otter_run_all

pytestmark = pytest.mark.slow

EQUAL = """
class Equal:
    def __eq__(self, other): return True
    def __sub__(self, other): return 0.0
    __rsub__ = __sub__
def softmax(a): return Equal()
"""
PATCHES = """
import json, pickle
pickle.dump = pickle.dumps = json.dump = lambda *a, **k: open({executed!r}, "w").close()
import importlib, sys
sys.modules.pop("otter", None)
try:
    import otter.test_files.abstract_test as judge
    judge.TestFile.score = property(lambda self: 1e6)
except BaseException: pass
def softmax(a): return None
"""
LOOP = """
def predict(p):
    while True:
        try:
            while True: pass
        except BaseException: pass
"""
READ = """
import glob, os
found = ""
for folder in (".", "..", "../source", "/tmp/*/autograder", "/tmp/*/autograder/source", "/autograder/source"):
    for path in glob.glob(folder + "/tests/*.py") + glob.glob(folder + "/otter_config.json"):
        try: found += open(path).read()
        except OSError: pass
if found: open({executed!r}, "w").write(found)
for place in glob.glob("/tmp/*/autograder/results") + ["../results", "/autograder/results"]:
    try: open(place + "/results.json", "w").write('{{"score": 1000}}')
    except OSError: pass
"""
# Otter runs the questions by name.
SEEN = """
seen = []
def predict(p): seen.append(p)
def softmax(a): raise ValueError(f"seen {len(seen)} calls")
"""


class Bomb:
    """Makes a file when it is unpickled."""

    def __init__(self, path: Path):
        self._path = path

    def __reduce__(self) -> tuple[object, tuple[str, str]]:
        return open, (str(self._path), "w")


def notebook(source: str, built: Bundle) -> bytes:
    """Return a notebook with the metadata of the student's own, which Otter looks at."""
    given = nbformat.reads(built.student_files["softmax.ipynb"].decode(), as_version=4)
    given.cells = [nbformat.v4.new_code_cell(source)]
    return nbformat.writes(given).encode()


def with_company(source: str, built: Bundle, executed: Path) -> bytes:
    """Return a zip with a notebook and all that could be run or loaded by mistake beside it."""
    code = f"open({str(executed)!r}, 'w').close()\n"
    names = ("numpy", "otter", "capas", "sitecustomize", "ipykernel_launcher", "ipython_kernel_config")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("softmax.ipynb", notebook(source, built))
        archive.writestr(".OTTER_LOG", pickle.dumps(Bomb(executed)))
        archive.writestr("tests/softmax.py", code + "OK_FORMAT = True\n")
        archive.writestr("__init__.py", code)
        for name in names:
            archive.writestr(f"{name}.py", code)
    return buffer.getvalue()


def test_otter_gives_the_scores_of_capas_grade_and_nothing_is_harmed(
    tmp_path: Path, softmax: Stage, built_softmax: Bundle
) -> None:
    honest = (softmax.solutions / "reference.py").read_text(encoding="utf-8")
    executed = tmp_path / "executed"
    files: dict[str, bytes] = {
        f"{name}.py": (honest + source.replace("{executed!r}", repr(str(executed))).replace("{{", "{")).encode()
        for name, source in {
            "an_object_equal_to_everything": EQUAL,
            "patches": PATCHES,
            "ends_while_it_is_loaded": "import os\nos._exit(0)\n",
            "an_endless_loop": LOOP,
            "reads_the_tests_and_writes_results": READ.replace("}}", "}"),
            "honest": "",
        }.items()
    }
    files["company.zip"] = with_company(honest, built_softmax, executed)
    submissions = tmp_path / "submissions"
    submissions.mkdir()
    for name, data in files.items():
        (submissions / name).write_bytes(data)
    autograder = tmp_path / "autograder.zip"
    autograder.write_bytes(built_softmax.autograder)

    with Zygote(softmax.limits) as zygote:
        grader = stage_grader(softmax, zygote, "es")
        results = {one.file: grader.grade(read_submission(one)) for one in list_submissions([submissions])}
    ours = {file: {q.name: q.score for q in result.questions} for file, result in results.items()}
    otter = dict(zip(files, otter_run_all([(submissions / name, autograder) for name in files]), strict=True))

    assert {name: score.error for name, score in otter.items()} == dict.fromkeys(files, "")
    assert {name: score.scores for name, score in otter.items()} == ours
    assert not executed.exists()
    totals = {name: score.total for name, score in otter.items()}
    assert totals["honest.py"] == totals["company.zip"] == totals["reads_the_tests_and_writes_results.py"] == 20
    # It is loaded again without the statement that ended its process.
    assert totals["ends_while_it_is_loaded.py"] == 20
    assert totals["an_endless_loop.py"] == 18
    assert ours["an_object_equal_to_everything.py"]["softmax"] == ours["patches.py"]["softmax"] == 0


def test_what_students_see_tells_nothing_hidden(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, softmax: Stage, built_softmax: Bundle
) -> None:
    path, autograder = tmp_path / "seen.py", tmp_path / "autograder.zip"
    path.write_text((softmax.solutions / "reference.py").read_text(encoding="utf-8") + SEEN, encoding="utf-8")
    autograder.write_bytes(built_softmax.autograder)
    from otter.run import main as run

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("jupyter_client.connect.ConnectionFileMixin.transport.default_value", "ipc")
    run(str(path), autograder=str(autograder), output_dir=str(tmp_path), no_logo=True)
    tests = json.loads((tmp_path / "results.json").read_text())["tests"]
    shown = "".join(test["output"] for test in tests if test.get("visibility", "visible") == "visible")
    assert set(re.findall(r"seen \d+ calls", shown)) == {"seen 0 calls"}
