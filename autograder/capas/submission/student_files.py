"""One submission of each student in an export, or of each attempt: all files that were handed in, as in a folder.

Of these the one that holds the answer stands for them all: its number is that of the submission, and comments go back
into it.
"""

import re
import unicodedata
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

import msgspec

from capas.submission import GRADABLE, Contents, Sought, SubmissionFile, hash_of, read_submission
from capas.submission.export_archive import Item
from capas.submission.group import MAX_GROUP_BYTES, FileOfGroup, distinct_paths, packed
from capas.submission.manifest import Entry
from capas.submission.names import as_path, as_text

AMBIGUOUS = "its name can be read in several ways; with --gradebook it is sure whose it is"
TOGETHER = "it is one submission with the same student's {file}"
TOO_MUCH = "the same student's files are too large together; this one was not used"
PACK = ".zip"
_PREFERRED = (*GRADABLE, PACK)
"""Where no file has an answer, a notebook stands for the others before a `.py` does."""


class HandedIn(NamedTuple):
    """A file of an export: what is told of it, the file, and the student's own folder that it was in.

    ``attempt`` tells files apart that a student handed in at different times; each attempt is a submission.
    """

    entry: Entry
    item: Item
    folder: str = ""
    attempt: int = 0

    @property
    def path(self) -> PurePosixPath:
        """Where the student had it."""
        return as_path(as_text(f"{self.folder}/{self.entry.file}"))


def one_submission_each(files: Sequence[HandedIn], sought: Sought) -> list[tuple[Entry, bytes]]:
    """Return the entry of each file, and the bytes of those that stand for a submission, which have an id.

    Args:
        files: the files, in order.
        sought: what the answer is known by.
    """
    of_attempt: dict[tuple[str, int], list[int]] = {}
    for index, file in enumerate(files):
        if file.entry.state == "collected":
            of_attempt.setdefault((owner(file.entry), file.attempt), []).append(index)
    entries = [file.entry for file in files]
    contents = [b""] * len(files)
    endings: dict[int, str] = {}
    for indices in of_attempt.values():
        if len(indices) == 1:
            contents[indices[0]] = files[indices[0]].item.data
            endings[indices[0]] = _suffix(entries[indices[0]].file)
        else:
            first, contents[first] = _join(files, indices, sought, entries)
            endings[first] = PACK
    ids: set[str] = set()
    for index in sorted(endings):
        identity = _identity(entries[index], ids)
        entries[index] = msgspec.structs.replace(entries[index], id=identity, stored=identity + endings[index])
    return list(zip(entries, contents, strict=True))


def owner(entry: Entry) -> str:
    """Return what tells whose an entry is, the same for all of a student's."""
    if entry.reason == AMBIGUOUS:
        return entry.source
    return entry.user or entry.anonymous or entry.email or entry.source


def _join(files: Sequence[HandedIn], indices: list[int], sought: Sought, entries: list[Entry]) -> tuple[int, bytes]:
    """Make one submission of a student's files; return which of them stands for it, and its bytes."""
    indices = sorted(indices, key=lambda index: files[index].entry.number)
    named = [(files[index].path, files[index].entry.attachment) for index in indices]
    paths = dict(zip(indices, distinct_paths(named), strict=True))
    # Where a platform numbers files, the times in its zip are those at which it was made.
    is_numbered = len({files[index].entry.number for index in indices}) == len(indices)
    group: dict[int, FileOfGroup] = {}
    left = MAX_GROUP_BYTES
    for index in sorted(indices, key=lambda index: _rank(files[index]), reverse=True):
        item = files[index].item
        if len(item.data) <= left:
            left -= len(item.data)
            turn, modified = (indices.index(index), 0.0) if is_numbered else (0, item.modified)
            group[index] = FileOfGroup(paths[index], item.data, modified, turn)
    data = packed(group.values())
    first = _with_answer({index: file.path for index, file in group.items()}, data, sought)
    for index in indices:
        if index == first:
            entries[index] = msgspec.structs.replace(entries[index], sha256=hash_of(data))
        elif index in group:
            reason = TOGETHER.format(file=entries[first].file)
            entries[index] = msgspec.structs.replace(entries[index], state="together", reason=reason)
        else:
            entries[index] = msgspec.structs.replace(entries[index], state="not chosen", reason=TOO_MUCH)
    return first, data


def _with_answer(paths: dict[int, str], data: bytes, sought: Sought) -> int:
    """Return which file holds the answer that is graded; where there is none, the first."""
    chosen = read_submission(SubmissionFile("", PACK, Contents(data)), sought).code.chosen
    return next((index for index, path in paths.items() if f"{chosen}/".startswith(f"{path}/")), next(iter(paths)))


def _rank(file: HandedIn) -> tuple[int, int]:
    suffix = _suffix(file.entry.file)
    return len(_PREFERRED) - _PREFERRED.index(suffix) if suffix in _PREFERRED else 0, file.entry.number


def _suffix(file: str) -> str:
    suffix = PurePosixPath(file).suffix.lower()
    return suffix if re.fullmatch(r"\.[a-z0-9]{1,10}", suffix) else ""


def _identity(entry: Entry, taken: set[str]) -> str:
    name = re.sub(r"[^\w-]+", "_", unicodedata.normalize("NFC", entry.name))[:60]
    name = name.encode()[:120].decode(errors="ignore").strip("_")
    who = entry.user or (f"anon_{entry.anonymous}" if entry.anonymous else "")
    base = "_".join(part for part in (name, re.sub(r"[^\w-]+", "_", who), entry.attachment) if part) or "submission"
    identity, count = base, 2
    while identity.casefold() in taken:
        identity, count = f"{base}-{count}", count + 1
    taken.add(identity.casefold())
    return identity
