"""The code of a class while its report is written: on the disk, for in memory thousands would not fit."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from capas.report.spooled import Spooled


class Sources(Mapping[str, Sequence[str]]):
    """Each submission's pieces of Python, read when they are asked for. Use it as a context manager."""

    def __init__(self) -> None:
        self._spooled = Spooled()
        self._places: dict[str, tuple[int, int]] = {}

    def add(self, submission: str, cells: Sequence[str]) -> None:
        """Keep the cells of a submission."""
        # Code may hold halves of characters that UTF-8 does not know.
        data = msgspec.json.encode([cell.encode("utf-8", "surrogatepass") for cell in cells])
        self._places[submission] = self._spooled.add(data)

    def __getitem__(self, submission: str) -> Sequence[str]:
        cells = msgspec.json.decode(self._spooled.at(self._places[submission]), type=list[bytes])
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
        self._spooled.close()
