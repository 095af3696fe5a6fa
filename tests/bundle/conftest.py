"""A course of one stage that is copied once, for what is built in it."""

from pathlib import Path

import pytest
from one_stage import copy_course


@pytest.fixture(scope="session")
def copied_course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_course(tmp_path_factory.mktemp("copied") / "course")
