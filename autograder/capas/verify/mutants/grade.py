"""Grading the mutants of a stage, and the list of those that no case can tell from the reference."""

from concurrent.futures import ProcessPoolExecutor

import msgspec

from capas.course.data_files import data_files
from capas.course.model import Stage
from capas.course.solutions import Solutions
from capas.course.text_files import read_course_text
from capas.files import UserError
from capas.grading.grader import Grader
from capas.grading.stage import question_test_file
from capas.run.workers import process_context
from capas.sandbox import Zygote
from capas.submission import Code, Submission
from capas.verify.mutants.changes import Mutant, make_mutants

EQUIVALENTS_FILE = "equivalent_mutants.toml"


class Equivalent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Mutants of one question, named by their changed statements, and why no case can tell them apart."""

    question: str
    mutants: list[str]
    reason: str


class _EquivalentsFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    equivalent: list[Equivalent] = []


class Figures(msgspec.Struct):
    """One question: its cases, variants that behaved out of all, and what became of its mutants."""

    stage: str
    question: str
    public: int
    hidden: int
    alternatives: tuple[int, int]
    mistakes: tuple[int, int]
    mutants: int
    killed: int
    equivalent: int
    survivors: list[Mutant]
    """Mutants with full marks that are not listed."""
    wrongly_listed: list[Mutant]
    """Mutants listed as equivalent that a case kills."""


def read_equivalents(stage: Stage) -> list[Equivalent]:
    """Read which mutants of ``stage`` are known to be equivalent, and why; none when there is no such file.

    Raises:
        UserError: when the file is not as it should be.
    """
    path = stage.solutions / EQUIVALENTS_FILE
    if not path.is_file():
        return []
    try:
        listed = msgspec.toml.decode(read_course_text(path), type=_EquivalentsFile).equivalent
    except msgspec.MsgspecError as error:
        raise UserError(f"{path}: {error}") from None
    for entry in listed:
        if not entry.reason.strip():
            raise UserError(f"{path}: `{entry.question}`: expected a reason")
    return listed


def listed_names(stage: Stage, mutants: dict[str, list[Mutant]]) -> dict[str, set[str]]:
    """Return the statements listed as equivalent, by question.

    Args:
        stage: the stage.
        mutants: all its mutants, by question.

    Raises:
        UserError: when one is listed that does not exist, or is listed twice.
    """
    path = stage.solutions / EQUIVALENTS_FILE
    names: dict[str, set[str]] = {question: set() for question in mutants}
    for entry in read_equivalents(stage):
        if entry.question not in names:
            raise UserError(f"{path}: the stage has no question `{entry.question}`")
        existing = {mutant.statement for mutant in mutants[entry.question]}
        for name in entry.mutants:
            if name not in existing:
                raise UserError(f"{path}: `{entry.question}` has no mutant `{name}` any more; take it off the list")
            if name in names[entry.question]:
                raise UserError(f"{path}: `{entry.question}`: `{name}` is listed twice")
            names[entry.question].add(name)
    return names


def stage_mutants(stage: Stage, solutions: Solutions) -> dict[str, list[Mutant]]:
    """Return every mutant of every question of ``stage``, by question.

    Of questions that go together there are none: a network that learns in another way may read as well.
    """
    return {
        question.name: [] if question.together else make_mutants(solutions.reference_source, question.name)
        for question in stage.questions
    }


def grade_stage(stage: Stage, workers: int) -> list[Figures]:
    """Grade mutants, alternatives and mistakes of ``stage``, each by the cases of its own question.

    Raises:
        UserError: when a file of the stage, or its list of equivalent mutants, is not as it should be.
    """
    solutions = Solutions(stage)
    mutants = stage_mutants(stage, solutions)
    listed = listed_names(stage, mutants)
    variants = [
        (variant, solutions.variant_source(variant)) for variant in [*solutions.alternatives, *solutions.mistakes]
    ]
    jobs = [(question.name, solutions.reference_source) for question in stage.questions]
    jobs += [(variant.question, source) for variant, source in variants]
    jobs += [(mutant.question, mutant.source) for of_question in mutants.values() for mutant in of_question]
    with ProcessPoolExecutor(workers, process_context(), initializer=_start_worker, initargs=(stage,)) as pool:
        full_marks = dict(zip(jobs, pool.map(_has_full_marks, jobs, chunksize=8), strict=True))
    for question in stage.questions:
        # Where nothing gets full marks, every mutant would count as killed.
        if not full_marks[question.name, solutions.reference_source]:
            raise UserError(f"{stage.id}: the reference has no full marks in `{question.name}`; run capas verify")
    figures = []
    for question in stage.questions:
        name = question.name
        cases = question_test_file(stage, question).test_cases
        hidden = sum(case.hidden for case in cases)
        of_alternatives, of_mistakes = (
            [full_marks[name, source] for variant, source in variants if (variant.question, variant.is_mistake) == key]
            for key in ((name, False), (name, True))
        )
        survivors = [mutant for mutant in mutants[name] if full_marks[name, mutant.source]]
        known = [mutant for mutant in mutants[name] if mutant.statement in listed[name]]
        figures.append(
            Figures(
                stage=stage.id,
                question=name,
                public=len(cases) - hidden,
                hidden=hidden,
                alternatives=(sum(of_alternatives), len(of_alternatives)),
                mistakes=(len(of_mistakes) - sum(of_mistakes), len(of_mistakes)),
                mutants=len(mutants[name]),
                killed=len(mutants[name]) - len(survivors),
                equivalent=len([mutant for mutant in survivors if mutant in known]),
                survivors=[mutant for mutant in survivors if mutant not in known],
                wrongly_listed=[mutant for mutant in known if mutant not in survivors],
            )
        )
    return figures


_graders: dict[str, Grader] = {}


def _start_worker(stage: Stage) -> None:
    zygote = Zygote(stage.limits)
    data = zygote.share(data_files(stage))
    for question in stage.questions:
        _graders[question.name] = Grader(
            stage.id, [question_test_file(stage, question)], stage.limits, zygote, stage.languages[0], data=data
        )


def _has_full_marks(job: tuple[str, str]) -> bool:
    """Grade one source by the cases of one question; what does not end, crashes or raises has no full marks."""
    question, source = job
    result = _graders[question].grade(Submission("mutant", "mutant.py", "", Code([source])))
    return result.score == result.points
