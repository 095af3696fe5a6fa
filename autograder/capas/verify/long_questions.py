"""Questions that may take long: a quick proof asks them of those samples only that may answer them otherwise."""

from collections.abc import Sequence

from capas.course.model import Stage
from capas.grading.cases import case_parameters
from capas.grading.stage import question_test_file
from capas.verify.samples import Sample
from capas.verify.touched import reachable_source


def long_questions(stage: Stage) -> frozenset[str]:
    """Return the questions with seconds of their own, and those that go together with them."""
    return frozenset(
        name for question in stage.questions if question.seconds for name in (question.name, *question.together)
    )


def untouched_samples(stage: Stage, samples: Sequence[Sample]) -> set[str]:
    """Return the names of those alternatives and mistakes that are the reference in all that its long questions use.

    What they use is what they and their cases name, and what that is made of. What a call to another question changes
    in them besides is found by a whole proof.
    """
    long = [question for question in stage.questions if question.name in long_questions(stage)]
    if not long:
        return set()
    cases = [case for question in long for case in question_test_file(stage, question).test_cases]
    names = {question.name for question in long}.union(*map(case_parameters, cases))
    reference = next(sample for sample in samples if sample.kind == "reference")
    right = reachable_source(reference.source, names)
    variants = [sample for sample in samples if sample.kind in ("alternative", "mistake")]
    return {sample.name for sample in variants if reachable_source(sample.source, names) == right}
