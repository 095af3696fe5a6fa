"""Data files that the course gives: kept once for all sandboxes of a zygote, and put into the folder of each.

The copy that all share belongs to the grader, and nobody may write there. A sandbox finds in its own folder folders of
its own, in which it may write files of its own too, and in them the files that were given:

- with namespaces, which make the shared copy read-only, as symbolic links to it, for its folder is another file system;
- as another user, who may neither write nor chmod what is the grader's, as hard links: on a disk they cost a hundredth;
- as the grader's own user (levels 0 and 1, macOS, Windows) as copies: a link could be written through.

What a program does to a link is done in its own folder, which is thrown away.
"""

import contextlib
import functools
import os
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Literal

import msgspec

from capas.sandbox.scratch import ENTRY_BYTES

FOLDER = "shared"
"""In the folder of a zygote, what holds the copies."""


class SharedData(msgspec.Struct, frozen=True):
    """Files that programs may read: their names are those by which a program opens them, from its own folder.

    ``folder`` holds them under these names. ``room`` is what they take in a sandbox's own folder, in bytes, beside what
    its program may write.
    """

    folder: str = ""
    names: frozenset[str] = frozenset()
    room: int = 0


NO_DATA = SharedData()


Way = Literal["symlink", "link", "copy"]
_PUT: dict[Way, Callable[[str, str], object]] = {"symlink": os.symlink, "link": os.link, "copy": shutil.copyfile}


def way_for(layers: Collection[str]) -> Way:
    """Return how a sandbox with these layers is given the files."""
    return "symlink" if "namespaces" in layers else "link" if "uid" in layers else "copy"


def keep(files: Mapping[str, Path], scratch: Path, way: Way) -> SharedData:
    """Copy ``files``, by the names that programs know them under, to a new folder in ``scratch`` that is read-only.

    From there they are to be given in one ``way``.

    Raises:
        OSError: when one cannot be read, or the disk is full.
    """
    above = scratch / FOLDER
    above.mkdir(mode=0o711, exist_ok=True)
    above.chmod(0o711)
    folder = Path(tempfile.mkdtemp(dir=above))
    room = 0
    for name, path in files.items():
        copy = folder / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
        copy.chmod(0o444)
        room += ENTRY_BYTES + (0 if way == "symlink" else copy.stat().st_size)
    for inner, _, _ in os.walk(folder):
        room += ENTRY_BYTES
        os.chmod(inner, 0o555)
    return SharedData(str(folder), frozenset(files), room)


def put(shared: str, folder: str, uid: int | None, way: Way) -> None:
    """Put the files of a shared folder into a sandbox's own: below it, in folders that belong to user ``uid``.

    Raises:
        OSError: when that cannot be done.
    """
    for below, names in listed(shared):
        own = os.path.join(folder, below)
        if below:
            os.mkdir(own, 0o700)
            if uid is not None:
                os.chown(own, uid, uid)
        for name in names:
            _PUT[way](os.path.join(shared, below, name), os.path.join(own, name))


@functools.lru_cache(maxsize=16)
def listed(shared: str) -> list[tuple[str, list[str]]]:
    """Return the folders in a shared one, "" for itself, those above first, and the files in each."""
    return [(os.path.relpath(path, shared).removeprefix("."), files) for path, _, files in os.walk(shared)]


@contextlib.contextmanager
def kept_aside(scratch: Path) -> Iterator[None]:
    """Keep shared copies out of the folder of a zygote while its fork server is started anew, which empties that."""
    inside, aside = scratch / FOLDER, Path(f"{scratch}-{FOLDER}")
    there = inside.is_dir()
    if there:
        inside.rename(aside)
    try:
        yield
    finally:
        if there:
            scratch.mkdir(exist_ok=True)
            aside.rename(inside)
