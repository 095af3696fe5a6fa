"""Reading what students hand in: a notebook, a `.py`, or a zip holding one of them. Nothing is run here."""

import ast
import hashlib
import io
import json
import lzma
import re
import tokenize
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec

from capas.files import UserError

GRADABLE = (".ipynb", ".py")
MAX_BYTES = 20 * 2**20
MAX_ENTRIES = 2_000
SKIPPED_FOLDERS = {"__MACOSX", ".ipynb_checkpoints", "__pycache__"}
ZIP_ERRORS = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, ValueError, RuntimeError, MemoryError),
    IndexError,  # an entry without a name
)
"""What reading a broken zip may end with, a `NotImplementedError` being a `RuntimeError`."""
MAX_MAGIC_WORK = 2_000_000
OWN_CELL = "capas"
"""The key in a cell's metadata that marks the kit's own cells, and ``role`` inside it what they are for."""


class Submission(msgspec.Struct, frozen=True):
    """What one student handed in.

    ``cells`` are the pieces of Python to be run, one after the other. Where it could not be read there are
    none and ``problem`` names why, as one of the keys of `PROBLEMS`.
    """

    id: str
    file: str
    sha256: str
    cells: list[str]
    problem: str = ""


PROBLEMS: dict[str, dict[str, str]] = {
    "too_large": {
        "es": f"El archivo pesa más de {MAX_BYTES // 2**20} MB; entrega solo tu cuaderno o tu .py.",
        "en": f"The file is larger than {MAX_BYTES // 2**20} MB; hand in only your notebook or your .py.",
    },
    "empty": {
        "es": "El archivo está vacío; guarda tu trabajo y vuelve a entregarlo.",
        "en": "The file is empty; save your work and hand it in again.",
    },
    "not_a_notebook": {
        "es": "El archivo termina en .ipynb, pero no es un cuaderno; descárgalo de nuevo y entrégalo.",
        "en": "The file ends in .ipynb but is not a notebook; download it again and hand it in.",
    },
    "no_code": {
        "es": "El cuaderno no tiene ninguna celda de código; ¿entregaste otro archivo?",
        "en": "The notebook has no code cell; did you hand in another file?",
    },
    "not_text": {
        "es": "El archivo .py no es texto de Python; guárdalo como texto UTF-8.",
        "en": "The .py file is not Python text; save it as UTF-8 text.",
    },
    "not_a_zip": {
        "es": "El archivo termina en .zip, pero no se puede abrir como zip.",
        "en": "The file ends in .zip but cannot be opened as a zip.",
    },
    "zip_without_work": {
        "es": "El zip no contiene ningún cuaderno ni archivo .py.",
        "en": "The zip holds no notebook and no .py file.",
    },
    "zip_with_several": {
        "es": "El zip contiene varios cuadernos o archivos .py; entrega uno solo.",
        "en": "The zip holds several notebooks or .py files; hand in just one.",
    },
    "damaged": {
        "es": "El archivo está dañado y no se puede leer; vuelve a entregarlo.",
        "en": "The file is damaged and cannot be read; hand it in again.",
    },
    "wrong_type": {
        "es": "Se esperaba un archivo .ipynb, .py o .zip.",
        "en": "An .ipynb, .py or .zip file was expected.",
    },
}


class Found(msgspec.Struct, frozen=True):
    """A submission that is there to be read: its id and name, and its bytes, or its file, or an entry of a zip."""

    id: str
    file: str
    path: Path | None = None
    data: bytes | None = None
    entry: str = ""


def find_submissions(paths: list[Path]) -> list[Found]:
    """List the submissions in files, folders and zips of a class, each with an id of its own.

    A zip named here that holds several notebooks or `.py` files is a class; one that holds a single one is
    a submission, and so is any zip inside a folder or inside another zip.

    Raises:
        UserError: for a path that does not exist, or when there is nothing to grade.
    """
    found: list[tuple[PurePosixPath, Path, str]] = []
    for path in paths:
        if path.is_dir():
            inside = {PurePosixPath(file.relative_to(path).as_posix()): file for file in sorted(path.rglob("*"))}
            files = [name for name, file in inside.items() if file.is_file()]
            found.extend((name, inside[name], "") for name in _handed_in(files))
        elif not path.exists():
            raise UserError(f"{path} does not exist; give files, folders or a zip of submissions")
        elif path.suffix.lower() == ".zip" and (entries := _class_entries(path)):
            found.extend((PurePosixPath(entry), path, entry) for entry in entries)
        else:
            found.append((PurePosixPath(path.name), path, ""))
    if not any(_is_wanted(name) or path in paths for name, path, _ in found):
        named = ", ".join(str(path) for path in paths)
        raise UserError(f"nothing to grade in {named}: no .ipynb, .py or .zip file")
    ids = _identify([name for name, _, _ in found])
    return [
        Found(identity, _unicode(name.name), path, entry=entry)
        for identity, (name, path, entry) in zip(ids, found, strict=True)
    ]


def _unicode(text: str) -> str:
    """Return ``text`` without lone surrogates, which no file of results and no pipe can hold."""
    return text.encode("utf-8", "replace").decode()


def _is_wanted(name: PurePosixPath) -> bool:
    return not _is_skipped(name) and name.suffix.lower() in (*GRADABLE, ".zip")


