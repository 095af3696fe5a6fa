"""The data files of a stage: `assignments/<stage>/data/`, which students get and which all code of the stage may read.

They have the same names everywhere, such as ``data/falls.csv``: in `student.zip`, in `autograder.zip`, in a sandbox,
and where the teacher's own files are run.
"""

import contextlib
import functools
import hashlib
import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from capas.course.model import Stage
from capas.files import UserError

DATA = "data"
MAX_FILES = 1_000
MB = 2**20
_JUNK = {"thumbs.db", "desktop.ini", "__pycache__"}
_CODE = (".py", ".ipynb", ".pyc")
_NOT_ON_WINDOWS = '<>:"|?*\\'
_DEVICES = {"con", "prn", "aux", "nul", *(f"{name}{number}" for name in ("com", "lpt") for number in range(1, 10))}


def data_files(stage: Stage) -> dict[str, Path]:
    """Return the data files of ``stage`` by their names, in order; hidden files and what systems leave are none.

    Raises:
        UserError: for the first that cannot be given to students as it is.
    """
    for path, told in data_problems(stage):
        raise UserError(f"{path}: {told}")
    return dict(_listed(stage))


def data_hashes(stage: Stage) -> dict[str, str]:
    """Return the hash of each data file by its name, with the same error."""
    return {name: _hash(path, *_state(path)) for name, path in data_files(stage).items()}


def data_problems(stage: Stage) -> Iterator[tuple[Path, str]]:
    """Yield what is wrong with data files: the file or folder, and what to do."""
    folder = stage.assignment / DATA
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        yield folder, "must be a folder of its own, no link and no file; put the files themselves there"
        return
    total, names = 0, dict[str, str]()
    for name, path in _listed(stage):
        told = _problem(folder, name, path)
        same = names.setdefault(unicodedata.normalize("NFC", name).casefold(), name)
        if told:
            yield path, told
        elif same != name:
            yield path, f"differs from {same} in capitals or accents only, which is one file on many systems; rename it"
        else:
            total += path.stat().st_size
    if total > stage.data_mb * MB:
        asked = f"{total / MB:.1f} MB of data files, more than the {stage.data_mb:g} MB that a stage may have"
        yield folder, f"{asked}; make them smaller, or raise `data_mb` in course.toml: every student downloads them"
    if len(names) > MAX_FILES:
        told = f"{len(names)} data files; a stage may have {MAX_FILES}. Put them into a few, such as .npz or .csv"
        yield folder, told


@contextlib.contextmanager
def beside_data(folder: Path | str) -> Iterator[None]:
    """Run what is inside in ``folder``, where it has data files: ``open("data/falls.csv")`` finds them then."""
    if not folder or not os.path.isdir(os.path.join(folder, DATA)):
        yield
        return
    with contextlib.chdir(folder):
        yield


def _listed(stage: Stage) -> Iterator[tuple[str, Path]]:
    for path, folders, files in os.walk(stage.assignment / DATA):
        # A link to a folder is not gone into; it is told of as a file that it is not.
        links = [name for name in folders if os.path.islink(os.path.join(path, name))]
        folders[:] = sorted(name for name in folders if name not in links and not _is_left_out(name))
        for name in sorted([*files, *links]):
            if not _is_left_out(name):
                file = Path(path, name)
                yield file.relative_to(stage.assignment).as_posix(), file


def _is_left_out(name: str) -> bool:
    return name.startswith(".") or name.casefold() in _JUNK


def _problem(folder: Path, name: str, path: Path) -> str:
    """Return what is wrong with one data file, "" for nothing."""
    if not path.resolve().is_relative_to(folder.resolve()):
        return "leads out of the data folder; put the file itself there"
    if not path.is_file():
        return "is no file that can be read; put the file itself there"
    if not os.access(path, os.R_OK):
        return "cannot be read; give yourself the right to read it"
    if path.suffix.lower() in _CODE:
        return (
            "is code, which would be read as an answer where somebody hands in the whole folder; "
            "give functions in the reference, under `given` in assignment.toml"
        )
    for part in name.split("/")[1:]:
        if part.partition(".")[0].casefold() in ("check", "capas_check", "student"):
            return f"`{part}` is what students' files with the checks are called; rename it"
        if _is_not_portable(part):
            return f"`{part}` cannot be a file on Windows; use letters, digits, . _ and -"
    return ""


def _is_not_portable(part: str) -> bool:
    strange = any(letter in _NOT_ON_WINDOWS or not letter.isprintable() for letter in part)
    return (
        strange
        or part[-1] in " ."
        or part[0] == " "
        or part.partition(".")[0].casefold() in _DEVICES
        or (len(part.encode("utf-8", "surrogatepass")) > 100)
    )


def _state(path: Path) -> tuple[int, int]:
    state = path.stat()
    return state.st_mtime_ns, state.st_size


@functools.lru_cache(maxsize=4 * MAX_FILES)
def _hash(path: Path, _modified: int, _size: int) -> str:
    """Return the hash of a file in a state: large files are read once."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
