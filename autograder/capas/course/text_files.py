"""Reading the teacher's text files (TOML, Markdown, Python): one door, with errors that say what to do."""

import ast
import re
from pathlib import Path

from capas.files import UserError

# What Python's own tokenizer counts as the end of a line; `str.splitlines` also counts form feeds and U+2028.
_LINE_END = re.compile(r"\r\n|\r|\n")


def read_course_text(path: Path, missing: str = "the course needs it") -> str:
    """Return the text of a file of the course, with line feeds as line ends.

    Args:
        path: the file, in UTF-8, with or without a byte order mark.
        missing: what to say after "does not exist".

    Raises:
        UserError: when it is missing, a folder, not readable, or not UTF-8 (with line and byte).
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise UserError(f"{path} does not exist; {missing}") from None
    except (IsADirectoryError, NotADirectoryError, PermissionError) as error:
        if path.is_dir():
            raise UserError(f"{path} is a folder; expected a file of that name") from None
        raise UserError(f"{path} cannot be read: {error.strerror}") from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = len(_LINE_END.findall(data[: error.start].decode("latin-1"))) + 1
        byte = data[error.start]
        raise UserError(f"{path}, line {line}: byte 0x{byte:02x} is not UTF-8; save the file as UTF-8") from None
    return _LINE_END.sub("\n", text)


def source_lines(source: str) -> list[str]:
    """Return the lines of a Python source as Python counts them: item ``n - 1`` is line ``n`` of its syntax tree."""
    return _LINE_END.split(source)


def parse_source(path: Path, source: str) -> ast.Module:
    """Return the syntax tree of ``source``, which stands in ``path``.

    Raises:
        UserError: when it is not valid Python, with the line where that is known.
    """
    try:
        return ast.parse(source)
    except SyntaxError as error:
        where = f", line {error.lineno}" if error.lineno else ""
        raise UserError(f"{path}{where}: not valid Python: {error.msg}") from None
    except (ValueError, RecursionError, MemoryError) as error:
        raise UserError(f"{path}: not valid Python: {error or 'nested too deeply'}") from None
