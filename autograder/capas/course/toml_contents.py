"""The contents of `course.toml` and `assignments/*/assignment.toml`, as types, and what is expected of them."""

import datetime
import keyword
import math
import re
from pathlib import Path
from typing import Any, Literal, TypeVar

import msgspec

from capas.course.grade_terms import AttemptRule
from capas.course.late_rule import LateRule
from capas.course.libraries import DEFAULT_LIBRARIES
from capas.course.measures import LeaderboardNames, StageMeasure
from capas.course.text_files import read_course_text
from capas.course.toml_errors import line_of, say_toml_error
from capas.files import UserError
from capas.sandbox import Limits
from capas.texts.points import points_text

Text = dict[str, str]
"""The same text in several languages: ``{"es": "…", "en": "…"}``."""

COURSE_FILE = "course.toml"
DATA_MB = 50.0
LANGUAGE = re.compile(r"[a-z]{2}")
"""A language by its code of two letters, as file names and sentences of cases have it."""
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_QUESTION_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_TAKEN = frozenset({"all", "np", "numpy", "grader", "check", "capas_check"})


class CourseFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The contents of `course.toml`."""

    title: Text
    languages: list[str]
    stages: list[str]
    limits: Limits = Limits()
    """How long student code may take, in seconds."""
    libraries: tuple[str, ...] = DEFAULT_LIBRARIES
    """What submissions may import, besides what comes with Python, as requirements: ``scipy>=1.13``."""
    data_mb: float = DATA_MB
    """How large the data files of a stage may be together."""
    late: LateRule | None = None
    """What late days cost; nothing where it is left out."""
    site: str = ""
    """The address at which the course's web site is published: notebooks link to their pages there."""
    attempts: AttemptRule = "last"
    """Which attempt counts of a student who handed in several times."""
    leaderboard: LeaderboardNames = "none"
    """What leaderboards call students: their names, the pseudonyms that they chose, or nothing."""