def _is_skipped(name: PurePosixPath) -> bool:
    return any(part in SKIPPED_FOLDERS or part.startswith(".") for part in name.parts)


def _handed_in(files: list[PurePosixPath]) -> list[PurePosixPath]:
    """Return the files that are somebody's submission.

    Those that can be graded, and files of other kinds that somebody handed in instead: nothing goes without a
    result. Beside a notebook in a student's own folder other files are just what came along.
    """
    files = [name for name in files if not _is_skipped(name)]
    folders = {name.parent for name in files if _is_wanted(name)}
    top = PurePosixPath(".")
    return [name for name in files if _is_wanted(name) or name.parent == top or name.parent not in folders]


def _class_entries(path: Path) -> list[str]:
    """Return the names of the submissions in a zip, or none when it is itself one submission or no zip at all."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = [PurePosixPath(info.filename) for info in archive.infolist() if not info.is_dir()]
    except ZIP_ERRORS:
        return []
    if sum(_is_wanted(name) for name in names) < 2:
        return []
    return [str(name) for name in _handed_in(names)]


@lru_cache(1)
def _open_class(path: Path) -> zipfile.ZipFile:
    """Return a class's zip, kept open: its list of entries is long, and read for every one of them otherwise."""
    return zipfile.ZipFile(path)


def _identify(names: list[PurePosixPath]) -> list[str]:
    stems = [_file_safe(name.stem) for name in names]
    counts = Counter(stems)
    chosen: list[str] = []
    taken: set[str] = set()
    for name, stem in zip(names, stems, strict=True):
        alone = counts[stem] == 1
        identity = stem if alone else _file_safe("_".join([*name.parent.parts, name.stem]))
        base, count = identity, 2
        while identity.casefold() in taken:
            identity, count = f"{base}-{count}", count + 1
        taken.add(identity.casefold())
        chosen.append(identity)
    return chosen


def _file_safe(text: str) -> str:
    safe = re.sub(r"[^\w.-]+", "_", text)[:100]
    # The name of a file may have 255 bytes, with what is put around an id.
    return safe.encode()[:200].decode(errors="ignore").strip("._") or "submission"


def read_submission(found: Found) -> Submission:
    """Read a submission; whatever is in it, the answer is a `Submission`, perhaps with a ``problem``."""
    digest = ""
    try:
        data = read_data(found)
        digest = hash_of(data)
        return Submission(found.id, found.file, digest, read_cells(found.file, data))
    except Unreadable as error:
        return Submission(found.id, found.file, digest, [], error.problem)


def read_data(found: Found) -> bytes:
    """Return what was handed in, byte for byte.

    Raises:
        Unreadable: saying why it cannot be had.
    """
    try:
        if found.path is None:
            return found.data or b""
        if found.entry:
            archive = _open_class(found.path)
            return _read_entry(archive, archive.getinfo(found.entry))
        if found.path.stat().st_size > MAX_BYTES:
            raise Unreadable("too_large")
        return found.path.read_bytes()
    except (*ZIP_ERRORS, KeyError):
        raise Unreadable("damaged") from None


def hash_of(data: bytes) -> str:
    """Return the hash that tells whether two submissions are the same bytes."""
    return hashlib.sha256(data).hexdigest()


class Unreadable(Exception):
    """A submission that cannot be read; ``problem`` is a key of `PROBLEMS`."""

    def __init__(self, problem: str):
        super().__init__(problem)
        self.problem = problem


def read_cells(name: str, data: bytes) -> list[str]:
    """Return the pieces of Python in a file called ``name`` with contents ``data``.

    Raises:
        Unreadable: saying why.
    """
    name, data = the_work(name, data)
    if PurePosixPath(name).suffix.lower() == ".ipynb":
        return _notebook_cells(data)
    return [plain_python(decode_python(data))]


def the_work(name: str, data: bytes) -> tuple[str, bytes]:
    """Return the name and the contents of the notebook or `.py`: the file itself, or the one in a zip.

    Raises:
        Unreadable: saying why there is none.
    """
    suffix = PurePosixPath(name).suffix.lower()
    if len(data) > MAX_BYTES:
        raise Unreadable("too_large")
    if not data.strip():
        raise Unreadable("empty")
    if suffix == ".zip":
        return _in_zip(data)
    if suffix not in GRADABLE:
        raise Unreadable("wrong_type")
    return name, data


def _in_zip(data: bytes) -> tuple[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            if len(infos) > MAX_ENTRIES:
                raise Unreadable("zip_with_several")
            wanted = [
                info
                for info in infos
                if not info.is_dir()
                and _is_wanted(PurePosixPath(info.filename))
                and not info.filename.lower().endswith(".zip")
            ]
            # As Otter does: a notebook goes before any .py beside it.
            notebooks = [info for info in wanted if info.filename.lower().endswith(".ipynb")]
            chosen = notebooks or wanted
            if not chosen:
                raise Unreadable("zip_without_work")
            if len(chosen) > 1:
                raise Unreadable("zip_with_several")
            return the_work(chosen[0].filename, _read_entry(archive, chosen[0]))
    except ZIP_ERRORS:
        raise Unreadable("not_a_zip") from None


def _read_entry(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Read one entry, never more than one byte over the limit, whatever its header claims."""
    with archive.open(info) as file:
        return file.read(MAX_BYTES + 1)


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
    source = _unicode(source)
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
