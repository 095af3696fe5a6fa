"""Cutting functions, classes and variables out of the reference, for the stubs."""

import ast
import copy
import functools
import textwrap
from collections.abc import Collection
from pathlib import Path

from capas.course.cut_classes import class_lines, methods_of
from capas.course.model import Question, Stage
from capas.course.question_kinds import Definition, definition_of, variable_name
from capas.course.text_files import read_course_text, source_lines
from capas.files import UserError

# What is wider than this runs out of a notebook's cell on a laptop.
DOCSTRING_WIDTH = 102

SOLUTION = "  # SOLUTION"
"""Otter's marker of a line of which the value is the solution."""

# What annotations need; students' code has none.
_TYPING_MODULES = {"typing", "numpy.typing", "collections.abc", "__future__"}


def given_cells(stage: Stage, language: str) -> list[str]:
    """Return what the stage gives every student, as cells to be run before theirs: imports, then functions.

    Raises:
        UserError: when the reference lacks one of them.
    """
    if stage.autograder:
        return []
    reference = read_course_text(stage.solutions / "reference.py")
    return [student_imports(reference), *(given_source(stage, reference, name, language) for name in stage.given)]


def student_imports(reference: str) -> str:
    """Return the imports of the reference that a student needs: all but those of types."""
    kept = []
    for node in _parsed(reference).body:
        if isinstance(node, ast.Import) or (isinstance(node, ast.ImportFrom) and node.module not in _TYPING_MODULES):
            kept.append(ast.unparse(node))
    return "\n".join(kept)


def question_source(stage: Stage, reference: str, question: Question, language: str) -> str:
    """Return what the reference has for ``question``, Otter's markers inside, as the student knows it.

    Without annotations, with the docstring in ``language``. What stands above a variable as a comment is its docstring.

    Raises:
        UserError: when there is no such definition, or it has no solution markers, or no docstring.
    """
    path = stage.solutions / "reference.py"
    node = _definition(path, reference, question.name)
    source = _source_of(path, reference, node, question.name, question.docstring.get(language))
    if isinstance(node, ast.Assign | ast.AnnAssign):
        return source  # all of its value is the solution
    if "# BEGIN SOLUTION" not in source or "# END SOLUTION" not in source:
        what = "the bodies of its methods" if isinstance(node, ast.ClassDef) else "its body"
        raise UserError(f"{path}: `{question.name}` needs {what} between # BEGIN SOLUTION and # END SOLUTION")
    return source


def given_source(stage: Stage, reference: str, name: str, language: str) -> str:
    """Return what the stage gives under ``name``, without annotations, with the docstring in ``language``.

    Raises:
        UserError: when the reference has no such definition.
    """
    path = stage.solutions / "reference.py"
    node = _definition(path, reference, name)
    source = _source_of(path, reference, node, name, stage.given[name].get(language))
    return source.removesuffix(SOLUTION) if isinstance(node, ast.Assign | ast.AnnAssign) else source


def description_of(reference: str, name: str) -> str:
    """Return what the reference says about a name: a docstring, or the comment above a variable; "" where nothing."""
    node = definition_of(_parsed(reference), name)
    if isinstance(node, ast.Assign | ast.AnnAssign):
        return "\n".join(_comment_above(source_lines(reference)[: node.lineno - 1]))
    return (ast.get_docstring(node) or "") if node else ""


def with_marked_variables(reference: str, names: Collection[str]) -> str:
    """Return the reference with Otter's marker behind the values of variables, each on one line."""
    lines = source_lines(reference)
    for node in reversed(_parsed(reference).body):
        if isinstance(node, ast.Assign | ast.AnnAssign) and variable_name(node) in names:
            lines[node.lineno - 1 : node.end_lineno] = [_assignment(node)]
    return "\n".join(lines)


def _definition(path: Path, source: str, name: str) -> Definition:
    node = definition_of(_parsed(source), name)
    if node is None:
        raise UserError(f"{path}: no function, class or variable `{name}`; the reference must define it at its top")
    return node


