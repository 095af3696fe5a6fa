"""Bytes that are kept on the disk while a report is written: in memory those of thousands would not fit."""

import tempfile


class Spooled:
    """A file that is gone when it is closed; what is added is found again by its place."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 — closed with this
        self._end = 0

    def add(self, data: bytes) -> tuple[int, int]:
        """Keep ``data``; return its place."""
        self._file.seek(self._end)
        self._file.write(data)
        place = self._end, len(data)
        self._end += len(data)
        return place

    def at(self, place: tuple[int, int]) -> bytes:
        """Return what is at a place."""
        start, length = place
        self._file.seek(start)
        return self._file.read(length)

    def close(self) -> None:
        """Forget everything."""
        self._file.close()
