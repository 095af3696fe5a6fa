"""A folder with Pyodide that a site carries: what it lacks is told, and nothing is read or written beside it."""

import json
from pathlib import Path
from typing import Any

import pytest

from capas.bundle.site.pyodide import INTEGRITY, LOCK, PUBLIC, pyodide_place, service_worker
from capas.files import UserError

PACKAGES: dict[str, Any] = {
    "numpy": {"file_name": "numpy.whl", "depends": ["openblas"]},
    "openblas": {"file_name": "openblas.whl", "depends": ["numpy"]},
    "pandas": {"file_name": "pandas.whl", "depends": ["numpy"]},
    "scipy": {"file_name": "scipy.whl", "depends": []},
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (*INTEGRITY, "numpy.whl", "openblas.whl", "scipy.whl"):
        (tmp_path / name).write_bytes(name.encode())
    (tmp_path / LOCK).write_text(json.dumps({"packages": PACKAGES}), encoding="utf-8")
    return tmp_path


def test_a_site_carries_what_the_course_imports_and_the_folder_has(folder: Path) -> None:
    place = pyodide_place(str(folder), ["pandas", "matplotlib"])
    names = {Path(name).name for name in place.files}
    assert names == {*INTEGRITY, "numpy.whl", "openblas.whl"}
    assert all(name.startswith(place.index) for name in place.files)
    assert f'["{place.index}"]'.encode() in service_worker(place)
    (folder / "numpy.whl").write_bytes(b"another")
    assert pyodide_place(str(folder), []).index != place.index


@pytest.mark.parametrize("name", [*INTEGRITY, "numpy.whl"])
def test_a_file_that_the_folder_lacks_is_told(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(UserError, match=f"has no {name}; expected the files of Pyodide"):
        pyodide_place(str(folder), [])


@pytest.mark.parametrize(
    ("packages", "told"),
    [
        ({}, "has no numpy"),
        ([], "has no numpy"),
        ({"numpy": {}}, "is no list of packages"),
        ({"numpy": {"file_name": 3, "depends": []}}, "is no list of packages"),
        ({"numpy": {"file_name": "../../passwd", "depends": []}}, "is no list of packages"),
        ({"numpy": {"file_name": "/etc/passwd", "depends": []}}, "is no list of packages"),
        ({"numpy": {"file_name": "..", "depends": []}}, "has no ..;"),
    ],
)
def test_a_list_of_packages_that_is_none_or_leads_elsewhere_is_told(folder: Path, packages: Any, told: str) -> None:
    (folder / LOCK).write_text(json.dumps({"packages": packages}), encoding="utf-8")
    with pytest.raises(UserError, match=told):
        pyodide_place(str(folder), [])


def test_without_a_folder_it_comes_from_its_public_place_or_an_address(tmp_path: Path) -> None:
    place = pyodide_place(None, [])
    assert (place.index, set(place.integrity), place.files) == (PUBLIC, set(INTEGRITY), {})
    assert pyodide_place("https://example.org/py", []).index == "https://example.org/py/"
    with pytest.raises(UserError, match="no such folder"):
        pyodide_place(str(tmp_path / "none"), [])
