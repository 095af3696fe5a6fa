"""The one way to what is in a submission: each is read in a process that may take only so much time and memory."""

import os
from pathlib import PurePosixPath

import msgspec

from capas.submission.answer import Role, imported_modules, read_answer, role_of
from capas.submission.archive import ZipEntry, zip_entries
from capas.submission.bounded import TooMuchError, call_bounded
from capas.submission.model import GRADABLE, NO_CODE, Source, Submission, SubmissionFile, Unreadable, hash_of
from capas.submission.sought import NOTHING_SOUGHT, Sought


class FileContents(msgspec.Struct, frozen=True):
    """What a file is among others, and the names that the Python in it imports from."""

    role: Role
    imported: frozenset[str] = frozenset()


def read_submission(file: SubmissionFile, sought: Sought = NOTHING_SOUGHT, with_answer: bool = False) -> Submission:
    """Read a submission; whatever is in it, the answer is a `Submission`, perhaps with a ``problem``.

    Args:
        file: where it is.
        sought: what its answer is known by, where it is one file among others.
        with_answer: whether the bytes of the file that is graded are wanted, too.
    """
    try:
        read = msgspec.msgpack.decode(call_bounded(_read, file, sought, with_answer), type=Submission)
    except TooMuchError:
        return Submission(file.id, file.file, hash_of_file(file), NO_CODE, "too_much_to_read")
    return msgspec.structs.replace(read, id=file.id, file=file.file)


def hash_of_file(file: SubmissionFile) -> str:
    """Return the hash of a submission's bytes, "" where they cannot be had."""
    try:
        return call_bounded(_hash, file).decode()
    except TooMuchError:
        return ""


def contents_of(name: str, source: Source, sought: Sought) -> FileContents:
    """Return what the file at ``source``, called ``name``, is; one that cannot be read is "other"."""
    try:
        return msgspec.msgpack.decode(call_bounded(_contents, name, source, sought), type=FileContents)
    except TooMuchError:
        return FileContents("other")


def entries_of_zip(path: str) -> list[tuple[PurePosixPath, ZipEntry]]:
    """Return the files in a zip by their paths in it; none when it is no zip, or its directory is too long."""
    path = os.path.abspath(path)  # the process that reads it may have begun in another folder
    try:
        entries = msgspec.msgpack.decode(call_bounded(_entries, path), type=list[tuple[str, int, str]])
    except TooMuchError:
        return []
    return [(PurePosixPath(inside), ZipEntry(path, index, name)) for inside, index, name in entries]


# What follows is done in the other process.


def _read(file: SubmissionFile, sought: Sought, with_answer: bool) -> bytes:
    digest = ""
    try:
        data = file.read()
        digest = hash_of(data)
        answer = read_answer(file.file, data, sought)
        submission = Submission("", "", digest, answer.code, answer=answer.data if with_answer else b"")
    except Unreadable as error:
        submission = Submission("", "", digest, NO_CODE, error.problem, error.values)
    return msgspec.msgpack.encode(submission)


def _hash(file: SubmissionFile) -> bytes:
    try:
        return hash_of(file.read()).encode()
    except Unreadable:
        return b""


def _contents(name: str, source: Source, sought: Sought) -> bytes:
    try:
        data = source.read()
    except Unreadable:
        data = b""
    imported = (
        frozenset(imported_modules(name, data)) if PurePosixPath(name).suffix.lower() in GRADABLE else frozenset()
    )
    return msgspec.msgpack.encode(FileContents(role_of(name, data, sought), imported))


def _entries(path: str) -> bytes:
    return msgspec.msgpack.encode([(str(inside), one.index, one.name) for inside, one in zip_entries(path)])
