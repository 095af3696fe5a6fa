"""The course and its stages as types, read from `course.toml` and `assignments/*/assignment.toml`."""

import math
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal, TypeVar

import msgspec

from capas.course.libraries import DEFAULT_LIBRARIES, check_libraries
from capas.course.text_files import read_course_text
from capas.course.toml_errors import line_of, say_toml_error
from capas.files import UserError
from capas.sandbox import Limits
from capas.texts.points import points_text

Text = dict[str, str]
"""The same text in several languages: ``{"es": "…", "en": "…"}``."""

COURSE_FILE = "course.toml"
_NAME = re.compile(r"[a-z][a-z0-9_]*")


class CourseFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The contents of `course.toml`."""

    title: Text
    languages: list[str]
    stages: list[str]
    limits: Limits = Limits()
    """How long student code may take, in seconds."""
    libraries: tuple[str, ...] = DEFAULT_LIBRARIES
    """What submissions may import, besides what comes with Python, as requirements: ``scipy>=1.13``."""


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One gradable function.

    ``minutes`` is how long a student needs, above 0; ``difficulty`` is 1, 2 or 3. ``docstring`` has the stub's
    docstring in every language but the code's own. ``slide`` is the title of the lecture's slide with the idea, by
    language, for the teacher who explains it again.
    """

    name: str
    points: float
    minutes: int
    difficulty: int
    title: Text
    docstring: Text
    slide: Text = {}


class Drawing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A picture that students draw in the notebook with their own function, beside what is right.

    A ``curve`` is the function over the interval from ``start`` to ``stop``, in the units of its argument, with
    ``start`` below ``stop``. ``bars`` and a ``line`` (one value an epoch) are what it returns for ``arguments``, or
    where it returns a tuple, the item of it at index ``pick``.
    """

    function: str
    kind: Literal["curve", "bars", "line"]
    title: Text
    start: float = 0.0
    stop: float = 0.0
    arguments: list[Any] = []
    pick: int | None = None


class StageFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The contents of an `assignment.toml`."""

    title: Text
    questions: list[Question]
    given: dict[str, Text] = {}
    """Docstrings of the functions that the stage gives, like ``Question.docstring``."""
    drawings: dict[str, Drawing] = {}


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
    limits: Limits
    languages: list[str]
    drawings: dict[str, Drawing] = {}
    libraries: tuple[str, ...] = DEFAULT_LIBRARIES
    """As in `CourseFile`."""
    others: dict[str, FunctionNames] = {}

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
    def points(self) -> float:
        """The points of all questions."""
        return sum(question.points for question in self.questions)

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

    def test_file(self, question: str) -> Path:
        """Return the file with the cases of ``question``."""
        return self.assignment / "tests" / f"{question}.py"


class Course(msgspec.Struct, frozen=True):
    """The course: where it is, and its stages in order."""

    root: Path
    title: Text
    languages: list[str]
    stages: list[Stage]

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
    if path is None:
        return load_course(find_root(Path.cwd()))
    folder = path.absolute().parent if path.name == COURSE_FILE and not path.is_dir() else path.absolute()
    if not (folder / COURSE_FILE).is_file():
        raise UserError(f"{path}: no {COURSE_FILE} there; --course takes the folder that holds one, or the file itself")
    return load_course(folder)


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
    path = root / COURSE_FILE
    contents = _read(path, CourseFile)
    if not contents.languages or not contents.stages:
        raise UserError(f"{path}: `languages` and `stages` must name at least one each")
    _expect_languages(path, "title", contents.title, contents.languages)
    for key, names in (("languages", contents.languages), ("stages", contents.stages)):
        for name in names:
            if names.count(name) > 1:
                raise UserError(f"{path}: `{key}` lists `{name}` {names.count(name)} times; list it once")
    _check_limits(path, contents.limits)
    check_libraries(path, contents.libraries)
    stages = [_load_stage(root, name, contents) for name in contents.stages]
    names = {stage.id: stage.names for stage in stages}
    stages = [
        msgspec.structs.replace(stage, others={id_: there for id_, there in names.items() if id_ != stage.id})
        for stage in stages
    ]
    return Course(root, contents.title, contents.languages, stages)


