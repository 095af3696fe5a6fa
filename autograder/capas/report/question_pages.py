"""A page for each question: what fails, with the students' code beside the messages, equal answers once."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from capas.course.model import Question, Stage
from capas.files import write_atomically
from capas.grading.result import QuestionResult, Result
from capas.report.class_list import HandedIn
from capas.report.code_of import code_of
from capas.report.diagnoses import Diagnoses
from capas.report.page import page_parts
from capas.report.spooled import Spooled
from capas.report.statistics import has_failed
from capas.texts.points import points_text

MAX_MESSAGES, MAX_MESSAGE_CHARACTERS = 4, 400


class Failed(msgspec.Struct, frozen=True):
    """A case that fails."""

    name: str
    hidden: bool
    message: str


class Answer(msgspec.Struct, frozen=True):
    """What several students may have in common: the misunderstanding, what fails, and the code."""

    diagnosis: str
    score: str
    failed: list[Failed]
    more: int
    code: str


class Student(msgspec.Struct, frozen=True):
    """Whose answer it is."""

    submission: str
    shown: str


class Shown(msgspec.Struct, frozen=True):
    """An answer on the page, with all who have it."""

    answer: Answer
    students: list[Student]


class Group(msgspec.Struct, frozen=True):
    """The answers with one misunderstanding, or without one that is known."""

    explanation: str
    count: int
    answers: Iterator[Shown]


class _Answers:
    """The answers to one question, on the disk; in memory is only where each lies and whose it is."""

    def __init__(self) -> None:
        self._spooled = Spooled()
        self._students: dict[bytes, list[Student]] = {}
        self._places: defaultdict[str, list[tuple[tuple[int, int], bytes]]] = defaultdict(list)

    def add(self, answer: Answer, student: Student) -> None:
        data = msgspec.json.encode(answer)
        key = _hash(data)
        if key not in self._students:
            self._places[answer.diagnosis].append((self._spooled.add(data), key))
        self._students.setdefault(key, []).append(student)

    def counts(self) -> list[tuple[str, int]]:
        """Return how many have each diagnosis, the most common first, and "" last."""
        counts = {name: sum(len(self._students[key]) for _, key in places) for name, places in self._places.items()}
        return sorted(counts.items(), key=lambda pair: (not pair[0], -pair[1], pair[0]))

    def read(self, diagnosis: str) -> Iterator[Shown]:
        """Yield the answers with a diagnosis, those that most students have first."""
        for place, key in sorted(self._places[diagnosis], key=lambda one: -len(self._students[one[1]])):
            yield Shown(msgspec.json.decode(self._spooled.at(place), type=Answer), self._students[key])

    def close(self) -> None:
        self._spooled.close()


class QuestionPages:
    """Takes one result after the other, so that a class need not be in memory. Use it as a context manager."""

    def __init__(self, stage: Stage, diagnoses: Diagnoses, handed_in: HandedIn, language: str):
        self._stage = stage
        self._diagnoses = diagnoses
        self._handed_in = handed_in
        self._language = language
        self._answers: defaultdict[str, _Answers] = defaultdict(_Answers)

    def add(self, result: Result, cells: Sequence[str]) -> None:
        """Take what fails in a result; ``cells`` are the submission's, none where it is not at hand."""
        if result.status != "graded":
            return
        shown = self._handed_in.told_apart(result.submission) or result.file
        for question in result.questions:
            if has_failed(question):
                answer = _answer(question, cells)
                self._answers[question.name].add(answer, Student(result.submission, shown))

    def write(self, out: Path) -> dict[str, str]:
        """Write a page for each question in which something fails, and return their names by question."""
        files: dict[str, str] = {}
        for question in self._stage.all_questions:
            if question.name in self._answers:
                files[question.name] = _file_name(question.name)
                write_atomically(out / files[question.name], (part.encode() for part in self._page(question)))
        for path in out.glob("question-*.html"):
            if path.name not in files.values():
                path.unlink()
        return files

    def _page(self, question: Question) -> Iterator[str]:
        answers = self._answers[question.name]
        groups = []
        for name, count in answers.counts():
            known = self._diagnoses.get((question.name, name))
            groups.append(Group(known.explanation if known else name, count, answers.read(name)))
        title, stage = question.title[self._language], self._stage.title[self._language]
        points = points_text(question.points)
        values = {"name": question.name, "title": title, "stage": stage, "points": points, "groups": groups}
        return page_parts("question.html", self._language, **values)

    def __enter__(self) -> "QuestionPages":
        return self

    def __exit__(self, *_exception: object) -> None:
        for answers in self._answers.values():
            answers.close()


def _file_name(question: str) -> str:
    safe = re.sub(r"[^\w.-]", lambda sign: f"_{ord(sign[0]):x}", question)
    return f"question-{safe}.html"


def _answer(question: QuestionResult, cells: Sequence[str]) -> Answer:
    failed = [case for case in question.cases if not case.passed]
    shown = [Failed(case.name, case.hidden, _short(case.message)) for case in failed[:MAX_MESSAGES]]
    score = points_text(question.score)
    return Answer(question.diagnosis or "", score, shown, len(failed) - len(shown), code_of(cells, question.name))


def _short(message: str) -> str:
    return message if len(message) <= MAX_MESSAGE_CHARACTERS else f"{message[: MAX_MESSAGE_CHARACTERS - 1]}…"


def _hash(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()[:16]
