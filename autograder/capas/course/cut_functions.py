"""Cutting functions out of the reference, for the stubs."""

import ast
import copy
import functools
import textwrap
from pathlib import Path

from capas.course.model import Question, Stage
from capas.course.text_files import read_course_text, source_lines
from capas.files import UserError

# What is wider than this runs out of a notebook's cell on a laptop.
DOCSTRING_WIDTH = 102

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
    """Return the reference's function for ``question``, Otter's markers inside, as the student knows it.

    Without annotations, with the docstring in ``language``.

    Raises:
        UserError: when there is no such function, or it has no solution markers.
    """
    path = stage.solutions / "reference.py"
    source = _function_source(path, reference, question.name, question.docstring.get(language))
    if "# BEGIN SOLUTION" not in source or "# END SOLUTION" not in source:
        raise UserError(f"{path}: `{question.name}` needs its body between # BEGIN SOLUTION and # END SOLUTION")
    return source


def given_source(stage: Stage, reference: str, name: str, language: str) -> str:
    """Return a function that the stage gives, without annotations, with the docstring in ``language``.

    Raises:
        UserError: when the reference has no such function.
    """
    return _function_source(stage.solutions / "reference.py", reference, name, stage.given[name].get(language))


def _function_source(path: Path, source: str, name: str, docstring: str | None) -> str:
    for node in _parsed(source).body:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            break
    else:
        raise UserError(f"{path}: no function `{name}`; the reference must define it")
    own = ast.get_docstring(node)
    if own is None:
        raise UserError(f"{path}: `{name}` has no docstring; the stub needs one")
    lines = source_lines(source)
    # Everything below the docstring is kept to the letter: comments, markers, layout.
    body = "\n".join(lines[node.body[0].end_lineno : node.end_lineno])
    rest = _trailing_comments(lines[node.end_lineno :])
    parameters = copy.deepcopy(node.args)
    for parameter in [*parameters.posonlyargs, *parameters.args, *parameters.kwonlyargs]:
        parameter.annotation = None
    header = f"def {name}({ast.unparse(parameters)}):"
    text = textwrap.indent(f'"""{_wrapped((docstring or own).strip())}\n"""', "    ").replace("\n\n    \n", "\n\n")
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    return "\n".join([header, text, body, *rest])


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
    """Return the indented comments right after a function: a last marker is no part of its syntax tree."""
    kept = []
    for line in lines:
        if not line.startswith("    #"):
            break
        kept.append(line)
    return kept


@functools.lru_cache(maxsize=16)
def _parsed(source: str) -> ast.Module:
    """Return the syntax tree of a file, which all its functions are cut from: nothing may change it."""
    return ast.parse(source)
