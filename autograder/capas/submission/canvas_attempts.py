"""Attempts in a zip of Canvas's, which numbers files that are handed in again: `softmax-1.ipynb`, `softmax-2.ipynb`.

Canvas zips the current attempt only, but somebody may have put several zips together. Files are taken for attempts
where each is an answer, so that nothing is lost either way: of one attempt the last of them would be graded, too.
"""

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from capas.submission.model import Contents
from capas.submission.reading import contents_of
from capas.submission.sought import Sought
from capas.submission.student_files import HandedIn, owner

_NUMBERED = re.compile(r"(?P<name>.*?)(-(?P<number>[1-9]\d?))?(?P<ending>\.[^.]*)?")


def with_attempts(files: Sequence[HandedIn], sought: Sought) -> list[HandedIn]:
    """Return the files of an export with the numbers of their attempts, 0 for those of students with one."""
    of_owner: dict[str, list[int]] = {}
    for index, file in enumerate(files):
        if file.entry.state == "collected":
            of_owner.setdefault(owner(file.entry), []).append(index)
    numbered = list(files)
    for indices in of_owner.values():
        if len(indices) > 1 and _are_attempts([files[index] for index in indices], sought):
            for index in indices:
                numbered[index] = files[index]._replace(attempt=_taken_apart(files[index])[1])
    return numbered


def _taken_apart(file: HandedIn) -> tuple[str, int]:
    """Return the name that a file had before Canvas numbered it, and the number, 0 for none."""
    match = _NUMBERED.fullmatch(PurePosixPath(file.entry.file).name)
    if match is None:
        return file.entry.file, 0
    return match["name"] + (match["ending"] or ""), int(match["number"] or 0)


def _are_attempts(files: Sequence[HandedIn], sought: Sought) -> bool:
    """Tell whether files of one student are of one name, numbered as they were handed in, and each is an answer."""
    ordered = sorted(files, key=lambda file: file.entry.number)
    apart = [_taken_apart(file) for file in ordered]
    numbers = [number for _, number in apart]
    if len({name for name, _ in apart}) > 1 or numbers != sorted(set(numbers)):
        return False
    return all(contents_of(file.entry.file, Contents(file.item.data), sought).role == "answer" for file in files)
