"""What a student is told: worked out once from a result, shown as a page, in a notebook, and in a `.py`."""

from collections import Counter
from collections.abc import Mapping

import msgspec

from capas.course.handout import read_handout
from capas.course.looked_at import questions_with_hints
from capas.course.model import Question, Stage
from capas.grading.judge import ABSENT
from capas.grading.request_codes import RequestCodes, Target
from capas.grading.result import NOT_BEGUN, CaseResult, QuestionResult, Result
from capas.report.attempts_told import AttemptFeedback, attempts_told
from capas.report.diagnoses import UNANSWERED, UNRETURNED, Diagnoses, Diagnosis, sentence_of
from capas.report.grade_lines import grade_mark, grade_sentences, line_sentence, open_to_gain
from capas.report.measured import measured_text
from capas.report.page import page
from capas.report.pictures import Picture
from capas.report.statistics import is_full
from capas.report.texts import NO_POINTS_YET, counted, hidden_sentence
from capas.texts import program_texts
from capas.texts.points import points_text, rounded

MAX_MESSAGE_CHARACTERS = 700
OF_NAMES = ("next_step_missing", "next_step_not_a_value")
"""What may be tried of any name, whatever stands for it."""
LEAVES = "leaves_"
"""How names of cases begin that look at whether arguments are left alone."""


class CaseFeedback(msgspec.Struct, frozen=True):
    """A public case, by its number as the student's own check counts it."""

    number: int
    passed: bool
    points: str
    message: str
    code: str = ""  # by which the student asks for it to be looked at again; so wherever there is one


class HiddenFeedback(msgspec.Struct, frozen=True):
    """How many hidden cases failed in one way, and which, in words of the handout. With what is not told."""

    which: str
    sentence: str
    code: str = ""


class QuestionFeedback(msgspec.Struct, frozen=True):
    """What is told of one question; ``state`` is full, partial, none, not_begun, or waiting for who grades it."""

    name: str
    title: str
    score: str
    points: str
    state: str
    carried: bool
    explanation: str
    public: list[CaseFeedback]
    hidden_passed: int
    hidden_total: int
    hidden: list[HiddenFeedback]
    next_steps: list[str]
    picture: Picture | None
    decided: str = ""
    """What a person decided of it, or that it waits for one."""
    manual: bool = False
    code: str = ""

    @property
    def all_pass(self) -> bool:
        """Whether there are cases, and every one passes."""
        return not self.manual and not self.hidden and all(case.passed for case in self.public)

    @property
    def begun(self) -> bool:
        """Whether there is an answer, of which each case has something to say."""
        return self.state != NOT_BEGUN


class StudentFeedback(msgspec.Struct, frozen=True):
    """Everything that is told of one submission; its ``mark`` is as `grade_mark` gives it."""

    submission: str
    file: str
    title: str
    language: str
    graded: bool
    message: str
    score: str
    points: str
    summary: str
    questions: list[QuestionFeedback]
    receipt: str = ""
    attempts: list[AttemptFeedback] = []
    """Every attempt and what changed between them; none for those who handed in once."""
    decided: list[str] = []
    """How the grade came about, a sentence each; none where it is what the program gave."""
    mark: str = ""
    code: str = ""
    measured: str = ""


def feedback_for(
    stage: Stage,
    result: Result,
    diagnoses: Diagnoses,
    pictures: Mapping[str, Picture],
    language: str,
    codes: RequestCodes | None = None,
) -> StudentFeedback:
    """Return what the student is told of ``result``.

    Args:
        stage: the stage.
        result: of one submission.
        diagnoses: what is said of each diagnosis, in ``language``.
        pictures: by question, where there are any.
        language: of the feedback.
        codes: by which the student asks for something to be looked at again; None where nothing is told of that.
    """
    questions = {question.name: question for question in stage.all_questions}
    hints = set() if stage.autograder else questions_with_hints(read_handout(stage, language))
    ran = result.status == "graded"
    told = [
        _question(
            questions[one.name], one, diagnoses, pictures.get(one.name), language, one.name in hints, result, codes
        )
        for one in result.questions
        if ran and one.name in questions
    ]
    titles = {name: question.title[language] for name, question in questions.items()}
    return StudentFeedback(
        result.submission,
        result.file,
        stage.title[language],
        language,
        ran,
        _shortened(result.message),
        points_text(result.score),
        points_text(result.points),
        _summary(result, questions, language) if ran else program_texts(language)("student_hand_in_again"),
        [_with_decision(one, result, language) for one in told],
        result.receipt,
        attempts_told(result, titles, language),
        grade_sentences(result, titles, language),
        grade_mark(result),
        codes.code(result, Target()) if codes else "",
        measured_text(stage, result, language),
    )


def _with_decision(question: QuestionFeedback, result: Result, language: str) -> QuestionFeedback:
    """Return what is told of a question with what a person decided of it, or that somebody has yet to grade it."""
    lines = [line for line in result.grade_lines if line.question == question.name]
    told = [_sentence(line_sentence(line, "", language)) for line in lines]
    if question.name in result.waiting:
        question = msgspec.structs.replace(question, state="waiting", score=NO_POINTS_YET, next_steps=[])
        told.append(program_texts(language)("decided_waiting"))
    return msgspec.structs.replace(question, decided=" ".join(told))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def student_page(feedback: StudentFeedback) -> str:
    """Return the page: one file that needs no other."""
    return page("student.html", feedback.language, feedback=feedback)


