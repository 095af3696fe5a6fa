"""What comes along with an answer: the student's own modules and data files, by where its imports find them."""

import re
import sys
from collections.abc import Iterable, Mapping, Sequence, Set
from pathlib import PurePosixPath

from capas.submission.canvas_names import readings
from capas.submission.ids import shortened
from capas.submission.model import hash_of
from capas.submission.names import as_path
from capas.submission.unpack import Member

MAX_MODULES, MAX_MODULE_BYTES = 200, 8 * 2**20
"""The most files that come along with an answer, and the most bytes of them all."""
MAX_DATA_FOUND = 50
MODULE = ".py"
DATA = (".csv", ".dat", ".json", ".npy", ".npz", ".tsv", ".txt", ".xml", ".yaml", ".yml", ".toml", ".png", ".jpg")
_PACKAGE = "__init__"
_LIBRARIES = frozenset(("numpy", "scipy", "matplotlib", "pandas", "IPython", "otter", "check", "capas_check"))
"""With Python's own, what no file stands in for because of a name that somebody changed."""


def imported_words(sources: Iterable[str]) -> set[str]:
    """Return the words in lines that import: modules, and what is taken from them."""
    lines = re.findall(r"^[ \t]*(?:import|from)[ \t]+([^#\n]+)", "\n".join(sources), re.M)
    return {word for line in lines for word in re.findall(r"\w+", line)}


def module_names(path: PurePosixPath) -> list[str]:
    """Return the names by which a file may be imported: its own first, then what a browser or Canvas made it of.

    A browser calls a second `helpers.py` ``helpers (1).py``, Canvas ``helpers-1.py``, and in the zip of a class
    ``garcia_4211_99_helpers.py``; the first file of a package is known by its folder.
    """
    own = path.stem if path.stem != _PACKAGE else path.parent.name
    stems = [own, *(PurePosixPath(read.file).stem for read in readings(path.name))]
    return list(dict.fromkeys(name for stem in stems for name in shortened(stem)))


def modules_for(
    answer: PurePosixPath, sources: Sequence[str], members: Sequence[Member], given: Mapping[str, str]
) -> tuple[dict[str, bytes], list[str], list[str]]:
    """Return the student's modules and data files by where the answer finds them, those left out, and those changed.

    Files that the stage gives are none of them: it reads its own. Those that came back changed are named.

    Args:
        answer: the path of the answer.
        sources: its Python.
        members: the files that were handed in, without those of the kit.
        given: the hash of each data file that all students have, by its name.
    """
    modules: dict[str, bytes] = {}
    left_out: list[str] = []
    changed: list[str] = []
    size = 0
    # Those below the answer's folder first: their names count from there, those of others from the top.
    members = sorted(members, key=lambda one: not one.path.is_relative_to(answer.parent))
    own = [one for one in members if one.path != answer]
    for one in own:
        name = str(_from(answer.parent, one.path))
        if name in given and not one.problem and hash_of(one.data) != given[name]:
            changed.append(name)
    files = [one for one in own if one.path.suffix.lower() in (MODULE, *DATA)]
    named = [(str(_from(answer.parent, one.path)), one) for one in files]
    there = {name for name, _ in named}
    for name, member in [*named, *_found_elsewhere(answer, sources, files), *_data_found(sources, files, there)]:
        if name in modules or name in given:
            continue
        too_many = len(modules) >= MAX_MODULES or size + len(member.data) > MAX_MODULE_BYTES
        if member.problem or too_many:
            left_out.append(str(member.path))
            continue
        modules[name] = member.data
        size += len(member.data)
    return modules, left_out[:5], changed[:5]


def _found_elsewhere(
    answer: PurePosixPath, sources: Sequence[str], files: Sequence[Member]
) -> list[tuple[str, Member]]:
    """Return modules by names that are imported and that no file has where the answer looks.

    Such a file lies in another folder or archive, or its name was changed on its way here.
    """
    scripts = [one for one in files if one.path.suffix.lower() == MODULE and not one.problem]
    there = {_from(answer.parent, one.path).parts[0].removesuffix(MODULE) for one in scripts}
    wanted = _imported_modules([*sources, *(one.data.decode("utf-8", "replace") for one in scripts)])
    found: list[tuple[str, Member]] = []
    for name in sorted(wanted - there - _LIBRARIES - sys.stdlib_module_names):
        candidates = [one for one in scripts if name in module_names(one.path)]
        if not candidates:
            continue
        best = min(candidates, key=lambda one: _nearest_first(name, one))
        if best.path.stem != _PACKAGE:
            found.append((f"{name}{MODULE}", best))
            continue
        folder = best.path.parent
        found += [(str(name / one.path.relative_to(folder)), one) for one in files if one.path.is_relative_to(folder)]
    return found


def _data_found(sources: Sequence[str], files: Sequence[Member], there: Set[str]) -> list[tuple[str, Member]]:
    """Return data files by names that the code has in quotes and that no file has where the answer looks."""
    endings = "|".join(re.escape(ending) for ending in DATA)
    quoted = re.findall(rf"['\"]([\w .()/-]{{1,100}}(?:{endings}))['\"]", "\n".join(sources), re.IGNORECASE)
    found: list[tuple[str, Member]] = []
    for name in sorted({str(as_path(name)) for name in quoted} - there)[:MAX_DATA_FOUND]:
        path = PurePosixPath(name)
        candidates = [one for one in files if one.path.suffix == path.suffix and path.stem in module_names(one.path)]
        if candidates:
            found.append((name, min(candidates, key=lambda one: _nearest_first(path.stem, one))))
    return found


def _nearest_first(name: str, member: Member) -> tuple[int, float, int, str]:
    """Return what sorts files that may be called ``name``: first the least changed, then the newest."""
    return module_names(member.path).index(name), -member.modified, len(member.path.parts), str(member.path)


def _imported_modules(sources: Iterable[str]) -> Set[str]:
    """Return the modules and packages that are imported by their whole names, as far as lines tell."""
    text = "\n".join(sources)
    names = set(re.findall(r"^[ \t]*from[ \t]+(\w+)[\w.]*[ \t]+import\b", text, re.M))
    for line in re.findall(r"^[ \t]*import[ \t]+([^#\n;]+)", text, re.M):
        names.update(re.findall(r"(?:^|,)[ \t]*(\w+)", line))
    return names


def _from(folder: PurePosixPath, path: PurePosixPath) -> PurePosixPath:
    return path.relative_to(folder) if path.is_relative_to(folder) else path
