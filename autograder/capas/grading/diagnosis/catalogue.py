"""Why a question failed: the known mistake that does in every failing case what the student's function does.

Mistakes run here, on the trusted side, with the same cases; nothing of them goes near student code. Where no
mistake of the catalogue fits, a few kinds of error that need no catalogue are looked for. In doubt there is no
diagnosis: wrong advice is worse than none.
"""

import contextlib
import io
from collections.abc import Callable, Mapping
from typing import Any

from capas.course.solutions import Solutions, Variant
from capas.grading.cases import JudgeFile
from capas.grading.diagnosis.general import Outcome, general_kind, outcome_of


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

    def diagnose(self, question: str, outcome: Outcome, printed: bool = False) -> str | None:
        """Return the id of the mistake, or of a general kind of error, or None.

        Args:
            question: the question's name.
            outcome: what the student's function did.
            printed: whether it wrote to the screen.
        """
        mistake = self._known_mistake(question, outcome)
        if mistake is not None:
            return mistake.id
        kind = general_kind(outcome, getattr(self._solutions.reference, question))
        return "prints_instead_of_returning" if kind == "returns_nothing" and printed else kind

    def _known_mistake(self, question: str, outcome: Outcome) -> Variant | None:
        failing = [index for index, passed in enumerate(outcome.passed) if not passed]
        if not all(outcome.calls[index] for index in failing):
            return None
        if any(outcome.kinds[index] in ("timeout", "crashed", "missing", "not_a_function") for index in failing):
            return None
        fitting = [
            (mistake, known)
            for mistake, known in self.outcomes(question)
            if all(known.fingerprints[index] == outcome.fingerprints[index] for index in failing)
        ]
        if not fitting:
            return None
        # Of several, those that also do the same where the student is right.
        alike = [(mistake, known) for mistake, known in fitting if known.fingerprints == outcome.fingerprints]
        chosen = alike or fitting
        # Different behaviour that this student's failures do not tell apart: no advice.
        if len({tuple(known.fingerprints) for _, known in chosen}) > 1:
            return None
        return chosen[0][0]

    def outcomes(self, question: str) -> list[tuple[Variant, Outcome]]:
        """Return what each mistake of a question does in its cases; worked out when first asked for."""
        if question not in self._known:
            self._known[question] = [
                (mistake, self.run_in_reference(question, mistake.function))
                for mistake in self._solutions.mistakes
                if mistake.question == question
            ]
        return self._known[question]

    def run_in_reference(self, question: str, function: Callable[..., Any]) -> Outcome:
        """Run the cases of ``question`` with ``function`` in its place among the reference's functions."""
        test_file = self._test_files[question]
        # Some mistakes print, as some students do.
        with contextlib.redirect_stdout(io.StringIO()):
            test_file.run({**vars(self._solutions.reference), question: function})
        return outcome_of(test_file)
