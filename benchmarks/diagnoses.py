"""How often a diagnosis is true: over all mistakes in several dresses, alternatives, mutants, and unknown mistakes.

``python -m benchmarks.diagnoses [STAGE ...]`` prints a table; `--write` puts it into a document. Nothing is graded: the
cases run in this process, on functions that the course itself holds.
"""

import argparse
import contextlib
import copy
import io
import signal
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from benchmarks.dresses import DRESSES
from benchmarks.measure import table
from benchmarks.truth import holds_for_others, names_known, near, same_behaviour
from capas.course.model import Stage, open_course
from capas.course.solutions import Solutions
from capas.grading.diagnosis.catalogue import BOTH
from capas.grading.diagnosis.general import parts_of
from capas.grading.diagnosis.outcome import Outcome
from capas.grading.diagnosis.public_cases import POINTED_TO
from capas.grading.stage import stage_catalogue
from capas.run.workers import process_context
from capas.verify.mutants import stage_mutants
from capas.verify.mutants.document import write_table

SECONDS = 2
TABLE_BEGINS, TABLE_ENDS = "<!-- diagnoses -->", "<!-- /diagnoses -->"


class Diagnosed(NamedTuple):
    """One answer: where it comes from, what it is, and what was told.

    ``verdict`` is named, by a mistake of the catalogue, described, in general, or pointed to, by public cases alone;
    none, or false. Of what is described,
    ``holds`` says whether it is true for other numbers, too.
    """

    source: str
    what: str
    told: str | None
    verdict: str
    holds: bool | None


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
    """The diagnoses of one stage's answers, and of one of so many mutants."""

    def __init__(self, stage: Stage, mutants_apart: int = 1):
        self.stage, self.solutions, self.catalogue = stage, Solutions(stage), stage_catalogue(stage)
        self._mutants_apart = mutants_apart
        signal.signal(signal.SIGALRM, _too_late)

    def all(self) -> Iterator[Diagnosed]:
        """Yield them all."""
        yield from self.dressed_mistakes()
        yield from self.pairs()
        yield from self.unknown()
        yield from self.alternatives()
        yield from self.mutants()

    def dressed_mistakes(self) -> Iterator[Diagnosed]:
        """Yield every mistake as it is, and as other students would write it."""
        for mistake in self.solutions.mistakes:
            for name, dress in DRESSES.items():
                function, question = dress(mistake.answer), mistake.question
                outcome = self.run(question, function)
                yield from self._told(name, mistake.id, question, function, outcome, mistake.id)

    def pairs(self) -> Iterator[Diagnosed]:
        """Yield every mistake with another one of its question: where the other one fails, it does what that does."""
        for question in self.stage.questions:
            known = [mistake for mistake in self.solutions.mistakes if mistake.question == question.name]
            reference = getattr(self.solutions.reference, question.name)
            for one, other in pairwise(known):
                function = both(one.answer, other.answer, reference)
                what = f"{one.id} and {other.id}"
                yield from self._told("two at once", what, question.name, function, self.run(question.name, function))

    def unknown(self) -> Iterator[Diagnosed]:
        """Yield every mistake as if the catalogue held neither it nor one that behaves like it."""
        for question in self.stage.questions:
            known = self.catalogue.outcomes(question.name)
            for mistake, outcome in known:
                alike = {other.id for other, theirs in known if same_behaviour(outcome, theirs)}
                told = self.catalogue.diagnose(question.name, outcome, without=alike | {mistake.id})
                yield self._judged("unknown", mistake.id, question.name, mistake.answer, outcome, told)

    def alternatives(self) -> Iterator[Diagnosed]:
        """Yield right answers: what loses no points has no diagnosis, in whatever dress."""
        for variant in self.solutions.alternatives:
            for name, dress in DRESSES.items():
                function = dress(variant.answer)
                outcome = self.run(variant.question, function)
                what = f"{variant.id} ({name})"
                if all(outcome.passed):
                    told = self.catalogue.diagnose(variant.question, outcome)
                    yield Diagnosed("alternatives", what, told, "false" if told else "none", None)
                yield from self._told("alternatives that lose points so", what, variant.question, function, outcome)

    def mutants(self) -> Iterator[Diagnosed]:
        """Yield the reference with one change each."""
        for question, mutants in stage_mutants(self.stage, self.solutions).items():
            for mutant in mutants[:: self._mutants_apart]:
                namespace: dict[str, Any] = {}
                exec(compile(mutant.source, "<mutant>", "exec"), namespace)
                what = f"line {mutant.line}: {mutant.before} → {mutant.after}"
                outcome = self.run(question, namespace[question])
                yield from self._told("mutants", what, question, namespace[question], outcome)

    def run(self, question: str, function: Callable[..., Any]) -> Outcome:
        """Run the cases of a question."""
        return self.catalogue.run_in_reference(question, limited(function))

    def _told(
        self, source: str, what: str, question: str, function: Callable[..., Any], outcome: Outcome, id_: str = ""
    ) -> Iterator[Diagnosed]:
        """Yield what is told of an answer that loses points; ``id_`` is its mistake where that is known."""
        if not all(outcome.passed):
            told = self.catalogue.diagnose(question, outcome)
            if told == id_:
                yield Diagnosed(source, f"{self.stage.id} {question}: {what}", told, "named", None)
            else:
                yield self._judged(source, what, question, function, outcome, told)

    def _judged(
        self, source: str, what: str, question: str, function: Callable[..., Any], outcome: Outcome, told: str | None
    ) -> Diagnosed:
        what = f"{self.stage.id} {question}: {what}"
        if told is None:
            return Diagnosed(source, what, None, "none", None)
        known = {mistake.id: theirs for mistake, theirs in self.catalogue.outcomes(question)}
        told, _, pointed = told.partition(f"{BOTH}{POINTED_TO}=")
        if told.startswith(f"{POINTED_TO}="):
            told, pointed = "", parts_of(told)[1]
        if pointed and not names_known(pointed, outcome.part(hidden=False), _public_parts(known)):
            return Diagnosed(source, what, pointed, "false", None)
        if not told:
            return Diagnosed(source, what, pointed, "pointed to", None)
        if told.split(BOTH)[0] in known:
            return Diagnosed(source, what, told, "named" if names_known(told, outcome, known) else "false", None)
        reference = getattr(self.solutions.reference, question)
        return Diagnosed(source, what, told, "described", holds_for_others(told, outcome, limited(function), reference))


