"""The grading key: one hash of everything that decides results, so that a kept result is what grading would give now.

It covers what grading reads of a stage and nothing else: handouts, figures, titles and alternatives decide no
grade. The level of isolation is not in it, as machines of a cluster may differ; it stands in each result.
"""

import functools
import hashlib
import platform
from importlib import metadata
from pathlib import Path, PurePath

import msgspec

import capas
from capas.course.data_files import data_hashes
from capas.course.libraries import library_versions
from capas.course.looked_at import cases_file
from capas.course.model import Stage

LIBRARIES = ("otter-grader", "numpy")
NOT_GRADING = {"bundle", "canvas", "cli", "report", "verify"}
"""Rooms of this program that grading a submission does not use. A room that is not named here counts."""


def grading_key(stage: Stage, language: str) -> str:
    """Return the hash of all that decides the results of ``stage``, told in ``language``.

    Of `assignment.toml` these are the questions with their points, in order, and the names of what is given; of the
    course its limits, and the names in other stages, by which their files are known; then the cases, the reference, the
    mistakes, the data files, and the versions of this program, Otter, Python, and the libraries that may be imported.
    """
    questions = [(question.name, question.points) for question in stage.questions]
    versions = sorted(grading_versions(stage).items())
    questions += [(text.name, text.points, "by hand") for text in stage.texts]
    names = (sorted(stage.given), stage.others)
    settings = (stage.id, language, questions, names, stage.limits, versions)
    digest = hashlib.sha256(msgspec.json.encode(settings))
    for name, data in sorted(grading_files(stage).items()):
        digest.update(f"\n{name} {len(data)}\n".encode() + data)
    for name, hash_ in data_hashes(stage).items():
        digest.update(f"\n{name} {hash_}\n".encode())
    return digest.hexdigest()


def grading_files(stage: Stage) -> dict[str, bytes]:
    """Return the text files that grading reads, by their paths below the course's folder, without those missing."""
    paths = [
        *(stage.test_file(question.name) for question in stage.questions),
        cases_file(stage),
        *(stage.solutions / name for name in ("reference.py", "mistakes.py")),
    ]
    return {path.relative_to(stage.root).as_posix(): path.read_bytes() for path in paths if path.is_file()}


def grading_versions(stage: Stage) -> dict[str, str]:
    """Return the version of all that grades ``stage``, with the libraries that its submissions may import."""
    return library_versions(stage.libraries) | program_versions()


def program_versions() -> dict[str, str]:
    """Return the version of all that grades; `sources` is a hash, so that an edited checkout is another version."""
    versions = {library: metadata.version(library) for library in LIBRARIES}
    return {"capas": capas.__version__, "python": platform.python_version(), "sources": _sources()} | versions


def room_of(path: PurePath) -> str:
    """Return the room of a file, given by its path from the folder of the packages.

    Sentences belong to the room that says them: `capas/texts/es/report.json` to `report`.
    """
    return path.stem if path.parts[1] == "texts" and path.suffix == ".json" else path.parts[1].removesuffix(".py")


@functools.cache
def _sources() -> str:
    folder = Path(capas.__file__).parents[1]
    digest = hashlib.sha256()
    for path in sorted([*(folder / "capas").rglob("*"), *(folder / "capas_check").rglob("*")]):
        name = path.relative_to(folder)
        if path.suffix in (".py", ".json") and room_of(name) not in NOT_GRADING:
            data = path.read_bytes()
            digest.update(f"{name.as_posix()} {len(data)}\n".encode() + data)
    return digest.hexdigest()
