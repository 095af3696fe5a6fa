"""What is said of a diagnosis, whether it is a mistake of the catalogue or of a kind that may be in any question."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

import msgspec

from capas.course.cut_functions import description_of
from capas.course.model import Stage
from capas.course.solutions import Solutions
from capas.grading.diagnosis.catalogue import BOTH
from capas.grading.diagnosis.general import ELSEWHERE_RIGHT, ONLY_WHERE, parts_of
from capas.grading.diagnosis.public_cases import POINTED_TO
from capas.texts import program_texts


class Diagnosis(msgspec.Struct, frozen=True):
    """A diagnosis with all that is said of it, in one language.

    Args:
        id: as results hold it.
        explanation: what seems to be the matter, without the fix.
        teach_again: what a teacher may explain again.
        next_step: what a student may try; "" where the cases that fail say enough.
        is_general: whether it is of a kind that may be in any question, so that it is counted over all of them.
        of_mistakes: the part of the explanation that stands beside a mistake, as the student's own check says it.
        in_general: the part of which that check knows nothing.
    """

    id: str
    explanation: str
    teach_again: str
    next_step: str = ""
    is_general: bool = False
    of_mistakes: str = ""
    in_general: str = ""


class _Kind(msgspec.Struct, frozen=True):
    """A general kind: which advice is its next step, and what a question with it has to show."""

    advice: str = ""
    is_answer: bool = True
    returns: bool = True


_KINDS = {
    "never_ends": _Kind("timeout", returns=False),
    "ends_the_program": _Kind("crashed", returns=False),
    "not_defined": _Kind("missing", is_answer=False),
    "lacks_a_member": _Kind("missing_member"),
    "not_begun": _Kind("begin", is_answer=False),
    "returns_nothing": _Kind("fill_in", is_answer=False),
    "prints_instead_of_returning": _Kind("prints"),
    "gives_a_generator": _Kind("type"),
    "gives_a_coroutine": _Kind("type"),
    "gives_an_object": _Kind("type"),
    "transposed": _Kind("shape"),
    "has_an_extra_axis": _Kind("shape"),
    "flattens_the_batch": _Kind("shape"),
    "combines_too_much": _Kind("shape"),
    "combines_too_little": _Kind("shape"),
    "gives_a_part": _Kind("shape"),
    "gives_one_item": _Kind(),
    "counts_the_items": _Kind(),
    "reverses_the_items": _Kind(),
    "reorders": _Kind(),
    "has_another_shape": _Kind("shape"),
    "changes_its_arguments": _Kind("changed_arguments"),
    "accepts_what_is_to_be_refused": _Kind("did_not_raise"),
    "differs_each_time": _Kind(),
    "gives_back_its_argument": _Kind(),
    "is_not_finite": _Kind("warned"),
    "overflows": _Kind("warned"),
    "warns": _Kind(),
    "raises": _Kind("raised_always"),
    "truncates_to_integers": _Kind(),
    "rounds": _Kind(),
    "returns_zeros": _Kind(),
    "has_the_other_sign": _Kind(),
    "lacks_an_argument": _Kind(),
    "has_an_argument_too_much": _Kind(),
    "has_an_argument_with_the_other_sign": _Kind(),
    "moves_the_other_way": _Kind(),
    "moves_too_far": _Kind(),
    "moves_too_little": _Kind(),
    "moves_by_another_amount": _Kind(),
    "loses_the_sign": _Kind(),
    "wrong_by_a_factor": _Kind(),
    "wrong_by_a_count": _Kind("batch"),
    "scales": _Kind("batch"),
    "off_by": _Kind(),
    "returns_a_constant": _Kind("value"),
    "is_a_function_of_what_is_right": _Kind(),
    "agrees_to_some_digits": _Kind(),
    ONLY_WHERE: _Kind(),
    "too_near_to_zero": _Kind("value"),
    "too_far_from_zero": _Kind("value"),
    "too_large": _Kind("value"),
    "too_small": _Kind("value"),
    "right_on_public_cases_only": _Kind("value"),
}
GENERAL = frozenset(_KINDS)
"""How answers are wrong in general, as `capas.grading.diagnosis.general` says."""
UNANSWERED = tuple(name for name, kind in _KINDS.items() if not kind.is_answer)
"""The question was not begun, or lacks its return: there is no knowing what was understood."""
UNRETURNED = tuple(name for name, kind in _KINDS.items() if not kind.returns)
"""Calls do not come back, so there is nothing to look at by calling again, or to draw."""


class Diagnoses(Mapping[tuple[str, str], Diagnosis]):
    """What is said of the diagnoses of a stage, by question and id, in one language.

    It holds those of the catalogue and each general kind. What is put together, as two mistakes at once, or a kind with
    the inputs for which it is true, is found, too. ``kinds`` are those of questions whose answers are no functions.
    """

    def __init__(
        self, known: Mapping[tuple[str, str], Diagnosis], language: str, kinds: Mapping[str, str] = MappingProxyType({})
    ):
        self._known, self._language, self.kinds = known, language, kinds

    def __getitem__(self, key: tuple[str, str]) -> Diagnosis:
        question, id_ = key
        if key in self._known:
            return self._known[key]
        if BOTH in id_:
            return _together(id_, [self[question, one] for one in id_.split(BOTH)])
        how, what, where, which = parts_of(id_)
        if how == POINTED_TO:
            return _pointed_to(id_, self._known[question, what], self._language)
        general = self._known[question, how]
        kind = self.kinds.get(question, "")
        explanation = _explanation(how, what, where, which, kind, self._language)
        return msgspec.structs.replace(
            general,
            id=id_,
            explanation=explanation,
            next_step=_step(how, where, general, kind, self._language),
            in_general=explanation,
        )

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


def _together(id_: str, diagnoses: list[Diagnosis]) -> Diagnosis:
    explanations = " ".join(one.explanation for one in diagnoses)
    teach_again = " ".join(dict.fromkeys(one.teach_again for one in diagnoses))
    of_mistakes = " ".join(one.of_mistakes for one in diagnoses if one.of_mistakes)
    in_general = " ".join(one.in_general for one in diagnoses if one.in_general)
    return Diagnosis(id_, explanations, teach_again, diagnoses[0].next_step, False, of_mistakes, in_general)


def _pointed_to(id_: str, mistake: Diagnosis, language: str) -> Diagnosis:
    """Return what is said of a mistake that only the public cases point to."""
    explanation = program_texts(language)("diagnosis_on_public_cases", explanation=mistake.explanation)
    return Diagnosis(id_, explanation, mistake.teach_again, of_mistakes=mistake.explanation)


def diagnoses_of(stage: Stage, language: str) -> Diagnoses:
    """Return what is said of each diagnosis that the results of ``stage`` may hold.

    Raises:
        UserError: when the stage's solutions cannot be read.
    """
    if stage.autograder:
        return Diagnoses({}, language)
    solutions = Solutions(stage)
    summaries = _summaries(stage, solutions, language)
    kinds = {question.name: solutions.kind(question.name) for question in stage.questions}
    general = {kind: [_general(name, kind, language) for name in _KINDS] for kind in set(kinds.values())}
    diagnoses = {(question, one.id): one for question, kind in kinds.items() for one in general[kind]}
    for mistake in solutions.mistakes:
        # A mistake of the catalogue is about the idea of its question; the general kinds are about programming.
        explanation = mistake.explanation.get(language, "")
        diagnoses[mistake.question, mistake.id] = Diagnosis(
            mistake.id, explanation, summaries[mistake.question], of_mistakes=explanation
        )
    return Diagnoses(diagnoses, language, kinds)


def _general(name: str, kind: str, language: str) -> Diagnosis:
    texts, advice = program_texts(language), _KINDS[name].advice
    explanation = texts(sentence_of(f"diagnosis_{name}", kind, language), what="…")
    return Diagnosis(
        name,
        explanation,
        "" if name in UNANSWERED else texts(f"teach_again_{name}"),
        texts(sentence_of(f"next_step_{advice}", kind, language)) if advice else "",
        is_general=True,
        in_general=explanation,
    )


def sentence_of(key: str, kind: str, language: str) -> str:
    """Return the key of a sentence as it is said where a question asks for a class or a variable, or is said of all."""
    own = f"{key}_of_a_{kind}"
    return own if own in program_texts(language) else key


def _explanation(how: str, what: str, where: str, which: str, kind: str, language: str) -> str:
    """Return the sentences of a general kind: how, by what number, with which inputs."""
    texts = program_texts(language)
    keys = [f"diagnosis_{how}_{what}"] if what else []
    keys += [f"diagnosis_{how}_what", f"diagnosis_{how}"] if what else [f"diagnosis_{how}"]
    sentence = texts(sentence_of(next(key for key in keys if key in texts), kind, language), what=what)
    if not where:
        return sentence
    if where == ELSEWHERE_RIGHT:
        return f"{sentence} {texts('diagnosis_the_rest_is_right')}"
    phrase = texts(f"where_{where}", what=which)
    if how == ONLY_WHERE:
        return texts("diagnosis_only_where", where=phrase)
    return f"{sentence} {texts('diagnosis_where', where=phrase)}"


def _step(how: str, where: str, general: Diagnosis, kind: str, language: str) -> str:
    say = program_texts(language)
    if where in ("a_batch", "several_rows"):
        return say(sentence_of("next_step_batch", kind, language))
    return say(sentence_of("next_step_raised", kind, language)) if where and how == "raises" else general.next_step


def _summaries(stage: Stage, solutions: Solutions, language: str) -> dict[str, str]:
    """Return what each question is about, in a sentence with its formula: the first of the stub's docstring."""
    summaries = {}
    for question in stage.questions:
        text = (
            question.docstring.get(language, description_of(solutions.reference_source, question.name))
            .strip()
            .partition("\n\n")[0]
        )
        summaries[question.name] = " ".join(text.split())
    return summaries
