"""What a file is, by its contents: a name is asked only where contents leave it open."""

import io
import re
import zipfile
from pathlib import PurePosixPath
from typing import Literal

from capas.submission.model import Problem, Unreadable
from capas.submission.text_encoding import decode_text

Kind = Literal["notebook", "script", "zip", "tar"]

# The first bytes of files that are often handed in by mistake, and what is said of them.
_FIRST_BYTES: tuple[tuple[bytes, Problem], ...] = (
    (b"%PDF", "pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "word_file"),
    (b"{\\rtf", "word_file"),
    (b"7z\xbc\xaf\x27\x1c", "other_archive"),
    (b"Rar!\x1a\x07", "other_archive"),
    (b"L\0\0\0\x01\x14\x02\0", "shortcut"),
    (b"bplist00", "shortcut"),
    (b"\x89PNG\r\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\0", "image"),
    (b"MM\0*", "image"),
)
_PACKED_TARS = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0")
_OFFICE = re.compile(r"\[Content_Types\]\.xml|mimetype")
_HTML = re.compile(
    r"\s*(<\?xml[^>]*>\s*)?(<!--(?:[^-]|-(?!->))*-->\s*)*<(!doctype\s+html|html|head|body|meta|script|div)\b", re.I
)
_NOTEBOOK_PAGE = re.compile(r"jp-(Notebook|Cell|CodeCell)|nbconvert|notebook-container|id=.notebook\b|code_cell", re.I)
_SHORTCUT = re.compile(
    r"\s*\[InternetShortcut\]|\s*\[Desktop Entry\].*^URL=|\s*<\?xml.*<plist.*<key>URL</key>"
    r"|\s*\{[^{}]*\"(doc_id|resource_id|url)\"\s*:[^{}]*\}\s*\Z|\s*https?://\S+\s*\Z",
    re.I | re.S | re.M,
)
_PYTHON = re.compile(
    r"^(?:(?:async )?def \w+ *\(|class \w+ *[(:]|import [\w.]+( as \w+)?\s*(,.*|#.*)?$|from [\w.]+ import |@\w"
    r"|\w[\w.]*(\[[^\n=]*\])? *[-+*/]?=(?!=)|(if|for|while|with)\b.*: *$|print *\()",
    re.M,
)
_IN_NOTEBOOKS = re.compile(rb'"(?:cells|worksheets|cell_type|nbformat)"')
_HEAD, _MUCH = 4096, 2**20


def kind_of(name: str, data: bytes) -> Kind:
    """Return what ``data`` is, called ``name``.

    Raises:
        Unreadable: saying what it is instead.
    """
    if not data.strip(b"\0 \t\r\n\f\v"):
        raise Unreadable("empty")
    for first, problem in _FIRST_BYTES:
        if data.startswith(first):
            raise Unreadable(problem)
    if data[4:8] == b"ftyp" or (data.startswith(b"RIFF") and data[8:12] == b"WEBP"):
        raise Unreadable("image")
    ending = PurePosixPath(name).suffix.lower()
    if data.startswith((b"PK\3\4", b"PK\5\6")):
        return _zip_kind(data)
    if data.startswith(_PACKED_TARS) or data[257:262] == b"ustar":
        return "tar"
    if ending == ".zip":
        if zipfile.is_zipfile(io.BytesIO(data)):
            return _zip_kind(data)
        if not _is_text(data):
            raise Unreadable("not_a_zip")
    return _text_kind(ending, data)


def _zip_kind(data: bytes) -> Literal["zip"]:
    # Word, Excel, PowerPoint and LibreOffice write zips; what they put in first says so.
    if _OFFICE.match(data[30:100].decode("latin-1")):
        raise Unreadable("word_file")
    return "zip"


def _is_text(data: bytes) -> bool:
    try:
        decode_text(data[:_HEAD])
    except Unreadable:
        return False
    return True


def _text_kind(ending: str, data: bytes) -> Kind:
    """Return what a text is; the text of a notebook with its outputs is long, and is looked at as it stands."""
    if _looks_like_notebook(data):
        return "notebook"
    try:
        text = decode_text(data[:_MUCH])
    except Unreadable:
        raise Unreadable(_unknown(ending)) from None
    if len(data) <= _MUCH and not text.strip("\ufeff \t\r\n\f\v"):  # nothing but the mark of an encoding
        raise Unreadable("empty")
    head = text[:_HEAD]
    if _looks_like_notebook(text.encode("utf-8", "replace")):
        return "notebook"
    if _SHORTCUT.match(head):
        raise Unreadable("shortcut")
    if _HTML.match(head):
        raise Unreadable("exported_page" if _NOTEBOOK_PAGE.search(text) else "web_page")
    if ending == ".py" or _PYTHON.search(text):
        return "script"
    raise Unreadable(_unknown(ending))


def _looks_like_notebook(data: bytes) -> bool:
    return data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and _IN_NOTEBOOKS.search(data) is not None


def _unknown(ending: str) -> Problem:
    match ending:
        case ".ipynb":
            return "not_a_notebook"
        case ".py":
            return "not_text"
        case ".zip":
            return "not_a_zip"
    return "wrong_type"
