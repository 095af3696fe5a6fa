"""A class's zip is opened by each process for itself, once, and each entry of it is read as what was listed."""

import os
import random
import zipfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from capas.run.workers import process_context
from capas.submission import SubmissionFile, Unreadable, hash_of, list_submissions


def write_class(path: Path, size: int, padding: int) -> dict[str, str]:
    """Write a class's zip and return the hashes of its entries by id."""
    dice = random.Random(size)
    hashes = {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(size):
            data = b"x = %d  # " % number + dice.randbytes(padding).hex().encode()
            archive.writestr(f"s{number:04d}.py", data)
            hashes[f"s{number:04d}"] = hash_of(data)
    return hashes


def read_all(files: list[SubmissionFile]) -> dict[str, str]:
    return {file.id: hash_of(file.read()) for file in files}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are not forked here")
def test_processes_that_were_forked_while_the_zip_is_open_read_the_right_bytes(tmp_path: Path) -> None:
    hashes = write_class(tmp_path / "class.zip", 150, 10_000)
    files = list_submissions([tmp_path / "class.zip"])
    assert files[0].read()
    with ProcessPoolExecutor(4, process_context()) as pool:
        read = [pool.submit(read_all, files[turn:] + files[:turn]) for turn in range(12)]
        assert read_all(files) == hashes
        assert all(future.result() == hashes for future in read)


def test_a_zip_of_thousands_is_opened_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hashes = write_class(tmp_path / "class.zip", 3000, 10)
    opened = []
    init = zipfile.ZipFile.__init__

    def counting(self: zipfile.ZipFile, *arguments: object, **named: object) -> None:
        opened.append(arguments)
        init(self, *arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(zipfile.ZipFile, "__init__", counting)
    assert read_all(list_submissions([tmp_path / "class.zip"])) == hashes
    assert len(opened) == 1


def test_a_zip_that_was_replaced_gives_nothing_of_another_student(tmp_path: Path) -> None:
    path = tmp_path / "class.zip"
    write_class(path, 5, 10)
    files = list_submissions([path])
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("other.py", b"x = 'other'")
        archive.writestr("s0001.py", b"x = 'new'")
    assert files[1].read() == b"x = 'new'"
    for file in (files[0], files[2]):
        with pytest.raises(Unreadable, match="damaged"):
            file.read()
