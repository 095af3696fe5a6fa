"""A stage as it is being written: what each change does to the verdicts on its solutions, mistakes and stub.

Only `capas grade` judges here, each sample by the cases of its own question, and only those samples again that a
change touched. So it takes a moment; `verify_stage` compares with all others who judge.
"""

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from capas.bundle.problems.cases import case_problems
from capas.bundle.problems.data import data_problems
from capas.bundle.problems.handouts import handout_problems
from capas.course import pictures
from capas.course.cut_functions import with_marked_variables
from capas.course.data_files import data_files, data_hashes
from capas.course.model import Question, Stage, load_course
from capas.course.solutions import Solutions, Variant
from capas.files import UserError
from capas.grading.cases import JudgeFile, case_name, case_parameters
from capas.grading.result import CaseResult, Result
from capas.grading.stage import question_test_file
from capas.texts.points import points_text
from capas.verify.sample_pool import SampleJob, SamplePool
from capas.verify.touched import VariantFile, key_of, reachable_source, read_variant_file

_WATCHED = {".py", ".md", ".toml", *pictures.KINDS}
REFERENCE, ALTERNATIVE, MISTAKE, STUB = "reference", "alternative", "mistake", "empty stub"


class Subject(msgspec.Struct, frozen=True, order=True):
    """What something is said of: a case, a solution, a mistake or the stub of a question."""

    question: str
    kind: str
    id: str = ""

    def __str__(self) -> str:
        """Return it as people read it."""
        return f"{self.question}: {self.kind}" + (f" `{self.id}`" if self.id else "")


class Verdict(msgspec.Struct, frozen=True):
    """What is said of a subject, and whether it is as it should be."""

    text: str
    behaves: bool = True


class StageView(msgspec.Struct, frozen=True):
    """A stage at one moment: a verdict on each subject, problems in its files, and what was judged for it."""

    verdicts: dict[Subject, Verdict]
    problems: list[str]
    judged: int = 0

    @property
    def wrong(self) -> list[str]:
        """All that is not as it should be, a line each."""
        return [*self.problems, *(f"{on}: {one.text}" for on, one in self.verdicts.items() if not one.behaves)]


def differences(before: StageView, after: StageView) -> list[str]:
    """Return what changed from one view to the next, a line each: what is new, what is gone, what is another now."""
    lines = [f"no longer: {problem}" for problem in before.problems if problem not in after.problems]
    lines += [problem for problem in after.problems if problem not in before.problems]
    for subject in [*after.verdicts, *(gone for gone in before.verdicts if gone not in after.verdicts)]:
        old, new = before.verdicts.get(subject), after.verdicts.get(subject)
        if old is None and new is not None:
            lines.append(f"{subject} is new: {new.text}")
        elif new is None and old is not None:
            lines.append(f"{subject} is gone")
        elif old != new and old is not None and new is not None:
            lines.append(f"{subject}: {new.text} (before: {old.text})")
    return lines


class StageWatch:
    """Looks at a stage again and again; what it judged once it knows.

    Args:
        root: the course's folder.
        id: the stage's.
        language: in which cases speak.
        workers: how many processes grade.
    """

    def __init__(self, root: Path, id: str, language: str, workers: int = 1):  # noqa: A002
        self._root, self._id, self._language = root, id, language
        self._known: dict[str, Result] = {}
        self._sources: dict[str, str] = {}
        self._test_files: dict[str, JudgeFile] = {}
        self._data: dict[str, Path] = {}
        self._pool = SamplePool(workers)
        self._last = StageView({}, [])

    def files(self) -> dict[Path, tuple[int, int]]:
        """Return the files that decide what is seen, with time and size of each."""
        folders = (self._root / "assignments" / self._id, self._root / "solutions" / self._id)
        paths = [self._root / "course.toml", *(path for folder in folders for path in folder.rglob("*"))]
        return dict(filter(None, map(_state_of, paths)))

    def look(self) -> StageView:
        """Return the stage as it is now; where its files cannot be read, the verdicts are those of the last time."""
        try:
            (stage,) = load_course(self._root).choose([self._id])
            problems = [*data_problems(stage), *case_problems(stage)]
            for language in stage.languages:
                problems += handout_problems(stage, language)
            if problems:
                raise UserError("\n".join(map(str, problems)))
            self._last = self._judge(stage)
        except UserError as error:
            return StageView(self._last.verdicts, str(error).split("\n"))
        return self._last

    def close(self) -> None:
        """End the processes that were started."""
        self._pool.close()

    def _judge(self, stage: Stage) -> StageView:
        solutions = Solutions(stage)
        self._data = data_files(stage)
        data = data_hashes(stage)
        variants = [*solutions.alternatives, *solutions.mistakes]
        parts = {name: read_variant_file(stage.solutions / name) for name in ("alternatives.py", "mistakes.py")}
        stub = _stub_source(solutions.reference_source, [question.name for question in stage.questions])
        verdicts, keys, jobs = dict[Subject, Verdict](), dict[Subject, str](), dict[str, SampleJob]()
        for question in stage.questions:
            cases = _QuestionCases(stage, question, self._test_file(stage, question), solutions.reference_source, data)
            verdicts.update(cases.listed())
            samples = [(Subject(question.name, REFERENCE), lambda: solutions.reference_source, cases.key(REFERENCE))]
            for variant in [one for one in variants if one.question == question.name]:
                file = parts["mistakes.py" if variant.is_mistake else "alternatives.py"]
                subject = Subject(question.name, MISTAKE if variant.is_mistake else ALTERNATIVE, variant.id)
                source = functools.partial(self._source, solutions, variant, file)
                samples.append((subject, source, cases.variant_key(variant, file)))
            samples.append((Subject(question.name, STUB), lambda: stub, cases.key(STUB)))
            for subject, source, key in samples:
                keys[subject] = key
                if key not in self._known:
                    jobs[key] = self._job(stage, cases.test_file, source())
        self._known |= zip(jobs, self._pool.grade([*jobs.values()]), strict=True)
        verdicts |= {subject: _verdict(subject.kind, self._known[key]) for subject, key in keys.items()}
        return StageView(verdicts, [], len(jobs))

    def _source(self, solutions: Solutions, variant: Variant, file: VariantFile) -> str:
        key = key_of(solutions.reference_source, file.variants[variant.id], file.shared, variant.question)
        if key not in self._sources:
            self._sources[key] = solutions.variant_source(variant)
        return self._sources[key]

    def _test_file(self, stage: Stage, question: Question) -> JudgeFile:
        text = stage.test_file(question.name).read_text(encoding="utf-8")
        key = key_of(text, question, [one.name for one in stage.questions], sorted(stage.given))
        if key not in self._test_files:
            self._test_files[key] = question_test_file(stage, question)
        return self._test_files[key]

    def _job(self, stage: Stage, test_file: JudgeFile, source: str) -> SampleJob:
        path = stage.test_file(test_file.name)
        return SampleJob(stage.id, path, test_file.source, stage.limits, self._language, source, self._data)


