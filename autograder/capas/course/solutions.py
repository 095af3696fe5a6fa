"""The solutions of a stage: its reference, its alternatives, its mistakes, and submissions made of them.

A stage need not have alternatives or mistakes: a missing file has none. An alternative or a mistake stands for one
function of the reference. In `alternatives.py` and `mistakes.py` each is a function under a decorator; they may use
functions of the reference (``from reference import …``) and helpers of their own module.
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
from capas.course.text_files import parse_source, read_course_text
from capas.files import UserError

_F = TypeVar("_F", bound=Callable[..., Any])
_MARK = "__capas_variant__"
REFERENCE_MODULE = "reference"
"""The name under which a reference is run; variants import from it."""


class Variant(msgspec.Struct, frozen=True):
    """An alternative, or a mistake with what to tell a student who made it (by language)."""

    id: str
    question: str
    is_mistake: bool
    explanation: dict[str, str]
    function: Callable[..., Any]


def alternative(question: str) -> Callable[[_F], _F]:
    """Mark a function as another right solution of ``question``."""
    return _mark(question, is_mistake=False, explanation={})


def mistake(question: str, **explanation: str) -> Callable[[_F], _F]:
    """Mark a function as a wrong solution of ``question`` that students write.

    The explanation in each language names the misunderstanding without handing over the fix.
    """
    return _mark(question, is_mistake=True, explanation=explanation)


def _mark(question: str, is_mistake: bool, explanation: dict[str, str]) -> Callable[[_F], _F]:
    def decorate(function: _F) -> _F:
        variant = Variant(function.__name__, question, is_mistake, explanation, function)
        setattr(function, _MARK, variant)
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
        for question in stage.questions:
            if not callable(getattr(self.reference, question.name, None)):
                raise UserError(
                    f"{self._folder / 'reference.py'}: no function `{question.name}`; "
                    "the reference must define every question"
                )
        self.mistakes = self._variants("mistakes.py", is_mistake=True)

    @cached_property
    def alternatives(self) -> list[Variant]:
        """Other right solutions. Read when asked for: they use large libraries, which grading does not need."""
        return self._variants("alternatives.py", is_mistake=False)

    def _variants(self, name: str, is_mistake: bool) -> list[Variant]:
        path = self._folder / name
        if not path.exists():
            return []
        module = execute(path, f"capas_{path.stem}", {"reference": self.reference}, self._stage.assignment)
        variants = [getattr(value, _MARK) for value in vars(module).values() if hasattr(value, _MARK)]
        names = {question.name for question in self._stage.questions}
        definitions = {getattr(node, "name", ""): node for node in parse_source(path, _source(path)).body}
        for variant in variants:
            where = f"{path}: `{variant.id}`"
            if variant.is_mistake != is_mistake:
                raise UserError(f"{where}: alternatives and mistakes each have a file of their own")
            if variant.question not in names:
                raise UserError(f"{where}: the stage has no question `{variant.question}`")
            if _uses(definitions[variant.id], variant.question):
                raise UserError(f"{where}: uses `{variant.question}`, which it stands for; write out what it needs")
            for language in self._stage.languages if is_mistake else ():
                if not variant.explanation.get(language, "").strip():
                    raise UserError(f"{where}: expected an explanation in language `{language}`")
        return variants

    def variant_source(self, variant: Variant) -> str:
        """Return the reference's source with one function replaced by ``variant``."""
        return self.combined_source([variant])

    def combined_source(self, variants: Sequence[Variant]) -> str:
        """Return the reference's source with the functions of several questions replaced by ``variants``."""
        source = self.reference_source
        for variant in variants:
            path = self._folder / ("mistakes.py" if variant.is_mistake else "alternatives.py")
            source = replace_function(source, _source(path), variant.id, variant.question)
        return source


def replace_function(reference: str, variants: str, identity: str, question: str) -> str:
    """Return ``reference`` with ``question`` replaced by the function ``identity`` of the source ``variants``.

    Imports and helpers of ``variants`` (its undecorated definitions and assignments) come along.
    """
    own = ast.parse(variants)
    kept = [node for node in ast.parse(reference).body if getattr(node, "name", None) != question]
    helpers: list[ast.stmt] = []
    chosen: ast.stmt | None = None
    for node in own.body:
        if isinstance(node, ast.FunctionDef) and node.decorator_list:
            if node.name == identity:
                chosen = _rename(node, question)
        elif not (isinstance(node, ast.ImportFrom) and node.module in ("reference", "capas.course.solutions")):
            helpers.append(node)
    assert chosen is not None, f"{identity} is not among the variants"
    # A docstring of the variants' module is no docstring in the middle of another.
    helpers = [node for node in helpers if not _is_text(node)]
    return ast.unparse(ast.Module([*kept, *helpers, chosen], []))


def _rename(node: ast.FunctionDef, name: str) -> ast.FunctionDef:
    old = node.name

    class Renamer(ast.NodeTransformer):
        def visit_Name(self, name_node: ast.Name) -> ast.Name:
            if name_node.id == old:
                name_node.id = name
            return name_node

    copy = Renamer().visit(ast.parse(ast.unparse(node)).body[0])
    copy.name, copy.decorator_list = name, []
    return copy


def _uses(node: ast.stmt, name: str) -> bool:
    return any(isinstance(inner, ast.Name) and inner.id == name for inner in ast.walk(node))


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


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
