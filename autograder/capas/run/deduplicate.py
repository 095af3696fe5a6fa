"""Submissions of the same bytes are graded once."""

from collections.abc import Iterator
from pathlib import PurePosixPath

import msgspec

from capas.grading.result import Result
from capas.run.journal import Journal
from capas.submission import SubmissionFile, hash_of_file


class Deduplicator:
    """Has one submission of each group with equal bytes and file suffix graded; the others get copies of its result.

    Args:
        submissions: what has to be graded.
        results: where results that are graded already can be read again.
    """

    def __init__(self, submissions: list[SubmissionFile], results: Journal):
        self._submissions = submissions
        self._results = results
        self._source: dict[str, tuple[str, str]] = {}
        self._copies: dict[tuple[str, str], list[SubmissionFile]] = {}
        self._known: dict[tuple[str, str], str] = {}
        self._late: list[tuple[SubmissionFile, str]] = []
        self.left: list[SubmissionFile] = []
        """Submissions still to be graded: they waited for the result of a file that changed before it was read."""

    def sources(self) -> Iterator[SubmissionFile]:
        """Yield one submission of each group, to be graded."""
        for one in self._submissions:
            digest = hash_of_file(one)
            source = digest, PurePosixPath(one.file).suffix.lower()
            if source in self._known:
                self._late.append((one, self._known[source]))
            elif digest and source in self._copies:
                self._copies[source].append(one)
            else:
                if digest:
                    self._source[one.id], self._copies[source] = source, []
                yield one

    def with_copies(self, graded: list[Result]) -> list[Result]:
        """Return results with those of the copies of what was graded, each under its own id and name."""
        results = [_result_of(one, self._results.of(first)) for one, first in self._late]
        self._late = []
        for result in graded:
            results.append(result)
            source = self._source.pop(result.submission, None)
            if source is None:
                continue
            copies = self._copies.pop(source)
            if result.sha256 == source[0]:
                self._known[source] = result.submission
                results += [_result_of(one, result) for one in copies]
            else:
                self.left += copies
        return results


def _result_of(submission: SubmissionFile, result: Result) -> Result:
    return msgspec.structs.replace(result, submission=submission.id, file=submission.file, folder=submission.folder)
