"""What is named twice is one submission; what `capas grade` wrote is none."""

import os
import zipfile
from pathlib import Path

import pytest

from capas.files import UserError
from capas.submission import list_submissions


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "submissions"
    (made / "late").mkdir(parents=True)
    (made / "ana.py").write_bytes(b"x = 1\n")
    (made / "late/bea.py").write_bytes(b"x = 2\n")
    with zipfile.ZipFile(tmp_path / "class.zip", "w") as archive:
        archive.writestr("carla.py", b"x = 3\n")
        archive.writestr("diego.py", b"x = 4\n")
    return made


@pytest.mark.parametrize(
    "paths",
    [
        ["submissions/ana.py", "submissions/ana.py"],
        ["submissions/ana.py", "submissions/../submissions/./ana.py"],
        ["submissions/ana.py", "link.py"],
        ["submissions/ana.py", "linked/ana.py"],
    ],
)
def test_a_file_named_twice_is_one_submission(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, paths: list[str]
) -> None:
    (tmp_path / "link.py").symlink_to(folder / "ana.py")
    (tmp_path / "linked").symlink_to(folder)
    monkeypatch.chdir(tmp_path)
    assert [file.id for file in list_submissions([tmp_path / paths[0], Path(paths[1])])] == ["ana"]


def test_a_file_inside_a_named_folder_is_one_submission(folder: Path) -> None:
    named = [folder / "late/bea.py", folder, folder / "late", folder / "late/.."]
    assert [file.id for file in list_submissions(named)] == ["bea", "ana"]


def test_a_class_named_twice_is_there_once(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "again.zip").symlink_to(tmp_path / "class.zip")
    named = [tmp_path / "class.zip", tmp_path / "again.zip", folder / "../class.zip"]
    assert [file.id for file in list_submissions(named)] == ["carla", "diego"]


def test_files_that_share_their_bytes_on_the_disk_are_each_somebodys(folder: Path) -> None:
    os.link(folder / "ana.py", folder / "eve.py")
    assert [file.id for file in list_submissions([folder])] == ["ana", "eve", "bea"]


def test_a_folder_with_names_of_ours_but_nothing_of_ours_is_read(folder: Path) -> None:
    (folder / "late/run.json").write_bytes(b"[1]")
    (folder / "late/journal.jsonl").write_bytes(b"")
    assert [file.id for file in list_submissions([folder])] == ["ana", "bea"]


def test_folders_of_results_are_not_read_wherever_they_are(folder: Path) -> None:
    for place in ("late/graded", "."):
        out = folder / place
        (out / "results").mkdir(parents=True)
        (out / "feedback").mkdir()
        (out / "run.json").write_bytes(b'{"stage": "03_softmax"}')
        (out / "journal.jsonl").write_bytes(b"")
        (out / "grades.csv").write_bytes(b"")
        (out / "results/ana.json").write_bytes(b"{}")
        (out / "feedback/ana.py").write_bytes(b"x = 1\n")
    assert [file.id for file in list_submissions([folder])] == ["ana", "bea"]
    with pytest.raises(UserError, match="nothing to grade"):
        list_submissions([folder / "late/graded"])
