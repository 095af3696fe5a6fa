"""The pictures of a stage: `assignments/<stage>/figures.py` draws them, PNG files beside it keep them.

Each picture is a function under `figure`, which takes the language and returns a matplotlib figure. The files
are committed, so that a bundle's bytes do not depend on the version of matplotlib; they are drawn again when
what draws them changes.
"""

import hashlib
import io
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from capas.course import Stage
from capas.files import UserError, write_atomically
from capas.solutions import Solutions, execute

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_F = TypeVar("_F", bound=Callable[[str], "Figure"])
_ALT = "__capas_alt__"
STYLE = Path(__file__).with_name("course.mplstyle")
DRAWN_FILE = "drawn.json"


def figure(**alt: str) -> Callable[[_F], _F]:
    """Mark a function as a picture, with the text that stands for it in each language."""

    def decorate(function: _F) -> _F:
        setattr(function, _ALT, alt)
        return function

    return decorate


class Drawn(msgspec.Struct):
    """What the committed files show: a hash of what drew them, and the alternative texts by name and language."""

    digest: str
    alt: dict[str, dict[str, str]]


def figures_of(stage: Stage) -> Drawn:
    """Return what the stage's picture files show, drawing them first where they are stale.

    Raises:
        UserError: when `figures.py` cannot be run, or a picture lacks its text in a language.
    """
    folder = stage.assignment / "figures"
    if not (stage.assignment / "figures.py").is_file():
        return Drawn("", {})
    digest = _digest(stage)
    path = folder / DRAWN_FILE
    if path.is_file():
        drawn = msgspec.json.decode(path.read_bytes(), type=Drawn)
        if drawn.digest == digest:
            return drawn
    return draw(stage, digest)


def figure_file(stage: Stage, name: str, language: str) -> Path:
    """Return the file of a picture."""
    return stage.assignment / "figures" / f"{name}.{language}.png"


def draw(stage: Stage, digest: str) -> Drawn:
    """Draw every picture of the stage in every language.

    Raises:
        UserError: as `figures_of`.
    """
    import matplotlib as mpl
    from matplotlib import pyplot

    path = stage.assignment / "figures.py"
    mpl.use("Agg")
    with pyplot.style.context(STYLE):
        module = execute(path, "capas_figures", {"reference": Solutions(stage).reference})
        pictures = {name: value for name, value in vars(module).items() if hasattr(value, _ALT)}
        for name, function in pictures.items():
            alt = getattr(function, _ALT)
            for language in stage.languages:
                if not alt.get(language, "").strip():
                    raise UserError(f"{path}: `{name}`: expected a text for language `{language}`")
                write_atomically(figure_file(stage, name, language), _png(path, name, function, language))
    drawn = Drawn(digest, {name: getattr(function, _ALT) for name, function in pictures.items()})
    wanted = {figure_file(stage, name, language).name for name in pictures for language in stage.languages}
    for old in (stage.assignment / "figures").glob("*.png"):
        if old.name not in wanted:
            old.unlink()
    write_atomically(stage.assignment / "figures" / DRAWN_FILE, msgspec.json.format(msgspec.json.encode(drawn)) + b"\n")
    return drawn


def _png(path: Path, name: str, function: Callable[[str], "Figure"], language: str) -> bytes:
    from matplotlib import pyplot
    from PIL import Image

    try:
        picture = function(language)
    except Exception as error:
        raise UserError(f"{path}: `{name}` cannot be drawn: {type(error).__name__}: {error}") from None
    raw = io.BytesIO()
    picture.savefig(raw, format="png", metadata={"Software": None})
    pyplot.close(picture)
    # A palette of 128 colours is enough for line drawings and a third of the size in the notebook.
    small = io.BytesIO()
    Image.open(raw).convert("RGB").quantize(128, dither=Image.Dither.NONE).save(small, "PNG", optimize=True)
    return small.getvalue()


def _digest(stage: Stage) -> str:
    sources = [stage.assignment / "figures.py", STYLE, Path(__file__), Path(__file__).with_name("drawing.py")]
    return hashlib.sha256(b"\0".join(source.read_bytes() for source in sources)).hexdigest()
