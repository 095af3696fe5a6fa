"""What the student's notebook may know of the mistakes: for public cases, fingerprints and what to tell."""

from typing import Any

from capas.course.model import Stage
from capas.course.solutions import Solutions
from capas.grading.diagnosis.catalogue import MistakeCatalogue
from capas.grading.diagnosis.public_cases import Group, groups_of, is_clear
from capas.grading.stage import stage_test_files
from capas_check.fingerprint import STEP, Fingerprint


class KnownMistakes:
    """The mistakes of a stage as its checks know them: no code and no hidden input can be read from that.

    Left out are mistakes that pass all public cases, and those that do not do the same twice. Where public cases
    do not tell mistakes apart and hidden ones do, nothing is told: in doubt, there is no advice.
    """

    def __init__(self, stage: Stage, solutions: Solutions):
        test_files = {test_file.name: test_file for test_file in stage_test_files(stage)}
        self._catalogue = MistakeCatalogue(solutions, test_files)
        self._groups = {question.name: self._grouped(question.name) for question in stage.questions}

    def entries(self, language: str) -> dict[str, list[list[Any]]]:
        """Return, for each mistake of each question, what to tell, and its fingerprints in the public cases."""
        return {
            question: [[_advice(group, language), *map(packed, _public_prints(group))] for group in groups]
            for question, groups in self._groups.items()
        }

    def _grouped(self, question: str) -> list[Group]:
        known = [
            (mistake, outcome)
            for mistake, outcome in self._catalogue.outcomes(question)
            if all(outcome.part(hidden=False).passed)
            or self._catalogue.run_in_reference(question, mistake.answer)
            .part(hidden=False)
            .agrees(outcome.part(hidden=False))
        ]
        return groups_of(known)


def _advice(group: Group, language: str) -> str:
    return group[0][0].explanation[language] if is_clear(group) else ""


def _public_prints(group: Group) -> list[Fingerprint]:
    return group[0][1].part(hidden=False).fingerprints


def packed(fingerprint: Fingerprint) -> list[Any]:
    """Return what comparing needs of a fingerprint, to a tenth of its tolerance: it travels in every notebook."""
    has_passed, form, *sums = fingerprint
    return [] if has_passed else [form, *(round(value / STEP) for value in sums)]
