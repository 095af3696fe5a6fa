"""Cases of one submission whose calls are answered ahead."""

from collections.abc import Sequence
from typing import Any

from capas.grading.cases import JudgeFile, case_function
from capas.grading.otter_files import JudgedRun
from capas.grading.plans import Plan, Plans
from capas.grading.remembered import RememberedRun, RememberedRuns
from capas.sandbox.names import Answers, Replay
from capas.sandbox.program import Program


class AheadOfCases:
    """The cases of one program as far as their calls are answered ahead.

    Args:
        program: the submission's.
        plans: of the cases; without them nothing is asked ahead.
    """

    def __init__(self, program: Program, plans: Plans | None):
        self._program = program
        self._plans = plans
        self._memory = plans.remembered if plans else RememberedRuns()
        self._waiting: dict[Any, tuple[Plan, Answers]] = {}
        self._made: dict[Any, tuple[Plan, Answers]] = {}
        """The calls that cases made, as far as all were planned."""
        self._answers: Answers | None = None

    def ask(self, cases: Sequence[Any]) -> None:
        """Have the calls of cases answered, as far as they are planned, of functions that may still be called."""
        if self._plans is None:
            return
        functions = set(self._program.loaded.functions)
        plans = {case_function(case): plan for case in cases if (plan := self._plans.plan_of(case))}
        for case, plan in list(plans.items()):
            targets = {call.target for call in plan}
            if not targets <= functions or not self._program.has_time_for(targets):
                del plans[case]
        self._answers = self._program.ask_ahead(
            [call for plan in plans.values() for call in plan], self._plans.known_answers
        )
        self._waiting = {case: (plan, self._answers) for case, plan in plans.items()}

    def forget_end(self) -> None:
        """Believe no more that the call at which the process ended was the one that ended it."""
        if self._answers is not None:
            self._answers.forget_end()

    def run(self, test_file: JudgeFile, cases: Sequence[Any]) -> list[JudgedRun]:
        """Run cases on what was answered; where nothing was, on the program."""
        names = self._program.namespace()
        runs: list[JudgedRun] = []
        for case in cases:
            waiting = self._waiting.pop(case_function(case), None)
            runs += [self._replayed(test_file, case, *waiting)] if waiting else test_file.run_cases([case], names)
        return runs

    def _replayed(self, test_file: JudgeFile, case: Any, plan: Plan, answers: Answers) -> JudgedRun:
        data = answers.data(plan)
        known = None if data is None else self._memory.find(case, data)
        if known is not None:
            made, targets = plan[: known.made], {call.target for call in plan}
            seconds = answers.seconds(made)
            if self._program.has_time_for(targets, seconds):
                self._program.count_taken(made, seconds, known.printing)
                self._made[case_function(case)] = made, answers
                return known.run
        replay = Replay(self._program, plan, answers)
        (run,) = test_file.run_cases([case], replay)
        if not replay.is_live:
            self._made[case_function(case)] = list(replay.made), answers
            if data is not None and known is None:
                self._memory.keep(case, data, RememberedRun(run, len(replay.made), frozenset(replay.printing)))
        return run

    def are_the_same_afresh(self, before: Sequence[Any], cases: Sequence[Any], keeps_no_state: bool = False) -> bool:
        """Tell whether a fresh sandbox answers with the same bytes the calls that cases made, after those ``before``.

        It gets no other calls. So without plans it would have been asked the same, and the cases would end the same.
        A program that keeps no state need not be asked.
        """
        pieces = [[self._made.get(case_function(case)) for case in part] for part in (before, cases) if part]
        if not all(made and made[1].data(made[0]) is not None for piece in pieces for made in piece):
            return False
        if keeps_no_state:
            return True
        self._program.forget()
        return all(self._is_same([made for made in piece if made]) for piece in pieces)

    def _is_same(self, piece: Sequence[tuple[Plan, Answers]]) -> bool:
        calls = [call for made, _ in piece for call in made]
        before = [data for made, answers in piece for data in answers.data(made) or ()]
        answers = self._program.ask_ahead(calls, self._plans.known_answers if self._plans else None)
        if not calls or answers.data(calls) != before:
            return False
        self._program.count_taken(calls, answers.seconds(calls), set())
        return True