def _public_parts(known: Mapping[str, Outcome]) -> dict[str, Outcome]:
    return {id_: outcome.part(hidden=False) for id_, outcome in known.items()}


def both(one: Callable[..., Any], other: Callable[..., Any], right: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that makes two mistakes: ``one`` where that is wrong, else ``other``."""

    def function(*arguments: Any, **keywords: Any) -> Any:
        given = copy.deepcopy((arguments, keywords))
        with contextlib.suppress(Exception):
            if near(one(*given[0], **given[1]), right(*arguments, **keywords)):
                return other(*arguments, **keywords)
        return one(*arguments, **keywords)

    return function


def figures(diagnosed: Sequence[Diagnosed]) -> str:
    """Return the counts as a table."""
    rows = []
    for source in dict.fromkeys(one.source for one in diagnosed):
        of_source = [one for one in diagnosed if one.source == source]
        counts = Counter(one.verdict for one in of_source)
        holding = Counter(one.holds for one in of_source)
        others = f"{holding[True]} of {holding[True] + holding[False]}" if holding[True] + holding[False] else ""
        verdicts = [str(counts[name]) for name in ("named", "described", "pointed to", "none", "false")]
        rows.append([source, str(counts.total()), *verdicts, others])
    heads = [
        "answers",
        "in all",
        "named",
        "described",
        "pointed to",
        "told nothing",
        "told falsely",
        "described, true for others",
    ]
    return table(heads, rows)


def stage_diagnoses(stage: str, mutants_apart: int = 1) -> list[Diagnosed]:
    """Return what is told of all answers of one stage, and of one of so many mutants."""
    # Some mistakes print, as some students do.
    with np.errstate(all="ignore"), contextlib.redirect_stdout(io.StringIO()):
        return list(StageDiagnoses(open_course(None).choose([stage])[0], mutants_apart).all())


def main() -> None:
    """Print the figures of the stages named, or of all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stages", nargs="*")
    parser.add_argument("--workers", type=int, default=2, help="processes to use")
    parser.add_argument("--list", action="store_true", help="print what is told of each answer, too")
    parser.add_argument("--write", type=Path, help="a document that gets the table")
    options = parser.parse_args()
    stages = [stage.id for stage in open_course(None).choose(options.stages)]
    with ProcessPoolExecutor(options.workers, process_context()) as pool:
        found = [one for of_stage in pool.map(stage_diagnoses, stages) for one in of_stage]
    print(figures(found))
    for one in found if options.list else ():
        print(one.verdict, one.source, one.what, one.told, one.holds, sep=" | ")
    if options.write:
        write_table(options.write, figures(found), TABLE_BEGINS, TABLE_ENDS)


if __name__ == "__main__":
    main()
