"""What is said of a diagnosis, whether it is a mistake of the catalogue or of a kind that may be in any question."""

import inspect
from collections.abc import Mapping

import msgspec

from capas.course.model import Stage
from capas.course.solutions import Solutions
from capas.texts import program_texts


class Diagnosis(msgspec.Struct, frozen=True):
    """A diagnosis with all that is said of it, in one language.

    Args:
        id: as results hold it.
        explanation: what seems to be the matter, without the fix.
        teach_again: what a teacher may explain again.
        next_step: what a student may try; "" where the cases that fail say enough.
        is_general: whether it is of a kind that may be in any question, so that it is counted over all of them.
    """

    id: str
    explanation: str
    teach_again: str
    next_step: str = ""
    is_general: bool = False


Diagnoses = Mapping[tuple[str, str], Diagnosis]
"""The diagnoses that a stage's results may hold, by question and id."""


class _Kind(msgspec.Struct, frozen=True):
    """A general kind: which advice is its next step, and what a question with it has to show."""

    advice: str = ""
    is_answer: bool = True
    returns: bool = True


_KINDS = {
    "never_ends": _Kind("timeout", returns=False),
    "ends_the_program": _Kind("crashed", returns=False),
    "not_defined": _Kind("missing", is_answer=False),
    "returns_nothing": _Kind("fill_in", is_answer=False),
    "prints_instead_of_returning": _Kind("prints"),
    "transposed": _Kind("shape"),
    "has_an_extra_axis": _Kind("shape"),
    "flattens_the_batch": _Kind("shape"),
    "changes_its_arguments": _Kind("changed_arguments"),
    "truncates_to_integers": _Kind(),
    "overflows": _Kind("warned"),
    "has_the_other_sign": _Kind(),
    "wrong_by_a_factor": _Kind(),
    "works_on_one_sample_only": _Kind("batch"),
    "right_on_public_cases_only": _Kind("value"),
}
GENERAL = frozenset(_KINDS)
"""The ids that `capas.grading.diagnosis.general` gives."""
UNANSWERED = tuple(name for name, kind in _KINDS.items() if not kind.is_answer)
"""The question was not begun, or lacks its return: there is no knowing what was understood."""
UNRETURNED = tuple(name for name, kind in _KINDS.items() if not kind.returns)
"""Calls do not come back, so there is nothing to look at by calling again, or to draw."""


def diagnoses_of(stage: Stage, language: str) -> Diagnoses:
    """Return what is said of each diagnosis that the results of ``stage`` may hold.

    Raises:
        UserError: when the stage's solutions cannot be read.
    """
    solutions = Solutions(stage)
    summaries = _summaries(stage, solutions, language)
    general = [_general(name, language) for name in _KINDS]
    diagnoses = {(question.name, one.id): one for question in stage.questions for one in general}
    for mistake in solutions.mistakes:
        # A mistake of the catalogue is about the idea of its question; the general kinds are about programming.
        diagnoses[mistake.question, mistake.id] = Diagnosis(
            mistake.id, mistake.explanation.get(language, ""), summaries[mistake.question]
        )
    return diagnoses


def _general(name: str, language: str) -> Diagnosis:
    texts, advice = program_texts(language), _KINDS[name].advice
    return Diagnosis(
        name,
        texts(f"diagnosis_{name}"),
        "" if name in UNANSWERED else texts(f"teach_again_{name}"),
        texts(f"next_step_{advice}") if advice else "",
        is_general=True,
    )


def _summaries(stage: Stage, solutions: Solutions, language: str) -> dict[str, str]:
    """Return what each question is about, in a sentence with its formula: the first of the stub's docstring."""
    summaries = {}
    for question in stage.questions:
        own = inspect.getdoc(getattr(solutions.reference, question.name)) or ""
        text = question.docstring.get(language, own).strip().partition("\n\n")[0]
        summaries[question.name] = " ".join(text.split())
    return summaries
