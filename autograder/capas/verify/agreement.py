"""Whether all judges of a submission say the same: `capas grade`, `otter run`, and `capas_check` of public cases."""

from collections.abc import Iterator, Mapping, Sequence

from capas.grading.result import CaseResult, QuestionResult, Result
from capas.verify.otter_run import CaseVerdict, OtterScore
from capas.verify.student_check import StudentCheck

CHECK, OTTER = "capas_check", "otter run"


def differences_from_check(where: str, result: Result, check: StudentCheck) -> list[str]:
    """Return, a line each, the public cases of which `capas_check` says something else than ``result``.

    Where an error of an earlier question was carried forward, `capas grade` judges other code than the student's; there
    is nothing to compare.

    Args:
        where: the sample, for the lines.
        result: of `capas grade`.
        check: of the same sample.
    """
    if check.error:
        return [f"{where}: {CHECK} failed: {check.error}"]
    judged = [question for question in result.questions if not question.carried_forward]
    public = {question.name: [case for case in question.cases if not case.hidden] for question in judged}
    return list(_differences(where, result, public, CHECK, check.cases))


def differences_from_otter(where: str, result: Result, otter: OtterScore) -> list[str]:
    """Return, a line each, the questions and cases of which `otter run` says something else than ``result``.

    Args:
        where: the sample, for the lines.
        result: of `capas grade`.
        otter: of the same sample.
    """
    if otter.error:
        return [f"{where}: {OTTER} failed: {otter.error[:200]}"]
    scores = [
        f"{where}: question `{question.name}`: capas grade gives {question.score:g} points, {OTTER} "
        f"{_points(otter, question)}"
        for question in result.questions
        if question.score != otter.scores.get(question.name)
    ]
    cases = {question.name: question.cases for question in result.questions}
    return scores + list(_differences(where, result, cases, OTTER, otter.cases))


def _points(otter: OtterScore, question: QuestionResult) -> str:
    return f"{otter.scores[question.name]:g}" if question.name in otter.scores else "none"


def _differences(
    where: str,
    result: Result,
    graded: Mapping[str, Sequence[CaseResult]],
    other: str,
    verdicts: Mapping[str, Sequence[CaseVerdict]],
) -> Iterator[str]:
    for question, cases in graded.items():
        theirs = verdicts.get(question, [])
        if len(theirs) != len(cases):
            yield f"{where}: question `{question}`: capas grade ran {len(cases)} cases, {other} {len(theirs)}"
            continue
        for case, verdict in zip(cases, theirs, strict=True):
            # Where nothing ran, Otter's cases tell why.
            ours = CaseVerdict(case.passed, "" if case.passed else case.message or result.message)
            if ours != verdict:
                yield (
                    f"{where}: question `{question}`, case `{case.name}`: "
                    f"capas grade says {_words(ours)}, {other} {_words(verdict)}"
                )


def _words(verdict: CaseVerdict) -> str:
    return f"it fails: {verdict.message!r}" if not verdict.passed else "it passes"
