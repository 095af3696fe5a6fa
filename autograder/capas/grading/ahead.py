"""Cases of one submission whose calls are answered ahead, or need no answers, as their code is known."""

from collections.abc import Collection, Sequence
from typing import Any

from capas.grading.cases import JudgeFile, case_function, case_parameters
from capas.grading.otter_files import JudgedRun
from capas.grading.plans import Plan, Plans
from capas.grading.remembered import RememberedByCode, RememberedRun, RememberedRuns
from capas.grading.stateless import Stateless
from capas.sandbox.names import NO_ANSWERS, Answers, Replay
from capas.sandbox.program import Program


class AheadOfCases:
    """The cases of one program as far as their calls are answered ahead.

    Args:
        program: the submission's.
        plans: of the cases; without them nothing is asked ahead.
        known: what is known of the program if it keeps no state.
        given: the names in it that stand for right answers.
    """

    def __init__(
        self,
        program: Program,
        plans: Plans | None,
        known: Stateless | None = None,
        given: Collection[str] = (),
    ):
        self._program = program
        self._plans = plans
        self._memory = plans.remembered if plans else RememberedRuns()
        self._code = known if known is not None and known.is_alone and not program.loaded.reports else None
        self._given = frozenset(given)
        self._waiting: dict[Any, tuple[Plan, Answers]] = {}
        self._made: dict[Any, tuple[Plan, Answers]] = {}
        """The calls that cases made, as far as all were planned."""
        self._by_code: dict[Any, RememberedByCode] = {}
        """Cases whose functions have the code of others' that were judged."""
        self._settled: set[Any] = set()
        """Those of them that needed no answers."""
        self._answers: Answers = NO_ANSWERS

    def ask(self, cases: Sequence[Any]) -> None:
        """Have the calls of cases answered, as far as they are planned, of functions that may still be called."""
        if self._plans is None:
            return
        functions = set(self._program.loaded.functions)
        plans: dict[Any, Plan] = {}
        for case in cases:
            plan = self._plans.plan_of(case)
            targets = {call.target for call in plan}
            if not plan or not targets <= functions or not self._program.has_time_for(targets):
                continue
            codes = self._codes(case)
            found = None if codes is None else self._plans.by_code.find(case, codes)
            if found is None:
                plans[case_function(case)] = plan
            else:
                self._by_code[case_function(case)] = found
        self._answers = self._program.ask_ahead(
            [call for plan in plans.values() for call in plan], self._plans.known_answers
        )
        self._waiting = {case: (plan, self._answers) for case, plan in plans.items()}

    def _codes(self, case: Any) -> list[str] | None:
        """Return the code of all functions that a case takes, None where it does not decide what they answer."""
        own = [name for name in case_parameters(case) if name not in self._given]
        if self._code is None or not all(name in self._code.reached for name in own):
            return None
        return [self._code.code_of(name, self._given) for name in own]

    def forget_end(self) -> None:
        """Believe no more that the call at which the process ended was the one that ended it."""
        self._answers.forget_end()

    def run(self, test_file: JudgeFile, cases: Sequence[Any]) -> list[JudgedRun]:
        """Run cases on what was answered; where nothing was, on the program."""
        names = self._program.namespace()
        runs: list[JudgedRun] = []
        for case in cases:
            known = self._run_by_code(case)
            waiting = self._waiting.pop(case_function(case), None)
            if known is not None:
                runs.append(known)
            else:
                runs += [self._replayed(test_file, case, *waiting)] if waiting else test_file.run_cases([case], names)
        return runs

    def _run_by_code(self, case: Any) -> JudgedRun | None:
        found = self._by_code.pop(case_function(case), None)
        if found is None or self._plans is None:
            return None
        if not self._count(self._plans.plan_of(case), found.remembered, found.seconds):
            return None
        self._settled.add(case_function(case))
        return found.remembered.run

    def _count(self, plan: Plan, known: RememberedRun, seconds: float) -> bool:
        """Be as if a case that ended like ``known`` had been run, if there is time for it; tell whether there is."""
        has_time = self._program.has_time_for({call.target for call in plan}, seconds)
        if has_time:
            self._program.count_taken(plan[: known.made], seconds, known.printing)
        return has_time

    def _replayed(self, test_file: JudgeFile, case: Any, plan: Plan, answers: Answers) -> JudgedRun:
        data = answers.data(plan)
        known = None if data is None else self._memory.find(case, data)
        if known is not None:
            made = plan[: known.made]
            seconds = answers.seconds(made)
            if self._count(plan, known, seconds):
                self._made[case_function(case)] = made, answers
                self._keep_by_code(case, known, seconds)
                return known.run
        replay = Replay(self._program, plan, answers)
        (run,) = test_file.run_cases([case], replay)
        if not replay.is_live:
            made = list(replay.made)
            self._made[case_function(case)] = made, answers
            if data is not None and known is None:
                remembered = RememberedRun(run, len(made), frozenset(replay.printing))
                self._memory.keep(case, data, remembered)
                self._keep_by_code(case, remembered, answers.seconds(made))
        return run

    def _keep_by_code(self, case: Any, remembered: RememberedRun, seconds: float) -> None:
        codes = self._codes(case)
        if codes is not None and self._plans is not None:
            self._plans.by_code.keep(case, codes, RememberedByCode(remembered, seconds))

    def are_the_same_afresh(self, before: Sequence[Any], cases: Sequence[Any], keeps_no_state: bool = False) -> bool:
        """Tell whether a fresh sandbox answers with the same bytes the calls that cases made, after those ``before``.

        It gets no other calls. So without plans it would have been asked the same, and the cases would end the same.
        A program that keeps no state need not be asked.
        """
        asked = [[case_function(case) for case in part] for part in (before, cases) if part]
        pieces = [[self._made.get(case) for case in part if case not in self._settled] for part in asked]
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
