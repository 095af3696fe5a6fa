"""The files in a student's archive, and in archives inside it, with bounds on number, size and depth.

Nothing is unpacked to a disk, and no file is opened by a name that stands in an archive.
"""

import bz2
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import NamedTuple

from capas.submission.archive import ZIP_ERRORS, is_folder, modified_at, read_entry
from capas.submission.kinds import kind_of
from capas.submission.model import MAX_BYTES, Unreadable
from capas.submission.names import as_path, as_text, entry_name, is_kept_copy, is_skipped

MAX_ENTRIES = 2_000
"""The most files in a student's archive, those that systems and tools leave behind not counted."""
MAX_TOTAL_BYTES = 2 * MAX_BYTES
MAX_DATA_BYTES = 2 * 2**20
"""The most bytes of a file whose name does not look like an answer's or an archive's."""
MAX_DEPTH = 4
"""How deep archives lie in archives; where several files were handed in, they all lie in one already."""
MAX_REFUSED = 8
"""The most archives inside another that may hold too many files, each of which costs itself."""
_PROMISING = (".ipynb", ".py", ".zip", ".txt", ".json", ".tar", ".tgz", ".gz", ".bz2", ".xz", "")
_ERRORS = (*ZIP_ERRORS, tarfile.TarError)


class Member(NamedTuple):
    """A file of an archive; ``problem`` says why its bytes could not be had.

    ``modified`` is when it was written last, in seconds; 0 where that is not known. A file in an archive inside has
    the name of that archive as a folder.
    """

    path: PurePosixPath
    data: bytes
    modified: float = 0.0
    problem: Unreadable | None = None


class _Budget:
    """What may still be unpacked."""

    def __init__(self) -> None:
        self.entries = MAX_ENTRIES
        self.bytes = MAX_TOTAL_BYTES
        self.refused = 0

    def count(self, entries: int) -> None:
        if entries > self.entries:
            self.refused += 1
            raise Unreadable("zip_of_too_many")
        self.entries -= entries


def unpacked(name: str, data: bytes) -> list[Member]:
    """Return the files in an archive called ``name``, in the order of their paths.

    Raises:
        Unreadable: when it cannot be opened, or holds too many files.
    """
    return sorted(_unpacked(as_path(name), data, _Budget(), 1), key=lambda member: str(member.path))


def _unpacked(name: PurePosixPath, data: bytes, budget: _Budget, depth: int) -> Iterator[Member]:
    is_tar = kind_of(name.name, data) == "tar"
    members = _tar_members(name, data, budget) if is_tar else _zip_members(data, budget)
    for member in members:
        if depth < MAX_DEPTH and member.problem is None and _is_archive(member):
            try:
                for inner in _unpacked(member.path, member.data, budget, depth + 1):
                    yield inner._replace(path=member.path / inner.path)
            except Unreadable as problem:
                if budget.refused > MAX_REFUSED:
                    raise
                yield member._replace(problem=problem)
        else:
            yield member


def _is_archive(member: Member) -> bool:
    try:
        return kind_of(member.path.name, member.data) in ("zip", "tar")
    except Unreadable:
        return False


def _zip_members(data: bytes, budget: _Budget) -> list[Member]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = [(as_path(entry_name(info)), info) for info in archive.infolist() if not is_folder(info)]
            infos = [(path, info) for path, info in infos if path.parts and not _is_left_out(path)]
            if infos and all(info.flag_bits & 1 for _, info in infos):
                raise Unreadable("locked_zip")
            budget.count(len(infos))
            # What looks like an answer goes first: of a large archive it is read before the bounds are reached.
            infos.sort(key=lambda item: (_order(item[0]), str(item[0])))
            return [_zip_member(archive, path, info, budget) for path, info in infos]
    except _ERRORS:
        raise Unreadable("not_a_zip") from None


def _zip_member(archive: zipfile.ZipFile, path: PurePosixPath, info: zipfile.ZipInfo, budget: _Budget) -> Member:
    path = PurePosixPath(as_text(str(path)))
    try:
        content = read_entry(archive, info, _most(path, budget))
    except Unreadable as problem:
        return Member(path, b"", 0.0, problem)
    except _ERRORS:
        return Member(path, b"", 0.0, Unreadable("not_a_zip"))
    budget.bytes -= len(content)
    return Member(path, content, modified_at(info))


def _is_left_out(path: PurePosixPath) -> bool:
    return is_skipped(path) and not is_kept_copy(path)


def _order(path: PurePosixPath) -> int:
    suffix = path.suffix.lower()
    if is_kept_copy(path):
        return 3
    return 0 if suffix in (".ipynb", ".py") else 1 if suffix in _PROMISING else 2


def _most(path: PurePosixPath, budget: _Budget) -> int:
    return min(MAX_BYTES if _order(path) != 2 else MAX_DATA_BYTES, budget.bytes)


def _tar_members(name: PurePosixPath, data: bytes, budget: _Budget) -> list[Member]:
    try:
        data = _decompressed(data, budget.bytes)
        if data[257:262] != b"ustar":
            budget.bytes -= len(data)
            return [Member(PurePosixPath(name.stem or "file"), data)]
        members = []
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
            for info in archive:
                path = PurePosixPath(as_text(str(as_path(info.name))))
                if not info.isreg() or not path.parts or _is_left_out(path):
                    continue
                budget.count(1)
                file = archive.extractfile(info)
                most = _most(path, budget)
                content = file.read(most + 1) if file else b""
                if len(content) > most:
                    members.append(Member(path, b"", 0.0, Unreadable("too_large")))
                    continue
                budget.bytes -= len(content)
                members.append(Member(path, content, max(float(info.mtime), 0.0)))
        return members
    except _ERRORS:
        raise Unreadable("not_a_zip") from None


def _decompressed(data: bytes, most: int) -> bytes:
    """Return what a packed file unpacks to, as far as that is not too much."""
    if data.startswith(b"\x1f\x8b"):
        content = zlib.decompressobj(31).decompress(data, most + 1)
    elif data.startswith(b"BZh"):
        content = bz2.BZ2Decompressor().decompress(data, most + 1)
    elif data.startswith(b"\xfd7zXZ"):
        content = lzma.LZMADecompressor(memlimit=2**28).decompress(data, most + 1)
    else:
        content = data
    if len(content) > most:
        raise Unreadable("too_large")
    return content
