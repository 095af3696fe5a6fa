"""Why a question failed: the known mistake that does in every case what the student's function does.

Mistakes run here, on the trusted side, with the same cases; nothing of them goes near student code. Where no
mistake of the catalogue explains all that fails and all that passes, nor two of them at once, how it fails is looked
at. In doubt there is no diagnosis: wrong advice is worse than none.
"""

import contextlib
import io
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from capas.course.data_files import beside_data
from capas.course.solutions import Solutions, Variant
from capas.grading.cases import JudgeFile
from capas.grading.diagnosis.explanations import Explanation, explanations
from capas.grading.diagnosis.outcome import Outcome, outcome_of
from capas.grading.diagnosis.public_cases import POINTED_TO, pointed_to
from capas.grading.diagnosis.quoted import general_kind
from capas.grading.otter_files import folder_of_its_own

BOTH = "+"
"""Stands between the ids of two mistakes at once, and before what only the public cases point to."""
_NO_CODE = (lambda: None).__code__
_UNCOMPARED = ("timeout", "crashed", "missing", "not_a_function", "not_a_value")


class MistakeCatalogue:
    """Names the misunderstanding behind a failed question of one stage.

    Args:
        solutions: the stage's solutions and mistakes.
        test_files: its cases, by question.
    """

    def __init__(self, solutions: Solutions, test_files: Mapping[str, JudgeFile]):
        self._solutions = solutions
        self._test_files = test_files
        self._known: dict[str, list[tuple[Variant, Outcome]]] = {}

    def diagnose(
        self, question: str, outcome: Outcome, printed: bool = False, without: Collection[str] = ()
    ) -> str | None:
        """Return the id of the mistake, of two with `BOTH` between them, of a general kind of error, or None.

        A general kind may be followed, or replaced, by the mistake that the public cases point to.

        Args:
            question: the question's name.
            outcome: what the student's function did.
            printed: whether it wrote to the screen.
            without: mistakes to leave out, as if they were not known.
        """
        if all(outcome.passed):
            return None
        mistakes = self._known_mistakes(question, outcome, without)
        if mistakes:
            return BOTH.join(mistake.id for mistake in mistakes)
        with self._apart(question):
            kind = general_kind(outcome, getattr(self._solutions.reference, question))
        if kind == "returns_nothing" and printed:
            kind = "prints_instead_of_returning"
        pointed = pointed_to(outcome, self._others(question, without))
        return BOTH.join(filter(None, [kind, pointed and f"{POINTED_TO}={pointed}"])) or None

    def _known_mistakes(self, question: str, outcome: Outcome, without: Collection[str]) -> tuple[Variant, ...]:
        """Return the mistake that explains the outcome, or two of them, or nothing."""
        failing = outcome.failing
        if not all(outcome.calls[place] for place in failing):
            return ()
        if any(outcome.kinds[place] in _UNCOMPARED for place in failing):
            return ()
        return _clearest(explanations(outcome, self._others(question, without)), outcome)

    def _others(self, question: str, without: Collection[str]) -> list[tuple[Variant, Outcome]]:
        return [(mistake, theirs) for mistake, theirs in self.outcomes(question) if mistake.id not in without]

    def outcomes(self, question: str) -> list[tuple[Variant, Outcome]]:
        """Return what each mistake of a question does in its cases, of those that do the same twice.

        It is worked out when first asked for.
        """
        if question not in self._known:
            mistakes = [mistake for mistake in self._solutions.mistakes if mistake.question == question]
            known = [(mistake, self.run_in_reference(question, mistake.answer)) for mistake in mistakes]
            self._known[question] = [one for one in known if self._does_the_same_twice(question, *one)]
        return self._known[question]

    def _does_the_same_twice(self, question: str, mistake: Variant, outcome: Outcome) -> bool:
        """Tell whether a mistake can be known by what it does; what it does by chance names nobody."""
        may_draw = self._test_files[question].acts or "random" in getattr(mistake.answer, "__code__", _NO_CODE).co_names
        return not may_draw or outcome.agrees(self.run_in_reference(question, mistake.answer))

    def run_in_reference(self, question: str, answer: Any, others: Mapping[str, Any] | None = None) -> Outcome:
        """Run the cases of ``question`` with ``answer`` in its place among those of the reference.

        ``others`` stand in the places of other questions' answers.
        """
        test_file = self._test_files[question]
        with self._apart(question):
            test_file.run({**vars(self._solutions.reference), **(others or {}), question: answer})
        return outcome_of(test_file)

    @contextlib.contextmanager
    def _apart(self, question: str) -> Iterator[None]:
        """Let functions run here. Some mistakes print, as some students do, and some write files."""
        test_file = self._test_files[question]
        with (
            contextlib.redirect_stdout(io.StringIO()),
            beside_data(test_file.folder),
            folder_of_its_own() if test_file.acts else contextlib.nullcontext(),
        ):
            yield


def _clearest(fitting: list[Explanation], outcome: Outcome) -> tuple[Variant, ...]:
    """Return what fits best, nothing if what fits does not all do the same."""
    if not fitting:
        return ()
    # Of several, those that also do the same where the student is right.
    alike = [some for some in fitting if all(theirs.agrees(outcome) for _, theirs in some)]
    first, *others = alike or fitting
    for other in others:
        if not all(mine.agrees(theirs) for (_, mine), (_, theirs) in zip(first, other, strict=True)):
            return ()
    return tuple(mistake for mistake, _ in first)
