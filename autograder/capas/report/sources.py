"""The code of a class while its report is written: on the disk, for in memory thousands would not fit."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence

import msgspec


class Sources(Mapping[str, Sequence[str]]):
    """Each submission's pieces of Python, read when they are asked for. Use it as a context manager."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 — closed with this
        self._places: dict[str, tuple[int, int]] = {}
        self._end = 0

    def add(self, submission: str, cells: Sequence[str]) -> None:
        """Keep the cells of a submission."""
        # Code may hold halves of characters that UTF-8 does not know.
        data = msgspec.json.encode([cell.encode("utf-8", "surrogatepass") for cell in cells])
        self._file.seek(self._end)
        self._file.write(data)
        self._places[submission] = (self._end, len(data))
        self._end += len(data)

    def __getitem__(self, submission: str) -> Sequence[str]:
        start, length = self._places[submission]
        self._file.seek(start)
        cells = msgspec.json.decode(self._file.read(length), type=list[bytes])
        return [cell.decode("utf-8", "surrogatepass") for cell in cells]

    def __contains__(self, submission: object) -> bool:
        return submission in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def __enter__(self) -> "Sources":
        return self

    def __exit__(self, *_exception: object) -> None:
        self._file.close()
