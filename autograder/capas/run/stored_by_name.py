"""What a folder of results holds, read one result at a time; nothing in it is changed."""

import contextlib
from collections.abc import Container
from pathlib import Path

import msgspec

from capas.course.grade_terms import GradeTerms
from capas.files import UserError
from capas.grading.maker import GraderMaker
from capas.grading.result import RESULTS, Result, read_result
from capas.run.journal import Journal
from capas.submission.disk import JOURNAL_FILE, RUN_FILE


class Run(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a folder's results are of, the language of the last grading, and what the course said of grades then.

    ``outside_only`` tells whether cases of a bundle of Otter's failed that could not be judged outside the sandbox.
    """

    stage: str
    language: str
    terms: GradeTerms = GradeTerms()
    outside_only: bool = False


def run_of(graders: GraderMaker, terms: GradeTerms) -> Run:
    """Return what results of ``graders`` are of."""
    return Run(graders.assignment, graders.language, terms, graders.outside_only)


def read_files(folder: Path, stage: str, known: Container[str]) -> tuple[dict[str, Result], list[str]]:
    """Return the results that are files and not ``known``, by submission, and the names of files that are none."""
    whole: dict[str, Result] = {}
    spoiled: list[str] = []
    for path in sorted((folder / RESULTS).glob("*.json")):
        result = None
        if path.is_file() and not path.is_symlink():
            with contextlib.suppress(msgspec.MsgspecError, UnicodeDecodeError, OSError):
                result = read_result(path)
        if result is not None and result.submission == path.stem and result.stage == stage:
            if path.stem not in known:
                whole[path.stem] = result
        else:
            spoiled.append(path.name)
    return whole, spoiled


def read_run(folder: Path) -> Run:
    """Return what the results in ``folder`` are of.

    Raises:
        UserError: when it is no folder of results.
    """
    try:
        return msgspec.json.decode((folder / RUN_FILE).read_bytes(), type=Run)
    except (FileNotFoundError, NotADirectoryError):
        raise UserError(f"{folder} holds no results; give the folder that capas grade wrote with --out") from None
    except (msgspec.MsgspecError, UnicodeDecodeError, OSError):
        raise UserError(f"{folder / RUN_FILE} is not of this program, or spoiled; run capas grade again") from None


class StoredByName:
    """What a folder holds, in its journal or as a file alone, read when it is asked for."""

    def __init__(self, folder: Path):
        run = read_run(folder)
        self._journal = Journal(folder / JOURNAL_FILE)
        self._journal.find()
        self._only_files, _ = read_files(folder, run.stage, self._journal.origins)

    def submissions(self) -> list[str]:
        """Return whose results there are, in order."""
        return sorted(self._journal.origins.keys() | self._only_files.keys())

    def of(self, submission: str) -> Result:
        """Return the result of one submission."""
        return self._only_files.get(submission) or self._journal.of(submission)
