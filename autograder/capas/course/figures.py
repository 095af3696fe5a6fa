"""The pictures of a stage: `assignments/<stage>/figures.py` draws them, PNG files beside it keep them.

Each picture is a function under `figure`, which takes the language and returns a matplotlib figure. The files
are committed, so that a bundle's bytes do not depend on the version of matplotlib; they are drawn again when
anything that they are drawn from changes, and when they are no longer what was drawn.
"""

import hashlib
import inspect
import io
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import msgspec

from capas.course.data_files import beside_data, data_hashes
from capas.course.model import Stage
from capas.course.solutions import Solutions, execute
from capas.files import UserError, write_atomically

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_F = TypeVar("_F", bound=Callable[[str], "Figure"])
_ALT = "__capas_alt__"
STYLE = Path(__file__).with_name("course.mplstyle")
DRAWN_FILE = "drawn.json"
_UNSEEN = 16
"""Of 255: what smoothing of lines differs by from machine to machine; a line that moves differs by far more."""


def figure(**alt: str) -> Callable[[_F], _F]:
    """Mark a function as a picture, with the text that stands for it in each language."""

    def decorate(function: _F) -> _F:
        setattr(function, _ALT, alt)
        return function

    return decorate


class Drawn(msgspec.Struct):
    """What the committed files show.

    ``digest`` is a hash of all that they were drawn from, ``files`` of each file; ``alt`` has the alternative texts
    by name and language.
    """

    digest: str
    alt: dict[str, dict[str, str]]
    files: dict[str, str] = {}


def figures_of(stage: Stage) -> Drawn:
    """Return what the stage's picture files show, drawing first those that are stale, lost or changed by hand.

    Raises:
        UserError: when `figures.py` cannot be run, or a picture lacks its text in a language.
    """
    if not (stage.assignment / "figures.py").is_file():
        return Drawn("", {})
    digest, drawn = digest_of(stage), _read_drawn(stage)
    if drawn is None or drawn.digest != digest:
        return draw(stage, digest, drawn)
    wanted = {figure_file(stage, name, language).name for name in drawn.alt for language in stage.languages}
    untouched = {name for name, hash_ in drawn.files.items() if _hash(stage.assignment / "figures" / name) == hash_}
    return drawn if untouched == wanted else draw(stage, digest, drawn)


def figure_file(stage: Stage, name: str, language: str) -> Path:
    """Return the file of a picture."""
    return stage.assignment / "figures" / f"{name}.{language}.png"


def draw(stage: Stage, digest: str, before: Drawn | None = None) -> Drawn:
    """Draw every picture of the stage in every language; files that show just that already stay as they are.

    Args:
        stage: the stage.
        digest: of what the pictures are drawn from.
        before: what was drawn before.

    Raises:
        UserError: as `figures_of`.
    """
    import matplotlib as mpl
    from matplotlib import pyplot

    path = stage.assignment / "figures.py"
    files: dict[str, str] = {}
    mpl.use("Agg")
    with pyplot.style.context(STYLE), beside_data(stage.assignment):
        pictures = _pictures_in(stage, path)
        for name, function in pictures.items():
            alt = getattr(function, _ALT)
            for language in stage.languages:
                if not alt.get(language, "").strip():
                    raise UserError(f"{path}: `{name}`: expected a text for language `{language}`")
                file = figure_file(stage, name, language)
                untouched = before is not None and _hash(file) == before.files.get(file.name)
                if not (untouched and before and before.digest == digest):
                    data = _png(path, name, _returning(function), language)
                    # Another machine and another version of matplotlib draw the same with other bytes.
                    if not (untouched and _looks_the_same(file.read_bytes(), data)):
                        write_atomically(file, data)
                files[file.name] = _hash(file)
    drawn = Drawn(digest, {name: getattr(function, _ALT) for name, function in pictures.items()}, files)
    for old in (stage.assignment / "figures").glob("*.png"):
        if old.name not in files:
            old.unlink()
    write_atomically(_drawn_file(stage), msgspec.json.format(msgspec.json.encode(drawn)) + b"\n")
    return drawn


