"""From a notebook's bytes to its cells, without its outputs, and from cells to Python. Nothing is run here."""

import ast
import codecs
import contextlib
import json
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec

from capas.submission.definitions import definitions
from capas.submission.model import MAX_SOURCE_BYTES, Note, Unreadable
from capas.submission.names import as_text
from capas.submission.of_short_texts import remembered
from capas.submission.own_cells import is_own_cell, without_start
from capas.submission.readable import readable
from capas.submission.text_encoding import decode_text

MAX_METADATA_BYTES = 100_000
MAX_MAGIC_WORK = 2_000_000
_PIECE = 2**20
SWALLOWS = re.compile(
    r"\s*(%%(?:bash|cmd|file|html|HTML|javascript|js|latex|markdown|perl|pypy|python2|ruby|script|sh|svg|SVG|sx|system"
    r"|writefile|R|julia)\b[^\n]*|%%!|!!)"
)
"""Magics under which code is not run as Python, in the cell's own namespace."""

_OF_IPYTHON = re.compile(r"^[ \t]*[%!?]|=\s*[%!]|\?\s*$|\A\s*?^[ \t]+\S|^(?:>>> |In \[\d+\]: )", re.MULTILINE)
"""Magics and shell lines; or the whole is indented, or pasted with its prompts, which IPython takes away."""
_REWRITTEN = re.compile(r"^[ \t]*[%!?,;/]|=\s*[%!]|\?\s*$", re.MULTILINE)
"""What IPython rewrites, which it does one by one, reading the whole source again after each."""
_CONFLICT = re.compile(rb"^<{7} ", re.MULTILINE)
_NUMBER_OR_TEXT = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|-?Infinity|NaN', re.S)
_HALF_CHARACTER = re.compile(
    rb"\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
)


class Cell(NamedTuple):
    """One cell: code, or text of some kind."""

    is_code: bool
    source: str
    metadata: dict[str, Any]


_NOTHING = msgspec.Raw(b"null")


class _Sheet(msgspec.Struct):
    cells: msgspec.Raw = _NOTHING


class _Notebook(msgspec.Struct):
    cells: msgspec.Raw = _NOTHING
    worksheets: list[_Sheet] | None = None


class _Cell(msgspec.Struct):
    cell_type: str = ""
    source: msgspec.Raw = _NOTHING
    input: msgspec.Raw = _NOTHING
    metadata: msgspec.Raw = _NOTHING


def notebook_cells(data: bytes) -> list[Cell]:
    """Return the cells of a notebook, of version 3 or 4; outputs are passed over where they stand.

    Raises:
        Unreadable: when it is none, is cut off, or has too much code.
    """
    cells: list[Cell] = []
    size = 0
    for raw in _raw_cells(data):
        try:
            cell = msgspec.json.decode(raw, type=_Cell)
        except (msgspec.MsgspecError, RecursionError):
            continue  # Whatever that is, it is no cell.
        source = cell.source if cell.source != _NOTHING else cell.input
        size += len(memoryview(source))
        if size > MAX_SOURCE_BYTES:
            raise Unreadable("too_much_code")
        text = _loaded(source)
        if isinstance(text, list):
            text = "".join(line for line in text if isinstance(line, str))
        metadata = _loaded(cell.metadata) if len(memoryview(cell.metadata)) <= MAX_METADATA_BYTES else {}
        if text is None or isinstance(text, str):
            metadata = metadata if isinstance(metadata, dict) else {}
            cells.append(Cell(cell.cell_type == "code", as_text(text or ""), metadata))
    return cells


def _raw_cells(data: bytes) -> list[msgspec.Raw]:
    data = _as_utf8(data)
    try:
        try:
            notebook = msgspec.json.decode(data, type=_Notebook)
        except msgspec.DecodeError:
            data = _repaired(data)
            notebook = msgspec.json.decode(data, type=_Notebook)
        sheets = [_Sheet(notebook.cells)] if notebook.cells != _NOTHING else notebook.worksheets
        if sheets is None:
            raise Unreadable("not_a_notebook")
        return [cell for sheet in sheets for cell in _list_of(sheet.cells)]
    except (msgspec.MsgspecError, RecursionError) as error:
        if _CONFLICT.search(data):
            raise Unreadable("conflict") from None
        raise Unreadable("cut_off" if "truncated" in str(error) else "not_a_notebook") from None


