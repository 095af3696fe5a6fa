"""From the bytes of a notebook or a `.py` to the pieces of Python in it. Nothing is run here."""

import ast
import io
import json
import re
import tokenize
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from capas.submission.archive import the_work
from capas.submission.model import Unreadable
from capas.submission.names import as_text

MAX_MAGIC_WORK = 2_000_000
OWN_CELL = "capas"
"""The key in a cell's metadata that marks the kit's own cells, and ``role`` inside it what they are for."""


def read_cells(name: str, data: bytes) -> list[str]:
    """Return the pieces of Python in a file called ``name`` with contents ``data``.

    Raises:
        Unreadable: saying why.
    """
    name, data = the_work(name, data)
    if PurePosixPath(name).suffix.lower() == ".ipynb":
        return _notebook_cells(data)
    return [plain_python(decode_python(data))]


def decode_python(data: bytes) -> str:
    """Return the text of a `.py`, in whatever encoding it was written, with plain line ends.

    Raises:
        Unreadable: when it is not text.
    """
    if b"\0" in data:
        raise Unreadable("not_text")
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        return io.TextIOWrapper(io.BytesIO(data), encoding).read()
    except (SyntaxError, UnicodeError, LookupError):
        # Old editors on Windows still write this one, and every byte means something in it.
        return data.decode("latin-1").replace("\r\n", "\n")


def _notebook_cells(data: bytes) -> list[str]:
    try:
        notebook = json.loads(data)
        cells = list(_cells_of(notebook))
    except (ValueError, RecursionError, AttributeError, TypeError, KeyError):
        raise Unreadable("not_a_notebook") from None
    sources = [
        plain_python(source)
        for kind, source, metadata in cells
        if kind == "code" and not is_own_cell(metadata) and source.strip()
    ]
    if not any(kind == "code" for kind, _, _ in cells):
        raise Unreadable("no_code")
    return sources


def _cells_of(notebook: Any) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield kind, source and metadata of each cell; version 3 keeps them in worksheets, code as ``input``."""
    if not isinstance(notebook, dict):
        raise TypeError
    cells = notebook.get("cells")
    if cells is None:
        cells = [cell for sheet in notebook["worksheets"] for cell in sheet["cells"]]
    for cell in cells:
        if not isinstance(cell, dict):
            continue
        source = cell.get("source", cell.get("input", "")) or ""
        if isinstance(source, list):
            source = "".join(line for line in source if isinstance(line, str))
        metadata = cell.get("metadata")
        if isinstance(source, str):
            yield cell.get("cell_type", ""), source, metadata if isinstance(metadata, dict) else {}


def is_own_cell(metadata: dict[str, Any]) -> bool:
    """Tell whether a cell is the kit's own (start, checks, drawing, hand-in), not to be run for a grade."""
    own = metadata.get(OWN_CELL)
    tags = metadata.get("tags")
    ignored = isinstance(tags, list) and "otter_ignore" in tags
    return ignored or (isinstance(own, dict) and own.get("role") not in (None, "stub", "given"))


def plain_python(source: str) -> str:
    """Return ``source`` with IPython's magics and shell lines turned into calls of ``get_ipython()``.

    Source that is Python already, which is nearly all, is returned as it is.
    """
    source = as_text(source)
    try:
        ast.parse(source)
        return source
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        magics = re.findall(r"^[ \t]*[%!?]|=\s*[%!]|\?\s*$", source, re.MULTILINE)
        # IPython reads the whole source again for each; nobody may keep it busy for hours.
        if not magics or len(magics) * len(source) > MAX_MAGIC_WORK:
            return source
    from IPython.core.inputtransformer2 import TransformerManager

    try:
        return TransformerManager().transform_cell(source)
    except Exception:
        return source
