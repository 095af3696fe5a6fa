"""What students hand in, under `otter run`: every case as `capas grade` judges it, word for word.

A run of Otter takes seconds, so each of these files has many of the kinds in it that the table of docs/handing-in.md
lists, those whose loading differs.
"""

import io
import re
import zipfile
from pathlib import Path

import pytest
from build_once import Build
from handed_in_answers import Answers, untagged, zipped
from handed_in_kinds import FILES
from quick_stages import QUICK_STAGES
from test_handing_in import CELL_SECONDS, quick, told

from capas.course.model import Course
from capas.grading.stage import stage_grader
from capas.sandbox import Zygote
from capas.submission import DiskFile, SubmissionFile, read_submission
from capas.verify.otter_run import CaseVerdict, otter_run_all

SPOILED = "def {name}({parameters})\n    return 1\n"


def harmless_notebook(a: Answers) -> bytes:
    """Return a notebook without tags, with experiments of every kind, one question spoiled."""
    notebook = a.with_cell(
        "while True:\n    pass",
        "np.loadtxt('mine.csv')",
        "for i in range(3)\n    print(i)",
        "import sys, seaborn\ninput('x')\nsys.exit()",
        "%matplotlib inline\n!pip install rich\n_ + 1",
        "%%writefile own.py\nK = 0",
        "from own import K",
    )
    for cell in notebook["cells"]:
        if str(cell["source"]).startswith(f"def {a.spoiled}("):
            cell["source"] = SPOILED.format(name=a.spoiled, parameters=a.parameters)
        elif str(cell["source"]).startswith(f"def {a.first}("):
            cell["source"] = "%%time\n" + cell["source"]
    return untagged(notebook)


def harmless_script(a: Answers) -> bytes:
    """Return a script of Windows with what is left of Python 2, of a merge and of a main program."""
    before = "import check, jax\nn = input('n = ')\n"
    after = "<<<<<<< HEAD\nprint 'done'\nimport sys\nif __name__ == '__main__':\n    1 / 0\nsys.exit(3)\n"
    broken = SPOILED.format(name=a.spoiled, parameters=a.parameters)
    return a.script(before, after, **{a.spoiled: broken}).replace("\n", "\r\n").encode()


def folder_of_files(a: Answers) -> bytes:
    """Return a zip with a notebook and all that came along: modules, data, a script untouched, and the kit."""
    given = "from own.parts import one\nfrom helpers import two\nDATA = open('data.csv').read()\n"
    more = {
        "mine.ipynb": a.first_as(r"\A(.*):\n", rf"{given}\1:\n    assert (one, two, DATA[0]) == (1, 2, '1')\n"),
        "helpers.py": b"two = 2\n",
        "own/__init__.py": b"",
        "own/parts.py": b"one = 1\n",
        "data.csv": b"1,2\n",
    }
    kit = {name: data for name, data in a.handed_out.items() if not name.endswith(".ipynb")}
    return zipped(kit | more)


OTTER_TAKES = {
    "harmless.ipynb": harmless_notebook,
    "harmless.py": harmless_script,
    "folder.zip": folder_of_files,
    "notebook_named.py": FILES["notebook_named.py"],
    "exported_by_colab.py": FILES["exported_by_colab.py"],
    "other_stage.ipynb": FILES["other_stage.ipynb"],
    "scratch_eats_memory.ipynb": FILES["scratch_eats_memory.ipynb"],
}
"""Files that Otter accepts, the first ones with many kinds in each: those are run in every stage."""


def differing_under_otter(
    course: Course, at: int, build: Build, language: str, zygote: Zygote, folder: Path, files: list[str]
) -> list[str]:
    """Return the files whose cases `otter run` does not judge as `capas grade` does, word for word."""
    stage = course.stages[at]
    answers = Answers(course, stage, language)
    autograder = folder / "autograder.zip"
    autograder.write_bytes(with_cell_seconds(build(stage, language).autograder))
    grader = stage_grader(quick(stage), zygote, language)
    for file in files:
        (folder / file).write_bytes(OTTER_TAKES[file](answers))
    found = []
    for file, otter in zip(files, otter_run_all([(folder / file, autograder) for file in files]), strict=True):
        result = grader.grade(
            read_submission(SubmissionFile("mine", file, DiskFile(str(folder / file))), grader.sought)
        )
        ours = {
            question.name: [
                CaseVerdict(case.passed, "" if case.passed else case.message or result.message)
                for case in question.cases
            ]
            for question in result.questions
        }
        if otter.error or otter.cases != ours:
            found.append(f"{file}: {otter.error} {otter.cases} instead of {ours}")
        if file != "other_stage.ipynb" and not result.score:
            found.append(f"{file}: no points, {told(result)}")
    return found


def with_cell_seconds(autograder: bytes) -> bytes:
    """Return an `autograder.zip` with the deadline of these tests."""
    with zipfile.ZipFile(io.BytesIO(autograder)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    config, found = re.subn(
        rb'"cell_seconds": *[\d.]+', b'"cell_seconds": %.1f' % CELL_SECONDS, files["otter_config.json"]
    )
    assert found
    return zipped(files | {"otter_config.json": config})


@pytest.mark.slow
def test_otter_gives_what_students_hand_in_the_same(
    course: Course, build: Build, zygote: Zygote, tmp_path: Path
) -> None:
    assert differing_under_otter(course, 2, build, "es", zygote, tmp_path, ["harmless.ipynb", "folder.zip"]) == []


@pytest.mark.slow
@pytest.mark.parametrize(("at", "language"), [(at, ("es", "en")[at % 2]) for at in QUICK_STAGES])
def test_otter_gives_what_students_hand_in_the_same_in_every_stage(
    course: Course, build: Build, zygote: Zygote, tmp_path: Path, at: int, language: str
) -> None:
    files = list(OTTER_TAKES) if at == 2 else list(OTTER_TAKES)[:3]
    assert differing_under_otter(course, at, build, language, zygote, tmp_path, files) == []
