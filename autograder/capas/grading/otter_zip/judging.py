"""One case on a notebook as it is now: judged here where what it reads is plain, else beside the notebook."""

import contextlib
import doctest
import faulthandler
import io
import multiprocessing
import os
import sys
import traceback
import warnings
from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

import numpy as np

from capas.grading.otter_zip.stand_ins import STAND_INS, standing_in
from capas.grading.otter_zip.test_files import OtterCase
from capas.sandbox import CallCrashed, CallTimedOut
from capas.sandbox.alarm import Alarm, Interrupted
from capas.sandbox.examples import Outcome, run_examples
from capas.sandbox.known import printing_with
from capas.sandbox.notebook import Notebook, NotPlain
from capas.sandbox.shadows import is_shadow, kind_of

Where = Literal["outside", "beside"]
JUDGE_SECONDS, JUDGE_PATIENCE = 30.0, 6.0
"""How long the processor may work on a case here, and how many times that may pass with what it waits for."""
LARGE = 10_000_000
"""A number that makes a range, or an array, too long to be made here."""


class CaseVerdict(NamedTuple):
    """What came of a case: whether it passed, what kind of thing was wrong, how it failed, and where it was judged."""

    passed: bool
    kind: str = ""
    told: str = ""
    judged: Where = "outside"


class Died(Exception):
    """The notebook's process ended while a case asked something of it; ``kind`` is why."""

    def __init__(self, kind: str):
        super().__init__(kind)
        self.kind = kind


class CaseJudge:
    """Judges cases on one notebook.

    Args:
        notebook: the notebook.
        outside_only: whether a case that cannot be judged here fails, and is not run beside the notebook.
    """

    def __init__(self, notebook: Notebook, outside_only: bool = False):
        self._notebook = notebook
        self._outside_only = outside_only
        self._alarm = Alarm(JUDGE_PATIENCE)

    def judge(self, case: OtterCase) -> CaseVerdict:
        """Return what comes of a case.

        Raises:
            Died: when the notebook's process ends meanwhile.
        """
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what a student has one say goes no further
            return self._judged(case)

    def _judged(self, case: OtterCase) -> CaseVerdict:
        try:
            verdict = self._outside(case)
            if verdict is not None:
                return verdict
            if self._outside_only:
                return CaseVerdict(False, "not_outside", self._notebook.not_plain or case.reads.beside)
            return self._beside(case)
        except (CallTimedOut, CallCrashed) as error:
            if self._notebook.dead:
                raise Died(self._notebook.end_kind) from None
            return CaseVerdict(False, error.kind)
        except Exception:  # what runs beside the student's code, and answers here, was tampered with
            if self._notebook.dead:
                raise Died(self._notebook.end_kind) from None
            return CaseVerdict(False, "crashed")

    def _outside(self, case: OtterCase) -> CaseVerdict | None:
        """Judge a case on copies of what it reads; None when that cannot be done."""
        if case.reads.beside:
            return None
        names: dict[str, Any] = {}
        self._notebook.begin_case()
        try:
            names = self._notebook.fetch(case.reads.names)
            if case.reads.sizes and any(_is_large(value) for value in names.values()):
                return None  # what it would take is to be taken from the sandbox
            has_code = case.reads.all_names or any(map(is_shadow, names.values()))
            if has_code and case.reads.own_classes:
                return None
            self._notebook.shares_random = case.reads.seeds and has_code
            if case.function is not None:
                names = _Environment(names, self._notebook)
            elif has_code:
                names = STAND_INS | names
            with printing_with(self._notebook.print_options):
                verdict = self._run(case, names)
            return verdict if verdict.passed or not self._may_be_a_librarys(case, names) else None
        except NotPlain:
            return None if case.reads.looked_into else CaseVerdict(False, "example")
        finally:
            self._notebook.shares_random = False

    def _may_be_a_librarys(self, case: OtterCase, names: dict[str, Any]) -> bool:
        """Tell whether a case may have failed since objects of a library are not to be judged from here.

        The case decides, not who hands in: it looks into the object, and nothing of a class of the student's was there.
        """
        if "library" not in self._notebook.seen or "own" in self._notebook.seen:
            return False
        return any(name not in names or _is_of_a_library(names[name]) for name in case.reads.looked_into)

    def _run(self, case: OtterCase, names: dict[str, Any]) -> CaseVerdict:
        """Run a case here, within its time."""
        verdicts: list[CaseVerdict] = []
        work = _by_function if case.function is not None else _by_examples
        state, random_state = np.random.get_state(), sys.modules.get("random")
        python_state = random_state.getstate() if random_state else None
        try:
            _watch()
            error = self._alarm.interrupt_after(JUDGE_SECONDS, lambda: verdicts.append(work(case, names)))
        finally:
            _unwatch()
            np.random.set_state(state)
            if random_state:
                random_state.setstate(python_state)
        if isinstance(error, Interrupted):
            self._notebook.close()  # it may have been in the middle of an answer
            raise Died("timeout")
        if self._notebook.dead:
            raise Died(self._notebook.end_kind)
        if error is not None:
            raise error
        return verdicts[0]

    def _beside(self, case: OtterCase) -> CaseVerdict:
        outcomes = self._notebook.run_examples(case.beside)
        if case.function is None:
            return _compared(case.examples, outcomes, "beside")
        error = next((error for _, error in outcomes if error is not None), None)
        return _failed(error, "beside") if error is not None else CaseVerdict(True, judged="beside")