class _QuestionCases:
    """A question's cases, and the keys of what they judge."""

    def __init__(self, stage: Stage, question: Question, test_file: JudgeFile, reference: str, data: Mapping[str, str]):
        self.test_file, self._question, self._reference = test_file, question.name, reference
        self._settings = (test_file.source, question.points, stage.limits, *sorted(data.items()))
        parameters = [name for case in test_file.test_cases for name in case_parameters(case)]
        self._names = frozenset({question.name, *parameters})

    def listed(self) -> Iterator[tuple[Subject, Verdict]]:
        """Yield each case with its kind and its points."""
        for case in self.test_file.test_cases:
            shown = f"{'hidden' if case.hidden else 'public'}, {points_text(case.points or 0)} points"
            yield Subject(self._question, "case", case_name(case)), Verdict(shown)

    def key(self, kind: str) -> str:
        """Return the key of the reference, or of the stub that is cut from it."""
        # Markers and comments decide what the stub keeps.
        source = self._reference if kind == STUB else reachable_source(self._reference, self._names)
        return key_of(kind, source, self._settings)

    def variant_key(self, variant: Variant, file: VariantFile) -> str:
        """Return the key of an alternative or a mistake."""
        source = reachable_source(self._reference, self._names | file.names[variant.id])
        return key_of(source, file.variants[variant.id], file.shared, self._settings)


def _stub_source(reference: str, questions: Sequence[str]) -> str:
    """Return the reference without its solutions, as Otter Assign cuts them out."""
    from otter.assign.solutions import replace_solutions

    return "\n".join(replace_solutions(with_marked_variables(reference, questions).split("\n"), "python"))


def _verdict(kind: str, result: Result) -> Verdict:
    if result.status != "graded":
        return Verdict(f"is not graded: {result.message}", behaves=False)
    (question,) = result.questions
    failed = [case for case in question.cases if not case.passed]
    if kind == MISTAKE:
        caught = question.score < question.points
        return Verdict(f"is caught by {_listed(failed)}" if caught else "is not caught by any case", caught)
    if kind == STUB:
        scoring = [case for case in question.cases if case.passed and case.points]
        return Verdict(f"scores in {_listed(scoring)}; it must score 0" if scoring else "scores 0", not scoring)
    return Verdict(f"fails `{failed[0].name}`: {failed[0].message}" if failed else "passes", not failed)


def _listed(cases: Iterable[CaseResult]) -> str:
    return ", ".join(f"`{case.name}`" for case in cases)


def _state_of(path: Path) -> tuple[Path, tuple[int, int]] | None:
    # Editors write files of their own beside those that they save.
    if "__pycache__" in path.parts or not (path.suffix.lower() in _WATCHED or "data" in path.parts):
        return None
    try:
        state = path.stat()
    except OSError:  # gone meanwhile, as editors do when they save
        return None
    return path, (state.st_mtime_ns, state.st_size)


def changed_files(before: Mapping[Path, tuple[int, int]], after: Mapping[Path, tuple[int, int]]) -> list[Path]:
    """Return the files that are new, gone or other than before; folders change with their files and are not named."""
    paths = [path for path in sorted({*before, *after}) if before.get(path) != after.get(path)]
    return [path for path in paths if not path.is_dir()]
