"""One notebook, run from top to bottom, with the checks where they are due. What ends its process costs itself."""

import time
from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

from capas.grading.otter_zip.judging import CaseJudge, CaseVerdict, Died
from capas.grading.otter_zip.test_files import OtterTest
from capas.sandbox import CallCrashed, CallTimedOut, CellReport, Limits, Zygote
from capas.sandbox.loading import CellError
from capas.sandbox.notebook import Notebook
from capas.sandbox.shared import NO_DATA, SharedData

MAX_STARTS = 6
"""How often a notebook is run again without what ended its process."""


class Place(NamedTuple):
    """A case, by its test's stem and its number, at the n-th check of that test."""

    stem: str
    number: int
    check: int


class NotebookRun(NamedTuple):
    """What came of a notebook: the verdicts on the cases of each test, by stem, and the cells that had errors.

    The tests are in the order in which each was checked last.
    """

    verdicts: dict[str, list[CaseVerdict]]
    reports: list[CellReport]
    seen_hidden: dict[str, bool]
    """For each test, whether the notebook had seen something of a hidden case when its public ones were judged."""


class NotebookRunner:
    """Runs notebooks of one bundle.

    Args:
        zygote: where sandboxes come from.
        limits: of cells and calls.
        tests: the tests by stem.
        files: what lies beside the notebook.
        outside_only: whether no case is judged beside the notebook.
        without_cases: tests that are there and have no case.
        data: large files that lie beside the notebook, too, as the zygote keeps them.
    """

    def __init__(
        self,
        zygote: Zygote,
        limits: Limits,
        tests: Mapping[str, OtterTest],
        files: Mapping[str, bytes],
        outside_only: bool = False,
        without_cases: Set[str] = frozenset(),
        data: SharedData = NO_DATA,
    ):
        self._zygote = zygote
        self._limits = limits
        self._tests = tests
        self._files = files
        self._outside_only = outside_only
        self._without_cases = without_cases
        self._data = data

    def run(self, cells: Sequence[str], own_files: Mapping[str, bytes], public_only: bool = False) -> NotebookRun:
        """Run a notebook; with ``public_only`` it comes to see nothing of a hidden case.

        Raises:
            CallTimedOut, CallCrashed: when nothing of it can be run.
        """
        cells, files = list(cells), {**own_files, **self._files}
        ended: dict[Place, str] = {}
        reports: list[CellReport] = []
        end = time.monotonic() + self._limits.load_seconds
        for start in range(1, MAX_STARTS + 1):
            attempt = _Attempt(self, public_only, ended)
            try:
                more = attempt.run(cells, files)
            except Died as error:
                assert attempt.present is not None
                ended[attempt.present] = error.kind
            except (CallTimedOut, CallCrashed) as error:
                if attempt.running is None or start == MAX_STARTS or time.monotonic() > end:
                    raise
                kind = "interrupted" if isinstance(error, CallTimedOut) else "crashed"
                reports.append(CellReport(attempt.running, [CellError(kind)]))
                cells[attempt.running] = ""
            else:
                return NotebookRun(attempt.verdicts, [*reports, *more], attempt.seen_hidden)
        raise CallCrashed("it ends its process again and again")


class _Attempt:
    """One run of a notebook in one sandbox."""

    def __init__(self, runner: NotebookRunner, public_only: bool, ended: Mapping[Place, str]):
        self._runner = runner
        self._public_only = public_only
        self._ended = ended
        self._checks: dict[str, int] = {}
        self._seen = False
        self.verdicts: dict[str, list[CaseVerdict]] = {}
        self.seen_hidden: dict[str, bool] = {}
        self.present: Place | None = None
        """The case that is being judged."""
        self.running: int | None = None
        """The cell that was run when the process ended."""

    def run(self, cells: Sequence[str], files: dict[str, bytes]) -> list[CellReport]:
        """Run all cells and judge what is left over in the end; return the reports of cells with errors."""
        runner = self._runner
        with Notebook(runner._zygote, runner._limits, self._check, runner._data) as notebook:
            self._judge = CaseJudge(notebook, runner._outside_only)
            try:
                reports = notebook.run(cells, files).reports
            except (CallTimedOut, CallCrashed):
                self.running = notebook.running
                raise
            for stem in runner._tests:
                if stem not in self.verdicts:
                    self._check(stem)
        return reports

    def _check(self, stem: str) -> None:
        """Judge a test on the notebook as it is now; the last time counts."""
        test = self._runner._tests.get(stem)
        if test is None and stem in self._runner._without_cases:
            return
        if test is None:
            raise FileNotFoundError(f"Test {stem} does not exist")
        check = self._checks[stem] = self._checks.get(stem, 0) + 1
        self.seen_hidden[stem] = self._seen
        verdicts: list[CaseVerdict] = []
        for number, case in enumerate(test.cases):
            if case.hidden and self._public_only:
                verdicts.append(CaseVerdict(False))
                continue
            self.present = Place(stem, number, check)
            if self.present in self._ended:
                verdicts.append(CaseVerdict(False, self._ended[self.present]))
                continue
            self._seen |= case.hidden
            verdicts.append(self._judge.judge(case))
        self.present = None
        self.verdicts.pop(stem, None)  # they stay in the order of the last checks
        self.verdicts[stem] = verdicts
