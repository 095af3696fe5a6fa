"""A wheel of what grades, made from the program's own files: `autograder.zip` carries it to other machines.

The rooms that only build, report or print stay behind, and with them the command line and the libraries that only
they use. The format is that of the packaging specification "Binary distribution format".
"""

import base64
import functools
import hashlib
import re
from importlib import metadata
from pathlib import Path, PurePosixPath

import capas
from capas.bundle.zip import make_zip
from capas.grading.key import NOT_GRADING, room_of

PACKAGES = ("capas", "capas_check")
LEFT_OUT = NOT_GRADING | {"run"}
"""Rooms that do not travel. `run` decides results of whole classes, but Otter grades one submission at a time."""
UNNEEDED = ("jinja2", "markdown-it-py", "pandas", "rich", "scipy", "typer")
"""Requirements of the program that only rooms in `LEFT_OUT` import, or only submissions: the course names those."""


def wheel_name() -> str:
    """Return the wheel's file name."""
    return f"capas-{capas.__version__}-py3-none-any.whl"


@functools.cache
def program_files() -> dict[str, bytes]:
    """Return the files of the whole program, by their paths from the folder that holds its packages."""
    folder = Path(capas.__file__).parents[1]
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for package in PACKAGES
        for path in sorted((folder / package).rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


@functools.cache
def make_wheel() -> bytes:
    """Return the bytes of the wheel; the same program gives the same bytes."""
    files = {name: data for name, data in program_files().items() if room_of(PurePosixPath(name)) not in LEFT_OUT}
    info = f"capas-{capas.__version__}.dist-info"
    needs = [need for need in metadata.requires("capas") or [] if "extra ==" not in need and not _is_unneeded(need)]
    files[f"{info}/METADATA"] = "\n".join(
        [
            "Metadata-Version: 2.1",
            "Name: capas",
            f"Version: {capas.__version__}",
            "Requires-Python: >=3.11",
            *(f"Requires-Dist: {need}" for need in sorted(needs)),
            "",
        ]
    ).encode()
    files[f"{info}/WHEEL"] = b"Wheel-Version: 1.0\nGenerator: capas\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    record = "".join(f"{name},{_digest(data)},{len(data)}\n" for name, data in sorted(files.items()))
    files[f"{info}/RECORD"] = (record + f"{info}/RECORD,,\n").encode()
    return make_zip(files)


def _is_unneeded(requirement: str) -> bool:
    name = re.match(r"[\w.-]+", requirement)
    return name is not None and name[0].lower() in UNNEEDED


def _digest(data: bytes) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
    return f"sha256={digest}"