def _returning(function: Callable[[str], Any]) -> Callable[[str], "Figure"]:
    """Return what draws as ``function`` does, and says so where that returns no figure."""

    def draws(language: str) -> "Figure":
        picture = function(language)
        if not hasattr(picture, "savefig"):
            got = "nothing" if picture is None else f"a {type(picture).__name__}"
            raise TypeError(f"it returns {got}; let it return the figure of matplotlib, as in `return figure`")
        return picture

    return draws


def figures_as_svg(stage: Stage) -> dict[tuple[str, str], bytes]:
    """Return every picture of the stage as SVG without a background, by its name and language.

    Raises:
        UserError: as `figures_of`.
    """
    import matplotlib as mpl
    from matplotlib import pyplot

    path = stage.assignment / "figures.py"
    if not path.is_file():
        return {}
    mpl.use("Agg")
    drawn = {}
    # Nothing in the bytes may change from one time to the next.
    with pyplot.style.context([STYLE, {"svg.hashsalt": "capas"}]), beside_data(stage.assignment):
        for name, function in _pictures_in(stage, path).items():
            for language in stage.languages:
                drawn[name, language] = _svg(path, name, function, language)
    return drawn


def _pictures_in(stage: Stage, path: Path) -> dict[str, Callable[[str], "Figure"]]:
    module = execute(path, "capas_figures", {"reference": Solutions(stage).reference}, stage.assignment)
    return {name: value for name, value in vars(module).items() if hasattr(value, _ALT)}


def _svg(path: Path, name: str, function: Callable[[str], "Figure"], language: str) -> bytes:
    from matplotlib import pyplot

    try:
        picture = _returning(function)(language)
    except (Exception, SystemExit) as error:
        raise UserError(f"{path}: `{name}` cannot be drawn: {type(error).__name__}: {error}") from None
    raw = io.BytesIO()
    picture.savefig(raw, format="svg", metadata={"Date": None, "Creator": None}, transparent=True)
    pyplot.close(picture)
    return raw.getvalue()


def _png(path: Path, name: str, function: Callable[[str], "Figure"], language: str) -> bytes:
    from matplotlib import pyplot
    from PIL import Image

    try:
        picture = function(language)
    except (Exception, SystemExit) as error:
        raise UserError(f"{path}: `{name}` cannot be drawn: {type(error).__name__}: {error}") from None
    raw = io.BytesIO()
    picture.savefig(raw, format="png", metadata={"Software": None})
    pyplot.close(picture)
    # A palette of 128 colours is enough for line drawings and a third of the size in the notebook.
    small = io.BytesIO()
    Image.open(raw).convert("RGB").quantize(128, dither=Image.Dither.NONE).save(small, "PNG", optimize=True)
    return small.getvalue()


def _looks_the_same(one: bytes, other: bytes) -> bool:
    """Tell whether no eye can tell two pictures apart."""
    from PIL import Image, ImageChops

    pictures = [Image.open(io.BytesIO(data)).convert("RGB") for data in (one, other)]
    if pictures[0].size != pictures[1].size:
        return False
    bands = ImageChops.difference(*pictures).getextrema()
    return all(high <= _UNSEEN for _, high in cast("tuple[tuple[int, int], ...]", bands))


def _drawn_file(stage: Stage) -> Path:
    return stage.assignment / "figures" / DRAWN_FILE


def _read_drawn(stage: Stage) -> Drawn | None:
    """Return what the files are said to show, or None where nothing that can be read says it."""
    try:
        return msgspec.json.decode(_drawn_file(stage).read_bytes(), type=Drawn)
    except (OSError, msgspec.MsgspecError):
        return None


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def digest_of(stage: Stage) -> str:
    """Return a hash of all that the pictures are drawn from.

    Of matplotlib the major version counts: a smaller step draws the same curves with other bytes, and what is
    committed would differ from machine to machine.
    """
    sources = [stage.assignment / "figures.py", stage.solutions / "reference.py"]
    parts = [f"{path.relative_to(stage.root).as_posix()} {_hash(path)}" for path in sources]
    folder = stage.assignment.relative_to(stage.root).as_posix()
    parts += [f"{folder}/{name} {hash_}" for name, hash_ in data_hashes(stage).items()]
    parts += [_hash(STYLE), _hash(Path(__file__).with_name("drawing.py")), inspect.getsource(_png)]
    parts += [*stage.languages, metadata.version("matplotlib").partition(".")[0]]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
