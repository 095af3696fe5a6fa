"""The pictures of a stage as SVG, drawn once and kept until what they are drawn from changes."""

import re
from pathlib import Path

import msgspec

from capas.course.figures import digest_of, figures_as_svg, figures_of
from capas.course.model import Stage
from capas.files import write_atomically

POINT = 4 / 3
"""Pixels of a page in a point, which is what SVG from Matplotlib is measured in."""


class SvgFigure(msgspec.Struct, frozen=True):
    """A picture: its alternative text, its size in pixels, and the file."""

    alt: str
    width: int
    height: int
    svg: bytes


class KeptFigures(msgspec.Struct):
    """Pictures on the disk with the hash of what they were drawn from."""

    digest: str
    svg: dict[str, bytes]


def svg_figures(stage: Stage, kept_in: Path) -> dict[tuple[str, str], SvgFigure]:
    """Return the stage's pictures by name and language; they are kept in the folder ``kept_in``.

    Raises:
        UserError: when one cannot be drawn.
    """
    if not (stage.assignment / "figures.py").is_file():
        return {}
    alt, digest, path = figures_of(stage).alt, digest_of(stage), kept_in / f"{stage.id}.figures"
    kept = _read(path)
    if kept is None or kept.digest != digest:
        kept = KeptFigures(digest, {" ".join(key): _slim(svg) for key, svg in figures_as_svg(stage).items()})
        write_atomically(path, msgspec.msgpack.encode(kept))
    return {
        (name, language): _figure(alt[name][language], kept.svg[f"{name} {language}"])
        for name in alt
        for language in stage.languages
    }


def _read(path: Path) -> KeptFigures | None:
    try:
        return msgspec.msgpack.decode(path.read_bytes(), type=KeptFigures)
    except (OSError, msgspec.MsgspecError):
        return None


def _figure(alt: str, svg: bytes) -> SvgFigure:
    head = svg[: svg.index(b">", svg.index(b"<svg"))]
    width, height = (
        float(found[1]) if (found := re.search(rb' %s="([\d.]+)pt"' % side, head)) else 0.0
        for side in (b"width", b"height")
    )
    return SvgFigure(alt, round(width * POINT), round(height * POINT), svg)


def _slim(svg: bytes) -> bytes:
    """Return SVG without comments and metadata, and with as many digits as can be seen."""
    svg = re.sub(rb"<!--.*?-->|<metadata>.*?</metadata>", b"", svg, flags=re.DOTALL)
    # The scale of letters is small, and each of its digits is seen.
    svg = re.sub(rb"scale\([^)]*\)|(\.\d\d)\d+", lambda found: found[1] or found[0], svg)
    return re.sub(rb"\n\s*", b"\n", svg)
