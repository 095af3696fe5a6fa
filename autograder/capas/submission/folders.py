"""Which files of a class are one student's, and so one submission: what is in a folder of theirs.

Several students' files may lie side by side in a folder, too. Nobody's must be lost, so files are taken together only
where their names or contents tell that one student has handed them in.
"""

import re
import unicodedata
from collections.abc import Sequence, Set
from pathlib import PurePosixPath
from typing import NamedTuple

from capas.submission.answer import Role
from capas.submission.archive import ZipEntry
from capas.submission.canvas_names import Name, shapes_of, sure_reading
from capas.submission.disk import DiskFile
from capas.submission.group import FileGroup, distinct_paths
from capas.submission.ids import is_anybodys
from capas.submission.model import GRADABLE, Source
from capas.submission.modules import module_names
from capas.submission.names import TOP, as_path, as_text, handed_in, is_of_kit, is_skipped, is_wanted, kits
from capas.submission.reading import contents_of
from capas.submission.sought import Sought

MAX_ATTEMPTS = 5
"""Whoever has more files of one name is a class."""
_NOBODYS_FOLDERS = frozenset(
    ("class", "clase", "entrega", "entregas", "homework", "submission", "submissions", "tarea")
)
_NO_USE = frozenset((".pdf", ".docx", ".html", ".md"))
_ATTEMPT_WORDS = """
a antes antigua antiguo attempt backup buena bueno changed checkpoint copia copy corregida corregido de definitiva
definitivo draft borrador entrega final first fixed good homework intento intentos la last mi my new nueva nuevo of old
older otra otro practica práctica primer primera prueba respuesta respuestas second segunda segundo solucion solución
solution src submission tarea test the trabajo try ultima ultimo v ver version versión vieja viejo work última último
"""
"""Words that say which attempt a file is, and nothing of whose."""


class ListedFile(NamedTuple):
    """A file by its path below what was named."""

    path: PurePosixPath
    source: DiskFile | ZipEntry


class _Work(NamedTuple):
    """A file of a folder that may be somebody's answer."""

    path: PurePosixPath
    role: Role
    is_attempt: bool
    """Whether its name says nothing of whose it is."""


def submissions_among(
    files: Sequence[ListedFile], handed_out: Set[str], sought: Sought
) -> list[tuple[PurePosixPath, Source]]:
    """Return the submissions among a class's files, each by the path that names it: a file, or files of one folder.

    Args:
        files: all files, in order.
        handed_out: names that everybody's file may have.
        sought: what an answer is known by; without it each file is a submission.
    """
    files = [file for file in files if not is_skipped(file.path)]
    groups: dict[int, tuple[PurePosixPath, Source]] = {}
    rest = set(range(len(files)))
    if sought.names.questions:
        folders = _Folders(files, handed_out, sought)
        for indices in folders.of_students():
            first, group = folders.group(indices)
            groups[first] = group
            rest.difference_update(indices)
    alone = sorted(rest)
    chosen = {alone[place] for place in handed_in([files[index].path for index in alone])}
    return [
        groups.get(index, (file.path, file.source))
        for index, file in enumerate(files)
        if index in groups or index in chosen
    ]


def is_one_students(files: Sequence[ListedFile], handed_out: Set[str], sought: Sought) -> bool:
    """Tell whether files without a folder around them are one student's: an answer, and modules that it imports."""
    folders = _Folders(files, handed_out, sought)
    return bool(sought.names.questions) and folders.is_answer_with_modules(range(len(files)))


