"""The course and its stages, read from `course.toml` and `assignments/*/assignment.toml`."""

import datetime
from collections.abc import Iterable
from pathlib import Path

import msgspec

from capas.course.grade_terms import AttemptRule, GradeTerms
from capas.course.late_rule import LateRule, check_late_rule
from capas.course.libraries import DEFAULT_LIBRARIES, check_libraries
from capas.course.measures import LeaderboardNames, StageMeasure, check_measures
from capas.course.site_address import course_site
from capas.course.toml_contents import (
    COURSE_FILE,
    DATA_MB,
    LANGUAGE,
    CourseFile,
    Drawing,
    Explorable,
    Question,
    StageFile,
    Text,
    check_data_mb,
    check_drawing,
    check_explorable,
    check_limits,
    check_question,
    check_stage_name,
    expect_languages,
    read_contents,
)
from capas.files import UserError
from capas.sandbox import StageLimits


class FunctionNames(msgspec.Struct, frozen=True):
    """The names of a stage's functions: what it asks for, and what it gives."""

    questions: list[str]
    given: list[str]


class Stage(msgspec.Struct, frozen=True):
    """One assignment with the places of its files.

    ``others`` are the functions of the course's other stages by id: whose file another one is, is known by them.
    """

    id: str
    root: Path
    title: Text
    questions: list[Question]
    given: dict[str, Text]
    limits: StageLimits
    languages: list[str]
    drawings: dict[str, Drawing] = {}
    libraries: tuple[str, ...] = DEFAULT_LIBRARIES
    """As in `CourseFile`."""
    others: dict[str, FunctionNames] = {}
    data_mb: float = DATA_MB
    texts: list[Question] = []
    """The questions that a person grades; ``questions`` are those of code."""
    late: LateRule | None = None
    due: datetime.datetime | None = None
    """As in `StageFile`."""
    attempts: AttemptRule = "last"
    """As in `CourseFile`."""
    explorables: dict[str, Explorable] = {}
    measures: list[StageMeasure] = []
    leaderboard: LeaderboardNames = "none"
    """As in `CourseFile`."""
    site: str = ""
    """The address of the course's web site, with a slash at its end; "" where none is published."""
    autograder: str = ""
    """Where the assignment is a bundle of Otter's and has no files in a course: its `autograder.zip`."""

    @property
    def grade_terms(self) -> GradeTerms:
        """What late days cost in this stage, and which attempt counts."""
        return GradeTerms(self.late, self.due, self.attempts)

    @property
    def names(self) -> FunctionNames:
        """The names of its functions."""
        return FunctionNames([question.name for question in self.questions], list(self.given))

    @property
    def slug(self) -> str:
        """The name of the student's files: the id without its number."""
        return self.id.partition("_")[2] or self.id

    @property
    def handed_out(self) -> frozenset[str]:
        """Names, without endings, of files and folders that every student receives."""
        return frozenset({self.slug, self.id, "student", "check"})

    @property
    def all_questions(self) -> list[Question]:
        """The questions of code, then those that a person grades, as results have them."""
        return [*self.questions, *self.texts]

    @property
    def points(self) -> float:
        """The points of all questions."""
        return sum(question.points for question in self.all_questions)

    @property
    def assignment(self) -> Path:
        """The folder with what the stage asks."""
        return self.root / "assignments" / self.id

    @property
    def solutions(self) -> Path:
        """The folder with the solutions and mistakes."""
        return self.root / "solutions" / self.id

    def handout(self, language: str) -> Path:
        """Return the file of the handout in ``language``."""
        return self.assignment / f"handout.{language}.md"

    def derivation(self, language: str) -> Path:
        """Return the file of the derivation in ``language``, which not every stage has."""
        return self.assignment / f"derivation.{language}.md"

    def test_file(self, question: str) -> Path:
        """Return the file with the cases of ``question``."""
        return self.assignment / "tests" / f"{question}.py"


class Course(msgspec.Struct, frozen=True):
    """The course: where it is, and its stages in order."""

    root: Path
    title: Text
    languages: list[str]
    stages: list[Stage]
    site: str = ""
    """As in `Stage`."""

    def choose(self, ids: Iterable[str]) -> list[Stage]:
        """Return the stages named, each once, or all when none is.

        Raises:
            UserError: for a name that no stage has.
        """
        by_id, chosen = {stage.id: stage for stage in self.stages}, list(dict.fromkeys(ids))
        for wanted in chosen:
            if wanted not in by_id:
                raise UserError(f"unknown stage {wanted!r}; the course has {', '.join(by_id)}")
        return [by_id[wanted] for wanted in chosen] or self.stages

    def language(self, language: str | None) -> str:
        """Return ``language``, or the course's first where none is named.

        Raises:
            UserError: for a language that the course is not in.
        """
        if not language:
            return self.languages[0]
        if language not in self.languages:
            raise UserError(f"no language {language!r}; the course is in {', '.join(self.languages)}")
        return language


def open_course(path: Path | None) -> Course:
    """Read the course at ``path``, its folder or its `course.toml`; without it the one around the current folder.

    Raises:
        UserError: when there is none, or for the first mistake in its files.
    """
    return load_course(course_folder(path))