def _as_utf8(data: bytes) -> bytes:
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        if not data.startswith(codecs.BOM_UTF16_LE) and b"\0" not in data[:4]:
            # Piece by piece: the text of it all may take four times the room.
            decoder = codecs.getincrementaldecoder("utf-8")()
            for start in range(0, len(data), _PIECE):
                decoder.decode(data[start : start + _PIECE])
            decoder.decode(b"", final=True)
            return data
    except UnicodeError:
        pass
    return decode_text(data).encode("utf-8", "replace")


def _list_of(cells: msgspec.Raw) -> list[msgspec.Raw]:
    if bytes(memoryview(cells)[:1]) in (b"{", b'"'):
        return []
    return msgspec.json.decode(cells, type=list[msgspec.Raw])


def _repaired(data: bytes) -> bytes:
    """Return JSON as the standard has it: outputs may hold NaN, and halves of a character that was cut in two."""
    data = _NUMBER_OR_TEXT.sub(lambda found: found[0] if found[0][:1] == b'"' else b"null", data)
    return _HALF_CHARACTER.sub(lambda found: b"?" if found[1] else found[0], data)


def _loaded(raw: msgspec.Raw) -> Any:
    with contextlib.suppress(msgspec.MsgspecError, RecursionError):
        return msgspec.json.decode(raw)
    try:  # which takes half characters, and numbers that are none
        return json.loads(bytes(raw))
    except (ValueError, RecursionError):
        return None


def code_cells(cells: Sequence[Cell]) -> list[str]:
    """Return the student's Python in a notebook's cells, magics as calls, without what is the kit's own.

    Raises:
        Unreadable: when there is no code cell at all.
    """
    if not any(cell.is_code for cell in cells):
        raise Unreadable("no_code")
    own = [cell.source for cell in cells if cell.is_code and not is_own_cell(cell.metadata, cell.source)]
    return [plain_python(without_start(readable(source))) for source in own if source.strip()]


def noticed(cells: Sequence[Cell], questions: Sequence[str]) -> list[Note]:
    """Return what keeps code in a notebook from being run: it is in a text cell, or under a magic that swallows it."""
    runs = [readable(cell.source) for cell in cells if cell.is_code and not SWALLOWS.match(cell.source)]
    missing = set(questions) - definitions(runs).answered
    notes = []
    for cell in cells if missing else ():
        magic = SWALLOWS.match(cell.source) if cell.is_code else None
        if cell.is_code and not magic:
            continue
        text = cell.source if magic else re.sub(r"^```.*$", "", cell.source, flags=re.M)
        for name in sorted(definitions([text]).answered & missing):
            if not magic and not re.search(rf"^(?:def|class) {name}\b", text, re.M):
                continue  # A formula, perhaps.
            missing.discard(name)
            if magic:
                notes.append(Note("note_code_under_magic", {"name": name, "magic": magic[1].strip()[:40]}))
            else:
                line = cell.source.strip().partition("\n")[0][:60]
                notes.append(Note("note_code_in_text", {"name": name, "line": line}))
    return notes


@remembered
def plain_python(source: str) -> str:
    """Return ``source`` as IPython runs it: magics and shell lines as calls of ``get_ipython()``.

    Prompts pasted with the code, and an indentation of the whole, are left out. Source that is Python already, which
    is nearly all, is returned as it is.
    """
    source = as_text(source)
    try:
        ast.parse(source)
        return source
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        if not _OF_IPYTHON.search(source) or len(_REWRITTEN.findall(source)) * len(source) > MAX_MAGIC_WORK:
            return source
    from IPython.core.inputtransformer2 import TransformerManager

    try:
        return TransformerManager().transform_cell(source)
    except Exception:
        return source