class _Folders:
    def __init__(self, files: Sequence[ListedFile], handed_out: Set[str], sought: Sought):
        self._files = files
        self._handed_out = handed_out | {stage.partition("_")[2] for stage in sought.other_stages}
        self._sought = sought
        self._read: dict[int, Name] = {}
        self._kits = kits([file.path for file in files])
        names = (self._handed_out | set(sought.other_stages)) - {"student"}  # who are numbered where nobody has a name
        self._known = {*_ATTEMPT_WORDS.split(), *(word for name in names for word in _words(name))}

    def of_students(self) -> list[list[int]]:
        """Return the indices of the files of each student who has several."""
        everything = list(range(len(self._files)))
        if by_canvas := self._of_canvas():
            return by_canvas
        if self.is_answer_with_modules(everything):
            return [everything]
        return self._below(TOP, everything)

    def _of_canvas(self) -> list[list[int]]:
        """Return the indices of the files of each student where they are called as in Canvas's zip, here unpacked."""
        of_student: dict[tuple[PurePosixPath, str], list[int]] = {}
        shapes = shapes_of(file.path.name for file in self._files)
        for index, file in enumerate(self._files):
            read = sure_reading(file.path.name, shapes)
            if read is not None and read.kind == "file":  # what might be somebody else's is a submission of its own
                self._read[index] = read
                of_student.setdefault((file.path.parent, read.user or read.anonymous), []).append(index)
        if 2 * len(self._read) <= len(self._files):
            self._read.clear()
            return []
        return [indices for indices in of_student.values() if len(indices) > 1]

    def _below(self, folder: PurePosixPath, indices: list[int]) -> list[list[int]]:
        found: list[list[int]] = []
        inside: dict[PurePosixPath, list[int]] = {}
        for index in indices:
            parts = self._files[index].path.relative_to(folder).parts
            if len(parts) > 1:
                inside.setdefault(folder / parts[0], []).append(index)
        for inner, below in inside.items():
            has_work = any(self._files[index].path.parent == inner for index in self._wanted(below))
            if has_work and self._is_one(inner, below):
                if len(self._useful(below)) > 1:
                    found.append(below)
            else:
                found += self._below(inner, below)
        return found

    def _wanted(self, indices: Sequence[int]) -> list[int]:
        """Return those that look like work of a student's, by their names."""
        return [i for i in indices if is_wanted(path := self._files[i].path) and not is_of_kit(path, self._kits)]

    def _useful(self, indices: Sequence[int]) -> list[int]:
        """Return those that a grader can do something with: work, modules, data."""
        paths = {index: self._files[index].path for index in indices}
        return [
            i for i, path in paths.items() if path.suffix.lower() not in _NO_USE and not is_of_kit(path, self._kits)
        ]

    def _is_one(self, folder: PurePosixPath, indices: Sequence[int]) -> bool:
        """Tell whether what is in a folder is one student's."""
        wanted = self._wanted(indices)
        if len(wanted) == 1:
            return True
        if is_anybodys(folder.name, _NOBODYS_FOLDERS):
            return self.is_answer_with_modules(indices)
        work, imported = self._work(folder, wanted)
        has_anybodys = any(is_anybodys(one.path.stem, self._handed_out) for one in work)
        work = [one for one in work if one.role != "module" or not (has_anybodys or _is_imported(one.path, imported))]
        attempts = [one for one in work if one.is_attempt]
        own = len(work) - len(attempts)
        if len(work) <= 1:
            return True
        if len(attempts) > MAX_ATTEMPTS or own > 1:
            return False
        return own == 0 or not any(one.role == "answer" for one in attempts)

    def is_answer_with_modules(self, indices: Sequence[int]) -> bool:
        """Tell whether there is one file that answers something, and otherwise modules that it imports, and data."""
        wanted = self._wanted(indices)
        if len(wanted) < 2 or any(self._files[i].path.suffix.lower() not in GRADABLE for i in wanted):
            return False
        if sum(self._files[i].path.suffix.lower() == ".ipynb" for i in wanted) > 1:
            return False
        work, imported = self._work(TOP, wanted)
        answers = [one for one in work if one.role != "module"]
        return len(answers) == 1 and all(one in answers or _is_imported(one.path, imported) for one in work)

    def _work(self, folder: PurePosixPath, indices: Sequence[int]) -> tuple[list[_Work], set[str]]:
        """Return what each file is, and the modules that they import."""
        work: list[_Work] = []
        imported: set[str] = set()
        of_folder = set(_words(folder.name)) - self._known
        for index in indices:
            path, source = self._files[index]
            contents = contents_of(path.name, source, self._sought)
            imported |= contents.imported
            words = _words(str(path.relative_to(folder).with_suffix("")))
            if contents.role != "kit":
                is_attempt = self._known.issuperset(words) or not of_folder.isdisjoint(words)
                work.append(_Work(path, contents.role, is_attempt))
        return work, imported

    def group(self, indices: Sequence[int]) -> tuple[int, tuple[PurePosixPath, Source]]:
        """Return the index and path of the file that names a submission of several, and where they all are."""
        named = min(self._wanted(indices) or indices, key=lambda index: self._naming(self._files[index].path))
        if self._read:
            return named, (self._files[named].path, self._numbered(indices))
        folder = self._files[named].path.parent
        # From the folder of what names it, or above, where there is more of it.
        while not all(self._files[index].path.is_relative_to(folder) for index in indices):
            folder = folder.parent
        order = [named, *(index for index in self._useful(indices) if index != named)]
        files = tuple((str(self._files[i].path.relative_to(folder)), self._files[i].source) for i in order)
        return named, (self._files[named].path, FileGroup(files))

    def _numbered(self, indices: Sequence[int]) -> FileGroup:
        """Return files of Canvas as its zip has them: by the student's own names, in the order of their numbers."""
        order = sorted(indices, key=lambda index: int(self._read[index].attachment))
        read = [self._read[index] for index in order]
        paths = distinct_paths([(as_path(as_text(one.file)), one.attachment) for one in read])
        sources = [self._files[index].source for index in order]
        return FileGroup(tuple(zip(paths, sources, strict=True)), are_numbered=True)

    def _naming(self, path: PurePosixPath) -> tuple[bool, int, int, int, str]:
        kind = GRADABLE.index(path.suffix.lower()) if path.suffix.lower() in GRADABLE else len(GRADABLE)
        return not is_anybodys(path.stem, self._handed_out), len(path.parts), kind, len(path.name), str(path)


def _words(text: str) -> list[str]:
    """Return the words of a name, and numbers that are too long to count anything, such as a student's."""
    return re.findall(r"[^\W\d_]+|\d{4,}", unicodedata.normalize("NFC", text).casefold())


def _is_imported(path: PurePosixPath, imported: Set[str]) -> bool:
    return not imported.isdisjoint(module_names(path))
