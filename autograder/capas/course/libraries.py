"""The libraries that submissions may import, as `course.toml` names them, and which of them are installed here."""

import ast
import csv
import functools
import sys
from collections.abc import Iterable, Sequence
from importlib import metadata
from pathlib import Path

import msgspec
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from capas.course.text_files import read_course_text
from capas.course.toml_errors import line_of
from capas.files import UserError
from capas.sandbox.statements import statements_of

DEFAULT_LIBRARIES = ("numpy", "scipy", "matplotlib", "pandas")
"""What a submission may import where `course.toml` does not say; they come with capas."""

ALWAYS_THERE = ("IPython", "capas_check")
"""Modules that come with the grader itself, and that notebooks import harmlessly."""


class Library(msgspec.Struct, frozen=True):
    """A library that submissions may import.

    ``requirement`` is what `course.toml` says, such as ``scipy>=1.13``; ``version`` the one installed here, "" for
    none; ``fits`` tells whether that is one of those required, or none is, as on another system.
    """

    requirement: str
    name: str
    version: str
    fits: bool


def check_libraries(path: Path, libraries: Sequence[str]) -> None:
    """Check the ``libraries`` of the `course.toml` at ``path``.

    Raises:
        UserError: where there are none, one is named twice, or is no requirement.
    """
    line = line_of(read_course_text(path), "", None, "libraries")
    where = f"{path}, line {line}: `libraries`" if line else f"{path}: `libraries`"
    if not libraries:
        raise UserError(f"{where} names none; name at least numpy, or leave it out to have the usual ones")
    for text in libraries:
        try:
            Requirement(text)
        except InvalidRequirement as error:
            problem = str(error).partition("\n")[0]
            raise UserError(f"{where}: `{text}` is no requirement: {problem}; write one like `scipy>=1.13`") from None
    names = [project_name(text) for text in libraries]
    for name in names:
        if names.count(name) > 1:
            raise UserError(f"{where} lists `{name}` {names.count(name)} times; list it once")


def project_name(requirement: str) -> str:
    """Return the name of the library that a requirement asks for, as package indexes write it."""
    return canonicalize_name(Requirement(requirement).name)


def read_library(text: str) -> Library:
    """Return the library that a requirement asks for, as it is installed here."""
    requirement = Requirement(text)
    version = _version(requirement.name)
    wanted = requirement.marker is None or requirement.marker.evaluate()
    fits = not wanted or (bool(version) and requirement.specifier.contains(version, prereleases=True))
    return Library(text, project_name(text), version, fits)


def require_libraries(libraries: Sequence[str]) -> None:
    """Make sure that submissions find here what they may import.

    Raises:
        UserError: naming what is missing, or of another version than required, and how to install it.
    """
    unfit = [library for library in map(read_library, libraries) if not library.fits]
    if unfit:
        told = ", ".join(
            f"{library.requirement} ({f'here is {library.version}' if library.version else 'not installed here'})"
            for library in unfit
        )
        raise UserError(
            f"course.toml lets submissions import {told}; who does would lose points; run: {install_command(unfit)}"
        )


def install_command(libraries: Iterable[Library]) -> str:
    """Return the command that installs ``libraries`` for this Python."""
    return f"python -m pip install {' '.join(_quoted(library.requirement) for library in libraries)}"


def library_versions(libraries: Iterable[str]) -> dict[str, str]:
    """Return the version of each library that is installed here, "" where none is, by name."""
    return {project_name(text): _version(Requirement(text).name) for text in libraries}


@functools.cache
def module_names(requirement: str) -> tuple[str, ...]:
    """Return the modules that a library lets programs import: scikit-learn is ``sklearn``.

    Where the library is not installed, or does not say, its name stands for them.
    """
    own = project_name(requirement).replace("-", "_")
    code = [path for path in _installed_files(Requirement(requirement).name) if path.endswith((".py", ".so", ".pyd"))]
    roots = {path.partition("/")[0].partition(".")[0] for path in code}
    public = sorted(root for root in roots if root.isidentifier() and not root.startswith("_"))
    return tuple(public) or (own,)


def _installed_files(name: str) -> list[str]:
    """Return the paths of an installed library's files, none where it is not installed, or does not say."""
    try:
        distribution = metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return []
    # `distribution.files` makes an object of each of thousands of lines, which takes longer than a check does.
    record = distribution.read_text("RECORD")
    if record is None:
        return [file.as_posix() for file in distribution.files or []]
    return [row[0] for row in csv.reader(record.splitlines()) if row]


def importable_modules(libraries: Iterable[str]) -> list[str]:
    """Return all modules, besides Python's own, that submissions find where they are graded."""
    return sorted({*ALWAYS_THERE, *(module for text in libraries for module in module_names(text))})


def other_modules(cells: Iterable[str], libraries: Iterable[str]) -> list[str]:
    """Return the modules that ``cells`` import and that are neither Python's own nor of ``libraries``.

    Statements that are not Python import nothing; those beside them count.
    """
    statements = [statement.node for cell in cells for statement in statements_of(cell)]
    nodes = [node for statement in statements if statement is not None for node in ast.walk(statement)]
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom) and not node.level}
    roots = {name.partition(".")[0] for name in names} - {"", "__future__"}
    others = roots - sys.stdlib_module_names
    return sorted(others - set(importable_modules(libraries))) if others else []


def used_libraries(cells: Iterable[str], libraries: Iterable[str]) -> list[str]:
    """Return the names of those ``libraries`` that ``cells`` import."""
    imported = set(other_modules(cells, ()))
    return [project_name(text) for text in libraries if imported & set(module_names(text))]


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _quoted(requirement: str) -> str:
    return requirement if requirement.replace("-", "").replace("_", "").isalnum() else f"'{requirement}'"