class RubricItem(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a person may find in an answer in words, and the points that it brings, or takes where they are below 0."""

    points: float
    text: Text


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One gradable function, class or variable, whichever the reference has under its name.

    With ``manual`` it is a text that a person grades, by a ``rubric`` where there is one.

    What may be left out: ``minutes``, how long a student needs, above 0; ``difficulty``, 1, 2 or 3; ``slide``, the
    title of the lecture's slide with the idea, by language, for the teacher who explains it again; ``seconds``, how
    long a call of its function may take where that is more than the course's ``call_seconds``; ``together``, questions
    that only make sense with it, so that a mistake in one costs points in the other. ``docstring`` has the
    stub's docstring in every language but the reference's own, see `code_language`.
    """

    name: str
    points: float
    title: Text
    minutes: int | None = None
    difficulty: int | None = None
    docstring: Text = {}
    slide: Text = {}
    seconds: float | None = None
    together: list[str] = []
    manual: bool = False
    rubric: list[RubricItem] = []


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


class Explorable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A picture on the stage's web page that the reader moves: `explorables/NAME.js` in the stage's folder.

    ``about`` says in one sentence what to try and what it shows.
    """

    title: Text
    about: Text


class StageFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The contents of an `assignment.toml`."""

    title: Text
    questions: list[Question]
    given: dict[str, Text] = {}
    """Docstrings of the functions that the stage gives, like ``Question.docstring``."""
    drawings: dict[str, Drawing] = {}
    explorables: dict[str, Explorable] = {}
    measures: list[StageMeasure] = []
    """What its cases measure, as the leaderboard shows it, in order."""
    due: datetime.datetime | None = None
    """With its offset: where the export of a platform says when each student handed in, but not how late that is."""


def check_explorable(path: Path, name: str, explorable: Explorable, languages: list[str]) -> None:
    """Expect an explorable with its module and its texts in all languages; UserError names what is not."""
    for key, text in (("title", explorable.title), ("about", explorable.about)):
        expect_languages(path, f"explorables.{name}.{key}", text, languages)
    module = path.parent / "explorables" / f"{name}.js"
    if not module.is_file():
        raise UserError(f"{path}: explorable `{name}` has no {module}; write it, or remove its table")


def is_question_name(name: str) -> bool:
    """Tell whether a question may have this name: one of Python's that shadows nothing students' files use."""
    return _QUESTION_NAME.fullmatch(name) is not None and not keyword.iskeyword(name) and name not in _TAKEN


def code_language(languages: list[str]) -> str:
    """Return the language of the reference's own docstrings: English where the course has it, else its first."""
    return "en" if "en" in languages else languages[0]


_MAX_CALL_SECONDS, _MAX_SECONDS, _MAX_MB = 600, 86_400, 2**20
"""Ten minutes, a day and a terabyte: more is a slip, and more than a system takes for a time or a size."""


def check_limits(path: Path, limits: Limits) -> None:
    """Expect numbers above 0 that a system takes; UserError names the one that is not."""
    for key, value in msgspec.structs.asdict(limits).items():
        most = _MAX_MB if key == "memory_mb" else _MAX_SECONDS
        if not 0 < value <= most:
            line = line_of(read_course_text(path), "limits", None, key)
            where = f", line {line}" if line else ""
            raise UserError(
                f"{path}{where}: `{key}` in `limits` is {value:g}; expected a number above 0, at most {most}"
            )


def check_data_mb(path: Path, data_mb: float) -> None:
    """Expect a number above 0; UserError names another one."""
    if not 0 < data_mb <= _MAX_MB:
        line = line_of(read_course_text(path), "", None, "data_mb")
        raise UserError(f"{path}, line {line}: `data_mb` is {data_mb:g}; expected a number above 0, at most {_MAX_MB}")


def check_question(path: Path, question: Question, languages: list[str]) -> None:
    """Expect a question as `Question` has it, with its texts in all languages; UserError names what is not."""
    where = f"question `{question.name}`"
    if not is_question_name(question.name):
        told = "expected the name of a function, class or variable, like mean_speed or Pendulum"
        raise UserError(f"{path}: {where}: {told}")
    if not (question.points > 0 and math.isfinite(question.points)):
        raise UserError(f"{path}: {where}: `points` is {points_text(question.points)}; expected a number above 0")
    if question.difficulty not in (None, 1, 2, 3):
        raise UserError(f"{path}: {where}: `difficulty` is {question.difficulty}; expected 1, 2 or 3")
    if question.minutes is not None and question.minutes <= 0:
        raise UserError(f"{path}: {where}: `minutes` is {question.minutes}; expected a number above 0")
    if question.seconds is not None and not 0 < question.seconds <= _MAX_CALL_SECONDS:
        told = f"expected a number above 0, at most {_MAX_CALL_SECONDS}"
        raise UserError(f"{path}: {where}: `seconds` is {question.seconds:g}; {told}")
    expect_languages(path, f"title of {where}", question.title, languages)
    if question.slide:
        expect_languages(path, f"slide of {where}", question.slide, languages)
    if question.rubric and not question.manual:
        raise UserError(f"{path}: {where}: a `rubric` is for a text that a person grades; add `manual = true`")
    for number, item in enumerate(question.rubric, 1):
        expect_languages(path, f"item {number} of the rubric of {where}", item.text, languages)
        if not math.isfinite(item.points) or abs(item.points) > question.points:
            raise UserError(f"{path}: {where}: item {number} of the rubric is worth more than the question")
    if question.manual:
        return
    others = [language for language in languages if language != code_language(languages)]
    expect_languages(path, f"docstring of {where}", question.docstring, others)


def check_drawing(path: Path, name: str, drawing: Drawing, questions: set[str], languages: list[str]) -> None:
    """Expect a drawing as `Drawing` has it, of one of the questions; UserError names what is not."""
    where = f"drawing `{name}`"
    if not _NAME.fullmatch(name):
        raise UserError(f"{path}: {where}: expected a name in lower case, such as `sigmoid`")
    expect_languages(path, f"title of {where}", drawing.title, languages)
    if drawing.function not in questions:
        raise UserError(f"{path}: {where}: `function` is `{drawing.function}`, which is no question of the stage")
    if drawing.kind == "curve" and drawing.start >= drawing.stop:
        raise UserError(f"{path}: {where}: a curve needs `start` below `stop`")
    if drawing.kind != "curve" and not drawing.arguments:
        raise UserError(f"{path}: {where}: expected `arguments`, what the function is called with")


def expect_languages(path: Path, key: str, text: Text, languages: list[str]) -> None:
    """Expect a text in each language; UserError names the first that is missing."""
    for language in languages:
        if not text.get(language, "").strip():
            raise UserError(f"{path}: {key}: expected a text for language `{language}`")


_T = TypeVar("_T")


def read_contents(path: Path, kind: type[_T]) -> _T:
    """Return the contents of a TOML file, checked against their type; UserError names line and key."""
    source = read_course_text(path, f"every stage named in {COURSE_FILE} needs one")
    try:
        return msgspec.toml.decode(source, type=kind)
    except msgspec.ValidationError as error:
        tables: dict[str, type[msgspec.Struct]] = {
            "questions": Question,
            "drawings": Drawing,
            "limits": Limits,
            "measures": StageMeasure,
            "late": LateRule,
        }
        own = StageFile if kind is StageFile else CourseFile
        raise UserError(say_toml_error(path, source, str(error), tables | {"": own})) from None
    except msgspec.DecodeError as error:
        raise UserError(f"{path}: not valid TOML: {error}") from None


def check_stage_name(name: str, where: str) -> None:
    """Expect a name that can be a folder and, without its number, a module; UserError says where it is not."""
    module = name.partition("_")[2] if name[:1].isdigit() else name
    if not re.fullmatch(r"[0-9]*[a-z0-9_]+", name) or not module.isidentifier() or keyword.iskeyword(module):
        raise UserError(
            f"{where}: `{name}` cannot name a stage; expected lower-case letters, digits and _, like 02_falling"
        )
    if module in ("check", "student", "capas_check"):
        raise UserError(f"{where}: `{name}` would be called like the file with the checks; choose another name")
