"""What the student's notebook may know of the mistakes: for public cases, fingerprints and what to tell."""

import copy
from typing import Any

from capas.course.model import Stage
from capas.course.solutions import Solutions, Variant
from capas.grading.cases import JudgeFile
from capas.grading.diagnosis.catalogue import MistakeCatalogue
from capas.grading.diagnosis.outcome import Outcome
from capas.grading.stage import stage_test_files
from capas_check.fingerprint import Fingerprint


class KnownMistakes:
    """The mistakes of a stage as its checks know them: no code and no hidden input can be read from that.

    Left out are mistakes that pass all public cases, and those that do not do the same twice. Where public cases
    do not tell mistakes apart and hidden ones do, nothing is told: in doubt, there is no advice.
    """

    def __init__(self, stage: Stage, solutions: Solutions):
        test_files = stage_test_files(stage)
        self._public, self._hidden = (
            MistakeCatalogue(solutions, {test_file.name: _part(test_file, hidden) for test_file in test_files})
            for hidden in (False, True)
        )
        self._groups = {question.name: self._grouped(question.name) for question in stage.questions}
        self._clear = {id(group): self._same_behaviour(group) for groups in self._groups.values() for group in groups}

    def entries(self, language: str) -> dict[str, list[list[Any]]]:
        """Return, for each mistake of each question, what to tell, and its fingerprints in the public cases."""
        return {
            question: [[self._advice(group, language), *map(_known, group[0][1].fingerprints)] for group in groups]
            for question, groups in self._groups.items()
        }

    def _advice(self, group: list[tuple[Variant, Outcome]], language: str) -> str:
        return group[0][0].explanation[language] if self._clear[id(group)] else ""

    def _grouped(self, question: str) -> list[list[tuple[Variant, Outcome]]]:
        """Return the mistakes of a question, those that public cases cannot tell apart together."""
        groups: list[list[tuple[Variant, Outcome]]] = []
        for mistake, outcome in self._public.outcomes(question):
            if all(outcome.passed) or not self._public.run_in_reference(question, mistake.function).agrees(outcome):
                continue
            alike = next((group for group in groups if group[0][1].agrees(outcome)), None)
            if alike is None:
                groups.append([(mistake, outcome)])
            else:
                alike.append((mistake, outcome))
        return groups

    def _same_behaviour(self, group: list[tuple[Variant, Outcome]]) -> bool:
        """Tell whether hidden cases cannot tell the mistakes apart either; one that is like no other needs none."""
        if len(group) == 1:
            return True
        first, *others = (self._hidden.run_in_reference(mistake.question, mistake.function) for mistake, _ in group)
        return all(first.agrees(other) for other in others)


def _part(test_file: JudgeFile, hidden: bool) -> JudgeFile:
    """Return the test file with its hidden, or its public, cases only."""
    part = copy.copy(test_file)
    part.test_cases = [case for case in test_file.test_cases if case.hidden is hidden]
    return part


def _known(fingerprint: Fingerprint) -> list[Any]:
    """Return what comparing needs of a fingerprint, to a tenth of its tolerance: it travels in every notebook."""
    has_passed, form, *sums = fingerprint
    return [True] if has_passed else [False, form, *(round(value, 6) for value in sums)]
