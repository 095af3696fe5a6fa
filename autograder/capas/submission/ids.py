"""The id of each submission: whose it is, as far as the name of its file, or of the folder it lies in, says so."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence, Set
from pathlib import PurePosixPath
from typing import NamedTuple

# What browsers, systems, Jupyter and Colab put around the name of a file that is there already. A number after `_` is
# not among it: a class without names has student_1 to student_30.
_ADDED = re.compile(
    r"^(copia|copy)([ _]\(\d+\))?[ _](de|of)[ _]|[ _-]*\(\d{1,3}\)$|[ -]+[1-9]\d?$|[ _-]+(copia|copy)[ _-]*\d*$"
    r"|-checkpoint$|\.(ipynb|py|zip)$",
    re.IGNORECASE,
)
_ANYBODYS_FOLDERS = frozenset({"assignment", "entrega", "homework", "src", "submission", "tarea"})


class FilePlace(NamedTuple):
    """A file by its name below what was named, and by its whole path; a class's zip counts as a folder of its name."""

    name: PurePosixPath
    path: PurePosixPath


class Identity(NamedTuple):
    """The id of a submission, and the last folders of its path, by which another file of the same id is known."""

    id: str
    folder: str


def identify(files: Sequence[FilePlace], handed_out: Set[str]) -> list[Identity]:
    """Return an id for each file, no two alike in a file's name.

    A stem that says whose the file is, is the id; with its folders where such stems are alike. One that everybody's
    file has goes with the folder it lies in, whatever else is named. A number tells apart what is left alike.

    Args:
        files: the files.
        handed_out: names that everybody's file may have, because the course gave it so.
    """
    depths = [_depth(file.path, handed_out) for file in files]
    ids = _with_folders([file.path for file in files], depths)
    stems = [_file_safe(file.name.stem) for file in files]
    counts = Counter(stem for stem, depth in zip(stems, depths, strict=True) if not depth)
    identities: list[Identity] = []
    taken: set[str] = set()
    for file, depth, long, stem in zip(files, depths, ids, stems, strict=True):
        short = stem if counts[stem] == 1 else _joined(file.name, len(file.name.parent.parts))
        base = id_ = long if depth else short
        count = 2
        while id_.casefold() in taken:
            id_, count = f"{base}-{count}", count + 1
        taken.add(id_.casefold())
        # One folder more than the id has: of two students' folders of one name it says which.
        identities.append(Identity(id_, "/".join(_folders(file.path)[-depth - 1 :])))
    return identities


def is_anybodys(stem: str, handed_out: Set[str]) -> bool:
    """Tell whether a name is one that the course gave, also as browsers and systems change it."""
    names = {_plain(name) for name in handed_out}
    return any(_plain(name) in names for name in shortened(unicodedata.normalize("NFC", stem).casefold()))


def shortened(stem: str) -> Iterator[str]:
    """Yield the name of a file, and the names it may have had before browsers and systems changed it."""
    longer, stem = "", stem.strip()
    while stem != longer:
        yield stem
        longer, stem = stem, _ADDED.sub("", stem, count=1).strip()


def _plain(name: str) -> str:
    return re.sub(r"[ _-]+", "_", name.casefold())


def _depth(path: PurePosixPath, handed_out: Set[str]) -> int:
    """Return how many folders an id needs until one of its names says whose the file is."""
    if not is_anybodys(path.stem, handed_out):
        return 0
    folders = _folders(path)
    for depth, folder in enumerate(reversed(folders), 1):
        if not is_anybodys(folder, handed_out | _ANYBODYS_FOLDERS):
            return depth
    return len(folders)


def _with_folders(paths: Sequence[PurePosixPath], depths: Sequence[int]) -> list[str]:
    """Return names with so many folders, and more where files of different folders would be alike."""
    depths = list(depths)
    while True:
        names = [_joined(path, depth) for path, depth in zip(paths, depths, strict=True)]
        parents: dict[str, set[PurePosixPath]] = defaultdict(set)
        for name, path, depth in zip(names, paths, depths, strict=True):
            if depth:
                parents[name.casefold()].add(path.parent)
        longer = [
            depth + (0 < depth < len(_folders(path)) and len(parents[name.casefold()]) > 1)
            for name, path, depth in zip(names, paths, depths, strict=True)
        ]
        if longer == depths:
            return names
        depths = longer


def _folders(path: PurePosixPath) -> tuple[str, ...]:
    return path.parent.relative_to(path.anchor).parts


def _joined(path: PurePosixPath, depth: int) -> str:
    folders = _folders(path)
    return _file_safe("_".join([*folders[len(folders) - depth :], path.stem]))


def _file_safe(text: str) -> str:
    # Composed, as everything but a Mac writes it: as letters and accents apart, the accents would be lost.
    safe = re.sub(r"[^\w.-]+", "_", unicodedata.normalize("NFC", text))[:100]
    # The name of a file may have 255 bytes, with what is put around an id.
    return safe.encode("utf-8", "replace")[:200].decode(errors="ignore").strip("._") or "submission"
