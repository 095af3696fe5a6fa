"""How often a diagnosis is true: over all mistakes in several dresses, alternatives, mutants, and unknown mistakes.

``python -m benchmarks.diagnoses [STAGE ...]`` prints a table; `--write` puts it into a document. Nothing is graded: the
cases run in this process, on functions that the course itself holds.
"""

import argparse
import signal
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from benchmarks.dresses import DRESSES
from benchmarks.measure import table
from benchmarks.truth import names_known, same_behaviour
from capas.course.model import Stage, open_course
from capas.course.solutions import Solutions, Variant
from capas.grading.diagnosis.catalogue import BOTH
from capas.grading.diagnosis.outcome import Outcome
from capas.grading.stage import stage_catalogue
from capas.verify.mutants import stage_mutants
from capas.verify.mutants.document import write_table

SECONDS = 2
TABLE_BEGINS, TABLE_ENDS = "<!-- diagnoses -->", "<!-- /diagnoses -->"


class Diagnosed(NamedTuple):
    """One wrong answer: where it comes from, what it is, what was told, and whether that is right, none or false."""

    source: str
    what: str
    told: str | None
    verdict: str


class TooLate(Exception):
    """A call took too long; `Call` reads ``kind`` as it reads that of the sandbox's exceptions."""

    kind = "timeout"


def limited(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return ``function``, ended after `SECONDS` by an exception."""

    def call(*arguments: Any, **keywords: Any) -> Any:
        signal.setitimer(signal.ITIMER_REAL, SECONDS)
        try:
            return function(*arguments, **keywords)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)

    return call


def _too_late(_signal: int, _frame: object) -> None:
    raise TooLate


class StageDiagnoses:
    """The diagnoses of one stage's wrong answers."""

    def __init__(self, stage: Stage):
        self.stage, self.solutions, self.catalogue = stage, Solutions(stage), stage_catalogue(stage)

    def all(self, mutants: bool = True) -> Iterator[Diagnosed]:
        """Yield every answer that loses points."""
        yield from self.dressed_mistakes()
        yield from self.pairs()
        yield from self.unknown()
        yield from self.alternatives()
        if mutants:
            yield from self.mutants()

    def dressed_mistakes(self) -> Iterator[Diagnosed]:
        """Yield every mistake as it is, and as other students would write it."""
        for mistake in self.solutions.mistakes:
            for name, dress in DRESSES.items():
                yield from self._mistake(name, mistake, self.run(mistake.question, dress(mistake.function)))

    def pairs(self) -> Iterator[Diagnosed]:
        """Yield every mistake in a file that has a mistake in each earlier question, too."""
        first: dict[str, Variant] = {}
        for mistake in self.solutions.mistakes:
            first.setdefault(mistake.question, mistake)
        order = [question.name for question in self.stage.questions]
        for mistake in self.solutions.mistakes:
            # An error carried forward: what a question uses of others is right, the cases are its own.
            others = {name: first[name].function for name in order[order.index(mistake.question) + 1 :]}
            yield from self._mistake("two in a file", mistake, self.run(mistake.question, mistake.function, others))

    def unknown(self) -> Iterator[Diagnosed]:
        """Yield every mistake as if the catalogue held neither it nor one that behaves like it."""
        for mistake, outcome in self._known():
            known = self.catalogue.outcomes(mistake.question)
            alike = {other.id for other, theirs in known if same_behaviour(outcome, theirs)}
            told = self.catalogue.diagnose(mistake.question, outcome, without=alike)
            yield self._judged("unknown", mistake.id, mistake.question, outcome, told)

    def alternatives(self) -> Iterator[Diagnosed]:
        """Yield right answers: what loses no points has no diagnosis, in whatever dress."""
        for variant in self.solutions.alternatives:
            for name, dress in DRESSES.items():
                outcome = self.run(variant.question, dress(variant.function))
                told = self.catalogue.diagnose(variant.question, outcome)
                if all(outcome.passed):
                    verdict = "none" if told is None else "false"
                    yield Diagnosed("alternatives", f"{variant.id} ({name})", told, verdict)
                else:
                    yield self._judged("alternatives", f"{variant.id} ({name})", variant.question, outcome, told)

    def mutants(self) -> Iterator[Diagnosed]:
        """Yield the reference with one change each."""
        for question, mutants in stage_mutants(self.stage, self.solutions).items():
            for mutant in mutants:
                namespace: dict[str, Any] = {}
                exec(compile(mutant.source, "<mutant>", "exec"), namespace)
                outcome = self.run(question, namespace[question])
                if not all(outcome.passed):
                    told = self.catalogue.diagnose(question, outcome)
                    what = f"{question}, line {mutant.line}: {mutant.before} → {mutant.after}"
                    yield self._judged("mutants", what, question, outcome, told)

    def run(self, question: str, function: Callable[..., Any], others: dict[str, Any] | None = None) -> Outcome:
        """Run the cases of a question."""
        return self.catalogue.run_in_reference(question, limited(function), others or {})

    def _known(self) -> Iterator[tuple[Variant, Outcome]]:
        for question in self.stage.questions:
            yield from self.catalogue.outcomes(question.name)

    def _mistake(self, source: str, mistake: Variant, outcome: Outcome) -> Iterator[Diagnosed]:
        if not all(outcome.passed):
            told = self.catalogue.diagnose(mistake.question, outcome)
            alike = told == mistake.id
            verdict = "right" if alike else None
            yield self._judged(source, mistake.id, mistake.question, outcome, told, verdict)

    def _judged(
        self, source: str, what: str, question: str, outcome: Outcome, told: str | None, verdict: str | None = None
    ) -> Diagnosed:
        if verdict is None:
            known = {mistake.id: theirs for mistake, theirs in self.catalogue.outcomes(question)}
            named = told is not None and told.split(BOTH)[0] in known
            true = names_known(told, outcome, known) if told and named else True
            verdict = "none" if told is None else "right" if true else "false"
        return Diagnosed(source, f"{self.stage.id} {question}: {what}", told, verdict)


def figures(diagnosed: Sequence[Diagnosed]) -> str:
    """Return the counts as a table."""
    rows = []
    for source in dict.fromkeys(one.source for one in diagnosed):
        counts = Counter(one.verdict for one in diagnosed if one.source == source)
        rows.append([source, str(counts.total()), *(str(counts[name]) for name in ("right", "none", "false"))])
    return table(["wrong answers", "in all", "named rightly", "not named", "named falsely"], rows)


def main() -> None:
    """Print the figures of the stages named, or of all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stages", nargs="*")
    parser.add_argument("--list", action="store_true", help="print what is told falsely or not at all, too")
    parser.add_argument("--write", type=Path, help="a document that gets the table")
    options = parser.parse_args()
    signal.signal(signal.SIGALRM, _too_late)
    found: list[Diagnosed] = []
    with np.errstate(all="ignore"):
        for stage in open_course(None).choose(options.stages):
            found += StageDiagnoses(stage).all()
    print(figures(found))
    for one in found if options.list else ():
        print(one.verdict, one.source, one.what, one.told, sep=" | ")
    if options.write:
        write_table(options.write, figures(found), TABLE_BEGINS, TABLE_ENDS)


if __name__ == "__main__":
    main()
