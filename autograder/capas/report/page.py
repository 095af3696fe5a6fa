"""Pages from templates: everything put in is escaped, and nothing on a page comes from elsewhere."""

import base64
import functools
import hashlib
import re
import unicodedata
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from capas.report.texts import counted, score_text, status_text
from capas.texts import program_texts

TEMPLATES = Path(__file__).with_name("templates")


def page(template: str, language: str, **values: object) -> str:
    """Return a page from a template, in ``language``."""
    script = (TEMPLATES / "sort.js").read_text(encoding="utf-8")
    return (
        _environment()
        .get_template(template)
        .render(
            say=program_texts(language),
            counted=functools.partial(counted, language=language),
            status=functools.partial(status_text, language=language),
            score_text=functools.partial(score_text, language=language),
            language=language,
            script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
            **values,
        )
    )


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


def clean(text: str) -> str:
    """Return ``text`` with visible signs for control characters, and for those that turn what follows around."""
    return "".join(_visible(character) for character in text) if _UNSEEN.search(text) else text


def _visible(character: str) -> str:
    if character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Zl", "Zp"):
        return character
    return "\N{REPLACEMENT CHARACTER}"


_UNSEEN = re.compile(r"[^\x20-\x7e\n\t]")
