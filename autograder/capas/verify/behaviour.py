"""Whether samples behave: right ones get full marks, mistakes cost points, only their own, and are diagnosed."""

from collections.abc import Callable, Sequence

import msgspec

from capas.course.model import Stage
from capas.grading.result import QuestionResult
from capas.grading.stage import stage_catalogue
from capas.verify.graded_samples import SampleFile


class QuestionReport(msgspec.Struct):
    """One row of the table: how many cases, and how many variants behaved out of how many there are."""

    name: str
    public: int
    hidden: int
    alternatives: tuple[int, int]
    mistakes: tuple[int, int]
    isolated: tuple[int, int]
    """Mistakes that leave every other question its points, of all."""
    named: tuple[int, int]
    """Mistakes that are diagnosed as themselves or as one that behaves the same, of all."""


def wrong_scores(file: SampleFile) -> list[str]:
    """Return what is wrong with the score of one sample, in words."""
    sample, result, where = file.sample, file.result, file.name
    if result.status != "graded":
        return [f"{where}: {result.status}: {result.message}"]
    if sample.kind == "stub":
        return [
            f"{where}: question `{question.name}`, case `{case.name}`: the empty stub passes it; it must score 0"
            for question in result.questions
            for case in question.cases
            if case.passed and case.points
        ]
    if sample.kind == "mistake":
        question = next(q for q in result.questions if q.name == sample.question)
        problems = [] if question.score < question.points else [f"{where}: not caught by `{question.name}`"]
        harmed = _harmed(file)
        return problems + ([f"{where}: costs points in {', '.join(harmed)}, too"] if harmed else [])
    failed = [
        f"{where}: fails `{question.name}`, case `{case.name}`: {case.message}"
        for question in result.questions
        for case in question.cases
        if not case.passed
    ]
    named = [question.diagnosis for question in result.questions if question.diagnosis]
    if named and not failed:
        return [f"{where}: is right, and yet diagnosed as {', '.join(named)}"]
    return failed[:1]


def _harmed(file: SampleFile) -> list[str]:
    """Return the other questions in which a mistake loses points, save those that go together with its own."""
    may = {file.sample.question, *file.sample.together}
    return [q.name for q in file.result.questions if q.name not in may and q.score < q.points]


def question_reports(stage: Stage, files: Sequence[SampleFile]) -> list[QuestionReport]:
    """Return a row for each question of ``stage``, of samples that were graded, each in all its formats."""
    return [_report(stage, files, question) for question in files[0].result.questions]


def _report(stage: Stage, files: Sequence[SampleFile], question: QuestionResult) -> QuestionReport:
    hidden = sum(case.hidden for case in question.cases)
    alike = _alike(stage, question.name)

    def count(kind: str, behaves: Callable[[SampleFile], bool]) -> tuple[int, int]:
        good: dict[str, bool] = {}
        for file in files:
            if (file.sample.kind, file.sample.question) == (kind, question.name):
                good[file.sample.id] = good.get(file.sample.id, True) and behaves(file)
        return sum(good.values()), len(good)

    return QuestionReport(
        question.name,
        len(question.cases) - hidden,
        hidden,
        alternatives=count("alternative", lambda file: not wrong_scores(file)),
        mistakes=count("mistake", lambda file: not wrong_scores(file)),
        isolated=count("mistake", lambda file: not _harmed(file)),
        named=count("mistake", lambda file: _diagnosis(file) in alike[file.sample.id]),
    )


def _diagnosis(file: SampleFile) -> str | None:
    return next(q.diagnosis for q in file.result.questions if q.name == file.sample.question)


def _alike(stage: Stage, question: str) -> dict[str, set[str]]:
    """Return, for each mistake of a question, the mistakes that no case can tell from it."""
    outcomes = stage_catalogue(stage).outcomes(question)
    return {mistake.id: {other.id for other, known in outcomes if known.agrees(own)} for mistake, own in outcomes}
