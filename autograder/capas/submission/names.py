"""Names of what was handed in: read in whatever encoding they were written, and which of them count.

A name is looked at only. No file is ever opened by a name that stands in a zip.
"""

import re
import unicodedata
import zipfile
from collections.abc import Sequence, Set
from pathlib import PurePosixPath

from capas.submission.model import GRADABLE

SKIPPED_FOLDERS = {"__MACOSX", "__pycache__", "$RECYCLE.BIN", "capas_check", "node_modules", "site-packages", "venv"}
KEPT_COPIES = ".ipynb_checkpoints"
SKIPPED_FILES = {"Thumbs.db", "ehthumbs.db", "desktop.ini", "Icon\r"}
CHECK, CASES = "check.py", "tests"
"""What students receive beside their notebook and their script."""
UTF8_FLAG = 0x800
TOP = PurePosixPath(".")


def entry_name(info: zipfile.ZipInfo) -> str:
    """Return the name of a zip's entry.

    Many programs, Canvas among them, write UTF-8 without setting its flag; Python then takes it for code page 437.
    Windows in Spanish writes code page 850, where the two differ only in some capitals (Á, Í, Ó, Ú) and in signs.
    """
    name = info.orig_filename.split("\0")[0] or info.filename
    if info.flag_bits & UTF8_FLAG:
        return as_text(name)
    try:
        data = name.encode("cp437")
    except UnicodeError:
        return as_text(name)  # from the field for Unicode names, which newer versions of Python read
    for encoding in ("utf-8", "cp437", "cp850"):
        try:
            decoded = data.decode(encoding)
        except UnicodeError:
            continue
        if encoding == "utf-8" or all(_is_expected(char) for char in decoded):
            return decoded
    return name


def _is_expected(char: str) -> bool:
    return char.isascii() or unicodedata.name(char, "").startswith(("LATIN", "INVERTED", "MASCULINE", "FEMININE"))


def as_path(name: str) -> PurePosixPath:
    """Return the name of a zip's entry as a relative path, whether it is absolute, Windows's, or leads upward."""
    parts = re.sub(r"^[A-Za-z]:(?=[\\/])", "", name).replace("\\", "/").split("/")
    return PurePosixPath(*(part for part in parts if part not in ("", ".", "..")))


def as_text(text: str) -> str:
    """Return ``text`` without lone surrogates, which no file of results and no pipe can hold."""
    return text.encode("utf-8", "replace").decode()


def is_skipped(path: PurePosixPath) -> bool:
    """Tell whether a file is one that systems and editors leave behind."""
    return path.name in SKIPPED_FILES or any(part in SKIPPED_FOLDERS or part.startswith(".") for part in path.parts)


def is_kept_copy(path: PurePosixPath) -> bool:
    """Tell whether a file is a copy that Jupyter keeps of what it saved, in a folder that is not skipped for more."""
    if KEPT_COPIES not in path.parts[:-1]:
        return False
    return not is_skipped(PurePosixPath(*(part for part in path.parts if part != KEPT_COPIES)))


def is_wanted(path: PurePosixPath) -> bool:
    """Tell whether a file looks like one that can be graded, also where something put another ending behind its own."""
    return not is_skipped(path) and any(suffix.lower() in (*GRADABLE, ".zip") for suffix in path.suffixes)


def handed_in(paths: Sequence[PurePosixPath]) -> list[int]:
    """Return the indices of the files that are somebody's submission.

    Those that can be graded, and files of other kinds that somebody handed in instead: nothing goes without a
    result. Beside a notebook in a student's own folder other files are just what came along, and so is what the
    kit has beside the student's two files.
    """
    of_kits = kits(paths)
    folders = {path.parent for path in paths if is_wanted(path)}
    return [
        index
        for index, path in enumerate(paths)
        if not is_skipped(path)
        and not is_of_kit(path, of_kits)
        and (is_wanted(path) or path.parent == TOP or path.parent not in folders)
    ]


def is_one_kit(paths: Sequence[PurePosixPath]) -> bool:
    """Tell whether files are those that one student received, in a folder of theirs or not."""
    of_kits = kits(paths)
    return len(of_kits) == 1 and all(path.is_relative_to(kit) for kit in of_kits for path in paths if is_wanted(path))


def kits(paths: Sequence[PurePosixPath]) -> set[PurePosixPath]:
    """Return the folders that hold what students receive: the program that checks, and beside it the public cases."""
    checks = {path.parent for path in paths if path.name == CHECK}
    return checks & {path.parent.parent for path in paths if path.parent.name == CASES}


def is_of_kit(path: PurePosixPath, of_kits: Set[PurePosixPath]) -> bool:
    """Tell whether a file is the program that checks, or one of its public cases, in one of the folders ``of_kits``."""
    return path.parent in of_kits if path.name == CHECK else path.parent.name == CASES and path.parent.parent in of_kits
