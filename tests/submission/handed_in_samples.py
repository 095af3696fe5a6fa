"""Notebooks, zips and folders as students hand them in, for the tests of this folder."""

import io
import json
import tarfile
import zipfile
from pathlib import Path
from typing import Any

from capas.submission import SubmissionFile, Unreadable
from capas.submission.answer import read_cells


def cells_or_problem(name: str, data: bytes) -> list[str] | str:
    try:
        return read_cells(name, data)
    except Unreadable as error:
        return error.problem


def code(source: Any, **metadata: Any) -> dict[str, Any]:
    return {"cell_type": "code", "source": source, "metadata": metadata, "outputs": [], "execution_count": None}


def notebook(*cells: Any) -> bytes:
    return json.dumps({"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def zipped(files: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def tarred(files: dict[str, bytes], modified: int = 1_700_000_000) -> bytes:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:gz") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size, info.mtime = len(content), modified
            archive.addfile(info, io.BytesIO(content))
    return data.getvalue()


def names(found: list[SubmissionFile]) -> list[tuple[str, str]]:
    return [(one.id, one.file) for one in found]


def patched(data: bytes, central_offset: int, local_offset: int, field: bytes) -> bytes:
    """Return a zip of one entry with a field of its two headers replaced."""
    spoiled = bytearray(data)
    central, local = data.rindex(b"PK\1\2"), data.index(b"PK\3\4")
    spoiled[central + central_offset : central + central_offset + len(field)] = field
    spoiled[local + local_offset : local + local_offset + len(field)] = field
    return bytes(spoiled)


ONE = zipped({"a.py": b"x = 1\n" * 1000})


def fill(folder: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder
