"""Links, pipes and devices among what was handed in are never followed or opened, also when they come later."""

import os
import socket
from pathlib import Path
from typing import Any

import pytest

from capas.submission import DiskFile, Unreadable, disk, list_submissions, read_submission

SECRET = b"SECRET = 1\n"


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "teacher" / "reference.py"
    path.parent.mkdir()
    path.write_bytes(SECRET)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "submissions"
    made.mkdir()
    (made / "ana.py").write_bytes(b"x = 1\n")
    return made


def problems(folder: Path) -> dict[str, str]:
    submissions = [read_submission(file, with_answer=True) for file in list_submissions([folder])]
    assert not any(
        SECRET in submission.answer or SECRET.decode() in "".join(submission.cells) for submission in submissions
    )
    return {submission.id: submission.problem for submission in submissions}


def test_a_link_to_a_file_is_told_and_not_followed(folder: Path, secret: Path) -> None:
    (folder / "eve.py").symlink_to(secret)
    (folder / "gone.py").symlink_to(folder / "nothing.py")
    (folder / "inside.py").symlink_to("ana.py")
    assert problems(folder) == {"ana": "", "eve": "link", "gone": "link", "inside": "link"}


def test_a_link_to_a_folder_is_told_and_not_followed(folder: Path, secret: Path) -> None:
    (folder / "eve").symlink_to(secret.parent)
    (folder / "round").symlink_to(folder)
    assert problems(folder) == {"ana": "", "eve": "link", "round": "link"}


def test_a_folder_that_becomes_a_link_after_listing_is_not_followed(folder: Path, secret: Path) -> None:
    (folder / "eve").mkdir()
    (folder / "eve/reference.py").write_bytes(b"x = 2\n")
    files = {file.id: file for file in list_submissions([folder])}
    assert files["reference"].read() == b"x = 2\n"
    (folder / "eve").rename(folder / "moved")
    (folder / "eve").symlink_to(secret.parent)
    with pytest.raises(Unreadable, match="link"):
        files["reference"].read()


@pytest.mark.parametrize("inside", ["eve.py", "eve/reference.py"])
def test_a_link_that_comes_between_the_look_and_the_opening_is_not_followed(
    folder: Path, secret: Path, monkeypatch: pytest.MonkeyPatch, inside: str
) -> None:
    if "/" in inside:
        (folder / "eve").mkdir()
    (folder / inside).write_bytes(b"x = 2\n")
    file = DiskFile(str(folder), inside)
    assert file.read() == b"x = 2\n"
    first = folder / inside.split("/")[0]
    look = disk._refuse_link

    def look_and_replace(found: Any) -> None:
        look(found)
        if not first.is_symlink():
            first.rename(folder / "moved")
            first.symlink_to(secret if first.suffix else secret.parent)

    monkeypatch.setattr(disk, "_refuse_link", look_and_replace)
    with pytest.raises(Unreadable):
        file.read()


def test_pipes_and_sockets_are_told_and_not_opened(folder: Path) -> None:
    os.mkfifo(folder / "pipe.py")
    with socket.socket(socket.AF_UNIX) as server:
        # A socket's path may have a hundred letters only.
        place = os.open(folder, os.O_RDONLY)
        try:
            server.bind(f"/proc/self/fd/{place}/socket.py")
        finally:
            os.close(place)
        assert problems(folder) == {"ana": "", "pipe": "not_a_file", "socket": "not_a_file"}


@pytest.mark.parametrize("name", ["named.py", "named.zip"])
def test_a_pipe_or_a_device_that_is_named_is_not_opened(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / name)
    (file,) = list_submissions([tmp_path / name])
    assert read_submission(file).problem == "not_a_file"
    (file,) = list_submissions([Path("/dev/zero")])
    assert read_submission(file).problem == "not_a_file"


def test_what_the_teacher_names_may_be_a_link(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "class").symlink_to(folder)
    (tmp_path / "late.py").symlink_to(folder / "ana.py")
    assert problems(tmp_path / "class") == {"ana": ""}
    (file,) = list_submissions([tmp_path / "late.py"])
    assert (file.id, file.read()) == ("late", b"x = 1\n")


def test_a_folder_that_cannot_be_listed_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "closed").mkdir()
    scandir = os.scandir

    def refusing(path: Any) -> Any:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    assert problems(folder) == {"ana": "", "closed": "not_a_file"}
