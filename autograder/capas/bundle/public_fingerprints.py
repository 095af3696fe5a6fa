"""What the student's notebook may know of the mistakes: for public cases, a fingerprint and what to tell."""

import copy

from capas.course.model import Stage
from capas.course.solutions import Solutions, Variant
from capas.grading.cases import JudgeFile
from capas.grading.diagnosis.catalogue import MistakeCatalogue
from capas.grading.stage import stage_test_files
from capas_check.fingerprint import fingerprint_key


def known_mistakes(stage: Stage, solutions: Solutions) -> dict[str, Variant]:
    """Return mistakes by fingerprint of what they do in the public cases of their question.

    Left out are mistakes that pass all of those, those that do not do the same twice in them, and fingerprints
    that mistakes share which hidden cases tell apart: in doubt, nothing is said. No code and no hidden input
    can be read from a fingerprint.
    """
    test_files = stage_test_files(stage)
    public, hidden = (
        MistakeCatalogue(solutions, {test_file.name: _part(test_file, hidden) for test_file in test_files})
        for hidden in (False, True)
    )
    known: dict[str, Variant] = {}
    for question in stage.questions:
        alike: dict[str, list[Variant]] = {}
        for mistake, outcome in public.outcomes(question.name):
            if all(outcome.passed):
                continue
            again = public.run_in_reference(question.name, mistake.function)
            if again.fingerprints == outcome.fingerprints:
                alike.setdefault(fingerprint_key(question.name, outcome.calls), []).append(mistake)
        for key, mistakes in alike.items():
            # Hidden cases take most of the time; a mistake that is like no other needs none.
            if len(mistakes) == 1 or _same_behaviour(hidden, mistakes):
                known[key] = mistakes[0]
    return known


def _part(test_file: JudgeFile, hidden: bool) -> JudgeFile:
    """Return the test file with its hidden, or its public, cases only."""
    part = copy.copy(test_file)
    part.test_cases = [case for case in test_file.test_cases if case.hidden is hidden]
    return part


def _same_behaviour(hidden: MistakeCatalogue, mistakes: list[Variant]) -> bool:
    outcomes = [hidden.run_in_reference(mistake.question, mistake.function) for mistake in mistakes]
    return all(outcome.fingerprints == outcomes[0].fingerprints for outcome in outcomes)