def _source_of(path: Path, source: str, node: Definition, name: str, docstring: str | None) -> str:
    if isinstance(node, ast.Assign | ast.AnnAssign):
        return _variable_source(path, source, node, docstring)
    own = ast.get_docstring(node)
    if own is None:
        raise UserError(f"{path}: `{name}` has no docstring; the stub needs one")
    lines = source_lines(source)
    if isinstance(node, ast.ClassDef):
        if docstring is not None:
            _refuse_untranslated(path, node)
        head, body = class_lines(node, lines)
    else:
        # Everything below the docstring is kept to the letter: comments, markers, layout.
        head, body = [_header(node)], lines[node.body[0].end_lineno : node.end_lineno]
    rest = _trailing_comments(lines[node.end_lineno :])
    text = textwrap.indent(f'"""{_wrapped((docstring or own).strip())}\n"""', "    ").replace("\n\n    \n", "\n\n")
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    return "\n".join([*head, text, *body, *rest])


def _header(node: ast.FunctionDef) -> str:
    parameters = copy.deepcopy(node.args)
    for parameter in [*parameters.posonlyargs, *parameters.args, *parameters.kwonlyargs]:
        parameter.annotation = None
    return f"def {node.name}({ast.unparse(parameters)}):"


def _refuse_untranslated(path: Path, node: ast.ClassDef) -> None:
    for method in methods_of(node):
        if ast.get_docstring(method) is not None:
            told = "exists in one language only; say in the docstring of the class what its methods do"
            raise UserError(f"{path}, line {method.lineno}: the docstring of `{node.name}.{method.name}` {told}")


def _variable_source(path: Path, source: str, node: ast.Assign | ast.AnnAssign, docstring: str | None) -> str:
    name = variable_name(node)
    own = description_of(source, name)
    if not own:
        raise UserError(
            f"{path}, line {node.lineno}: `{name}` has no comment above it; the stub needs one, like # in m/s²"
        )
    text = (docstring or own).strip()
    width = DOCSTRING_WIDTH - 2
    wrapped = [
        piece for line in text.split("\n") for piece in textwrap.wrap(line, width, break_long_words=False) or [""]
    ]
    return "\n".join([*(f"# {line}".rstrip() for line in wrapped), _assignment(node)])


def _assignment(node: ast.Assign | ast.AnnAssign) -> str:
    assert node.value is not None
    return f"{variable_name(node)} = {ast.unparse(node.value)}{SOLUTION}"


def _comment_above(lines: list[str]) -> list[str]:
    """Return the text of the comment that ends ``lines``, without markers."""
    kept: list[str] = []
    for line in reversed(lines):
        if not line.startswith("#"):
            break
        if "SOLUTION" not in line:
            kept.insert(0, line.lstrip("#").strip())
    return kept


def _wrapped(docstring: str) -> str:
    lines: list[str] = []
    for line in docstring.split("\n"):
        # The first line stands after three quotation marks; all are indented by 4.
        width = DOCSTRING_WIDTH - (4 if lines else 7)
        further = " " * (len(line) - len(line.lstrip())) + ("    " if lines else "")
        wrapped = textwrap.wrap(line, width, subsequent_indent=further, break_long_words=False, break_on_hyphens=False)
        lines += wrapped or [""]
    return "\n".join(lines)


def _trailing_comments(lines: list[str]) -> list[str]:
    """Return the indented comments right after a definition: a last marker is no part of its syntax tree."""
    kept = []
    for line in lines:
        if not (line.startswith("    ") and line.lstrip().startswith("#")):
            break
        kept.append(line)
    return kept


@functools.lru_cache(maxsize=16)
def _parsed(source: str) -> ast.Module:
    """Return the syntax tree of a file, which all its functions are cut from: nothing may change it."""
    return ast.parse(source)
