"""The key changes with all that decides a grade, and with nothing else."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest

from capas.course.model import Stage, load_course
from capas.grading import key as module
from capas.grading.key import NOT_GRADING, grading_key, room_of


def stage_of(course: Path) -> Stage:
    return load_course(course).stages[0]


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def added(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\n# changed\n")


STAGE = "assignments/03_softmax"
DECIDES: dict[str, Callable[[Path], None]] = {
    "limits": lambda root: replace(root / "course.toml", "call_seconds = 2.0", "call_seconds = 0.3"),
    "cases": lambda root: added(root / STAGE / "tests/predict.py"),
    "reference": lambda root: added(root / "solutions/03_softmax/reference.py"),
    "mistakes": lambda root: added(root / "solutions/03_softmax/mistakes.py"),
    "points": lambda root: replace(root / STAGE / "assignment.toml", "points = 7", "points = 8"),
}
DOES_NOT: dict[str, Callable[[Path], None]] = {
    "alternatives": lambda root: added(root / "solutions/03_softmax/alternatives.py"),
    "figures": lambda root: added(root / STAGE / "figures.py"),
    "handout": lambda root: added(root / STAGE / "handout.es.md"),
    "minutes": lambda root: replace(root / STAGE / "assignment.toml", "minutes = ", "minutes = 1"),
    "title of the course": lambda root: replace(root / "course.toml", 'es = "', 'es = "Curso: '),
}


@pytest.mark.parametrize("what", DECIDES)
def test_what_decides_a_grade_is_in_the_key(small_course: Path, what: str) -> None:
    before = grading_key(stage_of(small_course), "es")
    DECIDES[what](small_course)
    assert grading_key(stage_of(small_course), "es") != before


@pytest.mark.parametrize("what", DOES_NOT)
def test_what_decides_no_grade_is_not(small_course: Path, what: str) -> None:
    before = grading_key(stage_of(small_course), "es")
    DOES_NOT[what](small_course)
    assert grading_key(stage_of(small_course), "es") == before


@pytest.mark.parametrize("name", ["capas", "python", "sources", "otter-grader", "numpy"])
def test_versions_are_in_the_key(softmax: Stage, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    before, versions = grading_key(softmax, "es"), module.program_versions()
    assert name in versions
    monkeypatch.setattr(module, "program_versions", lambda: versions | {name: "another"})
    assert grading_key(softmax, "es") != before


def test_the_language_is_in_the_key(softmax: Stage) -> None:
    assert grading_key(softmax, "es") != grading_key(softmax, "en")


def test_rooms_left_out_of_the_key_are_not_loaded_by_what_grades() -> None:
    modules = "sys, capas.grading.stage, capas.run.cluster_worker"
    program = f"import {modules}; print(*(n for n in sys.modules if n[:6] == 'capas.'))"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert not NOT_GRADING & {name.split(".")[1] for name in loaded}


def test_sentences_belong_to_the_room_that_says_them() -> None:
    rooms = {
        "capas/texts/es/report.json": "report",
        "capas/texts/points.py": "texts",
        "capas/files.py": "files",
        "capas/report/templates/student.html": "report",
    }
    assert {path: room_of(PurePosixPath(path)) for path in rooms} == rooms
