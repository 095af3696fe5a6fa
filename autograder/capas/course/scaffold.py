"""The files that `capas new` writes: a course, and a stage of it whose questions are to be replaced by one's own.

They are made of the files in `templates/`, where ``%{name}`` is filled in. Each kind of question has a folder of its
own there. What students read is in the course's languages, where there is a template in them, else in English.
"""

import re
import string
from collections.abc import Mapping
from pathlib import Path

import msgspec

from capas.course.model import read_course_file
from capas.course.stage_list import add_stage
from capas.course.toml_contents import COURSE_FILE, LANGUAGE, check_stage_name, code_language, is_question_name
from capas.files import UserError, write_atomically
from capas.texts import FALLBACK

TEMPLATES = Path(__file__).with_name("templates")
FUNCTION, VARIABLE = "function", "variable"


class QuestionName(msgspec.Struct, frozen=True):
    """A question to be written: its name, and its kind, one of `question_kinds`."""

    name: str
    kind: str = FUNCTION


class _Template(string.Template):
    delimiter = "%"  # a dollar sign is a formula's
    flags = re.ASCII


def question_kinds() -> list[str]:
    """Return the kinds of question that there are templates of, the one that needs not be named first."""
    kinds = sorted(path.name for path in TEMPLATES.iterdir() if path.is_dir())
    return sorted(kinds, key=lambda kind: kind != FUNCTION)


def read_question_names(text: str) -> list[QuestionName]:
    """Read questions as they are named on the command line: ``mean_speed,fall:function``.

    Raises:
        UserError: for a name that is no identifier or stands twice, and for a kind that does not exist.
    """
    questions = []
    for part in text.split(","):
        name, colon, kind = (word.strip() for word in part.partition(":"))
        if colon and kind not in question_kinds():
            kinds = ", ".join(question_kinds())
            raise UserError(f"--questions: `{part.strip()}`: no kind `{kind}`; kinds are {kinds}")
        if not is_question_name(name):
            told = "cannot name a question; expected letters, digits and _, like mean_speed or Pendulum"
            raise UserError(f"--questions: `{name}` {told}")
        if name.lower() in [question.name.lower() for question in questions]:
            raise UserError(f"--questions: `{name}` stands twice; name each question once, capitals or not")
        questions.append(QuestionName(name, kind or FUNCTION))
    return questions


def new_course(folder: Path, language: str) -> list[Path]:
    """Write a course without stages to ``folder`` and return the files.

    Raises:
        UserError: when something is there already, or ``language`` is no code of a language.
    """
    if not LANGUAGE.fullmatch(language):
        raise UserError(f"--lang: `{language}` is no code of a language; expected two letters, like en, es or fr")
    if folder.exists() and not folder.is_dir():
        raise UserError(f"{folder} is a file; name a new folder")
    if folder.is_dir() and any(folder.iterdir()):
        raise UserError(f"{folder} is not empty; name a new folder, or empty it")
    title = _title(folder.absolute().name).replace("\\", "").replace('"', "")
    files = {
        folder / COURSE_FILE: _filled("course.toml", language=language, title=title),
        folder / ".gitignore": _filled("gitignore"),
    }
    return _write(files)


def new_stage(root: Path, name: str, questions: list[QuestionName]) -> list[Path]:
    """Write a stage of the course in ``root``, add it to `course.toml`, and return the files.

    Raises:
        UserError: when there is such a stage or one of its files, ``name`` cannot be one, or `course.toml` is broken.
    """
    path = root / COURSE_FILE
    course = read_course_file(path)
    check_stage_name(name, "the stage's name")
    if name in course.stages:
        raise UserError(f"{path}: there is a stage `{name}` already; choose another name")
    assignment, solutions = root / "assignments" / name, root / "solutions" / name
    for folder in (assignment, solutions):
        if folder.exists():
            raise UserError(f"{folder} exists already; choose another name, or name the stage in {COURSE_FILE}")
    listed = add_stage(path, name)
    files = {
        assignment / "assignment.toml": _assignment_file(name, questions, course.languages),
        **{assignment / f"handout.{one}.md": _handout(name, questions, one) for one in course.languages},
        **{assignment / "tests" / f"{one.name}.py": _cases(one, course.languages) for one in questions},
        solutions / "reference.py": _reference(questions, code_language(course.languages)),
        path: listed,  # last: before it, nothing has changed for the course
    }
    return _write(files)


