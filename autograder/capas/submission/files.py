"""The submissions in the paths that a teacher names."""

import os
from collections.abc import Sequence, Set
from pathlib import Path, PurePosixPath

from capas.files import UserError
from capas.submission.archive import ZipEntry
from capas.submission.disk import DiskFile, list_folder
from capas.submission.folders import ListedFile, is_one_students, submissions_among
from capas.submission.group import FileGroup
from capas.submission.ids import FilePlace, identify
from capas.submission.model import Source, SubmissionFile, Unreadable, hash_of
from capas.submission.names import as_text, is_one_kit, is_skipped, is_wanted
from capas.submission.reading import contents_of, entries_of_zip
from capas.submission.sought import NOTHING_SOUGHT, Sought


def list_submissions(
    paths: list[Path], handed_out: Set[str] = frozenset(), sought: Sought = NOTHING_SOUGHT
) -> list[SubmissionFile]:
    """List the submissions in files, folders and zips of a class, each with an id of its own.

    A zip named here that holds several notebooks or `.py` files is a class; one that holds a single one is
    a submission, and so is any zip inside a folder or inside another zip. Where it is known what is sought, the files
    in one student's folder are one submission. What is named twice is there once.

    Args:
        paths: what was named.
        handed_out: names of files that say nothing of whose they are, as everybody received a file called so; with
            these, the folder it lies in is part of the id.
        sought: what an answer is known by.

    Raises:
        UserError: for a path that does not exist or cannot be listed, or when there is nothing to grade.
    """
    listed: dict[tuple[str, int], tuple[PurePosixPath, Source]] = {}
    anything = False
    for path in paths:
        for name, source in _listed(path, handed_out, sought):
            listed.setdefault(_place(source), (name, source))
            anything = anything or is_wanted(name) or not path.is_dir() or _is_answer(name, source, sought)
    if not anything:
        named = ", ".join(str(path) for path in paths)
        raise UserError(f"nothing to grade in {named}: no .ipynb, .py or .zip file")
    identities = identify([FilePlace(name, _path(name, source)) for name, source in listed.values()], handed_out)
    return [
        SubmissionFile(id_, as_text(name.name), source, as_text(folder))
        for (id_, folder), (name, source) in zip(identities, listed.values(), strict=True)
    ]


def _listed(path: Path, handed_out: Set[str], sought: Sought) -> list[tuple[PurePosixPath, Source]]:
    absolute = os.path.abspath(path)
    if path.is_dir():
        try:
            names = list_folder(path)
        except OSError as error:
            raise UserError(f"{path} cannot be read: {error.strerror}; give a folder that you may list") from None
        # Absolute: another process may read it, from another folder.
        files = [ListedFile(PurePosixPath(name), DiskFile(absolute, name)) for name in names]
        return submissions_among(files, handed_out, sought)
    if not path.exists():
        raise UserError(f"{path} does not exist; give files, folders or a zip of submissions")
    if path.suffix.lower() == ".zip":
        files = [ListedFile(*entry) for entry in entries_of_zip(absolute)]
        if _is_class(files, handed_out, sought):
            return submissions_among(files, handed_out, sought)
    return [(PurePosixPath(path.name), DiskFile(absolute))]


def _is_class(files: Sequence[ListedFile], handed_out: Set[str], sought: Sought) -> bool:
    """Tell whether a zip is a class's: it holds several files that can be graded, and is not what one student has."""
    paths = [file.path for file in files]
    wanted = sum(is_wanted(path) for path in paths)
    if wanted < 2:
        others = (file for file in files if not is_wanted(file.path) and not is_skipped(file.path))
        return wanted + sum(_is_answer(*file, sought) for file in others) > 1
    return not is_one_kit(paths) and not is_one_students(files, handed_out, sought)


def _is_answer(path: PurePosixPath, source: Source, sought: Sought) -> bool:
    """Tell by its contents whether a file is an answer, whatever its name."""
    if not sought.names.questions or path.suffix.lower() == ".zip":
        return False
    return contents_of(path.name, source, sought).role == "answer"


def _place(source: Source) -> tuple[str, int]:
    """Return where a submission is, the same by whatever path it was named."""
    if isinstance(source, FileGroup):
        return _place(source.files[0][1])
    if isinstance(source, ZipEntry):
        return os.path.normcase(os.path.realpath(source.archive)), source.index
    if isinstance(source, DiskFile):
        # A link inside a folder stands for itself: of two that lead to one file, each is somebody's.
        return os.path.normcase(os.path.join(os.path.realpath(source.named), source.inside).rstrip(os.sep)), -1
    raise TypeError(type(source))


def _path(name: PurePosixPath, source: Source) -> PurePosixPath:
    """Return the whole path of a submission, the same by whatever path its folder was named."""
    if isinstance(source, FileGroup):
        return _path(name, source.files[0][1])
    if isinstance(source, ZipEntry):
        folder, archive = os.path.split(source.archive)
        return PurePosixPath(Path(os.path.realpath(folder), Path(archive).stem).as_posix()) / name
    if isinstance(source, DiskFile):
        folder = source.named if source.inside else os.path.dirname(source.named)
        return PurePosixPath(Path(os.path.realpath(folder)).as_posix()) / name
    raise TypeError(type(source))


def read_with_hash(file: SubmissionFile) -> tuple[bytes, str]:
    """Return a submission's bytes and their hash, which tells whether they are those of a result; "" if unreadable."""
    try:
        data = file.read()
    except Unreadable:
        return b"", ""
    return data, hash_of(data)