def _summary(result: Result, questions: Mapping[str, Question], language: str) -> str:
    say = program_texts(language)
    if any(line.kind == "all" for line in result.grade_lines):
        return ""  # what is missing in questions is not what is missing in the grade
    missing, open_questions = result.points - result.score, result.questions
    if result.grade_lines or result.waiting:
        open_questions = open_to_gain(result)
        missing = rounded(sum(question.points - question.score for question in open_questions))
        if missing <= 0:
            return ""
    if missing <= 0:
        return say("student_all_right")
    if all(question.diagnosis == NOT_BEGUN for question in result.questions):
        first = result.questions[0].name
        return say("student_nothing_begun", question=questions[first].title[language] if first in questions else first)
    # The first of those with most to gain: later questions build on earlier ones.
    most = max(open_questions, key=lambda question: question.points - question.score)
    title = questions[most.name].title[language] if most.name in questions else most.name
    key = "student_begin_with_one" if missing == 1 else "student_begin_with"
    return say(key, missing=counted("point", missing, language), question=title)


def _question(
    question: Question,
    result: QuestionResult,
    diagnoses: Diagnoses,
    picture: Picture | None,
    language: str,
    has_hints: bool,
    whole: Result,
    codes: RequestCodes | None,
) -> QuestionFeedback:
    of_cases = codes.of_cases(whole, result) if codes else {}
    code_of = {id(case): of_cases.get(place, "") for place, case in enumerate(result.cases)}
    public = [case for case in result.cases if not case.hidden]
    hidden = [case for case in result.cases if case.hidden]
    failed_hidden = [case for case in hidden if not case.passed]
    kinds = Counter(case.kind for case in failed_hidden)
    cases = [
        CaseFeedback(
            number, case.passed, counted("point", case.points, language), _shortened(case.message), code_of[id(case)]
        )
        for number, case in enumerate(public, 1)
    ]
    failed = [case.number for case in cases if not case.passed]
    diagnosis = diagnoses.get((result.name, result.diagnosis or ""))
    hints = [program_texts(language)("student_hints", title=question.title[language])] if has_hints else []
    return QuestionFeedback(
        result.name,
        question.title[language],
        points_text(result.score),
        points_text(result.points),
        _state(result),
        result.carried_forward,
        diagnosis.explanation if diagnosis and diagnosis.id != NOT_BEGUN else "",
        cases,
        sum(case.passed for case in hidden),
        len(hidden),
        [
            _hidden(kind, [case for case in failed_hidden if case.kind == kind], len(hidden), code_of, language)
            for kind, _ in kinds.most_common()
        ],
        [
            *_next_steps(diagnosis, failed, list(kinds), language, diagnoses.kinds.get(result.name, "")),
            *(hints if failed or kinds else []),
        ],
        picture,
        manual=result.manual,
        code=codes.code(whole, Target(result.name)) if codes else "",
    )


def _state(result: QuestionResult) -> str:
    if result.diagnosis == NOT_BEGUN:
        return NOT_BEGUN
    return "full" if is_full(result) else "partial" if result.score > 0 else "none"


def _hidden(
    kind: str, cases: list[CaseResult], hidden: int, code_of: Mapping[int, str], language: str
) -> HiddenFeedback:
    """Return what is told of the hidden cases that failed as ``kind``: how many and, unless it is all, which.

    That arguments are left alone is not told of a case in which something else failed before. One code is of all of
    them, that of the first; ``code_of`` has it by the case's identity.
    """
    asked = [case for case in cases if kind == "changed_arguments" or not case.name.startswith(LEAVES)]
    looks_at = [case.looks_at for case in asked if case.looks_at and kind not in ABSENT]
    key = "student_hidden_case_looks_at" if looks_at and len(cases) < hidden else "student_hidden_case"
    which = program_texts(language)(key, count=len(cases), looks_at="; ".join(dict.fromkeys(looks_at)))
    return HiddenFeedback(which, hidden_sentence(kind, language), code_of[id(cases[0])])


def _next_steps(
    diagnosis: Diagnosis | None, failed: list[int], hidden_kinds: list[str], language: str, kind: str
) -> list[str]:
    """Return at most two things to try, the nearest first.

    Args:
        diagnosis: of the answer, where there is one.
        failed: the numbers of the public cases that fail.
        hidden_kinds: the kinds of failure of hidden cases, the most common first.
        language: of what is returned.
        kind: of the question: what a variable is cannot be called with anything, and a class is no function.
    """
    if not failed and not hidden_kinds:
        return []
    say = program_texts(language)
    if diagnosis and diagnosis.id in UNANSWERED:
        return [diagnosis.next_step]
    failures = [sentence_of(f"next_step_{failure}", kind, language) for failure in hidden_kinds]
    if kind == "variable":
        own = [key for key in failures if key.endswith("_of_a_variable") or key in OF_NAMES]
        own.append("next_step_value_of_a_variable")
        return [diagnosis.next_step if diagnosis and diagnosis.next_step else say(own[0])]
    steps = []
    if failed and not (diagnosis and diagnosis.id in UNRETURNED):
        steps.append(say("student_try_case", number=failed[0]))
    if diagnosis and diagnosis.next_step:
        steps.append(diagnosis.next_step)
    elif not failed:
        otherwise = say(sentence_of("next_step_value", kind, language))
        steps += [say.get(key, otherwise) for key in failures[:2]]
    return [*dict.fromkeys(steps)]


def _shortened(text: str) -> str:
    return text if len(text) <= MAX_MESSAGE_CHARACTERS else text[: MAX_MESSAGE_CHARACTERS - 1] + "…"
