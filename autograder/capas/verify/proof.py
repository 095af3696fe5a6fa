"""The proof of a stage: every solution, alternative, mistake and stub behaves, in both engines."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import msgspec

from capas.bundle.build import Bundle, build_languages
from capas.bundle.problems import stage_problems
from capas.course.model import Stage
from capas.course.solutions import Solutions
from capas.files import UserError
from capas.grading.result import Result
from capas.grading.stage import stage_catalogue
from capas.run.pool import grade_all
from capas.submission import list_submissions
from capas.verify.otter_run import OtterScore, otter_run_all
from capas.verify.samples import Sample, combine_samples, make_samples

FORMATS = ("py", "ipynb")


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


class VerificationReport(msgspec.Struct):
    """What verifying a stage found: a row a question, runs compared with Otter, and every problem in words."""

    stage: str
    questions: list[QuestionReport]
    compared: int
    problems: list[str]


def verify_stage(
    stage: Stage,
    language: str,
    workers: int,
    with_otter: bool = True,
    combined: bool = False,
    on_step: Callable[[str, int], None] = lambda step, count: None,
) -> VerificationReport:
    """Grade every sample of ``stage`` as `.py` and as notebook, by `capas grade` and by `otter run`.

    Args:
        stage: the stage.
        language: of the bundle.
        workers: how many processes to use.
        with_otter: whether `otter run` is asked too.
        combined: give Otter one variant of every question in each file, which takes a tenth of the time.
        on_step: told what begins and with how many submissions.

    Raises:
        UserError: when the stage cannot be built.
    """
    found = stage_problems(stage, stage.languages)
    in_files = [str(problem) for problem in found]
    if any(problem.endless for problem in found):
        return VerificationReport(stage.id, [], 0, in_files)
    try:
        solutions = Solutions(stage)
        (built,) = build_languages(stage, [language])
    except UserError as error:
        if not in_files:
            raise
        return VerificationReport(stage.id, [], 0, list(dict.fromkeys([*in_files, str(error)])))
    samples = make_samples(stage, solutions, built)
    with tempfile.TemporaryDirectory(prefix="capas-verify-") as name:
        folder = Path(name)
        paths = _write(folder / "submissions", samples, built, stage)
        on_step("capas grade", len(paths))
        handed_in = list_submissions([folder / "submissions"])
        results = {r.submission: r for r in grade_all(stage, handed_in, folder / "out", language, workers)}
        problems = [
            problem
            for sample in samples
            for suffix in FORMATS
            for problem in _judge(sample, results[_id(sample, suffix)], suffix)
        ]
        problems = in_files + problems
        compared = 0
        if with_otter:
            chosen, ours = paths, results
            if combined:
                pairs = _write(folder / "combined", combine_samples(stage, solutions, built), built, stage)
                # Each as `.py` or as notebook, in turn.
                chosen = [pairs[place + place // 2 % 2] for place in range(0, len(pairs), 2)]
                handed_in = list_submissions(chosen)
                ours = {r.submission: r for r in grade_all(stage, handed_in, folder / "again", language, workers)}
            autograder = folder / "autograder.zip"
            autograder.write_bytes(built.autograder)
            on_step("otter run", len(chosen))
            problems += _compare(chosen, ours, otter_run_all([(path, autograder) for path in chosen], workers))
            compared = len(chosen)
    return VerificationReport(stage.id, _rows(stage, samples, results), compared, problems)


def _id(sample: Sample, suffix: str) -> str:
    return f"{sample.kind}_{sample.id}_{suffix}"


def _write(folder: Path, samples: list[Sample], built: Bundle, stage: Stage) -> list[Path]:
    folder.mkdir(parents=True)
    paths = []
    for sample in samples:
        for suffix in FORMATS:
            path = folder / f"{_id(sample, suffix)}.{suffix}"
            as_notebook = suffix == "ipynb"
            path.write_bytes(sample.as_notebook(built, stage) if as_notebook else sample.as_script())
            paths.append(path)
    return paths


def _judge(sample: Sample, result: Result, suffix: str) -> list[str]:
    """Return what is wrong with the score of one sample, in words."""
    where = f"{sample.kind} {sample.id} (.{suffix})"
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
        harmed = _harmed(sample, result)
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


def _harmed(sample: Sample, result: Result) -> list[str]:
    """Return the other questions in which a mistake loses points."""
    return [q.name for q in result.questions if q.name != sample.question and q.score < q.points]


def _compare(paths: list[Path], results: dict[str, Result], scores: list[OtterScore]) -> list[str]:
    problems = []
    for path, otter in zip(paths, scores, strict=True):
        ours = {question.name: question.score for question in results[path.stem].questions}
        if otter.error:
            problems.append(f"{path.name}: otter run failed: {otter.error[:200]}")
        elif otter.scores != ours:
            differing = [name for name in ours if ours[name] != otter.scores.get(name)]
            problems.append(
                f"{path.name}: capas grade and otter run differ in {', '.join(differing)}: "
                f"{[ours[name] for name in differing]} and {[otter.scores.get(name) for name in differing]}"
            )
    return problems


def _rows(stage: Stage, samples: list[Sample], results: dict[str, Result]) -> list[QuestionReport]:
    rows = []
    reference = results[_id(samples[0], "py")]
    for question, graded in zip(stage.questions, reference.questions, strict=True):
        counts = {}
        for kind in ("alternative", "mistake"):
            own = [s for s in samples if s.kind == kind and s.question == question.name]
            good = [s for s in own if not any(_judge(s, results[_id(s, suffix)], suffix) for suffix in FORMATS)]
            counts[kind] = (len(good), len(own))
        hidden = sum(case.hidden for case in graded.cases)
        mistakes = [s for s in samples if s.kind == "mistake" and s.question == question.name]
        alone = [s for s in mistakes if not any(_harmed(s, results[_id(s, suffix)]) for suffix in FORMATS)]
        alike = _alike(stage, question.name)
        named = [
            s
            for s in mistakes
            if all(_diagnosis(results[_id(s, suffix)], question.name) in alike[s.id] for suffix in FORMATS)
        ]
        rows.append(
            QuestionReport(
                question.name,
                len(graded.cases) - hidden,
                hidden,
                counts["alternative"],
                counts["mistake"],
                (len(alone), len(mistakes)),
                (len(named), len(mistakes)),
            )
        )
    return rows


def _diagnosis(result: Result, question: str) -> str | None:
    return next(q.diagnosis for q in result.questions if q.name == question)


def _alike(stage: Stage, question: str) -> dict[str, set[str]]:
    """Return, for each mistake of a question, the mistakes that no case can tell from it."""
    outcomes = stage_catalogue(stage).outcomes(question)
    return {
        mistake.id: {other.id for other, known in outcomes if known.fingerprints == own.fingerprints}
        for mistake, own in outcomes
    }
