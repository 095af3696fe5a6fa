"""What a bundle was made of and what was made, as hashes beside it: where both still hold, nothing is to be built.

Imports nothing of what builds: to find that nothing changed takes a fraction of the time that those imports take.
"""

import functools
import platform
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

import msgspec

from capas.bundle.wheel import program_files
from capas.bundle.zip import make_zip
from capas.course.libraries import library_versions
from capas.course.model import Course, Stage
from capas.files import write_atomically
from capas.submission import hash_of

TOOLS = ("otter-grader", "nbformat", "numpy")
PDF_TOOLS = ("pypandoc_binary", "typst")
SITE = ("capas/bundle/site/", "capas/cli/site.py")
"""What makes web pages from bundles, and makes none."""


class Stamp(msgspec.Struct, frozen=True):
    """Hashes of a stage in one language."""

    sources: str
    """What the bundle is made of: the stage's files, this program, what it builds with."""
    pdf_sources: str
    """What its PDFs are made of besides; "" where none were made."""
    made: str
    """The files that were made."""


def sources_of(stage: Stage, language: str) -> str:
    """Return the hash of all that decides the bundle of ``stage`` in ``language``."""
    others = [f".{other}." for other in stage.languages if other != language]
    files = [
        path
        for folder in (stage.assignment, stage.solutions)
        for path in folder.rglob("*")
        if "__pycache__" not in path.parts
        and not path.name.startswith(".")
        and not any(other in path.name for other in others)
    ]
    # What a stage has of `course.toml`.
    libraries = (stage.libraries, sorted(library_versions(stage.libraries).items()))
    settings = msgspec.json.encode((stage.id, stage.limits, stage.languages, libraries, stage.site))
    return hash_of(settings + _program().encode() + _hash_of_files(stage.root, files))


def pdf_sources_of(course: Course) -> str:
    """Return the hash of what decides the PDFs of every stage besides the bundle's sources."""
    return hash_of(msgspec.json.encode((course.title, [metadata.version(tool) for tool in PDF_TOOLS])))


def is_built(stage: Stage, language: str, out: Path, sources: str, pdf_sources: str = "") -> bool:
    """Tell whether what is in ``out`` and in the student template was made of these sources, and is untouched."""
    try:
        stamp = msgspec.json.decode(_stamp_file(stage, language, out).read_bytes(), type=Stamp)
    except (FileNotFoundError, msgspec.MsgspecError):
        return False
    return (
        stamp.sources == sources
        and pdf_sources in ("", stamp.pdf_sources)
        and stamp.made == _hash_of_made(stage, language, out)
    )


def write_stamp(stage: Stage, language: str, out: Path, sources: str, pdf_sources: str = "") -> None:
    """Write down that what is there now was made of these sources; to be called last."""
    stamp = Stamp(sources, pdf_sources, _hash_of_made(stage, language, out))
    write_atomically(_stamp_file(stage, language, out), msgspec.json.format(msgspec.json.encode(stamp)) + b"\n")


def _stamp_file(stage: Stage, language: str, out: Path) -> Path:
    return out / ".built" / language / f"{stage.id}.json"


def _hash_of_made(stage: Stage, language: str, out: Path) -> str:
    folder, template = out / language / stage.id, stage.root / "student_template" / language / stage.id
    bundle = [*folder.glob("*.zip"), *folder.glob("*.pdf")]
    return hash_of(_hash_of_files(folder, bundle) + _hash_of_files(template, template.rglob("*")))


def _hash_of_files(folder: Path, paths: Iterable[Path]) -> bytes:
    """Return a line for each file among ``paths``, with its hash and its place in ``folder``."""
    files = sorted(path for path in paths if path.is_file())
    return "".join(f"{hash_of(path.read_bytes())} {path.relative_to(folder).as_posix()}\n" for path in files).encode()


@functools.cache
def _program() -> str:
    """Return a hash of the whole program but what makes the web pages, and of what it builds with."""
    versions = " ".join([platform.python_version(), *(metadata.version(tool) for tool in TOOLS)])
    files = {name: data for name, data in program_files().items() if not name.startswith(SITE)}
    return hash_of(make_zip(files) + versions.encode())
