"""What students hand in that is broken, by accident or on purpose: one short file a line, named for what is wrong.

Each is made in a folder of its own and read and graded as any other. Whatever it is, there is a result that says so.
"""

import io
import json
import os
import stat
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from yard import HONEST

Make = Callable[[Path], None]

BROKEN_INPUT = "Broken input"


@dataclass(frozen=True)
class Broken:
    """A file that ``make`` puts into a folder, and what its result must be: status, points of `double` and `shift`."""

    name: str
    make: Make
    status: str
    double: float
    shift: float


FILES: list[Broken] = []
ALL, NONE, LOST = (5.0, 3.0), (0.0, 0.0), (0.0, 3.0)


def broken(name: str, make: Make, points: tuple[float, float] = ALL, status: str = "graded") -> None:
    FILES.append(Broken(name, make, status, *points))


def file(name: str, data: bytes | str) -> Make:
    def make(folder: Path) -> None:
        (folder / name).write_bytes(data.encode() if isinstance(data, str) else data)

    return make


def cell(source: Any, kind: str = "code", **more: Any) -> dict[str, Any]:
    return {"cell_type": kind, "metadata": {}, "source": source, **more}


def notebook_text(*cells: Any) -> str:
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": list(cells)})


def notebook(*cells: Any) -> Make:
    return file("work.ipynb", notebook_text(*cells))


