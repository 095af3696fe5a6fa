"""An Otter `autograder.zip` as one plain structure, which travels to other machines; or why it is not graded here."""

import functools
import re
import sys
from collections.abc import Iterable
from importlib import util
from pathlib import Path, PurePosixPath

import msgspec

from capas.course.libraries import library_versions
from capas.course.model import Stage
from capas.course.toml_contents import Question
from capas.files import UserError
from capas.grading.otter_zip.archive import files_in
from capas.grading.otter_zip.config import CONFIG_FILE, OtterConfig, read_config
from capas.grading.otter_zip.reading import imported_roots
from capas.grading.otter_zip.requirements import required_libraries
from capas.grading.otter_zip.test_files import OtterTest, read_test
from capas.sandbox import Limits
from capas.texts import languages

LIMITS = Limits(cell_seconds=60.0, load_seconds=600.0, call_seconds=60.0, program_seconds=600.0, memory_mb=2048)
"""Otter has none: these are to end what would never end."""
_FILES = "files/"


class OtterBundle(msgspec.Struct, frozen=True):
    """A bundle: its id, the settings, the sources of its tests by stem, what lies beside the notebook, and its zip."""

    id: str
    path: str
    config: OtterConfig
    tests: dict[str, bytes]
    files: dict[str, bytes]
    libraries: tuple[str, ...]
    """What it imports or requires, as requirements."""

    @property
    def modules(self) -> frozenset[str]:
        """The top-level modules that test files and files import, besides Python's own and the bundle's."""
        return _imported(self) - {"otter"}


def read_bundle(path: Path) -> OtterBundle:
    """Read the zip that `otter assign` or `otter generate` made.

    Raises:
        UserError: saying in one sentence why it cannot be graded here.
    """
    files = files_in(path)
    root = _root_of(path, files)
    files = {name.removeprefix(root): data for name, data in files.items() if name.startswith(root)}
    config = read_config(f"{path}: {CONFIG_FILE}", files.get(CONFIG_FILE, b"{}"))
    tests = {
        PurePosixPath(name).stem: data
        for name, data in sorted(files.items())
        if re.fullmatch(r"tests/[^/]+\.py", name) and name != "tests/__init__.py"
    }
    beside = {name.removeprefix(_FILES): data for name, data in files.items() if name.startswith(_FILES)}
    if not tests:
        raise UserError(
            f"{path}: it has no tests/*.py; all of it is graded by hand, or it is no autograder.zip of Otter"
        )
    libraries = required_libraries(files.get("environment.yml"), files.get("requirements.txt"))
    bundle = OtterBundle(_id_of(path, config), str(path), config, tests, beside, libraries)
    bundle_tests(bundle)
    return bundle


def bundle_tests(bundle: OtterBundle) -> list[OtterTest]:
    """Return the bundle's test files that have cases, in the order of their paths, in which Otter runs those left over.

    Several may be of one name: each is run, and the one that was checked last counts, as under Otter.

    Raises:
        UserError: for the first that cannot be read, and where none has a case.
    """
    tests = [
        read_test(f"{bundle.path}: tests/{stem}.py", stem, data, bundle.files)
        for stem, data in sorted(bundle.tests.items())
    ]
    if not any(test.cases for test in tests):
        raise UserError(f"{bundle.path}: none of its tests has a case; all of it is graded by hand")
    return [test for test in tests if test.cases]


def counted_tests(tests: Iterable[OtterTest]) -> list[OtterTest]:
    """Return those of ``tests``, in the order in which they were checked, that count: the last of each name."""
    return list({test.name: test for test in tests}.values())


def stage_of(bundle: OtterBundle) -> Stage:
    """Return the bundle as an assignment: its questions are its tests, with their names as titles."""
    all_languages = languages()
    questions = [
        Question(test.name, test.possible, dict.fromkeys(all_languages, test.name))
        for test in counted_tests(bundle_tests(bundle))
    ]
    title = bundle.config.assignment_name or bundle.id
    return Stage(
        bundle.id,
        Path(bundle.path),
        dict.fromkeys(all_languages, title),
        questions,
        {},
        LIMITS.with_own({}),
        ["en", *(language for language in all_languages if language != "en")],
        libraries=bundle.libraries or ("numpy",),
        autograder=bundle.path,
    )


def not_installed(bundle: OtterBundle) -> list[str]:
    """Return the libraries that a bundle asks pip for, or that are imported in it, and that are not installed here.

    What cases import may also be a module that students hand in beside their notebook.
    """
    own = {PurePosixPath(name).parts[0].removesuffix(".py") for name in bundle.files}
    imported = frozenset[str]().union(*(case.reads.modules for test in bundle_tests(bundle) for case in test.cases))
    missing = {name for name, version in library_versions(bundle.libraries).items() if not version}
    return sorted(missing | {name for name in (imported | bundle.modules) - own if not _is_installed(name)})


def _root_of(path: Path, files: dict[str, bytes]) -> str:
    """Return the folder in the zip that holds the bundle: "", or the one that it was zipped with."""
    configs = [name for name in files if PurePosixPath(name).name == CONFIG_FILE and "files/" not in name]
    if len(configs) > 1:
        raise UserError(f"{path} holds {len(configs)} {CONFIG_FILE}: {', '.join(configs)}; leave one")
    if configs:
        return configs[0].removesuffix(CONFIG_FILE)
    roots = {name.partition("tests/")[0] for name in files if "tests/" in name and not name.startswith("files/")}
    return min(roots, key=len, default="")


def _id_of(path: Path, config: OtterConfig) -> str:
    """Return the id that results have of the assignment: its name, or its zip's, as letters and digits."""
    # Otter Assign calls them hw01-autograder_2026_11_27T08_00_00_000000.zip.
    name = config.assignment_name or re.sub(r"[-_.]?autograder[-_.\dT]*$", "", path.name.removesuffix(".zip"))
    name = name or path.absolute().parent.name
    return re.sub(r"\W+", "_", name).strip("_").lower() or "assignment"


@functools.cache
def _is_installed(module: str) -> bool:
    try:
        return util.find_spec(module) is not None
    except (ImportError, ValueError):
        return False


def _imported(bundle: OtterBundle) -> frozenset[str]:
    own = {PurePosixPath(name).parts[0].removesuffix(".py") for name in bundle.files}
    sources = [*bundle.tests.values(), *(data for name, data in bundle.files.items() if name.endswith(".py"))]
    roots: set[str] = set()
    for data in sources:
        roots |= imported_roots(data.decode("utf-8", "replace"))
    return frozenset(name for name in roots - own if name not in sys.stdlib_module_names)
