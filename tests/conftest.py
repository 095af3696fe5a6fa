"""Fixtures shared by the tests: the course itself, and a copy of it that a test may spoil."""

import ast
import compileall
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from build_once import Build, build_once
from chromium import running_chromium
from hypothesis import HealthCheck, settings
from one_stage import copy_course

from capas.bundle.build import Bundle
from capas.course.model import Course, Stage, load_course
from capas.sandbox import Limits, Zygote

ROOT = Path(__file__).parents[1]
CORES = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set[int]()

# How long an example takes says nothing on a machine that is busy.
settings.register_profile("capas", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("capas")


def pytest_configure(config: pytest.Config) -> None:
    """Compile the program once: where Python keeps no bytecode, each process that a test starts would do it anew."""
    if not hasattr(config, "workerinput"):
        compileall.compile_dir(ROOT / "autograder", quiet=2)


@pytest.fixture(autouse=True)
def every_core() -> Iterator[None]:
    """Let each test begin on every core: a sandbox that is kept for later tests holds this process on one of them."""
    yield
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, CORES)


@pytest.fixture(scope="session")
def course() -> Course:
    return load_course(ROOT)


@pytest.fixture(scope="session")
def softmax(course: Course) -> Stage:
    return course.choose(["03_softmax"])[0]


@pytest.fixture(scope="session")
def build(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Return a function that gives the bundle of a stage in a language."""
    folder = tmp_path_factory.getbasetemp()
    # A worker has a folder of its own in that of the run.
    return build_once(folder.parent if hasattr(request.config, "workerinput") else folder)


@pytest.fixture(scope="session")
def built_softmax(build: Build, softmax: Stage) -> Bundle:
    return build(softmax, "es")


@pytest.fixture(scope="session")
def zygote() -> Iterator[Zygote]:
    """A zygote with the process boundary and nothing else: what must hold even there. tests/attacks has the rest."""
    with Zygote(Limits(), max_level=0) as running:
        yield running


@pytest.fixture
def small_course(tmp_path: Path) -> Path:
    """A course of one stage that a test may change."""
    return copy_course(tmp_path / "course")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium, see `chromium`."""
    with running_chromium() as chromium:
        yield chromium


@pytest.fixture
def text_course(small_course: Path) -> Path:
    """A course of one stage in which a person grades a text, by a rubric of three items."""
    folder = small_course / "assignments" / "03_softmax"
    path = folder / "assignment.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("# What students draw", WHY + "\n# What students draw", 1), encoding="utf-8")
    for language in ("es", "en"):
        path = folder / f"handout.{language}.md"
        place = "## Shift\n\n*4 points · 5 minutes*\n\nWhy?\n\n<!-- question: why -->\n"
        path.write_text(path.read_text(encoding="utf-8") + "\n" + place, encoding="utf-8")
    return small_course


WHY = """
[[questions]]
name = "why"
manual = true
points = 4
title.es = "¿Por qué?"
title.en = "Why?"

[[questions.rubric]]
points = 3
text.es = "Dice que el denominador se cancela"
text.en = "Says that the denominator cancels"

[[questions.rubric]]
points = 1
text.es = "Da un ejemplo"
text.en = "Gives an example"

[[questions.rubric]]
points = -1
text.es = "Confunde exponencial y potencia"
text.en = "Takes an exponential for a power"
"""


@pytest.fixture
def quick_course(small_course: Path) -> Path:
    """A course of one stage with one mistake and one alternative a question: proving it takes seconds."""
    for name in ("mistakes", "alternatives"):
        _keep_first_of_each_question(small_course / "solutions" / "03_softmax" / f"{name}.py")
    return small_course


def _keep_first_of_each_question(path: Path) -> None:
    lines, questions = path.read_text(encoding="utf-8").splitlines(keepends=True), set()
    # From the end, so that the lines above stay where they are.
    functions = [node for node in ast.parse("".join(lines)).body if isinstance(node, ast.FunctionDef)]
    surplus = []
    for function in functions:
        for decorator in function.decorator_list:
            if isinstance(decorator, ast.Call):
                question = ast.unparse(decorator.args[0])
                surplus += [(decorator.lineno - 1, function.end_lineno)] if question in questions else []
                questions.add(question)
    for begin, end in reversed(surplus):
        del lines[begin:end]
    path.write_text("".join(lines), encoding="utf-8")
