"""Pages from templates: everything put in is escaped, and nothing on a page comes from elsewhere."""

import base64
import functools
import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from capas.report.texts import counted, score_text, status_text
from capas.texts import program_texts
from capas.texts.plain import clean

TEMPLATES = Path(__file__).with_name("templates")
PIECES_AT_ONCE = 1000
"""Of a page that is yielded in parts, how many pieces of its template make a part."""


def page(template: str, language: str, script: str | Sequence[str] = "class.js", **values: object) -> str:
    """Return a page from a template, in ``language``, with the hash by which it lets its script run and no other.

    The script is the file ``script``, or several that follow one another.
    """
    return "".join(page_parts(template, language, script, **values))


def page_parts(
    template: str, language: str, script: str | Sequence[str] = "class.js", **values: object
) -> Iterator[str]:
    """Yield a page in parts, as they are made, so that one of thousands of rows need not be in memory."""
    scripts = [script] if isinstance(script, str) else script
    source = "".join((TEMPLATES / name).read_text(encoding="utf-8") for name in scripts)
    stream = (
        _environment()
        .get_template(template)
        .stream(
            say=program_texts(language),
            counted=functools.partial(counted, language=language),
            status=functools.partial(status_text, language=language),
            score_text=functools.partial(score_text, language=language),
            language=language,
            script_hash=base64.b64encode(hashlib.sha256(source.encode()).digest()).decode(),
            **values,
        )
    )
    stream.enable_buffering(PIECES_AT_ONCE)
    return stream


@functools.cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["picture"] = lambda data: "data:image/svg+xml;base64," + base64.b64encode(data).decode()
    environment.filters["png"] = lambda data: "data:image/png;base64," + base64.b64encode(data).decode()
    environment.filters["prose"] = prose
    environment.filters["address"] = lambda text: quote(text, safe="")
    return environment


def prose(text: str) -> Markup:
    """Return a sentence of the course's own, in which code stands between backquotes, as HTML."""
    pieces = [escape(clean(piece)) for piece in text.split("`")]
    code = Markup("<code>{}</code>")
    return Markup("").join(code.format(piece) if index % 2 else piece for index, piece in enumerate(pieces))


def _finalize(value: Any) -> Any:
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value
