"""Folders that a program has filled: how full they are, and that they go whatever is in them."""

import os
import subprocess
from pathlib import Path

import pytest

from capas.sandbox import scratch


def deep(folder: Path, levels: int) -> None:
    """Make folders inside each other, deeper than a path can name."""
    here = os.getcwd()
    try:
        os.chdir(folder)
        for _ in range(levels):
            os.mkdir("deeper")
            os.chdir("deeper")
        Path("file").write_text("at the bottom")
    finally:
        os.chdir(here)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "scratch").mkdir()
    return tmp_path / "scratch"


def test_an_empty_folder_goes(folder: Path) -> None:
    assert not scratch.is_too_large(str(folder))
    scratch.remove(str(folder))
    assert list(folder.parent.iterdir()) == []


def test_a_folder_that_is_gone_is_no_error(folder: Path) -> None:
    folder.rmdir()
    assert not scratch.is_too_large(str(folder))
    scratch.remove(str(folder))
    assert list(folder.parent.iterdir()) == []


@pytest.mark.parametrize("levels", [1, 1200, 2500])
def test_folders_of_any_depth_go(folder: Path, levels: int) -> None:
    deep(folder, levels)
    scratch.remove(str(folder))
    assert list(folder.parent.iterdir()) == []


def test_folders_that_no_path_can_name_are_too_much(folder: Path) -> None:
    deep(folder, 1000)
    assert scratch.is_too_large(str(folder))
    scratch.remove(str(folder))


def test_folders_closed_to_their_owner_go(folder: Path) -> None:
    (folder / "closed" / "inner").mkdir(parents=True)
    (folder / "closed" / "inner" / "file").touch()
    for path in (folder / "closed" / "inner", folder / "closed", folder):
        path.chmod(0)
    scratch.remove(str(folder))
    assert list(folder.parent.iterdir()) == []


def test_links_go_and_what_they_lead_to_stays(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "file").touch()
    (folder / "link").symlink_to(tmp_path / "kept")
    (folder / "around").symlink_to(folder)
    scratch.remove(str(folder))
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]
    assert (tmp_path / "kept" / "file").exists()


def test_bytes_files_and_folders_count(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scratch, "MAX_BYTES", 10 * scratch.ENTRY_BYTES)
    for number in range(10):
        (folder / str(number)).touch()
    assert not scratch.is_too_large(str(folder))
    (folder / "one more").touch()
    assert scratch.is_too_large(str(folder))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes among the files here")
def test_what_is_no_file_goes(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    subprocess.run(["touch", "--", str(folder / "-rf"), str(folder / "a\nb")], check=True)
    assert not scratch.is_too_large(str(folder))
    scratch.remove(str(folder))
    assert not folder.exists()
