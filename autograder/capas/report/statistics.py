"""Counting over a class: scores, questions, misunderstandings, equal submissions."""

import ast
import csv
import hashlib
import io
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from capas.course.model import Stage
from capas.grading.result import CaseResult, QuestionResult, Result
from capas.report.diagnoses import UNANSWERED, Diagnoses, Diagnosis
from capas.texts.points import points_text

MAX_SOURCE_CHARACTERS = 200_000
A_FAILED_CASE = [CaseResult("", False, 0.0, False)]


class Misunderstanding(msgspec.Struct, frozen=True):
    """One misunderstanding and who has it; of a general kind ``questions`` may be several."""

    diagnosis: Diagnosis
    questions: list[str]
    submissions: list[str]

    @property
    def count(self) -> int:
        """How many submissions show it."""
        return len(self.submissions)


class QuestionCount(msgspec.Struct, frozen=True):
    """What a class did with one question; ``diagnoses`` from the most common down."""

    name: str
    points: float
    graded: int
    average: float
    full: int
    zero: int
    unanswered: int
    carried: int
    diagnoses: list[tuple[str, int]]


def is_of(stage: Stage, result: Result) -> bool:
    """Tell whether a result is of the questions that the stage has, with their points."""
    # Results hold points to six digits, so that thirds add up.
    return [(answer.name, round(answer.points, 6)) for answer in result.questions] == [
        (question.name, round(question.points, 6)) for question in stage.all_questions
    ]


def slim(result: Result) -> Result:
    """Return a result with what is counted over a class: not the cases, but whether one fails, and no answers.

    A class of thousands fits into memory so; whole results are read one by one.
    """
    questions = [
        msgspec.structs.replace(question, cases=A_FAILED_CASE if has_failed(question) else [], answer="")
        for question in result.questions
    ]
    return msgspec.structs.replace(result, questions=questions)


def graded(results: Iterable[Result]) -> Iterator[Result]:
    """Yield the results of submissions whose code ran."""
    return (result for result in results if result.status == "graded")


def count_misunderstandings(stage: Stage, results: Sequence[Result], diagnoses: Diagnoses) -> list[Misunderstanding]:
    """Return the misunderstandings of a class, the most common first.

    One of the catalogue belongs to a question. General kinds are counted over all questions, a submission once.
    Questions without an answer are not counted, nor diagnoses that ``diagnoses`` has not (any more).
    """
    order = [question.name for question in stage.all_questions]
    known: dict[tuple[str, str], Diagnosis] = {}
    who: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    where: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for result in graded(results):
        for question in result.questions:
            diagnosis = diagnoses.get((question.name, question.diagnosis or ""))
            if diagnosis is None or diagnosis.id in UNANSWERED:
                continue
            key = ("" if diagnosis.is_general else question.name, diagnosis.id)
            known[key] = diagnosis
            who[key][result.submission] = None
            where[key][question.name] += 1
    misunderstandings = [
        Misunderstanding(
            diagnosis,
            sorted(where[key], key=lambda name: (-where[key][name], order.index(name))),
            list(who[key]),
        )
        for key, diagnosis in known.items()
    ]
    return sorted(misunderstandings, key=lambda one: (-one.count, order.index(one.questions[0]), one.diagnosis.id))


def count_questions(stage: Stage, results: Sequence[Result]) -> list[QuestionCount]:
    """Return what the graded submissions did with each question."""
    counts = []
    for question in stage.all_questions:
        answers = [
            answer
            for result in graded(results)
            for answer in result.questions
            if answer.name == question.name and answer.name not in result.waiting
        ]
        diagnoses = Counter(answer.diagnosis for answer in answers if answer.diagnosis)
        known = sorted(
            ((name, count) for name, count in diagnoses.items() if name not in UNANSWERED),
            key=lambda pair: (-pair[1], pair[0]),
        )
        counts.append(
            QuestionCount(
                question.name,
                question.points,
                len(answers),
                statistics.fmean(answer.score for answer in answers) if answers else 0.0,
                sum(is_full(answer) for answer in answers),
                sum(answer.score == 0 for answer in answers),
                sum(diagnoses[kind] for kind in UNANSWERED),
                sum(answer.carried_forward for answer in answers),
                known,
            )
        )
    return counts


def is_full(question: QuestionResult) -> bool:
    """Tell whether a question has all its points."""
    return question.score >= question.points


def has_failed(question: QuestionResult) -> bool:
    """Tell whether a case of a question fails."""
    return not all(case.passed for case in question.cases)


def questions_csv(counts: Sequence[QuestionCount]) -> bytes:
    """Return `questions.csv`: one row a question, its diagnoses with their numbers in the last column."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(
        ["question", "points", "graded", "average", "full_marks", "zero", "no_answer", "carried_forward", "diagnoses"]
    )
    for count in counts:
        diagnoses = " ".join(f"{name}:{number}" for name, number in count.diagnoses)
        writer.writerow(
            [
                count.name,
                points_text(count.points),
                count.graded,
                f"{count.average:.3f}",
                count.full,
                count.zero,
                count.unanswered,
                count.carried,
                diagnoses,
            ]
        )
    return text.getvalue().encode()


def same_files(results: Sequence[Result]) -> list[list[str]]:
    """Return the groups of submissions that are the same file, byte by byte."""
    return _groups(
        {
            result.submission: result.sha256
            for result in results
            if result.status != "unreadable" and not is_unanswered(result)
        }
    )


def same_answers(results: Sequence[Result], sources: Mapping[str, Sequence[str]], names: set[str]) -> list[list[str]]:
    """Return the groups of submissions whose answers ``names`` are equal but for layout, comments and docstrings.

    Args:
        results: of the class; where nothing was answered there is nothing to compare.
        sources: each submission's pieces of Python.
        names: the stage's questions.
    """
    return _groups(
        {
            result.submission: _normalised(sources.get(result.submission, ()), names)
            for result in graded(results)
            if not is_unanswered(result)
        }
    )


def is_unanswered(result: Result) -> bool:
    """Tell whether no question has an answer, though the code ran."""
    return result.status == "graded" and all(question.diagnosis in UNANSWERED for question in result.questions)


def _groups(keys: Mapping[str, str]) -> list[list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for submission, key in keys.items():
        if key:
            groups[key].append(submission)
    return [group for group in groups.values() if len(group) > 1]


def _normalised(cells: Sequence[str], names: set[str]) -> str:
    """Return a hash of the functions and classes ``names`` in ``cells``, or "" where there is nothing to compare."""
    functions: dict[str, str] = {}
    for cell in cells:
        if len(cell) > MAX_SOURCE_CHARACTERS:
            return ""
        try:
            for node in ast.parse(cell).body:
                if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name in names:
                    functions[node.name] = ast.dump(_without_docstrings(node))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
    if not functions:
        return ""
    return hashlib.sha256("\n".join(functions[name] for name in sorted(functions)).encode()).hexdigest()


def _without_docstrings(node: ast.FunctionDef | ast.ClassDef) -> ast.FunctionDef | ast.ClassDef:
    for inner in ast.walk(node):
        if isinstance(inner, ast.FunctionDef | ast.ClassDef) and ast.get_docstring(inner, clean=False) is not None:
            inner.body = inner.body[1:]
    return node
