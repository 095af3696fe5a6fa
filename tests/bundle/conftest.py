"""A course of one stage that is copied once, for what is built in it, and its site with Python in it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from one_stage import copy_course

from benchmarks.served import served
from capas.bundle.site.write import make_site, write_site
from capas.course.model import load_course


@pytest.fixture(scope="session")
def copied_course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_course(tmp_path_factory.mktemp("copied") / "course")


@pytest.fixture(scope="session")
def site_address(copied_course: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the site of that course is served."""
    folder = os.environ.get("CAPAS_PYODIDE", "")
    if not folder:
        pytest.skip("no Pyodide: CAPAS_PYODIDE names a folder with one")
    course = load_course(copied_course)
    out = tmp_path_factory.mktemp("site") / "site"
    write_site(make_site(course, course.languages, copied_course / "dist", folder), out)
    with served(out) as root:
        yield root
