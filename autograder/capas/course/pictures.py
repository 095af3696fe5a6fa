"""Pictures in a handout that a person made: ``![what it shows](pictures/setup.jpg)``, relative to the handout.

Each stands alone between empty lines. It travels inside the notebook, is set in the PDF, and lies beside Canvas's page.
What `figures.py` draws has places instead, see `capas.course.figures`.
"""

import base64
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote

import msgspec

from capas.course.model import Stage
from capas.files import UserError

MAX_MB, MAX_HANDOUT_MB = 2.0, 10.0
"""How large a picture may be, and all of one handout: they travel inside the notebook."""
KINDS = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".svg": "image/svg+xml"}
"""Endings that are shown everywhere, with the type of each."""
_BEGINS = {"image/png": b"\x89PNG\r\n", "image/jpeg": b"\xff\xd8\xff", "image/gif": b"GIF8"}
_FIGURES = "figures"
_DOTS = 192
"""An inch of a picture without dots: twice as many as on most screens."""
MB = 2**20

_FENCE = re.compile(r"^(`{3,}|~{3,}).*?^\1[`~]*\s*?$", re.MULTILINE | re.DOTALL)
_INLINE_CODE = re.compile(r"(?<!`)(`+)(?!`)(?:(?!\n\s*\n).)+?(?<!`)\1(?!`)", re.DOTALL)
_PICTURE = re.compile(r"!\[(?P<alt>[^\]]*)\](?:\(\s*(?:<(?P<quoted>[^>\n]*)>|(?P<plain>[^)\s]*))[^)\n]*\)|\[[^\]]*\])")
_HTML = re.compile(r"<img\b[^>]*>")


class Picture(msgspec.Struct, frozen=True):
    """A picture in a text: where it stands, from ``begin`` to ``end``, what stands for it, and what it names.

    ``target`` is "" where it is written in another way than ``![…](…)``.
    """

    begin: int
    end: int
    alt: str
    target: str
    alone: bool


def without_code(text: str) -> str:
    """Return the text with blanks in place of code, line for line."""
    for pattern in (_FENCE, _INLINE_CODE):
        text = pattern.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    return text


def pictures_in(text: str) -> Iterator[Picture]:
    """Yield the pictures in a text in Markdown, in order."""
    plain = without_code(text)
    for found in sorted([*_PICTURE.finditer(plain), *_HTML.finditer(plain)], key=lambda one: one.start()):
        is_html = found[0].startswith("<")
        target = "" if is_html else unquote(found["quoted"] or found["plain"] or "")
        before, after = plain[: found.start()].rpartition("\n\n")[2], plain[found.end() :].partition("\n\n")[0]
        alone = not (before.strip("\n") or after.strip())
        yield Picture(found.start(), found.end(), "" if is_html else found["alt"].strip(), target, alone)


def with_pictures(stage: Stage, text: str, put: Callable[[Path, str], str]) -> str:
    """Return a handout's text with what ``put`` makes of each picture, from its file and its text, in its place.

    Raises:
        UserError: for a picture that cannot be shown everywhere.
    """
    parts, end = list[str](), 0
    for picture in pictures_in(text):
        if told := picture_problem(stage, picture):
            raise UserError(f"{stage.assignment}: {told}")
        parts += [text[end : picture.begin], put(stage.assignment / picture.target, picture.alt)]
        end = picture.end
    return "".join([*parts, text[end:]])


def picture_problem(stage: Stage, picture: Picture) -> str:
    """Return what keeps a picture from being shown everywhere and what to do, "" for nothing."""
    target, path = picture.target, stage.assignment / picture.target
    named = f"the image `{target[:80]}`"
    if not target:
        return "an image that is not written as ![what it shows](pictures/file.png); write it so"
    if re.match(r"(https?:)?//", target):
        return (
            f"{named} is on the web: no PDF has it, and nobody without the net; save it beside the handout and name it"
        )
    if re.match(r"[a-z]+:|/|\\", target, re.IGNORECASE):
        return f"{named} is no file beside the handout; expected one such as pictures/file.png"
    if not _is_there(stage.assignment, target):
        return f"{named} does not exist" + (", in these capitals" if path.is_file() else f" in {stage.assignment}")
    if not path.resolve().is_relative_to(stage.assignment.resolve()):
        return f"{named} lies outside of the stage; copy it to {stage.assignment / 'pictures'}"
    kind = KINDS.get(path.suffix.lower())
    if kind is None:
        return f"{named} reaches no student: not all that shows handouts can show it; save it as .png or .jpg"
    if Path(target).parts[0] == _FIGURES:
        return f"{named} is in the folder of what figures.py draws, which removes what is not; move it to pictures/"
    if not picture.alt:
        return f"{named} has no text for who cannot see it; write ![what it shows]({target})"
    if not picture.alone:
        return f"{named} stands among other text, where the PDF cannot set it; put an empty line before and after it"
    return _wrong_contents(path, named, kind)


def _wrong_contents(path: Path, named: str, kind: str) -> str:
    size = path.stat().st_size
    if size > MAX_MB * MB:
        return (
            f"{named} has {size / MB:.1f} MB, more than {MAX_MB:g} MB; make it smaller, 1600 pixels across are enough"
        )
    data = path.read_bytes()
    right = b"<svg" in data if kind not in _BEGINS else data.startswith(_BEGINS[kind])
    return "" if right else f"{named} is not what its ending says; save it anew as {path.suffix}"


def _is_there(folder: Path, target: str) -> bool:
    """Tell whether a file is there under just this name: some systems take capitals for small letters."""
    for part in Path(target).parts:
        if part != ".." and (not folder.is_dir() or part not in os.listdir(folder)):
            return False
        folder = folder / part
    return folder.is_file()


def shown_file(path: Path) -> tuple[str, bytes]:
    """Return the type and the bytes of a picture as notebooks and pages show it: not all show SVG, so that is drawn.

    Raises:
        UserError: when it is SVG, and Typst is not installed or cannot draw it.
    """
    kind = KINDS[path.suffix.lower()]
    return (kind, path.read_bytes()) if path.suffix.lower() != ".svg" else (KINDS[".png"], _drawn(path))


def data_uri(path: Path) -> str:
    """Return the address that a picture has inside a notebook, which needs no other file then."""
    kind, data = shown_file(path)
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


def _drawn(path: Path) -> bytes:
    try:
        import typst
    except ImportError:
        told = "not all notebooks show SVG, and Typst, which draws it, is not installed"
        raise UserError(f"{path}: {told}; run pip install 'capas[publish]', or save it as .png") from None
    source = f"#set page(width: auto, height: auto, margin: 0pt)\n#image({msgspec.json.encode(path.name).decode()})"
    try:
        compiler = typst.Compiler(root=path.parent, ignore_system_fonts=True)
        data = compiler.compile(source.encode(), format="png", ppi=_DOTS)
    except typst.TypstError as error:
        raise UserError(f"{path}: cannot be drawn: {' '.join(str(error).split())[:200]}; save it as .png") from None
    assert isinstance(data, bytes)
    return data