def course_folder(path: Path | None) -> Path:
    """Return the folder of the course that `open_course` would open.

    Raises:
        UserError: when there is none.
    """
    if path is None:
        return find_root(Path.cwd())
    folder = path.absolute().parent if path.name == COURSE_FILE and not path.is_dir() else path.absolute()
    if not (folder / COURSE_FILE).is_file():
        raise UserError(f"{path}: no {COURSE_FILE} there; --course takes the folder that holds one, or the file itself")
    return folder


def find_root(start: Path) -> Path:
    """Return the nearest folder at or above ``start`` that holds a `course.toml`.

    Raises:
        UserError: when there is none.
    """
    for folder in [start.resolve(), *start.resolve().parents]:
        if (folder / COURSE_FILE).is_file():
            return folder
    raise UserError(f"no {COURSE_FILE} in {start.resolve()} or above it; go to the course's folder, or use --course")


def load_course(root: Path) -> Course:
    """Read the course in ``root`` with all its stages.

    Raises:
        UserError: naming file, key and what is expected, for the first mistake in a file.
    """
    root = root.absolute()  # files of the course are run in other folders
    path = root / COURSE_FILE
    contents = read_course_file(path)
    if not contents.stages:
        raise UserError(f"{path}: `stages` is empty; `capas new stage NAME --questions FUNCTION,FUNCTION` makes one")
    stages = [_load_stage(root, name, contents) for name in contents.stages]
    names = {stage.id: stage.names for stage in stages}
    stages = [
        msgspec.structs.replace(stage, others={id_: there for id_, there in names.items() if id_ != stage.id})
        for stage in stages
    ]
    return Course(root, contents.title, contents.languages, stages, contents.site)


def read_course_file(path: Path) -> CourseFile:
    """Read and check a `course.toml`, which may name no stages yet.

    Raises:
        UserError: naming file, key and what is expected, for its first mistake.
    """
    contents = read_contents(path, CourseFile)
    if not contents.languages:
        raise UserError(f'{path}: `languages` must name at least one, like languages = ["en"]')
    for language in contents.languages:
        if not LANGUAGE.fullmatch(language):
            raise UserError(f"{path}: `languages`: `{language}` is no code of two letters, like en, es or fr")
    expect_languages(path, "title", contents.title, contents.languages)
    for key, names in (("languages", contents.languages), ("stages", contents.stages)):
        for name in names:
            if names.count(name) > 1:
                raise UserError(f"{path}: `{key}` lists `{name}` {names.count(name)} times; list it once")
    for name in contents.stages:
        check_stage_name(name, f"{path}: `stages`")
    check_limits(path, contents.limits)
    check_data_mb(path, contents.data_mb)
    check_libraries(path, contents.libraries)
    if contents.late is not None:
        check_late_rule(path, contents.late)
    return msgspec.structs.replace(contents, site=course_site(path, contents.site))


def _load_stage(root: Path, name: str, course: CourseFile) -> Stage:
    path = root / "assignments" / name / "assignment.toml"
    contents = read_contents(path, StageFile)
    expect_languages(path, "title", contents.title, course.languages)
    if not contents.questions:
        raise UserError(f"{path}: expected at least one [[questions]] table")
    seen: set[str] = set()
    for question in contents.questions:
        check_question(path, question, course.languages)
        if question.name in seen:
            raise UserError(f"{path}: two questions are named `{question.name}`; rename one")
        # Their test files would be one where file names know no capitals, as on Windows.
        if alike := [name for name in seen if name.lower() == question.name.lower()]:
            raise UserError(f"{path}: `{alike[0]}` and `{question.name}` differ in capitals only; rename one")
        seen.add(question.name)
    for question in contents.questions:
        if unknown := [name for name in question.together if name not in seen or name == question.name]:
            told = f"`together` names `{unknown[0]}`, which is no other question of the stage"
            raise UserError(f"{path}: question `{question.name}`: {told}")
    for key, drawing in contents.drawings.items():
        check_drawing(path, key, drawing, seen, course.languages)
    for key, explorable in contents.explorables.items():
        check_explorable(path, key, explorable, course.languages)
    check_measures(path, contents.measures, course.languages)
    coded = [question for question in contents.questions if not question.manual]
    if not coded:
        raise UserError(f"{path}: every question is graded by a person; expected at least one of code")
    if contents.due is not None and contents.due.tzinfo is None:
        raise UserError(f"{path}: `due` needs its offset from UTC, like 2026-11-27T23:59:00+01:00")
    return Stage(
        name,
        root,
        contents.title,
        coded,
        contents.given,
        course.limits.with_own({one.name: one.seconds for one in coded if one.seconds is not None}),
        course.languages,
        contents.drawings,
        course.libraries,
        data_mb=course.data_mb,
        texts=[question for question in contents.questions if question.manual],
        late=course.late,
        due=contents.due,
        attempts=course.attempts,
        explorables=contents.explorables,
        measures=contents.measures,
        leaderboard=course.leaderboard,
        site=course.site,
    )