def _load_stage(root: Path, name: str, course: CourseFile) -> Stage:
    path = root / "assignments" / name / "assignment.toml"
    contents = _read(path, StageFile)
    _expect_languages(path, "title", contents.title, course.languages)
    if not contents.questions:
        raise UserError(f"{path}: expected at least one [[questions]] table")
    seen: set[str] = set()
    for question in contents.questions:
        _check_question(path, question, course.languages)
        if question.name in seen:
            raise UserError(f"{path}: two questions are named `{question.name}`; rename one")
        seen.add(question.name)
    for key, drawing in contents.drawings.items():
        _check_drawing(path, key, drawing, seen, course.languages)
    return Stage(
        name,
        root,
        contents.title,
        contents.questions,
        contents.given,
        course.limits,
        course.languages,
        contents.drawings,
        course.libraries,
    )


_MAX_SECONDS, _MAX_MB = 86_400, 2**20
"""A day and a terabyte: more is a slip, and more than a system takes for a time or a size."""


def _check_limits(path: Path, limits: Limits) -> None:
    for key, value in msgspec.structs.asdict(limits).items():
        most = _MAX_MB if key == "memory_mb" else _MAX_SECONDS
        if not 0 < value <= most:
            line = line_of(read_course_text(path), "limits", None, key)
            where = f", line {line}" if line else ""
            raise UserError(
                f"{path}{where}: `{key}` in `limits` is {value:g}; expected a number above 0, at most {most}"
            )


def _check_question(path: Path, question: Question, languages: list[str]) -> None:
    where = f"question `{question.name}`"
    if not _NAME.fullmatch(question.name):
        raise UserError(f"{path}: {where}: expected the name of a function, in lower case")
    if not (question.points > 0 and math.isfinite(question.points)):
        raise UserError(f"{path}: {where}: `points` is {points_text(question.points)}; expected a number above 0")
    if question.difficulty not in (1, 2, 3):
        raise UserError(f"{path}: {where}: `difficulty` is {question.difficulty}; expected 1, 2 or 3")
    if question.minutes <= 0:
        raise UserError(f"{path}: {where}: `minutes` is {question.minutes}; expected a number above 0")
    _expect_languages(path, f"title of {where}", question.title, languages)
    others = [language for language in languages if language != "en"]
    _expect_languages(path, f"docstring of {where}", question.docstring, others)
    if question.slide:
        _expect_languages(path, f"slide of {where}", question.slide, languages)


def _check_drawing(path: Path, name: str, drawing: Drawing, questions: set[str], languages: list[str]) -> None:
    where = f"drawing `{name}`"
    if not _NAME.fullmatch(name):
        raise UserError(f"{path}: {where}: expected a name in lower case, such as `sigmoid`")
    _expect_languages(path, f"title of {where}", drawing.title, languages)
    if drawing.function not in questions:
        raise UserError(f"{path}: {where}: `function` is `{drawing.function}`, which is no question of the stage")
    if drawing.kind == "curve" and drawing.start >= drawing.stop:
        raise UserError(f"{path}: {where}: a curve needs `start` below `stop`")
    if drawing.kind != "curve" and not drawing.arguments:
        raise UserError(f"{path}: {where}: expected `arguments`, what the function is called with")


def _expect_languages(path: Path, key: str, text: Text, languages: list[str]) -> None:
    for language in languages:
        if not text.get(language, "").strip():
            raise UserError(f"{path}: {key}: expected a text for language `{language}`")


_T = TypeVar("_T")


def _read(path: Path, kind: type[_T]) -> _T:
    source = read_course_text(path, f"every stage named in {COURSE_FILE} needs one")
    try:
        return msgspec.toml.decode(source, type=kind)
    except msgspec.ValidationError as error:
        tables: dict[str, type[msgspec.Struct]] = {"questions": Question, "drawings": Drawing, "limits": Limits}
        own = StageFile if kind is StageFile else CourseFile
        raise UserError(say_toml_error(path, source, str(error), tables | {"": own})) from None
    except msgspec.DecodeError as error:
        raise UserError(f"{path}: not valid TOML: {error}") from None
