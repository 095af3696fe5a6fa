"""Errors carried forward: a question is judged with the stage's other functions right.

An error costs points once, as when a person grades and follows it through. A question that fails is judged again in
a program in which the names of earlier questions call back to the reference, in the judge's process; the reference's
source never enters the sandbox. What
writes files or draws by chance does so where it runs, and is not carried; what is printed is, as the sandbox prints it.
A variable has the reference's value there, where that can travel; what the student computed from it before stays. A
class is as the student wrote it: nothing calls back for an object.
"""

import ast
import functools
import itertools
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from capas.course.question_kinds import kind_of
from capas.grading.ahead import AheadOfCases
from capas.grading.cases import JudgeFile, refuse_cases_at_fault
from capas.grading.otter_files import JudgedRun
from capas.grading.plans import Plans
from capas.grading.stateless import Stateless, stateless
from capas.sandbox import Limits, ProgramSource, SandboxError, Zygote, wire
from capas.sandbox.program import Program
from capas.sandbox.reach import TOO_MANY
from capas_check.texts import load_texts

_WORD = re.compile(r"[^\W\d]\w*")


class CarriedRuns:
    """Runs of cases on the code of one submission with the functions of earlier questions right.

    Args:
        zygote: where sandboxes come from.
        limits: deadlines.
        source: the submission's code, and what the course gives.
        reference: right answers to all questions, in order.
        plans: of the cases; without them every call waits for the answer to the one before.
        written: the code as written, loaded.
    """

    def __init__(
        self,
        zygote: Zygote,
        limits: Limits,
        source: ProgramSource,
        reference: Mapping[str, Any],
        plans: Plans | None,
        written: Program,
    ):
        self._zygote, self._limits, self._source = zygote, limits, source
        self._reference, self._plans, self._written = reference, plans, written
        self.not_carried: Collection[str] = ()
        """Questions whose answers do what only they can do where they run."""
        self.program: Program | None = None
        """The code with other functions right, once cases were run on it."""
        self.printing: set[str] = set()
        """Functions that wrote something to the screen when they were called."""

    @functools.cached_property
    def stateless(self) -> Stateless | None:
        """What is known of the code if it keeps no state; None where it may keep some."""
        return stateless(self._source, self._written.loaded.functions)

    def run(self, test_file: JudgeFile, cases: Sequence[Any], before: Sequence[Any] = ()) -> list[JudgedRun] | None:
        """Run cases, in a fresh sandbox after those ``before``; None when the code uses none of the functions.

        None, too, when it hands so much to one of them that the judge does not call it.
        """
        names = others(self._reference, test_file.name, self.not_carried)
        if not names or not self._may_matter(test_file.name, set(names)):
            return None
        runs = self._run(test_file, cases, before, names)
        return None if runs is not None and any(map(_handed_too_much, runs)) else runs

    def _run(
        self, test_file: JudgeFile, cases: Sequence[Any], before: Sequence[Any], names: Mapping[str, Any]
    ) -> list[JudgedRun] | None:
        try:
            if self.program is None:
                loaded = self._plans.loaded(self._source, self.stateless) if self._plans else None
                self.program = Program(self._zygote, self._limits, self._source, names, self._written.left_out, loaded)
            else:
                self.program.replace(names)
        except SandboxError:
            return None
        if self.stateless is not None:
            runs = self._run_ahead(test_file, cases, self.program, names)
        else:
            runs = self._run_call_by_call(test_file, cases, before, self.program)
        self.printing |= self.program.printing
        return runs

    def _may_matter(self, question: str, names: set[str]) -> bool:
        """Tell whether an answer could be another if ``names`` of its program stood for something else."""
        if self.stateless is not None and question in self.stateless.reached:
            return not names.isdisjoint(self.stateless.reached[question])
        return uses_any(self._source.cells, names)

    def _run_call_by_call(
        self, test_file: JudgeFile, cases: Sequence[Any], before: Sequence[Any], program: Program
    ) -> list[JudgedRun]:
        fresh = program.fresh
        if fresh:
            run_on(test_file, before, program)
        runs = run_on(test_file, cases, program)
        if fresh or all_pass(runs) or not may_change(runs):
            return runs
        return run_afresh(test_file, cases, before, program)

    def _run_ahead(
        self, test_file: JudgeFile, cases: Sequence[Any], program: Program, names: Mapping[str, Any]
    ) -> list[JudgedRun]:
        """Run cases on code that keeps no state: it may be asked more than they ask, and need not be asked again."""
        ahead = AheadOfCases(program, self._plans, self.stateless, names)
        ahead.ask(cases)
        runs = ahead.run(test_file, cases)
        refuse_cases_at_fault(test_file, runs)
        return runs

    def close(self) -> None:
        """End its process, if there is one."""
        if self.program is not None:
            self.program.close()


def _handed_too_much(run: JudgedRun) -> bool:
    return run.kind == "raised" and TOO_MANY in run.message(load_texts("en"))


def run_on(test_file: JudgeFile, cases: Sequence[Any], program: Program) -> list[JudgedRun]:
    """Run cases on a program, call by call."""
    runs = test_file.run_cases(cases, program.namespace())
    refuse_cases_at_fault(test_file, runs)
    return runs


def run_afresh(test_file: JudgeFile, cases: Sequence[Any], before: Sequence[Any], program: Program) -> list[JudgedRun]:
    """Run cases in a fresh sandbox, after those ``before``."""
    program.forget()
    run_on(test_file, before, program)
    return run_on(test_file, cases, program)


def all_pass(runs: Sequence[JudgedRun]) -> bool:
    """Tell whether all runs passed."""
    return all(run.passed for run in runs)


def may_change(runs: Sequence[JudgedRun]) -> bool:
    """Tell whether runs that failed could end otherwise in a sandbox that has seen nothing else.

    Not where nothing was called, and not where time was used up: what took too long once is not called again.
    """
    return any(run.calls for run in runs) and not any(run.kind == "timeout" for run in runs)


def uses_any(cells: Sequence[str], names: set[str]) -> bool:
    """Tell whether the code reads any of ``names``, so that replacing them could change something."""
    return not names.isdisjoint(_names_read(tuple(cells)))


@functools.lru_cache(maxsize=1)  # asked for each question that fails
def _names_read(cells: tuple[str, ...]) -> frozenset[str]:
    names: set[str] = set()
    for cell in cells:
        try:
            tree = ast.parse(cell)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            names.update(_WORD.findall(cell))  # of what does not parse, the rest is run
            continue
        names.update(
            node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
        )
    return frozenset(names)


def others(reference: Mapping[str, Any], question: str, without: Collection[str] = ()) -> dict[str, Any]:
    """Return the reference's answers to the questions before ``question``, save those ``without`` which it must go.

    Of later ones none: two questions answered by calls of each other would both be carried.
    """
    earlier = itertools.takewhile(lambda name: name != question, reference)
    return {name: reference[name] for name in earlier if name not in without and _can_be_handed_over(reference[name])}


def _can_be_handed_over(answer: Any) -> bool:
    kind = kind_of(answer)
    if kind != "variable":
        return kind == "function"
    try:
        wire.pack(answer)
    except wire.WireError:
        return False
    return True
