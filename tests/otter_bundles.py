"""Small bundles as `otter assign` and `otter generate` make them, and notebooks handed in to them."""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

Case = str | dict[str, Any]


def doctests(name: str, *cases: Case, **spec: Any) -> str:
    """Return a test file in Otter's doctest format: a case is its code, or a dict with that and settings."""
    suite = {"cases": [{"hidden": False, "code": one} if isinstance(one, str) else one for one in cases]}
    return f"OK_FORMAT = True\n\ntest = { ({'name': name, 'suites': [suite]} | spec)!r}\n"


def zipped(tests: Mapping[str, str], config: Mapping[str, Any] | None = None, **files: str) -> bytes:
    """Return an `autograder.zip`; ``files`` lie beside the notebook, ``__`` in their names for a dot."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for stem, source in tests.items():
            archive.writestr(f"tests/{stem}.py", source)
        archive.writestr("otter_config.json", json.dumps(config or {}))
        archive.writestr("run_autograder", "#!/usr/bin/env bash\n")
        for name, text in files.items():
            archive.writestr(f"files/{name.replace('__', '.')}", text)
    return buffer.getvalue()


def notebook(*cells: str | dict[str, Any], **otter: Any) -> bytes:
    """Return a notebook of code cells; a cell may be a dict with metadata, ``otter`` goes into the notebook's own."""
    made = []
    for cell in cells:
        extra = cell if isinstance(cell, dict) else {"source": cell}
        made.append({"cell_type": "code", "metadata": {}, "execution_count": None, "outputs": []} | extra)
    for number, cell in enumerate(made):
        cell["id"] = f"cell{number}"
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    metadata = kernel | ({"otter": otter} if otter else {})
    return json.dumps({"cells": made, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}).encode()


def written(path: Path, data: bytes) -> Path:
    """Write a file and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def handed_in(folder: Path, submissions: Mapping[str, Sequence[str] | bytes]) -> Path:
    """Write notebooks, given by their students as cells or as bytes, and return the folder."""
    for student, work in submissions.items():
        written(folder / f"{student}.ipynb", work if isinstance(work, bytes) else notebook(*work))
    return folder
