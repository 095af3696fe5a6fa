"""The solutions of a stage: its reference, its alternatives, its mistakes, and submissions made of them.

A stage need not have alternatives or mistakes: a missing file has none. An alternative or a mistake stands for one
question of the reference. In `alternatives.py` and `mistakes.py` each is a function or a class under a decorator, for a
variable a function that returns its value; they may use what the reference defines (``from reference import …``) and
helpers of their own module.
"""

import ast
import sys
import traceback
import types
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from capas.course.data_files import beside_data
from capas.course.model import Stage
from capas.course.question_kinds import Kind, definition_of, kind_of
from capas.course.text_files import parse_source, read_course_text
from capas.course.variants import EXPECTED, stands_for, with_definition
from capas.files import UserError

_F = TypeVar("_F", bound=Callable[..., Any])
_MARK = "__capas_variant__"
REFERENCE_MODULE = "reference"
"""The name under which a reference is run; variants import from it."""


class Variant(msgspec.Struct, frozen=True):
    """An alternative, or a mistake with what to tell a student who made it (by language).

    ``answer`` is what it has in the place of the reference's: a function, a class, or the value of a variable.
    """

    id: str
    question: str
    is_mistake: bool
    explanation: dict[str, str]
    answer: Any


def alternative(question: str) -> Callable[[_F], _F]:
    """Mark a function, or a class, as another right solution of ``question``."""
    return _mark(question, is_mistake=False, explanation={})


def mistake(question: str, **explanation: str) -> Callable[[_F], _F]:
    """Mark a function, or a class, as a wrong solution of ``question`` that students write.

    The explanation in each language names the misunderstanding without handing over the fix.
    """
    return _mark(question, is_mistake=True, explanation=explanation)


def _mark(question: str, is_mistake: bool, explanation: dict[str, str]) -> Callable[[_F], _F]:
    def decorate(function: _F) -> _F:
        answer: Any = function
        setattr(answer, _MARK, Variant(function.__name__, question, is_mistake, explanation, answer))
        if isinstance(answer, type):  # its objects are known again among those of students, by their class's name
            answer.__name__ = question
        return function

    return decorate


class Solutions:
    """What `solutions/<stage>/` holds.

    Raises:
        UserError: when a file cannot be run, the reference lacks a question, or a variant names none.
    """

    def __init__(self, stage: Stage):
        self._stage = stage
        self._folder = stage.solutions
        self.reference_source = _source(self._folder / "reference.py")
        self.reference = execute(self._folder / "reference.py", REFERENCE_MODULE, {}, stage.assignment)
        module = ast.parse(self.reference_source)
        for question in stage.questions:
            if definition_of(module, question.name) is None or not hasattr(self.reference, question.name):
                raise UserError(
                    f"{self._folder / 'reference.py'}: no function, class or variable `{question.name}`; "
                    "the reference must define every question at its top, by `def`, `class` or `=`"
                )
        self.mistakes = self._variants("mistakes.py", is_mistake=True)

    @cached_property
    def alternatives(self) -> list[Variant]:
        """Other right solutions. Read when asked for: they use large libraries, which grading does not need."""
        return self._variants("alternatives.py", is_mistake=False)

    def kind(self, question: str) -> Kind:
        """Return what a question asks for."""
        return kind_of(getattr(self.reference, question))

    def _variants(self, name: str, is_mistake: bool) -> list[Variant]:
        path = self._folder / name
        if not path.exists():
            return []
        module = execute(path, f"capas_{path.stem}", {"reference": self.reference}, self._stage.assignment)
        # A class that derives from a marked one is not marked itself.
        marks = [getattr(value, "__dict__", {}).get(_MARK) for value in vars(module).values()]
        variants = [mark for mark in marks if isinstance(mark, Variant)]
        names = {question.name for question in self._stage.questions}
        definitions = {getattr(node, "name", ""): node for node in parse_source(path, _source(path)).body}
        for variant in variants:
            where = f"{path}: `{variant.id}`"
            if variant.is_mistake != is_mistake:
                raise UserError(f"{where}: alternatives and mistakes each have a file of their own")
            if variant.question not in names:
                raise UserError(f"{where}: the stage has no question `{variant.question}`")
            kind = self.kind(variant.question)
            if not stands_for(definitions[variant.id], kind):
                raise UserError(f"{where}: `{variant.question}` is a {kind}; expected {EXPECTED[kind]}")
            if _uses(definitions[variant.id], variant.question):
                raise UserError(f"{where}: uses `{variant.question}`, which it stands for; write out what it needs")
            for language in self._stage.languages if is_mistake else ():
                if not variant.explanation.get(language, "").strip():
                    raise UserError(f"{where}: expected an explanation in language `{language}`")
        return [self._as_answer(path, variant) for variant in variants]

    def _as_answer(self, path: Path, variant: Variant) -> Variant:
        """Return a variant as it stands in its question's place: a class under that name, the value of a variable."""
        if self.kind(variant.question) == "class":  # what its objects are known by
            variant.answer.__name__ = variant.answer.__qualname__ = variant.question
        if self.kind(variant.question) != "variable":
            return variant
        try:
            with beside_data(self._stage.assignment):
                return msgspec.structs.replace(variant, answer=variant.answer())
        except Exception as error:
            said = " ".join(f"{type(error).__name__}: {error}".split())
            raise UserError(f"{path}{_where(error, path)}: `{variant.id}` returns no value: {said}") from None

    def variant_source(self, variant: Variant) -> str:
        """Return the reference's source with one question's answer replaced by ``variant``."""
        return self.combined_source([variant])

    def combined_source(self, variants: Sequence[Variant]) -> str:
        """Return the reference's source with the answers of several questions replaced by ``variants``."""
        module = ast.parse(self.reference_source)
        for variant in variants:
            path = self._folder / ("mistakes.py" if variant.is_mistake else "alternatives.py")
            module = with_definition(module, _source(path), variant.id, variant.question)
        return ast.unparse(module)


def _uses(node: ast.stmt, name: str) -> bool:
    return any(isinstance(inner, ast.Name) and inner.id == name for inner in ast.walk(node))


def _source(path: Path) -> str:
    return read_course_text(path, "every stage has a reference")


def _where(error: BaseException, path: Path) -> str:
    """Return the line of ``path`` in which ``error`` came up, as words to stand after the path."""
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)]
    return f", line {lines[-1]}" if lines else ""


def execute(path: Path, name: str, modules: dict[str, types.ModuleType], folder: Path) -> types.ModuleType:
    """Run a file of the teacher's as a module; ``modules`` are importable while it runs.

    Where the stage has data files, it runs in the folder that these are in, ``folder``.

    Raises:
        UserError: when it cannot be run.
    """
    module = types.ModuleType(name)
    module.__file__ = str(path)
    shadowed = {key: sys.modules.get(key) for key in modules}
    sys.modules.update(modules)
    try:
        code = compile(_source(path), str(path), "exec")
        with beside_data(folder):
            exec(code, module.__dict__)
    except SyntaxError as error:
        line = f", line {error.lineno}" if error.lineno else ""
        raise UserError(f"{path}{line}: not valid Python: {error.msg}") from None
    except (Exception, SystemExit) as error:
        said = " ".join(f"{type(error).__name__}: {error}".split())
        raise UserError(f"{path}{_where(error, path)}: cannot be run: {said}") from None
    finally:
        for key, old in shadowed.items():
            if old is None:
                del sys.modules[key]
            else:
                sys.modules[key] = old
    return module
