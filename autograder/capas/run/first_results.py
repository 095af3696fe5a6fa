"""What those who handed in again handed in first: a result each, in a folder of their own."""

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from capas.grading.result import Result, read_result

FIRST = "first_results"
"""Of those who handed in again, the result of what they handed in first."""


class FirstResults(Mapping[str, Result]):
    """By submission, the result of what was handed in first, for those who handed in something else since.

    In memory is only whose there are; a result is read when it is asked for.
    """

    def __init__(self, folder: Path, results: Iterable[Result]):
        self._folder = folder / FIRST
        self._names = dict.fromkeys(result.submission for result in results if self._is_another(result))

    def _is_another(self, result: Result) -> bool:
        with contextlib.suppress(msgspec.MsgspecError, UnicodeDecodeError, OSError):
            earlier = self._read(result.submission)
            return earlier.sha256 != result.sha256 and earlier.stage == result.stage
        return False

    def _read(self, submission: str) -> Result:
        return read_result(self._folder / f"{submission}.json")

    def __getitem__(self, submission: str) -> Result:
        if submission not in self._names:
            raise KeyError(submission)
        return self._read(submission)

    def __contains__(self, submission: object) -> bool:
        return submission in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)
