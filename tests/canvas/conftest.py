"""A small class, fetched and graded."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from push_scene import Scene, scene_of

from capas.course.model import Stage


@pytest.fixture
def scene(tmp_path: Path, softmax: Stage) -> Iterator[Scene]:
    yield from scene_of(tmp_path, 12, softmax)
