"""A course of one stage that is copied once, for what is built in it."""

import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def copied_course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("copied") / "course"
    for folder in ("assignments", "solutions"):
        shutil.copytree(ROOT / folder / "03_softmax", root / folder / "03_softmax")
    text = (ROOT / "course.toml").read_text(encoding="utf-8")
    start, end = text.index("stages = ["), text.index("]", text.index("stages = [")) + 1
    (root / "course.toml").write_text(text[:start] + 'stages = ["03_softmax"]' + text[end:], encoding="utf-8")
    return root
