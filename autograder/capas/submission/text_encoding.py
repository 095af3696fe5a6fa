"""Text in whatever encoding an editor, a browser or a spreadsheet wrote it."""

import codecs
import io
import json
import tokenize

from capas.submission.model import Unreadable

_UNICODE_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decode_text(data: bytes) -> str:
    """Return the text in ``data``, with plain line ends: Unicode in any form, what it declares, or Windows-1252.

    Raises:
        Unreadable: when it is not text.
    """
    text = _decoded(data)
    if "\0" in text:
        raise Unreadable("not_text")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes) -> str:
    if data.startswith(_UNICODE_MARKS) or b"\0" in data[:4]:
        # Windows's own programs call UTF-16 "Unicode"; without its mark zeros tell it, and UTF-32.
        try:
            return data.decode(json.detect_encoding(data))
        except UnicodeError:
            raise Unreadable("not_text") from None
    if b"\0" in data:
        raise Unreadable("not_text")
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        return io.TextIOWrapper(io.BytesIO(data), encoding).read()
    except (SyntaxError, UnicodeError, LookupError):
        pass
    for encoding in ("utf-8", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeError:
            continue
    return data.decode("latin-1")  # Every byte means something in it.