def _assignment_file(stage: str, questions: list[QuestionName], languages: list[str]) -> str:
    text = _filled("assignment.toml", stage=stage, titles=_titles(_stage_title(stage), languages))
    return text + "\n".join(_question_table(stage, question, languages) for question in questions)


def _question_table(stage: str, question: QuestionName, languages: list[str]) -> str:
    translated = [one for one in languages if one != code_language(languages)]
    docstrings = "".join(
        f'docstring.{one} = """\n{_in_language(f"{question.kind}/docstring.txt", one, name=question.name)}"""\n'
        for one in translated
    )
    titles = _titles(_title(question.name), languages)
    table = _filled(
        f"{question.kind}/question.toml", name=question.name, stage=stage, titles=titles, docstrings=docstrings
    )
    return table.rstrip("\n") + "\n"


def _titles(title: str, languages: list[str]) -> str:
    return "\n".join(f'title.{language} = "{title}"' for language in languages)


def _handout(stage: str, questions: list[QuestionName], language: str) -> str:
    text = _in_language("handout.md", language, title=_stage_title(stage))
    return text + "".join(
        _in_language(f"{one.kind}/handout.md", language, name=one.name, question=_title(one.name)) for one in questions
    )


def _reference(questions: list[QuestionName], language: str) -> str:
    imports = {path.read_text(encoding="utf-8") for one in questions if (path := _imports(one)).is_file()}
    parts = ["\n".join([_filled("reference.py.txt"), *sorted(imports)]).rstrip("\n")]
    for one in questions:
        lines = _in_language(f"{one.kind}/docstring.txt", language, name=one.name).rstrip("\n").split("\n")
        if one.kind == VARIABLE:
            docstring = "\n".join(f"# {line}".rstrip() for line in lines)
        else:
            docstring = "\n".join([lines[0], *(f"    {line}".rstrip() for line in lines[1:]), "    "])
        parts.append(_filled(f"{one.kind}/reference.py.txt", name=one.name, docstring=docstring).rstrip("\n"))
    return "\n\n\n".join(parts) + "\n"


def _imports(question: QuestionName) -> Path:
    return TEMPLATES / question.kind / "imports.py.txt"


def _cases(question: QuestionName, languages: list[str]) -> str:
    sentences = ""
    if question.kind == VARIABLE:
        said = {one: _in_language(f"{VARIABLE}/sentence.txt", one).strip() for one in languages}
        sentences = ", ".join([*(f'{one}="{text}"' for one, text in said.items()), "value=value"])
    return _filled(f"{question.kind}/cases.py.txt", name=question.name, sentences=sentences)


def _in_language(template: str, language: str, **values: str) -> str:
    """Return a template in ``language``, whose file has the language before its ending, filled in."""
    stem, _, ending = template.rpartition(".")
    own = f"{stem}.{language}.{ending}"
    return _filled(own if (TEMPLATES / own).is_file() else f"{stem}.{FALLBACK}.{ending}", **values)


def _filled(template: str, **values: str) -> str:
    text = (TEMPLATES / template).read_text(encoding="utf-8")
    return _Template(text).substitute(values)


def _stage_title(stage: str) -> str:
    return _title(re.sub(r"^[0-9]+_", "", stage))


def _title(name: str) -> str:
    words = " ".join(re.split(r"[_\W]+", name)).strip() or name
    return words[:1].upper() + words[1:]


def _write(files: Mapping[Path, str]) -> list[Path]:
    for path, text in files.items():
        write_atomically(path, text.encode())
    return list(files)
