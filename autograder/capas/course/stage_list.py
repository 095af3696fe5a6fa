"""The list of stages in `course.toml`: a stage is added to the text as a person would, comments kept."""

import re
from pathlib import Path

import msgspec

from capas.course.text_files import read_course_text
from capas.course.toml_contents import CourseFile
from capas.files import UserError

_LIST = re.compile(r"^stages\s*=\s*\[", re.MULTILINE)
_PIECE = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'|#[^\n]*|\]|[^\"'#\]]+")


def add_stage(path: Path, name: str) -> str:
    """Return the text of `course.toml` at ``path`` with ``name`` at the end of its stages.

    Raises:
        UserError: when the list is written in a way that this cannot add to.
    """
    text = read_course_text(path)
    before = msgspec.toml.decode(text, type=CourseFile)
    added = _added(text, name)
    try:
        after = msgspec.toml.decode(added, type=CourseFile) if added else before
    except msgspec.MsgspecError:
        after = before
    if after != msgspec.structs.replace(before, stages=[*before.stages, name]):
        raise UserError(f'{path}: cannot add to `stages` as it is written; add "{name}" to it by hand')
    return added


def _added(text: str, name: str) -> str:
    """Return the text with the name before the list's bracket, on a line of its own; "" where there is no such list."""
    opening = _LIST.search(text)
    if opening is None:
        return ""
    last = end = opening.end()  # where its last item ends, and where its bracket is
    for piece in _PIECE.finditer(text, opening.end()):
        end = piece.start()
        if piece[0] == "]":
            break
        if piece[0][0] != "#" and piece[0].strip():
            last = piece.end() - len(piece[0]) + len(piece[0].rstrip())
    empty = last == opening.end()
    comma = "" if empty or text[:last].endswith(",") else ","
    tail = text[last:end].rstrip()  # comments behind the last item
    return f'{text[:last]}{comma}{tail}\n    "{name}",\n{text[end:]}'
