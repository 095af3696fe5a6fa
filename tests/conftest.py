"""Fixtures shared by the tests: the course itself, and a copy of it that a test may spoil."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from capas.bundle.build import Bundle, build_stage
from capas.course.model import Course, Stage, load_course
from capas.sandbox import Limits, Zygote

ROOT = Path(__file__).parents[1]

# How long an example takes says nothing on a machine that is busy.
settings.register_profile("capas", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("capas")


@pytest.fixture(scope="session")
def course() -> Course:
    return load_course(ROOT)


@pytest.fixture(scope="session")
def softmax(course: Course) -> Stage:
    return course.choose(["03_softmax"])[0]


@pytest.fixture(scope="session")
def built_softmax(softmax: Stage) -> Bundle:
    return build_stage(softmax, "es")


@pytest.fixture(scope="session")
def zygote() -> Iterator[Zygote]:
    """A zygote with the process boundary and nothing else: what must hold even there. tests/attacks has the rest."""
    with Zygote(Limits(), max_level=0) as running:
        yield running


@pytest.fixture
def small_course(tmp_path: Path) -> Path:
    """A course of one stage that a test may change."""
    root = tmp_path / "course"
    for folder in ("assignments", "solutions"):
        shutil.copytree(ROOT / folder / "03_softmax", root / folder / "03_softmax")
    text = (ROOT / "course.toml").read_text(encoding="utf-8")
    start, end = text.index("stages = ["), text.index("]", text.index("stages = [")) + 1
    (root / "course.toml").write_text(text[:start] + 'stages = ["03_softmax"]' + text[end:], encoding="utf-8")
    return root