def _watch() -> None:
    """End this process where even an alarm does not end a case: as one of several that grade, it is replaced."""
    if multiprocessing.parent_process() is not None:
        faulthandler.dump_traceback_later(2 * JUDGE_PATIENCE * JUDGE_SECONDS, exit=True, file=_NOWHERE)


def _unwatch() -> None:
    if multiprocessing.parent_process() is not None:
        faulthandler.cancel_dump_traceback_later()


class _Environment(dict[str, Any]):
    """What an exception-based case gets as ``env``: names are had when they are asked for."""

    def __init__(self, names: dict[str, Any], notebook: Notebook):
        super().__init__(names)
        self._notebook = notebook

    def __missing__(self, name: str) -> Any:
        return self._notebook.fetch([str(name)])[name]

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name) or str(name) in self._notebook.fetch([str(name)])

    def get(self, name: str, default: Any = None, /) -> Any:
        """Return the value of a name, ``default`` where there is none."""
        try:
            return self[name]
        except KeyError:
            return default


def _by_examples(case: OtterCase, names: dict[str, Any]) -> CaseVerdict:
    stops = (NotPlain, CallCrashed, Interrupted)
    outcomes = run_examples(case.beside, names, stops)
    return _compared(case.examples, outcomes, "outside")


def _compared(examples: Sequence[doctest.Example], outcomes: Sequence[Outcome], judged: Where) -> CaseVerdict:
    """Compare what examples gave with what they should, by Python's own rules for doctests."""
    checker = doctest.OutputChecker()
    for example, (printed, error) in zip(examples, outcomes, strict=True):
        flags = 0
        for flag, wanted in example.options.items():
            flags = flags | flag if wanted else flags & ~flag
        if flags & doctest.SKIP:
            continue
        if error is None:
            good = checker.check_output(example.want, printed, flags)
            kind = "example"
        else:
            good = _is_expected(checker, example, error, flags)
            kind, printed = "raised", error
        if not good:
            if error is not None and error.startswith("capas.sandbox.errors.CallTimedOut"):
                return CaseVerdict(False, "timeout", "", judged)
            return CaseVerdict(False, kind, _difference(example, printed), judged)
    return CaseVerdict(True, judged=judged)


def _is_expected(checker: doctest.OutputChecker, example: doctest.Example, error: str, flags: int) -> bool:
    if example.exc_msg is None:
        return False
    if checker.check_output(example.exc_msg, error, flags):
        return True
    if not flags & doctest.IGNORE_EXCEPTION_DETAIL:
        return False
    name = [text.partition(":")[0].rpartition(".")[2].strip() for text in (example.exc_msg, error)]
    return name[0] == name[1]


def _difference(example: doctest.Example, got: str) -> str:
    """Return what a doctest says where it fails, in a few lines."""
    wanted = f"\nExpected: {example.want.strip()}" if example.want else ""
    return f"{example.source.strip()}{wanted}\nGot: {got.strip() or 'nothing'}"


def _by_function(case: OtterCase, names: dict[str, Any]) -> CaseVerdict:
    code = case.function.__code__
    parameters = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    arguments = {name: names if name == "env" else names.get(name) for name in parameters}
    quiet = contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO())
    with quiet[0], quiet[1], standing_in(case.function.__globals__):
        try:
            case.function(**arguments)
        except (CallCrashed, CallTimedOut):
            raise
        except Exception as error:
            return _failed(traceback.format_exception_only(type(error), error)[-1], "outside")
    return CaseVerdict(True)


def _failed(error: str, judged: Where) -> CaseVerdict:
    """Return the verdict on a function of a test file that ended with an exception, of which this is the last line."""
    return CaseVerdict(False, "example" if error.startswith("AssertionError") else "raised", error.strip(), judged)


def _is_large(value: Any) -> bool:
    return isinstance(value, (int, float, np.number)) and not abs(value) <= LARGE


def _is_of_a_library(value: Any) -> bool:
    return is_shadow(value) and kind_of(value)[0] == "library" and kind_of(value)[1] != "module"


_NOWHERE = open(os.devnull, "w")  # noqa: SIM115 (as long as this process)