def zip_bytes(*entries: tuple[Any, Any]) -> bytes:
    """Return a zip of entries (name or ZipInfo, contents)."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for inside, data in entries:
            made.writestr(inside, data)
    return buffer.getvalue()


def archive(*entries: tuple[Any, Any]) -> Make:
    return file("work.zip", zip_bytes(*entries))


def special(name: str, mode: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.create_system, info.external_attr = 3, (mode | 0o777) << 16
    return info


_DOCSTRING, DOUBLE, SHIFT = HONEST.split("\n\n\n")
NOTE = "open({!r}, 'w').close()\nraise SystemExit\n"

broken("a syntax error in a script", file("work.py", HONEST + "def f(:\n"))
broken("a syntax error in one cell of a notebook", notebook(cell(DOUBLE + "\n  )("), cell(SHIFT)), LOST)
broken("NUL bytes", file("work.py", HONEST + "\0\0"), NONE, "unreadable")
broken("a script in Latin-1", file("work.py", ("# año\n" + HONEST).encode("latin-1")))
broken("a script in UTF-16", file("work.py", HONEST.encode("utf-16")))
broken("a script that says it is in an encoding that does not exist", file("work.py", "# coding: klingon\n" + HONEST))
broken("a script with a byte order mark", file("work.py", b"\xef\xbb\xbf" + HONEST.encode()))
broken("tabs and spaces mixed", file("work.py", SHIFT + "\ndef double(x):\n\tv = 1\n        return v\n"), LOST)
broken("Windows line ends", file("work.py", HONEST.replace("\n", "\r\n")))
broken("a lone surrogate in a notebook", notebook(cell(HONEST + "text = '\ud83d'\n")))
broken("JSON cut off in the middle", file("work.ipynb", '{"cells": [{"cell_type": "co'), NONE, "unreadable")
broken("a notebook that is JSON but no notebook", file("work.ipynb", "[1, 2, 3]"), NONE, "unreadable")
broken("a notebook that is a pickle", file("work.ipynb", b"\x80\x04\x95K\x00\x00\x00\x00."), NONE, "unreadable")
broken("a notebook nested a million deep", file("work.ipynb", "[" * 10**6), NONE, "unreadable")
broken(
    "a notebook with a number of a million digits",
    file("work.ipynb", '{"cells": [], "x": ' + "9" * 10**6 + "}"),
    NONE,
    "unreadable",
)
broken(
    "a notebook of version 3",
    file(
        "work.ipynb",
        json.dumps({"nbformat": 3, "worksheets": [{"cells": [{"cell_type": "code", "input": [HONEST]}]}]}),
    ),
)
broken("a notebook without cells", notebook(), NONE, "unreadable")
broken("a notebook without code", notebook(cell("# Title", "markdown"), cell("raw", "raw")), NONE, "unreadable")
broken("a notebook with empty code cells only", notebook(cell(""), cell([])), NONE)
broken(
    "null, numbers and lists where cells and sources should be",
    notebook(None, 7, [], {}, cell(None), cell(7), cell([None, 7]), cell(HONEST, metadata=None)),
)
broken("cells that are null", file("work.ipynb", '{"cells": null, "nbformat": 4}'), NONE, "unreadable")
broken(
    "magics, shell commands and input()",
    notebook(
        cell("%matplotlib inline\n!pip install numpy\nfiles = !ls\n%time x = 1\nnumber?"),
        cell("%%bash\nexit 1"),
        cell("name = input('name? ')"),
        cell(HONEST),
    ),
)
broken("the same function twice, the last one right", notebook(cell("def double(x): return 0"), cell(HONEST)))
broken("the same function twice, the last one wrong", notebook(cell(HONEST), cell("def double(x): return 0")), LOST)
broken("a function split over two cells", notebook(cell("def double(x):"), cell("    return 0"), cell(SHIFT)), LOST)
broken("a missing function", file("work.py", SHIFT), LOST)
broken("a function that is not a function", file("work.py", SHIFT + "\ndouble = 3\n"), LOST)
broken("a function of another signature", file("work.py", SHIFT + "\ndef double(): return 0\n"), LOST)
broken("a class instead of a function", file("work.py", SHIFT + "\nclass double: pass\n"), LOST)
broken("a zip whose entry climbs out of its folder", archive(("../../../../open/work.py", HONEST)))
broken("a zip with an absolute path", archive(("/open/work.py", HONEST)))
broken("a zip with a path of Windows", archive(("C:\\open\\..\\work.py", HONEST)))
broken("a zip with a symbolic link", archive((special("work.py", stat.S_IFLNK), "/etc/passwd")), NONE, "unreadable")
broken("a zip with a device", archive((special("work.py", stat.S_IFCHR), "")), NONE, "unreadable")
broken("a zip with a pipe", archive((special("work.py", stat.S_IFIFO), "")), NONE, "unreadable")
broken("a zip bomb", archive(("work.py", b"#" * 10**8)), NONE, "unreadable")
broken("a zip in a zip", archive(("inside.zip", zip_bytes(("work.py", HONEST)))))
broken("a zip of thousands of files", archive(*((f"{n}.txt", "") for n in range(3000))), NONE, "unreadable")
broken("a zip with two notebooks", archive(("a.ipynb", "{}"), ("b.ipynb", "{}")), NONE, "unreadable")
broken("a zip without work", archive(("photo.jpg", b"\xff\xd8")), NONE, "unreadable")
broken("an empty zip", archive(), NONE, "unreadable")
broken("a zip that is none", file("work.zip", b"PK\3\4" + bytes(100)), NONE, "unreadable")


def with_a_password(folder: Path) -> None:
    data = bytearray(zip_bytes(("work.py", HONEST)))
    for header, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data[data.index(header) + flags] |= 1
    file("work.zip", bytes(data))(folder)


def cut_off(folder: Path) -> None:
    file("work.zip", zip_bytes(("work.py", HONEST * 1000))[:-40])(folder)


def claiming_to_be_small(folder: Path) -> None:
    data = bytearray(zip_bytes(("work.py", b"#" * 10**8)))
    for header, sizes in ((b"PK\3\4", 22), (b"PK\1\2", 24)):
        struct.pack_into("<I", data, data.index(header) + sizes, 100)
    file("work.zip", bytes(data))(folder)


broken("a zip with a password", with_a_password, NONE, "unreadable")
broken("a zip cut off in the middle", cut_off, NONE, "unreadable")
broken("a zip bomb that claims to be small", claiming_to_be_small, NONE, "unreadable")
broken(
    "modules beside the notebook that would shadow NumPy, Otter and Python's own",
    lambda folder: archive(
        ("work.ipynb", notebook_text(cell("import numpy as np\nx = np.ones(2)\n" + HONEST))),
        *((name, NOTE.format(str(folder / "executed"))) for name in ("numpy.py", "otter.py", "sitecustomize.py")),
    )(folder),
)
broken(
    "folders of macOS and of Jupyter beside the work",
    archive(
        ("__MACOSX/._work.py", b"\0\5\26\7"),
        (".ipynb_checkpoints/work-checkpoint.ipynb", "{}"),
        ("__pycache__/work.cpython-311.pyc", b"\0"),
        (".OTTER_LOG", b"\x80\x04."),
        ("work.py", HONEST),
    ),
)
for odd in ("mi tarea final (2).py", "año ñandú.py", "🦤🔥.py", "two\nlines.py", "-rf.py", "=1+1.py", "a'b\"c.py"):
    broken(f"a file called {odd!r}", file(odd, HONEST))
broken("a file name of 250 characters", file("x" * 247 + ".py", HONEST))
broken("an empty file", file("work.py", b""), NONE, "unreadable")
broken("a file of blanks", file("work.ipynb", b" \n\t"), NONE, "unreadable")


def huge(folder: Path) -> None:
    with (folder / "work.ipynb").open("wb") as made:
        made.truncate(100 * 2**20)


def in_a_folder_of_its_name(folder: Path) -> None:
    inside = folder / "work.py"
    inside.mkdir()
    file("work.py", HONEST)(inside)


def beside_what_is_no_file(folder: Path) -> None:
    os.mkfifo(folder / "pipe.py")
    (folder / "zero.py").symlink_to("/dev/zero")
    (folder / "lost.py").symlink_to("nowhere")
    (folder / "around.py").symlink_to("around.py")
    (folder / "loop").symlink_to(folder)
    (folder / "__MACOSX").mkdir()
    file("work.py", b"\0")(folder / "__MACOSX")
    file("work.py", HONEST)(folder)


broken("a file of 100 MB", huge, NONE, "unreadable")
broken("a folder called like a script", in_a_folder_of_its_name)
broken("pipes, devices and links to nowhere in the folder of submissions", beside_what_is_no_file)
